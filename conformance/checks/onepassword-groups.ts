import { filterValue } from '../../scim/message/patch.ts';
import type { Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { expect } from '../run/expect.ts';
import { serves, supports } from '../run/facts.ts';
import { createdId } from '../run/given.ts';
import { usersAndGroups } from '../run/membership.ts';
import { memberIds, patched } from '../run/steps.ts';

const onMembers = [...usersAndGroups, supports('patch')] as const;

/** A group with two members. */
async function pair({ given }: Context) {
  const [one, other] = [await given.user(), await given.user()];
  const group = await given.group({ members: [{ value: one.id }, { value: other.id }] });
  return { group, one, other };
}

/** Groups that provisioning manages: those that it has pushed. */
export const onePasswordGroups = [
  {
    id: 'onepassword.group-pushed',
    title: 'A group that is pushed is there',
    clause: 'OP-35',
    applies: [serves('Group')],
    async run({ scim, given, stored }) {
      const displayName = given.unique('team');
      const answer = await scim.create('/Groups', given.groupDraft({ displayName }));
      expect.status(answer, 201);
      const id = createdId(answer) ?? '';
      expect.equal(expect.object(answer)['id'], id, 'a body with id', answer);
      expect.equal((await stored('/Groups', id))['displayName'], displayName, 'displayName');
    },
  },
  {
    id: 'onepassword.member-added',
    title: 'A member that is added to a group shows',
    clause: 'OP-36a',
    applies: onMembers,
    seeks: 'faults',
    async run(context) {
      const { group, one, other } = await pair(context);
      const { id } = await context.given.user();
      await patched(context, '/Groups', group.id, [{ op: 'add', path: 'members', value: [{ value: id }] }]);
      expect.set(memberIds(await context.stored('/Groups', group.id)), [one.id, other.id, id], 'members');
    },
  },
  {
    id: 'onepassword.member-removed',
    title: 'Of two members the one that is removed is gone, however it is named',
    clause: 'OP-36b',
    applies: onMembers,
    seeks: 'faults',
    cases: () => [{ name: 'by filter' }, { name: 'by value' }],
    async run(context, { name }) {
      const { group, one, other } = await pair(context);
      const operation =
        name === 'by value'
          ? ({ op: 'remove', path: 'members', value: [{ value: one.id }] } as const)
          : ({ op: 'remove', path: `members[value eq ${filterValue(one.id)}]` } as const);
      await patched(context, '/Groups', group.id, [operation]);
      expect.set(memberIds(await context.stored('/Groups', group.id)), [other.id], 'members');
    },
  },
  {
    id: 'onepassword.group-renamed',
    title: 'A group that is renamed has the new name, and the answer shows it',
    clause: 'OP-38',
    applies: [serves('Group'), supports('patch')],
    seeks: 'faults',
    async run({ scim, given, stored }) {
      const { id } = await given.group();
      const displayName = given.unique('renamed');
      const answer = await scim.patch('/Groups', id, [{ op: 'replace', path: 'displayName', value: displayName }]);
      expect.status(answer, 200);
      expect.equal(expect.object(answer)['displayName'], displayName, 'displayName in the answer', answer);
      expect.equal((await stored('/Groups', id))['displayName'], displayName, 'displayName');
    },
  },
  {
    id: 'onepassword.group-deleted',
    title: 'A group that is deleted is gone',
    clause: 'OP-39',
    applies: [serves('Group')],
    seeks: 'faults',
    async run({ scim, given }) {
      const { id } = await given.group();
      expect.status(await scim.remove('/Groups', id), 204);
      expect.status(await scim.read('/Groups', id), 404);
    },
  },
] as const satisfies readonly Check[];
