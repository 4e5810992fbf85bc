import type { Case, Check } from '../run/check.ts';
import type { Context, Made } from '../run/context.ts';
import { isObject } from '../../scim/message/list.ts';
import type { ScimClient } from '../../scim/client.ts';
import { describeAnswer, expect } from '../run/expect.ts';
import { credentialed, flagOf, serves, type Condition, type Facts } from '../run/facts.ts';
import type { Given } from '../run/given.ts';
import { alike } from '../run/state.ts';
import { succeeded } from '../run/steps.ts';
import { Blocked, NotApplicable } from '../run/violation.ts';
import type { HttpResponse } from '../../scim/wire/message.ts';

const letIn = ({ status }: HttpResponse) => status !== undefined && status < 300;

/** A way in without the credential is a finding of its own, and the heavier one. */
function refused(answer: HttpResponse): void {
  if (letIn(answer)) throw new Blocked('auth.required', 'the request was carried out');
}

/** Id of a user that the credential opens, so that a refusal without it shows something. */
async function readableUser({ scim, given }: Context): Promise<string> {
  const { id } = await given.user();
  succeeded(await scim.read('/Users', id), 'read.by-id');
  return id;
}

/** What authenticationSchemes announces. */
const schemesOf = ({ serviceProviderConfig }: Facts): readonly string[] => {
  const schemes = serviceProviderConfig?.['authenticationSchemes'];
  if (!Array.isArray(schemes)) return [];
  return schemes.filter(isObject).map(({ type }) => (typeof type === 'string' ? type : ''));
};

/** The target announces bearer tokens. */
export const announcesBearer: Condition = {
  name: 'bearer tokens',
  unmet: facts =>
    schemesOf(facts).some(type => type.toLowerCase() === 'oauthbearertoken')
      ? undefined
      : 'authenticationSchemes announces no oauthbearertoken',
};

interface Call extends Case {
  readonly method: string;
  send(scim: ScimClient, user: Made, given: Given): Promise<HttpResponse>;
}

/** One request of each kind that would show or change a user. */
const calls: readonly Call[] = [
  { name: 'GET', method: 'GET', send: async (scim, { id }) => scim.read('/Users', id) },
  { name: 'list', method: 'GET', send: async scim => scim.list('/Users') },
  { name: 'POST', method: 'POST', send: async (scim, _, given) => scim.create('/Users', given.userDraft()) },
  {
    name: 'PUT',
    method: 'PUT',
    send: async (scim, { id, sent }) => scim.replace('/Users', id, { ...sent, displayName: 'Nobody' }),
  },
  {
    name: 'PATCH',
    method: 'PATCH',
    send: async (scim, { id }) => scim.patch('/Users', id, [{ op: 'replace', path: 'displayName', value: 'Nobody' }]),
  },
  { name: 'DELETE', method: 'DELETE', send: async (scim, { id }) => scim.remove('/Users', id) },
];

/** Where searches by POST are not offered, there is nothing to be let into. */
const search: Call = { name: 'search', method: 'GET', send: async scim => scim.search('/Users', { count: 1 }) };

interface Malformed extends Case {
  readonly value: string;
}

const headers: readonly Malformed[] = [
  { name: 'scheme alone', value: 'Bearer' },
  { name: 'blank token', value: 'Bearer  ' },
  { name: 'no scheme', value: 'scimulator-nobody' },
  { name: 'unknown scheme', value: 'Nonsense scimulator-nobody' },
  { name: 'basic without a colon', value: 'Basic bm9ib2R5' },
];

