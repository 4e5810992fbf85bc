import { exchangeId, type Exchange } from '../../reports/record/exchange.ts';
import { parseJson, type Hop, type HttpRequest, type HttpResponse } from './message.ts';

/** Where exchanges of one scope go, and where their times come from. */
export interface RecorderOptions {
  readonly scope: string;
  /** Gets each exchange as it ends, unredacted: whoever writes it down passes it through the redactor first. */
  readonly onExchange: (exchange: Exchange) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Whether a body of so many characters is kept whole; all are by default. */
  readonly keeps?: (length: number) => boolean;
}

/** Characters kept of a body that is not kept whole. */
const KEPT = 4096;

/** Numbers and keeps what passes. Numbers are given when a request leaves, so they follow the order of sending. */
export function recorder({ scope, onExchange, now, keeps = () => true }: RecorderOptions): Hop {
  let sent = 0;
  return async (request, next) => {
    const n = ++sent;
    const at = now();
    const response = await next(request);
    const kept = keeps(response.text.length) ? response : cut(response);
    onExchange({ scope, n, at, ms: now() - at, request: recordRequest(request), response: recordResponse(kept) });
    return { ...response, exchange: exchangeId({ scope, n }) };
  };
}

function recordRequest({ method, path, headers, json, text }: HttpRequest): Exchange['request'] {
  const parsed = text === undefined ? json : parseJson(text);
  if (parsed !== undefined) return { method, path, headers, json: parsed };
  return text ? { method, path, headers, text } : { method, path, headers };
}

/** What is recorded of an answer that is too long to be recorded whole. */
function cut(response: HttpResponse): HttpResponse {
  const { json: _json, text, ...rest } = response;
  const message = `the body has ${text.length} characters; the record keeps the first ${KEPT}`;
  return { failure: { code: 'too-large', message }, ...rest, text: text.slice(0, KEPT) };
}

function recordResponse({ status, headers, text, json, failure }: HttpResponse): Exchange['response'] {
  return {
    ...(status !== undefined && { status }),
    headers,
    ...(json !== undefined ? { json } : text && { text }),
    ...(failure && { failure }),
  };
}
