import type { Query } from '../../scim/client.ts';
import { isObject } from '../../scim/message/list.ts';
import { filterValue } from '../../scim/message/patch.ts';
import type { HttpResponse } from '../../scim/wire/message.ts';
import type { Check } from '../run/check.ts';
import { startGroup } from '../run/change.ts';
import type { Context } from '../run/context.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { serves, supports } from '../run/facts.ts';
import { reporters } from '../run/reporters.ts';
import { isUnset } from '../run/state.ts';
import { filtered, idsOf, pageOf, succeeded } from '../run/steps.ts';
import { isSameVersion, tagOf, versionIn } from '../run/versions.ts';
import { Blocked, NotApplicable } from '../run/violation.ts';

const onLists = [serves('Group'), supports('filter')] as const;
const LETTERS = ['b', 'a', 'c'] as const;

/** Three groups whose names begin alike, made in another order than that of their names. */
const teams = async ({ shared }: Context) =>
  shared('teams', async ({ given }) => {
    const mark = given.unique('team');
    const made = [];
    for (const letter of LETTERS) {
      const externalId = `${mark}-x-${letter}`;
      made.push({ ...(await given.group({ displayName: `${mark}-${letter}`, externalId })), externalId });
    }
    const [b, a, c] = made as [(typeof made)[0], (typeof made)[0], (typeof made)[0]];
    return { filter: `displayName sw ${filterValue(`${mark}-`)}`, inOrder: [a, b, c] };
  });

/** The three groups, one on each page. Where a page shows more, neither order nor walk can be told. */
async function walked(context: Context, query: Query) {
  const { filter, inOrder } = await teams(context);
  const ids: string[] = [];
  for (const startIndex of [1, 2, 3]) {
    const page = await filtered(context, '/Groups', filter, { ...query, startIndex, count: 1 });
    if (page.resources.length > 1) throw new Blocked('group.page-count', 'a page holds more groups than count says');
    ids.push(...idsOf(page));
  }
  return { ids, inOrder: inOrder.map(({ id }) => id) };
}

/** Writes a group by the method, and shows its name alone. */
async function written(context: Context, method: string): Promise<HttpResponse> {
  const { scim, given, facts } = context;
  const options = { query: { attributes: ['displayName'] } };
  const draft = given.groupDraft({ externalId: given.unique('external') });
  if (method === 'POST') return scim.create('/Groups', draft, options);
  if (method === 'PATCH') {
    const unmet = supports('patch').unmet(facts);
    if (unmet !== undefined) throw new NotApplicable(unmet);
  }
  const { id, sent } = await given.group(draft);
  if (method === 'PUT') return scim.replace('/Groups', id, { ...sent, id }, options);
  const displayName = given.unique('renamed');
  return scim.patch('/Groups', id, [{ op: 'replace', path: 'displayName', value: displayName }], options);
}

