import type { RuleId } from '../../conformance/clauses/index.ts';
import type { AccountChange, AccountGroup, AccountMail, AccountPerson } from '../../scim/target.ts';
import type { WireId } from './wire/index.ts';

/**
 * What a thing rests on: a rule of the catalogue, a question of the research note with its default (`Q17`), or the key of
 * a source where no rule has it.
 */
export type Ground =
  RuleId | `Q${number}` | 'P-ADD' | 'P-BEST' | 'P-CLI' | 'P-CLIP' | 'P-MAIL' | 'P-UAPI' | 'C143188' | 'control';

/** The two ways to provision an account: a bridge that the customer runs, and the one that the vendor runs. */
export type ProfileId = 'self-hosted' | 'hosted';

/** What serves SCIM in front of an account. */
export type DoorId = 'bridge' | 'hosted';

/**
 * Where a person stands. `transfer-suspended` is an invitation that was taken back but kept; `pending` has signed up and
 * waits for confirmation; `recovery` waits for the person to complete a recovery.
 */
export type PersonState = 'invited' | 'pending' | 'active' | 'suspended' | 'transfer-suspended' | 'recovery';

export type Role = 'owner' | 'administrator' | 'member' | 'guest';

/** Permissions of a group that matter to provisioning; others are kept as they are named. */
export type Permission = 'recover-accounts' | 'manage-all-groups';

/**
 * Who or what causes something: the identity provider through SCIM, the person, an administrator on 1Password.com, or a
 * time that falls due.
 */
export type Cause = 'provisioning' | 'person' | 'administrator' | 'clock';

/** A person of the account. What is visible over SCIM is made from it; nothing is kept twice but the id. */
export interface Person extends AccountPerson {
  readonly state: PersonState;
  readonly role: Role;
  /** The whole name; the parts are what the identity provider gave last, where the profile keeps parts. */
  readonly name: string;
  readonly givenName: string | undefined;
  readonly familyName: string | undefined;
  /** What the client sent, whatever is shown. */
  readonly externalId: string | undefined;
  readonly preferredLanguage: string | undefined;
  /** True once the identity provider created the person or wrote to it. */
  readonly provisioned: boolean;
  /** Whether the person ever finished sign-up: has keys, and an Employee vault of its own. */
  readonly joined: boolean;
  /** When the last invitation left, in milliseconds; undefined for people who were there before. */
  readonly invitedAt: number | undefined;
  /** When the person finished sign-up, in milliseconds. People who were there before: when they were added. */
  readonly joinedAt: number | undefined;
  /** Whether the reminder of the last invitation has left. */
  readonly reminded: boolean;
}

/** A group of the account, whether or not provisioning sees it. */
export interface Group extends AccountGroup {
  /** Made by whom: pushed by the identity provider, by an administrator, or by 1Password itself. */
  readonly origin: 'provisioning' | 'administrator' | 'built-in';
}

/** Kinds of mail, each explained by a row of the table of mails. */
export type MailKind = 'invitation' | 'reminder' | 'address-confirmation';

export interface Mail extends AccountMail {
  readonly kind: MailKind;
  readonly rule: Ground;
}

/** What happens to a person; together with the state it leads to a row of the table of transitions. */
export type PersonEvent =
  | 'create' // POST by the identity provider
  | 'deprovision' // active false by the identity provider
  | 'delete' // DELETE by the identity provider
  | 'activate' // active true by the identity provider
  | 'accept' // the person finishes sign-up
  | 'confirm' // by the watcher or by an administrator
  | 'reject'
  | 'suspend' // by an administrator
  | 'reactivate' // by an administrator
  | 'delete-for-good'
  | 'recover' // an administrator begins recovery
  | 'recovered'; // the person completes it

/** Everything that the account does, as data. */
export type Change = AccountChange & { readonly rule: Ground; readonly cause: Cause } & (
    | {
        readonly kind: 'person';
        readonly person: string;
        readonly event: PersonEvent | 'add';
        /** `none` for a new person. */
        readonly from: PersonState | 'none';
        readonly to: PersonState | 'removed';
      }
    | { readonly kind: 'mail'; readonly mail: number; readonly person: string; readonly mailKind: MailKind }
    | {
        readonly kind: 'address';
        readonly person: string;
        readonly step: 'proposed' | 'withdrawn' | 'confirmed' | 'ignored' | 'changed';
        readonly from: string;
        readonly to: string;
      }
    | { readonly kind: 'name'; readonly person: string; readonly from: string; readonly to: string }
    | {
        readonly kind: 'group';
        readonly group: string;
        readonly step: 'created' | 'renamed' | 'deleted' | 'selected' | 'unselected' | 'permissions' | 'members';
      }
    | {
        readonly kind: 'account';
        readonly step:
          | 'switched-on'
          | 'switched-off'
          | 'domains'
          | 'credential'
          | 'locked'
          | 'unlocked'
          | 'set-up'
          | 'turned-off'
          | 'migration-started'
          | 'migration-done'
          | 'role'
          | 'policy';
      }
  );

