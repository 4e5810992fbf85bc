import type { Json } from '../reports/record/exchange.ts';
import type { ScimClient } from './client.ts';

/** What is tested or demonstrated: a SCIM endpoint and, where there is one, a way to act on what lies behind it. */
export interface Target {
  readonly scim: ScimClient;
  readonly control?: Control;
}

/** A person of the account behind the endpoint. `state` and `role` are words of that account. */
export interface AccountPerson {
  readonly id: string;
  readonly address: string;
  /** An address change that waits for the person. */
  readonly pendingAddress?: string;
  readonly name: string;
  readonly state: string;
  readonly role: string;
}

/** A group of the account, also where provisioning does not see it. */
export interface AccountGroup {
  readonly id: string;
  readonly name: string;
  /** Ids of people. */
  readonly members: readonly string[];
  /** Whether provisioning manages it. */
  readonly managed: boolean;
  readonly permissions: readonly string[];
}

/** A mail of the account. */
export interface AccountMail {
  /** Place in the outbox, from 1. */
  readonly number: number;
  /** When it left, as RFC 3339 text. */
  readonly at: string;
  readonly kind: string;
  readonly to: string;
  /** Id of the person it is about. */
  readonly person: string;
  /** The rule that explains it. */
  readonly rule: string;
  /** False when the mailbox refused it. */
  readonly delivered: boolean;
}

/** One thing that the account did, in the order of the journal. */
export interface AccountChange {
  /** Place in the journal, from 1. */
  readonly number: number;
  readonly at: string;
  readonly kind: string;
  /** The rule that explains it. */
  readonly rule: string;
  /** Who or what caused it. */
  readonly cause: string;
  /** One sentence for a reader. */
  readonly says: string;
}

/** Names a person by id or address. */
export interface OfPerson {
  readonly person: string;
}

/** Names a group by id or name. */
export interface OfGroup {
  readonly group: string;
}

/** An act as somebody: the id or address of the one who acts. Left out: an owner. */
export interface By {
  readonly by?: string;
}

/** A person to be put into the account by hand, without provisioning. */
export interface NewPerson {
  readonly address: string;
  readonly name?: string;
  /** Default: member. */
  readonly role?: string;
  /** Default: active. */
  readonly state?: string;
}

/** A group to be put into the account by hand, without provisioning: provisioning does not manage it until it is selected. */
export interface NewGroup {
  readonly name: string;
  /** Ids or addresses of people. */
  readonly members?: readonly string[];
  readonly permissions?: readonly string[];
}

/** An act on the policy of Unlock with SSO: what further members it takes depends on what is done. */
export interface UnlockAct {
  readonly do: string;
  readonly [detail: string]: Json;
}

/** How a person unlocks, and why. */
export interface Unlock {
  readonly covered: boolean;
  readonly signIn: string;
  readonly why: string;
  /** End of the grace period of somebody who has not switched, as RFC 3339 text. */
  readonly deadline?: string;
  readonly rules: readonly string[];
}

/** Address and credential that an identity provider needs. */
export interface Connection {
  /** Whole, or from the root of the server. */
  readonly url: string;
  readonly token: string;
}

/** Where provisioning of an account stands. `hosted` and `page` are words of that account. */
export interface AccountService {
  /** How it is provisioned now: by a bridge of one's own, or hosted. */
  readonly profile: string;
  /** The switch of provisioning. */
  readonly on: boolean;
  /** Whether there is a bridge of one's own, waits for its first valid token, or has no account to work with any more. */
  readonly bridge: 'none' | 'locked' | 'ready' | 'refused';
  /** How far hosted provisioning has come. */
  readonly hosted: string;
  /** Whether hosted provisioning takes the identity provider as a beta. */
  readonly beta: boolean;
  /** The domains whose addresses may be used. */
  readonly domains: readonly string[] | 'any';
  /** The move to hosted provisioning, once it was started; times as RFC 3339 text. */
  readonly migration?: {
    readonly state: 'running' | 'done';
    readonly startedAt: string;
    /** Absent where it would never end. */
    readonly doneAt?: string;
    readonly page: string;
  };
}

/**
 * What people and administrators do on the other side of the endpoint, and the hands of the clock. Each act takes and
 * gives plain JSON; each is optional, since no account offers all of them. Every act that is refused rejects with a
 * `ControlError`.
 */
