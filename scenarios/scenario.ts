import type { RuleId } from '../conformance/clauses/index.ts';
import type { ConnectorId } from '../simulator/sync/connector.ts';
import type { Expectation } from './expectation.ts';
import type { Step } from './step.ts';

/** Profile of the account behind an endpoint. */
export type AccountProfile = 'self-hosted' | 'hosted';

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
  /** Profiles of the accounts it is a story of, where it is no story of all: it changes what cannot be changed elsewhere. */
  readonly account?: readonly AccountProfile[];
  /** Kind of the integration; that of 1Password by default. */
  readonly connector?: ConnectorId;
  readonly steps: readonly Step[];
  /** Judged after the last step. */
  readonly expect: readonly Expectation[];
}
