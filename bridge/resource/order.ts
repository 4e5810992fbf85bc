import { isObject } from '../../scim/message/list.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import { invalidValue, sensitive } from './refusal.ts';
import type { Resource } from './resource.ts';
import { resolvePath, type CompiledType } from './type.ts';
import { comparable } from './value.ts';

export type SortOrder = 'ascending' | 'descending';

/** What a resource is sorted by; undefined when it has no value there. */
export type SortKey = string | number | boolean | undefined;

/**
 * Makes the comparison that sorts resources of a type (RFC 7644 section 3.4.2.3): text by code units and without case
 * unless its attribute is exact, dates by instant, `false` before `true`. A multi-valued attribute counts with its
 * primary element, else its first; a complex one with its `value`. Resources without a value come last in ascending
 * order and first in descending order.
 * @throws {ScimError} 400 `invalidValue` for a path that the type does not have or that has no order, 403 `sensitive`
 */
export function compileOrder(
  type: CompiledType,
  sortBy: string,
  sortOrder: SortOrder,
): (left: Resource, right: Resource) => number {
  const key = compileSortKey(type, sortBy);
  if (!key) throw invalidValue(`"sortBy" names "${sortBy}", which a ${type.type.name} does not have.`);
  return (left, right) => compareKeys(key(left), key(right), sortOrder);
}

/**
 * Makes the function that takes out what resources of a type are sorted by: for many resources, take it out once for
 * each and compare with `compareKeys`. Undefined when the type does not have the attribute.
 * @throws {ScimError} 400 `invalidValue` for a complex attribute without `value`, 403 `sensitive`
 */
export function compileSortKey(type: CompiledType, sortBy: string): ((resource: JsonObject) => SortKey) | undefined {
  const target = resolvePath(type, sortBy);
  if (!target) return undefined;
  const { extension, attribute } = target;
  const sub = target.sub ?? attribute.subs?.value;
  if (attribute.subs && !sub) {
    throw invalidValue(`"${attribute.path}" has no order of its own; sort by one of its sub-attributes.`);
  }
  const leaf = sub ?? attribute;
  if (attribute.secret || leaf.secret) throw sensitive(leaf.path);
  const primary = attribute.subs?.primary?.name;
  return resource => {
    const scope = extension ? resource[extension.urn] : resource;
    let value: Json | undefined = isObject(scope) ? scope[attribute.name] : undefined;
    if (Array.isArray(value)) value = preferred(value, primary);
    if (sub) value = isObject(value) ? value[sub.name] : undefined;
    return comparable(leaf, Array.isArray(value) ? (value as readonly Json[])[0] : value);
  };
}

/** Compares what was taken out of two resources by `compileSortKey`. */
export function compareKeys(left: SortKey, right: SortKey, order: SortOrder): number {
  if (left === right) return 0;
  const ascending = left === undefined || (right !== undefined && left > right) ? 1 : -1;
  return order === 'ascending' ? ascending : -ascending;
}

function preferred(elements: readonly Json[], primary: string | undefined): Json | undefined {
  const flagged = primary === undefined ? undefined : elements.find(one => isObject(one) && one[primary] === true);
  return flagged ?? elements[0];
}
