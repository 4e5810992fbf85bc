/** Why the directory refuses something. The codes are stable. */
export type DirectoryErrorCode =
  | 'unknown-person'
  | 'unknown-group'
  | 'unknown-application'
  | 'duplicate-id'
  | 'duplicate-username'
  | 'duplicate-email'
  | 'duplicate-employee-identifier'
  | 'duplicate-group'
  | 'already-member'
  | 'not-member'
  | 'already-bound'
  | 'not-bound'
  | 'wrong-count'
  | 'invalid-value';

/** An admin's mistake. The message says what is wrong and what would be right. */
export class DirectoryError extends Error {
  readonly code: DirectoryErrorCode;
  /** The value it is about: an id, a name, an address. */
  readonly what: string;
  /** The member of a person, group or application that the value was meant for, where there is one. */
  readonly field: string | undefined;
  constructor(code: DirectoryErrorCode, what: string, message: string, field?: string) {
    super(message);
    this.name = 'DirectoryError';
    this.code = code;
    this.what = what;
    this.field = field;
  }
}
