import type { Scenario } from '../scenario.ts';
import { joiner } from './joiner.ts';
import { leaverInTwoGroups } from './leaver-in-two-groups.ts';
import { moverBetweenGroups } from './mover-between-groups.ts';

/** The stories, in the order in which they are listed and played. */
export const scenarios: readonly Scenario[] = [joiner, moverBetweenGroups, leaverInTwoGroups];
