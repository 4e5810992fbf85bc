import { ENTERPRISE_USER, USER } from '../../scim/message/urn.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import type { Query } from '../../scim/client.ts';
import { traitOf, valuesAt, type Trait } from '../run/attributes.ts';
import type { Case, Check, Probe } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { flagOf, serves, supports, type Facts } from '../run/facts.ts';
import { NotApplicable } from '../run/violation.ts';
import { isObject } from '../../scim/message/list.ts';
import { assertKept, familyOf, walk, type Resident } from './family.ts';

interface Sorted extends Case {
  readonly path: string;
  /** Attributes as they stand in the request, where that is not the path. */
  readonly sortBy?: string;
  readonly sortOrder?: string;
  /** What alone of each entry is asked for. */
  readonly attributes?: readonly string[];
  /** Entries on a page. */
  readonly count?: number;
}

type Key = string | number | boolean | undefined;

/** What a resource is sorted by: of several values the primary one, else the first. */
function keyOf(resource: JsonObject, { path, type, caseExact }: Trait): Key {
  const [parent = ''] = path.split('.');
  const list = path.startsWith('urn:') ? undefined : resource[parent];
  const elements = Array.isArray(list) ? (list as readonly Json[]).filter(isObject) : undefined;
  const element = elements?.find(one => one['primary'] === true) ?? elements?.[0];
  const [value] = valuesAt(element ? { ...resource, [parent]: element } : resource, path);
  if (typeof value !== 'string') return typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
  if (type === 'dateTime') return Date.parse(value);
  return caseExact ? value : value.toLowerCase();
}

/** Below zero when the first belongs before the second: missing values last ascending, first descending. */
function ranked(one: Key, other: Key, descending: boolean): number {
  if (one === other) return 0;
  const before = other === undefined || (one !== undefined && one < other) ? -1 : 1;
  return descending ? -before : before;
}

/** All of the family in the order of the query. @throws NotApplicable when it cannot be asked for alone. */
async function inOrder(context: Context, query: Query): Promise<Resident[]> {
  const family = await familyOf(context);
  if (family.within === undefined) throw new NotApplicable('no filter confines the list to users of this run');
  const { ids, whole } = await walk(context, family.within, query);
  if (!whole) throw new NotApplicable('the list takes too many pages to be seen');
  const known = ids.flatMap(id => family.residents.filter(resident => resident.id === id));
  expect.set(
    known.map(({ key }) => key),
    family.residents.map(({ key }) => key),
    'each user once:',
  );
  return known;
}

const sorting = (table: readonly Sorted[]): Pick<Probe<Sorted>, 'applies' | 'cases' | 'run'> => ({
  applies: [serves('User'), supports('sort'), supports('filter')],
  cases: facts => table.filter(({ path }) => traitOf(facts, 'User', path) !== undefined),
  async run(context, { path, sortBy = path, sortOrder, attributes, count }) {
    const trait = traitOf(context.facts, 'User', path);
    if (!trait) return;
    const family = await familyOf(context);
    assertKept(family, path);
    const query = {
      sortBy,
      ...(sortOrder !== undefined && { sortOrder }),
      ...(attributes && { attributes }),
      ...(count !== undefined && { count }),
    };
    const shown = await inOrder(context, query);
    const keys = shown.map(({ stored }) => keyOf(stored, trait));
    const descending = sortOrder?.toLowerCase() === 'descending';
    const right = keys.every((key, at) => at === 0 || ranked(keys[at - 1], key, descending) <= 0);
    const values = keys.map(key => key ?? null);
    expect.that(right, `users by ${path}, ${descending ? 'descending' : 'ascending'}`, show(values));
  },
});

const both = (path: string): Sorted[] =>
  ['ascending', 'descending'].map(sortOrder => ({ name: `${path} ${sortOrder}`, path, sortOrder }));

/** A query that sorts, answered in whatever way. */
const question = (query: Query) => async (context: Context) => {
  const family = await familyOf(context);
  const answer = await context.scim.list('/Users', {
    ...query,
    ...(family.within !== undefined && { filter: family.within }),
  });
  return { observed: describeAnswer(answer) };
};

