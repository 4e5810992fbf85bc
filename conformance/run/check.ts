import type { ClauseId } from '../clauses/index.ts';
import type { Exchange } from '../../reports/record/index.ts';
import type { Context } from './context.ts';
import type { Condition, Facts } from './facts.ts';
import type { Side } from './severity.ts';

interface Declared {
  /** Stable for ever: dotted lower-case words, never a section number or a position. */
  readonly id: string;
  /** What is right, as a sentence. */
  readonly title: string;
  /** The clause it judges; the clause gives the level. */
  readonly clause: ClauseId;
  /** Further clauses settled by the same judgement. */
  readonly also?: readonly ClauseId[];
  /** What it is there to find, where others run into it: it accuses by itself, whatever is known of the target. */
  readonly seeks?: 'demands' | 'faults';
  /** The day it was released, as YYYY-MM-DD, where that is later than the first release. */
  readonly since?: string;
}

/** What a target does where the clause leaves it free; the verdict is `observed` with this value. */
export interface Observation {
  readonly observed: string;
}

/** One instance of a check that expands over what the target offers: the verdict's key is (check, case). */
export interface Case {
  readonly name: string;
  /** The clause this case judges, where each has one of its own; that of the check otherwise. */
  readonly clause?: ClauseId;
}

/** Sends what it needs and judges what comes. Ends normally for a pass, throws Violation for a fault. */
export interface Probe<C extends Case = Case> extends Declared {
  /** All have to hold, otherwise the verdict is `not-applicable` with the name of the first that does not. */
  readonly applies: readonly Condition[];
  /** May not share the target with other probes, because it looks at totals or at orders of the whole. */
  readonly exclusive?: boolean;
  readonly cases?: (facts: Facts) => readonly C[];
  run(context: Context, instance: C): Promise<void | Observation>;
}

/** Looks at every exchange that anything caused. */
export interface Invariant extends Declared {
  /** Whose fault a violation is: responses are the server's, requests the client's. */
  readonly judges: Side;
  /** Whether an exchange has anything to judge; an invariant passes only if at least one had. */
  when(exchange: Exchange, around: Around): boolean;
  /** Throws Violation for a fault. Exchanges come in order of sending within a scope. */
  observe(exchange: Exchange, around: Around): void;
}

/** What an invariant knows beside the exchange. */
export interface Around {
  /** Nothing is known of the target where a mere record is judged. */
  readonly facts: Facts | undefined;
  /** What the invariant itself wrote down earlier in the run. */
  readonly memory: Map<string, string>;
}

export type Check = Probe | Invariant;

export const isProbe = (check: Check): check is Probe => 'run' in check;

export const isInvariant = (check: Check): check is Invariant => 'observe' in check;

/** Every clause a check settles. */
export const clausesOf = ({ clause, also = [] }: Check): readonly ClauseId[] => [clause, ...also];
