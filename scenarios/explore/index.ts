export { explore, type Exploration, type ExploreOptions, type Progress, type Violation } from './explore.ts';
export { plainHabits, type Habits } from './habits.ts';
export type { Means } from './intent.ts';
export type { Performance, WireFault } from './performance.ts';
export { tell } from './tell.ts';
