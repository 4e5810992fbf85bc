import { createHash } from 'node:crypto';
import type { FailureCode, Hop, HttpRequest, HttpResponse, Send } from '../../scim/wire/message.ts';
import type { Clock } from '../../scim/wire/throttle.ts';

/** Trouble on the way from a client to a service provider. */
export type FaultKind =
  /** 429 with a Retry-After in seconds. */
  | 'throttled'
  /** 503, with a Retry-After for half of them. */
  | 'unavailable'
  /** The connection is reset before the request arrives. */
  | 'reset-before'
  /** The connection is reset once the request is processed. */
  | 'reset-after'
  /** No answer in time, whether or not the request was processed. */
  | 'timed-out'
  /** The answer comes late, and in time. */
  | 'slow'
  /** The body of the answer ends in the middle. */
  | 'cut';

export const faultKinds: readonly FaultKind[] = [
  'throttled',
  'unavailable',
  'reset-before',
  'reset-after',
  'timed-out',
  'slow',
  'cut',
];

/** How much trouble there is. */
export interface FaultOptions {
  /** Two runs of one seed meet the same trouble, in whatever order their requests leave. */
  readonly seed: number;
  /** Share of requests that meet trouble, from 0 to 1. */
  readonly share: number;
  /** Waits of the faults pass on this clock. */
  readonly clock: Clock;
  /** Which trouble there is; any by default. */
  readonly kinds?: readonly FaultKind[];
  /** How long the client waits for an answer, in milliseconds; 10,000 by default. */
  readonly timeoutMs?: number;
  /** Hears of each request that meets trouble. */
  readonly onFault?: (kind: FaultKind, request: HttpRequest) => void;
}

/** How long a client waits for an answer unless it is told, in milliseconds. */
const TIMEOUT_MS = 10_000;

/** Longest Retry-After, in seconds. */
const LONGEST_PAUSE_S = 30;

/**
 * The hop that makes trouble. What a request meets depends on the seed, on what is asked for, and on how often that was
 * asked before; so a request that is repeated has another chance.
 * @throws RangeError for a share that is none
 */
export function faults(options: FaultOptions): Hop {
  const { seed, share, clock, kinds = faultKinds, timeoutMs = TIMEOUT_MS, onFault } = options;
  if (!(share >= 0 && share <= 1)) throw new RangeError(`a share of requests is from 0 to 1, not ${share}`);
  const asked = new Map<string, number>();
  return async (request, next) => {
    const line = `${request.method} ${request.path} ${JSON.stringify(request.json ?? request.text ?? '')}`;
    const times = (asked.get(line) ?? 0) + 1;
    asked.set(line, times);
    const draw = drawOf(`${seed} ${times} ${line}`);
    const kind = kinds[Math.floor(draw(1) * kinds.length)];
    if (kind === undefined || draw(0) >= share) return next(request);
    onFault?.(kind, request);
    return TROUBLE[kind]({ request, next, clock, timeoutMs, draw: draw(2) });
  };
}

/**
 * The hop that makes one kind of trouble of every request.
 * @param draw from 0 to 1: how long a pause is, how much of a body comes, whether a request is processed
 */
export const trouble =
  (kind: FaultKind, { clock, draw }: Pick<Met, 'clock' | 'draw'>): Hop =>
  (request, next) =>
    TROUBLE[kind]({ request, next, clock, timeoutMs: TIMEOUT_MS, draw });

interface Met {
  readonly request: HttpRequest;
  readonly next: Send;
  readonly clock: Clock;
  readonly timeoutMs: number;
  /** From 0 to 1, drawn for this request. */
  readonly draw: number;
}

const TROUBLE: { readonly [Kind in FaultKind]: (met: Met) => Promise<HttpResponse> } = {
  throttled: async ({ draw }) => answer(429, pauseOf(draw)),
  unavailable: async ({ draw }) => answer(503, draw < 0.5 ? pauseOf(2 * draw) : undefined),
  'reset-before': async () => broken('cut', 'the connection was reset before the request arrived'),
  async 'reset-after'({ request, next }) {
    await next(request);
    return broken('cut', 'the connection was reset before an answer came');
  },
  async 'timed-out'({ request, next, clock, timeoutMs, draw }) {
    if (draw < 0.5) await next(request);
    await clock.sleep(timeoutMs);
    return broken('timeout', `no answer within ${timeoutMs} ms`);
  },
  async slow({ request, next, clock, timeoutMs, draw }) {
    const response = await next(request);
    await clock.sleep(Math.floor(draw * timeoutMs));
    return response;
  },
  async cut({ request, next, draw }) {
    const { status, headers, text } = await next(request);
    // A body of nothing cannot be cut: the connection ends in the head.
    if (text === '' || status === undefined) return broken('cut', 'the connection ended in the head of the answer');
    const failure = { code: 'cut' as const, message: 'the connection ended in the middle of the body' };
    return { status, headers, text: text.slice(0, Math.floor(draw * text.length)), failure };
  },
};

const answer = (status: number, retryAfter: number | undefined): HttpResponse => ({
  status,
  headers: retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) },
  text: '',
});

const broken = (code: FailureCode, message: string): HttpResponse => ({
  headers: {},
  text: '',
  failure: { code, message },
});

const pauseOf = (draw: number): number => 1 + Math.floor(draw * LONGEST_PAUSE_S);

/** Numbers from 0 to 1 drawn from a text, told apart by their place. */
function drawOf(text: string): (place: number) => number {
  const digest = createHash('sha256').update(text).digest();
  return place => digest.readUInt32BE(4 * place) / 2 ** 32;
}
