import type { RunEvent } from '../../reports/record/event.ts';
import type { Exchange } from '../../reports/record/exchange.ts';
import type { Send } from './message.ts';

/** One named part of a run: its requests are numbered and kept together. */
export interface Scope {
  readonly name: string;
  /** Sends with the run's credential. */
  readonly send: Send;
  /** Sends with no credential at all. */
  readonly anonymous: Send;
  /** Ended exchanges of this scope in order of sending, unredacted; grows while the scope is in use. */
  readonly exchanges: readonly Exchange[];
}

/** What a run offers to whatever sends: checks, scenarios, clean-up. Made by the harness. */
export interface Session {
  /** Random mark of this run, for names of what it creates; apart from the seed. */
  readonly run: string;
  readonly seed: number;
  /** Aborted when the run is to stop: nothing new is started, what is under way ends as `interrupted`. */
  readonly signal: AbortSignal;
  /** A new scope. Names are unique in a run. */
  open(scope: string): Scope;
  /** Puts an event into the record, redacted. Ledger events are written by the session itself. */
  emit(event: RunEvent): void;
  /** From now on this value is blanked in every output. */
  secret(value: string): void;
}
