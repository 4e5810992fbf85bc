import { ENTERPRISE_USER, GROUP } from '../../scim/message/urn.ts';
import { filterValue, type PatchOperation } from '../../scim/message/patch.ts';
import { isObject } from '../../scim/message/list.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import type { Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { change, startGroup, startUser, succeeds, writes } from '../run/change.ts';
import { expect, show } from '../run/expect.ts';
import { keeps, serves, supports } from '../run/facts.ts';
import { createdId, refusalOf } from '../run/given.ts';
import { usersAndGroups } from '../run/membership.ts';
import { isUnset } from '../run/state.ts';
import { accepted, memberIds, patch as send } from '../run/steps.ts';
import { Violation } from '../run/violation.ts';

const onUsers = [serves('User'), supports('patch')] as const;
const onGroups = [...usersAndGroups, supports('patch')] as const;

/** The second URN of a group that Entra ID creates. */
const ENTRA_GROUP = 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group';

/** The words by which Entra ID names a state. */
const texts: Readonly<Record<string, string>> = { off: 'False', on: 'True', 'off-in-small-letters': 'false' };

/** A group with so many new users as members. */
async function groupOf(context: Context, size: number) {
  const members: JsonObject[] = [];
  for (let at = 0; at < size; at += 1) members.push({ value: (await context.given.user()).id });
  return { group: await startGroup(context, { members }), members };
}

/** An id, where a plain group is made and this body should be as good. @throws Violation when it is refused */
async function groupMade(context: Context, overrides: JsonObject): Promise<string> {
  const answer = await context.scim.create('/Groups', context.given.groupDraft(overrides));
  const id = createdId(answer);
  if (id !== undefined) return id;
  await context.given.group();
  throw new Violation('the group to be made', refusalOf('Group', answer), answer);
}

