import type { RunEvent } from '../../reports/record/event.ts';
import type { Exchange } from '../../reports/record/exchange.ts';
import type { Control } from '../target.ts';
import type { Send } from './message.ts';

/** What a further credential may do: read only, or everything in a tenant of its own. */
export type SecondKind = 'read-only' | 'other-tenant';

/** One named part of a run: its requests are numbered and kept together. */
export interface Scope {
  readonly name: string;
  /** Sends with the run's credential. */
  readonly send: Send;
  /** Sends with no credential at all. */
  readonly anonymous: Send;
  /** Sends with a further credential, where the run has one of the kind. */
  readonly second?: Readonly<Partial<Record<SecondKind, Send>>>;
  /** Ended exchanges of this scope in order of sending, unredacted; grows while the scope is in use. */
  readonly exchanges: readonly Exchange[];
}

/** What a run offers to whatever sends: checks, scenarios, clean-up. Made by the harness. */
export interface Session {
  /** Random mark of this run, for names of what it creates; apart from the seed. */
  readonly run: string;
  readonly seed: number;
  /** Domain of the addresses and URLs that the run makes up; a reserved one by default. */
  readonly domain?: string;
  /** Whether hundreds of resources may be made at a time; they may by default. */
  readonly large?: boolean;
  /** Whether nothing is sent that could change something. */
  readonly readOnly?: boolean;
  /** Acts on the account behind the target, where somebody gave the run a way to. */
  readonly control?: Control;
  /** Aborted when the run is to stop: nothing new is started, what is under way ends as `interrupted`. */
  readonly signal: AbortSignal;
  /** A new scope. Names are unique in a run. */
  open(scope: string): Scope;
  /** Puts an event into the record, redacted. Ledger events are written by the session itself. */
  emit(event: RunEvent): void;
  /** From now on this value is blanked in every output. */
  secret(value: string): void;
}
