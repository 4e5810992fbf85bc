import { requestJson, withJson, type Hop, type HttpRequest, type HttpResponse } from '../../../scim/wire/message.ts';
import { isErrorMessage } from '../../../scim/message/error.ts';
import type { Defect } from '../defect.ts';
import { answer, onList, onOne, parameterOf, refusal, swallow, without, type Match } from '../hops.ts';
import { make } from '../user-hops.ts';

/** How the tokens of the proof's bridge begin, after what they are for. */
const by =
  (kind: 'read-only' | 'other-tenant', match: Match): Match =>
  request =>
    (request.headers['authorization'] ?? '').startsWith(`Bearer ${kind}.`) && match(request);

const isWrite: Match = ({ method }) => method !== 'GET';
const isSearch: Match = ({ path }) => path.startsWith('/Users/.search');

/** Treats what matches as if the credential of the run had sent it. */
function asOwner(match: Match): Hop {
  let owner: string | undefined;
  return async (request, next) => {
    const { authorization } = request.headers;
    owner ??= authorization;
    if (!match(request) || owner === undefined) return next(request);
    return next({ ...request, headers: { ...request.headers, authorization: owner } });
  };
}

const restated = (match: Match, status: number): Hop =>
  answer(match, response => (response.status === 403 ? { ...response, ...refusal(status) } : response));

const method =
  (...names: readonly string[]): Match =>
  request =>
    names.includes(request.method);

const withFilter =
  (pattern: RegExp): Match =>
  request =>
    pattern.test(parameterOf(request, 'filter') ?? '');

/** Tells a cursor that somebody issued from one that the check made up. */
const told = (response: HttpResponse, request: HttpRequest): HttpResponse =>
  isErrorMessage(response.json) && !parameterOf(request, 'cursor')?.startsWith('cursor-')
    ? withJson(response, { ...response.json, detail: 'this cursor belongs to another tenant' })
    : response;

/** What may be wrong about rights and about tenants. */
export const secondCredentialDefects: readonly Defect[] = [
  make('reader-shut-out', 'Who may only read is not let in at all', 'RFC7644-2-08', 'access.reader-reads', () =>
    swallow(by('read-only', method('GET')), () => refusal(403)),
  ),
  make('reader-creates', 'Who may only read makes users', 'RFC7644-2-08', 'access.reader-writes', () =>
    asOwner(by('read-only', method('POST'))),
  ),
  make('reader-changes', 'Who may only read changes users', 'RFC7644-2.1-01', 'access.reader-writes', () =>
    asOwner(by('read-only', method('PATCH', 'PUT'))),
  ),
  make('reader-deletes', 'Who may only read deletes users', 'RFC7644-7.7-02', 'access.reader-writes', () =>
    asOwner(by('read-only', method('DELETE'))),
  ),
  make('too-few-rights-as-401', 'Too few rights are answered with 401', 'RFC7644-3.12-11', 'access.reader-status', () =>
    restated(by('read-only', isWrite), 401),
  ),
  make('scope-not-named', 'The challenge names no scope', 'RFC6750-3.1-02', 'access.reader-challenge', () =>
    answer(by('read-only', isWrite), response => ({
      ...response,
      headers: without(response.headers, 'www-authenticate'),
    })),
  ),
  make('tenants-read-each-other', 'Ids work for every tenant', 'RFC7644-6.1-03', 'tenant.read', () =>
    asOwner(by('other-tenant', onOne('GET', 'Users'))),
  ),
  make('tenants-in-one-list', 'Lists hold the users of every tenant', 'RFC7644-6.1-01', 'tenant.list', () =>
    asOwner(by('other-tenant', request => onList('GET', 'Users')(request) && withFilter(/^userName/)(request))),
  ),
  make('tenants-in-one-search', 'Searches find the users of every tenant', 'RFC7644-6.1-03', 'tenant.list', () =>
    asOwner(by('other-tenant', isSearch)),
  ),
  make('tenants-change-each-other', 'Changes reach users of every tenant', 'RFC7644-6.1-03', 'tenant.write', () =>
    asOwner(by('other-tenant', method('PUT', 'PATCH'))),
  ),
  make('tenants-delete-each-other', 'A DELETE reaches users of every tenant', 'RFC7644-6.1-03', 'tenant.write', () =>
    asOwner(by('other-tenant', method('DELETE'))),
  ),
  make('external-id-for-all', 'No two tenants have one externalId', 'RFC7644-6.2-01', 'tenant.external-id', () =>
    swallow(
      by('other-tenant', request => JSON.stringify(requestJson(request) ?? '').includes('externalId')),
      () => refusal(409, 'uniqueness'),
    ),
  ),
  make(
    'external-id-found-by-all',
    'A filter on externalId finds users of every tenant',
    'RFC7643-3.1-13',
    'tenant.external-id-filter',
    () => asOwner(by('other-tenant', withFilter(/^externalId/))),
  ),
  make('cursor-for-all', 'A cursor works for every tenant', 'RFC9865-5.2-01', 'tenant.cursor', () =>
    asOwner(by('other-tenant', request => parameterOf(request, 'cursor') !== null)),
  ),
  make('cursor-tells-tenant', 'A refusal tells whose cursor it is', 'RFC9865-5.2-05', 'tenant.cursor-error', () =>
    answer(
      by('other-tenant', request => parameterOf(request, 'cursor') !== null),
      told,
    ),
  ),
];
