import { resourcesOf } from '../../../scim/message/list.ts';
import { withJson, type Hop } from '../../../scim/wire/message.ts';
import type { Defect } from '../defect.ts';
import {
  answer,
  body,
  current,
  isSuccess,
  objectOf,
  onList,
  onOne,
  operationsOf,
  parameterOf,
  wantedBy,
  without,
} from '../hops.ts';
import { bare } from '../modify-hops.ts';
import { toDefect, type Row } from '../query-hops.ts';

/** Groups that a write took the name of. */
function namelessAfter(method: 'PUT' | 'PATCH'): Hop {
  const nameless = new Set<string>();
  return async (request, next) => {
    const path = bare(request);
    const takes =
      method === 'PUT'
        ? objectOf(request)['displayName'] === undefined
        : operationsOf(request).some(each => each['op'] === 'remove' && each['path'] === 'displayName');
    if (onOne(method, 'Groups')(request) && takes) {
      nameless.add(path);
      return current(request, next);
    }
    const response = await next(request);
    const isNameless = request.method === 'GET' && nameless.has(path) && isSuccess(response);
    return isNameless ? withJson(response, without(objectOf(response), 'displayName')) : response;
  };
}

/** Who was switched off is still looked for among those who are on. */
function staleStates(): Hop {
  const off = new Set<string>();
  return async (request, next) => {
    const response = await next(request);
    const operations = operationsOf(request);
    const isOff =
      objectOf(request)['active'] === false || operations.some(each => each['path'] === 'active' && !each['value']);
    if (['PUT', 'PATCH'].includes(request.method) && isOff) off.add(bare(request).replace('/Users/', ''));
    const filter = parameterOf(request, 'filter') ?? '';
    if (!onList('GET', 'Users')(request) || !/active eq false/.test(filter) || !isSuccess(response)) return response;
    const Resources = resourcesOf(objectOf(response)).filter(({ id }) => typeof id !== 'string' || !off.has(id));
    return withJson(response, { ...objectOf(response), Resources, totalResults: Resources.length });
  };
}

const rows: readonly Row[] = [
  [
    'groups-made-without-location',
    'The creation of a group is answered without Location',
    'RFC7644-3.3-06',
    ['group.location'],
    () =>
      answer(onList('POST', 'Groups'), response => ({ ...response, headers: without(response.headers, 'location') })),
  ],
  [
    'put-of-group-shows-no-members',
    'The answer to a PUT of a group leaves out the members',
    'RFC7644-3.5.1-10',
    ['group.write-answer'],
    () => body(onOne('PUT', 'Groups'), group => without(group, 'members')),
  ],
  [
    'post-of-group-shows-no-members',
    'The answer to a POST of a group leaves out the members',
    'RFC7644-3.3-05',
    ['group.write-answer'],
    () => body(onList('POST', 'Groups'), group => without(group, 'members')),
  ],
  [
    'group-names-by-case',
    'The case of the name counts where a group is looked up',
    'RFC7644-3.4.2.2-57',
    ['group.name-other-case'],
    () =>
      body(onList('GET', 'Groups'), (list, request) => {
        const wanted = wantedBy(request);
        if (wanted === undefined || !(parameterOf(request, 'filter') ?? '').startsWith('displayName')) return list;
        const Resources = resourcesOf(list).filter(({ displayName }) => displayName === wanted);
        return { ...list, Resources, totalResults: Resources.length };
      }),
  ],
  [
    'put-takes-name-of-group',
    'A PUT without displayName leaves a group without one',
    'RFC7643-4.2-02',
    ['group.name-stays'],
    () => namelessAfter('PUT'),
  ],
  [
    'patch-takes-name-of-group',
    'A PATCH removes the displayName of a group',
    'RFC7643-4.2-02',
    ['group.name-stays'],
    () => namelessAfter('PATCH'),
  ],
  [
    'states-not-found-after-change',
    'A user that is switched off is not found among those who are off',
    'RFC7644-3.4.2.2-03',
    ['filter.after-deactivation'],
    staleStates,
  ],
];

/** What goes wrong with groups, and with who is active, where others look at users alone. */
export const groupOutOfSightDefects: readonly Defect[] = rows.map(toDefect);
