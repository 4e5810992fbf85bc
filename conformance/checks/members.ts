import type { JsonObject } from '../../scim/wire/message.ts';
import type { Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { declaredType } from '../run/declared.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { large } from '../run/facts.ts';
import { createdId, lastSegment } from '../run/given.ts';
import {
  entryOf,
  expectGroup,
  groupShown,
  listsMember,
  membership,
  objects,
  showsGroup,
  standing,
  usersAndGroups,
} from '../run/membership.ts';
import { reporters } from '../run/reporters.ts';
import { memberIds, succeeded } from '../run/steps.ts';
import { Blocked, NotApplicable, Violation } from '../run/violation.ts';

/** How many members a large group is made with. */
const MANY = 200;
/** How many users it is made with where members have to exist, and how many of them are under way at once. */
const SOME = 102;
const AT_ONCE = 6;

/** A POST of a group, and the members it then shows. */
async function makeWith({ scim, given, stored }: Context, ids: readonly string[]) {
  const answer = await scim.create('/Groups', given.groupDraft({ members: ids.map(value => ({ value })) }));
  const id = createdId(answer);
  return { answer, members: id === undefined ? undefined : memberIds(await stored('/Groups', id)) };
}

async function follow({ scim }: Context, reference: string, endpoint: string): Promise<string | undefined> {
  const at = reference.lastIndexOf(`${endpoint}/`);
  if (at < 0) return undefined;
  const read = await scim.request({ method: 'GET', path: reference.slice(at) });
  expect.status(read, 200);
  const { id } = expect.object(read);
  return typeof id === 'string' ? id : '';
}

/** A `$ref` that is there has to be a URI that leads to the resource. */
async function resolves(context: Context, entry: JsonObject, endpoint: string, id: string): Promise<void> {
  const { $ref } = entry;
  if ($ref === undefined || $ref === null) throw new NotApplicable('no $ref is shown');
  const text = typeof $ref === 'string' && lastSegment($ref) === id ? $ref : undefined;
  if (text === undefined) throw new Violation(`a $ref that ends in ${endpoint}/${id}`, show($ref));
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(text)?.[1];
  expect.that(scheme === undefined || /^https?$/i.test(scheme), '$ref below http or https', show($ref));
  expect.equal(await follow(context, text, endpoint), id, 'the resource with id');
}

/** The entries by which groups and users show one another (RFC 7643 sections 2.4, 4.1.2 and 4.2). */
export const members = [
  {
    id: 'relation.member-ref',
    title: 'The $ref of a member leads to it',
    clause: 'RFC7643-2.3.7-05',
    also: ['RFC7643-2.3.7-03', 'RFC7643-2.3.7-04', 'RFC7643-4.2-05', 'RFC7643-2.3.7-07'],
    applies: usersAndGroups,
    async run(context) {
      const { group, user } = await standing(context);
      await listsMember(context, group.id, user.id);
      const entry = entryOf((await context.stored('/Groups', group.id))['members'], user.id);
      await resolves(context, entry ?? {}, '/Users', user.id);
    },
  },
  {
    id: 'relation.group-ref',
    title: 'The $ref of a group that a user shows leads to the group',
    clause: 'RFC7643-4.1.2-18',
    applies: usersAndGroups,
    async run(context) {
      const { group, entry } = await groupShown(context);
      await resolves(context, entry, '/Groups', group.id);
    },
  },
  {
    id: 'relation.direct',
    title: 'A group that lists the user itself is shown as direct, where a type is shown',
    clause: 'RFC7643-4.1.2-16',
    applies: usersAndGroups,
    async run(context) {
      const { type } = (await groupShown(context)).entry;
      if (type === undefined || type === null) throw new NotApplicable('no type is shown');
      expect.equal(type, 'direct', 'type');
    },
  },
  {
    id: 'relation.group-display',
    title: 'The display of a group that a user shows is its displayName',
    clause: 'RFC7643-2.4-02',
    applies: usersAndGroups,
    async run(context) {
      const { group, entry } = await groupShown(context);
      const { display } = entry;
      if (display === undefined || display === null) throw new NotApplicable('no display is shown');
      expect.equal(display, group.name, 'display');
    },
  },
  {
    id: 'relation.group-renamed',
    title: 'A group that is renamed is shown by its members under its new name',
    clause: 'RFC7643-2.4-02',
    applies: usersAndGroups,
    async run(context) {
      const { scim, given, stored } = context;
      const { user, group } = await membership(context);
      const display = async () => entryOf((await stored('/Users', user.id))['groups'], group.id)?.['display'];
      if ((await display()) !== group.name) throw new NotApplicable('users do not show groups by their displayName');
      const displayName = given.unique('renamed');
      succeeded(await scim.replace('/Groups', group.id, { ...group.sent, displayName }), 'replace.status');
      if ((await stored('/Groups', group.id))['displayName'] !== displayName) {
        throw new Blocked(reporters.idle.Group.PUT, 'the group keeps its name');
      }
      expect.equal(await display(), displayName, 'display');
    },
  },
  {
    id: 'relation.member-type',
    title: 'The type of a member is that of its resource, where a type is shown',
    clause: 'RFC7643-2.4-02',
    applies: usersAndGroups,
    async run(context) {
      const { group, user } = await standing(context);
      const { type } = entryOf((await context.stored('/Groups', group.id))['members'], user.id) ?? {};
      if (type === undefined || type === null) throw new NotApplicable('no type is shown');
      expect.equal(type, 'User', 'type');
    },
  },
  {
    id: 'relation.two-groups',
    title: 'A user in two groups shows both',
    clause: 'RFC7643-4.1.2-18',
    applies: usersAndGroups,
    async run(context) {
      const { group, user } = await membership(context);
      await showsGroup(context, user.id, group.id);
      const second = await context.given.group({ members: [{ value: user.id }] });
      for (const { id } of [group, second]) await expectGroup(context, user.id, id, true);
      expect.set(memberIds(await context.stored('/Groups', group.id)), [user.id], 'members of the first group');
    },
  },
  {
    id: 'relation.rename-keeps-members',
    title: 'A user that is renamed stays a member',
    clause: 'RFC7643-4.2-05',
    applies: usersAndGroups,
    async run(context) {
      const { scim, given, stored } = context;
      const { group, user } = await membership(context);
      const userName = `${given.unique('renamed')}@${given.domain}`;
      succeeded(await scim.replace('/Users', user.id, { ...user.sent, userName }), 'replace.status');
      expect.set(memberIds(await stored('/Groups', group.id)), [user.id], 'members');
    },
  },
  {
    id: 'relation.nested',
    title: 'A group as member of a group is shown as such, or refused',
    clause: 'RFC7643-4.2-06',
    also: ['RFC7643-4.1.2-17'],
    applies: usersAndGroups,
    async run(context) {
      const { scim, given, stored } = context;
      const { group: inner, user } = await membership(context);
      const answer = await scim.create('/Groups', given.groupDraft({ members: [{ value: inner.id, type: 'Group' }] }));
      const id = createdId(answer);
      if (id === undefined) {
        expect.status(answer, 400, 404, 403, 501);
        return { observed: `refused: ${describeAnswer(answer)}` };
      }
      const listed = memberIds(await stored('/Groups', id)).includes(inner.id);
      const groups = objects((await stored('/Users', user.id))['groups']);
      const outer = groups.find(({ value }) => value === id);
      if (outer && outer['type'] !== undefined) expect.equal(outer['type'], 'indirect', 'type of the outer group');
      return { observed: `${listed ? 'kept' : 'left out'}, the user ${outer ? 'shows' : 'does not show'} the outer` };
    },
  },
  {
    id: 'relation.indirect',
    title: 'A group that lists another with the user, not the user itself, is not shown as direct',
    clause: 'RFC7643-4.1.2-16',
    also: ['RFC7643-4.1.2-17'],
    applies: usersAndGroups,
    async run(context) {
      const { scim, given, stored } = context;
      const { group: inner, user } = await membership(context);
      const answer = await scim.create('/Groups', given.groupDraft({ members: [{ value: inner.id, type: 'Group' }] }));
      const id = createdId(answer);
      if (id === undefined) throw new NotApplicable(`a group as member is refused: ${describeAnswer(answer)}`);
      const listed = memberIds(await stored('/Groups', id));
      if (!listed.includes(inner.id)) throw new NotApplicable('a group does not show the group that is its member');
      if (listed.includes(user.id)) throw new NotApplicable('the outer group lists the user itself as well');
      const outer = entryOf((await stored('/Users', user.id))['groups'], id);
      if (typeof outer?.['type'] !== 'string') throw new NotApplicable('no type of the outer group is shown');
      expect.that(outer['type'].toLowerCase() !== 'direct', 'type "indirect"', show(outer['type']));
    },
  },
  {
    id: 'relation.unknown-member',
    title: 'A member that does not exist is taken or refused with 400 or 404',
    clause: 'RFC7643-2.3.7-06',
    applies: usersAndGroups,
    async run({ scim, given }) {
      await given.group();
      const answer = await scim.create('/Groups', given.groupDraft({ members: [{ value: given.unknownId() }] }));
      expect.status(answer, 201, 400, 404, 409);
      return { observed: describeAnswer(answer) };
    },
  },
  {
    id: 'relation.member-value-required',
    title: 'A member without value is refused where /Schemas demands one',
    clause: 'RFC7643-4.2-07',
    applies: usersAndGroups,
    async run({ scim, given, facts }) {
      const members = declaredType(facts, 'Group')?.base.attributes.find(({ name }) => name === 'members');
      const value = members?.subAttributes.find(({ name }) => name === 'value');
      if (value?.required !== true) throw new NotApplicable('members.value is not published as required');
      await given.group();
      expect.status(await scim.create('/Groups', given.groupDraft({ members: [{ type: 'User' }] })), 400);
    },
  },
  {
    id: 'relation.members-once',
    title: 'A member that is given twice is shown once, or refused',
    clause: 'RFC7643-2.4-09',
    applies: usersAndGroups,
    async run(context) {
      const { scim, given, stored } = context;
      const { id: value } = await given.user();
      const answer = await scim.create('/Groups', given.groupDraft({ members: [{ value }, { value }] }));
      const id = createdId(answer);
      if (id === undefined) return expect.status(answer, 400);
      expect.set(memberIds(await stored('/Groups', id)), [value], 'members', answer);
    },
  },
  {
    id: 'relation.many-members',
    title: 'A group is made with hundreds of members at once and shows each of them',
    clause: 'RFC7643-4.2-05',
    applies: [...usersAndGroups, large],
    async run(context) {
      const { given } = context;
      const unknown = Array.from({ length: MANY }, () => given.unknownId());
      const { id: real } = await given.user();
      const first = await makeWith(context, [real, ...unknown]);
      if (first.members?.length === MANY + 1) return;
      // Where members have to exist, as many are made as a run can spare.
      const made: string[] = [];
      while (made.length < SOME) {
        const some = await Promise.all(Array.from({ length: AT_ONCE }, async () => given.user()));
        made.push(...some.map(({ id }) => id));
      }
      const { answer, members: came } = await makeWith(context, made);
      if (came === undefined) throw new Violation('the group to be made', describeAnswer(answer), answer);
      const refusedMany = first.members === undefined && ![400, 404].includes(first.answer.status ?? 0);
      if (refusedMany) throw new Violation('the group to be made', describeAnswer(first.answer), first.answer);
      expect.set(came, made, 'members', answer);
    },
  },
] as const satisfies readonly Check[];
