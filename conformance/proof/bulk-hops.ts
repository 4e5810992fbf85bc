import { bulkResultsOf, type BulkResult } from '../../scim/message/bulk.ts';
import { isObject } from '../../scim/message/list.ts';
import {
  withJson,
  type Hop,
  type HttpRequest,
  type Json,
  type JsonObject,
  type Send,
} from '../../scim/wire/message.ts';
import { answer, objectOf, operationsOf, sent, withOperations, without, type Match } from './hops.ts';

/** Bulk requests. */
export const onBulk: Match = ({ method, path }) => method === 'POST' && path === '/Bulk';

/** Bulk requests with an operation of some kind. */
export const withOperation =
  (kind: (operation: JsonObject) => boolean): Match =>
  request =>
    onBulk(request) && operationsOf(request).some(kind);

/** Changes the results of bulk responses, or takes one away. */
export const results = (
  change: (result: JsonObject, read: BulkResult, at: number) => JsonObject | undefined,
  match: Match = onBulk,
): Hop =>
  answer(match, response => {
    const read = bulkResultsOf(response.json);
    if (!read || !isObject(response.json)) return response;
    const changed = read.flatMap((result, at) => change(result.entry, result, at) ?? []);
    return withJson(response, { ...response.json, Operations: changed });
  });

/** Changes the results that are of some kind. */
export const resultsOf = (kind: (result: BulkResult) => boolean, change: (result: JsonObject) => JsonObject): Hop =>
  results((entry, result) => (kind(result) ? change(entry) : entry));

/** Changes the operations of bulk requests on their way. */
export const operations = (change: (operations: readonly JsonObject[]) => readonly JsonObject[]): Hop =>
  sent(onBulk, request => withOperations(request, change(operationsOf(request))));

/** Changes each operation by itself, with a look at what the target has. */
export const eachOperation =
  (
    change: (operation: JsonObject, look: (path: string) => Promise<JsonObject>) => JsonObject | Promise<JsonObject>,
  ): Hop =>
  async (request, next) => {
    if (!onBulk(request) || operationsOf(request).length === 0) return next(request);
    const look = async (path: string) => objectOf(await next(reading(request, path)));
    const changed: JsonObject[] = [];
    for (const operation of operationsOf(request)) changed.push(await change(operation, look));
    return next(withOperations(request, changed));
  };

/** A GET with the credential of a request. */
export const reading = ({ headers }: HttpRequest, path: string): HttpRequest => ({
  method: 'GET',
  path,
  headers: without(headers, 'content-type'),
});

/** Sends something more with the credential of a request. */
export const also = async (next: Send, request: HttpRequest, method: string, path: string, json: Json) =>
  next({ method, path, headers: request.headers, json });

/** A text as it is, anything else as nothing. */
export const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

export const isMethod =
  (method: string) =>
  (operation: { readonly method?: Json | undefined }): boolean =>
    operation.method === method;

export const hasFailed = ({ status = 0 }: BulkResult): boolean => status >= 400;
export const isFailedCreation = (result: BulkResult): boolean => result.method === 'POST' && hasFailed(result);

/** Changes what ServiceProviderConfig says of bulk. */
export const announced = (members: JsonObject): Hop =>
  answer(
    ({ method, path }) => method === 'GET' && path === '/ServiceProviderConfig',
    response => {
      const config = objectOf(response);
      const bulk = isObject(config['bulk']) ? config['bulk'] : {};
      return withJson(response, { ...config, bulk: { ...bulk, ...members } });
    },
  );

/** The references by bulkId in a value, as `bulkId:x`. */
export const referencesIn = (value: Json | undefined): readonly string[] =>
  JSON.stringify(value ?? null).match(/bulkId:[^"]+/g) ?? [];

/** A resource without the members that refer to one of some bulkIds. */
export function withoutMembers(data: Json | undefined, drops: (reference: string) => boolean): JsonObject {
  const resource = isObject(data) ? data : {};
  const members = resource['members'];
  if (!Array.isArray(members)) return resource;
  return { ...resource, members: members.filter((member: Json) => !referencesIn(member).some(drops)) };
}
