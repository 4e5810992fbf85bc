import { isErrorMessage } from '../../scim/message/error.ts';
import { isObject } from '../../scim/message/list.ts';
import type { Exchange } from '../../reports/record/index.ts';
import { parseJson, type Json, type JsonObject } from '../../scim/wire/message.ts';
import { attributeNamed, declaredTypes, type DeclaredAttribute, type DeclaredType } from './declared.ts';
import type { Facts } from './facts.ts';

const FIXED: ReadonlySet<string> = new Set(['readOnly', 'immutable']);

/** Attributes of every resource, which schemas need not list (RFC 7643 section 3.1). */
const COMMON: ReadonlySet<string> = new Set(['id', 'externalid', 'meta', 'schemas']);

/** What a PATCH or a body names: an attribute, with the sub-attribute and the value filter of a path. */
interface Named {
  readonly attribute: string;
  readonly sub?: string | undefined;
  readonly filter?: string | undefined;
  /** URI of the schema, where it is named. */
  readonly urn?: string | undefined;
}

/**
 * Why a write that a check relies on was rightly refused: it changes what the target publishes as read-only or immutable,
 * it names what the target does not publish, it filters elements in a way that the target does not offer, or it is too
 * large (RFC 7644 sections 3.5.2, 3.7.4 and 3.12). Undefined otherwise.
 */
export function rightRefusal(exchange: Exchange, facts: Facts): string | undefined {
  return exchange.response.status === 413 ? overTheLimit(exchange, facts) : refusedBody(exchange, facts);
}

function refusedBody({ request, response }: Exchange, facts: Facts): string | undefined {
  const { status, json } = response;
  if (status !== 400 || !isErrorMessage(json)) return undefined;
  const type = declaredTypes(facts).find(({ endpoint }) => new RegExp(`^${endpoint}(?:[/?]|$)`).test(request.path));
  const body = request.json ?? parseJson(request.text ?? '');
  // What a search names are parameters, no attributes.
  if (!type || !isObject(body) || request.path.includes('/.search')) return undefined;
  const { scimType: keyword } = json;
  if (request.method === 'PUT' && keyword === 'mutability') {
    const kept = type.base.attributes.find(({ name, mutability }) => mutability === 'immutable' && name in body);
    return kept && `/Schemas has ${kept.path} as immutable`;
  }
  if (request.method !== 'PATCH') {
    const alien = Object.keys(body).find(name => isAlien({ attribute: name }, type));
    return alien !== undefined && isOneOf(keyword, 'invalidSyntax', 'invalidValue')
      ? `/Schemas has no ${alien}`
      : undefined;
  }
  return refusedOperation(body, type, keyword);
}

/** `scimType` is optional, so one that is absent may stand for any. */
const isOneOf = (keyword: Json | undefined, ...keywords: readonly string[]): boolean =>
  keyword === undefined || keywords.some(each => each === keyword);

function refusedOperation(body: JsonObject, type: DeclaredType, keyword: Json | undefined): string | undefined {
  const { Operations } = body;
  const named = (Array.isArray(Operations) ? Operations.filter(isObject) : []).flatMap(namesIn);
  const fixed = named.map(name => found(name, type)).find(each => each && FIXED.has(each.mutability));
  if (fixed && isOneOf(keyword, 'mutability')) return `/Schemas has ${fixed.path} as ${fixed.mutability}`;
  const alien = named.find(name => isAlien(name, type));
  if (alien && isOneOf(keyword, 'invalidPath', 'noTarget', 'invalidValue', 'invalidSyntax')) {
    return `/Schemas has no ${[alien.attribute, alien.sub].filter(Boolean).join('.')}`;
  }
  const filter = named.find(name => !isPlain(name.filter))?.filter;
  return filter !== undefined && isOneOf(keyword, 'invalidFilter') ? `the filter ${filter} is declined` : undefined;
}

/** Bytes of a body that everybody takes: one that is larger may be too large (RFC 9110 section 15.5.14). */
const LARGE = 16_384;

