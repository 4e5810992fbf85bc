import { checks, createJudge, isInvariant, type Profile } from '../conformance/index.ts';
import type { Exchange, Json, JsonObject, Verdict } from '../reports/record/index.ts';
import { BULK_REQUEST } from '../scim/message/bulk.ts';
import { declares } from '../scim/message/error.ts';
import { isObject } from '../scim/message/list.ts';
import { GROUP, LIST_RESPONSE, PATCH_OP, SEARCH_REQUEST, USER } from '../scim/message/urn.ts';
import { suggest } from '../text/suggest.ts';
import { groupType, isOfType, typeWords, userType, type Attribute, type ResourceType } from '../scim/schema/index.ts';

/** What a payload may be. */
export const PAYLOADS = ['user', 'group', 'patch', 'bulk', 'search'] as const;
export type Payload = (typeof PAYLOADS)[number];

/** What is wrong with a payload. */
export interface Linted {
  readonly kind: Payload;
  /** Deviations of the request, as the checks of clients see them. */
  readonly verdicts: readonly Verdict[];
  /** Values that have another type than their attribute, and names that are misspelt, by the tables of RFC 7643. */
  readonly misfits: readonly { readonly path: string; readonly expected: string; readonly actual: string }[];
}

/** A payload that nothing can be told of. */
export class PayloadError extends Error {
  readonly code = 'payload';
  constructor(message: string) {
    super(message);
    this.name = 'PayloadError';
  }
}

/** How each payload is sent; what holds of a whole resource is the same for a create and a replacement. */
function requestsOf(kind: Payload, body: Json): readonly (readonly [method: string, path: string])[] {
  const whole = (endpoint: string) => {
    const replaces = ['PUT', `${endpoint}/1`] as const;
    return isObject(body) && 'id' in body ? [replaces] : [['POST', endpoint] as const, replaces];
  };
  switch (kind) {
    case 'user':
      return whole('/Users');
    case 'group':
      return whole('/Groups');
    case 'patch':
      return [['PATCH', isAboutMembers(body) ? '/Groups/1' : '/Users/1']];
    case 'bulk':
      return [['POST', '/Bulk']];
    case 'search':
      return [['POST', '/.search']];
  }
}

const requestInvariants = checks.filter(isInvariant).filter(({ judges }) => judges === 'client');

/**
 * Judges a body that somebody is about to send, without sending it.
 * @param as what it is meant to be; told from its `schemas` and members by default
 * @throws PayloadError for what is no request body of SCIM
 */
export function lint(body: Json, profile: Profile, as?: Payload): Linted {
  const kind = as ?? payloadOf(body);
  const judge = createJudge(requestInvariants, profile);
  for (const [at, [method, path]] of requestsOf(kind, body).entries())
    judge.see(exchangeOf(at + 1, method, path, body));
  const type = kind === 'user' ? userType : kind === 'group' ? groupType : undefined;
  return {
    kind,
    verdicts: judge.verdicts().filter(({ outcome, severity }) => outcome === 'fail' && severity !== 'none'),
    misfits: isObject(body) ? (type ? misfitsOf(body, type) : kind === 'patch' ? ofOperations(body) : []) : [],
  };
}

function payloadOf(body: Json): Payload {
  if (!isObject(body))
    throw new PayloadError('a JSON object is wanted: a user, a group, or a PATCH, bulk or search request');
  if (declares(body, PATCH_OP) || 'Operations' in body) return declares(body, BULK_REQUEST) ? 'bulk' : 'patch';
  if (declares(body, BULK_REQUEST)) return 'bulk';
  if (declares(body, SEARCH_REQUEST)) return 'search';
  if (declares(body, LIST_RESPONSE))
    throw new PayloadError('this is an answer (a list); bodies of requests are linted');
  if (declares(body, GROUP) || 'members' in body) return 'group';
  if (declares(body, USER) || 'userName' in body || 'name' in body || 'emails' in body) return 'user';
  if ('displayName' in body) return 'group';
  throw new PayloadError(`nothing in it says what it is; name it with --as ${PAYLOADS.join('|')}`);
}

const exchangeOf = (n: number, method: string, path: string, json: Json): Exchange => ({
  scope: 'payload',
  n,
  at: 0,
  ms: 0,
  request: {
    method,
    path,
    headers: { 'content-type': 'application/scim+json', accept: 'application/scim+json', authorization: '' },
    json,
  },
  response: { headers: {} },
});

const isAboutMembers = (body: Json): boolean => /"path":\s*"members|"members":/i.test(JSON.stringify(body));

function misfitsOf(body: JsonObject, { schema, extensions }: ResourceType): Linted['misfits'] {
  return [
    ...ofObject(body, schema.attributes, ''),
    ...extensions.flatMap(({ schema: { id, attributes } }) => {
      const held = body[id];
      return isObject(held) ? ofObject(held, attributes, `${id}:`) : [];
    }),
  ];
}

function ofObject(object: JsonObject, attributes: readonly Attribute[], prefix: string): Linted['misfits'] {
  return Object.entries(object).flatMap(([name, value]) => {
    const attribute = attributes.find(one => one.name.toLowerCase() === name.toLowerCase());
    if (attribute) return value === null ? [] : ofValue(value, attribute, `${prefix}${name}`);
    const meant = COMMON.has(name.toLowerCase())
      ? ''
      : suggest(
          name,
          attributes.map(one => one.name),
        );
    // Names that resemble none are an extension's, or the provider's own.
    return meant === ''
      ? []
      : [{ path: `${prefix}${name}`, expected: 'a name of the schema', actual: `${name}${meant}` }];
  });
}

/** Members that every resource may have. */
const COMMON = new Set(['schemas', 'id', 'externalid', 'meta']);

/** A PATCH that names no path has a resource in part as its value. */
function ofOperations(body: JsonObject): Linted['misfits'] {
  const { schema } = isAboutMembers(body) ? groupType : userType;
  const operations = body['Operations'];
  return (Array.isArray(operations) ? operations : []).flatMap((operation: Json, at: number) => {
    if (!isObject(operation) || operation['path'] !== undefined || !isObject(operation['value'])) return [];
    return ofObject(operation['value'], schema.attributes, `Operations[${at}].value.`);
  });
}

function ofValue(value: Json, attribute: Attribute, path: string): Linted['misfits'] {
  if (attribute.multiValued) {
    if (!Array.isArray(value)) return [misfit(path, 'a list', value)];
    return value.flatMap((element: Json, at: number) => single(element, attribute, `${path}[${at}]`));
  }
  return single(value, attribute, path);
}

function single(value: Json, attribute: Attribute, path: string): Linted['misfits'] {
  if (!isOfType(attribute, value)) return [misfit(path, typeWords[attribute.type], value)];
  return isObject(value) ? ofObject(value, attribute.subAttributes ?? [], `${path}.`) : [];
}

/** Longest value that is repeated, in characters. */
const LONGEST = 80;

const misfit = (path: string, expected: string, value: Json) => ({
  path,
  expected,
  actual: JSON.stringify(value).slice(0, LONGEST),
});
