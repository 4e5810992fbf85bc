import { isObject } from '../../../scim/message/list.ts';
import type { Json } from '../../../scim/wire/message.ts';
import { addElements, handOverPrimary, isPrimary, twoPrimaries } from '../elements.ts';
import { compileElementFilter, type Filter } from '../filter/index.ts';
import { readElements, type Reading } from '../read.ts';
import { invalidValue, noTarget } from '../refusal.ts';
import { findAttribute, type CompiledAttribute } from '../type.ts';
import { clearValue, guardImmutable, mergeObject, setValue, withMember } from './value.ts';

/** What an operation does to the elements it is about. */
export interface ElementChange {
  readonly op: 'add' | 'replace' | 'remove';
  readonly value: Json | undefined;
  /** The sub-attribute that is meant; undefined for whole elements. */
  readonly sub: CompiledAttribute | undefined;
  /** Which elements are meant; undefined for all. */
  readonly filter: Filter | undefined;
  readonly reading: Reading;
  /** Whether `replace` makes the element that its filter describes, when there is none. */
  readonly create: boolean;
}

/**
 * The list of a multi-valued attribute after an operation on some of its elements.
 * @returns the list held itself when nothing changes; undefined when no element is left
 * @throws {ScimError} 400 `noTarget` when the filter matches nothing and nothing can be made of it, 400 `invalidValue`,
 * `mutability` or `invalidFilter`
 */
export function changeElements(
  attribute: CompiledAttribute,
  held: Json | undefined,
  change: ElementChange,
): Json | undefined {
  const matches = change.filter ? compileElementFilter(change.filter, attribute) : () => true;
  const elements = Array.isArray(held) ? (held as readonly Json[]) : [];
  const next: Json[] = [];
  let [matched, changed] = [false, false];
  let primary: number | undefined;
  for (const element of elements) {
    if (!matches(element)) {
      next.push(element);
      continue;
    }
    matched = true;
    const after = changeElement(attribute, element, change);
    changed ||= after !== element;
    if (after === undefined) continue;
    if (isPrimary(attribute, after) && !isPrimary(attribute, element)) {
      if (primary !== undefined) throw twoPrimaries(attribute);
      primary = next.length;
    }
    next.push(after);
  }
  if (!matched) return changeNothingMatched(attribute, held, elements, change);
  if (!changed) return held;
  if (next.length === 0) return clearValue(attribute, held);
  return guardImmutable(attribute, held, settle(attribute, next, primary, change));
}

/** One flag for the primary element, and no element twice. */
function settle(
  attribute: CompiledAttribute,
  elements: readonly Json[],
  primary: number | undefined,
  { op, sub }: ElementChange,
): readonly Json[] {
  const flagged = primary === undefined ? elements : handOverPrimary(attribute, elements, primary);
  const identifies = sub === undefined || sub === attribute.subs?.value || sub === attribute.subs?.type;
  return identifies && op !== 'remove' ? addElements(attribute, [], flagged) : flagged;
}

/** One element after the operation; itself when nothing changes, undefined when it goes. */
function changeElement(
  attribute: CompiledAttribute,
  element: Json,
  { op, value, sub, reading }: ElementChange,
): Json | undefined {
  if (op === 'remove' && !sub) return undefined;
  if (!attribute.subs || !isObject(element)) {
    const [read] = readElements(attribute, value ?? null, reading);
    return read;
  }
  if (!sub)
    return mergeObject(attribute.subs, attribute.path, element, 'replace', oneObject(attribute, value), reading);
  const before = element[sub.name];
  const after = op === 'remove' ? clearValue(sub, before) : setValue(sub, before, op, value ?? null, reading);
  return after === before ? element : withMember(element, sub.name, after);
}

/** The value for a whole element: an object, or a list of just one. */
function oneObject({ path }: CompiledAttribute, value: Json | undefined) {
  const only = Array.isArray(value) && value.length === 1 ? (value as readonly Json[])[0] : value;
  if (isObject(only)) return only;
  throw invalidValue(`An element of "${path}" takes an object.`);
}

/**
 * When the filter matches nothing, `remove` is content (RFC 7644 section 3.5.2.2), `replace` has no target (section
 * 3.5.2.3), and `add` adds the element that the filter describes.
 */
function changeNothingMatched(
  attribute: CompiledAttribute,
  held: Json | undefined,
  elements: readonly Json[],
  { op, value, sub, filter, reading, create }: ElementChange,
): Json | undefined {
  if (op === 'remove') return held;
  const described = op === 'add' || create || !filter ? describeElement(attribute, filter) : undefined;
  if (!described) {
    throw noTarget(`No element of "${attribute.path}" matches the filter of the path.`);
  }
  const element = sub ? { ...described, [sub.name]: value ?? null } : { ...described, ...oneObject(attribute, value) };
  const added = addElements(attribute, elements, readElements(attribute, element, reading));
  return guardImmutable(attribute, held, added.length === 0 ? undefined : added);
}

/** The element that a filter describes by equalities alone; undefined when it says anything else. */
function describeElement(attribute: CompiledAttribute, filter: Filter | undefined): Record<string, Json> | undefined {
  if (!attribute.subs) return undefined;
  if (!filter) return {};
  const described: Record<string, Json> = {};
  for (const part of filter.kind === 'and' ? filter.filters : [filter]) {
    if (part.kind !== 'compare' || part.operator !== 'eq' || part.value === null) return undefined;
    const sub = findAttribute(attribute.subs, part.path);
    if (!sub) return undefined;
    described[sub.name] = part.value;
  }
  return described;
}
