import type { ServerResponse } from 'node:http';
import { SCIM_JSON } from '../../scim/message/urn.ts';

/** What a handler answers. It says what HTTP needs to know apart, so that bulk can report the same without HTTP. */
export interface Answer {
  readonly status: number;
  readonly body?: object;
  /** Address of the resource that was made, read or changed. */
  readonly location?: string;
  /** Entity-tag of that resource. */
  readonly version?: string;
  /** Further headers: `Allow`, `WWW-Authenticate`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A success without a body. */
export const done: Answer = { status: 204 };

/**
 * Writes an answer. The head goes out in one piece with its length known, which is what makes small answers cheap.
 *
 * @param mediaType as settled with the client (RFC 7644 section 3.8)
 */
export function send(response: ServerResponse, answer: Answer, mediaType: string = SCIM_JSON): void {
  const { status, body, location, version, headers } = answer;
  const text = body === undefined ? undefined : JSON.stringify(body);
  const head: string[] = [];
  if (text !== undefined) head.push('Content-Type', mediaType, 'Content-Length', String(Buffer.byteLength(text)));
  else if (status !== 204 && status !== 304) head.push('Content-Length', '0');
  if (location !== undefined) head.push('Location', location);
  if (version !== undefined) head.push('ETag', version);
  if (headers) for (const [name, value] of Object.entries(headers)) head.push(name, value);
  response.writeHead(status, head);
  response.end(text);
}
