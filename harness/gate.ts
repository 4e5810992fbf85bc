import { exchangeId, type RunEvent, type Verdict } from '../reports/record/index.ts';
import type { Session } from '../scim/wire/session.ts';

/** When a run ends before its end, and what is too slow. */
export interface GateOptions {
  /** Failures after which nothing more is sent. */
  readonly bail?: number;
  /** Milliseconds the run may take; then nothing more is sent. */
  readonly timeLimit?: number;
  /** Milliseconds that an answer may take. */
  readonly maxResponseTime?: number;
}

/** Watches a run for what a gate was told. */
export interface Gate {
  /** Why nothing more is to be sent; for `Limits.stop`. */
  readonly stop: () => string | undefined;
  /** Passes events on, and counts. */
  readonly watch: (session: Session) => Session;
  /** The verdict on the time that answers took, where one was asked for. */
  readonly onTime: () => readonly Verdict[];
}

/** Id of the verdict on the time that answers took. */
export const RESPONSE_TIME = 'run.response-time';

/** Slow answers that are named as evidence, the slowest last. */
const MOST_NAMED = 5;

/** @param now milliseconds since the epoch; the run begins now */
export function createGate({ bail, timeLimit, maxResponseTime }: GateOptions, now: () => number): Gate {
  const began = now();
  let failures = 0;
  let answers = 0;
  const slow: { readonly id: string; readonly ms: number }[] = [];
  const see = (event: RunEvent) => {
    if (event.kind === 'verdict') {
      const { outcome, severity, scored, known } = event.verdict;
      if (outcome === 'fail' && severity === 'failure' && scored !== false && !known) failures += 1;
    }
    if (event.kind === 'exchange') {
      const { ms, response } = event.exchange;
      answers += 1;
      if (maxResponseTime !== undefined && ms > maxResponseTime && response.status !== undefined) {
        slow.push({ id: exchangeId(event.exchange), ms });
      }
    }
  };
  return {
    stop() {
      if (bail !== undefined && failures >= bail) return `the run stops after ${failures} failures (--bail)`;
      if (timeLimit !== undefined && now() - began >= timeLimit) {
        return `the time limit of ${timeLimit / 1000} s is over (--time-limit)`;
      }
      return undefined;
    },
    watch: session => ({
      ...session,
      emit(event) {
        see(event);
        session.emit(event);
      },
    }),
    onTime() {
      if (maxResponseTime === undefined || answers === 0) return [];
      const named = slow.sort((a, b) => a.ms - b.ms);
      const slowest = named.at(-1);
      const verdict = {
        check: RESPONSE_TIME,
        case: '',
        title: `Every answer comes within ${maxResponseTime} ms`,
        clause: '',
        also: [],
        level: '',
        reason: '',
        blockedBy: '',
      };
      if (!slowest) return [{ ...verdict, outcome: 'pass', severity: 'none', expected: '', actual: '', exchanges: [] }];
      return [
        {
          ...verdict,
          outcome: 'fail',
          severity: 'failure',
          expected: `at most ${maxResponseTime} ms (--max-response-time)`,
          actual: `${slow.length} of ${answers} answers took longer, the slowest ${Math.round(slowest.ms)} ms`,
          exchanges: named.slice(-MOST_NAMED).map(({ id }) => id),
        },
      ];
    },
  };
}
