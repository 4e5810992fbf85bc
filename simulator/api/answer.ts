import type { Response } from 'express';

/** What a handler answers. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** 200 with a body, as most routes answer. */
export const ok = (body: unknown, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status: 200,
  body,
  headers,
});

/** 204, as changes of memberships and associations answer (jumpcloud.md 3.3). */
export const done: Answer = { status: 204 };

/** Writes an answer; a body is JSON. */
export function send(response: Response, { status, body, headers = {} }: Answer): void {
  response.status(status).set(headers);
  if (body === undefined) response.end();
  else response.json(body);
}
