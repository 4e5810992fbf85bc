import { expect } from 'chai';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createTransport, parseBaseUrl, BaseUrlError, type TransportOptions } from './transport.ts';

/** A server that writes the given bytes to whatever it is asked. */
async function raw(answer: (socket: Socket, request: string) => void): Promise<{ url: string; close: () => void }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer(socket => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', data => answer(socket, data.toString('latin1')));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim/v2/`,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

const get = { method: 'GET', path: '/Users', headers: {} };
const head = (status: string, ...fields: string[]) => [`HTTP/1.1 ${status}`, ...fields, '', ''].join('\r\n');
const json = (text: string, length = text.length) =>
  head('200 OK', 'content-type: application/scim+json', `content-length: ${length}`) + text;

describe('transport', () => {
  const cases: readonly {
    what: string;
    answer: (socket: Socket) => void;
    code: string;
    status?: number;
    rawHead?: RegExp;
    options?: Partial<TransportOptions>;
  }[] = [
    {
      what: 'a 204 with stray bytes',
      answer: s => s.write(head('204 No Content') + '{"a":1}'),
      code: 'stray-bytes',
      status: 204,
      rawHead: /204 No Content[^]*"a"/,
    },
    {
      what: 'a body longer than Content-Length',
      answer: s => s.write(json('{}trailing', 2)),
      code: 'stray-bytes',
      status: 200,
      rawHead: /trailing/,
    },
    {
      what: 'a body shorter than Content-Length',
      answer: s => s.end(json('{"a"', 99)),
      code: 'cut',
      status: 200,
      rawHead: /content-length: 99/,
    },
    {
      what: 'a broken header',
      answer: s => s.write('HTTP/1.1 200 OK\r\nbro ken\u0001: x\r\n\r\n'),
      code: 'malformed',
      rawHead: /^HTTP\/1.1 200 OK\r\nbro ken/,
    },
    {
      what: 'no HTTP at all',
      answer: s => s.write('220 mail.example ESMTP\r\n'),
      code: 'malformed',
      rawHead: /^220 mail/,
    },
    { what: 'invalid JSON', answer: s => s.write(json('{"a":')), code: 'invalid-json', status: 200 },
    { what: 'a cut connection', answer: s => s.destroy(), code: 'cut' },
    { what: 'a reset', answer: s => s.resetAndDestroy(), code: 'cut' },
    { what: 'silence', answer: () => undefined, code: 'timeout', options: { timeoutMs: 60 } },
    {
      what: 'a body that stops half-way',
      answer: s => s.write(json('{"a"', 99)),
      code: 'timeout',
      status: 200,
      options: { timeoutMs: 60 },
    },
    {
      what: 'a body past the limit',
      answer: s => s.write(json('[' + '1,'.repeat(900) + '1]')),
      code: 'too-large',
      status: 200,
      options: { maxBodyBytes: 100 },
    },
  ];
  for (const { what, answer, code, status, rawHead, options } of cases) {
    it(`turns ${what} into the failure "${code}"`, async () => {
      const server = await raw(answer);
      const transport = createTransport({ baseUrl: server.url, ...options });
      try {
        const response = await transport.send(get);
        expect(response.failure?.code).to.equal(code);
        expect(response.status).to.equal(status);
        if (rawHead) expect(response.failure?.rawHead).to.match(rawHead);
      } finally {
        await transport.close();
        server.close();
      }
    });
  }

  it('keeps a good connection, and opens a new one after trouble', async () => {
    const answers = [json('{}'), json('{}'), head('204 No Content') + 'x', json('{}')];
    const ports: (number | undefined)[] = [];
    const server = await raw(socket => {
      ports.push(socket.remotePort);
      socket.write(answers[ports.length - 1] ?? '');
    });
    const transport = createTransport({ baseUrl: server.url });
    for (let i = 0; i < 4; i++) await transport.send(get);
    await transport.close();
    server.close();
    expect(ports[0]).to.equal(ports[1]).and.to.equal(ports[2]);
    expect(ports[3]).not.to.equal(ports[0]);
  });

  it('repeats what is idempotent when a kept connection turns out to be closed, and nothing else', async () => {
    let connections = 0;
    const server = await raw((socket, request) => {
      const first = !('seen' in socket);
      Object.assign(socket, { seen: true });
      if (first) connections += 1;
      if (first || !request.includes('/Users')) socket.write(json('{}'));
      else socket.destroy();
    });
    const transport = createTransport({ baseUrl: server.url });
    await transport.send(get);
    const repeated = await transport.send(get);
    expect(repeated.status).to.equal(200);
    expect(connections).to.equal(2);
    expect((await transport.send({ ...get, method: 'POST', text: '{}' })).failure?.code).to.equal('cut');
    expect(connections).to.equal(2);
    await transport.close();
    server.close();
  });

  it('sends what must not be repeated on no connection that ended with an error', async () => {
    const ports: (number | undefined)[] = [];
    const server = await raw((socket, request) => {
      ports.push(socket.remotePort);
      const body = 'Content-Length: 2\r\nContent-Type: application/json\r\n\r\n{}';
      socket.write(request.startsWith('POST') ? json('{}') : `HTTP/1.1 501 Not Implemented\r\n${body}`);
    });
    const transport = createTransport({ baseUrl: server.url });
    await transport.send(get);
    await transport.send({ ...get, method: 'POST', text: '{}' });
    await transport.send({ ...get, method: 'POST', text: '{}' });
    await transport.send(get);
    await transport.close();
    server.close();
    const [error, post, again, next] = ports;
    expect(post).not.to.equal(error);
    expect(again).to.equal(post);
    expect(next).to.equal(error);
  });

  it('reports a port where nobody listens as refused', async () => {
    const server = await raw(() => undefined);
    server.close();
    const transport = createTransport({ baseUrl: server.url });
    expect((await transport.send(get)).failure?.code).to.equal('refused');
    await transport.close();
  });

  it('sends method, path under the base, headers and body as given', async () => {
    let seen = '';
    const server = await raw((socket, request) => {
      seen += request;
      socket.write(json('{"ok":true}'));
    });
    const transport = createTransport({ baseUrl: server.url });
    const response = await transport.send({
      method: 'POST',
      path: '/Users?a=1',
      headers: { 'x-a': 'b' },
      json: { userName: 'ü' },
    });
    await transport.close();
    server.close();
    expect(response.json).to.deep.equal({ ok: true });
    expect(seen)
      .to.match(/^POST \/scim\/v2\/Users\?a=1 HTTP\/1.1\r\n/)
      .and.to.match(/\r\nx-a: b\r\n/);
    expect(Buffer.from(seen, 'latin1').toString('utf8')).to.match(/\{"userName":"ü"\}$/);
  });

  it('queries the root of a host without any path', async () => {
    let seen = '';
    const server = await raw((socket, request) => {
      seen += request;
      socket.write(json('{}'));
    });
    const transport = createTransport({ baseUrl: new URL('/', server.url).href });
    const response = await transport.send({ method: 'GET', path: '?filter=id%20pr', headers: {} });
    await transport.close();
    server.close();
    expect(response.status).to.equal(200);
    expect(seen).to.match(/^GET \/\?filter=id%20pr HTTP/);
  });

  it('answers at once when the run was stopped', async () => {
    const stop = new AbortController();
    const server = await raw(() => stop.abort());
    const transport = createTransport({ baseUrl: server.url, signal: stop.signal });
    expect((await transport.send(get)).failure?.code).to.equal('interrupted');
    expect((await transport.send(get)).failure?.code).to.equal('interrupted');
    await transport.close();
    server.close();
  });

  for (const wrong of ['localhost:8080', '/scim', 'ftp://h/scim', 'https://h/scim?x=1', 'https://u:p@h/scim']) {
    it(`refuses ${wrong} as a base URL`, () => {
      expect(() => parseBaseUrl(wrong)).to.throw(BaseUrlError);
    });
  }
});