/** Who may do anything at all (RFC 7644 section 2). */
export const auth = [
  {
    id: 'auth.required',
    title: 'Nobody reads or makes users without a credential',
    clause: 'RFC7642-4-02',
    applies: [serves('User'), credentialed],
    async run({ given, anonymous }) {
      const { id } = await given.user();
      for (const answer of [
        await anonymous.read('/Users', id),
        await anonymous.list('/Users'),
        await anonymous.create('/Users', given.userDraft()),
      ]) {
        const answered = answer.status !== undefined;
        expect.that(
          answered && !letIn(answer),
          'a refusal of the request without credential',
          describeAnswer(answer),
          answer,
        );
      }
    },
  },
  {
    id: 'auth.missing',
    title: 'A request without a credential is answered with 401',
    clause: 'RFC7644-2-07',
    also: ['RFC7644-3.12-10'],
    applies: [serves('User'), credentialed],
    async run(context) {
      const id = await readableUser(context);
      const answer = await context.anonymous.read('/Users', id);
      refused(answer);
      expect.status(answer, 401);
    },
  },
  {
    id: 'auth.wrong-token',
    title: 'A request with a token that nobody issued is answered with 401',
    clause: 'RFC7644-2-07',
    also: ['RFC7644-3.12-10'],
    applies: [serves('User'), credentialed],
    async run(context) {
      const id = await readableUser(context);
      const headers = { authorization: `Bearer ${context.given.unique('nobody')}` };
      expect.status(await context.anonymous.read('/Users', id, { headers }), 401);
    },
  },
  {
    id: 'auth.challenge',
    title: 'A 401 names the ways to authenticate in WWW-Authenticate',
    clause: 'RFC7644-2-06',
    also: ['RFC9110-11.6.1-01'],
    applies: [serves('User'), credentialed],
    async run(context) {
      const answer = await context.anonymous.read('/Users', await readableUser(context));
      refused(answer);
      if (answer.status !== 401) throw new NotApplicable(`the refusal is no 401: ${describeAnswer(answer)}`);
      expect.header(answer, 'WWW-Authenticate');
    },
  },
  {
    id: 'auth.each-method',
    title: 'No method does anything without a credential',
    clause: 'RFC7642-4-02',
    also: ['RFC7644-2.2-01'],
    applies: [serves('User'), credentialed],
    cases: () => [...calls, search],
    async run(context: Context, { method, send }: Call) {
      const { given, anonymous, stored, scim } = context;
      const user = await given.user();
      const before = await stored('/Users', user.id);
      const answer = await send(anonymous, user, given);
      expect.that(
        answer.status !== undefined && !letIn(answer),
        'a refusal of the request without credential',
        describeAnswer(answer),
        answer,
      );
      if (method === 'GET') return;
      const read = await scim.read('/Users', user.id);
      expect.that(read.status === 200 && alike(read.json, before), 'the user as it was', describeAnswer(read), answer);
    },
  },
  {
    id: 'auth.status',
    title: 'Whatever the method, a request without a credential is answered with 401',
    clause: 'RFC7644-2-07',
    also: ['RFC7644-3.12-10'],
    applies: [serves('User'), credentialed],
    // A method that nobody is offered has no credential to ask for.
    cases: facts => calls.filter(({ method }) => method !== 'PATCH' || flagOf(facts, 'patch') !== false),
    async run({ given, anonymous }: Context, { method, send }: Call) {
      const answer = await send(anonymous, await given.user(), given);
      refused(answer);
      if (method === 'PATCH' && [405, 501].includes(answer.status ?? 0)) {
        throw new Blocked('patch.status', describeAnswer(answer));
      }
      expect.status(answer, 401);
    },
  },
  {
    id: 'auth.malformed',
    title: 'A malformed Authorization is answered with 401 or 400',
    clause: 'RFC7644-2-07',
    applies: [serves('User'), credentialed],
    cases: () => headers,
    async run(context: Context, { value }: Malformed) {
      const id = await readableUser(context);
      const answer = await context.anonymous.read('/Users', id, { headers: { authorization: value } });
      refused(answer);
      expect.status(answer, 401, 400);
    },
  },
  {
    id: 'auth.bearer-challenge',
    title: 'Where bearer tokens are used, a 401 names the scheme Bearer',
    clause: 'RFC6750-3-01',
    applies: [serves('User'), credentialed, announcesBearer],
    async run(context) {
      const answer = await context.anonymous.read('/Users', await readableUser(context));
      refused(answer);
      if (answer.status !== 401) throw new Blocked('auth.missing', describeAnswer(answer));
      const challenge = expect.header(answer, 'WWW-Authenticate');
      expect.that(/(?:^|,\s*)bearer(?:\s|,|$)/i.test(challenge), 'a Bearer challenge', challenge, answer);
    },
  },
  {
    id: 'auth.invalid-token',
    title: 'A bearer token that nobody issued is answered with error invalid_token',
    clause: 'RFC6750-3.1-01',
    applies: [serves('User'), credentialed, announcesBearer],
    async run(context) {
      const id = await readableUser(context);
      const authorization = `Bearer ${context.given.unique('nobody')}`;
      const answer = await context.anonymous.read('/Users', id, { headers: { authorization } });
      refused(answer);
      if (answer.status !== 401) throw new Blocked('auth.wrong-token', describeAnswer(answer));
      const challenge = expect.header(answer, 'WWW-Authenticate');
      expect.that(/error\s*=\s*"?invalid_token"?/i.test(challenge), 'error="invalid_token"', challenge, answer);
    },
  },
  {
    id: 'auth.bearer-accepted',
    title: 'Whether a bearer token opens a target that offers them is recorded',
    clause: 'RFC7644-2-02',
    also: ['RFC7644-2-05'],
    applies: [serves('User'), credentialed],
    exclusive: true,
    async run({ scim, facts }) {
      const answer = await scim.list('/Users', { count: 1 });
      const kinds = schemesOf(facts).join(', ');
      return { observed: `announced: ${kinds || 'nothing'}; answered: ${describeAnswer(answer)}` };
    },
  },
] as const satisfies readonly Check[];
