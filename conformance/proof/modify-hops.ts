import { isObject } from '../../scim/message/list.ts';
import { PATCH_OP } from '../../scim/message/urn.ts';
import type { Hop, HttpRequest, Json, JsonObject, Send } from '../../scim/wire/message.ts';
import { withJson } from '../../scim/wire/message.ts';
import {
  current,
  isSuccess,
  objectOf,
  onOne,
  operationsOf,
  refusal,
  sent,
  swallow,
  withOperations,
  type Match,
} from './hops.ts';

/** Whether an operation is of the kind that a defect gets wrong. */
export type Kind = (operation: JsonObject) => boolean;

export const patchUser = onOne('PATCH', 'Users');
export const patchGroup = onOne('PATCH', 'Groups');
export const patchAny = onOne('PATCH', 'Users', 'Groups');

/** The path of an operation, empty when it has none. */
export const pathOf = ({ path }: JsonObject): string => (typeof path === 'string' ? path : '');

/** Operations of a name on paths that match. */
export const on =
  (op: string, path: RegExp): Kind =>
  operation =>
    operation['op'] === op && path.test(pathOf(operation));

/** Operations of a name without a path. */
export const pathless =
  (op: string): Kind =>
  operation =>
    operation['op'] === op && operation['path'] === undefined;

/** Sends a message without the operations of the kind; answers as if they had been carried out. */
export const dropped =
  (kind: Kind, match: Match = patchAny): Hop =>
  async (request, next) => {
    const operations = operationsOf(request);
    if (!match(request) || !operations.some(kind)) return next(request);
    const others = operations.filter(operation => !kind(operation));
    return others.length === 0 ? current(request, next) : next(withOperations(request, others));
  };

/** Sends other operations in place of each of the kind. */
export const turned = (
  kind: Kind,
  change: (operation: JsonObject) => JsonObject | readonly JsonObject[],
  match: Match = patchAny,
): Hop =>
  sent(
    request => match(request) && operationsOf(request).some(kind),
    request =>
      withOperations(
        request,
        operationsOf(request).flatMap(operation => (kind(operation) ? change(operation) : [operation])),
      ),
  );

/** Sends other operations, made from the state of the resource. */
export const turnedByState =
  (
    kind: Kind,
    change: (operation: JsonObject, state: JsonObject) => JsonObject | undefined,
    match: Match = patchAny,
  ): Hop =>
  async (request, next) => {
    if (!match(request) || !operationsOf(request).some(kind)) return next(request);
    const state = objectOf(await current(request, next));
    const operations = operationsOf(request).map(each => (kind(each) ? change(each, state) : each));
    const others = operations.filter(each => each !== undefined);
    return others.length === operations.length ? next(withOperations(request, others)) : refusal(400, 'noTarget');
  };

/** Refuses messages with an operation of the kind. */
export const refusing = (kind: Kind, scimType: string, match: Match = patchAny): Hop =>
  swallow(
    request => match(request) && operationsOf(request).some(kind),
    () => refusal(400, scimType),
  );

/** Answers as if it had been carried out what the target refuses. */
export const accepting =
  (match: (request: HttpRequest) => boolean): Hop =>
  async (request, next) => {
    const response = await next(request);
    return match(request) && response.status !== undefined && response.status >= 400 && response.status !== 404
      ? current(request, next)
      : response;
  };

/** Requests with an operation of the kind. */
export const withOperation =
  (kind: Kind, match: Match = patchAny): Match =>
  request =>
    match(request) && operationsOf(request).some(kind);

/** Shows otherwise, on later reads, each resource that a request of the kind went to. */
export function afterwards(
  match: Match,
  change: (resource: JsonObject, before: JsonObject) => JsonObject,
  answers: Match = request => request.method === 'GET',
): Hop {
  const marked = new Map<string, JsonObject>();
  return async (request, next) => {
    if (match(request)) marked.set(bare(request), objectOf(await current(request, next)));
    const response = await next(request);
    const before = answers(request) ? marked.get(bare(request)) : undefined;
    if (before === undefined || !isSuccess(response) || !isObject(response.json)) return response;
    return withJson(response, change(response.json, before));
  };
}

/** After each success of the kind, another request, of what was made last and is not the one at hand. */
export function alsoOn(
  endpoint: 'Users' | 'Groups',
  match: Match,
  damage: (path: string, request: HttpRequest, next: Send) => Promise<unknown>,
): Hop {
  let made: string[] = [];
  return async (request, next) => {
    const response = await next(request);
    const { id } = objectOf(response);
    if (request.method === 'POST' && request.path === `/${endpoint}` && typeof id === 'string') {
      made.push(`/${endpoint}/${id}`);
    }
    if (request.method === 'DELETE') made = made.filter(path => path !== bare(request));
    if (match(request) && isSuccess(response)) {
      for (const path of made.filter(each => each !== bare(request))) await damage(path, request, next);
    }
    return response;
  };
}

/** The path of a request without its query. */
export const bare = ({ path }: HttpRequest): string => path.replace(/\?.*$/, '');

/** The elements of a multi-valued attribute. */
export const elementsOf = (resource: JsonObject, name: string): readonly JsonObject[] => {
  const value: Json | undefined = resource[name];
  return Array.isArray(value) ? value.filter(isObject) : [];
};

export const writesUser: Match = request =>
  ['PATCH', 'PUT'].includes(request.method) && request.path.startsWith('/Users/');

/** What makes a request one with this JSON as its body. */
export const json = (members: JsonObject, { headers }: HttpRequest): Pick<HttpRequest, 'json' | 'headers'> => ({
  json: members,
  headers,
});

/** A PATCH message. */
export const message = (...operations: readonly JsonObject[]): JsonObject => ({
  schemas: [PATCH_OP],
  Operations: operations,
});
