import type { Query } from '../../scim/client.ts';
import type { JsonObject } from '../../scim/wire/message.ts';
import type { Case, Check, Probe } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { describeAnswer, expect, show, type Page } from '../run/expect.ts';
import { serves, supports } from '../run/facts.ts';
import { idsOf } from '../run/steps.ts';
import { NotApplicable } from '../run/violation.ts';
import { familyOf, pageFor, walk, type Family } from './family.ts';

interface Paged extends Case {
  readonly query: Query;
}

/** The family, and pages of nothing but the family. */
interface Book {
  readonly family: Family;
  readonly size: number;
  readonly filter: string;
  page(query: Query): Promise<Page>;
}

/** @throws NotApplicable when no filter of the target finds the family alone. */
async function bookOf(context: Context): Promise<Book> {
  const family = await familyOf(context);
  const { within: filter, residents } = family;
  if (filter === undefined) throw new NotApplicable('no filter confines the list to users of this run');
  return { family, size: residents.length, filter, page: async query => pageFor(context, { filter, ...query }) };
}

const paged = <T extends Paged = Paged>(
  cases: readonly T[],
  judge: (page: Page, book: Book, instance: T, context: Context) => Promise<void> | void,
): Pick<Probe<T>, 'applies' | 'cases' | 'run'> => ({
  applies: [serves('User'), supports('filter')],
  cases: () => cases,
  async run(context, instance) {
    const book = await bookOf(context);
    await judge(await book.page(instance.query), book, instance, context);
  },
});

const named = (...queries: readonly Query[]): Paged[] => queries.map(query => ({ name: JSON.stringify(query), query }));

function expectTotal({ body }: Page, { size }: Book): void {
  expect.equal(body['totalResults'], size, 'totalResults');
}

function expectNone({ resources }: Page): void {
  expect.that(resources.length === 0, 'no entries', `${resources.length} entries`);
}

const integer = (body: JsonObject, name: string): void => {
  const value = body[name];
  expect.that(value === undefined || Number.isInteger(value), `${name} as an integer`, show(value));
};

