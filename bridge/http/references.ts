import { ScimError } from '../../scim/message/error.ts';
import { isObject } from '../../scim/message/list.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import { list } from '../store/value-index.ts';

const reference = /^bulkId:(.+)$/;

/** The bulkIds a value refers to (RFC 7644 section 3.7.2). */
export function referencesIn(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return reference.exec(value)?.slice(1, 2) ?? [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((inner: Json) => referencesIn(inner));
}

/**
 * A value with ids in place of references.
 *
 * @throws ScimError 409 for a bulkId that stands for no resource
 */
export function resolve(value: Json, ids: ReadonlyMap<string, string>): Json {
  if (typeof value === 'string') {
    const bulkId = reference.exec(value)?.[1];
    return bulkId === undefined ? value : idOf(bulkId, ids);
  }
  if (Array.isArray(value)) return value.map((inner: Json) => resolve(inner, ids));
  return isObject(value) ? mapMembers(value, inner => resolve(inner, ids)) : value;
}

/** @throws ScimError 409 for a bulkId that stands for no resource */
export function idOf(bulkId: string, ids: ReadonlyMap<string, string>): string {
  const id = ids.get(bulkId);
  if (id !== undefined) return id;
  throw new ScimError(409, undefined, `the bulkId ${JSON.stringify(bulkId)} stands for no resource of this request`);
}

/** A resource to be created, cut in two: what can be stored now, and what refers to resources that do not exist yet. */
export interface Withheld {
  readonly now: JsonObject;
  readonly later: JsonObject;
}

/** Takes attributes that refer to one of some bulkIds out of a resource; of a list, only the elements that do. */
export function withhold(data: JsonObject, missing: ReadonlySet<string>): Withheld {
  const refers = (value: Json): boolean => referencesIn(value).some(bulkId => missing.has(bulkId));
  const now: [string, Json][] = [];
  const later: [string, Json][] = [];
  for (const [name, value] of Object.entries(data)) {
    if (!refers(value)) now.push([name, value]);
    else if (Array.isArray(value)) {
      now.push([name, value.filter((element: Json) => !refers(element))]);
      later.push([name, value.filter(refers)]);
    } else if (isObject(value) && isExtension(name)) {
      const inner = withhold(value, missing);
      now.push([name, inner.now]);
      later.push([name, inner.later]);
    } else later.push([name, value]);
  }
  return { now: Object.fromEntries(now), later: Object.fromEntries(later) };
}

/** A stored resource with what was withheld from it. */
export function supply(resource: JsonObject, later: JsonObject): JsonObject {
  const supplied = Object.entries(later).map(([given, value]): [string, Json] => {
    const name = Object.keys(resource).find(known => known.toLowerCase() === given.toLowerCase()) ?? given;
    const held = resource[name];
    if (Array.isArray(value)) return [name, [...list(held), ...value]];
    return [name, isObject(value) && isObject(held) && isExtension(name) ? supply(held, value) : value];
  });
  return { ...resource, ...Object.fromEntries(supplied) };
}

const isExtension = (name: string): boolean => name.includes(':');

const mapMembers = (object: JsonObject, change: (value: Json) => Json): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
