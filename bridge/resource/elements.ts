import { isObject } from '../../scim/message/list.ts';
import type { Json } from '../../scim/wire/message.ts';
import { fingerprint, sameValue } from './equal.ts';
import { invalidValue } from './refusal.ts';
import type { CompiledAttribute } from './type.ts';
import { comparable, sameSimple } from './value.ts';

/**
 * The elements of a multi-valued attribute with further ones added. An element that is there already is not added
 * again; what it says beyond that is merged in. A new primary takes the flag over (RFC 7644 section 3.5.2).
 *
 * Two elements are the same when `value` agrees and `type` does not differ (RFC 7643 section 2.4), or when one leaves
 * `type` out; elements without `value` when they agree in everything.
 * @returns the same array when nothing changes
 * @throws {ScimError} 400 `invalidValue` when two of the added elements want to be the primary one
 */
export function addElements(
  attribute: CompiledAttribute,
  existing: readonly Json[],
  incoming: readonly Json[],
): readonly Json[] {
  let result: Json[] | undefined;
  const finder = createFinder(attribute, existing, incoming.length, () => result ?? existing);
  let primary: number | undefined;
  for (const element of incoming) {
    let at = finder.find(element);
    if (at === undefined) {
      result ??= existing.slice();
      at = result.push(element) - 1;
      finder.note(element, at);
    } else {
      const held = (result ?? existing)[at] ?? null;
      const merged = mergeElement(attribute, held, element);
      if (merged !== held) {
        result ??= existing.slice();
        result[at] = merged;
        finder.note(merged, at);
      }
    }
    if (isPrimary(attribute, element)) {
      if (primary !== undefined && primary !== at) throw twoPrimaries(attribute);
      primary = at;
    }
  }
  const added = result ?? existing;
  return primary === undefined ? added : handOverPrimary(attribute, added, primary);
}

/** The elements without those that are the same as a listed one; the same array when none is. */
export function removeElements(
  attribute: CompiledAttribute,
  existing: readonly Json[],
  listed: readonly Json[],
): readonly Json[] {
  const { find } = createFinder(attribute, listed, Math.min(listed.length, existing.length), () => listed);
  const left = existing.filter(element => find(element) === undefined);
  return left.length === existing.length ? existing : left;
}

/** Whether an element carries the primary flag. */
export const isPrimary = ({ subs }: CompiledAttribute, element: Json): boolean =>
  subs?.primary !== undefined && isObject(element) && element[subs.primary.name] === true;

/** The elements with the primary flag cleared on all but one. */
export function handOverPrimary(
  attribute: CompiledAttribute,
  elements: readonly Json[],
  keep: number,
): readonly Json[] {
  const name = attribute.subs?.primary?.name;
  if (name === undefined || !elements.some((element, at) => at !== keep && isPrimary(attribute, element))) {
    return elements;
  }
  return elements.map((element, at) =>
    at !== keep && isObject(element) && element[name] === true ? { ...element, [name]: false } : element,
  );
}

export const twoPrimaries = ({ path }: CompiledAttribute) =>
  invalidValue(`"${path}" has more than one element with "primary" true; leave it on one.`);

/** What the second of two equal elements says is kept, but what is immutable stays as it was. */
function mergeElement({ subs }: CompiledAttribute, held: Json, element: Json): Json {
  if (!subs || !isObject(held) || !isObject(element)) return held;
  let merged: Record<string, Json> | undefined;
  for (const sub of subs.list) {
    const value = element[sub.name];
    const before = held[sub.name];
    if (value === undefined || sameValue(sub, value, before)) continue;
    if (before !== undefined && sub.mutability === 'immutable') continue;
    merged ??= { ...held };
    merged[sub.name] = value;
  }
  return merged ?? held;
}

interface Finder {
  /** Place of the first element that is the same. */
  find(element: Json): number | undefined;
  /** Tells of an element that came in or changed. */
  note(element: Json, at: number): void;
}

/** Up to this many look-ups go through the elements one by one; more pay for an index over all of them. */
const fewLookups = 3;

const createFinder = (
  attribute: CompiledAttribute,
  elements: readonly Json[],
  lookups: number,
  current: () => readonly Json[],
): Finder =>
  lookups <= fewLookups
    ? { find: element => findOneByOne(attribute, current(), element), note: () => undefined }
    : createIndex(attribute, elements, current);

function findOneByOne(attribute: CompiledAttribute, elements: readonly Json[], wanted: Json): number | undefined {
  const value = attribute.subs?.value;
  const name = value?.name;
  const known = name !== undefined && isObject(wanted) ? wanted[name] : undefined;
  for (let at = 0; at < elements.length; at += 1) {
    const element = elements[at] ?? null;
    if (value && known !== undefined && isObject(element)) {
      const other = element[value.name];
      if (other !== undefined && !sameSimple(value, other, known)) continue;
    }
    if (sameElement(attribute, element, wanted)) return at;
  }
  return undefined;
}

function sameElement(attribute: CompiledAttribute, left: Json, right: Json): boolean {
  const { subs } = attribute;
  if (!subs) return sameSimple(attribute, left, right);
  if (!isObject(left) || !isObject(right)) return false;
  const one = subs.value && left[subs.value.name];
  const other = subs.value && right[subs.value.name];
  if (!subs.value || one === undefined || other === undefined) {
    return fingerprint(attribute, left) === fingerprint(attribute, right);
  }
  if (!sameSimple(subs.value, one, other)) return false;
  if (!subs.type) return true;
  const [oneType, otherType] = [left[subs.type.name], right[subs.type.name]];
  return oneType === undefined || otherType === undefined || sameSimple(subs.type, oneType, otherType);
}

/** Finds by value first; elements that share a value differ by type. */
function createIndex(attribute: CompiledAttribute, elements: readonly Json[], current: () => readonly Json[]): Finder {
  const { subs } = attribute;
  const byValue = new Map<unknown, number>();
  const byType = new Map<string, number>();
  const valueKey = (element: Json): unknown => {
    if (!subs) return comparable(attribute, element);
    const value = subs.value && isObject(element) ? comparable(subs.value, element[subs.value.name]) : undefined;
    return value ?? fingerprint(attribute, element);
  };
  const typeKey = (element: Json, value: unknown): string => {
    const type = subs?.type && isObject(element) ? comparable(subs.type, element[subs.type.name]) : undefined;
    return JSON.stringify([value, type]);
  };
  const note = (element: Json, at: number): void => {
    const value = valueKey(element);
    if (!byValue.has(value)) byValue.set(value, at);
    else byType.set(typeKey(element, value), at);
  };
  for (let at = 0; at < elements.length; at += 1) note(elements[at] ?? null, at);
  return {
    find: element => {
      const value = valueKey(element);
      const first = byValue.get(value);
      if (first === undefined || sameElement(attribute, current()[first] ?? null, element)) return first;
      return byType.get(typeKey(element, value));
    },
    note,
  };
}
