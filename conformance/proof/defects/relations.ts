import { isObject } from '../../../scim/message/list.ts';
import type { Hop, Json, JsonObject } from '../../../scim/wire/message.ts';
import { createdId } from '../../run/given.ts';
import type { Defect } from '../defect.ts';
import {
  objectOf,
  onList,
  onOne,
  operationsOf,
  patching,
  refusal,
  reply,
  resource,
  sent,
  swallow,
  withOperations,
  without,
  textOf,
} from '../hops.ts';

const postedUser = onList('POST', 'Users');
const postedGroup = onList('POST', 'Groups');
const oneUser = onOne('GET', 'Users');
const oneGroup = onOne('GET', 'Groups');
const objects = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

/** Each entry of a list of a resource changed. */
const entries = (match: typeof oneUser, name: string, members: JsonObject): Hop =>
  resource(match, whole =>
    whole[name] === undefined
      ? whole
      : { ...whole, [name]: objects(whole[name]).map(entry => Object.assign({}, entry, members)) },
  );

/** Users show groups as they were when first seen, or never: the link is kept on one side only. */
const stale = (forgets: (path: string, method: string) => boolean): Hop => {
  const known = new Map<string, Json>();
  let frozen = false;
  return async (request, next) => {
    if (forgets(request.path, request.method)) frozen = true;
    const response = await next(request);
    if (!oneUser(request) || response.status !== 200) return response;
    const user = objectOf(response);
    const before = known.get(request.path);
    if (frozen && before !== undefined) return reply(200, { ...user, groups: before });
    known.set(request.path, user['groups'] ?? []);
    return response;
  };
};

/** Members that a request to make or replace a user brings along, added to the group behind the scenes. */
const joining =
  (match: typeof oneUser): Hop =>
  async (request, next) => {
    const response = await next(request);
    const groups = objects(objectOf(request)['groups']);
    const id = createdId(response);
    if (!match(request) || groups.length === 0 || id === undefined) return response;
    for (const { value } of groups) {
      await next({
        method: 'PATCH',
        path: `/Groups/${textOf(value)}`,
        headers: request.headers,
        json: {
          schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
          Operations: [{ op: 'add', path: 'members', value: [{ value: id }] }],
        },
      });
    }
    return response;
  };

