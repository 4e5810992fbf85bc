import { filterValue } from '../../scim/message/patch.ts';
import type { Check } from '../run/check.ts';
import type { Context, Made } from '../run/context.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { declaresFlag, flagOf, serves, supports } from '../run/facts.ts';
import { filtered, idsOf, pageOf } from '../run/steps.ts';
import { Blocked } from '../run/violation.ts';

/** A user, and one whose userName holds the other's, so that a match of parts shows. */
async function withDecoy({ given }: Context): Promise<{ user: Made; userName: string }> {
  const user = await given.user();
  await given.user({ userName: `z${user.name}` });
  return { user, userName: user.name };
}

/** Filters on lists (RFC 7644 section 3.4.2.2). */
export const filter = [
  {
    id: 'filter.user-name-eq',
    title: 'userName eq finds the user of that name and no other',
    clause: 'RFC7644-3.4.2.2-03',
    also: ['RFC7644-3.4.2.2-12'],
    applies: [serves('User'), supports('filter')],
    async run(context) {
      const { user, userName } = await withDecoy(context);
      const page = await filtered(context, '/Users', `userName eq ${filterValue(userName)}`);
      expect.set(idsOf(page), [user.id], 'exactly the id');
      expect.equal(page.body['totalResults'], 1, 'totalResults');
    },
  },
  {
    id: 'filter.user-name-other-case',
    title: 'userName is compared without regard to case',
    clause: 'RFC7643-4.1.1-03',
    also: ['RFC7644-3.4.2.2-57'],
    applies: [serves('User'), supports('filter')],
    async run(context) {
      const { user, userName } = await withDecoy(context);
      const ids = idsOf(await filtered(context, '/Users', `userName eq ${filterValue(userName.toUpperCase())}`));
      expect.that(ids.includes(user.id), `the id ${show(user.id)}`, show(ids));
    },
  },
  {
    id: 'filter.attribute-other-case',
    title: 'Attribute names in filters are compared without regard to case',
    clause: 'RFC7644-3.4.2.2-04',
    applies: [serves('User'), supports('filter')],
    async run(context) {
      const { userName } = await withDecoy(context);
      const plain = await filtered(context, '/Users', `userName eq ${filterValue(userName)}`);
      if (plain.resources.length === 0) throw new Blocked('filter.user-name-eq', 'the plain spelling finds nothing');
      const answer = await context.scim.list('/Users', { filter: `USERNAME eq ${filterValue(userName)}` });
      expect.status(answer, 200);
      expect.set(idsOf(pageOf(answer)), idsOf(plain), 'what the plain spelling finds:', answer);
    },
  },
  {
    id: 'filter.no-match',
    title: 'A filter without a match is a success with no entries',
    clause: 'RFC7644-3.4.2-10',
    applies: [serves('User'), supports('filter')],
    async run(context) {
      await context.given.user();
      const filter = `userName eq ${filterValue(context.given.unique('nobody'))}`;
      const page = await filtered(context, '/Users', filter);
      expect.equal(page.body['totalResults'], 0, 'totalResults');
      expect.set(idsOf(page), [], 'no ids:');
    },
  },
  {
    id: 'filter.unknown-operator',
    title: 'An operator that does not exist is refused with 400 invalidFilter',
    clause: 'RFC7644-3.4.2.2-56',
    also: ['RFC7644-3.12-18'],
    applies: [serves('User'), supports('filter')],
    async run({ scim, given }) {
      await given.user();
      const answer = await scim.list('/Users', { filter: 'userName resembles "a"' });
      if (answer.status === 501) throw new Blocked('filter.flag', describeAnswer(answer));
      expect.refusal(answer, [400], 'invalidFilter');
    },
  },
  {
    id: 'filter.flag',
    title: 'The filter flag of ServiceProviderConfig agrees with what a filter does',
    clause: 'RFC7643-5-13',
    applies: [serves('User'), declaresFlag('filter')],
    async run(context) {
      const { user, userName } = await withDecoy(context);
      const answer = await context.scim.list('/Users', { filter: `userName eq ${filterValue(userName)}` });
      if (flagOf(context.facts, 'filter') === true) return expect.status(answer, 200);
      if (answer.status === 200) {
        expect.set(idsOf(pageOf(answer)), [user.id], 'a refusal, or exactly the id', answer);
      } else {
        const refused = answer.status !== undefined && [400, 403, 501].includes(answer.status);
        expect.that(refused, 'status 400, 403 or 501, since filter.supported is false', describeAnswer(answer), answer);
      }
    },
  },
] as const satisfies readonly Check[];
