import { isObject } from '../../scim/message/list.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import type { CompiledAttribute, CompiledType, Target } from './type.ts';
import { comparable } from './value.ts';

/** A value that no other resource may have. */
export interface UniqueKey {
  /** Path of its attribute. */
  readonly path: string;
  /** The value as it compares: equal keys are equal values. */
  readonly key: string;
  /** Whether it has to be unique among resources of its type, or over all of them. */
  readonly scope: 'server' | 'global';
}

/**
 * The values of a resource that have to be unique (RFC 7643 section 7), so that whoever stores it can refuse a second
 * one. `id` is not among them: the service provider gives it.
 */
export function uniqueKeys(type: CompiledType, resource: JsonObject): readonly UniqueKey[] {
  const keys: UniqueKey[] = [];
  for (const target of type.unique) {
    const { path, uniqueness } = target.sub ?? target.attribute;
    if (uniqueness === 'none') continue;
    for (const key of keysAt(target, resource)) keys.push({ path, key, scope: uniqueness });
  }
  return keys;
}

/** A value as a key for an index; undefined for what is no simple value. */
export function keyOf(attribute: CompiledAttribute, value: Json | undefined): string | undefined {
  const known = comparable(attribute, value);
  return known === undefined ? undefined : String(known);
}

function keysAt(
  { extension, attribute, sub = attribute.subs?.value }: Target,
  resource: JsonObject,
): readonly string[] {
  const scope = extension ? resource[extension.urn] : resource;
  const held = isObject(scope) ? scope[attribute.name] : undefined;
  const keys: string[] = [];
  for (const one of Array.isArray(held) ? (held as readonly Json[]) : [held]) {
    const value = sub && isObject(one) ? one[sub.name] : one;
    for (const each of Array.isArray(value) ? (value as readonly Json[]) : [value]) {
      const key = keyOf(sub ?? attribute, each);
      if (key !== undefined) keys.push(key);
    }
  }
  return keys;
}
