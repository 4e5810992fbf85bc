import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { accountProfiles, accountWires } from '../bridge/index.ts';
import { commandTable } from '../cli/command-table.ts';
import { ACCOUNTS, FORMATS, LEVELS, PROFILES, WIRES } from '../cli/names.ts';
import { requirements, rules } from '../conformance/clauses/index.ts';
import { profiles } from '../conformance/index.ts';
import { checkLevels } from '../harness/choice.ts';
import { configSchema } from '../harness/config-schema.ts';
import type { Verdict } from '../reports/record/index.ts';
import { writers } from '../reports/writers/index.ts';
import { inProcess } from './in-process.ts';
import { inFolder, main, root, runCli, startCli } from './run-cli.ts';

describe('command line', () => {
  it('explains itself and every command, in 80 columns', async () => {
    for (const command of ['', ...commandTable.map(({ name }) => name), 'serve bridge', 'report diff']) {
      const { code, out } = await inProcess([...command.split(' ').filter(Boolean), '--help'], {}, { width: 80 });
      expect(code).to.equal(0);
      expect(out).to.include(`Usage: scimulator ${command}`.trimEnd()).and.to.include('--help');
      const wide = out.split('\n').filter(line => line.length > 80);
      expect(wide, command).to.deep.equal([]);
    }
  });

  it('has every name that its help tells in a table', () => {
    const writersKnown = [...writers.keys()];
    expect([...PROFILES].sort()).to.deep.equal(profiles.map(({ id }) => id).sort());
    expect([...FORMATS].sort()).to.deep.equal(writersKnown.sort());
    expect([...ACCOUNTS].sort()).to.deep.equal(Object.keys(accountProfiles).sort());
    expect([...LEVELS].sort()).to.deep.equal(Object.keys(checkLevels).sort());
    expect([...WIRES].sort()).to.deep.equal([...accountWires].sort());
    expect(configSchema.properties.profile.enum).to.deep.equal(PROFILES);
  });

  it('loads none of what it needs for work in order to explain itself', async () => {
    await inFolder(async folder => {
      const hook = join(folder, 'hook.mjs');
      const driver = join(folder, 'driver.mjs');
      const program = pathToFileURL(join(root, 'dist/cli/program.js')).href;
      // What is loaded is told by file descriptor: the hook has no standard streams of its own.
      writeFileSync(
        hook,
        `import { writeSync } from 'node:fs';
        export const load = (url, context, next) => (writeSync(2, url + '\\n'), next(url, context));`,
      );
      writeFileSync(
        driver,
        `import { register } from 'node:module';
        register(${JSON.stringify(pathToFileURL(hook).href)});
        const { main } = await import(${JSON.stringify(program)});
        const io = { out() {}, err() {}, env: {}, color: false, interactive: false };
        for (const line of process.argv.slice(2)) await main([...line.split(' ').filter(Boolean), '--help'], io);`,
      );
      const lines = ['', ...commandTable.map(({ name }) => name), 'serve bridge', 'serve all', 'report merge'];
      const { status, stderr } = spawnSync(process.execPath, [driver, ...lines], { encoding: 'utf8' });
      const loaded = stderr.split('\n').filter(url => url.startsWith('file:'));
      const packages = loaded.flatMap(url => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? []);
      expect(status, stderr).to.equal(0);
      expect([...new Set(packages)]).to.deep.equal(['commander']);
      const folders = loaded.flatMap(url => /\/dist\/(\w+)\//.exec(url)?.[1] ?? []);
      expect([...new Set(folders)].sort()).to.deep.equal(['cli', 'harness', 'text']);
    });
  });

  const mistakes: readonly [string, string[], RegExp][] = [
    ['a misspelt command', ['confrom', 'http://127.0.0.1/'], /unknown command.*\n.*conform/i],
    ['a misspelt flag', ['conform', 'http://127.0.0.1/', '--tokn-env', 'X'], /unknown option[^]*--token-env/],
    ['no URL', ['conform'], /name the base URL/],
    ['a URL that is none', ['conform', 'localhost:80'], /not a URL|neither http/],
    ['a token in the URL', ['conform', 'https://u:p@h/scim'], /--token-env/],
    ['a variable that is not set', ['conform', 'http://127.0.0.1/', '--token-env', 'NOT_SET'], /NOT_SET.*not set/],
    ['a variable that is empty', ['conform', 'http://127.0.0.1/', '--token-env', 'EMPTY'], /EMPTY.*empty/],
    [
      'a file that is not there',
      ['conform', 'http://127.0.0.1/', '--token-file', '/nowhere/token'],
      /\/nowhere\/token.*no such file/,
    ],
    [
      'two kinds of credential',
      ['conform', 'http://127.0.0.1/', '--token-env', 'T', '--basic-user', 'u'],
      /exclude each other/,
    ],
    ['half a pair', ['conform', 'http://127.0.0.1/', '--basic-user', 'u'], /--basic-password-env/],
    ['an OAuth id without a secret', ['conform', 'http://127.0.0.1/', '--oauth-client-id', 'u'], /--oauth-token-url/],
    ['a certificate without its key', ['conform', 'http://127.0.0.1/', '--cert', 'x.pem'], /belong together/],
    [
      'no consent off this machine',
      ['conform', 'https://scim.example/v2', '--token-env', 'T'],
      /scim\.example[^]*--yes/,
    ],
    ['no consent to play off this machine', ['play', 'all', '--target', 'https://scim.example/v2'], /--yes/],
    ['a profile that is none', ['conform', 'http://127.0.0.1:1/', '--profile', 'jumpclod'], /jumpclod[^]*jumpcloud/],
    [
      'a report format that is none',
      ['conform', 'http://127.0.0.1:1/', '--report', 'pdf=x'],
      /no format pdf; there are text, json, html/,
    ],
    ['a report without a file', ['conform', 'http://127.0.0.1:1/', '--report', 'json'], /format=file/],
    ['a story that is none', ['play', 'joinr'], /joinr[^]*did you mean joiner/],
    ['an identity provider that is none', ['play', 'joiner', '--idp', 'oktta'], /oktta/],
    ['a catalogue that is none', ['list', 'cheques'], /Allowed choices are clauses/],
    ['a seed that is no number', ['demo', '--seed', 'x'], /whole number from 0/],
    ['nobody to generate', ['demo', '--people', '0'], /whole number from 1/],
    ['a record that is not there', ['report', '/nowhere/record.jsonl'], /no such record/],
    ['a record that is none', ['report', 'package.json'], /package\.json is no record/],
    ['a run that is not known', ['clean', 'http://127.0.0.1:1/', '--run', 'ffffffff'], /no record of run ffffffff/],
    ['a server without a token', ['serve', 'bridge'], /--token-env[^]*--anonymous/],
    ['a token for an anonymous server', ['serve', 'bridge', '--anonymous', '--token-env', 'T'], /exclude each other/],
    ['a port that is none', ['serve', 'bridge', '--anonymous', '--port', '70000'], /whole number from 0 to 65535/],
  ];
  for (const [what, args, message] of mistakes) {
    it(`answers ${what} with exit code 2 and says what to do`, async () => {
      await inFolder(async folder => {
        const recording = /^(?:conform|play|demo|clean)$/.test(args[0] ?? '') ? ['--out', folder] : [];
        const { code, err } = await inProcess([...args, ...recording], { T: 'token', EMPTY: '' });
        expect(err).to.match(message);
        expect(err).not.to.match(/^\s+at /m);
        expect(code).to.equal(2);
      });
    });
  }

  it('lists every catalogue, for readers and as JSON', async () => {
    const sizes = { clauses: Object.keys(requirements).length, rules: Object.keys(rules).length };
    for (const what of ['clauses', 'rules', 'checks', 'defects', 'variants', 'scenarios', 'dialects']) {
      const { code, out } = await inProcess(['list', what]);
      const items = JSON.parse((await inProcess(['list', what, '--json'])).out) as unknown[];
      expect(code).to.equal(0);
      expect(out.trimEnd().split('\n'), what).to.have.lengthOf(items.length);
      if (what in sizes) expect(items).to.have.lengthOf(sizes[what as keyof typeof sizes]);
    }
  });

  it('makes reports from a record again, also from its folder', async () => {
    await inFolder(async folder => {
      expect((await inProcess(['play', 'joiner', '--out', folder])).code).to.equal(0);
      const [run] = readdirSync(folder);
      const path = join(folder, run ?? '');
      const fromFolder = await inProcess(['report', path, '--format', 'json']);
      const fromFile = await inProcess([
        'report',
        join(path, 'record.jsonl'),
        '--format',
        'json',
        '--output',
        join(folder, 'new/again.json'),
      ]);
      expect(fromFile.out).to.equal('');
      expect(readFileSync(join(folder, 'new/again.json'), 'utf8')).to.equal(fromFolder.out);
      expect((await inProcess(['report', path])).out).to.match(/\d+ passed/);
    });
  });

  it('refuses to clean another target than the run was made against', async () => {
    await inFolder(async folder => {
      mkdirSync(join(folder, 'abc'));
      const header = {
        kind: 'header',
        format: 1,
        run: 'abc',
        seed: 1,
        tool: '',
        command: '',
        target: 'http://127.0.0.1:1/a',
        profile: '',
        started: '',
        clauses: {},
        notes: [],
      };
      writeFileSync(join(folder, 'abc/record.jsonl'), `${JSON.stringify(header)}\n`);
      const { code, err } = await inProcess(['clean', 'http://127.0.0.1:2/a', '--run', 'abc', '--out', folder]);
      expect(code).to.equal(2);
      expect(err).to.include('http://127.0.0.1:1/a');
    });
  });
});

describe('the commands that scripts rely on', function () {
  this.timeout(120_000);

  it('`serve bridge` prints one line with the URL, serves SCIM there, and `conform` judges it clean', async () => {
    const env = { SERVE_TOKEN: 'token-of-the-serve-test' };
    const server = startCli(['serve', 'bridge', '--port', '0', '--token-env', 'SERVE_TOKEN'], env);
    const [line, url = ''] = await server.seen(/^.*(http:\/\/127\.0\.0\.1:\d+\/scim\/v2)\n/);
    expect(line.trim().split('\n')).to.have.lengthOf(1);
    await inFolder(async folder => {
      const json = join(folder, 'report.json');
      const ended = await runCli(
        ['conform', url, '--token-env', 'SERVE_TOKEN', '--strict', '--out', folder, '--report', `json=${json}`],
        env,
      );
      expect(ended.out).to.include('report.html');
      expect(ended.code, ended.out + ended.err).to.equal(0);
      const { verdicts } = JSON.parse(readFileSync(json, 'utf8')) as { verdicts: Verdict[] };
      expect(verdicts[0]).to.include.all.keys(
        'check',
        'case',
        'clause',
        'level',
        'outcome',
        'severity',
        'expected',
        'actual',
        'blockedBy',
        'exchanges',
      );
      expect(
        verdicts.filter(({ outcome }) => outcome === 'fail' || outcome === 'inconclusive' || outcome === 'error'),
      ).to.deep.equal([]);
    });
    const busy = await runCli(['serve', 'bridge', '--anonymous', '--port', new URL(url).port]);
    expect(busy.code).to.equal(2);
    expect(busy.err)
      .to.match(/port/)
      .and.not.to.match(/^\s+at /m);
    server.child.kill('SIGTERM');
    expect((await server.ended).code).to.equal(0);
  });

  it('go on when a reader has seen enough', () => {
    const { stdout, stderr } = spawnSync('sh', ['-c', `"${process.execPath}" "${main}" list clauses | head -n 1`], {
      encoding: 'utf8',
    });
    expect([stdout.trim().split('\n').length, stderr]).to.deep.equal([1, '']);
  });

  it('`demo` ends with exit code 0 and says what was generated, sent and judged, and where the report is', async () => {
    await inFolder(async folder => {
      const { code, out, err } = await runCli(['demo', '--out', folder]);
      expect(code, out + err).to.equal(0);
      expect(out)
        .to.match(/40 people/)
        .and.to.match(/pass/)
        .and.to.match(/report {2}.*report\.html/);
    });
  });
});
