import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Verdict } from '../reports/record/index.ts';
import { inFolder, runCli } from './run-cli.ts';

import { deadServers, startServer } from './servers/plain-server.ts';

describe('a server that is dead', () => {
  for (const [name, listener] of Object.entries(deadServers)) {
    it(`gets a full report and no pass when it answers everything with ${name}`, async () => {
      const server = await startServer(listener);
      await inFolder(async folder => {
        const json = join(folder, 'report.json');
        const began = Date.now();
        const ended = await runCli([
          'conform',
          server.url,
          '--timeout',
          '1',
          '--out',
          folder,
          '--report',
          `json=${json}`,
        ]);
        const { verdicts } = JSON.parse(readFileSync(json, 'utf8')) as { verdicts: Verdict[] };
        expect(verdicts.length).to.be.greaterThan(20);
        expect(verdicts.filter(({ outcome }) => outcome === 'pass')).to.deep.equal([]);
        expect(verdicts.filter(({ outcome }) => outcome === 'error')).to.deep.equal([]);
        expect(ended.code, ended.err).to.be.oneOf([1, 3]);
        expect(Date.now() - began, 'milliseconds it took').to.be.lessThan(15_000);
      });
      await server.close();
    });
  }

  it('gets exit code 3 when nobody listens at all', async () => {
    const server = await startServer(() => undefined);
    await server.close();
    await inFolder(async folder => {
      const ended = await runCli(['conform', server.url, '--out', folder]);
      expect(ended.code, ended.err).to.equal(3);
    });
  });
});
