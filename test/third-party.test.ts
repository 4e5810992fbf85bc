import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Verdict } from '../reports/record/index.ts';
import { inFolder, runCli } from './run-cli.ts';
import { scenarios } from '../scenarios/index.ts';
import { conform } from '../harness/index.ts';
import { startBetterAuth } from './servers/better-auth.ts';
import { startScimmy, type ThirdPartyServer } from './servers/scimmy.ts';

const TOKEN = 'token-of-the-third-party-test';

describe('a server that none of us wrote (scimmy + scimmy-routers)', function () {
  this.timeout(240_000);

  let server: ThirdPartyServer;
  beforeEach(async () => {
    server = await startScimmy(TOKEN);
  });
  afterEach(() => server.close());

  const run = (args: readonly string[]) =>
    inFolder(async folder => {
      const json = join(folder, 'report.json');
      const ended = await runCli([...args, '--token-env', 'T', '--out', folder, '--report', `json=${json}`], {
        T: TOKEN,
      });
      const { verdicts } = JSON.parse(readFileSync(json, 'utf8')) as { verdicts: Verdict[] };
      return { ended, verdicts };
    });
  const failed = (verdicts: readonly Verdict[]) =>
    verdicts.filter(({ outcome }) => outcome === 'fail').map(({ check }) => check);

  it('is judged over real HTTP: its true faults are found, nothing is left behind', async () => {
    const { ended, verdicts } = await run(['conform', server.url]);
    expect(ended.code, ended.err).to.equal(1);
    expect(verdicts.filter(({ outcome }) => outcome === 'error')).to.deep.equal([]);
    expect(failed(verdicts)).to.include.members([
      'create.location',
      'filter.user-name-other-case',
      'page.count',
      'auth.challenge',
    ]);
    expect(verdicts.filter(({ outcome }) => outcome === 'pass').length).to.be.greaterThan(10);
    // SCIMMY creates a group of a bulk request twice when it waits for a later bulkId, and never tells the first id.
    expect(server.left().users).to.equal(0);
    expect(server.left().groups).to.be.at.most(1);
  });

  it('is provisioned by the simulated JumpCloud', async () => {
    const { ended, verdicts } = await run(['play', 'all', '--target', server.url]);
    expect(ended.code, ended.err + ended.out).to.be.oneOf([0, 1]);
    expect(verdicts.filter(({ outcome }) => outcome === 'error')).to.deep.equal([]);
    expect(
      verdicts.filter(({ check, outcome }) => check.startsWith('joiner:') && outcome === 'pass'),
    ).not.to.deep.equal([]);
    // Each of these is looked into in docs/findings/scimmy-stories.md.
    const stories = new Set<string>(scenarios.map(({ id }) => id));
    const missed = verdicts.filter(({ outcome }) => outcome !== 'pass' && outcome !== 'not-applicable');
    const storyOf = (check: string): string => check.split(':')[0] ?? '';
    expect(missed.map(({ check }) => check).filter(check => stories.has(storyOf(check)))).to.deep.equal([
      'import-of-people-who-exist:7',
    ]);
    expect(missed.filter(({ outcome }) => outcome === 'fail').map(({ check }) => check)).to.deep.equal([
      'value.pairs-once',
    ]);
    expect(server.left()).to.deep.equal({ users: 0, groups: 0 });
  });
});

describe('another server that none of us wrote (the SCIM plugin of Better Auth)', function () {
  this.timeout(120_000);

  const token = 'token-of-another-third-party-test';
  let server: ThirdPartyServer;
  beforeEach(async () => {
    server = await startBetterAuth(token);
  });
  afterEach(() => server.close());

  it('is told what docs/findings/better-auth-scim.md has about making, reading and deleting, and no more', async () => {
    const target = { baseUrl: server.url, credential: { kind: 'bearer', token } } as const;
    const { run } = await conform(target, { choice: { only: ['create', 'read', 'delete'] } });
    const failed = run.verdicts.filter(({ outcome }) => !['pass', 'not-applicable', 'observed'].includes(outcome));
    expect(failed.map(({ check, severity }) => `${severity} ${check}`)).to.have.members([
      'failure create.names-other-case',
      'failure create.part-names-other-case',
      'failure create.unset',
      'failure create.unset-part',
      'warning create.external-id-shared',
      'warning read.id-encoded',
      'warning delete.re-create',
    ]);
    expect(server.left()).to.deep.equal({ users: 0, groups: 0 });
  });
});
