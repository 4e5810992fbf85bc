import { bulkRequest, bulkResultsOf, placeOf, type BulkOperation } from '../../scim/message/bulk.ts';
import { isObject } from '../../scim/message/list.ts';
import { filterValue, patchOp } from '../../scim/message/patch.ts';
import { ENTERPRISE_USER, USER } from '../../scim/message/urn.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import {
  bulk,
  hasSucceeded,
  idIn,
  madeInBulk,
  newGroup,
  newUser,
  referenceTo,
  resultOf,
  type Bulk,
} from '../run/bulk.ts';
import type { Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { serves, supports } from '../run/facts.ts';
import { listsMember, standing } from '../run/membership.ts';
import { filtered, memberIds } from '../run/steps.ts';
import { Blocked, NotApplicable } from '../run/violation.ts';
import { expectRefused } from './bulk-unresolved.ts';

const applies = [serves('User'), supports('bulk')];
const withGroups = [...applies, serves('Group')];

const managerOf = (user: JsonObject): Json | undefined => {
  const extension = user[ENTERPRISE_USER];
  const manager = isObject(extension) ? extension['manager'] : undefined;
  return isObject(manager) ? manager['value'] : undefined;
};

const managedBy = (value: string): JsonObject => ({
  schemas: [USER, ENTERPRISE_USER],
  [ENTERPRISE_USER]: { manager: { value } },
});

/** @throws NotApplicable where a user keeps no manager */
async function needManagers(context: Context): Promise<void> {
  const boss = await context.given.user();
  const { id } = await context.given.user(managedBy(boss.id));
  const kept = managerOf(await context.stored('/Users', id));
  if (kept !== boss.id) throw new NotApplicable('a user with a manager comes back without it');
}

/** @throws Violation when a text of the resource still refers to a bulkId */
function expectResolved(resource: JsonObject, done: Bulk): void {
  const text = JSON.stringify(resource);
  expect.that(!text.includes('bulkId:'), 'no reference by bulkId left', show(resource), done.answer);
}

/** bulkId in place of an id (RFC 7644 sections 3.7.1 and 3.7.2). */
export const bulkReferences = [
  {
    id: 'bulk.reference',
    title: 'A group gets a user as its member that the same request created before',
    clause: 'RFC7644-3.7.2-01',
    also: ['RFC7644-3.7-22'],
    applies: withGroups,
    async run(context) {
      const user = newUser(context);
      const group = newGroup(context, referenceTo(user));
      const done = await bulk(context, [user, group]);
      const id = idIn(await madeInBulk(context, done, user));
      const result = resultOf(done, group);
      expect.that(hasSucceeded(result), 'the group to be created', show(result.entry), done.answer);
      expect.set(memberIds(await madeInBulk(context, done, group)), [id], 'members', done.answer);
    },
  },
  {
    id: 'bulk.reference-many',
    title: 'Every reference of a request becomes the id it stands for, however many there are',
    clause: 'RFC7644-3.7.2-01',
    applies: withGroups,
    async run(context) {
      const there = await context.given.user();
      const users = [newUser(context), newUser(context)];
      const [one, two] = [
        newGroup(context, ...users.map(referenceTo), there.id),
        newGroup(context, ...users.map(referenceTo)),
      ];
      const done = await bulk(context, [...users, one, two]);
      const ids: string[] = [];
      for (const user of users) ids.push(idIn(await madeInBulk(context, done, user)));
      for (const group of [one, two]) {
        const result = resultOf(done, group);
        expect.that(hasSucceeded(result), 'the group to be created', show(result.entry), done.answer);
      }
      expect.set(memberIds(await madeInBulk(context, done, one)), [...ids, there.id], 'members', done.answer);
      expect.set(memberIds(await madeInBulk(context, done, two)), ids, 'members', done.answer);
    },
  },
  {
    id: 'bulk.reference-in-extension',
    title: 'A user gets a manager that the same request created before',
    clause: 'RFC7644-3.7.2-02',
    applies,
    async run(context) {
      await needManagers(context);
      const boss = newUser(context);
      const user = newUser(context, managedBy(referenceTo(boss)));
      const done = await bulk(context, [boss, user]);
      const id = idIn(await madeInBulk(context, done, boss));
      const result = resultOf(done, user);
      expect.that(hasSucceeded(result), 'the user to be created', show(result.entry), done.answer);
      expect.equal(managerOf(await madeInBulk(context, done, user)), id, 'manager.value', done.answer);
    },
  },
  {
    id: 'bulk.reference-in-replace',
    title: 'A group that is replaced gets a member that the same request created before',
    clause: 'RFC7644-3.7.2-01',
    applies: withGroups,
    async run(context) {
      const group = await context.given.group();
      const user = newUser(context);
      const replace: BulkOperation = {
        method: 'PUT',
        path: `/Groups/${encodeURIComponent(group.id)}`,
        data: { ...group.sent, members: [{ value: referenceTo(user) }] },
      };
      const done = await bulk(context, [user, replace]);
      const id = idIn(await madeInBulk(context, done, user));
      const result = resultOf(done, replace);
      expect.that(hasSucceeded(result), 'the group to be replaced', show(result.entry), done.answer);
      expect.set(memberIds(await context.stored('/Groups', group.id)), [id], 'members', done.answer);
    },
  },
  {
    id: 'bulk.reference-in-patch',
    title: 'A reference in the value of a PATCH, or in a path',
    clause: 'RFC7644-3.7.2-03',
    applies: [...withGroups, supports('patch')],
    async run(context) {
      const group = newGroup(context);
      const user = newUser(context);
      const value = [{ value: referenceTo(user) }];
      const patch: BulkOperation = {
        method: 'PATCH',
        path: `/Groups/${referenceTo(group)}`,
        data: patchOp([{ op: 'add', path: 'members', value }]),
      };
      const done = await bulk(context, [user, group, patch]);
      const members = memberIds(await madeInBulk(context, done, group));
      const result = done.results.find(({ method }) => method === 'PATCH');
      const id = idIn(await madeInBulk(context, done, user));
      return { observed: `status ${result?.status}; ${members.includes(id) ? 'resolved' : 'not resolved'}` };
    },
  },
  {
    id: 'bulk.reference-in-patch-value',
    title: 'A reference in the value of a PATCH is resolved or refused, and never stored as it is',
    clause: 'RFC7644-3.7.2-01',
    applies: [...withGroups, supports('patch')],
    async run(context) {
      const group = await context.given.group();
      const user = newUser(context);
      const patch: BulkOperation = {
        method: 'PATCH',
        path: `/Groups/${encodeURIComponent(group.id)}`,
        data: patchOp([{ op: 'add', path: 'members', value: [{ value: referenceTo(user) }] }]),
      };
      const done = await bulk(context, [user, patch]);
      const id = idIn(await madeInBulk(context, done, user));
      const result = resultOf(done, patch);
      const members = memberIds(await context.stored('/Groups', group.id));
      if (members.length === 0 && hasSucceeded(result)) {
        const { group: other, user: member } = await standing(context);
        await listsMember(context, other.id, member.id);
      }
      // That references may stand there is shown by no example, so a refusal is somebody's right answer.
      expect.set(members, hasSucceeded(result) ? [id] : [], 'members', done.answer);
      return { observed: hasSucceeded(result) ? 'resolved' : `refused: ${show(result.entry)}` };
    },
  },
  {
    id: 'bulk.reference-forward',
    title: 'A reference to a resource that is created further down is resolved or refused',
    clause: 'RFC7644-3.7.2-01',
    applies: withGroups,
    async run(context) {
      const user = newUser(context);
      const group = newGroup(context, referenceTo(user));
      const done = await bulk(context, [group, user]);
      const result = resultOf(done, group);
      if (!hasSucceeded(result)) {
        expectRefused(done, group);
        return { observed: `refused: ${show(result.entry)}` };
      }
      const id = idIn(await madeInBulk(context, done, user));
      expect.set(memberIds(await madeInBulk(context, done, group)), [id], 'members', done.answer);
      return { observed: 'resolved' };
    },
  },
  {
    id: 'bulk.created-once',
    title: 'A group that waits for a user further down is created once',
    clause: 'RFC7644-3.7-22',
    applies: withGroups,
    async run(context) {
      const user = newUser(context);
      const group = newGroup(context, referenceTo(user));
      const done = await bulk(context, [group, user]);
      if (!hasSucceeded(resultOf(done, group))) throw new NotApplicable('a reference further down is refused');
      const made = await madeInBulk(context, done, group);
      const filter = `displayName eq ${filterValue(made['displayName'] ?? '')}`;
      const { resources } = await filtered(context, '/Groups', filter);
      // What a filter finds need not be ours.
      const ours = resources.filter(other => other['displayName'] === made['displayName']);
      const found = ours.map(idIn).filter(id => id !== idIn(made));
      for (const id of found) await context.scim.remove('/Groups', id);
      expect.set(found, [], 'no further groups of the name:', done.answer);
    },
  },
  {
    id: 'bulk.circle',
    title: 'Two users who are managers of each other are created, or refused with 409',
    clause: 'RFC7644-3.7.1-01',
    applies,
    async run(context) {
      const { answer, results } = await circle(context);
      const statuses = answer.status === 200 ? results.map(({ status }) => status) : [answer.status];
      const isRight = statuses.every(status => status === 201) || statuses.includes(409);
      expect.that(
        isRight,
        'both created, or 409',
        answer.status === 200 ? show(answer.json) : describeAnswer(answer),
        answer,
      );
    },
  },
  {
    id: 'bulk.circle-linked',
    title: 'Users of a circle that were created refer to each other by id',
    clause: 'RFC7644-3.7.1-02',
    also: ['RFC7644-3.7.1-01'],
    applies,
    async run(context) {
      const done = await circle(context);
      const [one, two] = done.operations;
      if (!one || !two || done.results.length < 2 || !done.results.every(hasSucceeded)) {
        const made = done.results.some(hasSucceeded) ? done.operations : [];
        for (const user of made.filter(each => hasSucceeded(resultOf(done, each)))) {
          expectResolved(await madeInBulk(context, done, user), done);
        }
        throw new NotApplicable('a circle is not created');
      }
      const [first, second] = [await madeInBulk(context, done, one), await madeInBulk(context, done, two)];
      expect.equal(managerOf(first), idIn(second), 'manager.value of the first', done.answer);
      expect.equal(managerOf(second), idIn(first), 'manager.value of the second', done.answer);
    },
  },
  {
    id: 'bulk.reference-to-itself',
    title: 'A user who is made their own manager keeps no reference by bulkId',
    clause: 'RFC7644-3.7.2-01',
    applies,
    async run(context) {
      await needManagers(context);
      const plain = newUser(context);
      const user = { ...plain, data: context.given.userDraft(managedBy(referenceTo(plain))) };
      const done = await bulk(context, [user]);
      if (!hasSucceeded(resultOf(done, user))) return { observed: `refused: ${show(resultOf(done, user).entry)}` };
      const stored = await madeInBulk(context, done, user);
      expectResolved(stored, done);
      return { observed: managerOf(stored) === idIn(stored) ? 'resolved' : 'left out' };
    },
  },
  {
    id: 'bulk.id-is-no-reference',
    title: 'The id of what a bulk request creates does not hold the word bulkId',
    clause: 'RFC7643-3.1-09',
    applies,
    async run(context) {
      const user = newUser(context);
      const done = await bulk(context, [user]);
      const { entry, location } = resultOf(done, user);
      const place = placeOf(location);
      if (!place) throw new Blocked('bulk.location', show(entry));
      expect.that(!place.id.includes('bulkId'), 'an id without the word bulkId', show(place.id), done.answer);
    },
  },
] as const satisfies readonly Check[];

/** Sends two users who have each other as manager. */
async function circle(context: Context): Promise<Bulk & { readonly operations: readonly BulkOperation[] }> {
  await needManagers(context);
  const [one, two] = [newUser(context), newUser(context)];
  const operations = [
    { ...one, data: context.given.userDraft(managedBy(referenceTo(two))) },
    { ...two, data: context.given.userDraft(managedBy(referenceTo(one))) },
  ];
  const answer = await context.scim.create('/Bulk', bulkRequest(operations));
  return { answer, results: (answer.status === 200 && bulkResultsOf(answer.json)) || [], operations };
}
