import { isObject } from '../../scim/message/list.ts';
import { filterValue } from '../../scim/message/patch.ts';
import type { Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { expect, show } from '../run/expect.ts';
import { serves, supports } from '../run/facts.ts';
import { filtered, idsOf, succeeded } from '../run/steps.ts';
import { NotApplicable } from '../run/violation.ts';
import { walk } from './family.ts';

/** Two users, of whom the one that was made first was changed last. */
interface Pair {
  readonly older: string;
  readonly younger: string;
  /** Finds the two of them. */
  readonly filter: string;
  /** When the older one was made and changed, as it shows it. */
  readonly created: string;
  readonly lastModified: string;
}

const timeOf = (user: unknown, name: string): string => {
  const meta = isObject(user as never) ? (user as { readonly meta?: unknown }).meta : undefined;
  const time = isObject(meta as never) ? (meta as Readonly<Record<string, unknown>>)[name] : undefined;
  return typeof time === 'string' ? time : '';
};

/** @throws NotApplicable where times are missing, or too coarse to tell a creation from the change after it */
const pairOf = async (context: Context): Promise<Pair> =>
  context.shared('changed later', async ({ given, scim, stored }) => {
    const mark = given.unique('since');
    const named = (key: string) => ({ userName: `${mark}.${key}@${given.domain}` });
    const older = await given.user(named('older'));
    const younger = await given.user(named('younger'));
    const displayName = given.unique('changed');
    succeeded(await scim.replace('/Users', older.id, { ...older.sent, displayName }), 'replace.status');
    const shown = await stored('/Users', older.id);
    const [created, lastModified] = [timeOf(shown, 'created'), timeOf(shown, 'lastModified')];
    const second = timeOf(await stored('/Users', younger.id), 'created');
    const times = [created, second, lastModified].map(text => Date.parse(text));
    if (!times.every((time, at) => at === 0 || time > (times[at - 1] ?? NaN))) {
      throw new NotApplicable(`times that are too close to be told apart: ${show([created, second, lastModified])}`);
    }
    const filter = `userName sw ${filterValue(`${mark}.`)}`;
    return { older: older.id, younger: younger.id, filter, created, lastModified };
  });

/** What lists make of a user that was changed after others were made (RFC 7643 section 3.1). */
export const changedLater = [
  {
    id: 'filter.created',
    title: 'A user that was changed is found by when it was made, and not by when it was changed',
    clause: 'RFC7644-3.4.2.2-03',
    also: ['RFC7643-3.1-19', 'RFC7643-3.1-20'],
    applies: [serves('User'), supports('filter')],
    async run(context: Context) {
      const { older, filter, created, lastModified } = await pairOf(context);
      // Of times that are cut to what is shown, a later one is still later than the whole of an earlier one.
      const wrong = `meta.created ge ${filterValue(lastModified)} or meta.lastModified lt ${filterValue(created)}`;
      const found = idsOf(await filtered(context, '/Users', `${filter} and (${wrong})`));
      expect.that(
        !found.includes(older),
        `nobody made after ${lastModified} or changed before ${created}`,
        show(found),
      );
    },
  },
  {
    id: 'sort.created',
    title: 'Users are sorted by when they were made, whatever became of them since',
    clause: 'RFC7644-3.4.2.3-09',
    also: ['RFC7643-3.1-19'],
    applies: [serves('User'), supports('filter'), supports('sort')],
    async run(context: Context) {
      const { older, younger, filter } = await pairOf(context);
      const { ids } = await walk(context, filter, { sortBy: 'meta.created' });
      if (ids.length !== 2) throw new NotApplicable(`the filter finds ${ids.length} of two users`);
      expect.equal(ids, [older, younger], 'the ids, the older one first:');
    },
  },
] as const satisfies readonly Check[];
