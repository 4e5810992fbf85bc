import type { RequestHandler } from 'express';

/** What is told of a request: nothing a secret could be in, so no query, no header and no body. */
export interface LogEntry {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly status: number;
  /** From the head of the request to the end of the answer. */
  readonly ms: number;
  /** Where this server failed; only with status 500. */
  readonly fault?: string;
}

/** Tells of every request when it is answered, or when the client has left. */
export const logged =
  (log: (entry: LogEntry) => void, now: () => number): RequestHandler =>
  (request, response, next) => {
    const start = now();
    const { method, path } = request;
    response.once('close', () => {
      const fault: unknown = response.locals['fault'];
      log({
        method,
        path,
        status: response.statusCode,
        ms: now() - start,
        ...(fault instanceof Error && { fault: fault.stack ?? fault.message }),
      });
    });
    next();
  };
