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
  const index = incoming.length > fewLookups ? createIndex(attribute, existing) : undefined;
  let elements = existing;
  let own: Json[] | undefined;
  let primary: number | undefined;
  for (const element of incoming) {
    let at = index ? index.find(elements, element) : findOneByOne(attribute, elements, element);
    const held = at === undefined ? undefined : elements[at];
    const merged = held === undefined ? element : mergeElement(attribute, held, element);
    if (merged !== held) {
      elements = own ??= existing.slice();
      at ??= own.length;
      own[at] = merged;
      index?.note(merged, at);
    }
    if (isPrimary(attribute, element)) {
      if (primary !== undefined && primary !== at) throw twoPrimaries(attribute);
      primary = at;
    }
  }
  return primary === undefined ? elements : handOverPrimary(attribute, elements, primary);
}

/** The elements without those that are the same as a listed one; the same array when none is. */
export function removeElements(
  attribute: CompiledAttribute,
  existing: readonly Json[],
  listed: readonly Json[],
): readonly Json[] {
  const index = listed.length > fewLookups ? createIndex(attribute, listed) : undefined;
  const left = existing.filter(
    element => (index ? index.find(listed, element) : findOneByOne(attribute, listed, element)) === undefined,
  );
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

/** Up to this many elements are looked for one by one; more pay for an index over all there are. */
const fewLookups = 3;

function findOneByOne(attribute: CompiledAttribute, elements: readonly Json[], wanted: Json): number | undefined {
  const compared = attribute.subs?.value ?? attribute;
  const known = valueOf(attribute, wanted);
  const whole = known === undefined ? fingerprint(attribute, wanted) : undefined;
  for (let at = 0; at < elements.length; at += 1) {
    const element = elements[at] ?? null;
    const other = valueOf(attribute, element);
    if (known === undefined || other === undefined) {
      if (known === other && fingerprint(attribute, element) === whole) return at;
    } else if (sameSimple(compared, known, other) && sameType(attribute, element, wanted)) {
      return at;
    }
  }
  return undefined;
}

/** What identifies an element; undefined for a complex one without `value`. */
function valueOf({ subs }: CompiledAttribute, element: Json): Json | undefined {
  if (!subs) return element;
  return subs.value && isObject(element) ? element[subs.value.name] : undefined;
}

/** Whether the types of two elements do not differ; one without type differs from none. */
function sameType({ subs }: CompiledAttribute, left: Json, right: Json): boolean {
  if (!subs?.type || !isObject(left) || !isObject(right)) return true;
  const [one, other] = [left[subs.type.name], right[subs.type.name]];
  return one === undefined || other === undefined || sameSimple(subs.type, one, other);
}

interface ElementIndex {
  /** Place of an element of the list that is the same. */
  find(elements: readonly Json[], wanted: Json): number | undefined;
  /** Tells of an element that came in or changed. */
  note(element: Json, at: number): void;
}

/** Finds by value first; elements that share a value differ by type. */
function createIndex(attribute: CompiledAttribute, elements: readonly Json[]): ElementIndex {
  const { subs } = attribute;
  const byValue = new Map<string, number>();
  const byType = new Map<string, number>();
  /** Keys of elements without `value`: they are long to work out, and asked for twice. */
  const wholes = new WeakMap<object, string>();
  const valueKey = (element: Json): string => {
    const value = valueOf(attribute, element);
    // The mark tells the two kinds of key apart.
    if (value !== undefined) return `.${String(comparable(subs?.value ?? attribute, value))}`;
    if (!isObject(element)) return `=${fingerprint(attribute, element)}`;
    const known = wholes.get(element);
    if (known !== undefined) return known;
    const key = `=${fingerprint(attribute, element)}`;
    wholes.set(element, key);
    return key;
  };
  const typeKey = (element: Json, value: string): string => {
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
    find(current, wanted) {
      const value = valueKey(wanted);
      const first = byValue.get(value);
      if (first === undefined || sameType(attribute, current[first] ?? null, wanted)) return first;
      return byType.get(typeKey(wanted, value));
    },
    note,
  };
}
