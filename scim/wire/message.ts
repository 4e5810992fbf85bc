import type { Failure, Headers, Json } from '../../reports/record/exchange.ts';

export type { Failure, FailureCode, Headers, Json, JsonObject } from '../../reports/record/exchange.ts';

/** A request as plain data. A hop changes one by spreading it. */
export interface HttpRequest {
  readonly method: string;
  /** Below the base URL, starting with `/` (or empty for the base itself), query included. */
  readonly path: string;
  /** Path from the root of the same server, in place of the base URL's. */
  readonly base?: string;
  readonly headers: Headers;
  /** Body to be sent as JSON; left out when `text` is given. */
  readonly json?: Json;
  /** Body to be sent as it is. */
  readonly text?: string;
}

/** A response as plain data. It never throws its way through the pipe: trouble is a `failure`. */
export interface HttpResponse {
  /** Absent when no head arrived. */
  readonly status?: number;
  readonly headers: Headers;
  /** The body as it came; empty when there was none. */
  readonly text: string;
  /** The body as JSON, where it parses. */
  readonly json?: Json;
  readonly failure?: Failure;
  /** Id of the exchange in the record, set by the recorder. */
  readonly exchange?: string;
}

/** Sends one request and always answers. */
export type Send = (request: HttpRequest) => Promise<HttpResponse>;

/** One stage of the pipe: may change the request, answer itself, send more than once, or change the response. */
export type Hop = (request: HttpRequest, next: Send) => Promise<HttpResponse>;

/** Puts hops in front of a transport; the first of the list is the outermost. */
export const pipe = (hops: readonly Hop[], transport: Send): Send =>
  hops.reduceRight<Send>((next, hop) => request => hop(request, next), transport);

/** The same response with another JSON body; `text` follows. */
export const withJson = (response: HttpResponse, json: Json): HttpResponse => ({
  ...response,
  json,
  text: JSON.stringify(json),
});

/** Body of a request as JSON, whether it was given as value or as text; undefined when it is neither. */
export function requestJson(request: HttpRequest): Json | undefined {
  return request.text === undefined ? request.json : parseJson(request.text);
}

/** JSON or undefined; never throws. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** True for `application/json` and any `+json` media type, whatever its parameters. */
export const isJsonMediaType = (contentType: string | undefined): boolean =>
  /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(contentType ?? '');
