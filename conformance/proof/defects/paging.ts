import { resourcesOf } from '../../../scim/message/list.ts';
import type { Defect } from '../defect.ts';
import { refusal, swallow, without, withParameter } from '../hops.ts';
import { numberOf, ignoring, mistaking, listing, users, filtered, toDefect, type Row } from '../query-hops.ts';

const P = 'RFC7644-3.4.2.4';

const pages: readonly Row[] = [
  [
    'filtered-total-of-the-page',
    'totalResults of a filtered list counts the page',
    'RFC7644-3.4.2-05',
    ['page.total-filtered'],
    listing(filtered, list => ({ ...list, totalResults: resourcesOf(list).length })),
  ],
  [
    'filtered-total-of-all',
    'totalResults of a filtered list counts everybody',
    'RFC7644-3.4.2-05',
    ['page.total-filtered'],
    listing(filtered, list => ({ ...list, totalResults: Number(list['totalResults']) + 7 })),
  ],
  [
    'filtered-count-ignored',
    'count beside a filter is ignored',
    `${P}-06`,
    ['page.count-filtered'],
    ignoring(filtered, 'count', /^[1-9]/),
  ],
  [
    'filtered-count-one-more',
    'A page has one entry more than count',
    `${P}-06`,
    ['page.count-filtered'],
    mistaking(filtered, 'count', value => (Number(value) > 0 ? String(Number(value) + 1) : value)),
  ],
  [
    'filtered-count-zero-ignored',
    'count=0 beside a filter is ignored',
    `${P}-08`,
    ['page.count-none'],
    ignoring(filtered, 'count', /^0$/),
  ],
  [
    'count-zero-without-total',
    'count=0 gives a total of 0',
    `${P}-08`,
    ['page.count-none'],
    listing(withParameter(filtered, 'count', '0'), list => ({ ...list, totalResults: 0 })),
  ],
  [
    'count-negative-ignored',
    'A negative count is no limit',
    `${P}-07`,
    ['page.count-negative'],
    ignoring(filtered, 'count', /^-/),
  ],
  [
    'count-negative-refused',
    'A negative count is refused',
    `${P}-07`,
    ['page.count-negative'],
    () =>
      swallow(
        request => numberOf(request, 'count') < 0,
        () => refusal(400, 'invalidValue'),
      ),
  ],
  [
    'start-zero-refused',
    'A startIndex of 0 is refused',
    `${P}-03`,
    ['page.start-below-one'],
    () =>
      swallow(
        request => numberOf(request, 'startIndex') < 1,
        () => refusal(400, 'invalidValue'),
      ),
  ],
  [
    'start-zero-echoed',
    'A startIndex of 0 is echoed',
    `${P}-03`,
    ['page.start-below-one'],
    listing(
      request => numberOf(request, 'startIndex') < 1,
      (list, request) => ({ ...list, startIndex: numberOf(request, 'startIndex') }),
    ),
  ],
  [
    'start-counts-from-zero',
    'startIndex counts from 0',
    `${P}-04`,
    ['page.start-one-based', 'page.sum'],
    mistaking(filtered, 'startIndex', value => String(Number(value) + 1)),
  ],
  [
    'start-ignored',
    'startIndex beside a filter is ignored',
    `${P}-04`,
    ['page.start-one-based'],
    ignoring(filtered, 'startIndex'),
  ],
  [
    'beyond-end-answers-404',
    'A startIndex beyond the end is answered with 404',
    `${P}-05`,
    ['page.beyond-end'],
    () =>
      swallow(
        request => numberOf(request, 'startIndex') > 5,
        () => refusal(404),
      ),
  ],
  [
    'beyond-end-starts-over',
    'A startIndex beyond the end gives the first page',
    `${P}-05`,
    ['page.beyond-end'],
    ignoring(filtered, 'startIndex', /^(?:[6-9]|\d\d)/),
  ],
  [
    'later-page-says-one',
    'Each page says that it starts at 1',
    'RFC7644-3.4.2-07',
    ['page.start-index-later'],
    listing(filtered, list => ({ ...list, startIndex: 1 })),
  ],
  [
    'items-per-page-fixed',
    'itemsPerPage is what the provider gives at most',
    'RFC7644-3.4.2-08',
    ['page.items-filtered'],
    listing(filtered, list => ({ ...list, itemsPerPage: 100 })),
  ],
  [
    'items-per-page-echoes-count',
    'itemsPerPage echoes count on a short page',
    `${P}-12`,
    ['page.items-short'],
    listing(withParameter(filtered, 'count', '3'), list => ({ ...list, itemsPerPage: 3 })),
  ],
  [
    'numbers-as-texts',
    'totalResults is a text',
    'RFC7644-3.4.2-05',
    ['page.numbers'],
    listing(filtered, list => ({ ...list, totalResults: JSON.stringify(list['totalResults']) })),
  ],
  [
    'start-index-as-text',
    'startIndex is a text',
    'RFC7644-3.4.2-07',
    ['page.numbers'],
    listing(filtered, list => ({ ...list, startIndex: JSON.stringify(list['startIndex']) })),
  ],
  [
    'resources-left-out',
    'A page with a count has no Resources',
    'RFC7644-3.4.2-06',
    ['page.resources'],
    listing(withParameter(filtered, 'count', '2'), list => without(list, 'Resources')),
  ],
  [
    'last-entry-lost',
    'The last page loses its last entry',
    `${P}-13`,
    ['page.sum'],
    listing(withParameter(filtered, 'startIndex'), list => ({ ...list, Resources: resourcesOf(list).slice(0, -1) })),
  ],
  [
    'large-count-crashes',
    'A large count is answered with 500',
    `${P}-10`,
    ['page.count-large'],
    () =>
      swallow(
        request => numberOf(request, 'count') > 1000,
        () => refusal(500),
      ),
  ],
  [
    'unknown-parameter-refused',
    'A query parameter that does not exist is refused',
    'RFC7644-3.4.2-02',
    ['list.unknown-parameter'],
    () => swallow(withParameter(users, 'zzUnknown'), () => refusal(400, 'invalidValue')),
  ],
];

/** What may be wrong about the pages of a filtered list. */
export const pagingDefects: readonly Defect[] = pages.map(toDefect);
