import { isObject } from '../../scim/message/list.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import { invalidValue } from './refusal.ts';
import type { Resource } from './resource.ts';
import { findExtension, resolvePath, type Attributes, type CompiledAttribute, type CompiledType } from './type.ts';

/** Which attributes an answer shows (RFC 7644 section 3.9). Names are attribute paths; unknown ones do nothing. */
export interface ProjectionQuery {
  /** Show these, and what is always returned, instead of the default set. */
  readonly attributes?: readonly string[];
  /** Leave these out of the default set; what is always returned stays. */
  readonly excludedAttributes?: readonly string[];
  /** Show these beside the default set: attributes returned on request that a write has set, from `requestedBy`. */
  readonly also?: readonly string[];
}

/** Members of an object: all of each, or a selection among its own members. */
type Selection = Map<string, Selection | 'all'>;

/**
 * Makes the function that turns resources of a type into what is shown. Attributes returned `never` are never shown,
 * those returned `always` always, those returned `request` when they are named.
 * @returns a function that answers the resource itself when there is nothing to leave out
 * @throws {ScimError} 400 `invalidValue` when both lists are given
 */
export function compileProjection(type: CompiledType, query: ProjectionQuery = {}): (resource: Resource) => JsonObject {
  const { attributes = [], excludedAttributes = [], also = [] } = query;
  if (attributes.length > 0 && excludedAttributes.length > 0) {
    throw invalidValue('"attributes" and "excludedAttributes" exclude each other; send one of them.');
  }
  if (attributes.length > 0) {
    const shown = selectShown(type, attributes);
    return resource => show(resource, shown);
  }
  const hidden = selectHidden(type, excludedAttributes, also);
  return hidden.size === 0 ? resource => resource : resource => hide(resource, hidden);
}

/**
 * The attributes returned on request that a write has set, so that its answer shows them (RFC 7643 section 7).
 * @param before the resource as it was, for a PATCH: what stayed as it was is not shown
 */
export const requestedBy = (type: CompiledType, after: JsonObject, before: JsonObject = {}): readonly string[] =>
  type.onRequest
    .filter(({ extension, attribute }) => {
      const [now, then] = [after, before].map(one => (extension ? one[extension.urn] : one));
      return isObject(now) && now[attribute.name] !== (isObject(then) ? then[attribute.name] : undefined);
    })
    .map(({ attribute, sub }) => (sub ?? attribute).path);

function show(object: JsonObject, selection: Selection): JsonObject {
  const shown: Record<string, Json> = {};
  for (const [name, what] of selection) {
    const value = object[name];
    if (value === undefined) continue;
    const part = what === 'all' ? value : eachObject(value, one => show(one, what));
    if (part !== undefined) shown[name] = part;
  }
  return shown;
}

function hide(object: JsonObject, selection: Selection): JsonObject {
  let needed = false;
  for (const name of selection.keys()) needed ||= object[name] !== undefined;
  if (!needed) return object;
  const left: Record<string, Json> = {};
  for (const name of Object.keys(object)) {
    const what = selection.get(name);
    if (what === 'all') continue;
    const value = object[name] ?? null;
    const part = what === undefined ? value : eachObject(value, one => hide(one, what));
    if (part !== undefined) left[name] = part;
  }
  return left;
}

/** A complex value, or each of its elements, changed; what comes out empty is left out. */
function eachObject(value: Json, change: (object: JsonObject) => JsonObject): Json | undefined {
  if (Array.isArray(value)) {
    const elements = value.filter(isObject).map(change).filter(isFilled);
    return elements.length === 0 ? undefined : elements;
  }
  if (!isObject(value)) return value;
  const changed = change(value);
  return isFilled(changed) ? changed : undefined;
}

function isFilled(object: JsonObject): boolean {
  return Object.keys(object).length > 0;
}

