import { isJsonMediaType, parseJson } from '../scim/wire/message.ts';
import type { Exchange, Headers, Json } from '../reports/record/index.ts';

/** A recording that cannot be read; the message says what is wrong and where. */
export class RecordingError extends Error {
  readonly code = 'recording';
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RecordingError';
  }
}

/** One entry of a HAR file as an exchange, its path not yet taken apart. */
export interface HarEntry {
  readonly url: URL;
  readonly request: Omit<Exchange['request'], 'path'>;
  readonly response: Exchange['response'];
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly ms: number;
  /** The body was sent and is not in the file. */
  readonly requestCut: boolean;
  readonly responseCut: boolean;
}

type Members = Readonly<Record<string, unknown>>;

const isMembers = (value: unknown): value is Members => typeof value === 'object' && value !== null;
const membersOf = (value: unknown): Members => (isMembers(value) ? value : {});
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const numberOf = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);

/** True for a parsed file that means to be a HAR. */
export const isHar = (file: unknown): boolean => isMembers(file) && 'log' in file;

/**
 * The entries of a HAR 1.2 file, in its order.
 * @throws RecordingError naming the entry, counted from 1, and the member that is missing or wrong.
 */
export function readHar(file: unknown): readonly HarEntry[] {
  const { entries } = membersOf(membersOf(file)['log']);
  if (!Array.isArray(entries)) throw new RecordingError('log.entries is no list, so this is no HAR file');
  return entries.map((entry: unknown, at) => entryOf(membersOf(entry), `log.entries[${at}] (entry ${at + 1})`));
}

function entryOf(entry: Members, where: string): HarEntry {
  const request = membersOf(entry['request']);
  const response = membersOf(entry['response']);
  const written = textOf(request['url']);
  if (!URL.canParse(written)) throw new RecordingError(`${where}: request.url ${JSON.stringify(written)} is no URL`);
  const method = textOf(request['method']);
  if (method === '') throw new RecordingError(`${where}: request.method is missing`);
  if (!isMembers(entry['response'])) throw new RecordingError(`${where}: response is missing`);
  const sent = bodySent(membersOf(request['postData']));
  const came = bodyOf(membersOf(response['content']));
  const status = numberOf(response['status']);
  const headers = headersOf(response['headers']);
  const began = Date.parse(textOf(entry['startedDateTime']));
  return {
    url: new URL(written),
    request: { method: method.toUpperCase(), headers: headersOf(request['headers']), ...recorded(sent) },
    response: {
      // Browsers write 0 where nothing came.
      ...(status > 0 && { status }),
      headers,
      ...recorded(came),
      ...failureOf(status, headers, came),
    },
    at: Number.isNaN(began) ? 0 : began,
    ms: Math.max(0, Math.round(numberOf(entry['time']))),
    requestCut: sent === '' && numberOf(request['bodySize']) > 0,
    responseCut: came === '' && numberOf(membersOf(response['content'])['size']) > 0,
  };
}

function failureOf(status: number, headers: Headers, text: string): Pick<Exchange['response'], 'failure'> {
  if (status === 0) return { failure: { code: 'other', message: 'the file holds no response' } };
  if (text === '' || !isJsonMediaType(headers['content-type']) || parseJson(text) !== undefined) return {};
  return { failure: { code: 'invalid-json', message: 'the body says it is JSON and does not parse' } };
}

function recorded(text: string): { readonly json?: Json; readonly text?: string } {
  if (text === '') return {};
  const json = parseJson(text);
  return json === undefined ? { text } : { json };
}

function bodyOf({ text, encoding }: Members): string {
  const written = textOf(text);
  return encoding === 'base64' ? Buffer.from(written, 'base64').toString('utf8') : written;
}

function bodySent(postData: Members): string {
  const { params } = postData;
  const text = bodyOf(postData);
  if (text !== '' || !Array.isArray(params)) return text;
  const pairs = params.map((pair: unknown): [string, string] => [
    textOf(membersOf(pair)['name']),
    textOf(membersOf(pair)['value']),
  ]);
  return new URLSearchParams(pairs).toString();
}

/** Names in lower case; HTTP/2 writes parts of the request line as fields with a colon, which are left out. */
function headersOf(list: unknown): Headers {
  const headers: Record<string, string> = {};
  for (const field of Array.isArray(list) ? list : []) {
    const { name, value } = membersOf(field);
    const key = textOf(name).toLowerCase();
    if (key === '' || key.startsWith(':')) continue;
    headers[key] = headers[key] === undefined ? textOf(value) : `${headers[key]}, ${textOf(value)}`;
  }
  return headers;
}
