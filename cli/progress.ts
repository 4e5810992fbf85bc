import type { RunEvent } from '../reports/record/index.ts';
import { visible } from '../reports/writers/index.ts';
import type { Io } from './io.ts';

/** How much there is to do, where that is known beforehand. */
export interface Expected {
  readonly noun: 'checks' | 'stories';
  readonly total: number;
  /** Requests it takes, about; time left is reckoned from them, and from what is done otherwise. */
  readonly requests?: number;
}

/** What a run says of itself while it goes on. */
export interface Progress {
  see(event: RunEvent): void;
  sent(scope: string): void;
  /** Takes the line away. */
  clear(): void;
}

/** Milliseconds between two drawings of the line, and between two lines where it cannot be drawn again. */
const REDRAW = 100;
const PLAIN_EVERY = 10_000;

/** Share of the work from which on it can be told how long the rest takes. */
const TELLING = 0.05;

/**
 * Where a person watches, one line that is drawn again and again: what is done, what failed, what is running now and how long
 * it still takes. Elsewhere such a line every ten seconds.
 * @param now milliseconds on a clock that never goes back
 */
export function createProgress(io: Io, expected?: Expected, now: () => number = () => performance.now()): Progress {
  const began = now();
  const done = new Set<string>();
  let [failed, requests, running, drawn] = [0, 0, '', io.interactive ? -Infinity : began];

  const line = (): string => {
    const share = expected && (expected.requests ? requests / expected.requests : done.size / expected.total);
    const left = share !== undefined && share >= TELLING && share < 1 ? ((now() - began) / share) * (1 - share) : 0;
    return [
      expected ? `${done.size} of ${expected.total} ${expected.noun}` : `${done.size} judged`,
      `${failed} failed`,
      `${requests.toLocaleString('en-US')} requests`,
      ...(left > 0 ? [`about ${duration(left)} left`] : []),
      ...(running === '' ? [] : [`now ${visible(running)}`]),
    ].join(', ');
  };
  const draw = (): void => {
    const at = now();
    if (at - drawn < (io.interactive ? REDRAW : PLAIN_EVERY)) return;
    drawn = at;
    io.err(io.interactive ? `\r\u001b[K${line().slice(0, (io.width ?? 80) - 1)}` : `scimulator: ${line()}\n`);
  };
  return {
    see(event) {
      if (event.kind === 'verdict') {
        const { check, outcome, severity, known } = event.verdict;
        done.add(expected?.noun === 'stories' ? (check.split(':')[0] ?? check) : check);
        if (outcome === 'fail' && severity === 'failure' && !known) failed += 1;
      }
      draw();
    },
    sent(scope) {
      requests += 1;
      running = scope.replace(/^(?:shared|cleanup)\//, '');
      draw();
    },
    clear: () => {
      if (io.interactive) io.err('\r\u001b[K');
    },
  };
}

/** Minutes and seconds: `1:05`. */
function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
