import type { ClauseId } from '../clauses/index.ts';
import type { Hop } from '../../scim/wire/message.ts';

/** A provider with one behaviour changed, as a hop in front of a right one. */
export interface Defect {
  /** Stable: lower-case words with hyphens. */
  readonly id: string;
  /** What this provider does, as a sentence. */
  readonly title: string;
  /** The clause it breaks. */
  readonly breaks: ClauseId;
  /** The checks that have to notice. */
  readonly noticedBy: readonly string[];
  /** The profile in which it is a fault, where that is not so by the RFC. */
  readonly profile?: string;
  /** Made fresh for each run: some keep state. */
  hop(): Hop;
}
