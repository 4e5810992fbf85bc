/**
 * The directory as JumpCloud models it (jumpcloud.md Part 3). Members are named as the mapping screens name them, which is
 * how API v1 does but for `id` (`_id`) and the names it writes with underscores; `system-user.ts` translates.
 */

/** One address. Members that are not there are absent, as in API v1. */
export interface Address {
  readonly type: string;
  readonly streetAddress?: string;
  readonly extendedAddress?: string;
  readonly poBox?: string;
  readonly locality?: string;
  readonly region?: string;
  readonly postalCode?: string;
  readonly country?: string;
}

export interface PhoneNumber {
  readonly type: string;
  readonly number: string;
}

/** A custom attribute of a person or a group. Names are told apart with their case (JC-34). */
export interface CustomAttribute {
  readonly name: string;
  readonly value: string;
}

/** Another person or thing a person has to do with. */
export interface Relationship {
  readonly type: string;
  readonly value: string;
}

/** The states of a person: only those who are activated have access. */
export const PERSON_STATES = ['STAGED', 'ACTIVATED', 'SUSPENDED'] as const;

export type PersonState = (typeof PERSON_STATES)[number];

/** A person of the directory: a JumpCloud system user. Absent text is the empty string, as JumpCloud keeps it. */
export interface Person {
  /** 24 hex digits. */
  readonly id: string;
  readonly username: string;
  /** In lower case, as JumpCloud keeps it from creation on. */
  readonly email: string;
  readonly alternateEmail: string;
  readonly recoveryEmail: string;
  readonly firstname: string;
  readonly middlename: string;
  readonly lastname: string;
  readonly displayname: string;
  readonly description: string;
  readonly company: string;
  readonly costCenter: string;
  readonly department: string;
  readonly employeeIdentifier: string;
  readonly employeeType: string;
  readonly jobTitle: string;
  readonly location: string;
  /** Id of another person, or empty. */
  readonly manager: string;
  readonly managedAppleId: string;
  readonly addresses: readonly Address[];
  readonly phoneNumbers: readonly PhoneNumber[];
  readonly attributes: readonly CustomAttribute[];
  readonly relationships: readonly Relationship[];
  readonly state: PersonState;
  readonly passwordExpired: boolean;
  readonly passwordNeverExpires: boolean;
  readonly accountLocked: boolean;
  /** Whether a second factor is set up, and whether the user portal asks for one. */
  readonly mfaConfigured: boolean;
  readonly mfaRequired: boolean;
  /** Rights on devices; provisioning reads none of these. */
  readonly sudo: boolean;
  readonly passwordlessSudo: boolean;
  readonly ldapBindingUser: boolean;
  readonly externallyManaged: boolean;
  readonly externalDn: string;
  readonly externalSourceType: string;
  /** RFC 3339, or empty for somebody whose making was not told. */
  readonly created: string;
  /** `jumpcloud:bulk`, `jumpcloud:scim` and the like; empty for manual entry. */
  readonly creationSource: string;
}

/** Somebody about whom nothing is known. */
export const EMPTY_PERSON: Omit<Person, 'id'> = {
  username: '',
  email: '',
  alternateEmail: '',
  recoveryEmail: '',
  firstname: '',
  middlename: '',
  lastname: '',
  displayname: '',
  description: '',
  company: '',
  costCenter: '',
  department: '',
  employeeIdentifier: '',
  employeeType: '',
  jobTitle: '',
  location: '',
  manager: '',
  managedAppleId: '',
  addresses: [],
  phoneNumbers: [],
  attributes: [],
  relationships: [],
  state: 'ACTIVATED',
  passwordExpired: false,
  passwordNeverExpires: false,
  accountLocked: false,
  mfaConfigured: false,
  mfaRequired: false,
  sudo: false,
  passwordlessSudo: false,
  ldapBindingUser: false,
  externallyManaged: false,
  externalDn: '',
  externalSourceType: '',
  created: '',
  creationSource: '',
};

/** How the members of a group come about. The directory keeps the value and works out no dynamic membership. */
export const MEMBERSHIP_METHODS = ['NOTSET', 'STATIC', 'DYNAMIC_REVIEW_REQUIRED', 'DYNAMIC_AUTOMATED'] as const;

export type MembershipMethod = (typeof MEMBERSHIP_METHODS)[number];

/** A user group. */
export interface UserGroup {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly email: string;
  readonly attributes: readonly CustomAttribute[];
  readonly membershipMethod: MembershipMethod;
  /** Ids of people, in the order of joining. */
  readonly members: readonly string[];
}

/** What of a group an admin can edit. */
export type GroupEdit = Partial<Omit<UserGroup, 'id' | 'members'>>;

/** An application with its provisioning settings. */
export interface Application {
  readonly id: string;
  /** The connector it was made from, such as 1Password. Unlike the label it need not be unique. */
  readonly name: string;
  /** What admins call it. */
  readonly displayLabel: string;
  /** Fixed once the application exists (JC-9). */
  readonly ssoUrl: string;
  /** Ids of the user groups bound to it: access is given through groups alone (JC-11, JC-12). */
  readonly boundGroups: readonly string[];
  /** Whether provisioning is switched on. */
  readonly active: boolean;
  /** Whether groups and memberships are managed (JC-10). */
  readonly manageGroups: boolean;
}

/** What an application is added with. */
export interface ApplicationDraft {
  readonly name: string;
  /** The default is the name. */
  readonly displayLabel?: string;
  /** The default is made from the name (JC-9a). */
  readonly ssoUrl?: string;
  readonly manageGroups?: boolean;
}
