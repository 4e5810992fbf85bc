import { isObject } from '../../../scim/message/list.ts';
import { ENTERPRISE_USER } from '../../../scim/message/urn.ts';
import { requestJson, type Hop, type HttpRequest, type Json, type JsonObject } from '../../../scim/wire/message.ts';
import type { Defect } from '../defect.ts';
import { current, isSuccess, objectOf, onOne, refusal, reply, sent, swallow, without } from '../hops.ts';
import { accepting, afterwards, elementsOf } from '../modify-hops.ts';

const putUser = onOne('PUT', 'Users');
const putGroup = onOne('PUT', 'Groups');

/** A PUT whose body is made from what was sent and from the state. */
const merged =
  (match: (request: HttpRequest) => boolean, change: (body: JsonObject, state: JsonObject) => JsonObject): Hop =>
  async (request, next) => {
    const json = match(request) ? requestJson(request) : undefined;
    if (!isObject(json)) return next(request);
    const state = objectOf(await current(request, next));
    return next({ method: request.method, path: request.path, headers: request.headers, json: change(json, state) });
  };

const kept =
  (...names: readonly string[]) =>
  (body: JsonObject, state: JsonObject): JsonObject => ({
    ...without(body, ...names),
    ...Object.fromEntries(Object.entries(state).filter(([name]) => names.includes(name))),
  });

const withId = (request: HttpRequest): boolean => {
  const { id, meta } = objectOf(request);
  return putUser(request) && typeof id === 'string' && meta === undefined && !request.path.endsWith(id);
};

