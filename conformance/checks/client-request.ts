import { isObject } from '../../scim/message/list.ts';
import { enterpriseUserSchema, groupType, userType, type Attribute } from '../../scim/schema/index.ts';
import type { Exchange, Json, JsonObject } from '../../reports/record/index.ts';

/** What a client does to a resource: a request of its own, or one operation of a bulk request. */
export interface Act {
  readonly method: string;
  /** `Users`; empty when the path names nothing. */
  readonly endpoint: string;
  /** Decoded; absent where the path names the collection. */
  readonly id: string | undefined;
  readonly body: Json | undefined;
}

/** Endpoints that hold no resources of their own. */
const MESSAGES = /^(?:bulk|\.search|me|schemas|resourcetypes|serviceproviderconfig)$/i;

/** A percent-encoded text, or undefined where the encoding is broken. */
export function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

export const segmentsIn = (path: string): readonly string[] =>
  path
    .replace(/[?#].*$/s, '')
    .split('/')
    .filter(segment => segment !== '');

/** Query parameters, decoded; a repeated one as often as it stands there. */
export function parametersOf({ request }: Exchange): readonly (readonly [name: string, value: string])[] {
  const [, query = ''] = /\?([^#]*)/.exec(request.path) ?? [];
  return [...new URLSearchParams(query)];
}

/** Values of one query parameter. */
export const parameter = (exchange: Exchange, name: string): readonly string[] =>
  parametersOf(exchange)
    .filter(([given]) => given === name)
    .map(([, value]) => value);

export const isBulk = ({ request }: Exchange): boolean =>
  request.method === 'POST' && /^bulk$/i.test(segmentsIn(request.path)[0] ?? '');

export const isSearch = ({ request }: Exchange): boolean =>
  request.method === 'POST' && segmentsIn(request.path).at(-1) === '.search';

/** The operations of a bulk request that are objects. */
export function bulkOperationsOf(exchange: Exchange): readonly JsonObject[] {
  const body = isBulk(exchange) ? exchange.request.json : undefined;
  const operations = isObject(body) ? body['Operations'] : undefined;
  return Array.isArray(operations) ? operations.filter(isObject) : [];
}

/** Everything a request does to resources; nothing for a search. */
export function actsOf(exchange: Exchange): readonly Act[] {
  const { method, path, json } = exchange.request;
  if (!isBulk(exchange)) return isSearch(exchange) ? [] : [actOf(method, path, json)];
  return bulkOperationsOf(exchange).map(operation => {
    const { method: word, path: place, data } = operation;
    return actOf(typeof word === 'string' ? word : '', typeof place === 'string' ? place : '', data);
  });
}

function actOf(method: string, path: string, body: Json | undefined): Act {
  const [endpoint = '', id] = segmentsIn(path);
  return { method, endpoint, id: id === undefined ? undefined : (decoded(id) ?? id), body };
}

/** A whole resource as it is sent to be created or to replace another. */
export interface Whole extends Act {
  readonly body: JsonObject;
}

/** Bodies that create or replace a resource. */
export const wholesOf = (exchange: Exchange): readonly Whole[] =>
  actsOf(exchange).filter(
    (act): act is Whole => (isCreate(act) || isReplace(act)) && isObject(act.body) && !MESSAGES.test(act.endpoint),
  );

export const isCreate = ({ method, endpoint, id }: Act): boolean =>
  method === 'POST' && id === undefined && endpoint !== '' && !MESSAGES.test(endpoint);
export const isReplace = ({ method, id }: Act): boolean => method === 'PUT' && id !== undefined;

/** One operation of a PATCH with the endpoint it is sent to. */
export interface Change {
  readonly endpoint: string;
  readonly operation: JsonObject;
  /** In lower case, as whether case counts is an open question of the RFC; empty when there is none. */
  readonly op: string;
  readonly path: string | undefined;
  readonly value: Json | undefined;
}

export const changesOf = (exchange: Exchange): readonly Change[] =>
  actsOf(exchange).flatMap(({ method, endpoint, body }) => {
    const operations = method === 'PATCH' && isObject(body) ? body['Operations'] : undefined;
    if (!Array.isArray(operations)) return [];
    return operations.filter(isObject).map(operation => {
      const { op, path, value } = operation;
      return {
        endpoint,
        operation,
        op: typeof op === 'string' ? op.toLowerCase() : '',
        path: typeof path === 'string' ? path : undefined,
        value,
      };
    });
  });

const typeAt = (endpoint: string) => [userType, groupType].find(type => type.endpoint === `/${endpoint}`);

/** The schema that resources of an endpoint are made of, where the RFC fixes it. */
export const baseSchemaOf = (endpoint: string): string | undefined => typeAt(endpoint)?.schema.id;

/** Attributes that the RFC fixes for an endpoint: those of its base schema and the common ones. */
const attributesAt = (endpoint: string): readonly Attribute[] => typeAt(endpoint)?.schema.attributes ?? [];

/** Names of an attribute and its part, where the path is a plain one: `name.familyName`, the URN before it left out. */
export const namesIn = (path: string): readonly string[] =>
  (/(?:^|:)(\$?[A-Za-z][\w$-]*(?:\.\$?[A-Za-z][\w$-]*)?)$/.exec(withoutBrackets(path))?.[1] ?? '').split('.');

const withoutBrackets = (path: string) => path.replace(/\[.*\]/s, '');

/** The definition that a path leads to, in the base schema of the endpoint or in the enterprise extension. */
export function definitionAt(endpoint: string, path: string): Attribute | undefined {
  const [name = '', part] = namesIn(path);
  const inExtension = path.toLowerCase().startsWith(enterpriseUserSchema.id.toLowerCase());
  if (!inExtension && /^urn:/i.test(path) && !path.toLowerCase().startsWith(`${baseSchemaOf(endpoint)}:`.toLowerCase()))
    return undefined;
  const whole = named(inExtension ? enterpriseUserSchema.attributes : attributesAt(endpoint), name);
  return part === undefined ? whole : named(whole?.subAttributes ?? [], part);
}

const named = (attributes: readonly Attribute[], name: string): Attribute | undefined =>
  attributes.find(attribute => attribute.name.toLowerCase() === name.toLowerCase());
