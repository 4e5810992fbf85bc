import { filterValue } from '../../scim/message/patch.ts';
import type { HttpResponse, JsonObject } from '../../scim/wire/message.ts';
import type { Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { expect, show } from '../run/expect.ts';
import { serves } from '../run/facts.ts';
import { usersAndGroups } from '../run/membership.ts';
import { idsOf, memberIds } from '../run/steps.ts';
import { isUnset } from '../run/state.ts';
import { Blocked, NotApplicable } from '../run/violation.ts';

/** Two users and two groups, as identity providers look them up: nothing may be found beside the one that is meant. */
const people = async ({ shared }: Context) =>
  shared('looked up', async ({ given, stored }) => {
    const user = await given.user({ externalId: given.unique('external') });
    await given.user();
    return { user, read: await stored('/Users', user.id) };
  });

const teams = async ({ shared }: Context) =>
  shared('groups looked up', async ({ given }) => {
    const member = await given.user();
    const group = await given.group({ members: [{ value: member.id }] });
    await given.group();
    return group;
  });

/** A name as the target keeps it, for it may bring names into a form of its own. */
const textIn = (resource: JsonObject, name: string): string => {
  const value = resource[name];
  if (typeof value === 'string') return value;
  throw new NotApplicable(`no ${name} comes back`);
};

/** The resource and nothing else is on the page. Who declines the filter cannot be provisioned by who sends it. */
function findsAlone(answer: HttpResponse, id: string): void {
  expect.status(answer, 200);
  expect.set(idsOf(expect.page(answer)), [id], 'exactly the id', answer);
}

/** The filters by which identity providers decide between update and create; each counts where a profile sends it. */
export const idpLookUps = [
  {
    id: 'idp.look-up-user',
    title: 'A user is found by the filter on userName that every identity provider sends',
    clause: 'IDP-1',
    applies: [serves('User')],
    async run(context: Context) {
      const { user, read } = await people(context);
      const filter = `userName eq ${filterValue(textIn(read, 'userName'))}`;
      findsAlone(await context.scim.list('/Users', { filter }), user.id);
    },
  },
  {
    id: 'idp.look-up-page',
    title: 'A user and a group are found by the filters of Okta, which ask for a page of 100',
    clause: 'IDP-2',
    applies: usersAndGroups,
    cases: () => [{ name: 'user' }, { name: 'group' }],
    async run(context: Context, { name }) {
      const page = { startIndex: 1, count: 100 };
      if (name === 'user') {
        const { user, read } = await people(context);
        const filter = `userName eq ${filterValue(textIn(read, 'userName'))}`;
        return findsAlone(await context.scim.list('/Users', { filter, ...page }), user.id);
      }
      const group = await teams(context);
      const filter = `displayName eq ${filterValue(group.name)}`;
      return findsAlone(await context.scim.list('/Groups', { filter, ...page }), group.id);
    },
  },
  {
    id: 'idp.look-up-external-id',
    title: 'A user is found by the filter on externalId that Entra ID sends',
    clause: 'IDP-3',
    applies: [serves('User')],
    async run(context: Context) {
      const { user, read } = await people(context);
      const filter = `externalId eq ${filterValue(textIn(read, 'externalId'))}`;
      findsAlone(await context.scim.list('/Users', { filter }), user.id);
    },
  },
  {
    id: 'idp.look-up-group',
    title: 'A group is found by the filter on displayName that every identity provider sends',
    clause: 'IDP-4',
    applies: usersAndGroups,
    async run(context: Context) {
      const { id, name } = await teams(context);
      findsAlone(await context.scim.list('/Groups', { filter: `displayName eq ${filterValue(name)}` }), id);
    },
  },
  {
    id: 'idp.look-up-group-without-members',
    title: 'A group that Entra ID looks up and reads without members is shown without them',
    clause: 'IDP-5',
    applies: usersAndGroups,
    async run(context: Context) {
      const { id, name } = await teams(context);
      if (memberIds(await context.stored('/Groups', id)).length === 0) {
        throw new Blocked('group.members', 'the group does not show its member');
      }
      const excludedAttributes = ['members'];
      const answer = await context.scim.list('/Groups', {
        excludedAttributes,
        filter: `displayName eq ${filterValue(name)}`,
      });
      findsAlone(answer, id);
      const [entry = {}] = expect.page(answer).resources;
      expect.that(isUnset(entry['members']), 'no members', show(entry['members']), answer);
      const read = await context.scim.read('/Groups', id, { query: { excludedAttributes } });
      expect.status(read, 200);
      const { members } = expect.object(read);
      expect.that(isUnset(members), 'no members', show(members), read);
    },
  },
  {
    id: 'idp.look-up-form-encoded',
    title: 'A filter whose blanks are written as plus, as Entra ID does, finds the user',
    clause: 'IDP-6',
    applies: [serves('User')],
    async run(context: Context) {
      const { user, read } = await people(context);
      const filter = `userName eq ${filterValue(textIn(read, 'userName'))}`;
      const path = `/Users?${new URLSearchParams({ filter }).toString()}`;
      findsAlone(await context.scim.request({ method: 'GET', path }), user.id);
    },
  },
] as const satisfies readonly Check[];
