import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { VERSION } from '../harness/version.ts';
import { inFolder, root } from './run-cli.ts';

const npm = (args: readonly string[], cwd: string) =>
  execFileSync('npm', [...args], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** A team that tests code of its own: it calls JumpCloud, and what is bound there arrives in a 1Password account. */
const TEAM = `
import { setupServer } from 'msw/node';
import { simulateBridge, simulateJumpCloud } from 'scimulator/msw';

const bridge = simulateBridge({ token: 'sp', account: { profile: 'hosted' } });
const cloud = simulateJumpCloud({ apiKey: 'jca_key', provisionTo: bridge, manageGroups: true });
const server = setupServer(...cloud.handlers, ...bridge.handlers);
server.listen({ onUnhandledRequest: 'error' });

const call = async (method, path, body, key = 'jca_key') => {
  const headers = { 'x-api-key': key, 'content-type': 'application/json' };
  const response = await fetch('https://console.jumpcloud.com/api' + path, { method, headers, body: JSON.stringify(body) });
  const text = await response.text();
  return { status: response.status, body: text && JSON.parse(text) };
};
const accounts = async () => {
  const response = await fetch(bridge.baseUrl + '/Users', { headers: { authorization: 'Bearer sp' } });
  return (await response.json()).Resources.map(({ userName, active }) => [userName, active]);
};
const states = async () => (await bridge.control.people()).filter(({ address }) => address.startsWith('ada')).map(({ address, state }) => [address, state]);

const ada = await call('POST', '/systemusers', { username: 'ada', email: 'ada@orbital.example', firstname: 'Ada', lastname: 'L' });
const team = await call('POST', '/v2/usergroups', { name: 'Engineering' });
const { body: { results: [application] } } = await call('GET', '/applications');
await call('POST', '/v2/usergroups/' + team.body.id + '/members', { op: 'add', type: 'user', id: ada.body.id });
await call('POST', '/v2/usergroups/' + team.body.id + '/associations', { op: 'add', type: 'application', id: application.id });
await cloud.idle();
const held = await accounts();
await bridge.control.accept({ person: 'ada@orbital.example' });
const people = await states();
await call('PUT', '/systemusers/' + ada.body.id, { state: 'SUSPENDED' });
await cloud.idle();
const suspended = await states();
const { status: wrongKey } = await call('GET', '/systemusers', undefined, 'other');
server.close();
process.stdout.write(JSON.stringify({ status: team.status, accounts: held, people, suspended, wrongKey }));
`;

describe('package', function () {
  this.timeout(180_000);

  it('says the version that the command says', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    expect(VERSION).to.equal(version);
  });

  it('holds what is needed and nothing else, installs in an empty folder without scripts, and runs', async () => {
    await inFolder(async folder => {
      const [packed] = JSON.parse(npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], root)) as [
        { filename: string; files: { path: string }[] },
      ];
      const odd = packed.files
        .map(({ path }) => path)
        .filter(
          path =>
            !/^(?:dist\/.*\.(?:js|d\.ts)|schemas\/.*\.json|package\.json|README\.md|CHANGELOG\.md|LICENSE)$/.test(path),
        );
      expect(odd).to.deep.equal([]);
      expect(packed.files.some(({ path }) => /\.test\.|^dist\/(?:test|bench)\//.test(path))).to.equal(false);

      const empty = join(folder, 'empty');
      mkdirSync(empty);
      writeFileSync(join(empty, 'package.json'), JSON.stringify({ name: 'empty', private: true, type: 'module' }));
      npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', join(folder, packed.filename)], empty);
      const bin = join(empty, 'node_modules/.bin/scimulator');
      expect(execFileSync(bin, ['--version'], { encoding: 'utf8' }).trim()).to.equal(VERSION);
      const out = execFileSync(bin, ['demo', '--people', '5', '--out', join(folder, 'results')], {
        cwd: empty,
        encoding: 'utf8',
      });
      expect(out).to.include('report.html');
      const typed = `import { conform, reportSchema } from 'scimulator'; process.stdout.write(reportSchema.title && typeof conform);`;
      expect(
        execFileSync(process.execPath, ['--input-type=module', '-e', typed], { cwd: empty, encoding: 'utf8' }),
      ).to.equal('function');

      // The peer dependency comes from here, the rest from the package.
      symlinkSync(join(root, 'node_modules/msw'), join(empty, 'node_modules/msw'));
      writeFileSync(join(empty, 'team.test.mjs'), TEAM);
      const told = execFileSync(process.execPath, ['team.test.mjs'], { cwd: empty, encoding: 'utf8' });
      expect(JSON.parse(told)).to.deep.equal({
        status: 201,
        accounts: [
          ['owner@example.com', true],
          ['ada@orbital.example', true],
        ],
        people: [['ada@orbital.example', 'active']],
        suspended: [['ada@orbital.example', 'suspended']],
        wrongKey: 401,
      });
    });
  });

  it('has a runtime tree without install scripts and without native code', () => {
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<
        string,
        {
          dev?: boolean;
          devOptional?: boolean;
          optional?: boolean;
          hasInstallScript?: boolean;
          os?: string[];
          cpu?: string[];
        }
      >;
    };
    const runtime = Object.entries(lock.packages).filter(
      ([path, { dev, devOptional, optional }]) => path !== '' && !dev && !devOptional && !optional,
    );
    expect(runtime.length).to.be.greaterThan(20);
    expect(
      runtime.filter(([, { hasInstallScript, os, cpu }]) => hasInstallScript || os || cpu).map(([path]) => path),
    ).to.deep.equal([]);
  });
});
