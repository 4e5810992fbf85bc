import type { Exchange, Json, JsonObject } from '../../reports/record/exchange.ts';
import { isObject } from '../../scim/message/list.ts';
import { member, sameText, valuesAt } from './attributes.ts';

/** A request to the users or the groups of a target. */
interface Addressed {
  readonly method: string;
  readonly collection: 'Users' | 'Groups';
  /** Absent for the collection itself. */
  readonly id?: string;
  readonly body: Json | undefined;
}

/** One change that a PUT or an operation of a PATCH makes to a top-level attribute. */
interface Edit {
  readonly op: 'add' | 'remove' | 'replace';
  /** In lower case, without schema URN. */
  readonly attribute: string;
  /** Text of a value filter: what stands between the brackets of `members[…]`. */
  readonly filter?: string;
  readonly value: Json | undefined;
}

const TARGET = /^\/+(Users|Groups)(?:\/([^/?]+))?\/?(?:\?|$)/;

/** Sees whether a request sets `active` of one of these users to the value, by PUT or by PATCH in any known dialect. */
export function setsActive({ request }: Exchange, users: ReadonlySet<string>, active: boolean): boolean {
  const target = addressed(request);
  if (target?.collection !== 'Users' || target.id === undefined || !users.has(target.id)) return false;
  return editsOf(target).some(
    ({ op, attribute, value }) => op !== 'remove' && attribute === 'active' && truth(value) === active,
  );
}

/** Sees a DELETE of one of these users or groups. */
export function removes({ request }: Exchange, collection: Addressed['collection'], ids: ReadonlySet<string>): boolean {
  const target = addressed(request);
  return (
    target?.method === 'DELETE' && target.collection === collection && target.id !== undefined && ids.has(target.id)
  );
}

/** Body of a POST that makes a user with this address, as `userName` or among its e-mails; compared without case. */
export function newUser({ request }: Exchange, address: string): JsonObject | undefined {
  const body = newResource(request, 'Users');
  const names = [...valuesAt(body, 'userName'), ...valuesAt(body, 'emails.value')];
  return names.some(name => sameText(name, address)) ? body : undefined;
}

/** Body of a POST that makes a group with this name. */
export function newGroup({ request }: Exchange, name: string): JsonObject | undefined {
  const body = newResource(request, 'Groups');
  return valuesAt(body, 'displayName').some(value => sameText(value, name)) ? body : undefined;
}

/** Sees whether a request puts one of these users into one of these groups. */
export function addsMember({ request }: Exchange, groups: ReadonlySet<string>, users: ReadonlySet<string>): boolean {
  return memberEdits(request, groups).some(({ op, value }) => op !== 'remove' && holds(value, users));
}

/**
 * Sees whether a request takes one of these users out of one of these groups: named by value or by value filter, with
 * everybody else, or by a new list of members without the user.
 */
export function removesMember({ request }: Exchange, groups: ReadonlySet<string>, users: ReadonlySet<string>): boolean {
  return memberEdits(request, groups).some(({ op, filter, value }) => {
    if (op === 'add') return false;
    if (op === 'replace') return filter === undefined && !holds(value, users);
    if (filter !== undefined) return [...users].some(id => filter.includes(JSON.stringify(id)));
    return value === undefined || holds(value, users);
  });
}

/**
 * What a PUT or PATCH of one of these users sets, as a user: a PUT whole, a PATCH as far as its operations add or replace
 * something at a plain path.
 */
export function editedUser({ request }: Exchange, users: ReadonlySet<string>): JsonObject | undefined {
  const target = addressed(request);
  if (target?.collection !== 'Users' || target.id === undefined || !users.has(target.id)) return undefined;
  if (!isObject(target.body)) return undefined;
  if (target.method === 'PUT') return target.body;
  const operations = target.method === 'PATCH' ? member(target.body, 'Operations') : undefined;
  if (!Array.isArray(operations)) return undefined;
  return (operations as readonly Json[]).filter(isObject).reduce(withOperation, {});
}

function withOperation(user: JsonObject, operation: JsonObject): JsonObject {
  const [op, path, value] = ['op', 'path', 'value'].map(name => member(operation, name));
  if (value === undefined || (typeof op === 'string' && op.toLowerCase() === 'remove')) return user;
  if (typeof path === 'string' && path !== '') return placed(user, namesIn(path), value);
  // Entra ID names paths in the value too.
  return Object.entries(isObject(value) ? value : {}).reduce(
    (held, [name, each]) => placed(held, isObject(each) ? [name] : namesIn(name), each),
    user,
  );
}

