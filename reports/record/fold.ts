import type { FooterEvent, HeaderEvent, LedgerEvent, RunEvent, StateEvent, StepEvent } from './event.ts';
import { RECORD_FORMAT } from './event.ts';
import { exchangeId, type Exchange } from './exchange.ts';
import { outcomes, type Outcome, type Severity, type Verdict } from './verdict.ts';

/** A run put together from its events: what every report writer gets. */
export interface Run {
  readonly header: HeaderEvent;
  readonly exchanges: ReadonlyMap<string, Exchange>;
  readonly steps: readonly StepEvent[];
  /** What steps made of the directory; absent from records of runs that played nothing. */
  readonly states?: readonly StateEvent[];
  readonly verdicts: readonly Verdict[];
  readonly ledger: readonly LedgerEvent[];
  /** Absent when the run was cut off. */
  readonly footer?: FooterEvent;
}

/** A record that cannot be read; `line` counts from 1. */
export class RecordError extends Error {
  readonly code = 'record';
  readonly line: number;
  constructor(line: number, message: string, options?: ErrorOptions) {
    super(`line ${line}: ${message}`, options);
    this.name = 'RecordError';
    this.line = line;
  }
}

const isEvent = (value: unknown): value is RunEvent =>
  typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string';

/**
 * Reads a record. A last line that was cut in the middle (the process died while it wrote) is left out.
 * @throws RecordError when another line is no JSON or no event.
 */
export function parseRecord(text: string): RunEvent[] {
  const lines = text.split('\n');
  const events: RunEvent[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    let event: unknown;
    try {
      event = JSON.parse(line);
    } catch (cause) {
      if (index === lines.length - 1) break;
      throw new RecordError(index + 1, 'not JSON; a record holds one event a line', { cause });
    }
    if (!isEvent(event)) throw new RecordError(index + 1, 'no event; each line is an object with a "kind"');
    events.push(event);
  }
  return events;
}

/**
 * Events to a run. Order of verdicts and exchanges is kept.
 * @throws RecordError when the header is missing or of another format.
 */
export function fold(events: Iterable<RunEvent>): Run {
  let header: HeaderEvent | undefined;
  let footer: FooterEvent | undefined;
  const exchanges = new Map<string, Exchange>();
  const steps: StepEvent[] = [];
  const states: StateEvent[] = [];
  const verdicts: Verdict[] = [];
  const ledger: LedgerEvent[] = [];
  for (const event of events) {
    if (!header && event.kind !== 'header') throw new RecordError(1, 'a record starts with its header');
    switch (event.kind) {
      case 'header':
        if (event.format !== RECORD_FORMAT) {
          throw new RecordError(1, `format ${JSON.stringify(event.format)}; this version reads ${RECORD_FORMAT}`);
        }
        header = event;
        break;
      case 'exchange':
        exchanges.set(exchangeId(event.exchange), event.exchange);
        break;
      case 'step':
        steps.push(event);
        break;
      case 'state':
        states.push(event);
        break;
      case 'verdict':
        verdicts.push(event.verdict);
        break;
      case 'footer':
        footer = event;
        break;
      case 'creating':
      case 'created':
      case 'refused':
      case 'removed':
        ledger.push(event);
        break;
      default: // a kind of a later version of the same format: not ours to judge
    }
  }
  if (!header) throw new RecordError(1, 'the record is empty');
  return {
    header,
    exchanges,
    steps,
    ...(states.length > 0 && { states }),
    verdicts,
    ledger,
    ...(footer && { footer }),
  };
}

/** A run as events again: what a record of it would hold. */
export const eventsOf = ({
  header,
  exchanges,
  steps,
  states = [],
  ledger,
  verdicts,
  footer,
}: Run): readonly RunEvent[] => [
  header,
  ...ledger,
  ...Array.from(exchanges.values(), exchange => ({ kind: 'exchange' as const, exchange })),
  ...steps,
  ...states,
  ...verdicts.map(verdict => ({ kind: 'verdict' as const, verdict })),
  ...(footer ? [footer] : []),
];

/** Counts by outcome, and by severity among the failed ones. */
export interface Tally {
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly severities: Readonly<Record<Severity, number>>;
}

export function tally(verdicts: readonly Verdict[]): Tally {
  const byOutcome = Object.fromEntries(outcomes.map(outcome => [outcome, 0])) as Record<Outcome, number>;
  const bySeverity: Record<Severity, number> = { failure: 0, warning: 0, observation: 0, none: 0 };
  for (const { outcome, severity } of verdicts) {
    byOutcome[outcome] += 1;
    if (outcome === 'fail') bySeverity[severity] += 1;
  }
  return { outcomes: byOutcome, severities: bySeverity };
}

/** What a dead run may have left on the target: created and not removed, newest first; `id` is empty where no answer came. */
export function leftovers(ledger: readonly LedgerEvent[]): LedgerEvent[] {
  const pending = new Map<string, LedgerEvent>();
  const present = new Map<string, LedgerEvent>();
  for (const event of ledger) {
    const byName = `${event.as ?? ''} ${event.endpoint} ${event.value}`;
    const byId = `${event.as ?? ''} ${event.endpoint} ${event.id}`;
    if (event.kind === 'creating') pending.set(byName, event);
    else pending.delete(byName);
    if (event.kind === 'created') present.set(byId, event);
    if (event.kind === 'removed') present.delete(byId);
  }
  return [...present.values(), ...pending.values()].reverse();
}
