import { isErrorMessage } from '../../scim/message/error.ts';
import { resourcesOf } from '../../scim/message/list.ts';
import { filterValue } from '../../scim/message/patch.ts';
import type { ScimClient } from '../../scim/client.ts';
import type { HttpResponse, JsonObject } from '../../scim/wire/message.ts';
import type { Case, Check } from '../run/check.ts';
import type { Context, Made } from '../run/context.ts';
import { describeAnswer, expect } from '../run/expect.ts';
import { flagOf, keeps, secondCredential, serves, supports, type Facts } from '../run/facts.ts';
import { createdId } from '../run/given.ts';
import { alike } from '../run/state.ts';
import { Blocked, NotApplicable } from '../run/violation.ts';
import { offersCursors } from './cursor-book.ts';
import { announcesBearer } from './auth.ts';

const reader = [serves('User'), secondCredential('read-only')] as const;
const neighbour = [serves('User'), secondCredential('other-tenant')] as const;

const isSuccess = ({ status }: HttpResponse): boolean => status !== undefined && status >= 200 && status < 300;

interface Write extends Case {
  send(scim: ScimClient, user: Made, fresh: JsonObject): Promise<HttpResponse>;
}

const CHANGED = 'Somebody Else';
const change = (user: Made): JsonObject => ({ ...user.sent, displayName: CHANGED });

/** Writes to a user that is there. */
const onOne: readonly Write[] = [
  { name: 'PUT', send: async (scim, user) => scim.replace('/Users', user.id, change(user)) },
  {
    name: 'PATCH',
    send: async (scim, { id }) => scim.patch('/Users', id, [{ op: 'replace', path: 'displayName', value: CHANGED }]),
  },
  { name: 'DELETE', send: async (scim, { id }) => scim.remove('/Users', id) },
];
const writes: readonly Write[] = [
  { name: 'POST', send: async (scim, _, fresh) => scim.create('/Users', fresh) },
  ...onOne,
];

const offered =
  (list: readonly Write[]) =>
  (facts: Facts): Write[] =>
    list.filter(({ name }) => name !== 'PATCH' || flagOf(facts, 'patch') !== false);

/** A write by somebody who may not; the user has to be as it was, whatever the answer says. */
async function attempted(context: Context, kind: 'read-only' | 'other-tenant', write: Write): Promise<HttpResponse> {
  const { given, scim, stored } = context;
  const user = await given.user();
  const before = await stored('/Users', user.id);
  const answer = await write.send(context.second(kind), user, given.userDraft());
  const read = await scim.read('/Users', user.id);
  expect.that(read.status === 200 && alike(read.json, before), 'the user as it was', describeAnswer(read), answer);
  return answer;
}

/** How a provider without the method answers, whoever asks. */
const isMissing = ({ status }: HttpResponse): boolean => status === 405 || status === 501;

async function refusedToReader(context: Context, write: Write): Promise<HttpResponse> {
  const answer = await attempted(context, 'read-only', write);
  if (isSuccess(answer)) throw new Blocked('access.reader-writes', 'the write is carried out');
  if (isMissing(answer)) throw new NotApplicable(`no ${write.name} is offered: ${describeAnswer(answer)}`);
  return answer;
}

