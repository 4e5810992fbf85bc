import { filterValue } from '../../scim/message/patch.ts';
import { ENTERPRISE_USER } from '../../scim/message/urn.ts';
import type { JsonObject } from '../../scim/wire/message.ts';
import type { Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { expect } from '../run/expect.ts';
import { serves, supports } from '../run/facts.ts';
import { createdId } from '../run/given.ts';
import { isUnset } from '../run/state.ts';
import { accepted, idsOf, patched, put } from '../run/steps.ts';

const onUsers = [serves('User')] as const;
const onPatch = [serves('User'), supports('patch')] as const;

/** What JumpCloud sends by default beside address and name (JC-26), as far as 1Password does not keep it. */
const dropped: JsonObject = {
  userType: 'Employee',
  title: 'Smith',
  addresses: [{ type: 'work', locality: 'Sheffield' }],
  phoneNumbers: [{ type: 'work', value: '+44 20 7946 0000' }],
  [ENTERPRISE_USER]: { organization: 'Works', costCenter: '4130', department: 'Foundry', employeeNumber: '7' },
};
const whole: JsonObject = { ...dropped, locale: 'en', preferredLanguage: 'en' };

/** The page that a look-up of an address gives. */
const lookUp = async ({ scim }: Context, address: string) =>
  expect.page(await scim.list('/Users', { filter: `userName eq ${filterValue(address)}` }));

const addressOf = ({ given }: Context, label: string): string => `${given.unique(label)}@${given.domain}`;

/** People of 1Password: linked by address, invited when they are created; what is sent of them, and what of it is kept. */
export const onePasswordPeople = [
  {
    id: 'onepassword.known-address',
    title: 'Somebody whose address is known is found by it, and by it alone',
    clause: 'OP-11a',
    applies: onUsers,
    seeks: 'faults',
    async run(context) {
      const { id, name } = await context.given.user();
      const page = await lookUp(context, name);
      expect.set(idsOf(page), [id], 'exactly the id');
      expect.equal(page.total, 1, 'totalResults');
    },
  },
  {
    id: 'onepassword.address-taken',
    title: 'An address that somebody has is not invited again',
    clause: 'OP-11c',
    applies: onUsers,
    async run(context) {
      const { name } = await context.given.user();
      const answer = await context.scim.create('/Users', context.given.userDraft({ userName: name }));
      expect.refusal(answer, [409], 'uniqueness');
    },
  },
  {
    id: 'onepassword.other-address',
    title: 'The same person under another address is another user',
    clause: 'OP-12a',
    applies: onUsers,
    async run(context) {
      const old = await context.given.user();
      const userName = addressOf(context, 'other');
      expect.equal((await lookUp(context, userName)).total, 0, 'totalResults before the create');
      const answer = await context.scim.create('/Users', { ...old.sent, userName });
      const id = await accepted(context, answer);
      expect.that(id !== old.id, 'another id', id, answer);
    },
  },
  {
    id: 'onepassword.old-address-kept',
    title: 'Whoever had the old address stays as it was when a new one is provisioned',
    clause: 'OP-12b',
    applies: onUsers,
    async run(context) {
      const old = await context.given.user();
      await accepted(
        context,
        await context.scim.create('/Users', { ...old.sent, userName: addressOf(context, 'other') }),
      );
      const { userName, active } = await context.stored('/Users', old.id);
      expect.equal({ userName: userName ?? null, active: active ?? null }, { userName: old.name, active: true }, '');
    },
  },
  {
    id: 'onepassword.invites',
    title: 'An address that nobody has is answered with 201 and the user',
    clause: 'OP-13a',
    applies: onUsers,
    seeks: 'faults',
    async run({ scim, given }) {
      const answer = await scim.create('/Users', given.userDraft());
      expect.status(answer, 201);
      expect.that(typeof expect.object(answer)['id'] === 'string', 'a body with id', 'none', answer);
    },
  },
  {
    id: 'onepassword.invited-is-active',
    title: 'Somebody who is invited and has not joined reads as active',
    clause: 'OP-13d',
    applies: onUsers,
    async run({ given, stored }) {
      const { id, body } = await given.user();
      expect.equal(body['active'], true, 'active in the answer');
      expect.equal((await stored('/Users', id))['active'], true, 'active');
    },
  },
  {
    id: 'onepassword.address-required',
    title: 'Nobody is invited without an address',
    clause: 'OP-20a',
    applies: onUsers,
    async run({ scim, given }) {
      expect.refusal(await scim.create('/Users', given.userDraft({ userName: null })), [400], 'invalidValue');
    },
  },
  {
    id: 'onepassword.address-is-one',
    title: 'A userName that is no e-mail address is refused',
    clause: 'OP-20b',
    applies: onUsers,
    async run({ scim, given }) {
      const userName = given.unique('nobody');
      expect.refusal(await scim.create('/Users', given.userDraft({ userName })), [400], 'invalidValue');
    },
  },
  {
    id: 'onepassword.jumpcloud-set',
    title: 'Everything that JumpCloud maps by default is taken',
    clause: 'OP-21a',
    applies: onUsers,
    seeks: 'faults',
    async run({ scim, given }) {
      const answer = await scim.create('/Users', given.userDraft({ ...whole, externalId: given.unique('object') }));
      expect.status(answer, 201);
    },
  },
  {
    id: 'onepassword.drops-silently',
    title: 'What 1Password does not keep is left out of the answer without an error',
    clause: 'OP-21b',
    applies: onUsers,
    async run(context) {
      const answer = await context.scim.create('/Users', context.given.userDraft(dropped));
      const shown = await context.stored('/Users', await accepted(context, answer));
      const left = Object.keys(dropped).filter(name => !isUnset(shown[name]));
      expect.set(left, [], 'none of the attributes:', answer);
    },
  },
  {
    id: 'onepassword.patch-leaves-the-rest',
    title: 'A PATCH leaves what it does not name',
    clause: 'OP-22a',
    applies: onPatch,
    seeks: 'faults',
    async run(context) {
      const { id } = await context.given.user();
      const before = await context.stored('/Users', id);
      await patched(context, '/Users', id, [{ op: 'replace', path: 'preferredLanguage', value: 'fr' }]);
      const after = await context.stored('/Users', id);
      for (const name of ['userName', 'name', 'displayName', 'active']) expect.equal(after[name], before[name], name);
    },
  },
  {
    id: 'onepassword.put-leaves-the-rest',
    title: 'A PUT leaves what it leaves out',
    clause: 'OP-22b',
    applies: onUsers,
    seeks: 'faults',
    async run(context) {
      const { id, sent } = await context.given.user();
      const before = await context.stored('/Users', id);
      await put(context, { endpoint: '/Users', id, sent }, { name: null, displayName: null, emails: null });
      const { displayName, name } = await context.stored('/Users', id);
      expect.equal(displayName, before['displayName'], 'displayName');
      expect.equal(name, before['name'], 'name');
    },
  },
  {
    id: 'onepassword.password-ignored',
    title: 'A password is taken and has no effect',
    clause: 'OP-23a',
    applies: onPatch,
    seeks: 'faults',
    async run(context) {
      const { scim, given } = context;
      const created = await scim.create('/Users', given.userDraft({ password: given.password() }));
      const id = createdId(created);
      expect.status(created, 201);
      const operations = [{ op: 'replace', path: 'password', value: given.password() }] as const;
      const changed = await scim.patch('/Users', id ?? '', operations);
      expect.status(changed, 200, 204);
      const { password } = await context.stored('/Users', id ?? '');
      expect.that(password === undefined, 'no password', 'one', changed);
    },
  },
] as const satisfies readonly Check[];
