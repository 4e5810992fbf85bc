import { ControlError } from '../../../scim/target.ts';
import { coverageOf, deadlineOf, enrolmentRules, standingOf } from './standing.ts';
import type { CoveredPerson, Holds, SsoChange, SsoPerson, SsoState } from './state.ts';

/** A state with what led to it. */
export interface Settled {
  readonly state: SsoState;
  readonly changes: readonly SsoChange[];
}

/**
 * Brings what is kept of people in line with policy, groups and clock, and lists what that means to them. To be called
 * after each act that touches any of these, and whenever `nextDue` has come.
 */
export function settle(state: SsoState, people: readonly SsoPerson[], now: number, holds: Holds): Settled {
  const kept: Record<string, CoveredPerson> = {};
  const changes: SsoChange[] = [];
  for (const person of people) {
    const known = state.people[person.id];
    const coverage = coverageOf(state.policy, person, holds);
    if (!coverage.covered) {
      const { rules } = coverage;
      if (known) changes.push({ at: now, person: person.id, step: 'released', rules });
      continue;
    }
    if (!person.joined && !known) continue;
    const { decidedBy } = coverage;
    const entry = known?.decidedBy === decidedBy ? known : { ...known, decidedBy, since: now };
    const { signedOut, ...signedIn } = entry;
    const covered = { ...state, people: { [person.id]: entry } };
    const { signIn, rules } = standingOf(covered, person, now, holds);
    if (signIn !== 'needs-recovery') {
      kept[person.id] = signedIn;
      const asks = signIn === 'must-switch' && (!known || signedOut);
      if (asks) changes.push({ at: now, person: person.id, step: 'asked-to-switch', rules });
      continue;
    }
    kept[person.id] = { ...entry, signedOut: true };
    if (signedOut) continue;
    const late = rules.includes('OP-85');
    if (!late && !holds('OP-84a')) continue;
    const because: SsoChange['rules'] = late ? rules : ['OP-84a', ...rules];
    changes.push({ at: now, person: person.id, step: 'signed-out', rules: because });
  }
  return { state: { ...state, people: kept }, changes };
}

/** The first deadline after a moment that somebody of a settled state has who has not switched; both in milliseconds. */
export function nextDue({ policy, people }: SsoState, after: number): number | undefined {
  if (policy.value === 'no-one') return undefined;
  const open = new Set(
    Object.values(people).flatMap(({ decidedBy, enrolled, signedOut }) => (enrolled || signedOut ? [] : [decidedBy])),
  );
  const graces = policy.value === 'selected-groups' ? policy.groups : [{ ...policy.grace, group: policy.value }];
  const deadlines = graces.filter(({ group }) => open.has(group)).map(deadlineOf);
  const left = deadlines.filter(deadline => deadline > after);
  return left.length === 0 ? undefined : Math.min(...left);
}

/** A person finishes signing up: under a policy that covers the person, with the identity provider (OP-74a). */
export function join(state: SsoState, person: SsoPerson, now: number, holds: Holds): Settled {
  return holds('OP-74a') ? enrol(state, person, 'joining', now, holds) : { state, changes: [] };
}

/**
 * A person switches to the identity provider.
 * @throws {ControlError} 409 for a person whom the policy does not cover; 403 after the deadline, when only recovery helps
 */
export function switchOver(state: SsoState, person: SsoPerson, now: number, holds: Holds): Settled {
  const { signIn, why, rules } = standingOf(state, person, now, holds);
  if (signIn === 'account-password') {
    throw new ControlError(409, `The person signs in with the account password: ${why}.`, rules[0]);
  }
  if (signIn === 'needs-recovery') {
    throw new ControlError(
      403,
      'The grace period is over; an administrator has to recover the account first.',
      rules[0],
    );
  }
  return signIn === 'sso' ? { state, changes: [] } : enrol(state, person, 'switching', now, holds);
}

/**
 * A person completes a recovery. After a missed deadline it leads into the identity provider: data stays, devices are
 * added again (OP-87). Any other recovery is no matter of this policy.
 */
export function completeRecovery(state: SsoState, person: SsoPerson, now: number, holds: Holds): Settled {
  const { signIn } = standingOf(state, person, now, holds);
  if (signIn !== 'needs-recovery' || !holds('OP-87')) return { state, changes: [] };
  return enrol(state, person, 'recovery', now, holds);
}

function enrol(
  state: SsoState,
  person: SsoPerson,
  by: NonNullable<CoveredPerson['enrolled']>,
  now: number,
  holds: Holds,
): Settled {
  const coverage = coverageOf(state.policy, person, holds);
  if (!coverage.covered) return { state, changes: [] };
  const entry: CoveredPerson = { decidedBy: coverage.decidedBy, since: now, enrolled: by };
  const devices = by === 'recovery' ? 'add-again' : 'stay';
  return {
    state: { ...state, people: { ...state.people, [person.id]: entry } },
    changes: [{ at: now, person: person.id, step: 'enrolled', devices, rules: [enrolmentRules[by]] }],
  };
}
