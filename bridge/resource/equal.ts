import { isObject } from '../../scim/message/list.ts';
import type { Json } from '../../scim/wire/message.ts';
import { comparable } from './value.ts';
import type { CompiledAttribute } from './type.ts';

/** Equality of JSON, member order aside. Meant for what has been read, so that its depth is bounded by the schema. */
export function sameJson(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true;
  if (Array.isArray(left)) {
    return (
      Array.isArray(right) && left.length === right.length && left.every((one: Json, at) => sameJson(one, right[at]))
    );
  }
  if (!isObject(left) || !isObject(right)) return false;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every(name => Object.hasOwn(right, name) && sameJson(left[name], right[name]))
  );
}

/** Equality of values by the comparison of their attribute: case only where it counts, elements in any order. */
export const sameValue = (attribute: CompiledAttribute, left: Json | undefined, right: Json | undefined): boolean =>
  left === right || fingerprint(attribute, left) === fingerprint(attribute, right);

/** A text that two values share exactly when they are equal by the comparison of their attribute. */
export function fingerprint(attribute: CompiledAttribute, value: Json | undefined): string {
  if (Array.isArray(value))
    return `[${value
      .map((one: Json) => fingerprint(attribute, one))
      .sort()
      .join()}]`;
  if (!attribute.subs || !isObject(value)) return JSON.stringify(comparable(attribute, value)) ?? '';
  let text = '';
  for (const sub of attribute.subs.list) {
    const part = value[sub.name];
    if (part !== undefined) text += `${sub.name}:${fingerprint(sub, part)},`;
  }
  return `{${text}}`;
}
