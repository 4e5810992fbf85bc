import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { freePort } from './free-port.ts';
import { main, root } from './run-cli.ts';

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly runs: {
    readonly steps: readonly { readonly run?: string; readonly env?: Readonly<Record<string, string>> }[];
  };
}

interface Release {
  readonly env: { readonly SCIM_TOKEN: string };
  readonly jobs: {
    readonly gate: {
      readonly steps: readonly {
        readonly name?: string;
        readonly uses?: string;
        readonly run?: string;
        readonly with?: Readonly<Record<string, string>>;
      }[];
    };
    readonly publish: { readonly needs: string };
  };
}

const text = readFileSync(join(root, '.github/actions/scimulator/action.yml'), 'utf8');
const { inputs, runs } = parse(text) as Action;
const [judge] = runs.steps;

describe('the GitHub action', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'action-'));
    const npx = join(folder, 'npx');
    writeFileSync(npx, `#!/bin/sh\nshift 2\nexec "${process.execPath}" "${main}" "$@"\n`);
    chmodSync(npx, 0o755);
  });
  after(() => rmSync(folder, { recursive: true }));

  /** Runs its step as a workflow would: inputs in the environment, the released package replaced by this one. */
  const act = (given: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}) => {
    const valueOf = (expression: string): string => {
      const name = /inputs\.([a-z-]+)/.exec(expression)?.[1] ?? '';
      expect(inputs, name).to.have.property(name);
      return given[name] ?? inputs[name]?.default ?? '';
    };
    const own = Object.fromEntries(Object.entries(judge?.env ?? {}).map(([name, value]) => [name, valueOf(value)]));
    return bash(judge?.run ?? '', { ...env, ...own });
  };

  /** A script as a step of a job runs it. */
  const bash = (script: string, env: Readonly<Record<string, string>>) => {
    const summary = join(folder, 'summary.md');
    const { status, stdout, stderr } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', script], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        ...process.env,
        NO_COLOR: '1',
        PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}`,
        GITHUB_STEP_SUMMARY: summary,
        ...env,
      },
    });
    return { status, stdout, stderr, summary: existsSync(summary) ? readFileSync(summary, 'utf8') : '' };
  };
  const TOKEN = 'the-token-nobody-may-see';
  const served = { url: '', token: TOKEN };
  const bridge = (port: number) => ({
    url: `http://127.0.0.1:${port}/scim/v2`,
    start: `TOKEN=${TOKEN} "${process.execPath}" "${main}" serve bridge --port ${port} --token-env TOKEN`,
  });

  it('starts the endpoint, judges it, and leaves summary and JUnit', async () => {
    const { status, stdout, stderr, summary } = act({ ...served, ...bridge(await freePort()), args: '--only read' });
    expect(stderr).to.match(/Passed: /);
    expect([status, stdout]).to.deep.equal([0, '']);
    expect(summary).to.match(/^## Passed/);
    expect(readFileSync(join(folder, 'scimulator-results/junit.xml'), 'utf8')).to.match(/<testsuite name="read"/);
  });

  it('gates the release of the bridge in this repository', async () => {
    const { env, jobs } = parse(readFileSync(join(root, '.github/workflows/release.yml'), 'utf8')) as Release;
    const { steps } = jobs.gate;
    const { with: given = {} } = steps.find(({ uses }) => uses === './.github/actions/scimulator') ?? {};
    expect(Object.keys(inputs)).to.include.members(Object.keys(given));
    expect(jobs.publish.needs).to.equal('gate');
    const port = String(await freePort());
    const here = (text: string): string =>
      text
        .replaceAll('8080', port)
        .replaceAll('node dist/cli/main.js', `${process.execPath} ${main}`)
        .replace('${{ env.SCIM_TOKEN }}', env.SCIM_TOKEN)
        .replace('.github/', join(root, '.github/'));
    const values = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, here(value)]));
    const gated = act({ ...values, args: '--only create' }, env);
    expect([gated.status, gated.stdout], gated.stderr).to.deep.equal([0, '']);
    expect(gated.summary).to.match(/^## Passed/m);
    const lifecycle = steps.find(({ name }) => name === 'Lifecycle')?.run ?? '';
    const played = bash(here(lifecycle).replace('play all', 'play joiner'), env);
    expect([played.status, played.stdout], played.stderr).to.deep.equal([0, '']);
  });

  it('fails the job on a failure, with an annotation, and shows the token nowhere', async () => {
    const flags = '--only read --max-response-time 1 --timeout 5';
    const slow = act({ ...served, ...bridge(await freePort()), args: flags });
    expect(slow.status).to.equal(1);
    expect(slow.stdout).to.match(/^::error title=run\.response-time::/m);
    expect(slow.stdout + slow.stderr + slow.summary).not.to.include(TOKEN);
  });
});
