import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Profile } from '../conformance/index.ts';
import type { Exchange, Headers, Json } from '../reports/record/index.ts';
import { isJsonMediaType, parseJson } from '../scim/wire/message.ts';
import { createRedactor } from '../scim/wire/redact.ts';
import type { FailOn } from './exit-code.ts';
import { secretsOf } from './judge-record.ts';
import { observe, type Observation } from './judge-traffic-run.ts';
import { newRunMark } from './session.ts';
import type { Finished } from './run.ts';

/** How live traffic is judged. */
export interface TrafficOptions {
  readonly profile: Profile;
  /** Path below which SCIM is served: `/scim/v2`. */
  readonly basePath: string;
  readonly baseUrl: string;
  /** Where the record and the report of each part go. */
  readonly out: string;
  readonly failOn?: FailOn;
  /** Values that no output may show. */
  readonly secrets: readonly string[];
  /** Exchanges in one part; a session may last for days, and memory may not grow with it. */
  readonly partOf?: number;
  /** Told when a part is full and its record is closed. */
  readonly onPart: (part: Part) => void;
}

/** A stretch of traffic with a record of its own. */
export interface Part extends Finished {
  /** Folder of its record. */
  readonly folder: string;
}

/** Watches what a server is asked and what it answers. */
export interface TrafficJudge {
  /** The listener, watched. It is neither slowed down nor changed. */
  watch(listener: RequestListener): RequestListener;
  /** The current part as it stands. */
  soFar(): Part;
  /** Closes the current part. */
  end(): Part;
}

const EXCHANGES_IN_PART = 5_000;
/** Characters of bodies in one part. */
const BODIES_IN_PART = 32 * 1024 * 1024;
/** A longer body is not kept, and its exchange is not judged. In bytes. */
const LONGEST_BODY = 4 * 1024 * 1024;

/** Starts to judge live traffic; the first record is opened at once. What the file system throws passes through. */
export function judgeTraffic(options: TrafficOptions): TrafficJudge {
  const { partOf = EXCHANGES_IN_PART, basePath, profile, baseUrl } = options;
  let number = 0;
  let current = open();

  function open() {
    const run = newRunMark();
    const folder = join(options.out, run);
    const redactor = createRedactor(options.secrets);
    number += 1;
    const notes = [`what clients sent to ${baseUrl}, part ${number}`];
    const observation: Observation = observe(
      { command: 'serve', baseUrl, profile, notes },
      { run, redactor, record: join(folder, 'record.jsonl'), failOn: options.failOn ?? 'failure' },
    );
    return { observation, folder, redactor, exchanges: 0, size: 0 };
  }
  const see = (seen: Seen): void => {
    current.exchanges += 1;
    current.size += seen.size;
    const exchange = exchangeOf(seen, current.exchanges, basePath);
    for (const secret of secretsOf(exchange)) current.redactor.add(secret);
    current.observation.see(exchange, seen.cut ? [] : ['client', 'server']);
    if (current.exchanges < partOf && current.size < BODIES_IN_PART) return;
    const { folder, observation } = current;
    current = open();
    options.onPart({ ...observation.end(), folder });
  };
  return {
    watch: listener => (request, response) => {
      if (isBelow(request.url ?? '', basePath)) tap(request, response, see);
      listener(request, response);
    },
    soFar: () => ({ ...current.observation.soFar(), folder: current.folder }),
    end: () => ({ ...current.observation.end(), folder: current.folder }),
  };
}

const isBelow = (url: string, basePath: string): boolean =>
  url.startsWith(basePath) && /^(?:[/?]|$)/.test(url.slice(basePath.length));

/** What went over the wire. */
interface Seen {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly sent: string;
  readonly came: string;
  readonly size: number;
  /** A body was too long to be kept. */
  readonly cut: boolean;
  readonly at: number;
}

/** Copies what is read and what is written on its way. A `data` listener would set the request flowing, so none is used. */
function tap(request: IncomingMessage, response: ServerResponse, onEnd: (seen: Seen) => void): void {
  const at = Date.now();
  const sent = collector();
  const came = collector();
  request.push = function (chunk: unknown, encoding?: BufferEncoding) {
    sent.add(chunk, encoding);
    return Readable.prototype.push.call(this, chunk, encoding);
  };
  const { write, end } = response;
  response.write = function (...args: unknown[]) {
    came.add(args[0], args[1]);
    return Reflect.apply(write, response, args) as boolean;
  };
  response.end = function (...args: unknown[]) {
    came.add(args[0], args[1]);
    return Reflect.apply(end, response, args) as ServerResponse;
  };
  response.once('close', () => {
    const size = sent.size() + came.size();
    const cut = sent.cut() || came.cut() || !response.writableFinished;
    onEnd({ request, response, sent: sent.text(), came: came.text(), size, cut, at });
  });
}

function collector() {
  let chunks: Buffer[] = [];
  let size = 0;
  return {
    add(chunk: unknown, encoding?: unknown): void {
      if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) return;
      const isEncoding = typeof encoding === 'string' && Buffer.isEncoding(encoding);
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk, isEncoding ? encoding : 'utf8') : Buffer.from(chunk);
      size += bytes.length;
      if (size > LONGEST_BODY) chunks = [];
      else chunks.push(bytes);
    },
    size: () => Math.min(size, LONGEST_BODY),
    cut: () => size > LONGEST_BODY,
    text: () => Buffer.concat(chunks).toString('utf8'),
  };
}

function exchangeOf({ request, response, sent, came, at }: Seen, n: number, basePath: string): Exchange {
  const headers = flat(response.getHeaders());
  return {
    scope: 'client',
    n,
    at,
    ms: Date.now() - at,
    request: {
      method: request.method ?? '',
      path: (request.url ?? '').slice(basePath.length),
      headers: flat(request.headers),
      ...bodyOf(sent),
    },
    response: {
      status: response.statusCode,
      headers,
      ...(request.method !== 'HEAD' && bodyOf(came)),
      ...(came !== '' && isJsonMediaType(headers['content-type']) && parseJson(came) === undefined && INVALID),
    },
  };
}

const INVALID = { failure: { code: 'invalid-json', message: 'the body says it is JSON and does not parse' } } as const;

function bodyOf(text: string): { readonly json?: Json; readonly text?: string } {
  if (text === '') return {};
  const json = parseJson(text);
  return json === undefined ? { text } : { json };
}

const flat = (headers: Readonly<Record<string, string | number | readonly string[] | undefined>>): Headers =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : String(value)]],
    ),
  );
