/** Any value JSON can carry. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

/** Header names in lower case; a header that came more than once has its values joined by ", ". */
export type Headers = Readonly<Record<string, string>>;

/** What went wrong below HTTP semantics. The codes are a closed list, so reports and checks can rely on them. */
export interface Failure {
  readonly code: FailureCode;
  /** One sentence for a person. */
  readonly message: string;
  /** The first bytes that came, as Latin-1 text, where they are known: at most 2,048 characters. */
  readonly rawHead?: string;
}

export type FailureCode =
  | 'unresolved' // the host name does not resolve
  | 'refused' // nobody listens
  | 'tls' // the certificate or the handshake was refused
  | 'timeout' // no head, or no further body, within the time limit
  | 'cut' // the connection ended before the response was complete
  | 'malformed' // what came is not HTTP
  | 'wrong-length' // body and Content-Length disagree
  | 'stray-bytes' // more came than the response may hold, a 204 with a body for example
  | 'too-large' // the body is longer, or nested deeper, than is read
  | 'invalid-json' // a JSON media type with a body that JSON cannot parse
  | 'no-token' // the token endpoint gave no access token, so nothing was sent
  | 'interrupted' // the run was stopped while the exchange was under way
  | 'limit' // a limit of the run kept the request back, so nothing was sent
  | 'read-only' // the run only reads, so nothing was sent
  | 'other';

/** A request as it left, secrets blanked. `path` is relative to the base URL and holds the query. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  /** The body as JSON where it parses. */
  readonly json?: Json;
  /** The body as text where it is not JSON. */
  readonly text?: string;
  /** The Authorization field of a request without the credential of the run: what a check made up, so no secret. */
  readonly presented?: string;
  /** The further credential the request went with. */
  readonly as?: string;
}

/** A response as it came, secrets blanked. `status` is absent when no head arrived. */
export interface RecordedResponse {
  readonly status?: number;
  readonly headers: Headers;
  readonly json?: Json;
  readonly text?: string;
  readonly failure?: Failure;
}

/** One request and what came back. Everything a verdict rests on is a list of these. */
export interface Exchange {
  /** What caused it: a check with its case, a scenario step, `setup`, `cleanup`. */
  readonly scope: string;
  /** Running number inside its scope, from 1. */
  readonly n: number;
  /** When the request left: milliseconds since the epoch. */
  readonly at: number;
  /** From sending to the last byte, in milliseconds. */
  readonly ms: number;
  readonly request: RecordedRequest;
  readonly response: RecordedResponse;
  /**
   * Set where the run itself made trouble on the way, so that the answer is not the service provider's: whether the request
   * reached it.
   */
  readonly staged?: 'kept-back' | 'passed-on';
}

/** The stable name of an exchange inside one record: `create.status#1`. */
export const exchangeId = (exchange: Pick<Exchange, 'scope' | 'n'>): string => `${exchange.scope}#${exchange.n}`;
