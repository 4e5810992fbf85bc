/** What is known of a service provider before its histories are judged. */
export interface Habits {
  /** Paths of SCIM attributes that are not held against the directory: the service provider keeps them in a way of its own. */
  readonly unkept: ReadonlySet<string>;
  /** Whether another address shows at once; otherwise it shows once the person has confirmed it (OP-32b). */
  readonly addressAtOnce: boolean;
  /** Whether `displayName` is kept apart from first and last name; otherwise one is made of the other (OP-17a, OP-24b). */
  readonly namesApart: boolean;
  /** Whether a deactivated user, with its memberships, certainly stays (OP-26b says otherwise of those who never joined). */
  readonly inactiveStay: boolean;
  /** Whether DELETE makes a user absent. */
  readonly deletes: boolean;
}

/** A service provider that keeps what it is given, as RFC 7644 allows and the reference bridge does. */
export const plainHabits: Habits = {
  unkept: new Set(),
  addressAtOnce: true,
  namesApart: true,
  inactiveStay: true,
  deletes: true,
};
