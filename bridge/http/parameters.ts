import { ScimError, declares } from '../../scim/message/error.ts';
import { isObject } from '../../scim/message/list.ts';
import { SEARCH_REQUEST } from '../../scim/message/urn.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import { Refusal } from './refusal.ts';

/** What a request asks of the answer (RFC 7644 section 3.4.2, RFC 9865 section 2); the same from a URL and from a body. */
export interface Parameters {
  readonly filter?: string;
  readonly sortBy?: string;
  readonly sortOrder?: string;
  readonly startIndex?: number;
  readonly count?: number;
  /** Empty for the first page. */
  readonly cursor?: string;
  readonly attributes?: readonly string[];
  readonly excludedAttributes?: readonly string[];
}

type Name = keyof Parameters;
const texts = ['filter', 'sortBy', 'sortOrder', 'cursor'] as const satisfies readonly Name[];
const numbers = ['startIndex', 'count'] as const satisfies readonly Name[];
const names = ['attributes', 'excludedAttributes'] as const satisfies readonly Name[];

/** Whether a request asks for an attribute, or for `name.familyName` of one; names of core attributes may carry a URN. */
export function asks({ attributes, excludedAttributes }: Parameters): (path: string) => boolean {
  const bare = (name: string): string => name.toLowerCase().replace(/^urn:.*:/, '');
  const named = new Set((attributes ?? excludedAttributes ?? []).map(bare));
  if (named.size === 0) return () => true;
  return path => {
    const [whole = ''] = path.split('.', 1);
    const isNamed = named.has(path.toLowerCase()) || named.has(whole.toLowerCase());
    return isNamed === (attributes !== undefined);
  };
}

/** A request that asks for nothing in particular. */
export const noParameters: Parameters = {};

/**
 * Reads the query of a URL; unknown parameters are left alone.
 *
 * @throws ScimError 400 for a parameter that comes twice, a number that is none, or both lists of attributes
 */
export function readQuery(query: string): Parameters {
  if (query === '') return noParameters;
  const given = new URLSearchParams(query);
  const found: Record<string, string | number | readonly string[]> = {};
  for (const name of [...texts, ...numbers]) {
    const values = given.getAll(name);
    if (values.length > 1) throw bad(name, 'is given more than once');
    const [value] = values;
    if (value === undefined) continue;
    found[name] = name === 'startIndex' || name === 'count' ? toNumber(name, value, given.has('cursor')) : value;
  }
  for (const name of names) {
    const named = toNames(given.getAll(name).flatMap(value => value.split(',')));
    if (named.length > 0) found[name] = named;
  }
  return settle(found);
}

/**
 * Reads a search message (RFC 7644 section 3.4.3).
 *
 * @throws ScimError 400 invalidSyntax for another message, invalidValue for a member of the wrong type
 */
export function readSearch(body: Json | undefined): Parameters {
  if (!declares(body, SEARCH_REQUEST)) {
    throw new ScimError(400, 'invalidSyntax', `the body is no search request: "schemas" has to hold ${SEARCH_REQUEST}`);
  }
  const message = byCanonicalName(body);
  const found: Record<string, string | number | readonly string[]> = {};
  for (const name of texts) {
    const value = message[name];
    if (value === undefined || value === null) continue;
    if (typeof value !== 'string') throw bad(name, 'has to be text');
    found[name] = value;
  }
  for (const name of numbers) {
    const value = message[name];
    if (value === undefined || value === null) continue;
    found[name] = toNumber(name, typeof value === 'number' ? String(value) : '', message.cursor !== undefined);
  }
  for (const name of names) {
    const value = message[name];
    if (value === undefined || value === null) continue;
    const list = typeof value === 'string' ? value.split(',') : value;
    if (!Array.isArray(list) || !list.every(each => typeof each === 'string'))
      throw bad(name, 'has to be an array of names');
    const named = toNames(list);
    if (named.length > 0) found[name] = named;
  }
  return settle(found);
}

function settle(found: Parameters): Parameters {
  if (found.attributes !== undefined && found.excludedAttributes !== undefined) {
    throw bad('excludedAttributes', 'cannot stand beside attributes; give one of them');
  }
  return found;
}

/** Member names of messages compare without case, as attribute names do (RFC 7643 section 2.1). */
function byCanonicalName(body: JsonObject): Partial<Record<Name, Json>> {
  const known = new Map([...texts, ...numbers, ...names].map(name => [name.toLowerCase(), name]));
  const found: Partial<Record<Name, Json>> = {};
  for (const [key, value] of Object.entries(isObject(body) ? body : {})) {
    const name = known.get(key.toLowerCase());
    if (name) found[name] = value;
  }
  return found;
}

const toNames = (values: readonly string[]): readonly string[] => values.map(value => value.trim()).filter(Boolean);

function toNumber(name: Name, value: string, byCursor: boolean): number {
  if (/^[+-]?\d{1,15}$/.test(value.trim())) return Number(value);
  if (byCursor && name === 'count')
    throw new Refusal(400, 'count has to be a whole number', { paging: 'invalidCount' });
  throw bad(name, 'has to be a whole number');
}

const bad = (name: Name, why: string): ScimError =>
  new ScimError(400, name === 'filter' ? 'invalidFilter' : 'invalidValue', `${name} ${why}`);
