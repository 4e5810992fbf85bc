import { checks, createJudge, isInvariant, severityOf, type Profile, type Side } from '../conformance/index.ts';
import { levelOf } from '../conformance/clauses/index.ts';
import type { Exchange, Verdict } from '../reports/record/index.ts';
import type { Finding } from '../scenarios/index.ts';

/** What a story found, as a verdict: the rule it names and the profile say what it weighs. */
export function verdictOf(finding: Finding, profile: Profile): Verdict {
  const { rule, outcome, ...rest } = finding;
  const severity = severityOf(rule, profile);
  const fails = severity === 'failure' || severity === 'warning';
  return {
    ...rest,
    case: '',
    clause: rule,
    also: [],
    level: levelOf(rule),
    outcome: outcome === 'fail' && !fails ? 'observed' : outcome,
    severity: outcome === 'fail' ? severity : 'none',
  };
}

/** Judges exchanges that a simulated identity provider caused: its requests, the answers, or both. */
export function judgeExchanges(
  exchanges: readonly Exchange[],
  profile: Profile,
  sides: readonly Side[] = ['server', 'client'],
): readonly Verdict[] {
  const judge = createJudge(
    checks.filter(isInvariant).filter(({ judges }) => sides.includes(judges)),
    profile,
  );
  for (const exchange of exchanges) judge.see(exchange);
  return judge.verdicts();
}
