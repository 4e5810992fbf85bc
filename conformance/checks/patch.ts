import { filterValue } from '../../scim/message/patch.ts';
import type { Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { ordinary } from '../run/change.ts';
import { isRefused, neverRight } from '../run/refused.ts';
import { describeAnswer, expect } from '../run/expect.ts';
import { keeps, serves, supports } from '../run/facts.ts';
import { memberIds, onEachType, patch as send, patched } from '../run/steps.ts';
import { Blocked } from '../run/violation.ts';

/** A group with the given number of members. @throws Blocked when it does not come with them. */
async function groupOf(context: Context, size: number) {
  const members: string[] = [];
  for (let user = 0; user < size; user += 1) members.push((await context.given.user()).id);
  const group = await context.given.group({ members: members.map(value => ({ value })) });
  const shown = memberIds(await context.stored('/Groups', group.id));
  if (!members.every(id => shown.includes(id))) {
    throw new Blocked('group.members', 'a group that is made with members does not show them');
  }
  return { id: group.id, members };
}

const membersOf = async (context: Context, id: string) => memberIds(await context.stored('/Groups', id));

const onUsers = [serves('User'), supports('patch')] as const;
const onGroups = [serves('User'), serves('Group'), supports('patch')] as const;

/** PATCH (RFC 7644 section 3.5.2). */
export const patch = [
  {
    id: 'patch.status',
    title: 'A PATCH is answered with 200 and the resource, or with 204',
    clause: 'RFC7644-3.5.2-24',
    applies: [supports('patch')],
    ...onEachType(async (context, endpoint, { id }) => {
      const rename = { op: 'replace', path: 'displayName', value: context.given.unique('renamed') } as const;
      const answer = await context.scim.patch(endpoint, id, [endpoint === '/Users' ? ordinary(context) : rename]);
      expect.status(answer, 200, 204);
      if (answer.status === 200) expect.equal(expect.object(answer)['id'], id, 'the resource with id', answer);
    }),
  },
  {
    id: 'patch.replace-read-back',
    title: 'A value that a PATCH replaces is there afterwards, and the others are as before',
    clause: 'RFC7644-3.5.2.3-02',
    applies: [...onUsers, keeps('displayName')],
    async run(context) {
      const { id } = await context.given.user();
      const value = context.given.unique('renamed');
      const { userName } = await context.stored('/Users', id);
      await patched(context, '/Users', id, [{ op: 'replace', path: 'displayName', value }]);
      const after = await context.stored('/Users', id);
      expect.equal(after['displayName'], value, 'displayName');
      expect.equal(after['userName'], userName, 'userName as before:');
    },
  },
  {
    id: 'patch.replace-without-path',
    title: 'A PATCH without a path replaces the attributes of its value',
    clause: 'RFC7644-3.5.2.3-01',
    applies: [...onUsers, keeps('displayName')],
    async run(context) {
      const { id } = await context.given.user();
      const displayName = context.given.unique('renamed');
      const { userName } = await context.stored('/Users', id);
      await patched(context, '/Users', id, [{ op: 'replace', value: { displayName } }]);
      const after = await context.stored('/Users', id);
      expect.equal(after['displayName'], displayName, 'displayName');
      expect.equal(after['userName'], userName, 'userName as before:');
    },
  },
  {
    id: 'patch.add-member',
    title: 'A member that is added joins those who are there',
    clause: 'RFC7644-3.5.2.1-06',
    also: ['RFC7644-3.5.2.1-13'],
    applies: onGroups,
    async run(context) {
      const { id, members } = await groupOf(context, 1);
      const joiner = await context.given.user();
      await patched(context, '/Groups', id, [{ op: 'add', path: 'members', value: [{ value: joiner.id }] }]);
      expect.set(await membersOf(context, id), [...members, joiner.id], 'members');
    },
  },
  {
    id: 'patch.add-member-again',
    title: 'A member that is added a second time is there once',
    clause: 'RFC7644-3.5.2.1-09',
    applies: onGroups,
    async run(context) {
      const { id, members } = await groupOf(context, 1);
      const value = members.map(member => ({ value: member }));
      await patched(context, '/Groups', id, [{ op: 'add', path: 'members', value }]);
      expect.set(await membersOf(context, id), members, 'members');
    },
  },
  {
    id: 'patch.remove-member-by-value-path',
    title: 'A member that is removed by a value path leaves alone',
    clause: 'RFC7644-3.5.2.2-04',
    applies: onGroups,
    async run(context) {
      const { id, members } = await groupOf(context, 3);
      const [leaver = '', ...others] = members;
      await patched(context, '/Groups', id, [{ op: 'remove', path: `members[value eq ${filterValue(leaver)}]` }]);
      expect.set(await membersOf(context, id), others, 'members');
    },
  },
  {
    id: 'patch.remove-all-members',
    title: 'Removing members without a filter empties the group',
    clause: 'RFC7644-3.5.2.2-03',
    applies: onGroups,
    async run(context) {
      const { id } = await groupOf(context, 2);
      await patched(context, '/Groups', id, [{ op: 'remove', path: 'members' }]);
      expect.set(await membersOf(context, id), [], 'members');
    },
  },
  {
    id: 'patch.read-only',
    title: 'A PATCH of the id is refused',
    clause: 'RFC7644-3.5.2-16',
    also: ['RFC7644-3.5.2-12'],
    applies: onUsers,
    async run(context) {
      const { id } = await context.given.user();
      const operation = { op: 'replace', path: 'id', value: context.given.unique('chosen') } as const;
      const answer = await send(context, '/Users', id, [operation]);
      const refused = answer.status !== undefined && answer.status >= 400 && answer.status < 500;
      expect.that(refused, 'a refusal with 4xx', describeAnswer(answer), answer);
    },
  },
  {
    id: 'patch.atomic',
    title: 'A PATCH that is refused changes nothing',
    clause: 'RFC7644-3.5.2-23',
    applies: [...onUsers, keeps('displayName')],
    async run(context) {
      const { given } = context;
      const { id } = await given.user();
      let { displayName } = await context.stored('/Users', id);
      const first = { op: 'replace', path: 'displayName', value: given.unique('half') } as const;
      // Alone it has to work, or a refusal of both would show nothing.
      await patched(context, '/Users', id, [{ ...first, value: displayName ?? null }]);
      for (const wrong of neverRight) {
        const answer = await send(context, '/Users', id, [{ ...first, value: given.unique('half') }, wrong]);
        const { displayName: came } = await context.stored('/Users', id);
        if (isRefused(answer)) return expect.equal(came, displayName, 'displayName as before:', answer);
        displayName = came;
      }
      throw new Blocked('patch.remove-without-path', 'the target refuses none of the operations');
    },
  },
  {
    id: 'patch.remove-without-path',
    title: 'A removal without a path is refused with 400 noTarget',
    clause: 'RFC7644-3.5.2.2-01',
    applies: onUsers,
    async run(context) {
      const { id } = await context.given.user();
      expect.refusal(await send(context, '/Users', id, [{ op: 'remove' }]), [400], 'noTarget');
    },
  },
  {
    id: 'patch.replace-no-target',
    title: 'A replacement whose value path matches nothing is refused with 400 noTarget',
    clause: 'RFC7644-3.5.2.3-08',
    also: ['RFC7644-3.12-24'],
    applies: [...onUsers, keeps('emails')],
    async run(context) {
      const { id } = await context.given.user();
      const path = 'emails[type eq "other"].value';
      const value = `${context.given.unique('other')}@${context.given.domain}`;
      expect.refusal(await send(context, '/Users', id, [{ op: 'replace', path, value }]), [400], 'noTarget');
    },
  },
  {
    id: 'patch.unknown',
    title: 'A PATCH of an id that does not exist is answered with 404',
    clause: 'RFC7644-3.5.2-26',
    applies: onUsers,
    async run(context) {
      const { scim, given } = context;
      const { id } = await given.user();
      const operation = ordinary(context);
      await patched(context, '/Users', id, [operation]);
      expect.status(await scim.patch('/Users', given.unknownId(), [operation]), 404);
    },
  },
] as const satisfies readonly Check[];
