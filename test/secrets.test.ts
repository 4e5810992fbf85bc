import { expect } from 'chai';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inFolder, runCli } from './run-cli.ts';
import { readable } from './readable.ts';
import { writers } from '../reports/writers/index.ts';

import { startServer } from './servers/plain-server.ts';

const SECRET = 'pl4nted/secret+with=odd "signs"';

/** A server that throws every secret it is sent back at the client, in every place and spelling. */
const echo = (status: number, body: (secret: string) => string) =>
  startServer((request, response) => {
    const sent = String(request.headers.authorization ?? request.headers['x-api-key'] ?? '');
    const secret = sent.replace(/^Bearer /, '');
    response.writeHead(status, {
      'content-type': 'application/scim+json',
      'x-echo': Buffer.from(secret).toString('base64'),
      'set-cookie': `session=${encodeURIComponent(secret)}`,
      'www-authenticate': `Bearer realm="${secret.replaceAll('"', '')}"`,
    });
    response.end(body(secret));
  });

const everyFile = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => readable(readFileSync(join(entry.parentPath, entry.name), 'utf8')));

describe('planted secrets', () => {
  const spellings = [
    SECRET,
    JSON.stringify(SECRET).slice(1, -1),
    Buffer.from(SECRET).toString('base64'),
    Buffer.from(SECRET).toString('base64url'),
    encodeURIComponent(SECRET),
    'hunter2-in-a-body',
  ];
  const bodies: readonly [string, (secret: string) => string][] = [
    [
      'JSON',
      s =>
        JSON.stringify({
          schemas: ['urn:x'],
          id: s,
          [s]: 1,
          nested: { password: 'hunter2-in-a-body' },
          url: encodeURIComponent(s),
        }),
    ],
    ['broken JSON', s => `{"id":"${JSON.stringify(s)}","password":"hunter2-in-a-body`],
    [
      'a SCIM error',
      s => JSON.stringify({ schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '400', detail: s }),
    ],
  ];
  const ways: readonly [string, string[]][] = [
    ['a bearer token', ['--token-env', 'S']],
    ['a header', ['--header-env', 'X-Api-Key=S']],
  ];
  for (const [what, body] of bodies) {
    for (const [way, flags] of ways) {
      it(`stand in no output when ${way} comes back in ${what}`, async () => {
        const server = await echo(what === 'a SCIM error' ? 400 : 201, body);
        await inFolder(async folder => {
          const reports = [...writers.keys()].flatMap(format => ['--report', `${format}=${join(folder, format)}`]);
          const ended = await runCli(['conform', server.url, ...flags, '--out', join(folder, 'out'), ...reports], {
            S: SECRET,
          });
          const outputs = [ended.out, ended.err, ...everyFile(folder)];
          expect(outputs.length).to.be.greaterThan(5);
          expect(outputs.some(text => text.includes('[redacted]'))).to.equal(true);
          for (const text of outputs) for (const spelling of spellings) expect(text).not.to.include(spelling);
        });
        await server.close();
      });
    }
  }

  it('are not shown in the message about a file that holds something else', async () => {
    await inFolder(async folder => {
      const file = join(folder, 'token');
      writeFileSync(file, `${SECRET}\nsecond line\n`);
      const ended = await runCli(['conform', 'http://127.0.0.1:9/', '--token-file', file, '--out', folder]);
      expect(ended.code).to.equal(2);
      expect(ended.err).to.include('line end').and.not.to.include(SECRET);
    });
  });
});
