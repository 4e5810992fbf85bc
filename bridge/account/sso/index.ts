import type { RuleId } from '../../../conformance/clauses/index.ts';
import { configure, initialState, offeredValues, type SsoAction } from './configure.ts';
import { redirectAddresses, type SignInAddress } from './identity-provider.ts';
import { completeRecovery, join, nextDue, settle, switchOver, type Settled } from './settle.ts';
import { standingOf } from './standing.ts';
import type { SsoPerson, SsoState, Standing, UnlockValue } from './state.ts';

export type { SsoAction } from './configure.ts';
export { readSsoAction } from './read-action.ts';
export type { Settled } from './settle.ts';
export { peopleOf, type SsoChange, type SsoPerson, type SsoState, type Standing } from './state.ts';

/** How the policy is made. */
export interface SsoOptions {
  /** Offers the fifth value, everyone except the groups one excludes (1password.md Q28). Default: false. */
  readonly excludedGroups?: boolean;
  /** Rules that do not hold. For tests that have to see themselves fail. */
  readonly without?: ReadonlySet<RuleId>;
}

/**
 * The policy of Unlock with SSO: pure functions over `SsoState`. After each act of an administrator and each change of
 * people or groups, and at `nextDue`, `settle` says what follows for whom.
 */
export interface UnlockWithSso {
  /** A fresh account: no identity provider, nobody unlocks with one (OP-70). */
  readonly initial: SsoState;
  readonly values: readonly UnlockValue[];
  /** @throws {ControlError} 400, 404, 409 */
  readonly configure: (state: SsoState, action: SsoAction, now: number) => SsoState;
  readonly standing: (state: SsoState, person: SsoPerson, now: number) => Standing;
  readonly settle: (state: SsoState, people: readonly SsoPerson[], now: number) => Settled;
  /** The first deadline after a moment that means something to somebody, in milliseconds; of a settled state. */
  readonly nextDue: (state: SsoState, after: number) => number | undefined;
  /** A person finishes signing up. */
  readonly join: (state: SsoState, person: SsoPerson, now: number) => Settled;
  /** A person switches to the identity provider. @throws {ControlError} 403, 409 */
  readonly switchOver: (state: SsoState, person: SsoPerson, now: number) => Settled;
  /** A person completes a recovery. */
  readonly completeRecovery: (state: SsoState, person: SsoPerson, now: number) => Settled;
  readonly redirectAddresses: (account: SignInAddress) => readonly string[];
}

/** Makes the policy of Unlock with SSO; the rules OP-60 to OP-87 live here as far as they are dated account state. */
export function unlockWithSso({ excludedGroups = false, without }: SsoOptions = {}): UnlockWithSso {
  const holds = (rule: RuleId): boolean => !without?.has(rule);
  const values = offeredValues(excludedGroups || !holds('OP-71'));
  return {
    initial: initialState(holds),
    values,
    configure: (state, action, now) => configure(state, action, now, holds, values),
    standing: (state, person, now) => standingOf(state, person, now, holds),
    settle: (state, people, now) => settle(state, people, now, holds),
    nextDue,
    join: (state, person, now) => join(state, person, now, holds),
    switchOver: (state, person, now) => switchOver(state, person, now, holds),
    completeRecovery: (state, person, now) => completeRecovery(state, person, now, holds),
    redirectAddresses: account => redirectAddresses(account, holds),
  };
}
