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
export const unchecked: readonly Unchecked[] = [
  { clause: 'RFC7643-1.1-01', reason: 'not visible from outside' },
  { clause: 'RFC7643-10.2.1-02', reason: 'not visible from outside' },
  { clause: 'RFC7643-10.3.1-01', reason: 'not visible from outside' },
  { clause: 'RFC7644-3.11-06', reason: 'nothing a target could do would break it' },
  { clause: 'RFC7644-6-01', reason: 'not visible from outside' },
  { clause: 'RFC7644-6.1-02', reason: 'needs a second credential' },
  { clause: 'RFC7642-4-01', reason: 'needs a target declared as a TLS deployment' },
  { clause: 'RFC7643-2.4-06', reason: 'no target here announces it' },
  { clause: 'RFC7644-2-09', reason: 'needs a second credential' },
  { clause: 'RFC7644-3.12-19', reason: 'nothing a target could do would break it' },
  { clause: 'RFC7644-7.2-01', reason: 'needs a target declared as a TLS deployment' },
  { clause: 'RFC7644-7.2-02', reason: 'needs a target declared as a TLS deployment' },
  { clause: 'RFC7644-7.4-02', reason: 'needs a target declared as a TLS deployment' },
  { clause: 'RFC9110-15.5.14-01', reason: 'nothing a target could do would break it' },
  { clause: 'RFC9865-2.1-03', reason: 'not visible from outside' },
  { clause: 'RFC9865-5.3-01', reason: 'nothing a target could do would break it' },
  { clause: 'RFC7643-2.3.6-04', reason: 'no target here announces it' },
  { clause: 'RFC7643-2.3.7-08', reason: 'no target here announces it' },
  { clause: 'RFC7643-3.3-06', reason: 'not visible from outside' },
];
