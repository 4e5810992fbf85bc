import type { Outcome } from '../../reports/record/index.ts';
import type { Finding } from './verdict.ts';

/** Findings of a run, each under the check that it is of, so that nothing is blamed that is right. */
export interface Blame {
  /** Notes how a job ended. */
  note(check: string, outcome: Outcome, finding: Finding): void;
  /** The finding, or undefined while nobody knows yet whether the check it names has anything to report. */
  settled(finding: Finding): Finding | undefined;
}

const RED: ReadonlySet<Outcome> = new Set<Outcome>(['fail', 'error']);

/**
 * What a check found in the way may be no fault: then there is nothing to wait for, and the check does not apply.
 * @param checks the check of each job
 */
export function createBlame(checks: readonly string[]): Blame {
  const left = new Map<string, number>();
  for (const check of checks) left.set(check, (left.get(check) ?? 0) + 1);
  const red = new Set<string>();
  const blockers = new Map<string, Set<string>>();

  /** Whether the check, or what it is blocked by itself, is red; undefined while jobs of it are under way. */
  const isAtFault = (check: string, asked: ReadonlySet<string> = new Set()): boolean | undefined => {
    const open = left.get(check);
    if (open === undefined || red.has(check)) return true;
    if (asked.has(check)) return false;
    const further = new Set([...(blockers.get(check) ?? [])].map(by => isAtFault(by, new Set([...asked, check]))));
    if (further.has(true)) return true;
    return open > 0 || further.has(undefined) ? undefined : false;
  };
  return {
    note(check, outcome, finding) {
      left.set(check, (left.get(check) ?? 0) - 1);
      if (RED.has(outcome)) red.add(check);
      if (finding.outcome !== 'inconclusive') return;
      const known = blockers.get(check);
      if (known) known.add(finding.by);
      else blockers.set(check, new Set([finding.by]));
    },
    settled(finding) {
      if (finding.outcome !== 'inconclusive') return finding;
      const atFault = isAtFault(finding.by);
      if (atFault === undefined) return undefined;
      if (atFault) return finding;
      const { by, reason = '', exchanges } = finding;
      return { outcome: 'not-applicable', reason: `${reason}; and ${by} finds nothing wrong`, exchanges };
    },
  };
}
