import type { Check } from '../run/check.ts';
import { expect } from '../run/expect.ts';
import { serves } from '../run/facts.ts';

/** Statuses of refusals (RFC 7644 section 3.12). */
export const errors = [
  {
    id: 'error.not-json',
    title: 'A body that is no JSON is refused with 400',
    clause: 'RFC7644-3.3-08',
    also: ['RFC7644-3.12-09'],
    applies: [serves('User')],
    async run({ scim, given }) {
      await given.user();
      expect.status(await scim.request({ method: 'POST', path: '/Users', text: '{oops' }), 400);
    },
  },
  {
    id: 'error.missing-user-name',
    title: 'A user without userName is refused with 400, unless the provider gives it one',
    clause: 'RFC7644-3.3-11',
    applies: [serves('User')],
    async run({ scim, given }) {
      await given.user();
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
    async run({ scim, given }) {
      await given.user();
      const answer = await scim.request({ method: 'PUT', path: '/Users', json: given.userDraft() });
      expect.status(answer, 405, 404, 501);
    },
  },
] as const satisfies readonly Check[];
