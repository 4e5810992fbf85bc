import { declares, isErrorMessage } from '../../scim/message/error.ts';
import { isObject, resourcesOf } from '../../scim/message/list.ts';
import { LIST_RESPONSE } from '../../scim/message/urn.ts';
import type { Exchange, Json, JsonObject } from '../../reports/record/index.ts';
import { declaredType, type DeclaredAttribute, type DeclaredType } from './declared.ts';
import type { Facts } from './facts.ts';
import { objectsIn } from './published.ts';

/** Endpoints whose answers are no resources with the common attributes. */
const OTHER_ENDPOINTS = new Set(['', 'serviceproviderconfig', 'resourcetypes', 'schemas']);

/** The alias of the one who asks (RFC 7644 section 3.11). */
const ME = /^me$/i;

/** Segments of the path that was asked for. */
export const segmentsOf = ({ request }: Pick<Exchange, 'request'>): readonly string[] =>
  request.path.replace(/\?.*$/, '').split('/').slice(1);

/**
 * What is derived from an exchange, derived once: dozens of invariants look at each exchange, twice each. The result may
 * rest on the facts of the target; an exchange is seldom seen with two.
 */
export function oncePerExchange<T>(
  derive: (exchange: Exchange, facts: Facts | undefined) => T,
): (exchange: Exchange, facts?: Facts) => T {
  const known = new WeakMap<Exchange, { readonly facts: Facts | undefined; readonly derived: T }>();
  return (exchange, facts) => {
    const before = known.get(exchange);
    if (before && before.facts === facts) return before.derived;
    const derived = derive(exchange, facts);
    known.set(exchange, { facts, derived });
    return derived;
  };
}

/** The resources that a response shows: the one that was asked for, or the entries of a list. */
export const shownBy = oncePerExchange((exchange): readonly JsonObject[] => {
  const { response, request } = exchange;
  const { status = 0, json } = response;
  const [endpoint = '', id] = segmentsOf(exchange);
  if (status < 200 || status > 299) return [];
  if (/^bulk$/i.test(endpoint)) return carriedBy(json);
  if (OTHER_ENDPOINTS.has(endpoint.toLowerCase()) || isErrorMessage(json)) return [];
  if (declares(json, LIST_RESPONSE)) return resourcesOf(json);
  if (ME.test(endpoint)) return isResource(json) ? [json] : [];
  const single = id === undefined ? request.method === 'POST' : id !== '.search';
  return single && endpoint !== '.search' && isObject(json) ? [json] : [];
});

/** Anything may answer at an endpoint that few providers serve: what names no schemas is not taken for a resource. */
const isResource = (json: Json | undefined): json is JsonObject => isObject(json) && Array.isArray(json['schemas']);

/** Resources in the results of operations that went well: a provider may leave them out (RFC 7644 section 3.7). */
function carriedBy(json: Json | undefined): readonly JsonObject[] {
  const results = isObject(json) ? json['Operations'] : undefined;
  return objectsIn(results)
    .filter(({ status = null }) => /^"?2\d\d"?$/.test(JSON.stringify(isObject(status) ? status['code'] : status)))
    .flatMap(({ response }) => (isResource(response) && !isErrorMessage(response) ? [response] : []));
}

/** The resource that a request by id or by alias shows; undefined for lists and creates. */
export const singleShownBy = (exchange: Exchange): JsonObject | undefined => {
  const [endpoint = '', id] = segmentsOf(exchange);
  const alone = ME.test(endpoint) ? exchange.request.method !== 'POST' : id !== undefined && id !== '.search';
  return alone ? shownBy(exchange)[0] : undefined;
};

/** Shown without a choice of attributes by the client. */
export const whollyShownBy = (exchange: Exchange): readonly JsonObject[] =>
  chooses(exchange) ? [] : shownBy(exchange);

const chooses = ({ request: { path, json } }: Exchange): boolean =>
  /[?&](?:excludedA|a)ttributes=/i.test(path) ||
  (isObject(json) && Object.keys(json).some(name => /^(?:excludedA|a)ttributes$/i.test(name)));

/** `meta`, or nothing. */
export const metaOf = ({ meta }: JsonObject): JsonObject => (isObject(meta) ? meta : {});

/** The type a shown resource is of: what it says itself, else what the endpoint stands for. */
export function typeShown(
  exchange: Exchange,
  resource: JsonObject,
  facts: Facts | undefined,
): DeclaredType | undefined {
  if (facts === undefined) return undefined;
  const { resourceType } = metaOf(resource);
  const [endpoint = ''] = segmentsOf(exchange);
  return (typeof resourceType === 'string' && declaredType(facts, resourceType)) || declaredType(facts, `/${endpoint}`);
}

/** A value in a resource with the attribute it is of; `element` is true for one entry of a multi-valued attribute. */
export interface Found {
  readonly attribute: DeclaredAttribute;
  readonly value: Json;
  readonly element: boolean;
}

/** Every value of a published attribute in a resource, parts included; null stands for no value. */
export function valuesOf(resource: JsonObject, type: DeclaredType): readonly Found[] {
  const found: Found[] = [];
  const enter = (holder: JsonObject, attributes: readonly DeclaredAttribute[]) => {
    for (const attribute of attributes) {
      const { name, multiValued, subAttributes } = attribute;
      const value = memberOf(holder, name);
      if (value === undefined || value === null) continue;
      found.push({ attribute, value, element: false });
      const elements: readonly Json[] = multiValued ? (Array.isArray(value) ? value : []) : [value];
      for (const element of elements) {
        if (element === null) continue;
        if (multiValued) found.push({ attribute, value: element, element: true });
        if (isObject(element)) enter(element, subAttributes);
      }
    }
  };
  for (const schema of [type.base, ...type.extensions]) {
    if (!schema.published) continue;
    const holder = schema === type.base ? resource : memberOf(resource, schema.urn);
    if (isObject(holder)) enter(holder, schema.attributes);
  }
  return found;
}

/** A member by its name in any case. */
export function memberOf(holder: JsonObject, name: string): Json | undefined {
  const exact = holder[name];
  if (exact !== undefined) return exact;
  const wanted = name.toLowerCase();
  const spelt = Object.keys(holder).find(key => key.toLowerCase() === wanted);
  return spelt === undefined ? undefined : holder[spelt];
}

/** Stars or the like where a secret is not shown: they give nothing away. */
export const isPlaceholder = (value: Json): boolean => typeof value === 'string' && /^(?:(.)\1*)?$/.test(value);
