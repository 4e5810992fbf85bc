import { filterValue, type PatchOperation } from '../../scim/message/patch.ts';
import { isObject } from '../../scim/message/list.ts';
import type { JsonObject } from '../../scim/wire/message.ts';
import type { Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { change, shows, startGroup, startUser, succeeds, type Subject } from '../run/change.ts';
import { refused } from '../run/refused.ts';
import { expect, show } from '../run/expect.ts';
import { serves, supports } from '../run/facts.ts';
import { alike } from '../run/state.ts';
import { memberIds, patch as send } from '../run/steps.ts';
import { elementOf } from '../run/values.ts';
import { NotApplicable } from '../run/violation.ts';

const onGroups = [serves('User'), serves('Group'), supports('patch')] as const;

/** Beyond the usual defaults of pages and batches, and few enough to be made one by one. */
const MANY = 27;
const AT_ONCE = 3;

/** A group with new users as members. */
async function groupOf(context: Context, size: number, more: JsonObject = {}) {
  const users: Subject[] = [];
  for (let at = 0; at < size; at += 1) users.push(await startUser(context));
  const members = users.map(({ id }) => ({ value: id }));
  // A target may have no use for the rest of what a group can hold.
  const group = await startGroup(context, { members, ...more }).catch(async (error: unknown) => {
    if (Object.keys(more).length === 0 || !(error instanceof NotApplicable)) throw error;
    return startGroup(context, { members });
  });
  return { group, users, members };
}

const membersOf = async (context: Context, id: string) => memberIds(await context.stored('/Groups', id));

const eq = (id: string | undefined) => `value eq ${filterValue(id ?? '')}`;

/** What memberships do to groups and users (RFC 7644 section 3.5.2, RFC 7643 section 4.2). */
export const patchMembers = [
  {
    id: 'patch.member-forms',
    title: 'Members join by every form of addition, and the rest of the group is as before',
    clause: 'RFC7644-3.5.2.1-13',
    applies: onGroups,
    cases: () => [
      { name: 'single-object' },
      { name: 'without-path' },
      { name: 'two-at-once' },
      { name: 'two-operations' },
    ],
    async run(context, { name }) {
      const { group, members } = await groupOf(context, 1);
      const joiners = [{ value: (await context.given.user()).id }, { value: (await context.given.user()).id }];
      const [first = { value: '' }, second = { value: '' }] = joiners;
      const forms: Readonly<Record<string, readonly PatchOperation[]>> = {
        'single-object': [{ op: 'add', path: 'members', value: first }],
        'without-path': [{ op: 'add', value: { members: [first] } }],
        'two-at-once': [{ op: 'add', path: 'members', value: joiners }],
        'two-operations': [
          { op: 'add', path: 'members', value: [first] },
          { op: 'add', path: 'members', value: [second] },
        ],
      };
      const joined = name.startsWith('two') ? joiners : [first];
      await change(context, group, forms[name] ?? [], { members: [...members, ...joined] });
    },
  },
  {
    id: 'patch.remove-one-member',
    title: 'A member that is removed goes alone, and the others and the group are as before',
    clause: 'RFC7644-3.5.2.2-04',
    applies: onGroups,
    cases: () => [{ name: 'first' }, { name: 'middle' }, { name: 'last' }],
    async run(context, { name }) {
      const { group } = await groupOf(context, 3);
      const shown = Array.isArray(group.before['members']) ? group.before['members'].filter(isObject) : [];
      const leaver = shown[{ first: 0, middle: 1, last: 2 }[name] ?? 0];
      const left = shown.filter(member => member !== leaver);
      const path = `members[${eq(typeof leaver?.['value'] === 'string' ? leaver['value'] : '')}]`;
      const answer = await send(context, '/Groups', group.id, [{ op: 'remove', path }]);
      succeeds(answer);
      const after = await shows(context, group, { members: left.map(({ value = null }) => ({ value })) }, answer);
      // Their sub-attributes belong to the provider, and nothing gave it a reason to change them.
      expect.that(alike(left, after['members']), `members ${show(left)}`, show(after['members']), answer);
    },
  },
  {
    id: 'patch.remove-members-by-or',
    title: 'A removal by a value path with or takes every member that it names',
    clause: 'RFC7644-3.5.2.2-04',
    applies: onGroups,
    async run(context) {
      const { group, members } = await groupOf(context, 3);
      const [first, second, third] = members;
      const path = `members[${eq(first?.value)} or ${eq(third?.value)}]`;
      await change(context, group, [{ op: 'remove', path }], { members: second ? [second] : [] });
    },
  },
  {
    id: 'patch.remove-then-add-member',
    title: 'One member leaves and another joins in one request',
    clause: 'RFC7644-3.5.2.2-11',
    applies: onGroups,
    async run(context) {
      const { group, members } = await groupOf(context, 2);
      const [leaver, stayer] = members;
      const joiner = { value: (await context.given.user()).id };
      const operations: PatchOperation[] = [
        { op: 'remove', path: `members[${eq(leaver?.value)}]` },
        { op: 'add', path: 'members', value: [joiner] },
      ];
      await change(context, group, operations, { members: stayer ? [stayer, joiner] : [joiner] });
    },
  },
  {
    id: 'patch.remove-then-add-same-member',
    title: 'A member that is removed and added again in one request is a member',
    clause: 'RFC7644-3.5.2-21',
    applies: onGroups,
    async run(context) {
      const { group, members } = await groupOf(context, 2);
      const [leaver] = members;
      const operations: PatchOperation[] = [
        { op: 'remove', path: 'members' },
        { op: 'add', path: 'members', value: leaver ? [leaver] : [] },
      ];
      await change(context, group, operations, { members: leaver ? [leaver] : [] });
    },
  },
  {
    id: 'patch.replace-members',
    title: 'A replacement of members has the new ones and no old one',
    clause: 'RFC7644-3.5.2.3-03',
    applies: onGroups,
    cases: () => [{ name: 'path' }, { name: 'without-path' }, { name: 'empty' }],
    async run(context, { name }) {
      const { group, members } = await groupOf(context, 2);
      const next = name === 'empty' ? [] : [...members.slice(0, 1), { value: (await context.given.user()).id }];
      const operation: PatchOperation =
        name === 'without-path'
          ? { op: 'replace', value: { members: next } }
          : { op: 'replace', path: 'members', value: next };
      await change(context, group, [operation], { members: next });
    },
  },
  {
    id: 'patch.rename-group',
    title: 'A group that is renamed keeps its id and its members',
    clause: 'RFC7644-3.5.2.3-02',
    applies: onGroups,
    async run(context) {
      const { group } = await groupOf(context, 2, { externalId: context.given.unique('kept') });
      const displayName = context.given.unique('renamed');
      await change(context, group, [{ op: 'replace', path: 'displayName', value: displayName }], { displayName });
    },
  },
  {
    id: 'patch.member-untouched',
    title: 'Users that join or leave a group are otherwise as before',
    clause: 'RFC7644-3.1-09',
    applies: onGroups,
    async run(context) {
      const { group, users } = await groupOf(context, 2);
      const [leaver, stayer] = users;
      const joiner = await startUser(context);
      succeeds(
        await send(context, '/Groups', group.id, [
          { op: 'add', path: 'members', value: [{ value: joiner.id }] },
          { op: 'remove', path: `members[${eq(leaver?.id)}]` },
        ]),
      );
      for (const user of [leaver, stayer, joiner]) if (user) await shows(context, user, {});
    },
  },
  {
    id: 'patch.group-neighbour',
    title: 'A PATCH of a group leaves another group with the same member alone',
    clause: 'RFC7644-3.1-09',
    applies: onGroups,
    async run(context) {
      const { group, members } = await groupOf(context, 2);
      const other = await startGroup(context, { members });
      const [leaver] = members;
      const operations: PatchOperation[] = [
        { op: 'remove', path: `members[${eq(leaver?.value)}]` },
        { op: 'replace', path: 'displayName', value: context.given.unique('renamed') },
      ];
      succeeds(await send(context, '/Groups', group.id, operations));
      const { meta } = await shows(context, other, {});
      expect.equal(meta, other.before['meta'] ?? null, 'meta of the other group as before:');
    },
  },
  {
    id: 'patch.neighbour',
    title: 'A PATCH of a user leaves the users before and after it alone',
    clause: 'RFC7644-3.1-09',
    applies: [serves('User'), supports('patch')],
    async run(context) {
      const start = () => ({ emails: [elementOf(context.given, 'emails', 'work')] });
      const [before, subject, after] = [
        await startUser(context, start()),
        await startUser(context, start()),
        await startUser(context, start()),
      ];
      const displayName = context.given.unique('renamed');
      const emails = [elementOf(context.given, 'emails', 'home')];
      succeeds(
        await send(context, '/Users', subject.id, [{ op: 'replace', value: { displayName, emails, active: false } }]),
      );
      for (const other of [before, after]) {
        const { meta } = await shows(context, other, {});
        expect.equal(meta, other.before['meta'] ?? null, 'meta of the other user as before:');
      }
    },
  },
  {
    id: 'patch.member-sub-attribute',
    title: 'The value of a member cannot be replaced by a PATCH of the sub-attribute',
    clause: 'RFC7643-4.2-04',
    applies: onGroups,
    async run(context) {
      const { group, members } = await groupOf(context, 1);
      const [member] = members;
      const other = await context.given.user();
      const path = `members[${eq(member?.value)}].value`;
      const answer = await send(context, '/Groups', group.id, [{ op: 'replace', path, value: other.id }]);
      expect.set(await membersOf(context, group.id), [member?.value ?? ''], 'members as before:', answer);
      refused(answer);
    },
  },
  {
    id: 'patch.many-members',
    title: 'As many members as one request names join the group',
    clause: 'RFC7644-3.5.2.1-06',
    applies: onGroups,
    async run(context) {
      const members: { value: string }[] = [];
      while (members.length < MANY) {
        const made = await Promise.all(Array.from({ length: AT_ONCE }, async () => context.given.user()));
        members.push(...made.map(({ id }) => ({ value: id })));
      }
      const group = await startGroup(context);
      succeeds(await send(context, '/Groups', group.id, [{ op: 'add', path: 'members', value: members }]));
      const ids = members.map(({ value }) => value);
      expect.set(await membersOf(context, group.id), ids, 'members');
      const [first = ''] = ids;
      succeeds(await send(context, '/Groups', group.id, [{ op: 'remove', path: `members[${eq(first)}]` }]));
      expect.set(await membersOf(context, group.id), ids.slice(1), 'members after one has left');
    },
  },
] as const satisfies readonly Check[];
