import { setTimeout as wait } from 'node:timers/promises';
import type { Hop, HttpResponse } from './message.ts';

/** Where a run gets its time from; tests give one that does not wait. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after so many milliseconds, or as soon as the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: Date.now,
  sleep: async (ms, signal) => wait(ms, undefined, signal && { signal }).catch(() => undefined),
};

export interface ThrottleOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Requests a second at most; no bound without one. */
  readonly rate?: number;
  /** Whether a request may be sent once more. */
  readonly mayRepeat: (tidying: boolean) => boolean;
}

/** Times one request is sent before its 429 is taken for the answer. */
const ATTEMPTS = 5;
/** Longest a target is waited for at a time, whatever its Retry-After asks: most quotas are by the minute. */
const LONGEST_PAUSE_MS = 60_000;
/** First pause where the target names none; it doubles. */
const FIRST_PAUSE_MS = 1000;
/** All pauses of a run together. */
const PATIENCE_MS = 300_000;
/** Answers of 429 in a row, each after all its attempts, that end the run. */
const GIVEN_UP_AFTER = 12;
/** Distance of requests after a first 429; it doubles with each further one and shrinks with each good answer. */
const FIRST_SPACING_MS = 50;
const LONGEST_SPACING_MS = 2000;
const RECOVERY = 0.9;

/** The target asks for less: 429 (RFC 6585 section 4), or 503 with a time to come back (RFC 9110 section 10.2.3). */
export const isThrottled = ({ status, headers }: Pick<HttpResponse, 'status' | 'headers'>): boolean =>
  status === 429 || (status === 503 && headers['retry-after'] !== undefined);

/**
 * Paces a run. No more than `rate` requests leave a second, and when the target asks for less, the whole run pauses for as
 * long as Retry-After says (at most a minute; 1, 2, 4 … seconds without it) and goes on more slowly. What is still
 * throttled after five attempts is answered with what came; when the target throttles all that is sent, sending ends.
 * It sits outside the recorder: each attempt is an exchange of its own.
 */
export function createThrottle({ clock, signal, rate, mayRepeat }: ThrottleOptions): (tidying: boolean) => Hop {
  const interval = rate === undefined ? 0 : 1000 / rate;
  let nextSlot = 0;
  let pausedUntil = 0;
  let paused = 0;
  let spacing = 0;
  let slowedAt = -1;
  let inRow = 0;

  const leave = async (tidying: boolean): Promise<void> => {
    for (;;) {
      const now = clock.now();
      const at = Math.max(now, pausedUntil, nextSlot);
      const distance = Math.max(interval, spacing);
      if (distance > 0) nextSlot = at + distance;
      if (at > now) await clock.sleep(at - now, tidying ? undefined : signal);
      // Another request may have met a 429 meanwhile.
      if (pausedUntil <= clock.now() || (signal.aborted && !tidying)) return;
    }
  };
  const slowDown = (response: HttpResponse, sentAt: number, attempt: number): void => {
    const now = clock.now();
    const asked = retryAfter(response, now) ?? FIRST_PAUSE_MS * 2 ** attempt;
    const until = now + Math.min(asked, LONGEST_PAUSE_MS);
    if (until > pausedUntil && paused < PATIENCE_MS) {
      paused += until - Math.max(pausedUntil, now);
      pausedUntil = until;
    }
    // Of requests that left together, one slows the run.
    if (sentAt <= slowedAt) return;
    slowedAt = now;
    spacing = Math.min(Math.max(spacing * 2, FIRST_SPACING_MS), LONGEST_SPACING_MS);
  };
  return tidying => async (request, next) => {
    for (let attempt = 0; ; attempt += 1) {
      if (!tidying && inRow >= GIVEN_UP_AFTER) return givenUp;
      await leave(tidying);
      const sentAt = clock.now();
      const response = await next(request);
      if (!isThrottled(response)) {
        inRow = 0;
        spacing = spacing < 1 ? 0 : spacing * RECOVERY;
        return response;
      }
      // Once it throttled a request to the end and nothing else went well since, each gets one attempt.
      const isLast = inRow > 0 || attempt + 1 >= ATTEMPTS || paused >= PATIENCE_MS;
      slowDown(response, sentAt, attempt);
      if (isLast || (signal.aborted && !tidying) || !mayRepeat(tidying)) {
        inRow += 1;
        return response;
      }
    }
  };
}

const givenUp: HttpResponse = {
  headers: {},
  text: '',
  failure: { code: 'limit', message: 'the target answers every request with 429, so no more are sent' },
};

/** Milliseconds that Retry-After asks for: seconds or a date (RFC 9110 section 10.2.3); undefined for anything else. */
function retryAfter({ headers }: HttpResponse, now: number): number | undefined {
  const value = headers['retry-after']?.trim() ?? '';
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = /[a-z]/i.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
