import type { DirectoryView } from '../directory/directory.ts';
import type { InsightsView } from '../insights/log.ts';
import type { Simulator } from '../simulator.ts';
import type { JobResult } from './bulk-users.ts';
import type { Pushing } from './pushing.ts';

/** What the handlers work on. */
export interface Context {
  /** What changes the directory. */
  readonly admin: Simulator;
  /** What reads it. */
  readonly directory: DirectoryView;
  readonly insights: InsightsView;
  readonly pushing: Pushing;
  /** Id of the organisation, 24 hex digits. */
  readonly organization: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Makes ids of jobs and requests. */
  readonly newId: () => string;
  /** Results of jobs by the id of the job. */
  readonly jobs: Map<string, readonly JobResult[]>;
}
