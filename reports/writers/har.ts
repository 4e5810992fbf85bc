import type { Exchange, Headers, Json } from '../record/index.ts';
import type { Writer } from './writer.ts';

/** HTTP Archive 1.2: every exchange, for browsers and proxies; custom members start with an underscore. */
export const har = {
  format: 'har',
  extension: 'har',
  summary: 'HTTP Archive of every exchange',
  write(run) {
    const [name = '', version = ''] = run.header.tool.split(' ');
    const base = run.header.target.replace(/\/+$/, '');
    const log = {
      version: '1.2',
      creator: { name, version },
      comment: `${run.header.command} on ${run.header.target}, run ${run.header.run}`,
      entries: Array.from(run.exchanges, ([id, exchange]) => entryOf(id, exchange, base)),
    };
    return `${JSON.stringify({ log }, undefined, 2)}\n`;
  },
} satisfies Writer;

function entryOf(id: string, { at, ms, request, response }: Exchange, base: string) {
  const sent = bodyOf(request);
  const came = bodyOf(response);
  return {
    startedDateTime: new Date(at).toISOString(),
    time: ms,
    request: {
      method: request.method,
      url: `${base}${request.path}`,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: headersOf(request.headers),
      queryString: [...new URLSearchParams(request.path.split('?')[1] ?? '')].map(([name, value]) => ({ name, value })),
      ...(sent !== undefined && { postData: { mimeType: request.headers['content-type'] ?? '', text: sent } }),
      headersSize: -1,
      bodySize: sent === undefined ? 0 : Buffer.byteLength(sent),
    },
    response: {
      status: response.status ?? 0,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: headersOf(response.headers),
      content: {
        size: came === undefined ? 0 : Buffer.byteLength(came),
        mimeType: response.headers['content-type'] ?? '',
        ...(came !== undefined && { text: came }),
      },
      redirectURL: response.headers['location'] ?? '',
      headersSize: -1,
      bodySize: -1,
      ...(response.failure && { _failure: response.failure }),
    },
    cache: {},
    timings: { send: 0, wait: ms, receive: 0 },
    _exchange: id,
  };
}

const headersOf = (headers: Headers) => Object.entries(headers).map(([name, value]) => ({ name, value }));

const bodyOf = ({ json, text }: { readonly json?: Json; readonly text?: string }): string | undefined =>
  json === undefined ? text : JSON.stringify(json);
