import { bulkResultsOf } from '../../../scim/message/bulk.ts';
import { isErrorMessage } from '../../../scim/message/error.ts';
import { isObject, resourcesOf } from '../../../scim/message/list.ts';
import { ENTERPRISE_USER } from '../../../scim/message/urn.ts';
import { withJson, type Hop, type Json, type JsonObject } from '../../../scim/wire/message.ts';
import { onBulk, referencesIn } from '../bulk-hops.ts';
import {
  always,
  answer,
  body,
  empty,
  isSuccess,
  objectOf,
  onList,
  onOne,
  operationsOf,
  refusal,
  resource,
  swallow,
  textOf,
  withOperations,
  without,
} from '../hops.ts';
import type { Variant } from '../variant.ts';

const objects = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

const holdsNull = (value: Json | undefined): boolean =>
  value === null || (isObject(value) && Object.values(value).some(holdsNull));

const refersInPatch = ({ method, data }: JsonObject): boolean => method === 'PATCH' && referencesIn(data).length > 0;

/** Leaves out operations that are PATCHes with references, and tells that they failed. */
const refusedReferences: Hop = async (request, next) => {
  const refused = onBulk(request) ? operationsOf(request).filter(refersInPatch) : [];
  if (refused.length === 0) return next(request);
  const response = await next(
    withOperations(
      request,
      operationsOf(request).filter(operation => !refersInPatch(operation)),
    ),
  );
  const told = refused.map(({ path }) => ({
    method: 'PATCH',
    location: `https://provider.example/scim/v2${textOf(path)}`,
    status: '400',
    response: refusal(400, 'invalidValue').json ?? null,
  }));
  const results = bulkResultsOf(response.json)?.map(({ entry }) => entry);
  return results ? withJson(response, { ...objectOf(response), Operations: [...results, ...told] }) : response;
};

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
      'list.password-hidden/',
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
  {
    id: 'nulls-in-patches-refused',
    title: 'A PATCH that brings null as a value, or inside of one, is refused',
    permittedBy: 'RFC 7644 section 3.5.2: removing is what the operation remove is for',
    withdraws: ['patch.null/', 'patch.null-part/', 'patch.required-null/'],
    hop: () =>
      swallow(
        request => request.method === 'PATCH' && operationsOf(request).some(({ value }) => holdsNull(value)),
        () => refusal(400, 'invalidValue'),
      ),
  },
  {
    id: 'bulk-references-in-patches-refused',
    title: 'An operation of a bulk request is refused whose PATCH refers to a bulkId in its value',
    permittedBy: 'RFC 7644 section 3.7.2: references are shown in the data of resources alone',
    hop: () => refusedReferences,
  },
  {
    id: 'capitals-in-user-names-refused',
    title: 'A userName with a capital in it is refused',
    permittedBy: 'RFC 7644 section 3.12, table 9: invalidValue',
    withdraws: [
      'capitals are refused',
      'the value is refused',
      'so many values are refused',
      'schema.case-exact-filter/',
    ],
    hop: () =>
      swallow(
        request => {
          const { userName } = objectOf(request);
          const named = operationsOf(request).map(({ path, value }) =>
            path === undefined && isObject(value) ? value['userName'] : path === 'userName' ? value : undefined,
          );
          const names = [userName, ...named].filter(name => typeof name === 'string');
          return request.path.startsWith('/Users') && names.some(name => name !== name.toLowerCase());
        },
        () => refusal(400, 'invalidValue'),
      ),
  },
  {
    id: 'inactive-users-unlisted',
    title: 'Users who are not active are in no list',
    permittedBy: 'RFC 7643 section 4.1.1: what active means is the provider to say',
    withdraws: ['who is off is in no list'],
    hop: () =>
      body(
        request => onList('GET', 'Users')(request) || request.path.includes('/.search'),
        list => {
          const kept = resourcesOf(list).filter(({ active }) => active !== false);
          const gone = resourcesOf(list).length - kept.length;
          const { totalResults: total, itemsPerPage } = list;
          if (gone === 0) return list;
          return {
            ...list,
            ...(typeof total === 'number' && { totalResults: total - gone }),
            ...(typeof itemsPerPage === 'number' && { itemsPerPage: kept.length }),
            Resources: kept,
          };
        },
      ),
  },
  {
    id: 'managers-without-names',
    title: 'The displayName of a manager is not shown',
    permittedBy: 'RFC 7643 section 4.3: the sub-attribute is OPTIONAL',
    withdraws: ['enterprise.manager-renamed/'],
    hop: () =>
      resource(
        ({ path }) => /^\/Users(?:[/?]|$)/.test(path),
        user => {
          const extension = user[ENTERPRISE_USER];
          const manager = isObject(extension) ? extension['manager'] : undefined;
          return isObject(extension) && isObject(manager)
            ? { ...user, [ENTERPRISE_USER]: { ...extension, manager: without(manager, 'displayName') } }
            : user;
        },
      ),
  },
] as const satisfies readonly Variant[];
