import {
  checks,
  createJudge,
  isInvariant,
  profiles,
  severityOf,
  type Profile,
  type Side,
} from '../conformance/index.ts';
import { levelOf, rules, type RuleId } from '../conformance/clauses/index.ts';
import type { Exchange, Severity, Verdict } from '../reports/record/index.ts';
import type { Finding } from '../scenarios/index.ts';

/** What a story found, as a verdict: the rule it names and the profile say what it weighs. */
export function verdictOf(finding: Finding, profile: Profile): Verdict {
  const { rule, outcome, ...rest } = finding;
  const severity = weightOf(rule, profile);
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

/**
 * What a broken expectation weighs: as the profile says. What an identity provider has to bring about weighs as in its own
 * profile where another one is played: an expectation that says something of the one alone did not apply. Under a profile
 * of no rules at all it weighs nothing.
 */
function weightOf(rule: RuleId, profile: Profile): Severity {
  const own = severityOf(rule, profile);
  if (own !== 'none' || profile.rules.length === 0 || rules[rule].side !== 'idp') return own;
  return profiles.map(each => severityOf(rule, each)).find(each => each !== 'none') ?? own;
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
