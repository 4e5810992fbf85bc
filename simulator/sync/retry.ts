import { setTimeout as delay } from 'node:timers/promises';
import type { FailureCode, Hop, HttpRequest, HttpResponse } from '../../scim/wire/message.ts';

/** How patient a client is. Times in milliseconds. */
export interface RetryOptions {
  /** Milliseconds since the epoch, to read a Retry-After that is a date. */
  readonly now: () => number;
  /** Waits; ends early when the signal is aborted. */
  readonly sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  /** Aborted when nothing more is to be sent. */
  readonly signal?: AbortSignal;
  /** How often a request is sent at most. Default 4. */
  readonly attempts?: number;
  /** Before the second attempt; doubled before each further one. Default 500. */
  readonly firstPauseMs?: number;
  /** A service provider that wants a longer pause is given up on. Default 60,000. */
  readonly longestPauseMs?: number;
}

/**
 * The hop that repeats what failed for the moment (JC-Q12): 429, 5xx and broken connections, a bounded number of times,
 * with growing pauses and never before Retry-After (RFC 9110 section 10.2.3). Rejected credentials and other 4xx are not
 * repeated (JC-Q13), nor is 501, which waiting does not change. A POST is repeated only when it certainly was not
 * processed: otherwise a repeat could create twice, and the caller looks first whether it did (`mayHaveBeenProcessed`).
 */
export function retry(options: RetryOptions): Hop {
  const { now, sleep = pause, signal, attempts = 4, firstPauseMs = 500, longestPauseMs = 60_000 } = options;
  return async (request, next) => {
    for (let attempt = 1; ; attempt++) {
      const response = await next(request);
      if (attempt >= attempts || !isRepeatable(request, response)) return response;
      const wait = Math.max(firstPauseMs * 2 ** (attempt - 1), retryAfter(response, now()));
      if (wait > longestPauseMs || signal?.aborted) return response;
      await sleep(wait, signal);
      if (signal?.aborted) return response;
    }
  };
}

/** Whether a request may have had its effect although the response is no success: an outage in the middle, a lost answer. */
export function mayHaveBeenProcessed(response: HttpResponse): boolean {
  if (wasNotProcessed(response)) return false;
  if (response.failure) return !NEVER_SENT.has(response.failure.code);
  return isServerError(response.status);
}

const isRepeatable = (request: HttpRequest, response: HttpResponse): boolean =>
  request.method === 'POST' ? wasNotProcessed(response) : isTransient(response);

const isTransient = ({ status, failure }: HttpResponse): boolean =>
  failure ? UNREACHED.has(failure.code) || BROKEN.has(failure.code) : status === 429 || isServerError(status);

const wasNotProcessed = ({ status, failure }: HttpResponse): boolean =>
  failure ? UNREACHED.has(failure.code) : status === 429 || status === 503;

const isServerError = (status = 0): boolean => status >= 500 && status !== 501;

/** No connection came about. */
const UNREACHED: ReadonlySet<FailureCode> = new Set<FailureCode>(['refused', 'unresolved']);
/** The connection broke before the response was complete. */
const BROKEN: ReadonlySet<FailureCode> = new Set<FailureCode>(['timeout', 'cut', 'wrong-length']);
const NEVER_SENT: ReadonlySet<FailureCode> = new Set<FailureCode>(['tls', 'interrupted']);

/** What Retry-After asks for, seconds or a date; 0 where it asks for nothing that can be read. */
function retryAfter({ headers }: HttpResponse, now: number): number {
  const value = headers['retry-after']?.trim() ?? '';
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? 0 : Math.max(0, date - now);
}

/** Waits on the real clock; an abort ends the wait and is no error. */
async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await delay(ms, undefined, signal && { signal });
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}
