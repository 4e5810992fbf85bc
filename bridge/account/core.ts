import type { Clock } from './clock.ts';
import { createReadFilter, type ReadFilter } from './filters.ts';
import { createGroups, type Groups } from './groups.ts';
import type { Law } from './law.ts';
import { createPost, type Post } from './mails.ts';
import { createPeople, type People } from './people.ts';
import type { SetUp } from './set-up/index.ts';
import type { Shelf } from './shelf.ts';
import type { UnlockWithSso } from './sso/index.ts';
import type { State } from './state.ts';
import { createCatchUp, reminderTimer, watcherTimer, type CatchUp, type Timer } from './timers.ts';

/** What stays the same over a migration. */
export interface Ground {
  readonly state: State;
  readonly clock: Clock;
  readonly shelf: Shelf;
  readonly setUp: SetUp;
  readonly sso: UnlockWithSso;
  /** Up to when everything that fell due has been carried out, in milliseconds. */
  readonly seen: { until: number };
}

/** The working parts of an account under one profile. */
export interface Core {
  readonly law: Law;
  readonly people: People;
  readonly groups: Groups;
  readonly post: Post;
  readonly readFilter: ReadFilter;
  readonly timers: readonly Timer[];
  readonly catchUp: CatchUp;
}

/**
 * @param more timers beside those that every account has
 * @param current the core in charge: a timer may have put another in the place of this one
 */
export function createCore(law: Law, ground: Ground, more: readonly Timer[], current: () => Core): Core {
  const { state, shelf, clock, seen } = ground;
  const post = createPost(law, state);
  const groups = createGroups({ law, state, shelf });
  const people = createPeople({ law, state, clock, shelf, groups, post });
  const timers = [reminderTimer({ law, state, post }), watcherTimer({ law, state, people }, seen), ...more];
  return {
    law,
    people,
    groups,
    post,
    readFilter: createReadFilter(law, state),
    timers,
    catchUp: createCatchUp(clock, () => current().timers, seen),
  };
}
