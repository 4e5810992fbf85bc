import type { ClauseId } from '../../conformance/clauses/index.ts';

/** Where a value of a dialect comes from: a clause, a documented rule, or a fact of the wire notes (`W-19`). */
export type Evidence = ClauseId | `W-${number}`;

/** What identity providers do differently on the wire. */
interface Differences {
  readonly headers: {
    readonly accept: string;
    /** Of requests with a body. */
    readonly contentType: string;
    readonly userAgent: string;
  };
  /**
   * How a user is changed: `read-merge-put` lays the mapped values over the service provider's user and puts it back
   * whole; `patch` replaces what differs, each attribute by its path.
   */
  readonly update: 'read-merge-put' | 'patch';
  /**
   * How one member is taken out of a group: `value-path` names it in the path; `value-list` removes path `members` and
   * names it in the value, which a service provider that keeps to RFC 7644 reads as "remove all".
   */
  readonly memberRemoval: 'value-path' | 'value-list';
}

/** A way of speaking SCIM, each value with its evidence. */
export interface Dialect extends Differences {
  readonly id: string;
  readonly title: string;
  readonly evidence: { readonly [Axis in keyof Differences]: readonly [Evidence, ...Evidence[]] };
}
