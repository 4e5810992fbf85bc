import { LIST_RESPONSE } from '../../../scim/message/urn.ts';
import { isObject, resourcesOf } from '../../../scim/message/list.ts';
import type { HttpRequest, Json, JsonObject } from '../../../scim/wire/message.ts';
import type { Defect } from '../defect.ts';
import {
  answer,
  current,
  empty,
  isSuccess,
  objectOf,
  onList,
  onOne,
  refusal,
  reply,
  resource,
  sent,
  swallow,
  textOf,
  without,
  withoutParameter,
} from '../hops.ts';
import { filterOf } from '../filter-hops.ts';
import { bare, on, patchUser, turned } from '../modify-hops.ts';
import { ignoring, listing, refiltering, toDefect, type Row } from '../query-hops.ts';

const lists = onList('GET', 'Groups');
const oneGroup = (request: HttpRequest) => /^\/Groups\/[^/?]+/.test(request.path);
const nothing = () =>
  reply(200, { schemas: [LIST_RESPONSE], totalResults: 0, startIndex: 1, itemsPerPage: 0, Resources: [] });

/** Right for users, wrong for groups; and single parts of users that a write loses. */
const rows: readonly Row[] = [
  [
    'groups-unsorted',
    'Lists of groups are in no order',
    'RFC7644-3.4.2.3-03',
    ['group.sorted'],
    ignoring(lists, 'sortBy'),
  ],
  [
    'groups-ignore-count',
    'Lists of groups do not know count',
    'RFC7644-3.4.2.4-06',
    ['group.page-count', 'page.count-groups'],
    ignoring(lists, 'count'),
  ],
  [
    'groups-total-of-page',
    'totalResults of a list of groups counts the page',
    'RFC7644-3.4.2-05',
    ['group.page-count'],
    listing(lists, list => ({ ...list, totalResults: resourcesOf(list).length })),
  ],
  [
    'groups-ignore-start-index',
    'Lists of groups do not know startIndex',
    'RFC7644-3.4.2.4-14',
    ['group.page-walk'],
    ignoring(lists, 'startIndex'),
  ],
  [
    'groups-not-found-by-external-id',
    'No group is found by its externalId',
    'RFC7643-3.1-15',
    ['group.by-external-id'],
    () => swallow(request => lists(request) && filterOf(request).startsWith('externalId eq'), nothing),
  ],
  [
    'groups-of-no-type',
    'No group is found by meta.resourceType',
    'RFC7644-3.4.2.2-03',
    ['group.resource-type'],
    () => swallow(request => lists(request) && /resourceType eq "Group"/.test(filterOf(request)), nothing),
  ],
  [
    'groups-of-any-type',
    'A filter of groups on meta.resourceType is passed over',
    'RFC7644-3.4.2.2-03',
    ['group.resource-type'],
    refiltering(lists, filter => filter.replace(/^meta\.resourceType eq "User" and /, '')),
  ],
  [
    'group-writes-show-all',
    'A write of a group shows all of it, whatever attributes says',
    'RFC7644-3.9-03',
    ['projection.group-write'],
    () =>
      sent(
        request => ['POST', 'PUT', 'PATCH'].includes(request.method) && request.path.startsWith('/Groups'),
        request => withoutParameter(request, 'attributes'),
      ),
  ],
  [
    'put-keeps-external-id-of-group',
    'A PUT does not change the externalId of a group',
    'RFC7644-3.5.1-03',
    ['replace.group-external-id'],
    () => async (request, next) => {
      if (!onOne('PUT', 'Groups')(request)) return next(request);
      const { externalId } = objectOf(await current(request, next));
      return next({ ...request, json: { ...objectOf(request), ...(externalId !== undefined && { externalId }) } });
    },
  ],
  [
    'search-of-groups-finds-all',
    'A search of groups by POST does not know filters',
    'RFC7644-3.4.2.2-03',
    ['group.search'],
    () =>
      sent(
        request => request.path.startsWith('/Groups/.search'),
        request => ({ ...request, json: without(objectOf(request), 'filter') }),
      ),
  ],
  [
    'groups-without-version-in-lists',
    'Lists show groups without their versions',
    'RFC7644-3.14-08',
    ['version.group-in-list'],
    () =>
      resource(lists, group => ({
        ...group,
        ...(isObject(group['meta']) && { meta: without(group['meta'], 'version') }),
      })),
  ],
  [
    'groups-ignore-if-match',
    'If-Match is passed over for groups',
    'RFC9110-13.2.2-01',
    ['version.group-stale'],
    () => sent(oneGroup, request => ({ ...request, headers: without(request.headers, 'if-match') })),
  ],
  [
    'removed-primary-takes-element',
    'The removal of primary removes the element',
    'RFC7644-3.5.2.2-06',
    ['patch.remove-primary'],
    () =>
      turned(
        on('remove', /\]\.primary$/),
        ({ op = 'remove', path }) => ({ op, path: typeof path === 'string' ? path.replace(/\.primary$/, '') : '' }),
        patchUser,
      ),
  ],
  [
    'extension-sw-works-as-co',
    'sw on an attribute of the extension finds texts that hold the operand anywhere',
    'RFC7644-3.4.2.2-20',
    ['filter.sw'],
    refiltering(onList('GET', 'Users'), filter => filter.replace(/(enterprise:2\.0:User:\w+) sw /i, '$1 co ')),
  ],
  [
    'lists-know-no-changes',
    'Lists show lastModified as it was at the creation',
    'RFC7643-3.1-20',
    ['list.last-modified'],
    () =>
      resource(onList('GET', 'Users'), user => {
        const { meta } = user;
        return isObject(meta) ? { ...user, meta: { ...meta, lastModified: meta['created'] ?? null } } : user;
      }),
  ],
  [
    'group-display-as-first-seen',
    'A user shows a group under the name that it had at first',
    'RFC7643-2.4-02',
    ['relation.group-renamed'],
    () => {
      const first = new Map<string, Json>();
      const asAtFirst = (entry: JsonObject): JsonObject => {
        const { value = null, display = null } = entry;
        const known = first.get(textOf(value)) ?? display;
        first.set(textOf(value), known);
        return { ...entry, display: known };
      };
      return resource(onOne('GET', 'Users'), user => {
        const { groups } = user;
        return Array.isArray(groups) ? { ...user, groups: groups.filter(isObject).map(asAtFirst) } : user;
      });
    },
  ],
  [
    'groups-with-members-stay',
    'The DELETE of a group that has members is answered with 204 and removes nothing',
    'RFC7644-3.6-02',
    ['delete.group-with-member'],
    () => async (request, next) => {
      if (!onOne('DELETE', 'Groups')(request)) return next(request);
      const { members } = objectOf(await current(request, next));
      return Array.isArray(members) && members.length > 0 ? empty(204) : next(request);
    },
  ],
  [
    'memberships-leave-the-date',
    'A group that gets a member shows the lastModified of its creation',
    'RFC7644-3.5.2-31',
    ['patch.members-last-modified'],
    () =>
      resource(onOne('GET', 'Groups'), group => {
        const { meta, members } = group;
        if (members === undefined || !isObject(meta)) return group;
        return { ...group, meta: { ...meta, lastModified: meta['created'] ?? null } };
      }),
  ],
  [
    'deleted-groups-readable',
    'A deleted group can still be read',
    'RFC7644-3.6-02',
    ['delete.gone'],
    () => {
      const gone = new Map<string, Awaited<ReturnType<typeof current>>>();
      return async (request, next) => {
        const before = onOne('DELETE', 'Groups')(request) ? await current(request, next) : undefined;
        const response = await next(request);
        if (before && isSuccess(response)) gone.set(bare(request), before);
        return request.method === 'GET' ? (gone.get(bare(request)) ?? response) : response;
      };
    },
  ],
  [
    'put-loses-entitlements',
    'A PUT does not set entitlements and photos',
    'RFC7644-3.5.1-03',
    ['attribute.replaced'],
    () =>
      sent(onOne('PUT', 'Users'), request => ({
        ...request,
        json: without(objectOf(request), 'entitlements', 'photos'),
      })),
  ],
  [
    'inactive-users-unreadable',
    'A user that is inactive cannot be read',
    'RFC7643-4.1.1-15',
    ['user.inactive-readable'],
    () =>
      answer(onOne('GET', 'Users'), response =>
        isObject(response.json) && response.json['active'] === false ? refusal(404) : response,
      ),
  ],
];

export const groupQueryDefects: readonly Defect[] = rows.map(toDefect);
