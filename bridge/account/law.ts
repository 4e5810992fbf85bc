import { rules, type RuleId } from '../../conformance/clauses/index.ts';
import type { AccountSettings, Ground, Profile } from './model.ts';
import type { Wire } from './wire/index.ts';

/** What an account is bound by: read once, when its parts are made. */
export interface Law {
  readonly profile: Profile;
  readonly settings: AccountSettings;
  readonly wire: Wire;
  /** False for a rule that a test has switched off. */
  readonly on: (rule: Ground) => boolean;
  /** True for a rule that is in force and that the catalogue has for the profile of the account. */
  readonly applies: (rule: RuleId) => boolean;
}

export function createLaw(profile: Profile, settings: AccountSettings, wire: Wire, without: ReadonlySet<RuleId>): Law {
  const off: ReadonlySet<string> = without;
  return {
    profile,
    settings,
    wire,
    on: rule => !off.has(rule),
    applies: rule => !off.has(rule) && rules[rule].profiles.split(',').includes(profile.id),
  };
}