function namesIn(path: string): readonly string[] {
  const [, urn, rest = path] = /^(urn:.+):([^:]+)$/i.exec(path) ?? [];
  return [...(urn === undefined ? [] : [urn]), ...rest.split('.')];
}

function placed(object: JsonObject, [name = '', ...rest]: readonly string[], value: Json): JsonObject {
  const held = object[name];
  return { ...object, [name]: rest.length === 0 ? value : placed(isObject(held) ? held : {}, rest, value) };
}

/** A path with its escapes undone, as stories write it. */
export const pathText = (path: string): string => unescaped(path);

/** Sees whether a request names one of these texts (ids, addresses, names), in its path or in its body. */
export function mentions({ request }: Exchange, texts: readonly string[]): boolean {
  const said = [unescaped(request.path), request.text ?? '', JSON.stringify(request.json ?? '')]
    .join('\n')
    .toLowerCase();
  return texts.some(text => text !== '' && said.includes(text.toLowerCase()));
}

function addressed({ method, path, json }: Exchange['request']): Addressed | undefined {
  const [, collection, id] = TARGET.exec(path) ?? [];
  if (collection !== 'Users' && collection !== 'Groups') return undefined;
  return { method: method.toUpperCase(), collection, ...(id !== undefined && { id: unescaped(id) }), body: json };
}

function newResource(request: Exchange['request'], collection: Addressed['collection']): JsonObject | undefined {
  const target = addressed(request);
  const isNew = target?.method === 'POST' && target.collection === collection && target.id === undefined;
  return isNew && isObject(target.body) ? target.body : undefined;
}

function memberEdits(request: Exchange['request'], groups: ReadonlySet<string>): readonly Edit[] {
  const target = addressed(request);
  if (target?.collection !== 'Groups' || target.id === undefined || !groups.has(target.id)) return [];
  return editsOf(target).filter(({ attribute }) => attribute === 'members');
}

function editsOf({ method, body }: Addressed): readonly Edit[] {
  if (!isObject(body)) return [];
  if (method === 'PUT') return editsOfValue('replace', body);
  const operations = method === 'PATCH' ? member(body, 'Operations') : undefined;
  return Array.isArray(operations) ? (operations as readonly Json[]).filter(isObject).flatMap(editsOfOperation) : [];
}

function editsOfOperation(operation: JsonObject): readonly Edit[] {
  const written = member(operation, 'op');
  const op = typeof written === 'string' ? written.toLowerCase() : '';
  if (op !== 'add' && op !== 'remove' && op !== 'replace') return [];
  const path = member(operation, 'path');
  const value = member(operation, 'value');
  if (typeof path !== 'string' || path === '') return isObject(value) ? editsOfValue(op, value) : [];
  const [, attribute = path, filter] = /^([^[]+)(?:\[(.*)\])?/s.exec(path) ?? [];
  return [{ op, attribute: bare(attribute), value, ...(filter !== undefined && { filter }) }];
}

const editsOfValue = (op: Edit['op'], value: JsonObject): readonly Edit[] =>
  Object.entries(value).map(([name, each]) => ({ op, attribute: bare(name), value: each }));

/** The name of an attribute of the core schemas, in lower case, with or without its schema in front. */
const bare = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/^urn:ietf:params:scim:schemas:core:2\.0:\w+:/, '');

/** A truth value as clients write it: plain, as text in any case, or wrapped in `[{value}]`, as older Entra ID sends it. */
function truth(value: Json | undefined): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return { true: true, false: false }[value.toLowerCase()];
  if (Array.isArray(value)) return value.length === 1 ? truth(value[0] as Json) : undefined;
  return isObject(value) && 'value' in value ? truth(value['value']) : undefined;
}

/** Sees whether a value of `members` holds one of the users: a list or a single one, as objects or as plain ids. */
function holds(value: Json | undefined, users: ReadonlySet<string>): boolean {
  const members = Array.isArray(value) ? (value as readonly Json[]) : [value];
  return members.some(each => {
    const id = isObject(each) ? member(each, 'value') : each;
    return typeof id === 'string' && users.has(id);
  });
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
