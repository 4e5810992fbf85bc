import { isObject, resourcesOf } from '../../../scim/message/list.ts';
import type { Hop, JsonObject } from '../../../scim/wire/message.ts';
import type { Defect } from '../defect.ts';
import { body, onList, without, withParameter } from '../hops.ts';
import { ignoring, mistaking, listing, users, filtered, searching, toDefect, type Row } from '../query-hops.ts';

const byCursor = withParameter(users, 'cursor');
const firstPage = withParameter(users, 'cursor', '');
const config = onList('GET', 'ServiceProviderConfig');
const C = 'RFC9865';
const pagination = (members: JsonObject): (() => Hop) =>
  listing(config, whole => ({
    ...whole,
    pagination: { ...(isObject(whole['pagination']) ? whole['pagination'] : {}), ...members },
  }));

const cursors: readonly Row[] = [
  [
    'cursor-repeats',
    'A cursor leads to the first page again',
    `${C}-2-17`,
    ['cursor.walk'],
    mistaking(users, 'cursor', () => ''),
  ],
  [
    'cursor-skips',
    'A page by cursor loses an entry',
    `${C}-2-17`,
    ['cursor.walk'],
    listing(byCursor, list => ({ ...list, Resources: resourcesOf(list).slice(1) })),
  ],
  [
    'cursor-ends-early',
    'The first page has no nextCursor',
    `${C}-2-07`,
    ['cursor.next', 'cursor.walk'],
    listing(firstPage, list => without(list, 'nextCursor')),
  ],
  [
    'cursor-with-odd-characters',
    'Cursors end with an equals sign',
    `${C}-2-02`,
    ['cursor.characters'],
    () => {
      const marked = body(byCursor, list =>
        typeof list['nextCursor'] === 'string' ? { ...list, nextCursor: `${list['nextCursor']}==` } : list,
      );
      const read = mistaking(users, 'cursor', value => value.replace(/==$/, ''))();
      return async (request, next) => marked(request, async inner => read(inner, next));
    },
  ],
  [
    'cursor-count-ignored',
    'count beside a cursor is ignored',
    `${C}-2-05`,
    ['cursor.count'],
    ignoring(byCursor, 'count', /^[1-9]/),
  ],
  [
    'cursor-count-zero-ignored',
    'count=0 beside a cursor is ignored',
    `${C}-2-04`,
    ['cursor.count-zero'],
    ignoring(byCursor, 'count', /^0/),
  ],
  [
    'cursor-count-negative-ignored',
    'A negative count beside a cursor is ignored',
    `${C}-2-03`,
    ['cursor.count-negative'],
    ignoring(byCursor, 'count', /^-/),
  ],
  [
    'cursor-before-the-first',
    'The first page has a previousCursor',
    `${C}-2-11`,
    ['cursor.first-has-no-previous'],
    listing(firstPage, list => ({ ...list, previousCursor: 'abc' })),
  ],
  [
    'cursor-back-goes-nowhere',
    'The previousCursor leads forward',
    `${C}-2-10`,
    ['cursor.previous'],
    listing(byCursor, list =>
      list['previousCursor'] === undefined ? list : { ...list, previousCursor: list['nextCursor'] ?? null },
    ),
  ],
  [
    'cursor-total-of-the-page',
    'totalResults of a page by cursor counts the page',
    'RFC7644-3.4.2-05',
    ['cursor.total'],
    listing(byCursor, list => ({ ...list, totalResults: resourcesOf(list).length })),
  ],
  [
    'cursor-forged-accepted',
    'A cursor that nobody gave out gives the first page',
    `${C}-2.1-02`,
    ['cursor.invalid'],
    mistaking(users, 'cursor', value => (value === 'forged123' ? '' : value)),
  ],
  [
    'cursor-count-text-ignored',
    'A count that is no number is ignored',
    `${C}-2.1-04`,
    ['cursor.invalid-count'],
    ignoring(byCursor, 'count', /abc/),
  ],
  [
    'cursor-unsorted',
    'sortBy beside a cursor is ignored',
    `${C}-2.2-01`,
    ['cursor.sorted'],
    ignoring(byCursor, 'sortBy'),
  ],
  [
    'cursor-default-denied',
    'defaultPaginationMethod is not what happens',
    `${C}-2.4-02`,
    ['cursor.method'],
    pagination({ defaultPaginationMethod: 'cursor' }),
  ],
  [
    'cursor-unknown-to-search',
    'A search ignores its cursor',
    `${C}-3-01`,
    ['cursor.search'],
    searching(query => ('cursor' in query ? { ...query, cursor: '' } : query)),
  ],
  [
    'cursor-not-announced',
    'Pages are by cursor and ServiceProviderConfig says nothing of it',
    `${C}-4-01`,
    ['cursor.announced'],
    () => {
      const silent = body(config, whole => without(whole, 'pagination'));
      const paged = body(filtered, list => ({ ...list, nextCursor: 'abc' }));
      return async (request, next) => silent(request, async inner => paged(inner, next));
    },
  ],
  ['cursor-flag-as-text', 'pagination.cursor is a text', `${C}-4-02`, ['cursor.flag'], pagination({ cursor: 'true' })],
  [
    'cursor-index-flag-missing',
    'pagination.index is missing',
    `${C}-4-03`,
    ['cursor.index-flag'],
    pagination({ index: null }),
  ],
  [
    'cursor-default-method-unknown',
    'defaultPaginationMethod is another word',
    `${C}-4-05`,
    ['cursor.default-method'],
    pagination({ defaultPaginationMethod: 'offset' }),
  ],
  [
    'cursor-page-size-zero',
    'defaultPageSize is 0',
    `${C}-4-06`,
    ['cursor.default-page-size'],
    pagination({ defaultPageSize: 0 }),
  ],
  [
    'cursor-max-page-size-text',
    'maxPageSize is a text',
    `${C}-4-07`,
    ['cursor.max-page-size'],
    pagination({ maxPageSize: '100' }),
  ],
  [
    'cursor-timeout-negative',
    'cursorTimeout is negative',
    `${C}-4-08`,
    ['cursor.timeout'],
    pagination({ cursorTimeout: -1 }),
  ],
];

/** What may be wrong about paging by cursor. */
export const cursorDefects: readonly Defect[] = cursors.map(toDefect);
