import { resourcesOf } from '../../scim/message/list.ts';
import { filterValue } from '../../scim/message/patch.ts';
import type { Check } from '../run/check.ts';
import { describeAnswer, expect } from '../run/expect.ts';
import { serves, supports } from '../run/facts.ts';
import { createdId } from '../run/given.ts';
import { NotApplicable } from '../run/violation.ts';
import { anybody } from './anybody.ts';

/** Statuses of refusals (RFC 7644 section 3.12). */
export const errors = [
  {
    id: 'error.not-json',
    title: 'A body that is no JSON is refused with 400',
    clause: 'RFC7644-3.3-08',
    also: ['RFC7644-3.12-09'],
    applies: [serves('User')],
    async run({ scim, shared }) {
      await anybody({ shared });
      expect.status(await scim.request({ method: 'POST', path: '/Users', text: '{oops' }), 400);
    },
  },
  {
    id: 'error.missing-user-name',
    title: 'A user without userName is refused with 400, unless the provider gives it one',
    clause: 'RFC7644-3.3-11',
    applies: [serves('User')],
    async run({ scim, given, shared }) {
      await anybody({ shared });
      const answer = await scim.create('/Users', given.userDraft({ userName: null }));
      // Whether the user then has a name is the business of create.user-name-required.
      expect.status(answer, 400, 201);
    },
  },
  {
    id: 'error.unknown-endpoint',
    title: 'An endpoint that does not exist is answered with 404',
    clause: 'RFC7644-3.12-30',
    applies: [],
    async run({ scim, given }) {
      expect.status(await scim.list(`/${given.unique('Nothing')}`), 404);
    },
  },
  {
    id: 'error.method',
    title: 'A method that a collection does not define is refused',
    clause: 'RFC7644-3.2-08',
    applies: [serves('User')],
    async run({ scim, given, shared }) {
      await anybody({ shared });
      const answer = await scim.request({ method: 'PUT', path: '/Users', json: given.userDraft() });
      expect.status(answer, 405, 404, 501);
    },
  },
  {
    id: 'error.password-filter',
    title: 'A filter on a part of the password finds nobody by it',
    clause: 'RFC7643-4.1.1-22',
    also: ['RFC7643-4.1.1-21'],
    applies: [serves('User'), supports('filter')],
    async run({ scim, given, shared }) {
      await anybody({ shared });
      const password = given.password();
      const id = createdId(await scim.create('/Users', given.userDraft({ password })));
      if (id === undefined) throw new NotApplicable('a user with a password is refused');
      for (const ask of [scim.search, scim.list]) {
        const asked = async (part: string) => ask('/Users', { filter: `password sw ${filterValue(part)}` });
        const right = await asked(password.slice(0, 8));
        if (!resourcesOf(right.json).some(found => found['id'] === id)) continue;
        // Who passes over such a filter shows some page of all users, so nothing less than an empty one, or a refusal, tells.
        const wrong = await asked(given.unique('wrong'));
        const isEmpty = (wrong.status ?? 500) < 429 && resourcesOf(wrong.json).length === 0;
        expect.that(!isEmpty, 'no user', 'the user by the beginning of its password, and nobody by another', right);
      }
    },
  },
  {
    id: 'error.secret-in-url',
    title: 'What a GET with a password in its filter is answered with is recorded',
    clause: 'RFC7644-7.5.2-02',
    also: ['RFC7644-3.12-27'],
    applies: [serves('User'), supports('filter')],
    async run({ scim, given }) {
      const answer = await scim.list('/Users', { filter: `password eq ${filterValue(given.unique('nobody'))}` });
      return { observed: describeAnswer(answer) };
    },
  },
] as const satisfies readonly Check[];