/** Pages of a filtered list (RFC 7644 sections 3.4.2 and 3.4.2.4), of which the run knows each entry. */
export const paging = [
  {
    id: 'page.total-filtered',
    title: 'totalResults counts the matches of the filter, on each page',
    clause: 'RFC7644-3.4.2-05',
    ...paged(
      named({}, { count: 2 }, { startIndex: 3, count: 2 }, { startIndex: 5, count: 3 }, { startIndex: 2 }),
      async (page, book, { query }, { scim }) => {
        expectTotal(page, book);
        if (Object.keys(query).length > 0 || page.resources.length < book.size) return;
        // Where a list holds them all, one by an attribute of several values is no longer for having more of them.
        const answer = await scim.list('/Users', { filter: `emails.value pr and ${book.filter}` });
        if (answer.status !== 200) return;
        const { body, resources } = expect.page(answer);
        expect.equal(body['totalResults'], resources.length, 'totalResults, each user counted once:', answer);
      },
    ),
  },
  {
    id: 'page.count-filtered',
    title: 'A page of a filtered list holds no more entries than count says',
    clause: 'RFC7644-3.4.2.4-06',
    ...paged(
      named({ count: 1 }, { count: 2 }, { startIndex: 2, count: 3 }, { startIndex: 2, count: 1 }),
      ({ resources }, _, { query }) => {
        const right = resources.length <= Number(query.count) && resources.length > 0;
        expect.that(right, `1 to ${query.count} entries`, `${resources.length} entries`);
      },
    ),
  },
  {
    id: 'page.count-none',
    title: 'A count of 0 gives the total of the filter and no entries',
    clause: 'RFC7644-3.4.2.4-08',
    ...paged(named({ count: 0 }), (page, book) => {
      expectNone(page);
      expectTotal(page, book);
    }),
  },
  {
    id: 'page.count-negative',
    title: 'A negative count counts as 0',
    clause: 'RFC7644-3.4.2.4-07',
    ...paged(named({ count: -1 }, { count: -10 }), (page, book) => {
      expectNone(page);
      expectTotal(page, book);
    }),
  },
  {
    id: 'page.start-below-one',
    title: 'A startIndex below 1 counts as 1',
    clause: 'RFC7644-3.4.2.4-03',
    // Not as far below as there are entries: counted from the end, that would be the first one too.
    ...paged(named({ startIndex: 0 }, { startIndex: -3 }), async (page, book) => {
      const { body } = page;
      if (body['startIndex'] !== undefined) expect.equal(body['startIndex'], 1, 'startIndex');
      const first = await book.page({ startIndex: 1 });
      expect.equal(page.resources.length, first.resources.length, 'as many entries as from 1:');
      if (first.resources.length === first.total) expect.set(idsOf(page), idsOf(first), 'the entries from 1:');
    }),
  },
  {
    id: 'page.start-one-based',
    title: 'startIndex counts from 1, and is 1 when it is left out',
    clause: 'RFC7644-3.4.2.4-04',
    ...paged(named({ startIndex: 2 }, { startIndex: 5 }, { startIndex: 1 }), async (page, book, { query }) => {
      const all = await book.page({});
      if (all.body['startIndex'] !== undefined) expect.equal(all.body['startIndex'], 1, 'startIndex');
      if (all.resources.length < all.total) throw new NotApplicable('the list does not fit on one page');
      const skipped = Number(query.startIndex) - 1;
      expect.equal(page.resources.length, all.total - skipped, `all entries but ${skipped}:`);
      const strangers = idsOf(page).filter(id => !idsOf(all).includes(id));
      expect.set(strangers, [], 'no ids beside those of the whole list:');
    }),
  },
  {
    id: 'page.beyond-end',
    title: 'A startIndex beyond the end gives an empty page and the total',
    clause: 'RFC7644-3.4.2.4-05',
    ...paged(named({ startIndex: 6 }, { startIndex: 1000, count: 2 }), (page, book) => {
      expectNone(page);
      expectTotal(page, book);
    }),
  },
  {
    id: 'page.start-index-later',
    title: 'A later page says where it starts',
    clause: 'RFC7644-3.4.2-07',
    ...paged(named({ startIndex: 3, count: 1 }, { startIndex: 2, count: 2 }), ({ body, resources }, _, { query }) => {
      if (resources.length === 0) throw new NotApplicable('the page came back empty, which is allowed');
      expect.equal(body['startIndex'], Number(query.startIndex), 'startIndex');
    }),
  },
  {
    id: 'page.items-filtered',
    title: 'itemsPerPage is the number of entries on a full page',
    clause: 'RFC7644-3.4.2-08',
    ...paged(named({ count: 2 }, { startIndex: 2, count: 1 }), ({ body, resources }, _, { query }) => {
      if (resources.length !== query.count) throw new NotApplicable('the page is not full');
      expect.equal(body['itemsPerPage'], resources.length, 'itemsPerPage');
    }),
  },
  {
    id: 'page.items-short',
    title: 'itemsPerPage is the number of entries on a short page too',
    clause: 'RFC7644-3.4.2.4-12',
    ...paged(named({ startIndex: 5, count: 3 }, { startIndex: 6, count: 3 }), ({ body, resources }) => {
      const value = body['itemsPerPage'];
      if (value !== undefined) expect.equal(value, resources.length, 'itemsPerPage');
    }),
  },
  {
    id: 'page.numbers',
    title: 'The numbers of a list response are integers',
    clause: 'RFC7644-3.4.2-05',
    also: ['RFC7644-3.4.2-07', 'RFC7644-3.4.2-08'],
    ...paged(named({}, { startIndex: 2, count: 2 }, { count: 0 }), ({ body }) => {
      expect.that(Number.isInteger(body['totalResults']), 'totalResults as an integer', show(body['totalResults']));
      for (const name of ['startIndex', 'itemsPerPage']) integer(body, name);
    }),
  },
  {
    id: 'page.resources',
    title: 'A list with matches has Resources as an array',
    clause: 'RFC7644-3.4.2-06',
    ...paged(named({}, { count: 2 }), ({ body }) => {
      expect.that(Array.isArray(body['Resources']), 'Resources as an array', show(body['Resources']));
    }),
  },
  {
    id: 'page.sum',
    title: 'The entries of all pages are as many as totalResults',
    clause: 'RFC7644-3.4.2.4-13',
    ...paged(
      named({ count: 1 }, { count: 2 }, { count: 3 }),
      async ({ body }, { filter, family }, { query }, context) => {
        const { ids, whole } = await walk(context, filter, query);
        if (!whole) throw new NotApplicable('the list takes too many pages to be seen');
        expect.equal(ids.length, body['totalResults'], 'as many entries as totalResults:');
        expect.set(
          [...ids],
          family.residents.map(({ id }) => id),
          'each id once:',
        );
      },
    ),
  },
  {
    id: 'page.count-large',
    title: 'A count above what the target gives at once is cut down or refused',
    clause: 'RFC7644-3.4.2.4-10',
    applies: [serves('User'), supports('filter')],
    async run(context) {
      const { filter, size } = await bookOf(context);
      const answer = await context.scim.list('/Users', { filter, count: 100_000 });
      expect.status(answer, 200, 400);
      if (answer.status !== 200) return { observed: describeAnswer(answer) };
      const { resources } = expect.page(answer);
      expect.that(
        resources.length > 0 && resources.length <= size,
        `1 to ${size} entries`,
        `${resources.length}`,
        answer,
      );
      return undefined;
    },
  },
  {
    id: 'list.unknown-parameter',
    title: 'Query parameters that do not exist are ignored',
    clause: 'RFC7644-3.4.2-02',
    applies: [serves('User'), supports('filter')],
    async run(context) {
      const { filter, family } = await bookOf(context);
      const path = `/Users?filter=${encodeURIComponent(filter)}&zzUnknown=1`;
      const answer = await context.scim.request({ method: 'GET', path });
      expect.status(answer, 200);
      const ids = idsOf(expect.page(answer));
      const strangers = ids.filter(id => !family.residents.some(resident => resident.id === id));
      expect.that(ids.length > 0 && strangers.length === 0, 'what the query finds without it', show(ids), answer);
    },
  },
  {
    id: 'page.open-not-a-number',
    title: 'What paging values that are no numbers do is on record',
    clause: 'RFC7644-3.4.2.4-11',
    applies: [serves('User'), supports('filter')],
    cases: () => named({ startIndex: 'abc' }, { count: 'abc' }, { count: '1.5' }),
    async run(context: Context, { query }: Paged) {
      const { filter } = await bookOf(context);
      return { observed: describeAnswer(await context.scim.list('/Users', { filter, ...query })) };
    },
  },
  {
    id: 'page.open-repeated',
    title: 'A page that is asked for twice is the same, as imports of Okta count on',
    clause: 'RFC7644-3.4.2.4-02',
    also: ['RFC7644-3.4.2-09', 'RFC7644-3.4.2.4-09', 'RFC7644-3.4.2.1-03'],
    applies: [serves('User'), supports('filter')],
    async run(context: Context) {
      const { page } = await bookOf(context);
      const [one, other] = [await page({ count: 2 }), await page({ count: 2 })];
      const equal = show(idsOf(one)) === show(idsOf(other));
      const left = ['startIndex', 'itemsPerPage'].filter(name => (one.body[name] ?? null) === null);
      const came = `${equal ? 'the same page' : 'another page'}; left out: ${left.join(', ') || 'nothing'}`;
      expect.that(equal, 'what imports of Okta count on: the same page twice', came);
      return { observed: came };
    },
  },
] as const satisfies readonly Check[];
