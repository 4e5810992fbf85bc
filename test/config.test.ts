import { expect } from 'chai';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configSchema } from '../harness/config-schema.ts';
import { withReferenceBridge } from '../harness/index.ts';
import { inFolder } from './in-folder.ts';
import { inProcess } from './in-process.ts';

const SECRET = 'the-token-nobody-may-see';
const URL = 'http://127.0.0.1:1/scim/v2';

describe('the settings of a run', () => {
  const file = `target:
  url: ${URL}
  tokenEnv: MY_TOKEN
  proxy: http://ada:${SECRET}@127.0.0.1:3128
profile: okta
concurrency: 2
rate: 7
start: API_TOKEN=abcdef serve --api-key fedcba --key ${SECRET}
baseline: known.yaml
skip:
  filter.ne: slow
templates:
  User: { password: opensesame }
`;
  interface Shown {
    readonly settings: readonly { readonly name: string; readonly value: string; readonly from: string }[];
    readonly unset: readonly string[];
  }

  /** What `--print-config` says, by name: the value, and where it comes from. */
  const printed = async (args: readonly string[], env: Record<string, string>, text = file) =>
    inFolder(async folder => {
      const config = join(folder, 'mine.yaml');
      writeFileSync(config, text);
      const { code, out, err } = await inProcess(
        ['conform', ...args, '--config', config, '--print-config', '--json'],
        env,
      );
      expect(code, err).to.equal(0);
      expect(out)
        .not.to.include(SECRET)
        .and.not.include('opensesame')
        .and.not.match(/abcdef|fedcba/);
      const { settings, unset } = JSON.parse(out) as Shown;
      const at = (name: string) => {
        const found = settings.find(setting => setting.name === name);
        return found && [found.value, found.from.replace(/^.*mine\.yaml/, 'file')];
      };
      return { at, unset, folder };
    });

  it('are those of the flags over the environment over the file, and each says where it comes from', async () => {
    const { at, unset, folder } = await printed(['--rate', '9'], {
      MY_TOKEN: SECRET,
      SCIMULATOR_RATE: '8',
      SCIMULATOR_CONCURRENCY: '3',
      SCIMULATOR_LARGE: 'true',
      SCIMULATOR_ONLY: 'read,filter.eq',
    });
    expect(at('url')).to.deep.equal([URL, 'file:2']);
    expect(at('rate')).to.deep.equal(['9', '--rate']);
    expect(at('concurrency')).to.deep.equal(['3', 'SCIMULATOR_CONCURRENCY']);
    expect(at('large')).to.deep.equal(['true', 'SCIMULATOR_LARGE']);
    expect(at('only')).to.deep.equal(['read, filter.eq', 'SCIMULATOR_ONLY']);
    expect(at('profile')).to.deep.equal(['okta', 'file:5']);
    expect(at('baseline')).to.deep.equal([join(folder, 'known.yaml'), 'file:9']);
    expect(at('skip')).to.deep.equal(['filter.ne=slow', 'file:11']);
    expect(at('timeout')).to.deep.equal(['10', 'default']);
    expect(at('tokenEnv')).to.deep.equal(['MY_TOKEN (set)', 'file:3']);
    expect(at('proxy')).to.deep.equal(['http://[redacted]@127.0.0.1:3128', 'file:4']);
    expect(unset).to.include('bail').and.not.include('rate');
  });

  it('give the credential of a file to the target of that file alone', async () => {
    expect((await printed(['http://127.0.0.1:2/other'], { MY_TOKEN: SECRET })).at('tokenEnv')).to.equal(undefined);
    expect((await printed(['--token-env', 'T2'], { T2: SECRET })).at('tokenEnv')).to.deep.equal([
      'T2 (set)',
      '--token-env',
    ]);
    const elsewhere = { MY_TOKEN: SECRET, SCIMULATOR_URL: 'http://127.0.0.1:2/other' };
    expect((await printed([], elsewhere)).at('tokenEnv')).to.equal(undefined);
  });

  it('are a table for readers, 80 columns wide', async () => {
    await inFolder(async folder => {
      const config = join(folder, 'mine.yaml');
      writeFileSync(config, file.replace(SECRET, 'x'));
      const { out } = await inProcess(['rerun', 'x', '--config', config, '--print-config'], {}, { width: 80 });
      expect(out)
        .to.match(/^tokenEnv .*:3 +MY_TOKEN \(not set\)$/m)
        .and.match(/^not set: /m);
    });
  });

  for (const [variable, text, message] of [
    ['SCIMULATOR_RATE', 'many', /SCIMULATOR_RATE: a number from .*--rate <per second>/],
    ['SCIMULATOR_FAIL_ON', 'failur', /SCIMULATOR_FAIL_ON: Allowed choices are failure, warning, never/],
    ['SCIMULATOR_GREP', '(', /SCIMULATOR_GREP: Invalid regular expression/],
    ['SCIMULATOR_CONFIG', '/no/such.yaml', /\/no\/such\.yaml: there is no such file; `scimulator init` writes one/],
  ] as const) {
    it(`are refused with the name of the variable: ${variable}=${text}`, async () => {
      const { code, err } = await inProcess(['conform', URL], { [variable]: text });
      expect([code, message.test(err)], err).to.deep.equal([2, true]);
    });
  }

  /** Each command that reaches an endpoint, with what else it asks for. */
  const reaching: readonly (readonly string[])[] = [
    ['doctor'],
    ['conform'],
    ['rerun', 'x'],
    ['play', 'joiner'],
    ['explore'],
    ['replay', 'x.har'],
    ['clean', '--run', 'x', URL],
    ['serve', 'directory'],
  ];

  it('are asked for in one way by every command that reaches an endpoint, and each member is one of theirs', async () => {
    await inFolder(async folder => {
      const config = join(folder, 'mine.yaml');
      const own = `{ url: ${URL}, tokenEnv: T, controlUrl: ${URL}/control, controlTokenEnv: C, account: hosted, token2Env: U }`;
      writeFileSync(config, `target: ${own}\nidp: okta\nprofile: okta\nseed: 4\n`);
      const known = new Set<string>();
      for (const command of reaching) {
        const { code, out, err } = await inProcess(
          [...command, '--config', config, '--print-config'],
          { SCIMULATOR_TOKEN2_KIND: 'other-tenant' },
          { width: 2000 },
        );
        expect(code, err).to.equal(0);
        const [table = '', unset = ''] = out.split('\nnot set: ');
        const rows = new Map(table.split('\n').map(row => [row.split(' ')[0] ?? '', row.split(/ {2,}/).slice(1)]));
        for (const name of [...rows.keys(), ...unset.trim().split(', ')]) known.add(name);
        expect(rows.get('config')?.join(' '), command[0]).to.match(/^--config .*mine\.yaml$/);
        expect(rows.get('url')?.[1], command[0]).to.equal(URL);
        expect(rows.get('tokenEnv')?.join(' '), command[0]).to.match(/mine\.yaml:1 T \(not set\)$/);
        expect(rows.get('token2Kind'), command[0]).to.deep.equal(['SCIMULATOR_TOKEN2_KIND', 'other-tenant']);
        if (command[0] === 'play') expect(rows.get('idp')?.[1]).to.equal('okta');
      }
      const { target, templates, ...plain } = configSchema.properties;
      const { url, ...ofTarget } = target.properties;
      for (const member of Object.keys({ ...plain, ...ofTarget })) expect([...known]).to.include(member);
      expect([templates.type, url.type]).to.deep.equal(['object', 'string']);
    });
  });

  it('of a control go together: a flag that names another leaves nothing of the one in the file', async () => {
    const text = `target: { url: ${URL}, tokenEnv: T, proxy: http://p, controlUrl: ${URL}/control, controlTokenEnv: C }\n`;
    const control = await printed(['--control-module', 'mine.mjs'], {}, text);
    expect(control.at('controlModule')).to.deep.equal(['mine.mjs', '--control-module']);
    expect(control.unset).to.include.members(['controlUrl', 'controlTokenEnv']);
    const token = await printed(['--control-token-file', '/x', '--token-file', '/y'], {}, text);
    expect(token.unset).to.include.members(['controlTokenEnv', 'tokenEnv']);
    expect(token.at('controlUrl')).to.deep.equal([`${URL}/control`, 'file:1']);
    // Another credential is still meant for the same target, and goes the same way to it.
    expect(token.at('proxy')).to.deep.equal(['http://p', 'file:1']);
  });

  it('can be none of a file', async () => {
    await inFolder(async folder => {
      writeFileSync(join(folder, 'mine.yaml'), file);
      const env = { SCIMULATOR_CONFIG: join(folder, 'mine.yaml'), MY_TOKEN: SECRET };
      const { out } = await inProcess(['conform', '--no-config', '--print-config'], env);
      expect(out)
        .to.match(/^config +--no-config +none$/m)
        .and.match(/^not set: [^]*tokenEnv/m);
    });
  });

  it('of a file hold for stories too, its control among them', async () => {
    await inFolder(async folder => {
      const config = join(folder, 'mine.yaml');
      writeFileSync(config, `target: { url: ${URL}, controlUrl: ${URL}/control, controlTokenEnv: NOT_SET }\n`);
      const { code, err } = await inProcess(['play', 'joiner', '--config', config, '--out', folder]);
      expect([code, err]).to.deep.equal([
        2,
        'scimulator: --control-token-env NOT_SET: that environment variable is not set\n',
      ]);
    });
  });

  it('hold for a run: what the file and the environment say is done', async () => {
    await withReferenceBridge(async ({ baseUrl, credential }) =>
      inFolder(async folder => {
        const config = join(folder, 'scimulator.yaml');
        writeFileSync(
          config,
          `target: { url: ${baseUrl}, tokenEnv: T }\nonly: [read]\nskip: { read.by-id: ticket 4 }\nmaxResponseTime: 600000\n`,
        );
        const { code, out, err } = await inProcess(['conform', '--config', config], {
          T: credential.kind === 'bearer' ? credential.token : '',
          SCIMULATOR_OUT: join(folder, 'out'),
          SCIMULATOR_JSON: 'true',
        });
        expect(code, err).to.equal(0);
        const { verdicts } = JSON.parse(out) as { verdicts: { check: string; reason: string }[] };
        const topics = new Set(verdicts.map(({ check }) => check.split('.')[0]));
        expect(topics.has('read') && topics.has('run') && !topics.has('filter')).to.equal(true);
        expect(verdicts.find(({ check }) => check === 'read.by-id')?.reason).to.equal('left out: ticket 4');
      }),
    );
  });
});
