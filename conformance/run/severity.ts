import { isRequirement, requirements, rules, type ClauseId, type Level, type Mark } from '../clauses/index.ts';
import type { RequirementRow } from '../clauses/index.ts';
import type { Severity } from '../../reports/record/index.ts';
import type { Profile } from './profiles.ts';

const byLevel = {
  MUST: 'failure',
  'MUST NOT': 'failure',
  REQUIRED: 'failure',
  SHALL: 'failure',
  'SHALL NOT': 'failure',
  STATED: 'failure',
  SHOULD: 'warning',
  'SHOULD NOT': 'warning',
  RECOMMENDED: 'warning',
  DERIVED: 'warning',
  MAY: 'observation',
  OPTIONAL: 'observation',
  SCHEMA: 'observation',
  UNDEFINED: 'observation',
} as const satisfies Record<Level, Severity>;

const byMark = {
  documented: 'failure',
  observed: 'warning',
  inferred: 'observation',
} as const satisfies Record<Mark, Severity>;

/** From light to heavy: a stance may move a row to the left only. */
const weights: readonly Severity[] = ['none', 'observation', 'warning', 'failure'];
/** The lighter of the two. */
export const atMost = (cap: Severity, severity: Severity): Severity =>
  weights.indexOf(severity) > weights.indexOf(cap) ? cap : severity;

/** Whose fault a mismatch would be. */
export type Side = 'server' | 'client';

/**
 * What a mismatch with the clause weighs in the profile. `none` means that the clause judges nobody on that side, or, for
 * a provisioning rule, that it is no part of the profile.
 */
export function severityOf(clause: ClauseId, profile: Profile, side: Side = 'server'): Severity {
  const written = profile.table.find(deviation => deviation.clause === clause);
  if (written) return written.severity;
  if (isRequirement(clause)) return ofRow(requirements[clause], side);
  const { mark, profiles } = rules[clause];
  const named = profiles.split(',');
  const holds = (rule: string): boolean => named.includes(rule);
  const counts = profile.common ? profile.rules.every(holds) : profile.rules.some(holds);
  return counts ? byMark[mark] : 'none';
}

function ofRow({ level, subject, stance }: RequirementRow, side: Side): Severity {
  const severity = byLevel[level];
  const binds = subject === 'both' || subject === side || (subject === 'schema' && side === 'server');
  switch (stance) {
    case 'client':
      return side === 'client' ? severity : 'none';
    case 'warning':
    case 'observation':
      return binds ? atMost(stance, severity) : 'none';
    case 'not-judged':
    case 'out-of-scope':
      return binds ? atMost('observation', severity) : 'none';
    // `profile`: the condition it names is the check's own `applies`.
    case 'as-level':
    case 'profile':
      return binds ? severity : 'none';
  }
}
