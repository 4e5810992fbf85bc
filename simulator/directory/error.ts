/** Why the directory refuses something. The codes are stable. */
export type DirectoryErrorCode =
  | 'unknown-person'
  | 'unknown-group'
  | 'duplicate-username'
  | 'duplicate-email'
  | 'duplicate-employee-identifier'
  | 'duplicate-group'
  | 'already-member'
  | 'not-member'
  | 'already-bound'
  | 'not-bound'
  | 'invalid-value';

/** An admin's mistake. The message says what is wrong and what would be right. */
export class DirectoryError extends Error {
  readonly code: DirectoryErrorCode;
  /** The value it is about: an id, a name, an address. */
  readonly what: string;
  constructor(code: DirectoryErrorCode, what: string, message: string) {
    super(message);
    this.name = 'DirectoryError';
    this.code = code;
    this.what = what;
  }
}
