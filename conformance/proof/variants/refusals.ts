import { isErrorMessage } from '../../../scim/message/error.ts';
import { isObject } from '../../../scim/message/list.ts';
import { withJson, type Json, type JsonObject } from '../../../scim/wire/message.ts';
import {
  always,
  answer,
  empty,
  isSuccess,
  objectOf,
  onList,
  onOne,
  refusal,
  swallow,
  textOf,
  without,
} from '../hops.ts';
import type { Variant } from '../variant.ts';

const objects = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

/** Keywords that no clause demands by name (RFC 7644 section 3.12: `scimType` is OPTIONAL). */
const OPTIONAL_KEYWORDS: ReadonlySet<unknown> = new Set(['invalidSyntax', 'invalidValue']);

/** What is permitted of refusals: for what, and how they are told. */
export const refusalVariants = [
  {
    id: 'passwords-refused',
    title: 'A user with a password is refused',
    permittedBy: 'RFC 7644 section 3.3: a provider may decline what it does not manage',
    withdraws: [
      'create.password-hidden',
      'error.password-filter',
      'attribute.password-named/',
      'replace.without-password/',
    ],
    hop: () =>
      answer(onList('POST', 'Users'), (response, request) =>
        isSuccess(response) && isObject(request.json) && request.json['password'] !== undefined
          ? refusal(400, 'invalidValue')
          : response,
      ),
  },
  {
    id: 'errors-without-keyword',
    title: 'Errors for which no keyword is demanded have none',
    permittedBy: 'RFC 7644 section 3.12',
    hop: () =>
      answer(always, response =>
        isErrorMessage(response.json) && OPTIONAL_KEYWORDS.has(response.json.scimType)
          ? withJson(response, without<JsonObject>(response.json, 'scimType'))
          : response,
      ),
  },
  {
    id: 'challenges-of-two-kinds',
    title: 'A 401 names two ways to authenticate',
    permittedBy: 'RFC 9110 section 11.6.1',
    hop: () =>
      answer(always, response => {
        const challenge = response.headers['www-authenticate'];
        if (response.status !== 401 || challenge === undefined) return response;
        const both = `Basic realm="users, groups", ${challenge}`;
        return { ...response, headers: { ...response.headers, 'www-authenticate': both } };
      }),
  },
  {
    id: 'head-not-offered',
    title: 'HEAD is answered with 405',
    permittedBy: 'RFC 9110 section 15.5.6',
    hop: () =>
      swallow(
        ({ method }) => method === 'HEAD',
        () => empty(405, { allow: 'GET, PUT, PATCH, DELETE' }),
      ),
  },
  {
    id: 'other-media-types-unacceptable',
    title: 'Who accepts no JSON is refused with 406',
    permittedBy: 'RFC 7644 section 3.8',
    hop: () =>
      swallow(
        ({ headers }) => headers['accept'] === 'text/csv',
        () => refusal(406),
      ),
  },
  {
    id: 'plain-json-refused',
    title: 'A body marked application/json is refused with 415',
    permittedBy: 'RFC 7644 section 3.8',
    hop: () =>
      swallow(
        ({ headers }) => headers['content-type'] === 'application/json',
        () => refusal(415),
      ),
  },
  {
    id: 'unknown-attributes-refused',
    title: 'A user with an attribute that no schema has is refused',
    permittedBy: 'RFC 7644 section 3.12, table 9',
    hop: () =>
      swallow(
        request => onList('POST', 'Users')(request) && objectOf(request)['scimulatorUnknown'] !== undefined,
        () => refusal(400, 'invalidSyntax'),
      ),
  },
  {
    id: 'members-have-to-exist',
    title: 'A group with a member that does not exist is refused',
    permittedBy: 'RFC 7644 section 3.12, table 9',
    hop: () =>
      swallow(onList('POST', 'Groups'), async (request, next) => {
        const { authorization } = request.headers;
        const headers = authorization === undefined ? {} : { authorization };
        for (const { value } of objects(objectOf(request)['members'])) {
          const found = async (path: string) => (await next({ method: 'GET', path, headers })).status === 200;
          const id = encodeURIComponent(textOf(value));
          if (!(await found(`/Users/${id}`)) && !(await found(`/Groups/${id}`))) return refusal(400, 'invalidValue');
        }
        return next(request);
      }),
  },
  {
    id: 'nested-groups-refused',
    title: 'A group cannot be a member of a group',
    permittedBy: 'RFC 7643 section 4.2',
    withdraws: ['relation.indirect', 'relation.mixed-members/'],
    hop: () =>
      swallow(
        request =>
          (onList('POST', 'Groups')(request) || onOne('PUT', 'Groups')(request)) &&
          objects(objectOf(request)['members']).some(({ type }) => type === 'Group'),
        () => refusal(400, 'invalidValue'),
      ),
  },
] as const satisfies readonly Variant[];