/** Sorted lists (RFC 7644 section 3.4.2.3). */
export const sort = [
  {
    id: 'sort.by',
    title: 'sortBy puts a list in order',
    clause: 'RFC7644-3.4.2.3-03',
    ...sorting([
      { name: 'userName', path: 'userName', sortOrder: 'ascending' },
      { name: 'displayName', path: 'displayName', sortOrder: 'ascending' },
      { name: 'externalId', path: 'externalId', sortOrder: 'ascending' },
      { name: 'in capitals', path: 'userName', sortBy: 'USERNAME', sortOrder: 'ascending' },
      { name: 'with URN', path: 'displayName', sortBy: `${USER}:displayName`, sortOrder: 'ascending' },
      { name: 'of what is not shown', path: 'displayName', attributes: ['userName'] },
    ]),
  },
  {
    id: 'sort.descending',
    title: 'sortOrder descending turns the order round',
    clause: 'RFC7644-3.4.2.3-07',
    ...sorting([
      { name: 'userName', path: 'userName', sortOrder: 'descending' },
      { name: 'displayName', path: 'displayName', sortOrder: 'descending' },
    ]),
  },
  {
    id: 'sort.default-order',
    title: 'Without sortOrder the order is ascending',
    clause: 'RFC7644-3.4.2.3-08',
    ...sorting([
      { name: 'userName', path: 'userName' },
      { name: 'displayName', path: 'displayName' },
    ]),
  },
  {
    id: 'sort.sub-attribute',
    title: 'sortBy takes a sub-attribute',
    clause: 'RFC7644-3.4.2.3-04',
    ...sorting([...both('name.familyName'), ...both('name.givenName')]),
  },
  {
    id: 'sort.extension',
    title: 'sortBy takes an attribute of an extension by its URN',
    clause: 'RFC7644-3.10-01',
    ...sorting([{ name: 'department', path: `${ENTERPRISE_USER}:department` }]),
  },
  {
    id: 'sort.primary',
    title: 'A multi-valued attribute sorts by its primary value',
    clause: 'RFC7644-3.4.2.3-05',
    ...sorting(both('emails.value')),
  },
  {
    id: 'sort.missing',
    title: 'Users without the value come last ascending and first descending',
    clause: 'RFC7644-3.4.2.3-06',
    ...sorting([...both('userType'), ...both('nickName'), ...both('externalId')]),
  },
  {
    id: 'sort.type',
    title: 'Texts sort without case where they are not caseExact, dates by time',
    clause: 'RFC7644-3.4.2.3-09',
    ...sorting([...both('title'), ...both('meta.created')]),
  },
  {
    id: 'sort.before-paging',
    title: 'A list is sorted before it is cut into pages',
    clause: 'RFC7644-3.4.2.3-12',
    ...sorting([
      { name: 'userName', path: 'userName', count: 2 },
      { name: 'title descending', path: 'title', sortOrder: 'descending', count: 2 },
    ]),
  },
  {
    id: 'sort.flag',
    title: 'The sort flag of ServiceProviderConfig agrees with what sortBy does',
    clause: 'RFC7643-5-17',
    also: ['RFC7644-3.4.2.3-01'],
    applies: [serves('User')],
    cases: (facts: Facts) => (flagOf(facts, 'sort') === undefined ? [] : [{ name: String(flagOf(facts, 'sort')) }]),
    async run(context: Context, { name }: Case) {
      const { within } = await familyOf(context);
      const query = { sortBy: 'userName', ...(within !== undefined && { filter: within }) };
      const answer = await context.scim.list('/Users', query);
      if (name === 'true') return expect.status(answer, 200);

      expect.status(answer, 200, 400, 403, 501);
    },
  },
  {
    id: 'sort.open-order-alone',
    title: 'What sortOrder without sortBy does is on record',
    clause: 'RFC7644-3.4.2.3-10',
    applies: [serves('User'), supports('sort')],
    run: question({ sortOrder: 'descending' }),
  },
  {
    id: 'sort.open-unknown',
    title: 'What sorting by an unknown attribute gives is on record',
    clause: 'RFC7644-3.4.2.3-11',
    applies: [serves('User'), supports('sort')],
    run: question({ sortBy: 'noSuchAttribute' }),
  },
] as const satisfies readonly Check[];
