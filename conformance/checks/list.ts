import { isErrorMessage } from '../../scim/message/error.ts';
import { isObject, resourcesOf } from '../../scim/message/list.ts';
import { filterValue } from '../../scim/message/patch.ts';
import type { HttpResponse } from '../../scim/wire/message.ts';
import type { Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { describeAnswer, expect, show, type Page } from '../run/expect.ts';
import { keeps, serves, supports } from '../run/facts.ts';
import { createdId } from '../run/given.ts';
import { reporters } from '../run/reporters.ts';
import { isPlaceholder, memberOf } from '../run/shown.ts';
import { filtered, idsOf, onEachType, pageOf, succeeded } from '../run/steps.ts';
import { Blocked, NotApplicable, Violation } from '../run/violation.ts';
import { anybody } from './anybody.ts';

/** A page of at most one out of at least two. */
async function onePage({ scim, given }: Context): Promise<Page> {
  await given.user();
  await given.user();
  const answer = await scim.list('/Users', { startIndex: 1, count: 1 });
  if (answer.status !== 200)
    throw new Blocked('list.envelope', `GET /Users was answered ${answer.status ?? 'nothing'}`);
  return pageOf(answer);
}

/** The same, where the page is full and clearly not everything. */
async function partialPage(context: Context): Promise<Page> {
  const page = await onePage(context);
  if (page.resources.length === 0) throw new NotApplicable('the page came back empty, which is allowed');
  if (page.resources.length > 1)
    throw new Blocked('page.count', 'the list came whole although one entry was asked for');
  return page;
}

/** More pages than three entries can fill. */
const MOST_PAGES = 6;

/**
 * Queries without a filter, and paging (RFC 7644 sections 3.4.2 and 3.4.2.4). Those that show the whole collection run alone:
 * what other checks have there at the moment would make two runs of one seed differ.
 */
export const list = [
  {
    id: 'list.envelope',
    title: 'A query is answered with a list response',
    clause: 'RFC7644-3.4.2-04',
    applies: [],
    exclusive: true,
    ...onEachType(async ({ scim }, endpoint) => {
      const answer = await scim.list(endpoint);
      const tooMany = answer.status === 400 && isErrorMessage(answer.json) && answer.json.scimType === 'tooMany';
      if (tooMany) throw new NotApplicable('the target answers only narrower queries: 400 tooMany');
      expect.page(answer);
    }),
  },
  {
    id: 'list.password-hidden',
    title: 'A password is shown in no list, by no search, in no answer to a filter by it and in no group',
    clause: 'RFC7643-4.1.1-16',
    also: ['RFC7643-7-25', 'RFC7643-4.1.1-23'],
    applies: [serves('User')],
    exclusive: true,
    async run(context) {
      const { scim, given } = context;
      await anybody(context);
      const password = given.password();
      const made = await scim.create('/Users', given.userDraft({ password }));
      const id = createdId(made);
      if (id === undefined) throw new NotApplicable(`a user with a password is refused: ${describeAnswer(made)}`);
      const filter = `id eq ${filterValue(id)}`;
      const answers = [
        await scim.list('/Users'),
        await scim.list('/Users', { filter }),
        await scim.search('/Users', { filter }),
        await scim.search('', { filter }),
        await scim.search('/Users', { filter: `${filter} and password pr` }),
      ];
      if (serves('Group').unmet(context.facts) === undefined) {
        const group = await scim.create('/Groups', given.groupDraft({ members: [{ value: id }] }));
        const filter = `id eq ${filterValue(createdId(group) ?? '')}`;
        answers.push(group, await scim.list('/Groups', { filter, attributes: ['members'] }));
      }
      const namedIn = ({ json }: HttpResponse) => resourcesOf(json).flatMap(entry => memberOf(entry, 'password') ?? []);
      // A refusal is no list, and what it says of the filter is looked at by wire.secrets.
      const shown = answers.filter(({ status = 0 }) => status >= 200 && status < 300);
      const open = shown.find(
        answer => answer.text.includes(password) || namedIn(answer).some(value => !isPlaceholder(value)),
      );
      expect.that(open === undefined, 'no password in the answer', 'an answer with it', open);
      // What stands in its place gives nothing away.
      const masked = shown.find(answer => namedIn(answer).length > 0);
      if (masked) throw new Violation('no password in the answer', 'a placeholder for it', masked, 'warning');
    },
  },
  {
    id: 'page.count',
    title: 'A page holds no more entries than count says',
    clause: 'RFC7644-3.4.2.4-06',
    applies: [serves('User')],
    exclusive: true,
    async run(context) {
      const { resources } = await onePage(context);
      expect.that(resources.length <= 1, 'at most 1 entry', `${resources.length} entries`);
    },
  },
  {
    id: 'list.last-modified',
    title: 'A list shows when a user was changed last, as a read does',
    clause: 'RFC7643-3.1-20',
    applies: [serves('User'), supports('filter')],
    async run(context) {
      const { scim, given, stored } = context;
      const { id, name, sent } = await given.user();
      succeeded(
        await scim.replace('/Users', id, { ...sent, displayName: given.unique('second') }),
        reporters.write.PUT,
      );
      const { resources } = await filtered(context, '/Users', `userName eq ${filterValue(name)}`);
      const entry = resources.find(resource => resource['id'] === id);
      if (!entry) throw new Blocked(reporters.filter.User, 'the user is not found by its userName');
      const [listed, read] = [entry, await stored('/Users', id)].map(({ meta }) =>
        isObject(meta) ? meta['lastModified'] : undefined,
      );
      if (typeof listed !== 'string') throw new NotApplicable('entries show no meta.lastModified');
      const right = typeof read !== 'string' || Date.parse(listed) === Date.parse(read);
      expect.that(right, `meta.lastModified ${show(read)}`, show(listed));
    },
  },
  {
    id: 'page.count-groups',
    title: 'A page of groups holds no more entries than count says',
    clause: 'RFC7644-3.4.2.4-06',
    applies: [serves('Group')],
    exclusive: true,
    async run({ scim, given }) {
      await given.group();
      await given.group();
      const answer = await scim.list('/Groups', { startIndex: 1, count: 1 });
      if (answer.status !== 200) throw new Blocked('list.envelope', `GET /Groups: ${describeAnswer(answer)}`);
      const { resources } = pageOf(answer);
      expect.that(resources.length <= 1, 'at most 1 entry', `${resources.length} entries`);
    },
  },
  {
    id: 'page.total',
    title: 'totalResults counts all matches, not those of the page',
    clause: 'RFC7644-3.4.2-05',
    applies: [serves('User')],
    exclusive: true,
    async run(context) {
      const { body } = await onePage(context);
      const total = body['totalResults'];
      const right = typeof total === 'number' && Number.isInteger(total) && total >= 2;
      expect.that(right, 'totalResults of 2 or more, since two users were made', show(total));
    },
  },
  {
    id: 'page.start-index',
    title: 'A page that is not everything says where it starts',
    clause: 'RFC7644-3.4.2-07',
    applies: [serves('User')],
    exclusive: true,
    async run(context) {
      const { body } = await partialPage(context);
      expect.equal(body['startIndex'], 1, 'startIndex');
    },
  },
  {
    id: 'page.items-per-page',
    title: 'A page that is not everything says how many entries it holds',
    clause: 'RFC7644-3.4.2-08',
    applies: [serves('User')],
    exclusive: true,
    async run(context) {
      const { body, resources } = await partialPage(context);
      expect.equal(body['itemsPerPage'], resources.length, 'itemsPerPage');
    },
  },
  {
    id: 'page.count-zero',
    title: 'count=0 gives the total and no entries',
    clause: 'RFC7644-3.4.2.4-08',
    applies: [serves('User')],
    exclusive: true,
    async run({ scim, given }) {
      await given.user();
      const answer = await scim.list('/Users', { count: 0 });
      expect.status(answer, 200);
      const { resources, body } = pageOf(answer);
      expect.that(resources.length === 0, 'no entries', `${resources.length} entries`, answer);
      const total = body['totalResults'];
      expect.that(typeof total === 'number' && total >= 1, 'totalResults of 1 or more', show(total), answer);
    },
  },
  {
    id: 'page.walk',
    title: 'All pages together show each match once',
    clause: 'RFC7644-3.4.2.4-14',
    applies: [serves('User'), supports('filter'), keeps('displayName')],
    async run(context) {
      const displayName = context.given.unique('walker');
      const made: string[] = [];
      for (let user = 0; user < 3; user += 1) made.push((await context.given.user({ displayName })).id);
      const found: string[] = [];
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const query = { startIndex: found.length + 1, count: 2 };
        const ids = idsOf(await filtered(context, '/Users', `displayName eq ${filterValue(displayName)}`, query));
        if (ids.length === 0) break;
        if (ids.length > 2) throw new Blocked('page.count', 'a page holds more than it may');
        found.push(...ids);
      }
      expect.set(found, made, 'each of the ids once:');
    },
  },
] as const satisfies readonly Check[];
