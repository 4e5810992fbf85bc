/**
 * The directory as JumpCloud models it (reduced to what provisioning reads). Names of members are those of JumpCloud's API
 * v1 and of the mapping screens.
 */

export interface Address {
  readonly type: string;
  readonly streetAddress?: string;
  readonly locality?: string;
  readonly region?: string;
  readonly postalCode?: string;
  readonly country?: string;
}

export interface PhoneNumber {
  readonly type: string;
  readonly number: string;
}

/** A person of the directory: a JumpCloud system user. Absent text is the empty string, as JumpCloud keeps it. */
export interface Person {
  /** 24 hex digits. */
  readonly id: string;
  readonly username: string;
  readonly email: string;
  readonly firstname: string;
  readonly middlename: string;
  readonly lastname: string;
  readonly displayname: string;
  readonly company: string;
  readonly costCenter: string;
  readonly department: string;
  readonly employeeIdentifier: string;
  readonly employeeType: string;
  readonly jobTitle: string;
  readonly location: string;
  /** Id of another person, or empty. */
  readonly manager: string;
  readonly addresses: readonly Address[];
  readonly phoneNumbers: readonly PhoneNumber[];
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
  readonly state: 'STAGED' | 'ACTIVATED' | 'SUSPENDED';
  readonly passwordExpired: boolean;
}

/** A user group. */
export interface UserGroup {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Ids of people. */
  readonly members: readonly string[];
}

/** An application with its provisioning settings. */
export interface Application {
  readonly id: string;
  readonly name: string;
  /** Ids of the user groups bound to it: access is given through groups alone (JC-11, JC-12). */
  readonly boundGroups: readonly string[];
  /** Whether provisioning is switched on. */
  readonly active: boolean;
  /** Whether groups and memberships are managed (JC-10). */
  readonly manageGroups: boolean;
}
