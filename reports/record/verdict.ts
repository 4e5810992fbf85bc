/** How a judgement ended. Only `fail` accuses the target; `error` is a bug of ours. */
export type Outcome = 'pass' | 'fail' | 'observed' | 'inconclusive' | 'not-applicable' | 'error';

/** What a verdict weighs, decided by clause and profile in one place (`conformance/run/severity.ts`). */
export type Severity = 'failure' | 'warning' | 'observation' | 'none';

export const outcomes: readonly Outcome[] = ['fail', 'error', 'inconclusive', 'observed', 'pass', 'not-applicable'];

/** Why a deviation may stand: somebody knows of it and answers for it. */
export interface Known {
  readonly reason: string;
  readonly owner?: string;
  /** Last day it counts, as YYYY-MM-DD. */
  readonly expires?: string;
}

/** One judgement about one check (and case), or about one expectation of a scenario. */
export interface Verdict {
  /** Stable id: a check id, or `<scenario>:<expectation number>`. */
  readonly check: string;
  /** The case a check expanded to, an attribute name for example; empty when it has none. */
  readonly case: string;
  readonly title: string;
  /** The clause that gives the level. */
  readonly clause: string;
  /** Further clauses settled by the same judgement. */
  readonly also: readonly string[];
  /** Keyword of the clause, or the mark of a provisioning rule. */
  readonly level: string;
  readonly outcome: Outcome;
  readonly severity: Severity;
  /** What the clause asks for, in words or as a value. Empty when nothing went wrong. */
  readonly expected: string;
  /** What came. */
  readonly actual: string;
  /** Why a verdict is `inconclusive`, `not-applicable` or `error`, or a remark that helps to read it. */
  readonly reason: string;
  /** Id of the check whose verdict stood in the way, for `inconclusive`. */
  readonly blockedBy: string;
  /** Ids of the exchanges the judgement rests on, the decisive one last. */
  readonly exchanges: readonly string[];
  /** The question of the profile that this verdict answers; a pass says no. Such verdicts come first in reports. */
  readonly answers?: string;
  /** Scopes in which was made what this probe and others start from; absent when it started from nothing shared. */
  readonly fixtures?: readonly string[];
  /** What to change, where the target deviates. */
  readonly fix?: string;
  /** What hangs on it for each identity provider, by the id of its profile, as the end of a sentence that begins with its name. */
  readonly matters?: Readonly<Record<string, string>>;
  /** What the check did on the account behind the target, in order: part of the evidence that no request shows. */
  readonly acts?: readonly string[];
  /** False where the check is newer than the requirements asked for: it is reported and does not count. */
  readonly scored?: boolean;
  /** Set where the baseline of the target has it: it is reported and does not count. */
  readonly known?: Known;
}