/** What may be wrong about a PUT. */
export const putDefects = [
  {
    id: 'put-keeps-simple-values',
    title: 'A PUT leaves single-valued attributes other than displayName as they were',
    breaks: 'RFC7644-3.5.1-03',
    noticedBy: ['replace.single', 'replace.rename'],
    hop: () => merged(putUser, kept('userName', 'nickName', 'title', 'externalId')),
  },
  {
    id: 'put-adds-elements',
    title: 'A PUT adds elements to those a user has',
    breaks: 'RFC7644-3.5.1-03',
    noticedBy: ['replace.list'],
    hop: () =>
      merged(putUser, (body, state) => ({
        ...body,
        ...Object.fromEntries(
          ['emails', 'phoneNumbers', 'addresses']
            .filter(name => Array.isArray(body[name]) && elementsOf(body, name).length > 0)
            .map(name => [name, [...elementsOf(state, name), ...elementsOf(body, name)]]),
        ),
      })),
  },
  {
    id: 'put-keeps-name',
    title: 'A PUT leaves the name as it was',
    breaks: 'RFC7644-3.5.1-03',
    noticedBy: ['replace.complex', 'replace.cleared'],
    hop: () => merged(putUser, kept('name')),
  },
  {
    id: 'put-keeps-active',
    title: 'A PUT leaves active as it was',
    breaks: 'RFC7644-3.5.1-03',
    noticedBy: ['replace.active'],
    hop: () => merged(putUser, kept('active')),
  },
  {
    id: 'put-in-ascii-only',
    title: 'What is not ASCII becomes question marks in a PUT',
    breaks: 'RFC7644-3.5.1-03',
    noticedBy: ['replace.text'],
    hop: () => merged(putUser, body => JSON.parse(JSON.stringify(body).replace(/[^\x20-\x7e]+/g, '?')) as JsonObject),
  },
  {
    id: 'put-null-keeps',
    title: 'null and empty lists in a PUT leave the values as they were',
    breaks: 'RFC7643-2.5-02',
    noticedBy: ['replace.cleared'],
    hop: () =>
      merged(putUser, (body, state) =>
        Object.fromEntries(
          Object.entries(body).map(([name, value]): [string, Json] => {
            const empty = value === null || (Array.isArray(value) && value.length === 0);
            return [name, (empty ? state[name] : value) ?? null];
          }),
        ),
      ),
  },
  {
    id: 'put-takes-meta',
    title: 'A PUT sets meta.created',
    breaks: 'RFC7644-3.5.1-08',
    noticedBy: ['replace.read-only-ignored'],
    hop: () =>
      afterwards(
        request => putUser(request) && JSON.stringify(objectOf(request)['meta'] ?? '').includes('1999'),
        user => ({ ...user, meta: { ...(isObject(user['meta']) && user['meta']), created: '1999-01-01T00:00:00Z' } }),
      ),
  },
  {
    id: 'put-other-id-conflicts',
    title: 'A PUT with another id in its body is refused with 409',
    breaks: 'RFC7644-3.5.1-08',
    noticedBy: ['replace.other-id'],
    hop: () => swallow(withId, () => refusal(409)),
  },
  {
    id: 'put-goes-to-the-id-of-the-body',
    title: 'A PUT changes the user whose id is in its body',
    breaks: 'RFC7644-3.5.1-08',
    noticedBy: ['replace.other-id'],
    hop: () =>
      sent(withId, request => ({ ...request, path: `/Users/${JSON.stringify(objectOf(request)['id']).slice(1, -1)}` })),
  },
  {
    id: 'put-keeps-extension',
    title: 'A PUT leaves extensions as they were',
    breaks: 'RFC7644-3.5.1-17',
    noticedBy: ['replace.extension'],
    hop: () => merged(putUser, kept(ENTERPRISE_USER)),
  },
  {
    id: 'put-loses-second-element',
    title: 'A PUT of what was read keeps one element of a list',
    breaks: 'RFC7644-3.5.1-03',
    noticedBy: ['replace.read-modify-write', 'replace.list'],
    hop: () => merged(putUser, body => ({ ...body, emails: elementsOf(body, 'emails').slice(0, 1) })),
  },
  {
    id: 'put-of-what-was-read-refused',
    title: 'A PUT with meta is refused',
    breaks: 'RFC7644-3.1-06',
    noticedBy: ['replace.unchanged', 'replace.group-unchanged'],
    hop: () =>
      swallow(
        request => request.method === 'PUT' && objectOf(request)['meta'] !== undefined,
        () => refusal(400, 'mutability'),
      ),
  },
  {
    id: 'put-ignores-group',
    title: 'A PUT of a group is answered well and changes nothing',
    breaks: 'RFC7644-3.5.1-03',
    noticedBy: ['replace.group'],
    hop: () => swallow(putGroup, current),
  },
  {
    id: 'put-keeps-members',
    title: 'A PUT with an empty list of members leaves the members as they were',
    breaks: 'RFC7644-3.5.1-16',
    noticedBy: ['replace.members-cleared'],
    hop: () =>
      merged(request => {
        const { members } = objectOf(request);
        return putGroup(request) && Array.isArray(members) && members.length === 0;
      }, kept('members')),
  },
  {
    id: 'put-takes-two-primaries',
    title: 'After a PUT several elements are primary',
    breaks: 'RFC7643-2.4-03',
    noticedBy: ['replace.one-primary'],
    hop: () =>
      afterwards(
        request => putUser(request) && elementsOf(objectOf(request), 'emails').length > 1,
        user => ({ ...user, emails: [1, 2].map(at => ({ value: `${at}@scimulator.example`, primary: true })) }),
      ),
  },
  {
    id: 'put-accepts-wrong-types',
    title: 'A PUT that cannot be understood is answered well',
    breaks: 'RFC7644-3.5.1-13',
    noticedBy: ['replace.wrong-type', 'replace.broken-json'],
    hop: () => accepting(putUser),
  },
  {
    id: 'put-refused-half-done',
    title: 'A PUT that is refused has changed displayName',
    breaks: 'RFC7644-3.5.1-12',
    noticedBy: ['replace.refused-changes-nothing'],
    hop: () => async (request, next) => {
      const response = await next(request);
      if (!putUser(request) || isSuccess(response) || response.status === 404) return response;
      const state = objectOf(await current(request, next));
      await next({ ...request, json: { ...state, displayName: 'half' } });
      return response;
    },
  },
  {
    id: 'put-empties-user-name',
    title: 'A PUT without userName leaves the user without one',
    breaks: 'RFC7643-4.1.1-01',
    noticedBy: ['replace.user-name-required'],
    hop() {
      const nameless = new Set<string>();
      return async (request, next) => {
        const response = await next(request);
        if (putUser(request) && response.status === 400 && !objectOf(request)['userName']) {
          nameless.add(request.path);
          return current(request, next);
        }
        const hides = request.method === 'GET' && nameless.has(request.path);
        return hides ? reply(200, without(objectOf(response), 'userName')) : response;
      };
    },
  },
  {
    id: 'immutable-not-kept',
    title: 'An attribute that /Schemas has as immutable changes by PUT',
    breaks: 'RFC7643-7-20',
    noticedBy: ['replace.immutable-kept', 'replace.immutable-refused'],
    hop: () => declaringImmutable(),
  },
  {
    id: 'immutable-never-set',
    title: 'An attribute that /Schemas has as immutable takes no value by PUT',
    breaks: 'RFC7644-3.5.1-07',
    noticedBy: ['replace.immutable-first'],
    hop: () => {
      const keeps = merged(putUser, kept('nickName'));
      const declares = declaringImmutable();
      return async (request, next) => declares(request, async inner => keeps(inner, next));
    },
  },
] as const satisfies readonly Defect[];

/** /Schemas has nickName as immutable; what is written to it is another matter. */
function declaringImmutable(): Hop {
  return async (request, next) => {
    const response = await next(request);
    if (!request.path.startsWith('/Schemas') || !isSuccess(response)) return response;
    const text = response.text.replace(/("name":"nickName"[^{}]*"mutability":)"readWrite"/, '$1"immutable"');
    return { ...response, text, json: JSON.parse(text) as Json };
  };
}
