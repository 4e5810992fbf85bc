import { filterValue } from '../../scim/message/patch.ts';
import type { Check } from '../run/check.ts';
import { startUser } from '../run/change.ts';
import type { Context } from '../run/context.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { serves, supports } from '../run/facts.ts';
import { createdId } from '../run/given.ts';
import { entryOf, membership } from '../run/membership.ts';
import { filtered, idsOf, memberIds, onEachType, succeeded } from '../run/steps.ts';
import { Blocked, NotApplicable } from '../run/violation.ts';

/** A user that was made and deleted. @throws Blocked when it cannot be deleted. */
async function deletedUser({ scim, given }: Context) {
  const user = await given.user();
  succeeded(await scim.remove('/Users', user.id), 'delete.status');
  return user;
}

/** DELETE (RFC 7644 section 3.6). */
export const remove = [
  {
    id: 'delete.status',
    title: 'A DELETE is answered with 204',
    clause: 'RFC7644-3.6-01',
    applies: [],
    ...onEachType(async ({ scim }, endpoint, { id }) => {
      expect.status(await scim.remove(endpoint, id), 204);
    }),
  },
  {
    id: 'delete.gone',
    title: 'After a DELETE every operation on the resource is answered with 404',
    clause: 'RFC7644-3.6-02',
    applies: [],
    ...onEachType(async ({ scim, facts }, endpoint, { id, sent }) => {
      succeeded(await scim.remove(endpoint, id), 'delete.status');
      expect.status(await scim.read(endpoint, id), 404);
      expect.status(await scim.replace(endpoint, id, sent), 404);
      if (supports('patch').unmet(facts) === undefined) {
        const answer = await scim.patch(endpoint, id, [{ op: 'replace', path: 'displayName', value: 'Gone' }]);
        // A flag that promises too much is the finding of patch.status.
        if (answer.status !== 501 && answer.status !== 405) expect.status(answer, 404);
      }
      expect.status(await scim.remove(endpoint, id), 404);
    }),
  },
  {
    id: 'delete.group-with-member',
    title: 'A group that has a member is gone after a DELETE, or the DELETE is refused',
    clause: 'RFC7644-3.6-02',
    applies: [serves('User'), serves('Group')],
    async run(context) {
      const { scim } = context;
      const { group } = await membership(context);
      const answer = await scim.remove('/Groups', group.id);
      if (answer.status !== undefined && answer.status >= 400) throw new NotApplicable(describeAnswer(answer));
      const read = await scim.read('/Groups', group.id);
      expect.that(read.status === 404, 'status 404', describeAnswer(read), answer);
    },
  },
  {
    id: 'delete.not-found-by-filter',
    title: 'A deleted user is found by no filter',
    clause: 'RFC7644-3.6-04',
    applies: [serves('User'), supports('filter')],
    async run(context) {
      const { id, name } = await context.given.user();
      const filter = `userName eq ${filterValue(name)}`;
      if (!idsOf(await filtered(context, '/Users', filter)).includes(id)) {
        throw new Blocked('filter.user-name-eq', 'the user was not found while it was there');
      }
      succeeded(await context.scim.remove('/Users', id), 'delete.status');
      expect.set(idsOf(await filtered(context, '/Users', filter)), [], 'no ids:');
    },
  },
  {
    id: 'delete.re-create',
    title: 'A deleted user does not stand in the way of a new one with its userName',
    clause: 'RFC7644-3.6-05',
    also: ['RFC7643-3.1-07'],
    applies: [serves('User')],
    async run(context) {
      const { id, sent } = await deletedUser(context);
      const answer = await context.scim.create('/Users', sent);
      expect.status(answer, 200, 201);
      const fresh = createdId(answer);
      expect.that(fresh !== id, 'a new id', `the id of the deleted user: ${show(id)}`, answer);
    },
  },
  {
    id: 'delete.nothing-handed-down',
    title: 'A new user with the userName of a deleted one has nothing of it, and is in none of its groups',
    clause: 'RFC7644-3.6-05',
    also: ['RFC7643-4.1.2-18', 'RFC7643-4.2-05'],
    applies: [serves('User'), serves('Group')],
    async run(context) {
      const { scim, given, stored } = context;
      const user = await startUser(context, { nickName: 'Quill' }).catch(async (error: unknown) => {
        if (error instanceof NotApplicable) return startUser(context);
        throw error;
      });
      const group = await given.group({ members: [{ value: user.id }] });
      succeeded(await scim.remove('/Users', user.id), 'delete.status');
      const { nickName: _, ...plain } = user.sent;
      const answer = await scim.create('/Users', plain);
      const id = createdId(answer);
      if (id === undefined) throw new NotApplicable(`the userName stays taken: ${describeAnswer(answer)}`);
      if (id === user.id) throw new Blocked('delete.re-create', 'it has the id of the deleted user');
      const fresh = await stored('/Users', id);
      expect.that(fresh['nickName'] !== 'Quill', 'another nickName than the deleted user had', '"Quill"', answer);
      const joined = entryOf(fresh['groups'], group.id) !== undefined;
      expect.that(!joined, 'a user in none of the groups', show(fresh['groups']), answer);
      const members = memberIds(await stored('/Groups', group.id));
      expect.that(!members.includes(id), 'a group without the new user', show(members), answer);
    },
  },
  {
    id: 'delete.id-reused',
    title: 'The id of a deleted user is not given to the next one',
    clause: 'RFC7643-3.1-07',
    applies: [serves('User')],
    // Whoever else made somebody now would get the id.
    exclusive: true,
    async run({ scim, given }) {
      const { id } = await given.user();
      succeeded(await scim.remove('/Users', id), 'delete.status');
      const answer = await scim.create('/Users', given.userDraft());
      const made = createdId(answer);
      expect.that(made !== id, 'an id that no user had', `the id of the deleted user, ${show(made)}`, answer);
    },
  },
  {
    id: 'delete.unknown',
    title: 'A DELETE of an id that does not exist is answered with 404',
    clause: 'RFC7644-3.6-06',
    applies: [serves('User')],
    async run(context) {
      await deletedUser(context);
      expect.status(await context.scim.remove('/Users', context.given.unknownId()), 404);
    },
  },
] as const satisfies readonly Check[];
