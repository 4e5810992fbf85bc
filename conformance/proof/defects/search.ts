import type { Defect } from '../defect.ts';
import { objectOf, sent, without, textOf } from '../hops.ts';
import { search, searching, toDefect, type Row } from '../query-hops.ts';

const dropping = (name: string) => searching(query => without(query, name));
const F = 'RFC7644-3.4.3';

const searches: readonly Row[] = [
  ['search-ignores-filter', 'A search ignores its filter', 'RFC7644-3.4.2.2-03', ['search.filter'], dropping('filter')],
  ...['count', 'startIndex', 'sortBy', 'sortOrder', 'attributes', 'excludedAttributes'].map((name): Row => [
    `search-ignores-${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`,
    `A search ignores ${name}`,
    `${F}-11`,
    ['search.same-as-get'],
    dropping(name),
  ]),
  [
    'search-creates',
    'A search creates a user',
    `${F}-02`,
    ['search.creates-nothing'],
    () => async (request, next) => {
      const { userName } = objectOf(request);
      if (search(request) && userName !== undefined) {
        await next({
          ...request,
          path: '/Users',
          json: { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName },
        });
      }
      return next(request);
    },
  ],
  [
    'search-ignores-broken-filters',
    'A search ignores a filter that is broken',
    `${F}-08`,
    ['search.broken-filter'],
    searching(query => (/^userName eq$/.test(textOf(query['filter'])) ? without(query, 'filter') : query)),
  ],
  [
    'root-finds-users-only',
    'A query at the root looks at users only',
    'RFC7644-3.4.2.1-01',
    ['search.root'],
    () =>
      sent(
        ({ path }) => path.startsWith('?') || path.startsWith('/?') || path === '/.search',
        request => ({
          ...request,
          path: request.path.startsWith('/.') ? '/Users/.search' : `/Users${request.path.replace(/^\//, '')}`,
        }),
      ),
  ],
  [
    'root-takes-foreign-for-present',
    'At the root a foreign attribute counts as present',
    'RFC7644-3.4.2.1-05',
    ['search.root-foreign'],
    () =>
      sent(
        ({ path }) => /^\/?\?/.test(path),
        request => ({ ...request, path: request.path.replace('userName%20pr', 'id%20pr') }),
      ),
  ],
];

/** What may be wrong about searches by POST and queries at the root. */
export const searchDefects: readonly Defect[] = searches.map(toDefect);
