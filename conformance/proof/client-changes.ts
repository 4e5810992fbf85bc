import { isObject } from '../../scim/message/list.ts';
import type { ClauseId } from '../clauses/index.ts';
import type { Exchange, Json, JsonObject } from '../../reports/record/index.ts';

/** A client with one habit that is wrong, as a change of the requests of a right one. */
export interface ClientDefect {
  /** Stable: lower-case words with hyphens. */
  readonly id: string;
  /** What this client does, as a sentence. */
  readonly title: string;
  /** The clause it breaks. */
  readonly breaks: ClauseId;
  /** The checks that have to notice, and no others may. */
  readonly noticedBy: readonly string[];
  readonly change: (exchange: Exchange) => Exchange;
}

export type Match = (exchange: Exchange) => boolean;

export const on =
  (method: string, path: RegExp): Match =>
  ({ request }) =>
    request.method === method && path.test(request.path);

export const request =
  (match: Match, change: (request: Exchange['request']) => Partial<Exchange['request']>) =>
  (exchange: Exchange): Exchange =>
    match(exchange) ? { ...exchange, request: { ...exchange.request, ...change(exchange.request) } } : exchange;

export const body = (match: Match, change: (body: JsonObject) => Json) =>
  request(match, ({ json }) => (isObject(json) ? { json: change(json) } : {}));

export const header = (match: Match, name: string, value: string) =>
  request(match, ({ headers }) => ({ headers: { ...headers, [name]: value } }));

export const path = (match: Match, change: (path: string) => string) =>
  request(match, request => ({ path: change(request.path) }));

export const operations = (match: Match, change: (operation: JsonObject) => Json) =>
  body(match, message => {
    const { Operations } = message;
    return { ...message, Operations: Array.isArray(Operations) ? Operations.filter(isObject).map(change) : null };
  });

/** Operations of one kind. */
export const operation = (kind: (operation: JsonObject) => boolean, change: JsonObject, match: Match = patching) =>
  operations(match, one => (kind(one) ? Object.assign({}, one, change) : one));

export const patching = on('PATCH', /^\/(?:Users|Groups)\//);
export const patchingUsers = on('PATCH', /^\/Users\//);
export const patchingGroups = on('PATCH', /^\/Groups\//);
export const creating = on('POST', /^\/Users$/);
export const creatingGroups = on('POST', /^\/Groups$/);
export const putting = on('PUT', /^\/Users\//);
export const finding = on('GET', /^\/Users\?filter=/);
export const searching = on('POST', /\.search$/);
export const bulk = on('POST', /^\/Bulk$/);
export const all: Match = () => true;

export const isOp = (op: string) => (one: JsonObject) => one['op'] === op;
export const isAt = (path: string) => (one: JsonObject) => one['path'] === path;
export const isMethod = (method: string) => (one: JsonObject) => one['method'] === method;

export const filter = (text: string) => `/Users?filter=${encodeURIComponent(text)}`;
export const entries = (list: Json | undefined, change: JsonObject): Json =>
  Array.isArray(list) ? list.filter(isObject).map(entry => Object.assign({}, entry, change)) : [];
export const withPart = (name: string, change: JsonObject) =>
  body(creating, user => ({ ...user, [name]: entries(user[name], change) }));

/** The look-up finds the resource, and the client goes on as if it had not. */
export function found(place: RegExp, resource: JsonObject) {
  return (exchange: Exchange): Exchange =>
    on('GET', place)(exchange)
      ? { ...exchange, response: { ...exchange.response, json: { totalResults: 1, Resources: [resource] } } }
      : exchange;
}
