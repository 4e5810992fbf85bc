import { createServer, type RequestListener } from 'node:http';
import { duplexPair, finished, type Duplex } from 'node:stream';
import { buffer } from 'node:stream/consumers';

/** Answers a request as `fetch` would, without a network. */
export type Fetch = (request: Request) => Promise<Response>;

/**
 * Makes a Node request listener, such as an Express app, answer requests in this process: each one goes over a pair of
 * streams in place of a connection, so nothing listens and there is no port.
 */
export function fetchFrom(listener: RequestListener): Fetch {
  const server = createServer(listener);
  return async request => {
    const [near, far] = duplexPair();
    // An https address has to look like one to the listener, which writes addresses of its own.
    if (new URL(request.url).protocol === 'https:') Object.assign(far, { encrypted: true });
    // The end of an answer reaches the other side by itself, a connection that breaks off does not.
    finished(far, { readable: false }, error => error && near.destroy(error));
    server.emit('connection', far);
    return exchange(near, request);
  };
}

async function exchange(stream: Duplex, request: Request): Promise<Response> {
  const { pathname, search, host } = new URL(request.url);
  const body = Buffer.from(await request.arrayBuffer());
  // Read one by one: msw watches copies of headers, and they lose some of them.
  const given = [...request.headers].filter(([name]) => !OWN.has(name));
  const length = body.length > 0 ? [['content-length', String(body.length)] as const] : [];
  const headers = [['host', request.headers.get('host') ?? host] as const, ...given, ...length];
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`);
  // With HTTP/1.0 the end of the stream is the end of the answer, and nothing comes in chunks.
  stream.write(`${request.method} ${pathname}${search} HTTP/1.0\r\n${lines.join('')}\r\n`, 'latin1');
  stream.write(body);
  return parse(await buffer(stream), request.method);
}

/** Headers that follow from the address and the body. */
const OWN: ReadonlySet<string> = new Set(['host', 'content-length', 'transfer-encoding']);

function parse(answer: Buffer, method: string): Response {
  const end = answer.indexOf('\r\n\r\n');
  if (end < 0) throw new TypeError('the app closed the connection without an answer');
  const [first = '', ...lines] = answer.toString('latin1', 0, end).split('\r\n');
  const status = Number(first.split(' ')[1]);
  const headers = new Headers();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (!HOP_BY_HOP.has(line.slice(0, colon).toLowerCase()))
      headers.append(line.slice(0, colon), line.slice(colon + 1));
  }
  const body = method === 'HEAD' || status === 204 || status === 304 ? null : answer.subarray(end + 4);
  return new Response(body, { status, statusText: first.split(' ').slice(2).join(' '), headers });
}

/** What is about the connection and not about the answer. */
const HOP_BY_HOP: ReadonlySet<string> = new Set(['connection', 'keep-alive', 'transfer-encoding']);
