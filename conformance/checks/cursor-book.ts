import { isErrorMessage } from '../../scim/message/error.ts';
import type { HttpResponse, Json } from '../../scim/wire/message.ts';
import type { Query } from '../../scim/client.ts';
import type { Context } from '../run/context.ts';
import { describeAnswer, expect, type Page } from '../run/expect.ts';
import type { Condition } from '../run/facts.ts';
import { NotApplicable, Violation } from '../run/violation.ts';
import { paginationOf } from './cursor-config.ts';
import { familyOf, isDeclined } from './family.ts';

/** The target announces paging by cursor. */
export const offersCursors: Condition = {
  name: 'supports cursors',
  unmet: facts =>
    paginationOf(facts)?.['cursor'] === true ? undefined : 'ServiceProviderConfig announces no paging by cursor',
};

/** The users of the family, and pages by cursor of nobody else. */
interface Book {
  readonly ids: readonly string[];
  ask(query: Query): Promise<HttpResponse>;
  page(query: Query): Promise<Page>;
  walk(query: Query): Promise<Page[]>;
}

/** More pages than the family can fill. */
export const MOST_PAGES = 9;

/** @throws NotApplicable where no filter finds the family alone, or a query is declined */
export async function bookOf(context: Context): Promise<Book> {
  const { within: filter, residents } = await familyOf(context);
  if (filter === undefined) throw new NotApplicable('no filter confines the list to users of this run');
  const ask = async (query: Query) => {
    const answer = await context.scim.list('/Users', { filter, ...query });
    if (isDeclined(answer) && !isErrorMessage(answer.json)) throw new NotApplicable(describeAnswer(answer));
    return answer;
  };
  const page = async (query: Query) => {
    const answer = await ask(query);
    expect.status(answer, 200);
    return expect.page(answer);
  };
  return {
    ids: residents.map(({ id }) => id),
    ask,
    page,
    async walk(query) {
      const pages = [await page({ ...query, cursor: '' })];
      for (let next = nextOf(pages.at(-1)); next !== undefined; next = nextOf(pages.at(-1))) {
        if (pages.length === MOST_PAGES) throw new Violation('an end of the pages', `${MOST_PAGES} pages and more`);
        pages.push(await page({ ...query, cursor: next }));
      }
      return pages;
    },
  };
}

/** The cursor that a page gives under a name, where it is a text. */
export const cursorOf = (page: Page | undefined, name: string): string | undefined => {
  const value: Json = page?.body[name] ?? '';
  return typeof value === 'string' && value !== '' ? value : undefined;
};
/** Where the next page is. */
export const nextOf = (page: Page | undefined) => cursorOf(page, 'nextCursor');
