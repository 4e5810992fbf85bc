import { levelOf } from '../clauses/index.ts';
import type { Severity, Verdict } from '../../reports/record/index.ts';
import type { Case, Check } from './check.ts';
import { atMost } from './severity.ts';
import { Blocked, NotApplicable, Violation } from './violation.ts';

/** How a check ended, before clause and profile say what that weighs. */
export type Finding = { readonly exchanges: readonly string[]; readonly reason?: string } & (
  | { readonly outcome: 'pass' | 'not-applicable' }
  | { readonly outcome: 'violation'; readonly violation: Violation }
  | { readonly outcome: 'observed'; readonly observed: string }
  | { readonly outcome: 'inconclusive'; readonly by: string; readonly exchange?: string }
  | { readonly outcome: 'error'; readonly error: unknown }
);

/** What a probe threw, as a finding. Anything but the three ways to end a probe is a bug of ours. */
export function findingOfError(error: unknown, exchanges: readonly string[]): Finding {
  if (error instanceof Violation) return { outcome: 'violation', violation: error, exchanges };
  if (error instanceof Blocked) {
    const { by, exchange, message: reason } = error;
    return { outcome: 'inconclusive', by, reason, exchanges, ...(exchange !== undefined && { exchange }) };
  }
  if (error instanceof NotApplicable) return { outcome: 'not-applicable', reason: error.message, exchanges };
  return { outcome: 'error', error, exchanges };
}

/** Why a check does not count whose clause weighs nothing. */
const NO_PART = 'the clause judges nothing here in this profile';

/** The verdict on a finding: a fault fails only where the clause weighs as much; below that it is a record of what came. */
export function verdictOf(check: Check, instance: Case, finding: Finding, severity: Severity): Verdict {
  const { clause = check.clause } = instance;
  const verdict: Verdict = {
    check: check.id,
    case: instance.name,
    title: check.title,
    clause,
    also: instance.clause === undefined ? (check.also ?? []) : [],
    level: levelOf(clause),
    outcome: 'pass',
    severity: 'none',
    expected: '',
    actual: '',
    reason: finding.reason ?? '',
    blockedBy: '',
    exchanges: finding.exchanges,
  };
  if (severity === 'none') return { ...verdict, outcome: 'not-applicable', reason: NO_PART };
  switch (finding.outcome) {
    case 'pass':
      return verdict;
    case 'violation': {
      const { expected, actual, exchange } = finding.violation;
      const weight = atMost(finding.violation.atMost, severity);
      const fails = weight === 'failure' || weight === 'warning';
      const exchanges = exchange === undefined ? finding.exchanges : decisiveLast(finding.exchanges, exchange);
      return { ...verdict, outcome: fails ? 'fail' : 'observed', severity: weight, expected, actual, exchanges };
    }
    case 'observed':
      return { ...verdict, outcome: 'observed', severity: 'observation', actual: finding.observed };
    case 'inconclusive':
      return { ...verdict, outcome: 'inconclusive', blockedBy: finding.by };
    case 'not-applicable':
      return { ...verdict, outcome: 'not-applicable' };
    case 'error':
      return { ...verdict, outcome: 'error', reason: wordsOf(finding.error) };
  }
}

const decisiveLast = (exchanges: readonly string[], decisive: string): readonly string[] => [
  ...exchanges.filter(id => id !== decisive),
  decisive,
];

const wordsOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);
