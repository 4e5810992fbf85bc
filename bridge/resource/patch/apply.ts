import { isObject } from '../../../scim/message/list.ts';
import type { Json, JsonObject } from '../../../scim/wire/message.ts';
import { compileElementFilter, countTests } from '../filter/index.ts';
import { refuseTwice, requireAll } from '../read.ts';
import { invalidPath, invalidValue, mutability, noTarget } from '../refusal.ts';
import type { Resource } from '../resource.ts';
import { findAttribute, type CompiledAttribute, type CompiledExtension, type CompiledType } from '../type.ts';
import { kindOf } from '../value.ts';
import type { Spend } from '../work.ts';
import { changeElements } from './elements.ts';
import type { Operation } from './operation.ts';
import { findPlace, findPlainPlace, type AttributePlace, type Place } from './place.ts';
import type { PatchSettings } from './settings.ts';
import { clearValue, guardImmutable, mergeObject, readingOf, removeListed, setValue, withMember } from './value.ts';

/** What the operations of one message share. */
interface Run {
  readonly settings: PatchSettings;
  readonly spend: Spend;
}

/** A resource after one operation; the same object when nothing changes. */
export function applyOperation(type: CompiledType, resource: Resource, operation: Operation, run: Run): Resource {
  const { path } = operation;
  if (path === undefined) return applyMembers(type, resource, operation, run);
  const place = findPlace(type, path);
  if (!place) {
    if (run.settings.unknownPath === 'ignore') return resource;
    throw invalidPath(`A ${type.type.name} has no attribute "${path}".`);
  }
  const readOnly = readOnlyAt(place);
  if (readOnly) {
    if (run.settings.readOnlyPath === 'ignore') return resource;
    throw mutability(`"${readOnly.path}" is readOnly.`);
  }
  return applyAt(resource, place, operation, run);
}

const readOnlyAt = (place: Place): CompiledAttribute | undefined =>
  place.kind === 'schema' ? undefined : [place.attribute, place.sub].find(one => one?.mutability === 'readOnly');

function applyAt(resource: Resource, place: Place, operation: Operation, run: Run): Resource {
  if (place.kind === 'schema') return applyExtension(resource, place.extension, operation, run.settings);
  const { extension, attribute } = place;
  if (attribute.name === 'schemas' && !extension) return applySchemas(resource, operation);
  if (!extension) {
    const held = resource[attribute.name];
    const next = changeAttribute(place, held, operation, run);
    return next === held ? resource : withAttribute(resource, attribute.name, next);
  }
  const scope = resource[extension.urn];
  const data = isObject(scope) ? scope : {};
  const held = data[attribute.name];
  const next = changeAttribute(place, held, operation, run);
  return next === held ? resource : withExtension(resource, extension, withMember(data, attribute.name, next));
}

/** The operation without path: its value is an object of attributes, their names paths in any of the forms of a path. */
function applyMembers(type: CompiledType, resource: Resource, { op, value }: Operation, run: Run): Resource {
  if (op === 'remove' || !isObject(value)) {
    throw invalidValue(`"${op}" without a path takes an object of attributes, not ${kindOf(value ?? null)}.`);
  }
  let changed = resource;
  for (const name of Object.keys(value)) {
    const known = findAttribute(type.attributes, name);
    if (known && known.name !== name) refuseTwice(known.name, value);
    const place = name.includes('[') ? findPlace(type, name) : findPlainPlace(type, name);
    if (!place && run.settings.unknownAttributes === 'refuse') {
      throw invalidValue(`A ${type.type.name} has no attribute "${name}".`);
    }
    // Resources are echoed back whole: what is readOnly in them is no wish to change it.
    if (!place || readOnlyAt(place)) continue;
    changed = applyAt(changed, place, { op, path: name, value: value[name] ?? null }, run);
  }
  return changed;
}

/** An operation on a whole extension: its value is an object of the attributes of that extension. */
function applyExtension(
  resource: Resource,
  extension: CompiledExtension,
  { op, value }: Operation,
  settings: PatchSettings,
): Resource {
  const { urn, attributes } = extension;
  const scope = resource[urn];
  const held = isObject(scope) ? scope : undefined;
  if (op === 'remove' || value === null) {
    if (held === undefined) return resource;
    for (const attribute of attributes.list) guardImmutable(attribute, held[attribute.name], undefined);
    return withExtension(resource, extension, undefined);
  }
  if (!isObject(value)) throw invalidValue(`"${urn}" takes an object, not ${kindOf(value)}.`);
  const next = mergeObject(attributes, urn, held, op, value, readingOf(settings));
  return next === held ? resource : withExtension(resource, extension, next);
}

/** `schemas` follows from the data, so there is nothing to set; but the base schema cannot be taken out of it. */
function applySchemas(resource: Resource, { op, value }: Operation): Resource {
  if (op === 'remove') throw mutability('"schemas" is required and cannot be removed.');
  const urns = Array.isArray(value) ? (value as readonly Json[]) : [value ?? null];
  if (urns.every(urn => typeof urn === 'string')) return resource;
  throw invalidValue('"schemas" takes an array of URNs.');
}

function changeAttribute(
  { attribute, sub, filter }: AttributePlace,
  held: Json | undefined,
  { op, value }: Operation,
  { settings, spend }: Run,
): Json | undefined {
  const reading = readingOf(settings);
  if (Array.isArray(held)) spend(held.length * (filter ? countTests(filter) : 1));
  if (attribute.multiValued && (filter ?? sub)) {
    const create = settings.unmatchedReplace === 'create';
    return changeElements(attribute, held, { op, value, sub, filter, reading, create });
  }
  // Brackets behind a singular attribute: identity providers remove a manager so.
  if (filter && (held === undefined || !compileElementFilter(filter, attribute)(held))) {
    if (op === 'remove') return held;
    throw noTarget(`"${attribute.path}" does not match the filter of the path.`);
  }
  if (sub) return changeSub(attribute, sub, held, { op, value }, settings);
  if (op !== 'remove') return setValue(attribute, held, op, value ?? null, reading);
  const listed = attribute.multiValued && value !== undefined && value !== null;
  return listed ? removeListed(attribute, held, value, settings) : clearValue(attribute, held);
}

function changeSub(
  attribute: CompiledAttribute,
  sub: CompiledAttribute,
  held: Json | undefined,
  { op, value }: Pick<Operation, 'op' | 'value'>,
  settings: PatchSettings,
): Json | undefined {
  const object: JsonObject = isObject(held) ? held : {};
  const before = object[sub.name];
  const after =
    op === 'remove' ? clearValue(sub, before) : setValue(sub, before, op, value ?? null, readingOf(settings));
  if (after === before) return held;
  const next = withMember(object, sub.name, after);
  if (next && attribute.subs) requireAll(attribute.subs, next);
  return guardImmutable(attribute, held, next);
}

function withAttribute(resource: Resource, name: string, value: Json | undefined): Resource {
  if (value !== undefined) return { ...resource, [name]: value };
  const { [name]: _, ...rest } = resource;
  return { ...rest, id: resource.id };
}

function withExtension(resource: Resource, extension: CompiledExtension, data: JsonObject | undefined): Resource {
  if (data === undefined && extension.required) {
    throw mutability(`The extension "${extension.urn}" is required and cannot be removed.`);
  }
  return withAttribute(resource, extension.urn, data);
}