/** Rows that a second credential opens: who may do what, and who sees whom (RFC 7644 sections 2, 6 and 7). */
export const secondCredentials = [
  {
    id: 'access.reader-reads',
    title: 'A credential that may read reads a user',
    clause: 'RFC7644-2-08',
    applies: reader,
    async run({ given, second }) {
      const { id } = await given.user();
      const answer = await second('read-only').read('/Users', id);
      expect.status(answer, 200);
    },
  },
  {
    id: 'access.reader-writes',
    title: 'A credential that may only read changes nothing',
    clause: 'RFC7644-2-08',
    also: ['RFC7644-2.1-01', 'RFC7644-7.7-02'],
    applies: reader,
    cases: offered(writes),
    async run(context: Context, write: Write) {
      const answer = await attempted(context, 'read-only', write);
      const refused = answer.status !== undefined && answer.status >= 400;
      expect.that(refused, 'a refusal of the write', describeAnswer(answer), answer);
    },
  },
  {
    id: 'access.reader-status',
    title: 'A write that the credential does not permit is answered with 403',
    clause: 'RFC7644-3.12-11',
    applies: reader,
    cases: offered(writes),
    async run(context: Context, write: Write) {
      expect.status(await refusedToReader(context, write), 403);
    },
  },
  {
    id: 'access.reader-challenge',
    title: 'Where bearer tokens are used, a token with too few rights is answered with error insufficient_scope',
    clause: 'RFC6750-3.1-02',
    applies: [...reader, announcesBearer],
    async run(context) {
      const [post] = writes;
      if (!post) return;
      const answer = await refusedToReader(context, post);
      if (answer.status !== 403) throw new Blocked('access.reader-status', describeAnswer(answer));
      const challenge = expect.header(answer, 'WWW-Authenticate');
      expect.that(
        /error\s*=\s*"?insufficient_scope"?/i.test(challenge),
        'error="insufficient_scope"',
        challenge,
        answer,
      );
    },
  },
  {
    id: 'tenant.read',
    title: 'A tenant does not read the users of another',
    clause: 'RFC7644-6.1-03',
    also: ['RFC7643-9.3-01'],
    applies: neighbour,
    async run({ given, second }) {
      const { id } = await given.user();
      expect.status(await second('other-tenant').read('/Users', id), 404, 403);
    },
  },
  {
    id: 'tenant.list',
    title: 'A tenant does not find the users of another',
    clause: 'RFC7644-6.1-01',
    also: ['RFC7644-6.1-03'],
    applies: [...neighbour, supports('filter')],
    cases: () => [{ name: 'GET' }, { name: 'search' }],
    async run({ given, second }: Context, { name }: Case) {
      const user = await given.user();
      const query = { filter: `userName eq ${filterValue(user.name)}` };
      const other = second('other-tenant');
      const answer = await (name === 'GET' ? other.list('/Users', query) : other.search('/Users', query));
      const found = isSuccess(answer) && resourcesOf(answer.json).some(({ id }) => id === user.id);
      expect.that(!found, 'no user of the other tenant', 'the user', answer);
    },
  },
  {
    id: 'tenant.write',
    title: 'A tenant changes no user of another',
    clause: 'RFC7644-6.1-03',
    applies: neighbour,
    cases: offered(onOne),
    async run(context: Context, write: Write) {
      const answer = await attempted(context, 'other-tenant', write);
      if (isMissing(answer)) throw new NotApplicable(`no ${write.name} is offered: ${describeAnswer(answer)}`);
      expect.status(answer, 404, 403);
    },
  },
  {
    id: 'tenant.external-id',
    title: 'Two tenants give the same externalId to users of theirs',
    clause: 'RFC7644-6.2-01',
    applies: [...neighbour, keeps('userName')],
    async run({ given, second }) {
      const externalId = given.unique('shared');
      await given.user({ externalId });
      const answer = await second('other-tenant').create('/Users', given.userDraft({ externalId }));
      expect.that(createdId(answer) !== undefined, 'the user to be made', describeAnswer(answer), answer);
    },
  },
  {
    id: 'tenant.external-id-filter',
    title: 'A filter on externalId finds no user of another tenant',
    clause: 'RFC7643-3.1-13',
    applies: [...neighbour, supports('filter')],
    async run({ given, second }) {
      const externalId = given.unique('private');
      const { id: hidden } = await given.user({ externalId });
      const answer = await second('other-tenant').list('/Users', {
        filter: `externalId eq ${filterValue(externalId)}`,
      });
      const found = isSuccess(answer) && resourcesOf(answer.json).some(({ id }) => id === hidden);
      expect.that(!found, 'no user of the other tenant', 'the user', answer);
    },
  },
  {
    id: 'tenant.cursor',
    title: 'The cursor of one tenant shows no user to another',
    clause: 'RFC9865-5.2-01',
    also: ['RFC9865-5.2-02'],
    applies: [...neighbour, offersCursors],
    async run(context) {
      const { cursor, filter } = await cursorOfOurs(context);
      const answer = await context.second('other-tenant').list('/Users', { filter, count: 1, cursor });
      const shown = isSuccess(answer) ? resourcesOf(answer.json).length : 0;
      expect.that(shown === 0, 'no user of the other tenant', `${shown} users`, answer);
    },
  },
  {
    id: 'tenant.cursor-error',
    title: 'The cursor of another tenant and one that nobody issued are refused alike',
    clause: 'RFC9865-5.2-05',
    applies: [...neighbour, offersCursors],
    async run(context) {
      const { cursor, filter } = await cursorOfOurs(context);
      const other = context.second('other-tenant');
      const foreign = await other.list('/Users', { filter, count: 1, cursor });
      if (isSuccess(foreign)) throw new NotApplicable('the cursor of the other tenant is not refused');
      const forged = await other.list('/Users', { filter, count: 1, cursor: context.given.unique('cursor') });
      expect.that(
        gist(foreign) === gist(forged),
        `the answer to a cursor that nobody issued: ${gist(forged)}`,
        gist(foreign),
        foreign,
      );
    },
  },
] as const satisfies readonly Check[];

const gist = ({ status, json }: HttpResponse): string => {
  const { scimType = 'no scimType', detail = 'no detail' } = isErrorMessage(json) ? json : {};
  return [status, scimType, detail].join(', ');
};

/** A cursor to the second of two users of ours. */
async function cursorOfOurs({ given, scim }: Context): Promise<{ cursor: string; filter: string }> {
  const displayName = given.unique('paged');
  await given.user({ displayName });
  await given.user({ displayName });
  const filter = `displayName eq ${filterValue(displayName)}`;
  const answer = await scim.list('/Users', { filter, count: 1, cursor: '' });
  const next = (answer.json as JsonObject | undefined)?.['nextCursor'];
  if (typeof next !== 'string' || next === '') throw new NotApplicable(`no cursor came: ${describeAnswer(answer)}`);
  return { cursor: next, filter };
}