function selectShown(type: CompiledType, names: readonly string[]): Selection {
  const shown: Selection = new Map();
  showAll(shown, type.attributes, ({ returned }) => returned === 'always');
  for (const { urn, attributes } of type.extensions) {
    const inside = within(shown, urn);
    if (inside === 'all') continue;
    showAll(inside, attributes, ({ returned }) => returned === 'always');
  }
  for (const name of names) {
    const target = resolvePath(type, name);
    const extension = target?.extension ?? findExtension(type, name);
    const scope = extension ? within(shown, extension.urn) : shown;
    if (scope === 'all') continue;
    if (!target) {
      if (extension) showAll(scope, extension.attributes, isDefault);
      continue;
    }
    const { attribute, sub } = target;
    if (!sub) showAll(scope, { list: [attribute] }, () => true);
    else showSub(scope, attribute, sub);
  }
  for (const { urn } of type.extensions) if (isEmpty(shown.get(urn))) shown.delete(urn);
  return shown;
}

/** Selects attributes whole, but for sub-attributes that are not returned with their parent. */
function showAll(
  selection: Selection,
  { list }: Pick<Attributes, 'list'>,
  wanted: (attribute: CompiledAttribute) => boolean,
): void {
  for (const attribute of list.filter(wanted)) {
    if (attribute.secret) continue;
    const subs = attribute.subs?.list;
    if (!subs || subs.every(isDefault)) selection.set(attribute.name, 'all');
    else for (const sub of subs.filter(isDefault)) showSub(selection, attribute, sub);
  }
}

function showSub(selection: Selection, attribute: CompiledAttribute, sub: CompiledAttribute): void {
  if (attribute.secret || sub.secret) return;
  const inside = within(selection, attribute.name);
  if (inside === 'all') return;
  for (const one of attribute.subs?.list ?? []) if (one.returned === 'always') inside.set(one.name, 'all');
  inside.set(sub.name, 'all');
}

function selectHidden(type: CompiledType, names: readonly string[], also: readonly string[]): Selection {
  const hidden: Selection = new Map();
  const named = new Set(also.map(name => resolvePath(type, name)).map(target => target?.sub ?? target?.attribute));
  const unwanted = (one: CompiledAttribute): boolean => one.secret || (one.returned === 'request' && !named.has(one));
  hideAll(hidden, type.attributes.list, unwanted);
  for (const { urn, attributes } of type.extensions) {
    const inside = within(hidden, urn);
    if (inside !== 'all') hideAll(inside, attributes.list, unwanted);
  }
  for (const name of names) {
    const target = resolvePath(type, name);
    const extension = target?.extension ?? findExtension(type, name);
    const scope = extension ? within(hidden, extension.urn) : hidden;
    if (scope === 'all') continue;
    const wanted = target ? [target.attribute] : (extension?.attributes.list ?? []);
    if (!target?.sub) hideAll(scope, wanted, ({ returned }) => returned !== 'always');
    else if (target.attribute.returned !== 'always') hideSub(scope, target.attribute, target.sub);
  }
  for (const { urn } of type.extensions) if (isEmpty(hidden.get(urn))) hidden.delete(urn);
  return hidden;
}

/** Selects attributes to be left out, and the sub-attributes to be left out of those that stay. */
function hideAll(
  selection: Selection,
  list: readonly CompiledAttribute[],
  unwanted: (attribute: CompiledAttribute) => boolean,
): void {
  for (const attribute of list) {
    if (unwanted(attribute)) selection.set(attribute.name, 'all');
    else for (const sub of attribute.subs?.list.filter(unwanted) ?? []) hideSub(selection, attribute, sub);
  }
}

function hideSub(selection: Selection, attribute: CompiledAttribute, sub: CompiledAttribute): void {
  if (sub.returned === 'always') return;
  const inside = within(selection, attribute.name);
  if (inside !== 'all') inside.set(sub.name, 'all');
}

/** Shown by default; what is returned `always` counts in. */
const isDefault = ({ secret, returned }: CompiledAttribute): boolean => !secret && returned !== 'request';

function within(selection: Selection, name: string): Selection | 'all' {
  const found = selection.get(name);
  if (found !== undefined) return found;
  const made: Selection = new Map();
  selection.set(name, made);
  return made;
}

const isEmpty = (what: Selection | 'all' | undefined): boolean => what instanceof Map && what.size === 0;
