import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { request as forward } from 'node:http';
import { createBridge, serveBridge } from '../bridge/index.ts';
import { fold, parseRecord } from '../reports/record/index.ts';
import { inFolder, onlyRecord, runCli, startCli } from './run-cli.ts';

import { startServer } from './servers/plain-server.ts';

const TOKEN = 'token-of-the-interrupt-test';
const env = { T: TOKEN };

/** The bridge behind a gate: `n` creates go through, and each later one is passed on with its answer kept back. */
async function heldBridge(n: number) {
  const { url, close } = await serveBridge(createBridge({ tokens: [TOKEN] }));
  let creates = 0;
  let isOpen = false;
  let reached = () => {};
  const full = new Promise<void>(resolve => (reached = resolve));
  const gate = await startServer((incoming, outgoing) => {
    const hold = !isOpen && incoming.method === 'POST' && ++creates > n;
    if (hold) reached();
    const { method, headers } = incoming;
    const path = incoming.url ?? '/';
    const onward = forward(new URL(path, url), { ...(method && { method }), headers }, answer => {
      if (hold) return void answer.resume();
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  const left = async () => {
    const count = async (endpoint: string) => {
      const response = await fetch(url + endpoint, { headers: { authorization: `Bearer ${TOKEN}` } });
      return ((await response.json()) as { totalResults: number }).totalResults;
    };
    return (await count('/Users')) + (await count('/Groups'));
  };
  return {
    url: gate.url,
    full,
    left,
    open: () => void (isOpen = true),
    close: async () => void (await Promise.all([gate.close(), close()])),
  };
}

describe('a run that is interrupted', () => {
  it('removes on Ctrl-C what it created, also what never got an answer, and still writes the report', async () => {
    const bridge = await heldBridge(5);
    await inFolder(async folder => {
      const run = startCli(['conform', bridge.url, '--token-env', 'T', '--out', folder], env);
      await bridge.full;
      expect(await bridge.left()).to.be.greaterThan(0);
      bridge.open();
      run.child.kill('SIGINT');
      const ended = await run.ended;
      expect(ended.code, ended.err).to.equal(130);
      expect(await bridge.left()).to.equal(0);
      const record = onlyRecord(folder);
      const { footer, verdicts } = fold(parseRecord(readFileSync(record, 'utf8')));
      expect(footer?.exitCode).to.equal(130);
      expect(footer?.leftBehind).to.deep.equal([]);
      expect(verdicts.length).to.be.greaterThan(20);
      expect(existsSync(join(dirname(record), 'report.html'))).to.equal(true);
    });
    await bridge.close();
  });

  it('leaves after kill -9 a record from which `clean` removes everything', async () => {
    const bridge = await heldBridge(5);
    await inFolder(async folder => {
      const run = startCli(['conform', bridge.url, '--token-env', 'T', '--out', folder], env);
      await bridge.full;
      run.child.kill('SIGKILL');
      await run.ended;
      bridge.open();
      const before = await bridge.left();
      expect(before).to.be.greaterThan(0);
      const record = onlyRecord(folder);
      const id = fold(parseRecord(readFileSync(record, 'utf8'))).header.run;
      const clean = ['clean', bridge.url, '--run', id, '--token-env', 'T', '--out', folder];
      const first = await runCli(clean, env);
      expect(first.out).to.include(`${before} removed, 0 left`);
      expect(first.code).to.equal(0);
      expect(await bridge.left()).to.equal(0);
      expect((await runCli(clean, env)).out).to.include('0 removed, 0 left');
    });
    await bridge.close();
  });
});
