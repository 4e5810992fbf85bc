import type { RuleId } from '../../../conformance/clauses/index.ts';
import type { Ground } from '../model.ts';
import type { CoveredPerson, Grace, Holds, SsoPerson, SsoState, Standing, UnlockPolicy } from './state.ts';

/** Whether the policy covers a person, and by which group or value the period is decided. */
export type Coverage =
  | { readonly covered: false; readonly why: string; readonly rules: readonly Ground[] }
  | {
      readonly covered: true;
      readonly why: string;
      readonly rules: readonly Ground[];
      readonly decidedBy: string;
      readonly grace: Grace;
    };

const day = 24 * 60 * 60 * 1000;

/** When a grace period is over: at that instant it is (OP-83, 1password.md Q27). */
export const deadlineOf = ({ configuredAt, days }: Grace): number => configuredAt + days * day;

/**
 * Whether and why the policy covers a person (OP-71, OP-72, OP-73, OP-75). Among several groups the one that was set up
 * first decides (OP-82), of those the person is in now (1password.md Q26).
 */
export function coverageOf(policy: UnlockPolicy, person: SsoPerson, holds: Holds): Coverage {
  const none = (why: string, ...rules: readonly Ground[]): Coverage => ({ covered: false, why, rules });
  if (policy.value === 'no-one') return none('nobody unlocks with the identity provider', 'OP-75');
  if (person.role === 'owner' && holds('OP-72')) return none('owners keep account password and Secret Key', 'OP-72');
  if (person.role === 'guest' && policy.value !== 'everyone' && holds('OP-73')) {
    return none('guests are covered under "everyone" alone', 'OP-73');
  }
  if (policy.value === 'selected-groups') {
    const groups = policy.groups.filter(({ group }) => person.groups.includes(group));
    const deciding = groups.at(holds('OP-82') ? 0 : -1);
    if (!deciding) return none('the person is in no selected group', 'OP-71');
    const several = groups.length > 1;
    return {
      covered: true,
      why: several ? `group ${deciding.group} was set up first` : `the person is in group ${deciding.group}`,
      rules: several ? ['OP-81a', 'OP-82'] : ['OP-81a'],
      decidedBy: deciding.group,
      grace: deciding,
    };
  }
  const excluded = policy.excluded.find(group => person.groups.includes(group));
  if (excluded !== undefined) return none(`group ${excluded} is excluded`, 'Q28');
  return {
    covered: true,
    why: `the policy is "${policy.value}"`,
    rules: ['OP-81b'],
    decidedBy: policy.value,
    grace: policy.grace,
  };
}

/**
 * How a person gets in at a moment. It follows from the configuration alone, so a period that is prolonged after its end
 * lets people switch again (no source says otherwise).
 */
export function standingOf(state: SsoState, person: SsoPerson, now: number, holds: Holds): Standing {
  const coverage = coverageOf(state.policy, person, holds);
  const { covered, why } = coverage;
  if (!coverage.covered) return { covered, why, signIn: 'account-password', rules: coverage.rules };
  const known = state.people[person.id];
  if (known?.enrolled) return { covered, why, signIn: 'sso', rules: [enrolmentRules[known.enrolled]] };
  if (!person.joined) return { covered, why, signIn: holds('OP-74a') ? 'sso' : 'account-password', rules: ['OP-74a'] };

  const deadline = deadlineOf(coverage.grace);
  const missed = now < deadline ? undefined : missedRule(known, coverage.decidedBy, deadline);
  if (missed && holds(missed)) {
    return { covered, why, signIn: 'needs-recovery', deadline, rules: [missed, ...coverage.rules] };
  }
  const signIn = holds('OP-74b') ? 'must-switch' : 'account-password';
  return { covered, why, signIn, deadline, rules: ['OP-74b', ...coverage.rules] };
}

/** The rule by which a person came to sign in with the identity provider. */
export const enrolmentRules = {
  joining: 'OP-74a',
  switching: 'OP-74b',
  recovery: 'OP-87',
} as const satisfies Readonly<Record<NonNullable<CoveredPerson['enrolled']>, RuleId>>;

/** Whoever came under a period that was over already has missed nothing, and needs recovery all the same. */
const missedRule = (known: CoveredPerson | undefined, decidedBy: string, deadline: number): 'OP-84b' | 'OP-85' =>
  known && known.decidedBy === decidedBy && known.since >= deadline ? 'OP-85' : 'OP-84b';
