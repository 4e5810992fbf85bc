import { isObject } from '../../scim/message/list.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import { addElements } from './elements.ts';
import { invalidValue } from './refusal.ts';
import { findAttribute, type Attributes, type CompiledAttribute } from './type.ts';
import { kindOf, readSimple } from './value.ts';

/** How values are read. */
export interface Reading {
  /** "True" passes for a boolean. */
  readonly booleanText: boolean;
  /** Attributes that the schema does not have are refused. */
  readonly refuseUnknown: boolean;
  /** A single value passes for a list of one. */
  readonly wrap: boolean;
}

/**
 * Reads the value of an attribute into the form it is stored in.
 * @returns undefined when the value means unassigned (RFC 7643 section 2.5): null, an empty array, an object of nothing
 * @throws {ScimError} 400 `invalidValue`
 */
export function readAttribute(attribute: CompiledAttribute, value: Json, reading: Reading): Json | undefined {
  if (value === null) return undefined;
  if (attribute.multiValued) {
    const elements = readElements(attribute, value, reading);
    return elements.length === 0 ? undefined : elements;
  }
  return readOne(attribute, value, reading);
}

/**
 * Reads the list of a multi-valued attribute; what is listed twice is kept once.
 * @throws {ScimError} 400 `invalidValue`, also for two elements with `primary` true (RFC 7643 section 2.4)
 */
export function readElements(attribute: CompiledAttribute, value: Json, reading: Reading): readonly Json[] {
  if (!Array.isArray(value) && !reading.wrap) {
    throw invalidValue(`"${attribute.path}" has several values and takes an array, not ${kindOf(value)}.`);
  }
  const elements: Json[] = [];
  for (const element of Array.isArray(value) ? (value as readonly Json[]) : [value]) {
    const read = element === null ? undefined : readOne(attribute, element, reading);
    if (read !== undefined) elements.push(read);
  }
  return elements.length < 2 ? elements : addElements(attribute, [], elements);
}

function readOne(attribute: CompiledAttribute, value: Json, reading: Reading): Json | undefined {
  if (!attribute.subs) return readSimple(attribute, value, reading.booleanText);
  return readObject(attribute.subs, attribute.path, value, reading);
}

/**
 * Reads the sub-attributes of a complex value, or the attributes of an extension. What is readOnly is ignored.
 * @returns undefined when nothing is left
 * @throws {ScimError} 400 `invalidValue`
 */
export function readObject(
  attributes: Attributes,
  path: string,
  value: Json,
  reading: Reading,
): JsonObject | undefined {
  if (!isObject(value)) throw invalidValue(`"${path}" takes an object, not ${kindOf(value)}.`);
  const read: Record<string, Json> = {};
  let empty = true;
  for (const name of Object.keys(value)) {
    const attribute = findMember(attributes, path, name, value, reading);
    if (attribute === undefined || attribute.mutability === 'readOnly') continue;
    const one = readAttribute(attribute, value[name] ?? null, reading);
    if (one === undefined) continue;
    read[attribute.name] = one;
    empty = false;
  }
  if (empty) return undefined;
  requireAll(attributes, read);
  return read;
}

/**
 * The attribute that a member of an object stands for; undefined for one to be ignored.
 * @throws {ScimError} 400 `invalidValue` for a name that comes twice in different case, or is unknown where that counts
 */
export function findMember(
  attributes: Attributes,
  path: string,
  name: string,
  object: JsonObject,
  reading: Reading,
): CompiledAttribute | undefined {
  const attribute = findAttribute(attributes, name);
  if (attribute === undefined) {
    if (reading.refuseUnknown) throw invalidValue(`"${path}" has no attribute "${name}".`);
    return undefined;
  }
  // Only a spelling that is not the schema's own can be a second one for the same attribute.
  if (name !== attribute.name) refuseTwice(attribute.name, object);
  return attribute;
}

/**
 * Sees that no name differs from another by case alone (RFC 7643 section 2.1).
 * @throws {ScimError} 400 `invalidValue`
 */
export function refuseTwice(name: string, object: JsonObject): void {
  const wanted = name.toLowerCase();
  if (Object.keys(object).filter(other => other.toLowerCase() === wanted).length > 1) {
    throw invalidValue(`"${name}" is given more than once, in different case; give it once.`);
  }
}

/**
 * Sees that nothing required is missing.
 * @throws {ScimError} 400 `invalidValue`
 */
export function requireAll(attributes: Attributes, object: JsonObject): void {
  for (const { name, path } of attributes.required) {
    const value = object[name];
    if (value === undefined || value === '') throw invalidValue(`"${path}" is required and has to have a value.`);
  }
}

/** A member by its name in any case; undefined when there is none. */
export function memberOf(object: JsonObject, name: string): Json | undefined {
  if (Object.hasOwn(object, name)) return object[name];
  const wanted = name.toLowerCase();
  const spelt = Object.keys(object).find(other => other.toLowerCase() === wanted);
  return spelt === undefined ? undefined : object[spelt];
}
