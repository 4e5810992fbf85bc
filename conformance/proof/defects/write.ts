import { isObject } from '../../../scim/message/list.ts';
import type { Json, JsonObject } from '../../../scim/wire/message.ts';
import type { Defect } from '../defect.ts';
import {
  answer,
  current,
  empty,
  isSuccess,
  mapOperations,
  objectOf,
  onList,
  onOne,
  operationsOf,
  patching,
  refusal,
  reply,
  restatus,
  sent,
  swallow,
  withOperations,
} from '../hops.ts';

const putUser = onOne('PUT', 'Users');
const patchUser = onOne('PATCH', 'Users');
const patchGroup = onOne('PATCH', 'Groups');
const deletion = onOne('DELETE', 'Users', 'Groups');

const membersOf = (group: JsonObject): readonly Json[] => (Array.isArray(group['members']) ? group['members'] : []);
const valueOf = (member: Json) => (isObject(member) ? member['value'] : undefined);
const isMembers = ({ path }: JsonObject) => path === 'members';
const isOnId = ({ path }: JsonObject) => path === 'id';

/** What may be wrong about PUT, PATCH and DELETE. */
export const writeDefects = [
  {
    id: 'put-answers-204',
    title: 'A PUT is answered with 204',
    breaks: 'RFC7644-3.5.1-10',
    noticedBy: ['replace.status'],
    hop: () => answer(putUser, response => (response.status === 200 ? empty(204) : response)),
  },
  {
    id: 'put-keeps-display-name',
    title: 'A PUT is answered well and leaves displayName as it was',
    breaks: 'RFC7644-3.5.1-03',
    noticedBy: ['replace.read-back', 'replace.round-trip'],
    hop: () => async (request, next) => {
      if (!putUser(request)) return next(request);
      const { displayName } = objectOf(await current(request, next));
      return next({ ...request, json: { ...objectOf(request), displayName: displayName ?? null } });
    },
  },
  {
    id: 'put-refuses-meta',
    title: 'A PUT that carries meta is refused',
    breaks: 'RFC7644-3.1-06',
    noticedBy: ['replace.round-trip'],
    hop: () =>
      swallow(
        request => putUser(request) && objectOf(request)['meta'] !== undefined,
        () => refusal(400, 'mutability'),
      ),
  },
  {
    id: 'put-adds-members',
    title: 'A PUT adds members to those a group has',
    breaks: 'RFC7644-3.5.1-16',
    noticedBy: ['replace.members'],
    hop: () => async (request, next) => {
      if (!onOne('PUT', 'Groups')(request)) return next(request);
      const group = objectOf(request);
      const members = [...membersOf(objectOf(await current(request, next))), ...membersOf(group)];
      return next({ ...request, json: { ...group, members } });
    },
  },
  {
    id: 'put-unknown-answers-400',
    title: 'A PUT to an id that does not exist is answered with 400',
    breaks: 'RFC7644-3.5.1-11',
    noticedBy: ['replace.unknown'],
    hop: () => restatus(putUser, 404, 400),
  },
  {
    id: 'put-creates',
    title: 'A PUT to an id that does not exist creates a user',
    breaks: 'RFC7644-3.2-05',
    noticedBy: ['replace.creates-nothing', 'replace.unknown'],
    hop: () => async (request, next) => {
      const response = await next(request);
      if (!putUser(request) || response.status !== 404) return response;
      return next({ ...request, method: 'POST', path: '/Users' });
    },
  },
  {
    id: 'patch-answers-202',
    title: 'A PATCH is answered with 202',
    breaks: 'RFC7644-3.5.2-24',
    noticedBy: ['patch.status'],
    hop: () => answer(patchUser, response => (isSuccess(response) ? { ...response, status: 202 } : response)),
  },
  {
    id: 'patch-not-there',
    title: 'PATCH is announced and answered with 501',
    breaks: 'RFC7644-3.5.2-24',
    noticedBy: ['patch.status'],
    hop: () => swallow(patchUser, () => refusal(501)),
  },
  {
    id: 'patch-replace-ignored',
    title: 'A PATCH of displayName is answered well and changes nothing',
    breaks: 'RFC7644-3.5.2.3-02',
    noticedBy: ['patch.replace-read-back'],
    hop: () =>
      swallow(
        request => patching(patchUser, ({ path }) => path === 'displayName')(request) && single(request),
        current,
      ),
  },
  {
    id: 'patch-without-path-ignored',
    title: 'A PATCH without a path is answered well and changes nothing',
    breaks: 'RFC7644-3.5.2.3-01',
    noticedBy: ['patch.replace-without-path'],
    hop: () =>
      swallow(
        patching(patchUser, ({ path, op }) => path === undefined && op === 'replace'),
        current,
      ),
  },
  {
    id: 'add-member-replaces',
    title: 'A member that is added takes the place of those who are there',
    breaks: 'RFC7644-3.5.2.1-06',
    noticedBy: ['patch.add-member'],
    hop: () =>
      sent(patching(patchGroup, isMembers), request =>
        mapOperations(request, ({ op }) => op === 'add', { op: 'replace' }),
      ),
  },
  {
    id: 'add-member-doubles',
    title: 'A member that is added a second time is there twice',
    breaks: 'RFC7644-3.5.2.1-09',
    noticedBy: ['patch.add-member-again'],
    hop() {
      const doubled = new Map<string, Json>();
      return async (request, next) => {
        if (patching(patchGroup, ({ op }) => op === 'add')(request)) {
          const there = new Set(membersOf(objectOf(await current(request, next))).map(valueOf));
          const added = operationsOf(request).flatMap(({ value }) => (Array.isArray(value) ? (value as Json[]) : []));
          const again = added.find(member => there.has(valueOf(member)));
          if (again !== undefined) doubled.set(request.path, again);
        }
        const response = await next(request);
        const extra = request.method === 'GET' ? doubled.get(request.path) : undefined;
        const group = objectOf(response);
        return extra === undefined ? response : reply(200, { ...group, members: [...membersOf(group), extra] });
      };
    },
  },
  {
    id: 'value-path-removes-all',
    title: 'A removal by a value path removes all members',
    breaks: 'RFC7644-3.5.2.2-04',
    noticedBy: ['patch.remove-member-by-value-path'],
    hop: () => sent(patchGroup, request => mapOperations(request, ({ op }) => op === 'remove', { path: 'members' })),
  },
  {
    id: 'remove-members-ignored',
    title: 'A removal of all members is answered well and changes nothing',
    breaks: 'RFC7644-3.5.2.2-03',
    noticedBy: ['patch.remove-all-members'],
    hop: () =>
      swallow(
        patching(patchGroup, operation => operation['op'] === 'remove' && isMembers(operation)),
        current,
      ),
  },
  {
    id: 'patch-of-id-accepted',
    title: 'A PATCH of the id is answered well',
    breaks: 'RFC7644-3.5.2-16',
    noticedBy: ['patch.read-only'],
    hop: () => async (request, next) => {
      if (!patching(patchUser, isOnId)(request)) return next(request);
      const others = operationsOf(request).filter(operation => !isOnId(operation));
      return others.length === 0 ? current(request, next) : next(withOperations(request, others));
    },
  },
  {
    id: 'patch-half-done',
    title: 'A PATCH that is refused has carried out its first operations',
    breaks: 'RFC7644-3.5.2-23',
    noticedBy: ['patch.atomic'],
    hop: () => async (request, next) => {
      const operations = operationsOf(request);
      if (!patchUser(request) || operations.length < 2) return next(request);
      let response = await next(withOperations(request, operations.slice(0, 1)));
      for (const operation of operations.slice(1)) {
        if (isSuccess(response)) response = await next(withOperations(request, [operation]));
      }
      return response;
    },
  },
  {
    id: 'remove-without-path-other-keyword',
    title: 'A removal without a path is refused as invalidPath',
    breaks: 'RFC7644-3.5.2.2-01',
    noticedBy: ['patch.remove-without-path'],
    hop: () =>
      swallow(
        patching(patchUser, ({ op, path }) => op === 'remove' && path === undefined),
        () => refusal(400, 'invalidPath'),
      ),
  },
  {
    id: 'no-target-ignored',
    title: 'A replacement whose value path matches nothing is answered well',
    breaks: 'RFC7644-3.5.2.3-08',
    noticedBy: ['patch.replace-no-target'],
    hop: () =>
      swallow(
        patching(patchUser, ({ path }) => typeof path === 'string' && path.includes('[')),
        current,
      ),
  },
  {
    id: 'patch-unknown-answers-400',
    title: 'A PATCH of an id that does not exist is answered with 400',
    breaks: 'RFC7644-3.5.2-26',
    noticedBy: ['patch.unknown'],
    hop: () => restatus(patchUser, 404, 400),
  },
  {
    id: 'group-loses-members',
    title: 'A group that is made with members keeps the first only',
    breaks: 'RFC7643-4.2-05',
    noticedBy: ['group.members'],
    hop: () =>
      sent(onList('POST', 'Groups'), request => {
        const group = objectOf(request);
        return { ...request, json: { ...group, members: membersOf(group).slice(0, 1) } };
      }),
  },
  {
    id: 'delete-answers-200',
    title: 'A DELETE is answered with 200',
    breaks: 'RFC7644-3.6-01',
    noticedBy: ['delete.status'],
    hop: () => answer(deletion, response => (response.status === 204 ? { ...response, status: 200 } : response)),
  },
  {
    id: 'delete-unknown-answers-204',
    title: 'A DELETE of what is not there is answered with 204',
    breaks: 'RFC7644-3.6-06',
    noticedBy: ['delete.unknown', 'delete.gone'],
    hop: () => answer(deletion, response => (response.status === 404 ? empty(204) : response)),
  },
  {
    id: 'deleted-still-readable',
    title: 'A deleted user can still be read',
    breaks: 'RFC7644-3.6-02',
    noticedBy: ['delete.gone'],
    hop() {
      const gone = new Map<string, JsonObject>();
      return async (request, next) => {
        if (deletion(request)) {
          const before = await current(request, next);
          if (before.status === 200) gone.set(request.path, objectOf(before));
        }
        const response = await next(request);
        const ghost = request.method === 'GET' && response.status === 404 ? gone.get(request.path) : undefined;
        return ghost === undefined ? response : reply(200, ghost);
      };
    },
  },
] as const satisfies readonly Defect[];

/** A PATCH of one operation. */
function single(request: Parameters<typeof operationsOf>[0]): boolean {
  return operationsOf(request).length === 1;
}