/** What identity providers write in ways that the RFC does not know, or leaves open; each counts where a profile sends it. */
export const idpWrites = [
  {
    id: 'idp.active-text',
    title: 'The state of a user that Entra ID sends as text is taken as the boolean that it names',
    clause: 'IDP-7',
    applies: [...onUsers, keeps('active'), writes('active')],
    cases: () => Object.keys(texts).map(name => ({ name })),
    async run(context: Context, { name }) {
      const value = texts[name] ?? '';
      const active = value === 'True';
      const subject = await startUser(context, { active: !active });
      await change(context, subject, [{ op: 'replace', path: 'active', value }], { active });
    },
  },
  {
    id: 'idp.dotted-keys',
    title:
      'Names with dots, and full URNs, in the value of a PATCH without path are taken apart as Entra ID means them',
    clause: 'IDP-8',
    applies: onUsers,
    cases: () => [{ name: 'sub-attribute' }, { name: 'extension' }],
    async run(context: Context, { name: kind }) {
      const name = { givenName: 'Mira', familyName: 'Okonkwo' };
      const held = { department: 'Foundry', costCenter: '4130' };
      const [start, value, gives]: readonly [JsonObject, JsonObject, JsonObject] =
        kind === 'extension'
          ? [
              { [ENTERPRISE_USER]: held },
              { [`${ENTERPRISE_USER}:department`]: 'Smithy' },
              { [ENTERPRISE_USER]: { ...held, department: 'Smithy' } },
            ]
          : [{ name }, { 'name.givenName': 'Nadia' }, { name: { ...name, givenName: 'Nadia' } }];
      await change(context, await startUser(context, start), [{ op: 'replace', value }], gives);
    },
  },
  {
    id: 'idp.manager-text',
    title: 'A manager that Entra ID sends as a bare id does not make the PATCH fail',
    clause: 'IDP-9',
    applies: onUsers,
    async run(context: Context) {
      const manager = await context.given.user();
      const { id } = await startUser(context, { [ENTERPRISE_USER]: { department: 'Foundry' } });
      const path = `${ENTERPRISE_USER}:manager`;
      const answer = await send(context, '/Users', id, [{ op: 'add', path, value: manager.id }]);
      succeeds(answer);
      const extension = (await context.stored('/Users', id))[ENTERPRISE_USER];
      const shown = isObject(extension) ? extension['manager'] : undefined;
      if (isUnset(shown)) return { observed: 'the manager is passed over' };
      const value: Json | undefined = isObject(shown) ? shown['value'] : shown;
      expect.equal(value, manager.id, 'manager.value', answer);
      return undefined;
    },
  },
  {
    id: 'idp.members-with-empty-ref',
    title: 'Members that Entra ID adds with an empty $ref join the group',
    clause: 'IDP-10',
    applies: onGroups,
    async run(context: Context) {
      const { group, members } = await groupOf(context, 1);
      const joiners = [await context.given.user(), await context.given.user()].map(({ id }) => ({ value: id }));
      const value = joiners.map(joiner => Object.assign({ $ref: null }, joiner));
      await change(context, group, [{ op: 'add', path: 'members', value }], { members: [...members, ...joiners] });
    },
  },
  {
    id: 'idp.group-with-foreign-schema',
    title: 'A group that names a schema of Microsoft, as those of Entra ID do, is made',
    clause: 'IDP-11',
    applies: [serves('Group')],
    async run(context: Context) {
      const displayName = context.given.unique('team');
      const id = await groupMade(context, {
        schemas: [GROUP, ENTRA_GROUP],
        externalId: context.given.unique('object'),
        meta: { resourceType: 'Group' },
        displayName,
      });
      expect.equal((await context.stored('/Groups', id))['displayName'], displayName, 'displayName');
    },
  },
  {
    id: 'idp.user-of-entra',
    title: 'A user with nulls, an empty list of roles and meta, as those of Entra ID have, is made',
    clause: 'IDP-12',
    applies: [serves('User')],
    async run(context: Context) {
      const draft = context.given.userDraft({ externalId: context.given.unique('object') });
      const body = { ...draft, meta: { resourceType: 'User' }, roles: [], nickName: null, title: null };
      const id = await accepted(context, await context.scim.create('/Users', body));
      const { nickName, roles } = await context.stored('/Users', id);
      expect.that(isUnset(nickName) && isUnset(roles), 'no nickName and no roles', show({ nickName, roles } as Json));
    },
  },
  {
    id: 'idp.user-of-okta',
    title: 'A user with an empty list of groups and a password, as those of Okta have, is made and shown',
    clause: 'IDP-13',
    applies: [serves('User')],
    async run(context: Context) {
      const { given, scim } = context;
      const draft = given.userDraft({ groups: [], locale: 'en-US', password: given.password() });
      const answer = await scim.create('/Users', draft);
      const id = await accepted(context, answer);
      expect.equal(expect.object(answer)['id'], id, 'the user with id', answer);
    },
  },
  {
    id: 'idp.rename-with-id',
    title: 'A group takes the new name that Okta sends with the id, and keeps its member',
    clause: 'IDP-14',
    applies: onGroups,
    async run(context: Context) {
      const { group } = await groupOf(context, 1);
      const displayName = context.given.unique('renamed');
      await change(context, group, [{ op: 'replace', value: { id: group.id, displayName } }], { displayName });
    },
  },
  {
    id: 'idp.emptied-without-path',
    title: 'A group that Okta gives an empty list of members, together with id and name, is empty',
    clause: 'IDP-15',
    applies: onGroups,
    async run(context: Context) {
      const { group } = await groupOf(context, 2);
      const displayName = context.given.unique('renamed');
      const value = { id: group.id, displayName, members: [] };
      await change(context, group, [{ op: 'replace', value }], { displayName, members: null });
    },
  },
  {
    id: 'idp.members-in-one-request',
    title: 'Members that Okta removes and adds in one request leave and join',
    clause: 'IDP-16',
    applies: onGroups,
    async run(context: Context) {
      const { group, members } = await groupOf(context, 2);
      const [leaver, stayer = {}] = members;
      const joiner = await context.given.user();
      const operations: readonly PatchOperation[] = [
        { op: 'remove', path: `members[value eq ${filterValue(leaver?.['value'] ?? '')}]` },
        { op: 'add', path: 'members', value: [{ value: joiner.id, display: joiner.name }] },
      ];
      await change(context, group, operations, { members: [stayer, { value: joiner.id }] });
    },
  },
  {
    id: 'idp.group-without-members',
    title: 'A group that is made with an empty list of members, as Okta does, has none',
    clause: 'IDP-17',
    applies: [serves('Group')],
    async run(context: Context) {
      const id = await groupMade(context, { members: [] });
      expect.set(memberIds(await context.stored('/Groups', id)), [], 'no members:');
    },
  },
  {
    id: 'idp.work-address-without-type',
    title: 'The work address that Entra ID changes is the primary one, where no address has a type',
    clause: 'IDP-18',
    applies: [...onUsers, writes('emails')],
    async run(context: Context) {
      const { given } = context;
      const address = (label: string) => ({ value: `${given.unique(label)}@${given.domain}`, primary: true });
      const [old, next] = [address('first'), address('second')];
      const subject = await startUser(context, { emails: [old] });
      const path = 'emails[type eq "work"].value';
      await change(context, subject, [{ op: 'replace', path, value: next.value }], { emails: [next] });
    },
  },
] as const satisfies readonly Check[];
