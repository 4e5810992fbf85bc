import type { RuleId } from '../conformance/clauses/index.ts';
import type { Expectation } from './expectation.ts';
import type { Step } from './step.ts';

/** A lifecycle story: what an admin does, what has to be seen on the other side, and the rules that this proves. */
export interface Scenario {
  /** Lower-case words joined by hyphens. */
  readonly id: string;
  readonly title: string;
  /** Rules that turn the story red when they are broken; expectations that name none judge the first. */
  readonly proves: readonly [RuleId, ...RuleId[]];
  /** Size of the crowd: people beside those that the story names, hired before its first step. */
  readonly people?: number;
  /** Ids of the identity providers it is a story of, where it is no story of all; the others do not play it. */
  readonly idp?: readonly string[];
  readonly steps: readonly Step[];
  /** Judged after the last step. */
  readonly expect: readonly Expectation[];
}
