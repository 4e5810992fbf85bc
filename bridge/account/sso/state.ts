import type { RuleId } from '../../../conformance/clauses/index.ts';
import type { Account, Ground, Person } from '../model.ts';
import type { IdentityProvider } from './identity-provider.ts';

/** Whether a rule is in force; every rule is, but in tests that switch one off to see themselves fail. */
export type Holds = (rule: RuleId) => boolean;

/** Values that cover the whole team but owners and whom they except; the last is 1password.md Q28. */
export type EveryoneValue = 'everyone-except-guests' | 'everyone' | 'everyone-except-groups';

/** Who unlocks with the identity provider. */
export type UnlockValue = 'no-one' | 'selected-groups' | EveryoneValue;

/** A grace period: it ends `days` steps of 24 hours after it was configured (1password.md Q27). */
export interface Grace {
  /** When an administrator set it up, in milliseconds; editing the length leaves it alone. */
  readonly configuredAt: number;
  /** Whole days, 1 to 30. */
  readonly days: number;
}

/** A user group of the policy with a period of its own. */
export interface UnlockGroup extends Grace {
  readonly group: string;
}

/** The setting "people unlocking 1Password with an identity provider". Another value is another policy. */
export type UnlockPolicy =
  | { readonly value: 'no-one' }
  /** In the order in which the groups were set up. */
  | { readonly value: 'selected-groups'; readonly groups: readonly UnlockGroup[] }
  | { readonly value: EveryoneValue; readonly grace: Grace; readonly excluded: readonly string[] };

/** What is kept of a covered person. */
export interface CoveredPerson {
  /** The group, or the value for everyone, that decides the period. */
  readonly decidedBy: string;
  /** Since when that decides, in milliseconds. */
  readonly since: number;
  /** How the person came to sign in with the identity provider; absent while the account password still holds. */
  readonly enrolled?: 'joining' | 'switching' | 'recovery';
  /** Set once a missed deadline has signed the person out everywhere. */
  readonly signedOut?: true;
}

/** Unlock with SSO as account state: plain data. */
export interface SsoState {
  readonly provider?: IdentityProvider;
  readonly policy: UnlockPolicy;
  /** Covered people by id. */
  readonly people: Readonly<Record<string, CoveredPerson>>;
}

/** What the policy has to know of a person. */
export interface SsoPerson extends Pick<Person, 'id' | 'role' | 'joined'> {
  /** Ids of the user groups the person is in. */
  readonly groups: readonly string[];
}

/** The people of an account as the policy sees them. */
export function peopleOf({ people, groups }: Pick<Account, 'people' | 'groups'>): readonly SsoPerson[] {
  const groupsOf = new Map<string, string[]>();
  for (const { id, members } of groups) {
    for (const member of members) {
      const of = groupsOf.get(member);
      if (of) of.push(id);
      else groupsOf.set(member, [id]);
    }
  }
  return people.map(({ id, role, joined }) => ({ id, role, joined, groups: groupsOf.get(id) ?? [] }));
}

/** How a person gets in, and the rules that make it so. */
export interface Standing {
  readonly covered: boolean;
  /** One clause for a report. */
  readonly why: string;
  readonly signIn: 'account-password' | 'sso' | 'must-switch' | 'needs-recovery';
  /** End of the grace period of a covered person who has not switched, in milliseconds. */
  readonly deadline?: number;
  readonly rules: readonly Ground[];
}

/** What the policy does to a person, for the journal. */
export interface SsoChange {
  /** In milliseconds. */
  readonly at: number;
  readonly person: string;
  /**
   * `asked-to-switch`: within the period; `signed-out`: of every device, and only recovery leads back; `enrolled`:
   * signs in with the identity provider from now on; `released`: back to account password and Secret Key.
   */
  readonly step: 'asked-to-switch' | 'signed-out' | 'enrolled' | 'released';
  /** Of `enrolled`: whether devices have to be added again. What the vaults hold stays in every case. */
  readonly devices?: 'stay' | 'add-again';
  readonly rules: readonly Ground[];
}
