import type { Json, JsonObject } from '../../reports/record/exchange.ts';
import { isObject } from '../../scim/message/list.ts';
import type { Person } from '../../simulator/directory/model.ts';
import type { Attributes, Mirrors } from '../expectation.ts';

/**
 * Values at a path of SCIM: names separated by points, a schema URN in front where the attribute belongs to an extension;
 * multi-valued attributes on the way give the values of all their elements. Names are compared without case.
 */
export function valuesAt(resource: Json | undefined, path: string): readonly Json[] {
  const [, urn, rest = path] = /^(urn:.+):([^:]+)$/i.exec(path) ?? [];
  const names = urn && !/^urn:ietf:params:scim:schemas:core:/i.test(urn) ? [urn, ...rest.split('.')] : rest.split('.');
  let values: readonly Json[] = resource === undefined ? [] : [resource];
  for (const name of names) {
    values = values
      .filter(isObject)
      .flatMap(value => member(value, name) ?? [])
      .filter(value => value !== null);
  }
  return values;
}

/** Text compared without case. */
export const sameText = (value: Json | undefined, text: string): boolean =>
  typeof value === 'string' && value.toLowerCase() === text.toLowerCase();

/** A member of an object, its name compared without case (RFC 7643 section 2.1). */
export function member(object: JsonObject, name: string): Json | undefined {
  const exact = object[name];
  if (exact !== undefined) return exact;
  const key = Object.keys(object).find(each => each.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : object[key];
}

/** One line for each path whose value is another than wanted; null wants none, a list all of what is there. */
export function differences(resource: JsonObject, attributes: Attributes): string[] {
  return Object.entries(attributes).flatMap(([path, wanted]) => {
    const values = valuesAt(resource, path);
    const right =
      wanted === null || Array.isArray(wanted)
        ? sameJson(values, wanted ?? [])
        : values.some(value => sameJson(value, wanted));
    if (right) return [];
    return [`${path} is ${values.length > 0 ? values.map(value => JSON.stringify(value)).join(', ') : 'absent'}`];
  });
}

const sameJson = (a: Json, b: Json): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What the directory says an attribute has to be; an empty field stands for no value. */
export function mirrored(person: Person, mirrors: Mirrors): Attributes {
  return Object.fromEntries(
    Object.entries(mirrors).map(([path, field]) => {
      const value = person[field];
      return [path, typeof value === 'string' && value !== '' ? value : null];
    }),
  );
}
