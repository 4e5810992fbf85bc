import { isErrorMessage } from '../../scim/message/error.ts';
import type { HttpResponse } from '../../scim/wire/message.ts';
import type { Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { describeAnswer, expect, show, type Page } from '../run/expect.ts';
import { serves, supports } from '../run/facts.ts';
import { idsOf } from '../run/steps.ts';
import { NotApplicable, Violation } from '../run/violation.ts';
import { paginationOf } from './cursor-config.ts';
import { bookOf, cursorOf, MOST_PAGES, nextOf, offersCursors } from './cursor-book.ts';
import { familyOf } from './family.ts';

const applies = [serves('User'), supports('filter'), offersCursors] as const;

const refused = (answer: HttpResponse, ...keywords: readonly string[]): void => {
  const keyword: string | undefined = isErrorMessage(answer.json) ? answer.json.scimType : undefined;
  if (answer.status !== 400 || keyword === undefined || !keywords.includes(keyword)) {
    throw new Violation(`status 400 with scimType ${keywords.join(' or ')}`, describeAnswer(answer), answer);
  }
};

/** Paging by cursor (RFC 9865), where ServiceProviderConfig announces it. */
export const cursor = [
  {
    id: 'cursor.walk',
    title: 'Following the cursors shows each match once',
    clause: 'RFC9865-2-17',
    also: ['RFC9865-2-08', 'RFC9865-2-07', 'RFC9865-2-01', 'RFC9865-2-09'],
    applies,
    cases: () => [1, 2, 3].map(count => ({ name: `pages of ${count}`, count })),
    async run(context: Context, { count }: { readonly name: string; readonly count: number }) {
      const { walk, ids } = await bookOf(context);
      const pages = await walk({ count });
      expect.set(pages.flatMap(idsOf), ids, 'each id once:');
    },
  },
  {
    id: 'cursor.next',
    title: 'Each page but the last has a nextCursor',
    clause: 'RFC9865-2-07',
    also: ['RFC9865-2-08'],
    applies,
    async run(context) {
      const { page, ids } = await bookOf(context);
      const first = await page({ cursor: '', count: 2 });
      expect.that(
        nextOf(first) !== undefined,
        `a nextCursor, since ${ids.length} match`,
        show(first.body['nextCursor']),
      );
      const other = await page({ cursor: nextOf(first) ?? '', count: 2 });
      expect.that(nextOf(other) !== undefined, 'a nextCursor on page 2 of 3', show(other.body['nextCursor']));
    },
  },
  {
    id: 'cursor.characters',
    title: 'Cursors hold only unreserved characters of a URI',
    clause: 'RFC9865-2-02',
    applies,
    async run(context) {
      const { walk } = await bookOf(context);
      for (const page of await walk({ count: 2 })) {
        for (const name of ['nextCursor', 'previousCursor']) {
          const value = cursorOf(page, name);
          if (value !== undefined) expect.that(/^[\w.~-]+$/.test(value), 'unreserved characters only', show(value));
        }
      }
    },
  },
  {
    id: 'cursor.count',
    title: 'A page by cursor holds no more entries than count says',
    clause: 'RFC9865-2-05',
    applies,
    async run(context) {
      const { page, walk } = await bookOf(context);
      const pages = await walk({ count: 2 });
      const back = cursorOf(pages.at(-1), 'previousCursor');
      if (back !== undefined) pages.push(await page({ cursor: back, count: 2 }));
      for (const { resources } of pages) {
        expect.that(resources.length <= 2, 'at most 2 entries', `${resources.length} entries`);
      }
    },
  },
  {
    id: 'cursor.count-zero',
    title: 'A count of 0 gives no entries by cursor either',
    clause: 'RFC9865-2-04',
    applies,
    async run(context) {
      const { page } = await bookOf(context);
      const { resources } = await page({ cursor: '', count: 0 });
      expect.that(resources.length === 0, 'no entries', `${resources.length} entries`);
    },
  },
  {
    id: 'cursor.count-negative',
    title: 'A negative count counts as 0 by cursor too, or is refused',
    clause: 'RFC9865-2-03',
    applies,
    async run(context) {
      const { ask } = await bookOf(context);
      const answer = await ask({ cursor: '', count: -1 });
      if (answer.status === 400) return refused(answer, 'invalidCount', 'invalidValue');
      expect.status(answer, 200);
      const { resources } = expect.page(answer);
      expect.that(resources.length === 0, 'no entries', `${resources.length} entries`, answer);
    },
  },
  {
    id: 'cursor.first-has-no-previous',
    title: 'The first page has no previousCursor',
    clause: 'RFC9865-2-11',
    applies,
    async run(context) {
      const { page } = await bookOf(context);
      const { body } = await page({ cursor: '', count: 2 });
      expect.equal(body['previousCursor'] ?? null, null, 'previousCursor');
    },
  },
  {
    id: 'cursor.previous',
    title: 'A previousCursor leads to the page before',
    clause: 'RFC9865-2-10',
    applies,
    async run(context) {
      const { page } = await bookOf(context);
      const first = await page({ cursor: '', count: 2 });
      const second = await page({ cursor: nextOf(first) ?? '', count: 2 });
      const back = cursorOf(second, 'previousCursor');
      if (back === undefined) throw new NotApplicable('pages have no previousCursor, which is optional');
      expect.set(idsOf(await page({ cursor: back, count: 2 })), idsOf(first), 'the ids of page 1:');
    },
  },
  {
    id: 'cursor.walk-back',
    title: 'Following the cursors back from the last page shows each match before it once',
    clause: 'RFC9865-2-17',
    also: ['RFC9865-2-10'],
    applies,
    async run(context) {
      const { page, walk } = await bookOf(context);
      const pages = await walk({ count: 2 });
      const back: string[] = [];
      let cursor = cursorOf(pages.at(-1), 'previousCursor');
      if (cursor === undefined) throw new NotApplicable('pages have no previousCursor, which is optional');
      for (let turns = 0; cursor !== undefined && turns < MOST_PAGES; turns += 1) {
        const before: Page = await page({ cursor, count: 2 });
        back.push(...idsOf(before));
        cursor = cursorOf(before, 'previousCursor');
      }
      expect.set(back, pages.slice(0, -1).flatMap(idsOf), 'each id of the pages before once:');
    },
  },
  {
    id: 'cursor.total',
    title: 'totalResults, where a page by cursor has it, counts all matches',
    clause: 'RFC7644-3.4.2-05',
    also: ['RFC9865-2-15'],
    applies,
    async run(context) {
      const { walk, ids } = await bookOf(context);
      const totals = (await walk({ count: 2 })).flatMap(({ body }) => body['totalResults'] ?? []);
      for (const total of totals) expect.equal(total, ids.length, 'totalResults');
      return totals.length > 0 ? undefined : { observed: 'pages by cursor have no totalResults' };
    },
  },
  {
    id: 'cursor.invalid',
    title: 'A cursor that nobody gave out is refused with 400 invalidCursor',
    clause: 'RFC9865-2.1-02',
    also: ['RFC9865-2.1-01', 'RFC9865-5.2-04'],
    applies,
    cases: () => [{ name: 'made up' }, { name: 'changed' }],
    async run(context: Context, { name }: { readonly name: string }) {
      const { ask, page } = await bookOf(context);
      const given = name === 'changed' ? (nextOf(await page({ cursor: '', count: 2 })) ?? '') : '';
      const forged = name === 'changed' ? `${given.startsWith('a') ? 'b' : 'a'}${given.slice(1)}` : 'forged123';
      refused(await ask({ cursor: forged, count: 2 }), 'invalidCursor', 'expiredCursor');
    },
  },
  {
    id: 'cursor.invalid-count',
    title: 'A count that is no number is refused with 400 invalidCount',
    clause: 'RFC9865-2.1-04',
    applies,
    async run(context) {
      const { ask } = await bookOf(context);
      refused(await ask({ cursor: '', count: 'abc' }), 'invalidCount', 'invalidValue');
    },
  },
  {
    id: 'cursor.sorted',
    title: 'Pages by cursor are in the order of sortBy',
    clause: 'RFC9865-2.2-01',
    applies: [...applies, supports('sort')],
    async run(context) {
      const { walk } = await bookOf(context);
      const { residents } = await familyOf(context);
      const pages = await walk({ count: 2, sortBy: 'userName', sortOrder: 'descending' });
      const right = [...residents].sort((one, other) => (one.key < other.key ? 1 : -1)).map(({ id }) => id);
      expect.equal(pages.flatMap(idsOf), right, 'the ids by userName, last first:');
    },
  },
  {
    id: 'cursor.method',
    title: 'The parameter of a request says how it is paged, a constant default where it has none',
    clause: 'RFC9865-2.4-02',
    also: ['RFC9865-4-04', 'RFC9865-2.4-01', 'RFC9865-2.3-01', 'RFC9865-2.4-03'],
    applies,
    async run(context) {
      const { page } = await bookOf(context);
      const kinds = [await page({ count: 2 }), await page({ count: 2 })].map(one => nextOf(one) !== undefined);
      expect.equal(kinds[0], kinds[1], 'the same kind of page twice:');
      const method = paginationOf(context.facts)?.['defaultPaginationMethod'];
      if (method === 'cursor' || method === 'index') expect.equal(kinds[0], method === 'cursor', 'pages by cursor:');
      return { observed: kinds[0] ? 'pages by cursor by default' : 'pages by index by default' };
    },
  },
  {
    id: 'cursor.search',
    title: 'Cursors work in searches by POST',
    clause: 'RFC9865-3-01',
    also: ['RFC9865-2.1-05'],
    applies,
    async run(context) {
      const { within: filter, residents } = await familyOf(context);
      if (filter === undefined) throw new NotApplicable('no filter confines a search to users of this run');
      const ids: string[] = [];
      for (let next: string | undefined = '', page = 0; next !== undefined && page < MOST_PAGES; page += 1) {
        const answer: HttpResponse = await context.scim.search('/Users', {
          filter,
          cursor: next,
          count: 2,
        });
        if ([403, 404, 405, 501].includes(answer.status ?? 0)) throw new NotApplicable(describeAnswer(answer));
        expect.status(answer, 200);
        const came = expect.page(answer);
        ids.push(...idsOf(came));
        next = nextOf(came);
      }
      const right = residents.map(({ id }) => id);
      expect.set(ids, right, 'each id once:');
    },
  },
  {
    id: 'cursor.open-page-members',
    title: 'What a page by cursor says of itself is on record',
    clause: 'RFC9865-2-16',
    also: ['RFC9865-2-06'],
    applies,
    async run(context) {
      const { page } = await bookOf(context);
      const { body } = await page({ cursor: '' });
      return { observed: Object.keys(body).join(', ') };
    },
  },
  {
    id: 'cursor.announced',
    title: 'A provider that pages by cursor says so in ServiceProviderConfig',
    clause: 'RFC9865-4-01',
    applies: [serves('User'), supports('filter')],
    async run(context) {
      const { page } = await bookOf(context);
      const offers = nextOf(await page({ count: 2 })) !== undefined;
      if (!offers && !paginationOf(context.facts)) throw new NotApplicable('pages are not by cursor');
      expect.that(paginationOf(context.facts) !== undefined, 'pagination in ServiceProviderConfig', 'none');
    },
  },
] as const satisfies readonly Check[];
