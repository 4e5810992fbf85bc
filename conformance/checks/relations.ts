import { filterValue } from '../../scim/message/patch.ts';
import type { Check } from '../run/check.ts';
import { declaredType } from '../run/declared.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { supports, type Facts } from '../run/facts.ts';
import { createdId, refusalOf } from '../run/given.ts';
import {
  expectGroup,
  groupIds,
  listsMember,
  membership,
  showsGroup,
  standing,
  usersAndGroups,
} from '../run/membership.ts';
import { memberIds, patched, succeeded } from '../run/steps.ts';
import { Blocked, NotApplicable, Violation } from '../run/violation.ts';

const published = (facts: Facts, path: 'groups') =>
  declaredType(facts, 'User')?.base.attributes.some(({ name }) => name === path) === true;

/** Members of groups and groups of users, which are two sides of one thing (RFC 7643 sections 4.1.2 and 4.2). */
export const relations = [
  {
    id: 'relation.user-shows-group',
    title: 'A user shows the group that was made with it',
    clause: 'RFC7643-4.1.2-18',
    applies: usersAndGroups,
    async run(context) {
      const { user, group } = await standing(context);
      await listsMember(context, group.id, user.id);
      const ids = await groupIds(context, user.id);
      if (ids.includes(group.id)) return;
      if (!published(context.facts, 'groups')) throw new NotApplicable('/Schemas has no groups for users');
      // A provider that computes no groups may leave them out; then it should not publish them either.
      throw new Violation(`a group ${show(group.id)}`, show(ids), undefined, ids.length > 0 ? 'failure' : 'warning');
    },
  },
  {
    id: 'relation.patch-adds',
    title: 'A user that a PATCH makes a member shows the group',
    clause: 'RFC7643-4.1.2-18',
    applies: [...usersAndGroups, supports('patch')],
    async run(context) {
      const { group, user: first } = await membership(context);
      await showsGroup(context, first.id, group.id);
      const { id } = await context.given.user();
      await patched(context, '/Groups', group.id, [{ op: 'add', path: 'members', value: [{ value: id }] }]);
      await expectGroup(context, id, group.id, true);
    },
  },
  {
    id: 'relation.patch-removes',
    title: 'A user whose membership a PATCH ends shows the group no more',
    clause: 'RFC7643-4.1.2-18',
    applies: [...usersAndGroups, supports('patch')],
    cases: () => [{ name: 'all' }, { name: 'one' }],
    async run(context, { name }) {
      const { group, user } = await membership(context);
      await showsGroup(context, user.id, group.id);
      const path = name === 'all' ? 'members' : `members[value eq ${filterValue(user.id)}]`;
      await patched(context, '/Groups', group.id, [{ op: 'remove', path }]);
      await expectGroup(context, user.id, group.id, false);
    },
  },
  {
    id: 'relation.put-changes',
    title: 'A PUT with other members changes what the users show',
    clause: 'RFC7643-4.1.2-18',
    also: ['RFC7643-4.2-03'],
    applies: usersAndGroups,
    async run(context) {
      const { group, user: old } = await membership(context);
      await showsGroup(context, old.id, group.id);
      const { id } = await context.given.user();
      succeeded(
        await context.scim.replace('/Groups', group.id, { ...group.sent, members: [{ value: id }] }),
        'replace.status',
      );
      expect.set(memberIds(await context.stored('/Groups', group.id)), [id], 'members');
      await expectGroup(context, id, group.id, true);
      await expectGroup(context, old.id, group.id, false);
    },
  },
  {
    id: 'relation.group-deleted',
    title: 'A deleted group is shown by none of its members',
    clause: 'RFC7643-4.1.2-18',
    also: ['RFC7644-3.6-04'],
    applies: usersAndGroups,
    async run(context) {
      const { group, user } = await membership(context);
      await showsGroup(context, user.id, group.id);
      succeeded(await context.scim.remove('/Groups', group.id), 'delete.status');
      await expectGroup(context, user.id, group.id, false);
    },
  },
  {
    id: 'relation.user-deleted',
    title: 'What becomes of the membership of a deleted user is recorded',
    clause: 'RFC7644-3.6-07',
    also: ['RFC7643-2.3.7-06'],
    applies: usersAndGroups,
    async run(context) {
      const { group, user } = await membership(context);
      await listsMember(context, group.id, user.id);
      succeeded(await context.scim.remove('/Users', user.id), 'delete.status');
      const gone = !memberIds(await context.stored('/Groups', group.id)).includes(user.id);
      expect.that(gone, 'the membership to end with the user', 'the group still lists it');
      return { observed: 'the membership ends with the user' };
    },
  },
  {
    id: 'relation.user-deleted-others-stay',
    title: 'The deletion of a user leaves its groups and their other members',
    clause: 'RFC7643-4.2-05',
    applies: usersAndGroups,
    async run(context) {
      const { given, scim, stored } = context;
      const [one, other] = [await given.user(), await given.user()];
      const { id, name } = await given.group({ members: [{ value: one.id }, { value: other.id }] });
      await listsMember(context, id, other.id);
      succeeded(await scim.remove('/Users', one.id), 'delete.status');
      const group = await stored('/Groups', id);
      expect.that(memberIds(group).includes(other.id), `the member ${show(other.id)}`, show(group['members']));
      expect.equal(group['displayName'], name, 'displayName');
    },
  },
  {
    id: 'relation.group-deleted-members-stay',
    title: 'The deletion of a group leaves its members',
    clause: 'RFC7644-3.1-09',
    applies: usersAndGroups,
    async run(context) {
      const { group, user } = await membership(context);
      succeeded(await context.scim.remove('/Groups', group.id), 'delete.status');
      expect.status(await context.scim.read('/Users', user.id), 200);
    },
  },
  {
    id: 'relation.mixed-members',
    title: 'A group that takes a group and a user as members shows both, after a PUT of the same as well',
    clause: 'RFC7643-4.2-05',
    also: ['RFC7643-4.2-06'],
    applies: usersAndGroups,
    async run({ scim, given, stored }) {
      const [user, inner] = [await given.user(), await given.group()];
      const members = [
        { value: inner.id, type: 'Group' },
        { value: user.id, type: 'User' },
      ];
      const draft = given.groupDraft({ members });
      const answer = await scim.create('/Groups', draft);
      const id = createdId(answer);
      if (id === undefined) throw new NotApplicable(`a group as a member is refused: ${describeAnswer(answer)}`);
      const shown = memberIds(await stored('/Groups', id));
      if (!shown.includes(inner.id)) return expect.set(shown, [user.id], 'members, without the group:', answer);
      expect.set(shown, [inner.id, user.id], 'members', answer);
      const replaced = await scim.replace('/Groups', id, draft);
      if ((replaced.status ?? 500) > 299) return;
      const after = memberIds(await stored('/Groups', id));
      if (!after.includes(user.id)) throw new Blocked('relation.put-changes', 'a PUT of a group loses its users');
      expect.set(after, [inner.id, user.id], 'members, after a PUT of the same:', replaced);
    },
  },
  {
    id: 'relation.groups-read-only',
    title: 'A create that names groups for the user makes it a member of none',
    clause: 'RFC7643-4.1.2-19',
    applies: usersAndGroups,
    async run(context) {
      const { scim, given, stored } = context;
      const group = await given.group();
      await given.user();
      const answer = await scim.create('/Users', given.userDraft({ groups: [{ value: group.id }] }));
      const id = createdId(answer);
      if (id === undefined) {
        throw new Violation('a user, its groups ignored', refusalOf('User', answer), answer, 'warning');
      }
      expect.set(memberIds(await stored('/Groups', group.id)), [], 'no members:', answer);
    },
  },
  {
    id: 'relation.groups-read-only-put',
    title: 'A PUT that names groups for the user changes no membership',
    clause: 'RFC7643-4.1.2-19',
    applies: usersAndGroups,
    async run(context) {
      const { scim, given, stored } = context;
      const { group, user } = await membership(context);
      const other = await given.group();
      await scim.replace('/Users', user.id, { ...user.sent, groups: [{ value: other.id }] });
      expect.set(memberIds(await stored('/Groups', other.id)), [], 'no members of the group that was named:');
      expect.set(memberIds(await stored('/Groups', group.id)), [user.id], 'members of the group that was not named');
    },
  },
  {
    id: 'relation.groups-read-only-patch',
    title: 'A PATCH of the groups of a user changes no membership',
    clause: 'RFC7643-4.1.2-19',
    applies: [...usersAndGroups, supports('patch')],
    async run({ scim, given, stored }) {
      const [user, group] = [await given.user(), await given.group()];
      await scim.patch('/Users', user.id, [{ op: 'add', path: 'groups', value: [{ value: group.id }] }]);
      expect.set(memberIds(await stored('/Groups', group.id)), [], 'no members:');
    },
  },
] as const satisfies readonly Check[];
