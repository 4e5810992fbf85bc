import type { RuleId } from '../../../conformance/clauses/index.ts';
import type { Connection } from '../../../scim/target.ts';
import type { Draft, HostedState } from '../model.ts';

/** Whether a rule is in force; every rule is, but in tests that switch one off to see themselves fail. */
export type Holds = (rule: RuleId) => boolean;

/** The credential of a bridge of one's own: its token works with the session file that was made with it. */
export interface BridgeCredential {
  /** Tokens that the bridge takes. */
  readonly tokens: readonly string[];
  /** A new token whose session file is not loaded yet. */
  readonly waiting?: string;
}

/** The credential of hosted provisioning. */
export interface HostedCredential {
  readonly token: string;
  /** In milliseconds. */
  readonly issuedAt: number;
}

/** How the provisioning of an account is set up: plain data, so that a migration goes on after a restore. */
export interface SetUpState {
  readonly hosted: HostedState;
  /** Of the bridge; absent when there is none, or no longer. */
  readonly bridge?: BridgeCredential;
  /** Of hosted provisioning, the last one also when it is off. */
  readonly credential?: HostedCredential;
  /** True for an identity provider that hosted provisioning takes as a beta. */
  readonly beta: boolean;
  readonly migration?: Migration;
  /** Whether the group Provision Managers was made. */
  readonly provisionManagers: boolean;
}

/** The job that moves an account to hosted provisioning. */
export interface Migration {
  readonly startedAt: number;
  /** When it is done, in milliseconds. */
  readonly doneAt: number;
  readonly startedBy: string;
  /** Whether the administrator has the page of the set-up open still. */
  readonly page: 'open' | 'left';
}

/** A user group that 1Password makes itself. */
export interface BuiltInGroup {
  readonly name: string;
  readonly members: readonly string[];
}

/** What an act led to. Ids of people and groups stay over each of them (1password.md Q16). */
export interface SetUpStep {
  readonly state: SetUpState;
  /** When: of a migration that is done, its own time. */
  readonly at: number;
  /** For the journal. */
  readonly notes: readonly Draft[];
  /** Groups to be made, outside of what provisioning manages. */
  readonly makes: readonly BuiltInGroup[];
  /** What the identity provider has to be given, where that changed. */
  readonly connection?: Connection;
}

/** How a request with this token fares, as far as set-up and credential go. */
export type Admission =
  | { readonly served: true }
  | {
      readonly served: false;
      readonly status: 401 | 500 | 503;
      readonly detail: string;
      /** Seconds, of 503. */
      readonly retryAfter?: number;
      readonly rule: RuleId;
    };
