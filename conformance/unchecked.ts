import type { RequirementId } from './clauses/index.ts';

/** Why a clause that binds a server has no check: a closed list, so that coverage can be counted by it. */
export type UncheckedReason =
  | 'not visible from outside'
  | 'needs a second credential'
  | 'needs a target declared as a TLS deployment'
  | 'needs an event or another channel'
  | 'nothing a target could do would break it'
  | 'no target here announces it';

/** A clause without a check, and why. */
export interface Unchecked {
  readonly clause: RequirementId;
  readonly reason: UncheckedReason;
}

/** Rows that no check names although they bind a server; a test demands of each row a check or a place here, not both. */
export const unchecked: readonly Unchecked[] = [];
