import { isObject } from '../../scim/message/list.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import { sameValue } from './equal.ts';
import { memberOf, readAttribute, readObject, refuseTwice, requireAll, type Reading } from './read.ts';
import { invalidSyntax, invalidValue, mutability } from './refusal.ts';
import type { Resource } from './resource.ts';
import {
  findAttribute,
  findExtension,
  schemasInUse,
  type Attributes,
  type CompiledAttribute,
  type CompiledType,
} from './type.ts';
import { kindOf, sameFolded } from './value.ts';

/** Where service providers differ in what they take. */
export interface WriteSettings {
  /** What to do with attributes, and entries of `schemas`, that the resource type does not have. Default: ignore. */
  readonly unknownAttributes: 'ignore' | 'refuse';
  /** What to do with a body whose `schemas` is missing or leaves the base schema out. Default: refuse. */
  readonly missingSchemas: 'refuse' | 'accept';
  /** What to do with "True" for a boolean. Default: refuse. */
  readonly booleanText: 'refuse' | 'accept';
}

/**
 * Reads the body of a create (RFC 7644 section 3.3): the attributes to store, without `id` and `meta`. What is readOnly
 * is ignored; null and empty arrays mean unassigned (RFC 7643 section 2.5).
 * @throws {ScimError} 400 `invalidSyntax` or `invalidValue`, naming the attribute
 */
export function readCreate(type: CompiledType, body: Json, settings: Partial<WriteSettings> = {}): JsonObject {
  const source = bodyObject(type, body);
  const resource = readBody(type, source, settings);
  requireComplete(type, resource);
  return resource;
}

/**
 * Reads the body of a replacement (RFC 7644 section 3.5.1): the attributes to store, without `id` and `meta`. What is
 * readOnly keeps its value; what is immutable has to match, or may be left out; what is writeOnly stays when it is left
 * out, since no client can read it back; everything else that is left out is cleared.
 * @throws {ScimError} 400 `invalidSyntax`, `invalidValue` or `mutability`, naming the attribute
 */
export function readReplace(
  type: CompiledType,
  body: Json,
  current: Resource,
  settings: Partial<WriteSettings> = {},
): JsonObject {
  const source = bodyObject(type, body);
  const read = readBody(type, source, settings);
  const resource: Record<string, Json> = { ...read, ...keptValues(type.attributes, source, read, current) };
  for (const { urn, attributes } of type.extensions) {
    const held = current[urn];
    if (attributes.kept.length === 0 || !isObject(held)) continue;
    const [given, next] = [memberOf(source, urn), resource[urn]];
    const kept = keptValues(attributes, isObject(given) ? given : {}, isObject(next) ? next : {}, held);
    if (next !== undefined || Object.keys(kept).length > 0) resource[urn] = { ...(isObject(next) && next), ...kept };
  }
  resource['schemas'] = schemasInUse(type, resource);
  requireComplete(type, resource);
  return resource;
}

function bodyObject(type: CompiledType, body: Json): JsonObject {
  if (isObject(body)) return body;
  throw invalidSyntax(`The body of a ${type.type.name} is a JSON object, not ${kindOf(body)}.`);
}

function readBody(type: CompiledType, body: JsonObject, settings: Partial<WriteSettings>): JsonObject {
  const reading: Reading = {
    booleanText: settings.booleanText === 'accept',
    refuseUnknown: settings.unknownAttributes === 'refuse',
    wrap: false,
  };
  const resource: Record<string, Json> = { schemas: type.baseSchemas };
  let declared: Json = null;
  let extended = false;
  for (const name of Object.keys(body)) {
    const value = body[name] ?? null;
    const attribute = findAttribute(type.attributes, name);
    if (attribute === undefined) {
      extended = readExtension(type, name, body, reading, resource) || extended;
      continue;
    }
    if (name !== attribute.name) refuseTwice(attribute.name, body);
    if (attribute.mutability === 'readOnly') continue;
    if (attribute.name === 'schemas') {
      declared = value;
      continue;
    }
    const read = readAttribute(attribute, value, reading);
    if (read !== undefined) resource[attribute.name] = read;
  }
  checkSchemas(type, declared, settings);
  if (extended) resource['schemas'] = schemasInUse(type, resource);
  return resource;
}

/** Reads one member that is no attribute of the base schema; true when it was an extension. */
function readExtension(
  type: CompiledType,
  name: string,
  body: JsonObject,
  reading: Reading,
  resource: Record<string, Json>,
): boolean {
  const extension = findExtension(type, name);
  if (!extension) {
    if (reading.refuseUnknown) throw invalidValue(`A ${type.type.name} has no attribute "${name}".`);
    return false;
  }
  if (name !== extension.urn) refuseTwice(extension.urn, body);
  const value = body[name] ?? null;
  const read = value === null ? undefined : readObject(extension.attributes, extension.urn, value, reading);
  if (read !== undefined) resource[extension.urn] = read;
  return true;
}

/** `schemas` names the base schema (RFC 7643 section 3.3); which extensions are in use shows in the data itself. */
function checkSchemas(type: CompiledType, declared: Json, settings: Partial<WriteSettings>): void {
  const [base = ''] = type.baseSchemas;
  if (declared !== null && !(Array.isArray(declared) && declared.every((one: Json) => typeof one === 'string'))) {
    throw invalidSyntax('"schemas" takes an array of URNs.');
  }
  const urns = (declared ?? []) as readonly string[];
  if (settings.missingSchemas !== 'accept' && !urns.includes(base) && !urns.some(urn => sameFolded(urn, base))) {
    throw invalidSyntax(`"schemas" has to name "${base}".`);
  }
  if (settings.unknownAttributes !== 'refuse') return;
  const foreign = urns.find(urn => !sameFolded(urn, base) && !findExtension(type, urn));
  if (foreign !== undefined) {
    throw invalidValue(`"schemas" names "${foreign}", which a ${type.type.name} does not have.`);
  }
}

/**
 * Sees that a whole resource lacks nothing required, and no required extension (RFC 7643 section 6).
 * @throws {ScimError} 400 `invalidValue`
 */
function requireComplete(type: CompiledType, resource: JsonObject): void {
  requireAll(type.attributes, resource);
  for (const { urn, required } of type.extensions) {
    if (required && resource[urn] === undefined)
      throw invalidValue(`A ${type.type.name} needs the extension "${urn}".`);
  }
}

/** What a replacement keeps of the values it found: those clients cannot change or cannot see. */
function keptValues(attributes: Attributes, given: JsonObject, next: JsonObject, held: JsonObject): JsonObject {
  const kept: Record<string, Json> = {};
  for (const attribute of attributes.kept) {
    const before = held[attribute.name];
    if (before === undefined) continue;
    const value = keptValue(attribute, memberOf(given, attribute.name), next[attribute.name], before);
    if (value !== undefined) kept[attribute.name] = value;
  }
  return kept;
}

function keptValue(
  attribute: CompiledAttribute,
  given: Json | undefined,
  next: Json | undefined,
  before: Json,
): Json | undefined {
  switch (attribute.mutability) {
    case 'readOnly':
      return before;
    case 'immutable':
      if (given === undefined || sameValue(attribute, next, before)) return before;
      throw mutability(`"${attribute.path}" is immutable and has a value; send that value, or leave it out.`);
    case 'writeOnly':
      return given === undefined ? before : next;
    default:
      return attribute.subs && isObject(given) && isObject(next) && isObject(before)
        ? { ...next, ...keptValues(attribute.subs, given, next, before) }
        : next;
  }
}
