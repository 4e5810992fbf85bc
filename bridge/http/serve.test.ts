import { once } from 'node:events';
import { connect } from 'node:net';
import { expect } from 'chai';
import { USER } from '../../scim/message/urn.ts';
import { createBridge } from './app.ts';
import { serveBridge } from './serve.ts';
import type { BridgeSettings } from './settings.ts';

const serve = (settings: Partial<BridgeSettings> = {}) => serveBridge(createBridge({ anonymous: true, settings }));

/** Sends bytes as they are; gives what came back until the server closed the connection. */
async function talk(url: string, text: string | Buffer): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let answer = '';
  socket.setEncoding('utf8').on('data', chunk => (answer += String(chunk)));
  socket.write(text);
  await once(socket, 'close');
  return answer;
}

describe('A bridge that listens', () => {
  it('serves SCIM at its URL', async () => {
    const served = await serve();
    const body = JSON.stringify({ schemas: [USER], userName: 'ada' });
    const made = await fetch(`${served.url}/Users`, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/scim+json' },
    });
    expect(made.status).to.equal(201);
    expect(made.headers.get('location')).to.match(new RegExp(`^${served.url}/Users/[\\w-]+$`));
    await served.close();
  });

  it('says what to do when the port is busy', async () => {
    const first = await serve();
    const port = Number(new URL(first.url).port);
    const second = await serveBridge(createBridge(), { port }).catch((error: unknown) => error);
    expect(second).to.be.an('error').with.property('message').that.includes(`port ${port} of 127.0.0.1 is in use`);
    await first.close();
  });

  it('finishes what it has accepted, then closes, and closes once only', async () => {
    const served = await serve();
    const { port } = new URL(served.url);
    const body = JSON.stringify({ schemas: [USER], userName: 'ada' });
    const head = `POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}`;
    const socket = connect(Number(port), '127.0.0.1');
    let answer = '';
    socket.setEncoding('utf8').on('data', chunk => (answer += String(chunk)));
    socket.write(`${head}\r\nExpect: 100-continue\r\n\r\n`);
    // The interim answer shows that the request has been accepted.
    await once(socket, 'data');
    const closed = Promise.all([served.close(), served.close()]);
    socket.write(body);
    await Promise.all([once(socket, 'close'), closed]);
    expect(answer).to.include('HTTP/1.1 201 Created').and.include('Connection: close').and.include('"userName":"ada"');
    expect(await fetch(served.url).catch(() => 'refused')).to.equal('refused');
  });

  it('closes at once with idle connections open', async () => {
    const served = await serve({ keepAliveTimeout: 600_000 });
    await (await fetch(`${served.url}/Users`)).text();
    await served.close();
  });

  for (const [what, text, status] of [
    ['bytes that are no HTTP', 'nonsense\r\n\r\n', '400 Bad Request'],
    [
      'headers past the limit',
      `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(5000)}\r\n\r\n`,
      '431 Request Header Fields Too Large',
    ],
  ] as const) {
    it(`answers ${what} with a SCIM error`, async () => {
      const served = await serve({ maxHeaderSize: 4000 });
      const answer = await talk(served.url, text);
      expect(answer)
        .to.match(new RegExp(`^HTTP/1\\.1 ${status}\r\n`))
        .and.include(`"status":"${status.slice(0, 3)}"`);
      await served.close();
    });
  }

  it('refuses a body that is announced too large without waiting for it', async () => {
    const served = await serve({ maxBodySize: 100 });
    const head = 'POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json';
    const answer = await talk(served.url, `${head}\r\nContent-Length: 101\r\n\r\n`);
    expect(answer)
      .to.match(/^HTTP\/1\.1 413 /)
      .and.include('100 bytes');
    await served.close();
  });

  it('refuses a body that is not UTF-8', async () => {
    const served = await serve();
    const body = JSON.stringify({ schemas: [USER], userName: 'ada', title: 'caf\u00e9' });
    const head = 'POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json';
    const request = Buffer.from(`${head}\r\nContent-Length: ${body.length}\r\n\r\n${body}`, 'latin1');
    expect(await talk(served.url, request))
      .to.match(/^HTTP\/1\.1 400 /)
      .and.include('invalidSyntax')
      .and.include('UTF-8');
    await served.close();
  });

  it('outlives a client that leaves in the middle of a body', async () => {
    const served = await serve();
    const socket = connect(Number(new URL(served.url).port), '127.0.0.1');
    socket.write(
      'POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{',
    );
    socket.end();
    await once(socket.resume(), 'close');
    expect((await fetch(`${served.url}/Users`)).status).to.equal(200);
    await served.close();
  });
});

describe('Settings', () => {
  for (const [what, settings, message] of [
    ['a limit of 0', { filterMaxResults: 0 }, 'filterMaxResults'],
    ['a limit that is no number', { maxDepth: Number.NaN }, 'maxDepth'],
    ['a base URL that is none', { baseUrl: 'scim.example.org' }, 'baseUrl'],
    ['a default way of paging that is off', { cursorPaging: false, defaultPaginationMethod: 'cursor' }, 'cursorPaging'],
    ['an only way of paging that is not the default', { indexPaging: false }, 'indexPaging'],
  ] as const satisfies readonly [string, Partial<BridgeSettings>, string][]) {
    it(`with ${what} are refused by name`, () => {
      expect(() => createBridge({ settings })).to.throw(RangeError, message);
    });
  }
});
