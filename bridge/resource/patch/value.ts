import { isObject } from '../../../scim/message/list.ts';
import type { Json, JsonObject } from '../../../scim/wire/message.ts';
import { addElements, removeElements } from '../elements.ts';
import { sameJson, sameValue } from '../equal.ts';
import { findMember, readAttribute, readElements, requireAll, type Reading } from '../read.ts';
import { invalidValue, mutability } from '../refusal.ts';
import type { Attributes, CompiledAttribute } from '../type.ts';
import { kindOf } from '../value.ts';
import type { PatchSettings } from './settings.ts';

/** How values of operations are read. */
export const readingOf = (settings: PatchSettings): Reading => ({
  booleanText: settings.booleanText === 'accept',
  refuseUnknown: settings.unknownAttributes === 'refuse',
  wrap: true,
});

/**
 * The value of an attribute after `add` or `replace` (RFC 7644 sections 3.5.2.1, 3.5.2.3): a singular value is set, a
 * complex one merged, a list extended or replaced. Null unassigns.
 * @returns the value held itself when nothing changes; undefined when the attribute is unassigned
 * @throws {ScimError} 400 `invalidValue` or `mutability`
 */
export function setValue(
  attribute: CompiledAttribute,
  held: Json | undefined,
  op: 'add' | 'replace',
  value: Json,
  reading: Reading,
): Json | undefined {
  const next = nextValue(attribute, held, op, value, reading);
  if (next === held) return held;
  if (attribute.required && (next === undefined || next === '')) {
    throw invalidValue(`"${attribute.path}" is required and has to have a value.`);
  }
  return guardImmutable(attribute, held, next);
}

/**
 * The value of an attribute after `remove`: none.
 * @throws {ScimError} 400 `mutability` for what is required or immutable (RFC 7644 section 3.5.2.2)
 */
export function clearValue(attribute: CompiledAttribute, held: Json | undefined): undefined {
  if (attribute.required) throw mutability(`"${attribute.path}" is required and cannot be removed.`);
  guardImmutable(attribute, held, undefined);
  return undefined;
}

/** The list of a multi-valued attribute after `remove` with a value list. */
export function removeListed(
  attribute: CompiledAttribute,
  held: Json | undefined,
  value: Json,
  settings: PatchSettings,
): Json | undefined {
  if (settings.removeValue === 'all') return clearValue(attribute, held);
  if (settings.removeValue === 'refuse') {
    throw invalidValue(`"remove" takes no value; name what to remove in the path: ${attribute.path}[value eq "…"].`);
  }
  if (!Array.isArray(held)) return held;
  const key = attribute.subs?.value?.name;
  const listed = (Array.isArray(value) ? (value as readonly Json[]) : [value]).map(one =>
    key !== undefined && typeof one === 'string' ? { [key]: one } : one,
  );
  const left = removeElements(attribute, held, readElements(attribute, listed, readingOf(settings)));
  if (left === held) return held;
  return left.length === 0 ? clearValue(attribute, held) : guardImmutable(attribute, held, left);
}

/** What changes an immutable attribute that has a value is refused (RFC 7643 section 7). */
export function guardImmutable(
  attribute: CompiledAttribute,
  held: Json | undefined,
  next: Json | undefined,
): Json | undefined {
  if (attribute.mutability !== 'immutable' || held === undefined) return next;
  if (sameValue(attribute, held, next)) return held;
  throw mutability(`"${attribute.path}" is immutable and has a value already.`);
}

/** The object with one member set, or taken out; undefined when none is left. */
export function withMember(object: JsonObject, name: string, value: Json | undefined): JsonObject | undefined {
  if (value !== undefined) return { ...object, [name]: value };
  const { [name]: _, ...rest } = object;
  return Object.keys(rest).length === 0 ? undefined : rest;
}

function nextValue(
  attribute: CompiledAttribute,
  held: Json | undefined,
  op: 'add' | 'replace',
  value: Json,
  reading: Reading,
): Json | undefined {
  if (attribute.multiValued) {
    const elements = value === null ? [] : readElements(attribute, value, reading);
    const before = Array.isArray(held) ? (held as readonly Json[]) : [];
    const after = op === 'add' ? addElements(attribute, before, elements) : elements;
    if (after === before || sameJson(after, before)) return held;
    return after.length === 0 ? undefined : after;
  }
  if (value === null || !attribute.subs) return readAttribute(attribute, value, reading);
  return mergeObject(
    attribute.subs,
    attribute.path,
    isObject(held) ? held : undefined,
    op,
    wholeObject(attribute, value),
    reading,
  );
}

/** A bare value passes for a complex attribute that has `value`: identity providers send a manager's id so. */
function wholeObject({ path, subs }: CompiledAttribute, value: Json): JsonObject {
  if (isObject(value)) return value;
  if (typeof value === 'string' && subs?.value) return { [subs.value.name]: value };
  throw invalidValue(`"${path}" takes an object, not ${kindOf(value)}.`);
}

/**
 * A complex value, or the data of an extension, with the given members set and the others kept. What is readOnly is
 * ignored.
 * @returns the object held itself when nothing changes; undefined when nothing is left
 */
export function mergeObject(
  attributes: Attributes,
  path: string,
  held: JsonObject | undefined,
  op: 'add' | 'replace',
  given: JsonObject,
  reading: Reading,
): JsonObject | undefined {
  let merged = held;
  for (const name of Object.keys(given)) {
    const attribute = findMember(attributes, path, name, given, reading);
    if (!attribute || attribute.mutability === 'readOnly') continue;
    const before = merged?.[attribute.name];
    const after = setValue(attribute, before, op, given[name] ?? null, reading);
    if (after !== before) merged = withMember(merged ?? {}, attribute.name, after);
  }
  if (merged !== undefined && merged !== held) requireAll(attributes, merged);
  return merged;
}
