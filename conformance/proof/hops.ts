import { isObject, resourcesOf } from '../../scim/message/list.ts';
import { declares } from '../../scim/message/error.ts';
import { ERROR, LIST_RESPONSE } from '../../scim/message/urn.ts';
import {
  parseJson,
  requestJson,
  withJson,
  type Hop,
  type HttpRequest,
  type HttpResponse,
} from '../../scim/wire/message.ts';
import type { Json, JsonObject, Send } from '../../scim/wire/message.ts';

/** Which exchanges a hop touches. */
export type Match = (request: HttpRequest) => boolean;

type Endpoint = 'Users' | 'Groups' | 'ServiceProviderConfig' | 'ResourceTypes' | 'Schemas';

/** Requests to a collection or discovery endpoint, with or without a query. */
export const onList =
  (method: string, ...endpoints: readonly Endpoint[]): Match =>
  request =>
    request.method === method && endpoints.some(endpoint => request.path.replace(/\?.*$/, '') === `/${endpoint}`);

/** Requests to one resource of an endpoint. */
export const onOne =
  (method: string, ...endpoints: readonly Endpoint[]): Match =>
  request =>
    request.method === method && endpoints.some(endpoint => new RegExp(`^/${endpoint}/[^/?]+`).test(request.path));

/** Requests with a query in which the parameter has that value. */
export const withParameter =
  (match: Match, name: string, value?: string): Match =>
  request => {
    const came = parameterOf(request, name);
    return match(request) && (value === undefined ? came !== null : came === value);
  };

/** A query parameter, decoded, or null. */
export const parameterOf = ({ path }: HttpRequest, name: string): string | null =>
  new URLSearchParams(path.split('?')[1] ?? '').get(name);

/** The value that a filter of the form `<attribute> eq "…"` asks for. */
export function wantedBy(request: HttpRequest): string | undefined {
  const literal = / eq ("(?:[^"\\]|\\.)*")$/i.exec(parameterOf(request, 'filter') ?? '')?.[1];
  const value = literal === undefined ? undefined : parseJson(literal);
  return typeof value === 'string' ? value : undefined;
}

/** The same request without one of its parameters. */
export const withoutParameter = (request: HttpRequest, name: string): HttpRequest => {
  const [path = '', query = ''] = request.path.split('?');
  const rest = query.split('&').filter(part => part !== '' && !part.startsWith(`${name}=`));
  return { ...request, path: rest.length > 0 ? `${path}?${rest.join('&')}` : path };
};

/** Changes responses. */
export const answer =
  (match: Match, change: (response: HttpResponse, request: HttpRequest) => HttpResponse): Hop =>
  async (request, next) => {
    const response = await next(request);
    return match(request) ? change(response, request) : response;
  };

/** Changes the JSON object of successful responses. */
export const body = (match: Match, change: (body: JsonObject, request: HttpRequest) => JsonObject): Hop =>
  answer(match, (response, request) =>
    isSuccess(response) && isObject(response.json) ? withJson(response, change(response.json, request)) : response,
  );

/** Changes each resource that a successful response shows, alone or in a list. */
export const resource = (match: Match, change: (resource: JsonObject, request: HttpRequest) => JsonObject): Hop =>
  body(match, (whole, request) =>
    declares(whole, LIST_RESPONSE)
      ? { ...whole, Resources: resourcesOf(whole).map(entry => change(entry, request)) }
      : change(whole, request),
  );

/** Changes requests on their way to the target. */
export const sent =
  (match: Match, change: (request: HttpRequest) => HttpRequest): Hop =>
  async (request, next) =>
    next(match(request) ? change(request) : request);

/** Keeps requests from the target and answers them. */
export const swallow =
  (match: Match, reply: (request: HttpRequest, next: Send) => HttpResponse | Promise<HttpResponse>): Hop =>
  async (request, next) =>
    match(request) ? reply(request, next) : next(request);

/** Turns one status into another, with the error body that goes with it. */
export const restatus = (match: Match, from: number, to: number, scimType?: string): Hop =>
  answer(match, response => (response.status === from ? refusal(to, scimType) : response));

/** A refusal as SCIM has it. */
export const refusal = (status: number, scimType?: string): HttpResponse =>
  reply(status, {
    schemas: [ERROR],
    status: String(status),
    ...(scimType !== undefined && { scimType }),
    detail: 'refused',
  });

/** A response with a JSON body. */
export const reply = (status: number, json: Json): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/scim+json' },
  json,
  text: JSON.stringify(json),
});

/** A response with nothing after its head. */
export const empty = (status: number, headers: HttpResponse['headers'] = {}): HttpResponse => ({
  status,
  headers: without(headers, 'content-type', 'content-length'),
  text: '',
});

/** The resource at the path of a request, as the target has it now. */
export const current = async ({ path, headers }: HttpRequest, next: Send): Promise<HttpResponse> =>
  next({ method: 'GET', path: path.replace(/\?.*$/, ''), headers: without(headers, 'content-type') });

/** The JSON object of a request or response, or an empty one. */
export const objectOf = (message: HttpRequest | HttpResponse): JsonObject => {
  const json = 'method' in message ? requestJson(message) : message.json;
  return isObject(json) ? json : {};
};

/** The operations of a PATCH. */
export function operationsOf(request: HttpRequest): readonly JsonObject[] {
  const operations = objectOf(request)['Operations'];
  return Array.isArray(operations) ? operations.filter(isObject) : [];
}

/** The PATCH with other operations. */
export const withOperations = (request: HttpRequest, operations: readonly JsonObject[]): HttpRequest => ({
  ...request,
  json: { ...objectOf(request), Operations: operations },
});

/** The PATCH with some of its operations changed. */
export const mapOperations = (
  request: HttpRequest,
  kind: (operation: JsonObject) => boolean,
  members: JsonObject,
): HttpRequest =>
  withOperations(
    request,
    operationsOf(request).map(operation => (kind(operation) ? Object.assign({}, operation, members) : operation)),
  );

/** Requests to PATCH of which some operation is of the kind. */
export const patching =
  (match: Match, kind: (operation: JsonObject) => boolean): Match =>
  request =>
    match(request) && operationsOf(request).some(kind);

/** An object without some of its members. */
export const without = <T extends Readonly<Record<string, unknown>>>(object: T, ...names: readonly string[]): T =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name))) as T;

export const isSuccess = ({ status }: HttpResponse): boolean => status !== undefined && status >= 200 && status < 300;

export const always: Match = () => true;

/** A value as text; what is no text stands as JSON. */
export const textOf = (value: Json | undefined): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