/** What may be wrong about members of groups and groups of users. */
export const relationDefects = [
  {
    id: 'users-show-other-groups',
    title: 'Users show a group that is not theirs',
    breaks: 'RFC7643-4.1.2-18',
    noticedBy: ['relation.user-shows-group'],
    hop: () => entries(oneUser, 'groups', { value: 'another' }),
  },
  {
    id: 'patched-members-unseen',
    title: 'Users do not show groups that a PATCH added them to',
    breaks: 'RFC7643-4.1.2-18',
    noticedBy: ['relation.patch-adds'],
    hop() {
      const joined = new Set<string>();
      const hide = resource(oneUser, (user, { path }) => (joined.has(path) ? without(user, 'groups') : user));
      return async (request, next) => {
        if (onOne('PATCH', 'Groups')(request)) {
          for (const { value } of operationsOf(request).flatMap(operation => objects(operation['value']))) {
            joined.add(`/Users/${textOf(value)}`);
          }
        }
        return hide(request, next);
      };
    },
  },
  {
    id: 'former-groups-shown-after-patch',
    title: 'Users go on showing groups that a PATCH removed them from',
    breaks: 'RFC7643-4.1.2-18',
    noticedBy: ['relation.patch-removes'],
    hop: () => stale((path, method) => method === 'PATCH' && path.startsWith('/Groups/')),
  },
  {
    id: 'former-groups-shown-after-put',
    title: 'Users go on showing groups that a PUT removed them from',
    breaks: 'RFC7643-4.1.2-18',
    noticedBy: ['relation.put-changes'],
    hop: () => stale((path, method) => method === 'PUT' && path.startsWith('/Groups/')),
  },
  {
    id: 'deleted-groups-shown',
    title: 'Users go on showing groups that were deleted',
    breaks: 'RFC7643-4.1.2-18',
    noticedBy: ['relation.group-deleted'],
    hop: () => stale((path, method) => method === 'DELETE' && path.startsWith('/Groups/')),
  },
  {
    id: 'deleted-users-listed',
    title: 'Groups go on listing members that were deleted',
    breaks: 'RFC7644-3.6-07',
    noticedBy: ['relation.user-deleted'],
    hop() {
      const known = new Map<string, Json>();
      return async (request, next) => {
        const response = await next(request);
        if (!oneGroup(request) || response.status !== 200) return response;
        const group = objectOf(response);
        const before = known.get(request.path);
        if (before !== undefined) return reply(200, { ...group, members: before });
        known.set(request.path, group['members'] ?? []);
        return response;
      };
    },
  },
  {
    id: 'deletion-empties-groups',
    title: 'The deletion of a user empties its groups',
    breaks: 'RFC7643-4.2-05',
    noticedBy: ['relation.user-deleted-others-stay'],
    hop() {
      const members = new Map<string, string>();
      const emptied = new Set<string>();
      const hide = resource(oneGroup, (group, { path }) => (emptied.has(path) ? { ...group, members: [] } : group));
      return async (request, next) => {
        const [, id] = /^\/Users\/([^/?]+)/.exec(request.path) ?? [];
        if (request.method === 'DELETE' && id !== undefined) {
          for (const [path, held] of members) if (held.includes(id)) emptied.add(path);
        }
        const response = await hide(request, next);
        if (oneGroup(request)) members.set(request.path, response.text);
        return response;
      };
    },
  },
  {
    id: 'create-joins-groups',
    title: 'A create makes the user a member of the groups it names',
    breaks: 'RFC7643-4.1.2-19',
    noticedBy: ['relation.groups-read-only'],
    hop: () => joining(postedUser),
  },
  {
    id: 'put-joins-groups',
    title: 'A PUT makes the user a member of the groups it names',
    breaks: 'RFC7643-4.1.2-19',
    noticedBy: ['relation.groups-read-only-put'],
    hop: () => joining(onOne('PUT', 'Users')),
  },
  {
    id: 'patch-joins-groups',
    title: 'A PATCH of groups makes the user a member',
    breaks: 'RFC7643-4.1.2-19',
    noticedBy: ['relation.groups-read-only-patch'],
    hop: () =>
      swallow(
        patching(onOne('PATCH', 'Users'), ({ path }) => path === 'groups'),
        async (request, next) => {
          const value = operationsOf(request).flatMap(operation => objects(operation['value']))[0]?.['value'];
          const member = request.path.split('/')[2] ?? '';
          return next({
            ...withOperations(request, [{ op: 'add', path: 'members', value: [{ value: member }] }]),
            path: `/Groups/${textOf(value)}`,
          });
        },
      ),
  },
  {
    id: 'member-refs-lead-astray',
    title: 'The $ref of a member leads to the collection',
    breaks: 'RFC7643-2.3.7-05',
    noticedBy: ['relation.member-ref'],
    hop: () => entries(oneGroup, 'members', { $ref: 'https://provider.example/scim/v2/Users' }),
  },
  {
    id: 'group-refs-lead-astray',
    title: 'The $ref of a group that a user shows leads to another',
    breaks: 'RFC7643-4.1.2-18',
    noticedBy: ['relation.group-ref'],
    hop: () => entries(oneUser, 'groups', { $ref: '../Groups/another' }),
  },
  {
    id: 'direct-groups-indirect',
    title: 'Groups that list the user are shown as indirect',
    breaks: 'RFC7643-4.1.2-16',
    noticedBy: ['relation.direct'],
    hop: () => entries(oneUser, 'groups', { type: 'indirect' }),
  },
  {
    id: 'group-display-of-its-own',
    title: 'The display of a group is its id',
    breaks: 'RFC7643-2.4-02',
    noticedBy: ['relation.group-display'],
    hop: () => entries(oneUser, 'groups', { display: 'a group' }),
  },
  {
    id: 'members-typed-wrong',
    title: 'Every member is shown as a group',
    breaks: 'RFC7643-2.4-02',
    noticedBy: ['relation.member-type'],
    hop: () => entries(oneGroup, 'members', { type: 'Group' }),
  },
  {
    id: 'one-group-at-most',
    title: 'A user shows the last of its groups only',
    breaks: 'RFC7643-4.1.2-18',
    noticedBy: ['relation.two-groups'],
    hop: () =>
      resource(oneUser, user =>
        Array.isArray(user['groups']) ? { ...user, groups: objects(user['groups']).slice(-1) } : user,
      ),
  },
  {
    id: 'rename-ends-membership',
    title: 'A PUT of a user ends its memberships',
    breaks: 'RFC7643-4.2-05',
    noticedBy: ['relation.rename-keeps-members'],
    hop() {
      let renamed = false;
      const hide = resource(oneGroup, group => (renamed ? without(group, 'members') : group));
      return async (request, next) => {
        if (onOne('PUT', 'Users')(request)) renamed = true;
        return hide(request, next);
      };
    },
  },
  {
    id: 'members-kept-twice',
    title: 'A member that is given twice is shown twice',
    breaks: 'RFC7643-2.4-09',
    noticedBy: ['relation.members-once'],
    hop: () =>
      resource(oneGroup, group =>
        Array.isArray(group['members'])
          ? { ...group, members: [...objects(group['members']), ...objects(group['members'])] }
          : group,
      ),
  },
  {
    id: 'members-cut-at-fifty',
    title: 'A group keeps fifty members and drops the others',
    breaks: 'RFC7643-4.2-05',
    noticedBy: ['relation.many-members'],
    hop: () =>
      sent(postedGroup, request => {
        const draft = objectOf(request);
        const members = draft['members'];
        return Array.isArray(members)
          ? { ...request, json: { ...draft, members: objects(members).slice(0, 50) } }
          : request;
      }),
  },
  {
    id: 'large-groups-refused',
    title: 'A group with more than a hundred members is refused with 413',
    breaks: 'RFC7643-4.2-05',
    noticedBy: ['relation.many-members'],
    hop: () =>
      swallow(
        request => postedGroup(request) && objects(objectOf(request)['members']).length > 100,
        () => refusal(413),
      ),
  },
] as const satisfies readonly Defect[];
