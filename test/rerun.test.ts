import { expect } from 'chai';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { defects } from '../conformance/proof/index.ts';
import { withReferenceBridge, type TargetSettings } from '../harness/index.ts';
import type { Hop } from '../scim/wire/message.ts';
import { inFolder, runCli } from './run-cli.ts';
import { serveBehind } from './servers/behind-hop.ts';

const FAULT = 'put-answers-204';
const CHECK = 'replace.status';

/** Requests that one check may cost in a run of its own, what is learnt before it included. */
const MOST_REQUESTS = 36;

describe('scimulator rerun', function () {
  this.timeout(120_000);

  /** A provider whose fault can be mended while it is there. */
  const onMendable = async (work: (url: string, token: string, mend: () => void) => Promise<void>) =>
    withReferenceBridge(async ({ baseUrl, credential }: TargetSettings) => {
      const defect = defects.find(({ id }) => id === FAULT)?.hop();
      let isMended = false;
      const hop: Hop = async (request, next) => (isMended || !defect ? next(request) : defect(request, next));
      const server = await serveBehind(baseUrl, hop);
      const token = credential.kind === 'bearer' ? credential.token : '';
      try {
        await work(server.url, token, () => (isMended = true));
      } finally {
        await server.close();
      }
    });

  const requestsOf = (folder: string): number => {
    const records = readdirSync(folder).map(name => join(folder, name, 'record.jsonl'));
    const [newest = ''] = records.sort((one, two) => statSync(two).mtimeMs - statSync(one).mtimeMs);
    const events = readFileSync(newest, 'utf8').trim().split('\n');
    return events.filter(line => (JSON.parse(line) as { kind: string }).kind === 'exchange').length;
  };

  it('runs again what was red last, until nothing is', async () => {
    await inFolder(async folder =>
      onMendable(async (url, token, mend) => {
        const rerun = async (...args: string[]) =>
          runCli(['rerun', ...args, '--token-env', 'T', '--out', folder], { T: token });
        const first = await rerun('replace.*', 'read.by-id', url);
        expect(first.code, first.err + first.out).to.equal(1);
        expect(first.out).to.include(CHECK);

        const again = await rerun('--last');
        expect(again.code, again.err).to.equal(1);
        expect(again.out).to.include(CHECK).and.not.include('read.by-id');

        mend();
        const mended = await rerun('--last');
        expect(mended.code, mended.err + mended.out).to.equal(0);
        expect(mended.out).to.match(/[1-9]\d* passed/);

        const nothing = await rerun('--last');
        expect(nothing.code, nothing.err).to.equal(0);
        expect(nothing.out).to.match(/left nothing red or open/);
      }),
    );
  });

  it(`costs at most ${MOST_REQUESTS} requests for one check`, async () => {
    await inFolder(async folder =>
      onMendable(async (url, token) => {
        const { code, err } = await runCli(['rerun', CHECK, url, '--token-env', 'T', '--out', folder], { T: token });
        expect(code, err).to.equal(1);
        expect(requestsOf(folder)).to.be.at.most(MOST_REQUESTS);
      }),
    );
  });
});
