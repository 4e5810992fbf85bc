/**
 * A hop as a server of its own: what it changes can be seen by clients that are no part of this process, curl for example.
 */
import { createTransport } from '../../scim/wire/transport.ts';
import { parseJson, pipe, type Hop, type HttpRequest, type HttpResponse } from '../../scim/wire/message.ts';
import { startServer, type PlainServer } from './plain-server.ts';

/** Fields that belong to one connection, or that the server sets itself. */
const OWN = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'host', 'date', 'expect']);

const passed = (headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name, value]) => !OWN.has(name) && value !== undefined)
      .map(([name, value]) => [name, String(value)]),
  );

/** As a client of ours hands it to a hop: JSON that is nothing but JSON as a value, anything else as text. */
function bodyOf(text: string): Pick<HttpRequest, 'json' | 'text'> {
  if (text === '') return {};
  const json = parseJson(text);
  const compact = text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1');
  return json !== undefined && JSON.stringify(json) === compact ? { json } : { text };
}

/** An answer without a body, as it goes over the wire, with bytes behind its head. */
const withStrayBytes = (status: number, headers: Readonly<Record<string, string>>): string =>
  [
    `HTTP/1.1 ${status} `,
    ...Object.entries({ ...headers, connection: 'close' }).map(each => each.join(': ')),
    '',
    'stray',
  ].join('\r\n');

/** Serves what the hop makes of the provider at the base URL. Addresses in its answers are those of the server. */
export async function serveBehind(baseUrl: string, hop: Hop): Promise<PlainServer> {
  const transport = createTransport({ baseUrl });
  let own = baseUrl;
  const named = pipe([hop], async request => {
    const headers = { ...request.headers, host: new URL(own).host };
    return transport.send({ ...request, headers });
  });
  const server = await startServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', chunk => chunks.push(chunk as Buffer));
    incoming.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const path = (incoming.url ?? '').slice(new URL(own).pathname.length);
      const request: HttpRequest = {
        method: incoming.method ?? 'GET',
        path,
        headers: passed(incoming.headers),
        ...bodyOf(text),
      };
      void named(request).then(answer => give(answer));
    });
    const give = ({ status, headers, text, failure }: HttpResponse): void => {
      if (status === undefined || failure?.code === 'cut') outgoing.destroy();
      // Node sends nothing after the head of such an answer.
      else if (failure?.code === 'stray-bytes') outgoing.socket?.end(withStrayBytes(status, passed(headers)));
      else outgoing.writeHead(status, passed(headers)).end(text);
    };
  });
  own = server.url;
  return { url: own, close: async () => void (await Promise.all([server.close(), transport.close()])) };
}
