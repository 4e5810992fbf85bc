import type { Hop, HttpRequest } from '../../../scim/wire/message.ts';
import { resourcesOf } from '../../../scim/message/list.ts';
import { objects } from '../../run/membership.ts';
import type { Defect } from '../defect.ts';
import { objectOf, onOne, parameterOf, resource, sent, without, withoutParameter, withParameter } from '../hops.ts';
import { listing, mistaking, refiltering, toDefect, users, type Row } from '../query-hops.ts';

/** The words of a filter outside of its texts. */
const named = (request: HttpRequest): string =>
  (parameterOf(request, 'filter') ?? '').replace(/"(?:[^"\\]|\\.)*"/g, '');

/** The first name in a filter is one of those in the parameter. */
const asksFor = (request: HttpRequest, parameter: string): boolean => {
  const [first = ''] = named(request)
    .trim()
    .split(/[\s.[]/);
  const names = (parameterOf(request, parameter) ?? '').split(',').map(name => name.trim().toLowerCase());
  return names.includes(first.toLowerCase());
};

const isFiltered = (request: HttpRequest): boolean => users(request) && named(request) !== '';

const emptied =
  (match: (request: HttpRequest) => boolean): (() => Hop) =>
  () =>
    listing(match, list => ({ ...list, totalResults: 0, Resources: [], itemsPerPage: 0 }))();

const rows: readonly Row[] = [
  [
    'filter-on-what-is-shown',
    'A filter looks at the attributes alone that the request asks for',
    'RFC7644-3.4.2-11',
    ['projection.attributes-list'],
    emptied(
      request => isFiltered(request) && parameterOf(request, 'attributes') !== null && !asksFor(request, 'attributes'),
    ),
  ],
  [
    'filter-on-what-is-left',
    'A filter does not see the attributes that the request leaves out',
    'RFC7644-3.4.2.5-05',
    ['projection.excluded-list'],
    emptied(request => isFiltered(request) && asksFor(request, 'excludedAttributes')),
  ],
  [
    'sort-on-what-is-shown',
    'sortBy looks at the attributes alone that the request asks for',
    'RFC7644-3.4.2.3-03',
    ['sort.by'],
    () =>
      sent(
        request => {
          const names = parameterOf(request, 'attributes');
          return users(request) && names !== null && !names.includes(parameterOf(request, 'sortBy') ?? '');
        },
        request => withoutParameter(request, 'sortBy'),
      ),
  ],
  [
    'created-filtered-as-modified',
    'A filter on meta.created looks at meta.lastModified',
    'RFC7644-3.4.2.2-03',
    ['filter.created'],
    refiltering(users, filter => filter.replaceAll('meta.created', 'meta.lastModified')),
  ],
  [
    'created-sorted-as-modified',
    'sortBy meta.created sorts by meta.lastModified',
    'RFC7644-3.4.2.3-09',
    ['sort.created'],
    mistaking(users, 'sortBy', value => value.replace('meta.created', 'meta.lastModified')),
  ],
  [
    'total-of-joined-rows',
    'totalResults counts a user once for each e-mail where a filter is on e-mails',
    'RFC7644-3.4.2-05',
    ['page.total-filtered'],
    () =>
      listing(
        request => users(request) && named(request).includes('emails'),
        list => ({
          ...list,
          totalResults: resourcesOf(list).reduce((sum, user) => sum + Math.max(1, objects(user['emails']).length), 0),
        }),
      )(),
  ],
  [
    'start-from-the-end',
    'A startIndex below zero counts from the end of the list',
    'RFC7644-3.4.2.4-03',
    ['page.start-below-one'],
    () => async (request, next) => {
      const start = Number(parameterOf(request, 'startIndex') ?? 1);
      if (!users(request) || start >= 0) return next(request);
      const rest = withoutParameter(request, 'startIndex');
      const total = objectOf(await next(rest))['totalResults'];
      const from = typeof total === 'number' ? Math.max(1, total + start + 1) : 1;
      return next({ ...rest, path: `${rest.path}${rest.path.includes('?') ? '&' : '?'}startIndex=${from}` });
    },
  ],
  [
    'attribute-not-named',
    'attributes does not bring in the nickName',
    'RFC7644-3.9-03',
    ['projection.attributes'],
    () => resource(withParameter(onOne('GET', 'Users'), 'attributes'), user => without(user, 'nickName')),
  ],
  [
    'attribute-not-excluded',
    'excludedAttributes does not take telephone numbers away',
    'RFC7644-3.9-08',
    ['projection.excluded'],
    () =>
      sent(withParameter(onOne('GET', 'Users'), 'excludedAttributes'), request => ({
        ...request,
        path: request.path.replace(/phoneNumbers(?:,|%2C)?/, ''),
      })),
  ],
];

/** Where one part of a query keeps another from what it has to see. */
export const querySightDefects: readonly Defect[] = rows.map(toDefect);
