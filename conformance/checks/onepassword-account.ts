import { filterValue } from '../../scim/message/patch.ts';
import type { Check } from '../run/check.ts';
import type { Context, Made } from '../run/context.ts';
import { expect } from '../run/expect.ts';
import { controls, serves, supports } from '../run/facts.ts';
import { createdId } from '../run/given.ts';
import { accepted, idsOf, patched } from '../run/steps.ts';

const onJoined = [serves('User'), supports('patch'), controls('accept')] as const;
const onUnselected = [serves('Group'), controls('addGroup', 'selectGroups')] as const;

/** Somebody who was invited and has joined; where that takes a confirmation, an administrator gives it. */
async function joined({ given, act }: Context): Promise<Made> {
  const user = await given.user();
  const { state } = await act('accept')({ person: user.id });
  if (state === 'pending') await act('confirm')({ person: user.id });
  return user;
}

/** Somebody who has joined and is suspended. */
async function suspended(context: Context): Promise<Made> {
  const user = await joined(context);
  await patched(context, '/Users', user.id, [{ op: 'replace', path: 'active', value: false }]);
  return user;
}

const addressOf = ({ given }: Context): string => `${given.unique('moved')}@${given.domain}`;

/** The identity provider sends another address. */
const sendAddress = async (context: Context, { id }: Made, userName: string): Promise<void> =>
  patched(context, '/Users', id, [{ op: 'replace', path: 'userName', value: userName }]);

const lookUp = async ({ scim }: Context, endpoint: string, attribute: string, value: string) =>
  expect.page(await scim.list(endpoint, { filter: `${attribute} eq ${filterValue(value)}` }));

/**
 * A group that an administrator has made and that provisioning does not manage; a name and the id. In the end it is
 * selected and removed, since nothing else takes it away.
 */
async function withUnselected(
  { act, given, scim }: Context,
  work: (group: { readonly name: string; readonly id: string }) => Promise<void>,
): Promise<void> {
  const name = given.unique('by-hand');
  const { id } = await act('addGroup')({ name });
  try {
    await work({ name, id });
  } finally {
    // What was found counts, also where the group cannot be taken away.
    const selected = await act('selectGroups')({ groups: [id] }).catch(() => undefined);
    if (selected) await scim.remove('/Groups', id);
  }
}

/**
 * What only shows once somebody acts on the account itself: joins, confirms, deletes for good, makes a group. They touch
 * nobody and nothing but what they have made.
 */
export const onePasswordAccount = [
  {
    id: 'onepassword.leaver-suspended',
    title: 'Somebody who has joined is inactive once deactivated',
    clause: 'OP-25a',
    applies: onJoined,
    seeks: 'faults',
    async run(context) {
      const { id } = await suspended(context);
      expect.equal((await context.stored('/Users', id))['active'], false, 'active');
    },
  },
  {
    id: 'onepassword.suspended-found',
    title: 'Somebody who is suspended is still found by the address',
    clause: 'OP-25b',
    applies: onJoined,
    seeks: 'faults',
    async run(context) {
      const { id, name } = await suspended(context);
      const page = await lookUp(context, '/Users', 'userName', name);
      expect.set(idsOf(page), [id], 'exactly the id');
      expect.equal(page.resources[0]?.['active'], false, 'active');
    },
  },
  {
    id: 'onepassword.deleted-for-good',
    title: 'Somebody whom an administrator deletes is gone',
    clause: 'OP-28b',
    applies: [serves('User'), controls('accept', 'deleteForGood')],
    seeks: 'faults',
    async run(context) {
      const { id } = await joined(context);
      await context.stored('/Users', id);
      await context.act('deleteForGood')({ person: id });
      expect.status(await context.scim.read('/Users', id), 404);
    },
  },
  {
    id: 'onepassword.returns-as-new',
    title: 'Somebody who comes back under another address is a new person, and the suspended one stays as it was',
    clause: 'OP-29a',
    also: ['OP-29c'],
    applies: onJoined,
    seeks: 'faults',
    async run(context) {
      const old = await suspended(context);
      const userName = addressOf(context);
      expect.equal((await lookUp(context, '/Users', 'userName', userName)).total, 0, 'totalResults before the create');
      const answer = await context.scim.create('/Users', { ...old.sent, userName });
      const id = await accepted(context, answer);
      expect.that(id !== old.id, 'another id', id, answer);
      const { userName: address = null, active = null } = await context.stored('/Users', old.id);
      expect.equal({ userName: address, active }, { userName: old.name, active: false }, '');
    },
  },
  {
    id: 'onepassword.suspended-address',
    title: 'A new address for somebody who is suspended is taken without effect',
    clause: 'OP-29b',
    applies: onJoined,
    seeks: 'faults',
    async run(context) {
      const user = await suspended(context);
      await sendAddress(context, user, addressOf(context));
      const { userName = null, active = null } = await context.stored('/Users', user.id);
      expect.equal({ userName, active }, { userName: user.name, active: false }, '');
    },
  },
  {
    id: 'onepassword.address-waits',
    title: 'A new address does not show before the person has confirmed it',
    clause: 'OP-32b',
    applies: onJoined,
    seeks: 'faults',
    async run(context) {
      const user = await joined(context);
      await sendAddress(context, user, addressOf(context));
      expect.equal((await context.stored('/Users', user.id))['userName'], user.name, 'userName');
    },
  },
  {
    id: 'onepassword.address-confirmed',
    title: 'A new address shows once the person has confirmed it',
    clause: 'OP-32c',
    applies: [...onJoined, controls('confirmAddress')],
    seeks: 'faults',
    async run(context) {
      const user = await joined(context);
      const userName = addressOf(context);
      await sendAddress(context, user, userName);
      await context.act('confirmAddress')({ person: user.id });
      expect.equal((await context.stored('/Users', user.id))['userName'], userName, 'userName');
    },
  },
  {
    id: 'onepassword.unselected-group',
    title: 'A group that provisioning does not manage is not found by its name',
    clause: 'OP-37a',
    applies: onUnselected,
    seeks: 'faults',
    async run(context) {
      await withUnselected(context, async ({ name }) => {
        expect.equal((await lookUp(context, '/Groups', 'displayName', name)).total, 0, 'totalResults');
      });
    },
  },
  {
    id: 'onepassword.unselected-group-by-id',
    title: 'A group that provisioning does not manage is not found by its id',
    clause: 'OP-37b',
    applies: onUnselected,
    seeks: 'faults',
    async run(context) {
      await withUnselected(context, async ({ id }) => {
        expect.status(await context.scim.read('/Groups', id), 404);
      });
    },
  },
  {
    id: 'onepassword.second-group',
    title: 'Pushing a group whose name one outside of provisioning has makes a second one',
    clause: 'OP-37c',
    applies: onUnselected,
    seeks: 'faults',
    async run(context) {
      await withUnselected(context, async ({ name, id }) => {
        const answer = await context.scim.create('/Groups', context.given.groupDraft({ displayName: name }));
        expect.status(answer, 201);
        expect.that(createdId(answer) !== id, 'another id', id, answer);
      });
    },
  },
  {
    id: 'onepassword.selected-group',
    title: 'A group that is selected for provisioning is found by its name, under its own id',
    clause: 'OP-37d',
    applies: onUnselected,
    seeks: 'faults',
    async run(context) {
      await withUnselected(context, async ({ name, id }) => {
        await context.act('selectGroups')({ groups: [id] });
        const page = await lookUp(context, '/Groups', 'displayName', name);
        expect.set(idsOf(page), [id], 'exactly the id');
      });
    },
  },
] as const satisfies readonly Check[];
