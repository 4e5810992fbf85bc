import { patchOp, type PatchOperation } from './message/patch.ts';
import { SCIM_JSON, SEARCH_REQUEST } from './message/urn.ts';
import type { Headers, HttpRequest, HttpResponse, Json, JsonObject, Send } from './wire/message.ts';

/** Query parameters of RFC 7644 section 3.4.2; arrays are joined by commas. */
export interface Query {
  readonly filter?: string;
  readonly attributes?: readonly string[];
  readonly excludedAttributes?: readonly string[];
  readonly sortBy?: string;
  readonly sortOrder?: string;
  readonly startIndex?: number | string;
  readonly count?: number | string;
  readonly cursor?: string;
}

/** Headers and query that one call adds. A header given as undefined is left out. */
export interface CallOptions {
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly query?: Query;
}

/** SCIM requests on a pipe. Endpoints are relative to the base URL (`/Users`); ids are escaped here. */
export interface ScimClient {
  create(endpoint: string, body: Json, options?: CallOptions): Promise<HttpResponse>;
  read(endpoint: string, id: string, options?: CallOptions): Promise<HttpResponse>;
  /** GET of a path that needs no id: a list, a discovery endpoint, `/Me`. */
  list(endpoint: string, query?: Query, options?: CallOptions): Promise<HttpResponse>;
  replace(endpoint: string, id: string, body: Json, options?: CallOptions): Promise<HttpResponse>;
  patch(
    endpoint: string,
    id: string,
    operations: readonly PatchOperation[],
    options?: CallOptions,
  ): Promise<HttpResponse>;
  remove(endpoint: string, id: string, options?: CallOptions): Promise<HttpResponse>;
  /** POST to `<endpoint>/.search`; an empty endpoint searches the root. */
  search(endpoint: string, request: JsonObject, options?: CallOptions): Promise<HttpResponse>;
  /** Anything else, sent as it is: only what the caller gives, plus the defaults that it does not override. */
  request(request: Partial<HttpRequest> & Pick<HttpRequest, 'method' | 'path'>): Promise<HttpResponse>;
}

/** Headers of a client unless told otherwise. */
export interface ClientDefaults {
  readonly accept?: string;
  readonly contentType?: string;
  readonly headers?: Headers;
}

/** A client on the given pipe. */
export function createClient(send: Send, defaults: ClientDefaults = {}): ScimClient {
  const base: Headers = { accept: defaults.accept ?? SCIM_JSON, ...defaults.headers };
  const contentType = defaults.contentType ?? SCIM_JSON;
  const withBody: Headers = { ...base, 'content-type': contentType };

  const call = (method: string, path: string, json: Json | undefined, options: CallOptions = {}) => {
    const own = json === undefined ? base : withBody;
    return send({
      method,
      path: path + queryString(options.query),
      headers: options.headers ? withoutUndefined({ ...own, ...options.headers }) : own,
      ...(json !== undefined && { json }),
    });
  };
  return {
    create: (endpoint, body, options) => call('POST', endpoint, body, options),
    read: (endpoint, id, options) => call('GET', resourcePath(endpoint, id), undefined, options),
    list: (endpoint, query, options) => call('GET', endpoint, undefined, { ...options, ...(query && { query }) }),
    replace: (endpoint, id, body, options) => call('PUT', resourcePath(endpoint, id), body, options),
    patch: (endpoint, id, operations, options) =>
      call('PATCH', resourcePath(endpoint, id), patchOp(operations), options),
    remove: (endpoint, id, options) => call('DELETE', resourcePath(endpoint, id), undefined, options),
    search: (endpoint, request, options) =>
      call('POST', `${endpoint}/.search`, { schemas: [SEARCH_REQUEST], ...request }, options),
    request: ({ headers, ...request }) => {
      const hasBody = request.json !== undefined || request.text !== undefined;
      return send({ ...request, headers: { ...base, ...(hasBody && { 'content-type': contentType }), ...headers } });
    },
  };
}

/** `/Users` and an id to a path, the id escaped. */
export const resourcePath = (endpoint: string, id: string): string => `${endpoint}/${encodeURIComponent(id)}`;

/** Query parameters as text, `?` included; empty when there are none. Blanks become %20, as RFC 3986 has it. */
export function queryString(query: Query = {}): string {
  const parts = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(Array.isArray(value) ? value.join(',') : String(value))}`);
  return parts.length > 0 ? `?${parts.join('&')}` : '';
}

const withoutUndefined = (headers: Readonly<Record<string, string | undefined>>): Headers =>
  Object.fromEntries(Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined));