/** Why a request may be too much: for bulk requests ServiceProviderConfig tells how much that is (RFC 7644 section 3.7.4). */
function overTheLimit({ request }: Exchange, { serviceProviderConfig }: Facts): string | undefined {
  const { json } = request;
  const limits = serviceProviderConfig?.['bulk'];
  const most = isObject(limits) ? limits['maxOperations'] : undefined;
  const operations = isObject(json) ? json['Operations'] : undefined;
  const isOver = typeof most === 'number' && Array.isArray(operations) && operations.length > most;
  if (/^\/Bulk\b/i.test(request.path)) return isOver ? `ServiceProviderConfig allows ${most} operations` : undefined;
  const size = Buffer.byteLength(JSON.stringify(json ?? ''));
  return size > LARGE ? `a body of ${size} bytes is too large for the target` : undefined;
}

/** The first part of a complex value that the target does not publish: it may leave such out. */
export function unpublishedPart(facts: Facts, name: 'User' | 'Group', members: JsonObject): string | undefined {
  const type = declaredTypes(facts).find(each => each.name === name);
  const parts = Object.entries(members).flatMap(([attribute, value]) =>
    isObject(value) ? partsOf(attribute, undefined, undefined, value) : [],
  );
  const alien = type && parts.find(part => attributeOf(part, type) !== undefined && isAlien(part, type));
  return alien && `${alien.attribute}.${alien.sub}`;
}

/** One comparison by `eq`, without which no element can be chosen at all. */
const isPlain = (filter: string | undefined): boolean =>
  filter === undefined || /^\s*[\w$.:-]+\s+eq\s+(?:"(?:[^"\\]|\\.)*"|true|false|-?[\d.]+)\s*$/i.test(filter);

/** The deepest definition of what is named. */
function found(name: Named, type: DeclaredType): DeclaredAttribute | undefined {
  const top = attributeOf(name, type);
  return name.sub === undefined || !top ? top : attributeNamed(top.subAttributes, name.sub);
}

const attributeOf = ({ attribute, urn }: Named, { base, extensions }: DeclaredType): DeclaredAttribute | undefined =>
  [base, ...extensions]
    .filter(schema => (urn ?? base.urn).toLowerCase() === schema.urn.toLowerCase())
    .map(({ attributes }) => attributeNamed(attributes, attribute))
    .find(each => each !== undefined);

/** The target publishes the schema, and it has no such attribute. */
function isAlien(name: Named, type: DeclaredType): boolean {
  if (COMMON.has(name.attribute.toLowerCase())) return false;
  const schemas = [type.base, ...type.extensions];
  if (name.attribute.includes(':')) {
    return schemas.every(({ published, urn }) => published && urn.toLowerCase() !== name.attribute.toLowerCase());
  }
  return type.base.published && found(name, type) === undefined;
}

const PATH = /^(?:(urn:.*):)?([A-Za-z$][\w$-]*)(?:\[(.*)\])?(?:\.([\w$-]+))?$/is;

/** What an operation touches: the target of its path, or the members of its value. */
function namesIn({ path, value }: JsonObject): readonly Named[] {
  if (typeof path === 'string') {
    const [, urn, attribute, filter, sub] = PATH.exec(path) ?? [];
    return attribute === undefined ? [] : [{ urn, attribute, filter, sub }, ...partsOf(attribute, sub, urn, value)];
  }
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([attribute, inner]) => [
    { attribute },
    ...partsOf(attribute, undefined, undefined, inner),
  ]);
}

/** Sub-attributes of a complex value; an extension holds attributes, which are looked up as such elsewhere. */
function partsOf(
  attribute: string,
  sub: string | undefined,
  urn: string | undefined,
  value: Json | undefined,
): Named[] {
  if (sub !== undefined || attribute.includes(':')) return [];
  return (Array.isArray(value) ? value : [value])
    .filter(isObject)
    .flatMap((element: JsonObject) => Object.keys(element).map(part => ({ attribute, sub: part, urn })));
}