/** A change before the journal gives it its number and time. */
export type Draft = Change extends infer C ? (C extends Change ? Omit<C, 'number' | 'at'> : never) : never;

/** How far hosted provisioning has come in the life of an account. `off` is not the same as `never`: there is no way back. */
export type HostedState = 'never' | 'migrating' | 'on' | 'off';

/**
 * The account as plain data, for modules that decide something about it without touching it: set-up, migration, the
 * policy of Unlock with SSO.
 */
export interface Account {
  readonly profile: ProfileId;
  /** `msp`: an account of a managed service provider. */
  readonly plan: 'business' | 'msp';
  readonly people: readonly Person[];
  readonly groups: readonly Group[];
  readonly domains: readonly string[] | 'any';
  readonly publicDomains: readonly string[];
  /** The switch of provisioning. */
  readonly provisioning: boolean;
  readonly hosted: HostedState;
}

/**
 * What an account does differently by profile. Each has a default in the table of profiles; one can be set only where
 * sources conflict or both behaviours are met.
 */
export interface AccountSettings {
  /** Paths below which SCIM is served; `/` for the root. */
  readonly mountPaths: readonly string[];
  /** What deprovisioning does to somebody who never joined. */
  readonly invitedDeprovision: 'remove' | 'keep';
  /** What DELETE does to somebody who joined. */
  readonly deleteSemantics: 'suspend' | 'remove';
  /** What `externalId` shows: the part before the @, what the client sent, or nothing. */
  readonly externalIdPolicy: 'localPart' | 'client' | 'empty';
  /** What a name is made of on update: first and last name, or `displayName`. */
  readonly nameSource: 'parts' | 'displayName';
  /** How the observed wire shows what has no value. */
  readonly emptyFieldStyle: 'empty' | 'absent';
  /** Whether a list keeps its order from call to call. */
  readonly listOrder: 'stable' | 'rotating';
  /** Answer to a PATCH: with the resource, or without a body. */
  readonly patchAnswer: 200 | 204;
  /** A filter beyond those that identity providers send: refused, or no result. */
  readonly unsupportedFilter: 'refuse' | 'empty';
  /** Whether a filter on an address that waits for confirmation finds the person. */
  readonly pendingEmailLookup: boolean;
  /** An address of a domain that is not allowed: refused, or taken as success without effect. */
  readonly domainViolation: 'refuse' | 'silent';
  /** Status while provisioning is switched off. */
  readonly provisioningOff: 500 | 403;
  /** Status of a second group of one name. */
  readonly duplicateGroup: 201 | 409;
  /** Seconds between two runs of the watcher that confirms people; at least 30. */
  readonly confirmationIntervalSeconds: number;
  /** Domains that anybody can have an address of; hosted provisioning takes none of them. */
  readonly publicDomains: readonly string[];
  /** Whether people can be managed with the command-line tool while hosted provisioning is on. */
  readonly cliWithHosted: 'refuse' | 'allow';
}

/** All that differs between the profiles: a row of the table of profiles. */
export interface Profile {
  readonly id: ProfileId;
  /** One sentence for a reader. */
  readonly title: string;
  readonly settings: AccountSettings;
  /** What SCIM is served by: a bridge of one's own, or hosted provisioning. */
  readonly door: DoorId;
  /** Milliseconds after which a person who has not accepted is reminded; undefined: never. */
  readonly reminderAfter: number | undefined;
  /** What follows sign-up: a wait for the watcher, or nothing. */
  readonly afterSignUp: 'pending' | 'active';
  /** Whether the service is locked after a start, until the first request with a valid token. */
  readonly locksOnRestart: boolean;
  /** Whether the service tells how it is, on pages beside SCIM. */
  readonly statusPages: boolean;
  /** Whether the token can be regenerated. */
  readonly rotates: boolean;
  /** Whether members may change their own address. */
  readonly selfServiceAddress: boolean;
  /** Groups with one of these permissions are never managed. */
  readonly protectedPermissions: readonly Permission[];
  /** Whether the group Provision Managers exists. */
  readonly provisionManagers: boolean;
  /** Whether addresses of public domains are refused. */
  readonly refusesPublicDomains: boolean;
  /** What `preferredLanguage` shows when nothing was sent; undefined: nothing. */
  readonly defaultLanguage: string | undefined;
}

/** How an account is made. Whatever is left out has a default. */
export interface AccountOptions {
  readonly profile: ProfileId;
  /** How answers look. Default: as the RFC has them. */
  readonly wire?: WireId;
  readonly settings?: Partial<AccountSettings>;
  /** Host that people sign in at; SCIM is not served there. */
  readonly signInHost?: string;
  readonly plan?: Account['plan'];
  readonly domains?: Account['domains'];
  /** False: provisioning is not set up yet. Default: it is, and switched on. */
  readonly setUp?: boolean;
  /** The first owner; an account always has one. */
  readonly owner?: { readonly address: string; readonly name?: string };
}
