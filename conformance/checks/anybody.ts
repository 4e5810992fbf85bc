import type { Context, Made } from '../run/context.ts';

/**
 * Somebody who is there, where a check wants to know no more than that users can be made. The same for the whole run.
 * @throws Blocked when none can be made
 */
export const anybody = async ({ shared }: Pick<Context, 'shared'>): Promise<Made> =>
  shared('anybody', async ({ given }) => given.user());

/**
 * Somebody whose userName is taken, for what has to be refused on that account. The same for the whole run.
 * @throws Blocked when none can be made
 */
export const somebodyNamed = async ({ shared }: Pick<Context, 'shared'>): Promise<Made> =>
  shared('somebody named', async ({ given }) => given.user());

/**
 * A group that is there, where a check wants to know no more than that groups can be made. The same for the whole run.
 * @throws Blocked when none can be made
 */
export const anyGroup = async ({ shared }: Pick<Context, 'shared'>): Promise<Made> =>
  shared('any group', async ({ given }) => given.group());
