import { isObject } from '../../scim/message/list.ts';
import { filterValue } from '../../scim/message/patch.ts';
import { SEARCH_REQUEST } from '../../scim/message/urn.ts';
import type { HttpResponse, JsonObject } from '../../scim/wire/message.ts';
import type { Query } from '../../scim/client.ts';
import type { Case, Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { describeAnswer, expect, show, type Page } from '../run/expect.ts';
import { flagOf, keeps, serves, supports } from '../run/facts.ts';
import { reporters } from '../run/reporters.ts';
import { idsOf, pageOf, succeeded } from '../run/steps.ts';
import { Blocked, NotApplicable, Violation } from '../run/violation.ts';
import { familyOf, isDeclined, pageFor, type Family } from './family.ts';
import { expectOnly, expectWithout } from './projection-oracle.ts';

/** Statuses of a provider that has no such endpoint. */
const UNOFFERED: ReadonlySet<number | undefined> = new Set([403, 404, 405, 501]);

/** @throws NotApplicable where searches by POST are not offered, or this one is declined. */
async function search({ scim }: Context, endpoint: string, request: JsonObject): Promise<HttpResponse> {
  const answer = await scim.search(endpoint, request);
  if (UNOFFERED.has(answer.status)) throw new NotApplicable(`no ${endpoint}/.search: ${describeAnswer(answer)}`);
  return answer;
}

async function searched(context: Context, request: JsonObject): Promise<Page & { readonly answer: HttpResponse }> {
  const answer = await search(context, '/Users', request);
  if (isDeclined(answer)) throw new NotApplicable(`declined: ${describeAnswer(answer)}`);
  return { ...expect.page(answer), answer };
}

/** The family and a filter for nobody else. @throws NotApplicable without such a filter. */
async function confinedFamily(context: Context): Promise<Family & { readonly within: string }> {
  const family = await familyOf(context);
  if (family.within === undefined) throw new NotApplicable('no filter confines a search to users of this run');
  return { ...family, within: family.within };
}

/** @throws Blocked where GET itself does not page: then it is no measure of the search. */
function assertPaged({ resources, total }: Page, { count, startIndex = 1 }: Query): void {
  if (count !== undefined && resources.length > Number(count)) {
    throw new Blocked(
      count === 0 ? 'page.count-none' : 'page.count-filtered',
      'GET shows more entries than count says',
    );
  }
  if (Number(startIndex) > 1 && resources.length > Math.max(0, total - Number(startIndex) + 1)) {
    throw new Blocked('page.start-one-based', 'GET shows entries before startIndex');
  }
}

interface Searched extends Case {
  readonly query: Query;
  /** The order is part of the answer. */
  readonly sorted?: true;
}

const queries: readonly Searched[] = [
  { name: 'filter', query: {} },
  { name: 'count', query: { count: 2 } },
  { name: 'count 0', query: { count: 0 } },
  { name: 'startIndex', query: { startIndex: 4 } },
  { name: 'startIndex and count', query: { startIndex: 2, count: 2 } },
  { name: 'sortBy', query: { sortBy: 'displayName' }, sorted: true },
  { name: 'sortBy descending', query: { sortBy: 'userName', sortOrder: 'descending' }, sorted: true },
  { name: 'attributes', query: { attributes: ['displayName', 'name.givenName'] } },
  { name: 'excludedAttributes', query: { excludedAttributes: ['emails', 'displayName'] } },
];

/** Searches by POST (RFC 7644 section 3.4.3) and queries at the root (section 3.4.2.1). */
export const searches = [
  {
    id: 'search.same-as-get',
    title: 'A search by POST finds and shows what the same query finds by GET',
    clause: 'RFC7644-3.4.3-11',
    applies: [serves('User'), supports('filter')],
    cases: () => queries,
    async run(context: Context, { query, sorted }: Searched) {
      if (sorted && flagOf(context.facts, 'sort') !== true) throw new NotApplicable('sorting is not announced');
      const { within: filter, residents } = await confinedFamily(context);
      const found = await searched(context, { filter, ...query });
      const right = await pageFor(context, { filter, ...query });
      assertPaged(right, query);
      expect.equal(found.body['totalResults'], right.body['totalResults'], 'totalResults as by GET:', found.answer);
      const [here, there] = [found.body['startIndex'], right.body['startIndex']];
      if (here !== undefined && there !== undefined) expect.equal(here, there, 'startIndex as by GET:', found.answer);
      const alike = found.resources.length === right.resources.length;
      if (sorted && alike) expect.equal(idsOf(found), idsOf(right), 'the ids in the order of GET:', found.answer);
      else if (right.resources.length === right.total)
        expect.set(idsOf(found), idsOf(right), 'the ids of GET:', found.answer);
      if (query.count !== undefined) {
        const right = found.resources.length <= Number(query.count);
        expect.that(right, `at most ${query.count} entries`, `${found.resources.length} entries`, found.answer);
      }
      for (const shown of found.resources) {
        const whole = residents.find(({ id }) => id === shown['id'])?.stored;
        if (!whole) continue;
        const projection = { facts: context.facts, whole, shown };
        if (query.attributes) expectOnly(projection, query.attributes);
        else expectWithout(projection, query.excludedAttributes ?? []);
      }
    },
  },
  {
    id: 'search.filter',
    title: 'A search by POST finds what its filter asks for and nobody else',
    clause: 'RFC7644-3.4.2.2-03',
    applies: [serves('User'), supports('filter')],
    async run(context) {
      const { residents } = await familyOf(context);
      const [bob] = residents;
      const found = await searched(context, { filter: `userName eq ${filterValue(bob?.sent['userName'] ?? '')}` });
      expect.set(idsOf(found), [bob?.id ?? ''], 'exactly the id:');
    },
  },
  {
    id: 'search.after-change',
    title: 'A search by POST shows a user as it is, and not as it was before a change',
    clause: 'RFC7644-3.4.3-11',
    applies: [serves('User'), supports('filter'), keeps('displayName')],
    async run(context) {
      const { given, scim, stored } = context;
      const { id, sent } = await given.user();
      const filter = `id eq ${filterValue(id)}`;
      const nameIn = ({ resources }: Page) => resources.find(entry => entry['id'] === id)?.['displayName'] ?? null;
      const before = nameIn(await searched(context, { filter }));
      if (before === null) throw new NotApplicable('a search by id shows no displayName');
      const displayName = given.unique('renamed');
      succeeded(await scim.replace('/Users', id, { ...sent, displayName }), reporters.write.PUT);
      const right = (await stored('/Users', id))['displayName'] ?? null;
      if (right === before) throw new NotApplicable('the displayName of a user stays as it was');
      const found = await searched(context, { filter });
      if (nameIn(found) === right) return;
      if (nameIn(await pageFor(context, { filter })) !== right) {
        throw new Blocked('list.last-modified', 'a list by GET does not show the change either');
      }
      throw new Violation(`displayName ${show(right)}, as a list by GET shows it`, show(nameIn(found)), found.answer);
    },
  },
  {
    id: 'search.creates-nothing',
    title: 'A search by POST creates nothing',
    clause: 'RFC7644-3.4.3-02',
    applies: [serves('User'), supports('filter')],
    async run(context) {
      const userName = `${context.given.unique('search')}@${context.given.domain}`;
      const body = { schemas: [SEARCH_REQUEST], filter: `userName eq ${filterValue(userName)}`, userName };
      const answer = await search(context, '/Users', body);
      expect.status(answer, 200, 400);
      const found = await pageFor(context, { filter: `userName eq ${filterValue(userName)}` });
      expect.set(idsOf(found), [], 'no ids:');
    },
  },
  {
    id: 'search.broken-filter',
    title: 'A search by POST with a broken filter is refused with 400 invalidFilter',
    clause: 'RFC7644-3.4.3-08',
    applies: [serves('User'), supports('filter')],
    cases: () => ['userName eq', '(userName eq "x"', 'userName resembles "x"'].map(filter => ({ name: filter })),
    async run(context: Context, { name: filter }: Case) {
      const answer = await search(context, '/Users', { filter });
      const keyword = isObject(answer.json) ? answer.json['scimType'] : undefined;
      if (answer.status !== 400 || (keyword !== undefined && keyword !== 'invalidFilter')) {
        throw new Violation('status 400 with scimType "invalidFilter"', describeAnswer(answer), answer);
      }
    },
  },
  {
    id: 'search.root',
    title: 'A query at the root covers all resource types by the rules of all filters',
    clause: 'RFC7644-3.4.2.1-04',
    also: ['RFC7644-3.4.2.1-01', 'RFC7644-3.4.3-03', 'RFC7644-3.4.2.1-02'],
    applies: [serves('User'), serves('Group'), supports('filter')],
    cases: () =>
      ['GET', 'POST'].flatMap(method => [
        { name: `${method} both types`, method, right: ['user', 'group'], more: '' },
        { name: `${method} users`, method, right: ['user'], more: ' and meta.resourceType eq "User"' },
        { name: `${method} groups`, method, right: ['group'], more: ' and meta.resourceType eq "Group"' },
      ]),
    async run(context: Context, { method, right, more }: Case & { method: string; right: string[]; more: string }) {
      const { user, group, filter } = await pairOf(context);
      const ids = await atRoot(context, method, `${filter}${more}`);
      expect.set(
        ids,
        right.map(type => (type === 'user' ? user : group)),
        'exactly the ids:',
      );
    },
  },
  {
    id: 'search.root-foreign',
    title: 'At the root an attribute that a type does not have counts as having no value there',
    clause: 'RFC7644-3.4.2.1-05',
    applies: [serves('User'), serves('Group'), supports('filter')],
    cases: () => [
      { name: 'pr', more: 'userName pr', right: 'user' },
      { name: 'not', more: 'not (userName pr)', right: 'group' },
    ],
    async run(context: Context, { more, right }: Case & { more: string; right: string }) {
      const { user, group, filter } = await pairOf(context);
      const ids = await atRoot(context, 'GET', `${filter} and ${more}`);
      expect.set(ids, [right === 'user' ? user : group], 'exactly the id:');
    },
  },
  {
    id: 'search.root-total',
    title: 'A query at the root without a filter counts the resources of all types',
    clause: 'RFC7644-3.4.2.1-01',
    also: ['RFC7644-3.4.3-03'],
    applies: [serves('User'), serves('Group')],
    exclusive: true,
    cases: () => [{ name: 'GET' }, { name: 'POST' }],
    async run(context: Context, { name: method }: Case) {
      await pairOf(context);
      const count = async () => [await totalOf(context, '/Users'), await totalOf(context, '/Groups')] as const;
      const before = await count();
      const answer = await rootAnswer(context, method, { count: 1 });
      const { total } = pageOf(answer);
      const after = await count();
      // Others may come and go meanwhile: no fewer than there were at either time, type by type.
      const least = Math.min(before[0], after[0]) + Math.min(before[1], after[1]);
      if (Number.isNaN(least + total)) throw new NotApplicable('lists do not say how many match');
      expect.that(total >= least, `totalResults of ${least} or more, users and groups`, String(total), answer);
    },
  },
] as const satisfies readonly Check[];

interface Pair {
  readonly user: string;
  readonly group: string;
  /** Finds both by a name they share the beginning of. */
  readonly filter: string;
}

/** A user and a group that one filter finds. @throws NotApplicable when the target lists neither by it. */
const pairOf = async (context: Context): Promise<Pair> =>
  context.shared('root', async ({ given, stored }) => {
    const mark = given.unique('root');
    const user = await given.user({ displayName: `${mark}-user` });
    const group = await given.group({ displayName: `${mark}-group` });
    const names = [await stored('/Users', user.id), await stored('/Groups', group.id)].map(one => one['displayName']);
    if (!names.every(name => typeof name === 'string' && name.startsWith(mark))) {
      throw new NotApplicable('the target does not keep displayName as it was sent');
    }
    return { user: user.id, group: group.id, filter: `displayName sw ${filterValue(mark)}` };
  });

/** How many resources a list without a filter counts. */
const totalOf = async ({ scim }: Context, endpoint: string): Promise<number> =>
  pageOf(await scim.list(endpoint, { count: 1 })).total;

/** What the root answers a query with. @throws NotApplicable where there is none, or where it is declined. */
async function rootAnswer(
  context: Context,
  method: string,
  query: { readonly filter?: string; readonly count?: number },
): Promise<HttpResponse> {
  const answer = await (method === 'POST' ? search(context, '', query) : context.scim.list('', query));
  if (UNOFFERED.has(answer.status) || isDeclined(answer)) {
    throw new NotApplicable(`no query at the root: ${describeAnswer(answer)}`);
  }
  if (answer.status === 400) throw new NotApplicable(`declined: ${describeAnswer(answer)}`);
  expect.status(answer, 200);
  if (!isObject(answer.json) || answer.json['totalResults'] === undefined) {
    throw new NotApplicable('the root answers with something else than a list');
  }
  return answer;
}

/** Ids of what a query at the root finds. @throws NotApplicable as above. */
async function atRoot(context: Context, method: string, filter: string): Promise<string[]> {
  const page = pageOf(await rootAnswer(context, method, { filter }));
  if (page.resources.length < page.total) {
    const next = await context.scim.list('', { filter, startIndex: page.resources.length + 1 });
    return [...idsOf(page), ...(next.status === 200 && method === 'GET' ? idsOf(pageOf(next)) : [])];
  }
  return idsOf(page);
}
