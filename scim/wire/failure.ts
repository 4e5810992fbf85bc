import type { Failure, FailureCode } from './message.ts';

/** System and client error codes, folded to what a reader needs to know. */
const CODES: Readonly<Record<string, readonly [FailureCode, string]>> = {
  ENOTFOUND: ['unresolved', 'the host name does not resolve'],
  EAI_AGAIN: ['unresolved', 'the host name could not be resolved just now'],
  ECONNREFUSED: ['refused', 'nobody listens at that address'],
  EHOSTUNREACH: ['refused', 'the host cannot be reached'],
  ENETUNREACH: ['refused', 'the network cannot be reached'],
  UND_ERR_CONNECT_TIMEOUT: ['timeout', 'no connection within the time limit'],
  UND_ERR_HEADERS_TIMEOUT: ['timeout', 'no response head within the time limit'],
  UND_ERR_BODY_TIMEOUT: ['timeout', 'the body stopped half-way'],
  ETIMEDOUT: ['timeout', 'no connection within the time limit'],
  ECONNRESET: ['cut', 'the connection was reset'],
  EPIPE: ['cut', 'the connection was closed while the request was sent'],
  UND_ERR_SOCKET: ['cut', 'the connection was closed before the response was complete'],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['wrong-length', 'the body is shorter or longer than Content-Length says'],
  UND_ERR_HEADERS_OVERFLOW: ['malformed', 'the response head is too large'],
  UND_ERR_ABORTED: ['interrupted', 'the run was stopped'],
  ABORT_ERR: ['interrupted', 'the run was stopped'],
};

const TLS = /^(?:ERR_TLS|ERR_SSL|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|EPROTO)/;

/** Turns whatever the HTTP client threw into a failure; `rawHead` is what the socket had delivered by then. */
export function classify(error: unknown, rawHead?: string): Failure {
  const { code, name, message, data } = error as { code?: string; name?: string; message?: string; data?: string };
  const head = rawHead || (typeof data === 'string' ? data.slice(0, 2048) : '');
  const evidence = head ? { rawHead: head } : {};
  const known = CODES[code ?? ''] ?? (name === 'AbortError' ? CODES['ABORT_ERR'] : undefined);
  if (known) return { code: known[0], message: known[1], ...evidence };
  if (name === 'HTTPParserError' || code?.startsWith('HPE_')) {
    return { code: 'malformed', message: `not an HTTP response: ${message ?? code}`, ...evidence };
  }
  if (code && TLS.test(code)) return { code: 'tls', message: `TLS refused: ${message ?? code}` };
  return { code: 'other', message: message ?? String(error), ...evidence };
}
