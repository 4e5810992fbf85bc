import { expect } from 'chai';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judgeTraffic, type Part } from './judge-traffic.ts';
import { profileNamed } from './selection.ts';

describe('judging live traffic', () => {
  it('begins a new record when one is full, and sees bodies without a change to them', async () => {
    const out = mkdtempSync(join(tmpdir(), 'scimulator-'));
    const parts: Part[] = [];
    const judge = judgeTraffic({
      profile: profileNamed('rfc'),
      basePath: '/scim/v2',
      baseUrl: 'http://127.0.0.1/scim/v2',
      out,
      secrets: [],
      partOf: 2,
      onPart: part => parts.push(part),
    });
    const echo = createServer(
      judge.watch((request, response) => {
        response.setHeader('content-type', 'application/scim+json');
        request.pipe(response);
      }),
    ).listen(0, '127.0.0.1');
    await new Promise(resolve => echo.once('listening', resolve));
    const { port } = echo.address() as AddressInfo;
    try {
      for (const path of ['/scim/v2/Users', '/elsewhere', '/scim/v2/Users', '/scim/v2/Groups']) {
        const body = JSON.stringify({ displayName: `ü${path}` });
        const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body });
        expect(await answer.text()).to.equal(body);
      }
      await new Promise(resolve => echo.close(resolve));
      const last = judge.end();
      expect(parts.map(({ run }) => run.exchanges.size)).to.deep.equal([2]);
      expect([...last.run.exchanges.values()].map(({ request }) => [request.path, request.json])).to.deep.equal([
        ['/Groups', { displayName: 'ü/scim/v2/Groups' }],
      ]);
      expect(readdirSync(out)).to.have.length(2);
    } finally {
      echo.close();
      rmSync(out, { recursive: true, force: true });
    }
  });
});