/** What holds of lists, versions and projections holds of groups as well. */
export const groupQueries = [
  {
    id: 'group.sorted',
    title: 'sortBy puts a list of groups in order',
    clause: 'RFC7644-3.4.2.3-03',
    also: ['RFC7644-3.4.2.3-07'],
    applies: [...onLists, supports('sort')],
    cases: () => [{ name: 'ascending' }, { name: 'descending' }],
    async run(context: Context, { name: sortOrder }) {
      const { ids, inOrder } = await walked(context, { sortBy: 'displayName', sortOrder });
      const right = sortOrder === 'ascending' ? inOrder : inOrder.toReversed();
      expect.equal(ids, right, 'the groups in order of their names:');
    },
  },
  {
    id: 'group.page-count',
    title: 'A page of groups holds no more entries than count says, and totalResults counts all of them',
    clause: 'RFC7644-3.4.2.4-06',
    also: ['RFC7644-3.4.2-05'],
    applies: onLists,
    async run(context: Context) {
      const { filter, inOrder } = await teams(context);
      const page = await filtered(context, '/Groups', filter, { count: 2 });
      expect.that(page.resources.length <= 2, 'two groups at most', `${page.resources.length}`);
      expect.equal(page.body['totalResults'], inOrder.length, 'totalResults');
    },
  },
  {
    id: 'group.page-walk',
    title: 'The pages of a list of groups show each of them once',
    clause: 'RFC7644-3.4.2.4-14',
    applies: onLists,
    async run(context: Context) {
      const { ids, inOrder } = await walked(context, {});
      expect.set(ids, inOrder, 'each group on one of three pages:');
    },
  },
  {
    id: 'group.by-external-id',
    title: 'A group is found by its externalId',
    clause: 'RFC7643-3.1-15',
    also: ['RFC7644-3.4.2.2-60'],
    applies: onLists,
    async run(context: Context) {
      const { inOrder } = await teams(context);
      const [group] = inOrder;
      const kept = (await context.stored('/Groups', group?.id ?? ''))['externalId'];
      if (isUnset(kept)) throw new NotApplicable('a group comes back without its externalId');
      const page = await filtered(context, '/Groups', `externalId eq ${filterValue(group?.externalId ?? '')}`);
      expect.set(idsOf(page), [group?.id ?? ''], 'exactly the id');
    },
  },
  {
    id: 'group.resource-type',
    title: 'A filter on meta.resourceType tells groups from users at the endpoint of groups too',
    clause: 'RFC7644-3.4.2.2-03',
    also: ['RFC7644-3.4.2.2-59'],
    applies: onLists,
    cases: () => [{ name: 'Group' }, { name: 'User' }],
    async run(context: Context, { name }) {
      const { inOrder } = await teams(context);
      const [group] = inOrder;
      const own = `displayName eq ${filterValue(group?.name ?? '')}`;
      const page = await filtered(context, '/Groups', `meta.resourceType eq ${filterValue(name)} and ${own}`);
      expect.set(idsOf(page), name === 'Group' ? [group?.id ?? ''] : [], 'exactly the ids');
    },
  },
  {
    id: 'projection.group-write',
    title: 'attributes limits what a write of a group shows',
    clause: 'RFC7644-3.9-03',
    also: ['RFC7644-3.3-13'],
    applies: [serves('Group')],
    cases: () => [{ name: 'POST' }, { name: 'PUT' }, { name: 'PATCH' }],
    async run(context: Context, { name }) {
      const answer = await written(context, name);
      succeeded(answer, name === 'POST' ? reporters.create.Group : name === 'PUT' ? 'replace.status' : 'patch.status');
      if (!isObject(answer.json)) return { observed: describeAnswer(answer) };
      // Whether meta belongs to the minimum set is open.
      const { externalId, members } = answer.json;
      expect.that(isUnset(externalId) && isUnset(members), 'no externalId and no members', show(answer.json), answer);
      return undefined;
    },
  },
  {
    id: 'replace.group-external-id',
    title: 'A PUT changes the externalId of a group',
    clause: 'RFC7644-3.5.1-03',
    also: ['RFC7643-3.1-15'],
    applies: [serves('Group')],
    async run(context: Context) {
      const { given, scim, stored } = context;
      const { id, sent } = await startGroup(context, { externalId: given.unique('first') });
      const externalId = given.unique('second');
      const answer = await scim.replace('/Groups', id, { ...sent, externalId });
      succeeded(answer, 'replace.status');
      expect.equal((await stored('/Groups', id))['externalId'], externalId, 'externalId', answer);
    },
  },
  {
    id: 'group.search',
    title: 'A search of groups by POST finds what its filter asks for and no other',
    clause: 'RFC7644-3.4.2.2-03',
    also: ['RFC7644-3.4.3-11'],
    applies: onLists,
    async run(context: Context) {
      const { inOrder } = await teams(context);
      const [{ id, name }] = inOrder as [(typeof inOrder)[0]];
      const answer = await context.scim.search('/Groups', { filter: `displayName eq ${filterValue(name)}` });
      if (answer.status !== 200) throw new NotApplicable(`no search by POST: ${describeAnswer(answer)}`);
      expect.set(idsOf(pageOf(answer)), [id], 'exactly the id', answer);
    },
  },
  {
    id: 'version.group-in-list',
    title: 'A group in a list shows the version that a read of it shows',
    clause: 'RFC7644-3.14-08',
    applies: [...onLists, supports('etag')],
    async run(context: Context) {
      const { inOrder } = await teams(context);
      const [{ id, name }] = inOrder as [(typeof inOrder)[0]];
      const { resources } = await filtered(context, '/Groups', `displayName eq ${filterValue(name)}`);
      const entry = resources.find(resource => resource['id'] === id);
      if (!entry) throw new Blocked(reporters.filter.Group, 'the group is not found by its displayName');
      const tag = await tagOf(context, '/Groups', id);
      const version = versionIn(entry);
      expect.that(version !== undefined && isSameVersion(version, tag), `meta.version ${show(tag)}`, show(version));
    },
  },
  {
    id: 'version.group-stale',
    title: 'A write of a group with an ETag that is over in If-Match is refused, and changes nothing',
    clause: 'RFC9110-13.2.2-01',
    also: ['RFC7644-3.6-08'],
    applies: [serves('Group'), supports('etag')],
    async run(context: Context) {
      const { scim, given, facts, stored } = context;
      const { id, sent } = await given.group();
      const stale = await tagOf(context, '/Groups', id);
      const displayName = given.unique('second');
      succeeded(await scim.replace('/Groups', id, { ...sent, displayName }), 'replace.status');
      if (isSameVersion(await tagOf(context, '/Groups', id), stale)) {
        throw new Blocked('version.changes-with-members', 'the ETag of a group stays with a PUT');
      }
      const options = { headers: { 'if-match': stale } };
      const third = given.unique('third');
      const answers = [await scim.replace('/Groups', id, { ...sent, displayName: third }, options)];
      if (supports('patch').unmet(facts) === undefined) {
        answers.push(await scim.patch('/Groups', id, [{ op: 'replace', path: 'displayName', value: third }], options));
      }
      answers.push(await scim.remove('/Groups', id, options));
      for (const answer of answers) expect.status(answer, 412, 409);
      expect.equal((await stored('/Groups', id))['displayName'], displayName, 'displayName');
    },
  },
] as const satisfies readonly Check[];
