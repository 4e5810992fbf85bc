import { setMaxListeners } from 'node:events';
import { Client, ProxyAgent, buildConnector, errors, type Dispatcher } from 'undici';
import { isDeeper } from './depth.ts';
import { classify } from './failure.ts';
import {
  isJsonMediaType,
  parseJson,
  type Failure,
  type Headers,
  type HttpRequest,
  type HttpResponse,
  type Send,
} from './message.ts';
import { createTap, type Tap } from './tap.ts';

/** How to reach a target. Times in milliseconds, sizes in bytes. */
export interface TransportOptions {
  /** With or without a trailing slash. */
  readonly baseUrl: string;
  /** From sending to the end of the response head, and between two parts of the body. Default 10,000. */
  readonly timeoutMs?: number;
  /** Longest body read. Default 8 MiB. */
  readonly maxBodyBytes?: number;
  /** PEM. */
  readonly ca?: string;
  readonly clientCertificate?: { readonly cert: string; readonly key: string; readonly passphrase?: string };
  readonly proxy?: string;
  /** Accept any server certificate. The caller warns. */
  readonly insecure?: boolean;
  /** Ends everything under way; later requests fail at once. */
  readonly signal?: AbortSignal;
}

/** A base URL that no request can be made from. */
export class BaseUrlError extends Error {
  readonly code = 'base-url';
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BaseUrlError';
  }
}

/** The end of a pipe: HTTP/1.1 over kept-alive connections. It always answers; trouble becomes a `failure`. */
export interface Transport {
  readonly send: Send;
  /** Closes idle connections and waits for busy ones. */
  close(): Promise<void>;
}

interface Line {
  readonly dispatcher: Dispatcher;
  /** Absent behind a proxy, where the bytes on the socket are not the target's own. */
  readonly tap?: Tap;
  /** When it was put aside after an answer that was no error, in milliseconds since the epoch; 0 after one that was. */
  freeSince?: number;
}

const DEFAULT_TIMEOUT_MS = 10_000;
const DEFAULT_MAX_BODY = 8 * 1024 * 1024;
/** Bytes kept of a body that is longer than is read. */
const KEPT_OF_TOO_LARGE = 4096;
/** Deepest nesting read; what walks a body calls itself once for each level. */
const MAX_DEPTH = 64;
/** A body may come in pieces, each in time; all together it gets this many times the time of one. */
const WHOLE_BODY = 4;
/** How long a connection may have been idle for a request that must not be sent twice. */
const FRESH_MS = 1_000;
const IDEMPOTENT = new Set(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS']);

/**
 * Parses and trims a base URL: trailing slashes go, query and fragment are refused.
 * @throws BaseUrlError saying what is wrong and what a right one looks like.
 */
export function parseBaseUrl(text: string): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch (cause) {
    throw new BaseUrlError(`"${text}" is not a URL; write it whole, for example https://host.example/scim/v2`, {
      cause,
    });
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new BaseUrlError(`"${text}" is neither http nor https`);
  }
  if (url.search || url.hash) throw new BaseUrlError(`a SCIM base URL has no query and no fragment: "${text}"`);
  if (url.username || url.password) throw new BaseUrlError('credentials do not belong in the URL; use --token-env');
  url.pathname = url.pathname.replace(/\/+$/, '');
  return url;
}

/**
 * A server closes a connection that nobody uses, some after two seconds, and some do so once they have answered with an
 * error; a request that is on its way at that moment is lost. What must not be sent twice takes a connection on which
 * something went well just now, or a new one.
 */
const isSure = ({ freeSince = 0 }: Line): boolean => Date.now() - freeSince < FRESH_MS;

/** Takes a kept connection for a request; undefined where there is none for it. */
function takeLine(idle: Line[], method: string): Line | undefined {
  const at = idle.findLastIndex(line => isSure(line) !== IDEMPOTENT.has(method));
  if (at >= 0) return idle.splice(at, 1)[0];
  return IDEMPOTENT.has(method) ? idle.pop() : undefined;
}

/** A query of the root itself has no path of its own, and a base URL may have none either. */
const rooted = (path: string): string => (path.startsWith('/') ? path : `/${path}`);

