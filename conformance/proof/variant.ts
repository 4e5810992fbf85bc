import type { Hop } from '../../scim/wire/message.ts';

/** A provider that does something in another way that the RFC permits, as a hop in front of a right one. */
export interface Variant {
  readonly id: string;
  readonly title: string;
  /** The document that permits it, with its section. */
  readonly permittedBy: string;
  /**
   * A capability it takes away: starts of `<check>/<case>`, or of the reason (`supports patch:`), whose verdicts may then
   * end otherwise than `pass`, but never red.
   */
  readonly withdraws?: readonly string[];
  hop(): Hop;
}
