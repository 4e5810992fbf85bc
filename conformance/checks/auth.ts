import type { Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { describeAnswer, expect } from '../run/expect.ts';
import { credentialed, serves } from '../run/facts.ts';
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
] as const satisfies readonly Check[];
