import { isObject } from '../../../scim/message/list.ts';
import type { Json, JsonObject } from '../../../scim/wire/message.ts';
import type { Defect } from '../defect.ts';
import { parameterOf, refusal, sent, swallow, withoutParameter, withParameter, type Match, textOf } from '../hops.ts';
import { ignoring, listing, reordered, users, toDefect, type Row } from '../query-hops.ts';

const sorted = withParameter(users, 'sortBy');
const sortedBy = (name: string): Match => withParameter(users, 'sortBy', name);
const S = 'RFC7644-3.4.2.3';

const sorts: readonly Row[] = [
  [
    'sort-by-ignored',
    'sortBy is ignored',
    `${S}-03`,
    ['sort.by', 'sort.type', 'sort.missing'],
    ignoring(users, 'sortBy'),
  ],
  [
    'sort-order-ignored',
    'sortOrder is ignored',
    `${S}-07`,
    ['sort.descending', 'sort.sub-attribute'],
    ignoring(users, 'sortOrder'),
  ],
  [
    'sort-descending-by-default',
    'Without sortOrder the order is descending',
    `${S}-08`,
    ['sort.default-order'],
    () =>
      sent(
        request => sorted(request) && parameterOf(request, 'sortOrder') === null,
        request => ({ ...request, path: `${request.path}&sortOrder=descending` }),
      ),
  ],
  [
    'sort-by-sub-attribute-ignored',
    'sortBy of a sub-attribute is ignored',
    `${S}-04`,
    ['sort.sub-attribute'],
    ignoring(users, 'sortBy', /^name\./),
  ],
  [
    'sort-by-urn-ignored',
    'sortBy with a URN is ignored',
    'RFC7644-3.10-01',
    ['sort.extension'],
    ignoring(users, 'sortBy', /^urn:/),
  ],
  [
    'sort-by-first-value',
    'A multi-valued attribute sorts by its first value',
    `${S}-05`,
    ['sort.primary'],
    listing(sortedBy('emails.value'), (list, request) => {
      const first = ({ emails }: JsonObject): string =>
        Array.isArray(emails) && isObject(emails[0] as Json) ? textOf((emails[0] as JsonObject)['value']) : '';
      const sign = parameterOf(request, 'sortOrder') === 'descending' ? -1 : 1;
      return reordered(list, (one, other) => (first(one) < first(other) ? -sign : sign));
    }),
  ],
  [
    'sort-missing-first',
    'Users without the value come first in ascending order',
    `${S}-06`,
    ['sort.missing'],
    listing(sortedBy('userType'), list =>
      reordered(list, (one, other) => Number(one['userType'] !== undefined) - Number(other['userType'] !== undefined)),
    ),
  ],
  [
    'sort-with-case',
    'Titles sort with capitals first',
    `${S}-09`,
    ['sort.type'],
    listing(sortedBy('title'), (list, request) =>
      parameterOf(request, 'sortOrder') === 'descending'
        ? list
        : reordered(list, (one, other) => {
            const [left, right] = [textOf(one['title']) || '~', textOf(other['title']) || '~'];
            return left < right ? -1 : 1;
          }),
    ),
  ],
  [
    'sort-after-paging',
    'Pages are cut before they are sorted',
    `${S}-12`,
    ['sort.before-paging'],
    () =>
      sent(
        request => sorted(request) && parameterOf(request, 'count') !== null,
        request => withoutParameter(request, 'sortBy'),
      ),
  ],
  [
    'sort-answers-500',
    'sortBy is announced and answered with 500',
    'RFC7643-5-17',
    ['sort.flag'],
    () => swallow(sorted, () => refusal(500)),
  ],
];

/** What may be wrong about the order of lists. */
export const sortDefects: readonly Defect[] = sorts.map(toDefect);
