import { isObject } from '../../../scim/message/list.ts';
import { declares } from '../../../scim/message/error.ts';
import { LIST_RESPONSE, USER } from '../../../scim/message/urn.ts';
import { pipe, type Hop, type Json, type JsonObject } from '../../../scim/wire/message.ts';
import { textOf } from '../../run/published.ts';
import type { Defect } from '../defect.ts';
import { answer, isSuccess, onList, onOne, parameterOf, reply, resource, sent, swallow, without } from '../hops.ts';
import type { Match } from '../hops.ts';
import { lacking, saying } from './schema-definitions.ts';

const userWrites: Match = request =>
  request.path.startsWith('/Users') && ['POST', 'PUT', 'PATCH'].includes(request.method);
const users: Match = request => request.path.startsWith('/Users');

/** What a target may do against what it publishes, or against the examples and the addresses of the RFC. */
export const characteristicDefects: readonly Defect[] = [
  {
    id: 'schema-says-exact',
    title: 'nickName is published as exact and compared otherwise',
    breaks: 'RFC7643-7-13',
    noticedBy: ['schema.case-exact-filter'],
    hop: () => saying(USER, 'nickName', { caseExact: true }),
  },
  {
    id: 'schema-says-immutable',
    title: 'nickName is published as immutable and can be changed',
    breaks: 'RFC7643-7-20',
    noticedBy: ['schema.immutable'],
    hop: () => saying(USER, 'nickName', { mutability: 'immutable' }),
  },
  {
    id: 'schema-says-on-request',
    title: 'nickName is published as returned on request and always shown',
    breaks: 'RFC7643-7-28',
    noticedBy: ['schema.returned-on-request'],
    hop: () => saying(USER, 'nickName', { returned: 'request' }),
  },
  {
    id: 'on-request-never-comes',
    title: 'nickName is published as returned on request and never comes',
    breaks: 'RFC7644-3.9-09',
    noticedBy: ['projection.on-request'],
    hop: () =>
      pipeHops(
        saying(USER, 'nickName', { returned: 'request' }),
        resource(users, user => without(user, 'nickName')),
      ),
  },
  {
    id: 'schema-says-always',
    title: 'nickName is published as always returned and left out when it is not asked for',
    breaks: 'RFC7643-7-24',
    noticedBy: ['schema.always-returned'],
    hop: () => saying(USER, 'nickName', { returned: 'always' }),
  },
  {
    id: 'unstated-case-minded',
    title: 'title, of whose case nothing is said, is compared exactly',
    breaks: 'RFC7643-2.2-03',
    noticedBy: ['schema.default-case-exact'],
    hop: () =>
      pipeHops(
        lacking(USER, 'title', 'caseExact'),
        answer(onList('GET', 'Users'), (response, request) => {
          const filter = parameterOf(request, 'filter') ?? '';
          const other = /^title eq "[^a-z]*"$/.test(filter);
          return other && isSuccess(response) ? reply(200, { schemas: [LIST_RESPONSE], totalResults: 0 }) : response;
        }),
      ),
  },
  {
    id: 'unstated-required-demanded',
    title: 'displayName, which nobody calls required, is demanded',
    breaks: 'RFC7643-2.2-01',
    noticedBy: ['schema.default-required'],
    hop: () =>
      pipeHops(
        lacking(USER, 'displayName', 'required'),
        swallow(
          request => onList('POST', 'Users')(request) && isObject(request.json) && !('displayName' in request.json),
          () => reply(400, { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '400' }),
        ),
      ),
  },
  {
    id: 'unstated-mutability-frozen',
    title: 'title, of whose mutability nothing is said, cannot be changed',
    breaks: 'RFC7643-2.2-04',
    noticedBy: ['schema.default-mutability'],
    hop: () =>
      pipeHops(
        lacking(USER, 'title', 'mutability'),
        sent(onOne('PUT', 'Users'), request =>
          isObject(request.json) ? { ...request, json: without<JsonObject>(request.json, 'title') } : request,
        ),
      ),
  },
  {
    id: 'unstated-returned-always',
    title: 'displayName, of whose return nothing is said, comes whatever is asked for',
    breaks: 'RFC7643-2.2-05',
    noticedBy: ['schema.default-returned'],
    hop: () =>
      pipeHops(
        lacking(USER, 'displayName', 'returned'),
        resource(onOne('GET', 'Users'), user => ({ displayName: 'always', ...user })),
      ),
  },
  {
    id: 'unstated-uniqueness-enforced',
    title: 'title, of whose uniqueness nothing is said, has to be unique',
    breaks: 'RFC7643-2.2-06',
    noticedBy: ['schema.default-uniqueness'],
    hop: () => {
      const seen = new Set<Json>();
      const unique = swallow(onList('POST', 'Users'), async (request, next) => {
        const title = isObject(request.json) ? request.json['title'] : undefined;
        if (title !== undefined && seen.has(title)) {
          return reply(409, { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '409' });
        }
        if (title !== undefined) seen.add(title);
        return next(request);
      });
      return pipeHops(lacking(USER, 'title', 'uniqueness'), unique);
    },
  },
  {
    id: 'minimal-user-refused',
    title: 'A user without emails is refused, and nothing says that they are required',
    breaks: 'RFC7643-8.1-01',
    noticedBy: ['create.minimal-user'],
    hop: () =>
      swallow(
        request => onList('POST', 'Users')(request) && isObject(request.json) && !('emails' in request.json),
        () => reply(400, { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '400' }),
      ),
  },
  {
    id: 'minimal-group-refused',
    title: 'A group without externalId is refused, and nothing says that it is required',
    breaks: 'RFC7643-4.2-08',
    noticedBy: ['create.minimal-group'],
    hop: () =>
      swallow(
        request => onList('POST', 'Groups')(request) && isObject(request.json) && !('externalId' in request.json),
        () => reply(400, { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '400' }),
      ),
  },
  {
    id: 'addresses-lost',
    title: 'Addresses are published, taken and lost',
    breaks: 'RFC7643-8.2-01',
    noticedBy: ['create.full-user'],
    hop: () =>
      sent(userWrites, request =>
        isObject(request.json) ? { ...request, json: without<JsonObject>(request.json, 'addresses') } : request,
      ),
  },
  {
    id: 'blank-in-location',
    title: 'meta.location holds a blank',
    breaks: 'RFC7644-1.2-01',
    noticedBy: ['wire.uri-characters'],
    hop: () =>
      resource(users, user =>
        isObject(user['meta'])
          ? { ...user, meta: { ...user['meta'], location: `/a b/Users/${textOf(user['id'])}` } }
          : user,
      ),
  },
  {
    id: 'quoted-keyword',
    title: 'Words of the protocol come in quotation marks of their own',
    breaks: 'RFC7643-1.1-02',
    noticedBy: ['wire.bare-keywords'],
    hop: () =>
      resource(users, user =>
        declares(user, USER) && isObject(user['meta'])
          ? { ...user, meta: { ...user['meta'], resourceType: '"User"' } }
          : user,
      ),
  },
  {
    id: 'plus-sign-is-blank',
    title: 'A percent-encoded plus sign is read as a blank',
    breaks: 'RFC7644-1.2-02',
    noticedBy: ['query.plus-sign'],
    hop: () => sent(onList('GET', 'Users'), request => ({ ...request, path: request.path.replaceAll('%2B', '%20') })),
  },
  {
    id: 'query-decoded-twice',
    title: 'Queries are decoded twice',
    breaks: 'RFC7644-1.2-02',
    noticedBy: ['query.decoded-once'],
    hop: () => sent(onList('GET', 'Users'), request => ({ ...request, path: request.path.replaceAll('%2525', '%25') })),
  },
  {
    id: 'version-after-endpoint',
    title: 'Locations carry the version far from the endpoint',
    breaks: 'RFC7644-3.13-02',
    noticedBy: ['version.place'],
    hop: () =>
      resource(users, user =>
        isObject(user['meta'])
          ? { ...user, meta: { ...user['meta'], location: `https://h/v2/directory/Users/${textOf(user['id'])}` } }
          : user,
      ),
  },
  {
    id: 'any-version-answered',
    title: 'A version that does not exist is answered all the same',
    breaks: 'RFC7644-3.13-03',
    noticedBy: ['version.unknown'],
    hop: () =>
      sent(
        ({ path }) => path.startsWith('/../v99/'),
        request => ({ ...request, path: request.path.replace('/../v99', '') }),
      ),
  },
  {
    id: 'old-version-by-default',
    title: 'Without a version SCIM 1.1 answers',
    breaks: 'RFC7644-3.13-04',
    noticedBy: ['version.none'],
    hop: () =>
      swallow(
        ({ path }) => path.startsWith('/../Users'),
        () => reply(200, { schemas: ['urn:scim:schemas:core:1.0'], totalResults: 0 }),
      ),
  },
];

/** Several hops as one, the first outermost. */
function pipeHops(...hops: readonly Hop[]): Hop {
  return async (request, next) => pipe(hops, next)(request);
}
