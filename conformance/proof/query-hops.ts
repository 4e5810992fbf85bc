import { resourcesOf } from '../../scim/message/list.ts';
import type { Hop, HttpRequest, JsonObject } from '../../scim/wire/message.ts';
import type { ClauseId } from '../clauses/index.ts';
import type { Defect } from './defect.ts';
import {
  body,
  objectOf,
  onList,
  onOne,
  parameterOf,
  sent,
  withoutParameter,
  withParameter,
  type Match,
} from './hops.ts';

/** A defect in short: id, title, clause, the checks that have to notice, and the hop. */
export type Row = readonly [id: string, title: string, breaks: ClauseId, noticedBy: readonly string[], hop: () => Hop];

/** The defect that a row stands for. */
export const toDefect = ([id, title, breaks, noticedBy, hop]: Row): Defect => ({ id, title, breaks, noticedBy, hop });

export const users = onList('GET', 'Users');
export const filtered = withParameter(users, 'filter');
export const oneUser = onOne('GET', 'Users');
export const shownUsers: Match = request => users(request) || oneUser(request);

export const numberOf = (request: Parameters<Match>[0], name: string): number =>
  Number(parameterOf(request, name) ?? NaN);

/** A provider that does not know a parameter, where its value is of a kind. */
export const ignoring =
  (match: Match, name: string, value = /^/): (() => Hop) =>
  () =>
    sent(
      request => match(request) && value.test(parameterOf(request, name) ?? ''),
      request => withoutParameter(request, name),
    );

/** A provider that takes one value of a parameter for another. */
export const mistaking =
  (match: Match, name: string, other: (value: string) => string): (() => Hop) =>
  () =>
    sent(withParameter(match, name), request => ({
      ...withoutParameter(request, name),
      path: `${withoutParameter(request, name).path}${withoutParameter(request, name).path.includes('?') ? '&' : '?'}${name}=${encodeURIComponent(other(parameterOf(request, name) ?? ''))}`,
    }));

/** A provider whose lists are put together in another way. */
export const listing =
  (match: Match, change: (list: JsonObject, request: Parameters<Match>[0]) => JsonObject): (() => Hop) =>
  () =>
    body(match, change);

export const reordered = (list: JsonObject, order: (one: JsonObject, other: JsonObject) => number): JsonObject => ({
  ...list,
  Resources: [...resourcesOf(list)].sort(order),
});

export const search: Match = ({ method, path }) => method === 'POST' && path.endsWith('/.search');
export const searching =
  (change: (query: JsonObject) => JsonObject): (() => Hop) =>
  () =>
    sent(search, request => ({ ...request, json: change(objectOf(request)) }));

/** The request with its filter in other words. */
export const refiltered = (request: HttpRequest, change: (filter: string) => string): HttpRequest => {
  const filter = parameterOf(request, 'filter');
  if (filter === null) return request;
  const rest = withoutParameter(request, 'filter');
  return {
    ...rest,
    path: `${rest.path}${rest.path.includes('?') ? '&' : '?'}filter=${encodeURIComponent(change(filter))}`,
  };
};

/** A provider that takes a filter for another. */
export const refiltering =
  (match: Match, change: (filter: string) => string): (() => Hop) =>
  () =>
    sent(match, request => refiltered(request, change));
