import { filterValue } from '../../scim/message/patch.ts';
import { ERROR } from '../../scim/message/urn.ts';
import type { HttpResponse } from '../../scim/wire/message.ts';
import type { Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { expect, show } from '../run/expect.ts';
import { credentialed, flagOf, serves } from '../run/facts.ts';
import { usersAndGroups } from '../run/membership.ts';

/** Credentials that open nothing. */
const refusedTokens = [{ name: 'missing' }, { name: 'malformed' }, { name: 'wrong' }] as const;

async function unauthorized({ anonymous, given }: Context, name: string): Promise<HttpResponse> {
  if (name === 'missing') return anonymous.list('/Users');
  const authorization = name === 'malformed' ? 'Bearer' : `Bearer ${given.unique('nobody')}`;
  return anonymous.list('/Users', {}, { headers: { authorization } });
}

/** Addresses, credentials and connection tests of 1Password provisioning. */
export const onePasswordService = [
  {
    id: 'onepassword.base',
    title: 'Users are served below the base URL to whoever has the token',
    clause: 'OP-1a',
    also: ['OP-3a'],
    applies: [serves('User')],
    async run({ scim }) {
      expect.page(await scim.list('/Users', { count: 1 }));
    },
  },
  {
    id: 'onepassword.doubled-slash',
    title: 'A base URL with a slash at its end leads nowhere',
    clause: 'OP-1b',
    applies: [serves('User')],
    async run({ scim }) {
      expect.status(await scim.list('//Users', { count: 1 }), 404);
    },
  },
  {
    id: 'onepassword.token-refused',
    title: 'A missing, malformed or wrong token is answered with 401 and a SCIM error',
    clause: 'OP-3b',
    applies: [serves('User'), credentialed],
    cases: () => refusedTokens,
    async run(context, { name }) {
      const answer = await unauthorized(context, name);
      expect.status(answer, 401);
      expect.schema(expect.object(answer), ERROR, answer);
    },
  },
  {
    id: 'onepassword.challenge',
    title: 'A refused token is told that bearer tokens are taken',
    clause: 'OP-3c',
    applies: [serves('User'), credentialed],
    async run(context) {
      const answer = await unauthorized(context, 'wrong');
      const challenge = expect.header(answer, 'WWW-Authenticate');
      expect.that(/^bearer\b/i.test(challenge), 'WWW-Authenticate: Bearer', challenge, answer);
    },
  },
  {
    id: 'onepassword.no-password-change',
    title: 'ServiceProviderConfig says that passwords cannot be changed',
    clause: 'OP-23b',
    applies: [],
    async run({ scim, facts }) {
      const answer = await scim.list('/ServiceProviderConfig');
      expect.status(answer, 200);
      const flag = flagOf({ ...facts, serviceProviderConfig: expect.object(answer) }, 'changePassword');
      expect.that(flag === false, 'changePassword.supported false', show(flag), answer);
    },
  },
  {
    id: 'onepassword.entra-test',
    title: 'The connection test of Entra ID, a look-up of nobody, gets an empty list',
    clause: 'OP-54',
    applies: [serves('User')],
    async run({ scim, given }) {
      const filter = `userName eq ${filterValue(given.unknownId())}`;
      const answer = await scim.list('/Users', { filter });
      const { total, resources } = expect.page(answer);
      expect.that(total === 0 && resources.length === 0, 'totalResults 0 and no Resources', show(total), answer);
    },
  },
  {
    id: 'onepassword.okta-test',
    title: 'The connection test of Okta, a page of users and one of groups, succeeds',
    clause: 'OP-55',
    applies: usersAndGroups,
    async run({ scim }) {
      expect.page(await scim.list('/Users', { startIndex: 1, count: 2 }));
      expect.page(await scim.list('/Groups', { startIndex: 1, count: 100 }));
    },
  },
  {
    id: 'onepassword.built-in-group',
    title: 'The group Provision Managers is not shown',
    clause: 'OP-45d',
    applies: [serves('Group')],
    async run({ scim }) {
      for (const query of [{ startIndex: 1, count: 100 }, { filter: 'displayName eq "Provision Managers"' }]) {
        const answer = await scim.list('/Groups', query);
        const names = expect.page(answer).resources.map(({ displayName }) => displayName);
        expect.that(!names.includes('Provision Managers'), 'no group Provision Managers', show(names.length), answer);
      }
    },
  },
] as const satisfies readonly Check[];
