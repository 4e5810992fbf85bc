import { filterValue } from '../../scim/message/patch.ts';
import type { BulkOperation } from '../../scim/message/bulk.ts';
import {
  bulk,
  hasSucceeded,
  madeInBulk,
  newGroup,
  newUser,
  idIn,
  referenceTo,
  resultOf,
  type Bulk,
} from '../run/bulk.ts';
import type { Check } from '../run/check.ts';
import { expect, show } from '../run/expect.ts';
import { serves, supports } from '../run/facts.ts';
import { filtered, memberIds } from '../run/steps.ts';
import { Blocked } from '../run/violation.ts';
import { somebodyNamed } from './anybody.ts';

const withGroups = [serves('User'), supports('bulk'), serves('Group')];

/** An operation is refused for what it refers to. Which 4xx that is, no clause says. */
export function expectRefused(done: Bulk, operation: BulkOperation): void {
  const { status, entry } = resultOf(done, operation);
  const refused = status !== undefined && status >= 400 && status < 500;
  expect.that(refused, 'a 4xx, such as 409', show(entry), done.answer);
}

/** References by bulkId to what is not there, or not made (RFC 7644 section 3.7.2). */
export const bulkUnresolved = [
  {
    id: 'bulk.reference-unknown',
    title: 'A reference to a bulkId that no operation has is refused',
    clause: 'RFC7644-3.7.2-04',
    applies: withGroups,
    async run(context) {
      await context.given.group();
      const group = newGroup(context, `bulkId:${context.given.unique('nobody')}`);
      const done = await bulk(context, [group]);
      expectRefused(done, group);
    },
  },
  {
    id: 'bulk.reference-to-failed',
    title: 'A reference to a resource whose creation failed is refused',
    clause: 'RFC7644-3.7.2-04',
    applies: withGroups,
    async run(context) {
      const taken = await somebodyNamed(context);
      const user = newUser(context, { userName: taken.name });
      const group = newGroup(context, referenceTo(user));
      const done = await bulk(context, [user, group]);
      if (hasSucceeded(resultOf(done, user))) throw new Blocked('bulk.conflict', show(resultOf(done, user).entry));
      expectRefused(done, group);
    },
  },
  {
    id: 'bulk.reference-to-failed-forward',
    title: 'A group that refers to a user further down whose creation fails is refused, and is not there',
    clause: 'RFC7644-3.7.2-04',
    applies: withGroups,
    async run(context) {
      const taken = await somebodyNamed(context);
      const user = newUser(context, { userName: taken.name });
      const displayName = context.given.unique('waits');
      const data = context.given.groupDraft({ displayName, members: [{ value: referenceTo(user) }] });
      const group = { ...newGroup(context), data };
      const done = await bulk(context, [group, user]);
      if (hasSucceeded(resultOf(done, user))) throw new Blocked('bulk.conflict', show(resultOf(done, user).entry));
      expectRefused(done, group);
      const { resources } = await filtered(context, '/Groups', `displayName eq ${filterValue(displayName)}`);
      // What a filter finds need not be ours.
      const found = resources.filter(other => other['displayName'] === displayName).map(idIn);
      for (const id of found) await context.scim.remove('/Groups', id);
      expect.set(found, [], 'no groups of the name:', done.answer);
    },
  },
  {
    id: 'bulk.reference-to-unreached',
    title: 'A group that refers to a user whom a request given up does not reach is not made without it',
    clause: 'RFC7644-3.7.2-01',
    applies: withGroups,
    async run(context) {
      const taken = await somebodyNamed(context);
      const later = newUser(context);
      const group = newGroup(context, referenceTo(later));
      const failing = newUser(context, { userName: taken.name });
      const done = await bulk(context, [group, failing, later], 1);
      const made = done.results.some(result => result.bulkId === group.bulkId && hasSucceeded(result));
      if (!made) return { observed: 'the group is refused or left out' };
      const members = memberIds(await madeInBulk(context, done, group));
      const reached = done.results.some(result => result.bulkId === later.bulkId && hasSucceeded(result));
      if (reached) expect.set(members, [idIn(await madeInBulk(context, done, later))], 'members', done.answer);
      else expect.that(members.length > 0, 'no group without its member', 'one that is made', done.answer);
      return { observed: 'the group is made with its member' };
    },
  },
] as const satisfies readonly Check[];