export interface Control {
  /** The person follows the invitation and finishes sign-up. */
  accept?(of: OfPerson): Promise<AccountPerson>;
  /** The person signs in and confirms the address change that waits. */
  confirmAddress?(of: OfPerson): Promise<AccountPerson>;
  /** The person tries to change the own address. */
  changeOwnAddress?(change: OfPerson & { readonly address: string }): Promise<AccountPerson>;
  /** An administrator confirms a person by hand who waits for it. */
  confirm?(of: OfPerson): Promise<AccountPerson>;
  /** An administrator turns a person away who waits for confirmation. */
  reject?(of: OfPerson): Promise<AccountPerson>;
  suspend?(of: OfPerson): Promise<AccountPerson>;
  reactivate?(of: OfPerson): Promise<AccountPerson>;
  /** An administrator deletes a person for good. */
  deleteForGood?(of: OfPerson): Promise<AccountPerson>;
  /** An administrator begins the recovery of a person. */
  recover?(of: OfPerson): Promise<AccountPerson>;
  /** The person completes the recovery. */
  completeRecovery?(of: OfPerson): Promise<AccountPerson>;
  setRole?(change: OfPerson & { readonly role: string }): Promise<AccountPerson>;
  addPerson?(person: NewPerson): Promise<AccountPerson>;
  addGroup?(group: NewGroup): Promise<AccountGroup>;
  /** Puts people into a group by hand, and takes them out. */
  setMembers?(change: OfGroup & { readonly members: readonly string[] }): Promise<AccountGroup>;
  setPermissions?(change: OfGroup & { readonly permissions: readonly string[] }): Promise<AccountGroup>;
  /** Adds groups, by id or name, to those that provisioning manages. */
  selectGroups?(groups: { readonly groups: readonly string[] }): Promise<readonly AccountGroup[]>;
  unselectGroups?(groups: { readonly groups: readonly string[] }): Promise<readonly AccountGroup[]>;
  /** The domains whose addresses may be used; `any` for no limit. */
  setDomains?(change: { readonly domains: readonly string[] | 'any' }): Promise<void>;
  /** The switch of provisioning. */
  setProvisioning?(change: { readonly on: boolean }): Promise<void>;
  /** A new bearer token in place of the old one. */
  regenerateToken?(): Promise<Connection>;
  /** Starts the service in front of the account again, without loss of what the account holds. */
  restart?(): Promise<void>;
  /** Takes the service in front of the account away for good. */
  removeBridge?(): Promise<void>;
  /** Mail to an address bounces from now on, or arrives again. */
  bounce?(change: { readonly address: string; readonly on: boolean }): Promise<void>;
  /** Sets hosted provisioning up. */
  setUp?(request: By & { readonly identityProvider?: string }): Promise<Connection>;
  /** Turns hosted provisioning off; its credential ends. */
  turnOff?(): Promise<void>;
  /** Starts the migration from a bridge of one's own to hosted provisioning. */
  migrate?(request: By & { readonly identityProvider?: string }): Promise<Connection>;
  /** The administrator leaves the page on which the migration was started. */
  leavePage?(): Promise<void>;
  /** Manages a person with the command-line tool instead of provisioning. */
  manageByCli?(act: OfPerson & { readonly act: 'suspend' | 'reactivate' }): Promise<AccountPerson>;
  /** Whether somebody can open the Employee vault of a person. */
  opensVault?(question: OfPerson & { readonly by: string }): Promise<boolean>;
  /** Configures Unlock with SSO; `do` names the act. */
  setUnlock?(act: UnlockAct): Promise<void>;
  /** The person switches to unlocking with the identity provider. */
  switchToSso?(of: OfPerson): Promise<void>;
  /** How a person unlocks. */
  unlock?(of: OfPerson): Promise<Unlock>;
  /** Where provisioning stands, a migration among it. */
  service?(): Promise<AccountService>;
  people?(): Promise<readonly AccountPerson[]>;
  groups?(): Promise<readonly AccountGroup[]>;
  outbox?(): Promise<readonly AccountMail[]>;
  journal?(): Promise<readonly AccountChange[]>;
  /** Moves the clock; what falls due on the way happens in order. */
  advance?(by: { readonly ms: number }): Promise<{ readonly now: string }>;
  snapshot?(): Promise<Json>;
  restore?(from: { readonly snapshot: Json }): Promise<void>;
  /** Back to the account as it was made. */
  reset?(): Promise<void>;
}

/** An act that the account refuses, or that nobody can do; the message says why. */
export class ControlError extends Error {
  readonly code = 'control';
  /** As over HTTP: 400, 403, 404 or 409. */
  readonly status: number;
  /** The rule that refuses it, where one does. */
  readonly rule: string | undefined;
  constructor(status: number, message: string, rule?: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ControlError';
    this.status = status;
    this.rule = rule;
  }
}