/** @throws BaseUrlError when the base URL is none, and Error when a certificate cannot be read. */
export function createTransport(options: TransportOptions): Transport {
  const base = parseBaseUrl(options.baseUrl);
  const prefix = base.pathname === '/' ? '' : base.pathname;
  const timeout = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const limit = options.maxBodyBytes ?? DEFAULT_MAX_BODY;
  // Each request under way listens for the end of the run; how many there are is the caller's choice.
  if (options.signal) setMaxListeners(0, options.signal);
  const idle: Line[] = [];
  const all = new Set<Line>();

  const openLine = (): Line => {
    const line = options.proxy
      ? { dispatcher: proxied(options.proxy, options) }
      : directLine(base.origin, options, timeout);
    all.add(line);
    return line;
  };

  const send: Send = async request => {
    if (options.signal?.aborted) return failed({ code: 'interrupted', message: 'the run was stopped' });
    const kept = takeLine(idle, request.method);
    const response = await sendOn(kept ?? openLine(), request);
    // A server may close a kept connection while a request is on its way. Nothing came back, so repeating what is
    // idempotent is safe and what HTTP clients do (RFC 9110 section 9.2.2); otherwise the cut would count against the target.
    const raced =
      kept && response.failure?.code === 'cut' && !response.failure.rawHead && IDEMPOTENT.has(request.method);
    return raced ? sendOn(openLine(), request) : response;
  };

  const sendOn = async (line: Line, request: HttpRequest): Promise<HttpResponse> => {
    line.tap?.restart();
    const response = await exchange(line, request);
    if (response.failure && response.failure.code !== 'invalid-json') {
      all.delete(line);
      void line.dispatcher.destroy();
    } else {
      line.freeSince = (response.status ?? 0) < 400 ? Date.now() : 0;
      idle.push(line);
    }
    return response;
  };

  const exchange = (line: Line, request: HttpRequest): Promise<HttpResponse> =>
    new Promise(resolve => {
      const { signal } = options;
      let status: number | undefined;
      let headers: Headers = {};
      const chunks: Buffer[] = [];
      let size = 0;
      let due = Number.POSITIVE_INFINITY;
      let stop = (_reason: Error): void => undefined;
      const onAbort = () => stop(new errors.RequestAbortedError());
      const end = (response: HttpResponse) => {
        signal?.removeEventListener('abort', onAbort);
        resolve(response);
      };
      // What is given up on is told at once; that its connection breaks off then is told to nobody.
      const giveUp = (failure: Failure, kept: readonly Buffer[]) => {
        end(failed(failure, status, headers, kept));
        stop(new errors.RequestAbortedError());
      };
      signal?.addEventListener('abort', onAbort);
      line.dispatcher.dispatch(
        {
          origin: base.origin,
          path: rooted((request.base ?? prefix) + request.path),
          method: request.method,
          headers: { ...request.headers },
          body: request.text ?? (request.json === undefined ? null : JSON.stringify(request.json)),
          headersTimeout: timeout,
          bodyTimeout: timeout,
        },
        // A handler of its own costs half of what a stream for each body does.
        {
          onRequestStart(controller) {
            stop = reason => controller.abort(reason);
            if (signal?.aborted) onAbort();
          },
          onResponseStart(_controller, statusCode, given) {
            if (statusCode < 200) return;
            status = statusCode;
            headers = flatten(given);
            due = Date.now() + WHOLE_BODY * timeout;
          },
          onResponseData(_controller, chunk) {
            size += chunk.length;
            if (size > limit) {
              const kept = Buffer.concat(chunks).subarray(0, KEPT_OF_TOO_LARGE);
              return giveUp({ code: 'too-large', message: `the body is longer than ${limit} bytes` }, [kept]);
            }
            chunks.push(chunk);
            if (Date.now() > due) {
              const message = `the body was not whole after ${WHOLE_BODY * timeout} ms`;
              giveUp({ code: 'timeout', message }, chunks);
            }
          },
          onResponseEnd() {
            const [only] = chunks;
            const body = only && chunks.length === 1 ? only : Buffer.concat(chunks, size);
            end(judgeFraming(request, status ?? 0, headers, body.toString('utf8'), line.tap));
          },
          onResponseError: (_controller, error) =>
            end(failed(classify(error, line.tap?.head()), status, headers, chunks)),
        },
      );
    });

  return {
    send,
    async close() {
      idle.length = 0;
      await Promise.all([...all].map(({ dispatcher }) => dispatcher.destroy()));
      all.clear();
    },
  };
}

function directLine(origin: string, options: TransportOptions, timeout: number): Line {
  const connect = buildConnector({ ...tlsOptions(options), timeout });
  const tap = createTap();
  const dispatcher = new Client(origin, {
    pipelining: 1,
    connect: (opts, callback) =>
      connect(opts, (error, socket) => {
        if (error) return callback(error, null);
        tap.watch(socket);
        callback(null, socket);
      }),
  });
  return { dispatcher, tap };
}

function proxied(uri: string, options: TransportOptions): Dispatcher {
  const tls = tlsOptions(options);
  return new ProxyAgent({ uri, requestTls: tls, connections: 1 });
}

const tlsOptions = ({ ca, clientCertificate, insecure }: TransportOptions) => ({
  ...(ca && { ca }),
  ...clientCertificate,
  rejectUnauthorized: !insecure,
});

function judgeFraming(request: HttpRequest, status: number, headers: Headers, text: string, tap?: Tap): HttpResponse {
  const bodiless = status === 204 || status === 304 || request.method === 'HEAD';
  if (tap?.strayAfter(bodiless, headers)) {
    const message = bodiless
      ? `a ${status} carries no body, yet bytes followed its head`
      : 'bytes followed the end of the body';
    return { status, headers, text, failure: { code: 'stray-bytes', message, rawHead: tap.head() } };
  }
  if (isDeeper(text, MAX_DEPTH)) {
    const message = `the body is nested deeper than ${MAX_DEPTH} levels`;
    return { status, headers, text: text.slice(0, KEPT_OF_TOO_LARGE), failure: { code: 'too-large', message } };
  }
  if (text === '' || !isJsonMediaType(headers['content-type'])) {
    const json = text === '' ? undefined : parseJson(text);
    return { status, headers, text, ...(json !== undefined && { json }) };
  }
  const json = parseJson(text);
  if (json !== undefined) return { status, headers, text, json };
  return {
    status,
    headers,
    text,
    failure: { code: 'invalid-json', message: 'the body says it is JSON and does not parse' },
  };
}

function failed(
  failure: Failure,
  status?: number,
  headers: Headers = {},
  chunks: readonly Buffer[] = [],
): HttpResponse {
  const text = Buffer.concat(chunks).toString('utf8');
  return { ...(status !== undefined && { status }), headers, text, failure };
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Headers {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}
