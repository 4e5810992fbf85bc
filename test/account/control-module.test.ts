import { expect } from 'chai';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inFolder } from '../in-folder.ts';
import { inProcess, served } from '../in-process.ts';

const env = { TOKEN: 'scim-token', CONTROL: 'secret-of-the-other-side' };
const account = ['serve', 'bridge', '--profile', 'hosted', '--token-env', 'TOKEN', '--control-token-env', 'CONTROL'];
const example = fileURLToPath(new URL('../../docs/control-module.mjs', import.meta.url));

/** Checks that take a control, each another act of it. */
const controlled = ['leaver-suspended', 'deleted-for-good', 'address-confirmed', 'selected-group'].map(
  name => `onepassword.${name}`,
);

interface Judged {
  readonly check: string;
  readonly outcome: string;
  readonly reason: string;
  readonly blockedBy: string;
  readonly acts?: readonly string[];
}

/** Runs a command line against a target, and gives its verdicts. */
const judged = (args: readonly string[]): Promise<{ code: number | null; verdicts: readonly Judged[]; told: string }> =>
  inFolder(async folder => {
    const file = join(folder, 'report.json');
    const all = [...args, '--token-env', 'TOKEN', '--out', folder, '--report', `json=${file}`];
    const { code, out, err } = await inProcess(all, env);
    const { verdicts } = JSON.parse(readFileSync(file, 'utf8')) as { verdicts: readonly Judged[] };
    return { code, verdicts, told: out + err };
  });
const conform = (url: string, ...more: readonly string[]): readonly string[] => [
  'conform',
  url,
  '--profile',
  '1password-hosted',
  '--only',
  controlled.join(','),
  ...more,
];
const outcomes = (verdicts: readonly Judged[]): readonly string[] =>
  verdicts.filter(({ check }) => controlled.includes(check)).map(({ check, outcome }) => `${check} ${outcome}`);

describe('a control of the account behind a target', function () {
  this.timeout(60_000);

  /** Does something with a served account. */
  const withAccount = (work: (scim: string, control: string) => Promise<void>) =>
    served(account, env, async out => {
      const [, scim = '', control = ''] = /^\S+ bridge ready at (\S+)\n\S+ control ready at (\S+)\n$/.exec(out) ?? [];
      await work(scim, control);
    });

  it('is that of a module, as the documentation has one: checks and stories act through it', () =>
    withAccount(async (scim, url) => {
      Object.assign(process.env, { ACCOUNT_URL: url, ACCOUNT_TOKEN: env.CONTROL });
      const { code, verdicts, told } = await judged(conform(scim, '--control-module', example));
      expect(code, told).to.equal(0);
      expect(outcomes(verdicts)).to.have.members(controlled.map(check => `${check} pass`));
      const leaver = verdicts.find(({ check }) => check === 'onepassword.leaver-suspended');
      expect(leaver).to.deep.include({ acts: ['accept'], reason: 'done on the account: accept' });

      const story = ['play', 'leaver-who-joined', 'invited-and-accepted', '--account', 'hosted', '--target', scim];
      const played = await judged([...story, '--control-module', example]);
      expect(played.code, played.told).to.equal(0);
      const found = played.verdicts.filter(({ check }) => /^(?:leaver-who-joined|invited-and-accepted):/.test(check));
      expect(found.filter(({ outcome }) => outcome === 'pass').length).to.be.at.least(4);
      // The example has no hands on the clock.
      expect(found.map(({ reason }) => reason)).to.include('the control of the target has no advance');
    }));

  it('is a control API that is named by its address', () =>
    withAccount(async (scim, url) => {
      const api = ['--control-url', url, '--control-token-env', 'CONTROL'];
      const { code, verdicts, told } = await judged(conform(scim, ...api));
      expect(code, told).to.equal(0);
      expect(outcomes(verdicts)).to.have.members(controlled.map(check => `${check} pass`));
    }));

  it('is not needed: what takes one is not applicable, and says so', () =>
    withAccount(async scim => {
      const { code, verdicts } = await judged(conform(scim, '--only', 'onepassword.invites'));
      expect(code).to.equal(0);
      expect(outcomes(verdicts)).to.have.members(controlled.map(check => `${check} not-applicable`));
      expect(verdicts.map(({ reason }) => reason).join()).to.match(
        /none was given \(--control-module or --control-url\)/,
      );
    }));

  it('is left alone by a run that changes nothing', () =>
    withAccount(async (scim, url) => {
      const journal = async () =>
        (await fetch(`${url}/journal`, { headers: { authorization: `Bearer ${env.CONTROL}` } })).text();
      const before = await journal();
      const api = ['--control-url', url, '--control-token-env', 'CONTROL', '--read-only', '--only', 'onepassword.base'];
      const { verdicts } = await judged(conform(scim, ...api));
      expect(outcomes(verdicts)).to.have.members(controlled.map(check => `${check} not-applicable`));
      expect(await journal()).to.equal(before);
    }));

  it('blocks what it was needed for when it fails, and says what it said', () =>
    inFolder(folder =>
      withAccount(async scim => {
        const file = join(folder, 'broken.mjs');
        writeFileSync(file, `export const control = { async accept() { throw new Error('no way in') } };`);
        const { code, verdicts } = await judged(
          conform(scim, '--only', 'onepassword.invites', '--control-module', file),
        );
        expect(code).to.equal(1);
        const leaver = verdicts.find(({ check }) => check === 'onepassword.leaver-suspended');
        expect(leaver).to.include({ outcome: 'inconclusive', blockedBy: 'control' });
        expect(leaver?.reason).to.equal(`accept: ${file}: accept failed: no way in`);
      }),
    ));

  const target = 'http://127.0.0.1:1/scim/v2';
  const play = ['play', 'leaver-who-joined', '--target', target];
  const wrong: readonly [what: string, args: readonly string[], says: RegExp][] = [
    ['a module that is not there', [...play, '--control-module', 'none.mjs'], /none\.mjs: there is no such file/],
    [
      'a module without a control, before anything is sent',
      ['conform', target, '--control-module', fileURLToPath(new URL('../in-folder.ts', import.meta.url))],
      /in-folder\.ts: has to export "control"; it exports inFolder/,
    ],
    ['a module and an address', [...play, '--control-module', example, '--control-url', target], /exclude each other/],
    ['a token without an address', [...play, '--control-token-env', 'CONTROL'], /--control-url/],
    ['an address without a token', [...play, '--control-url', target], /--control-token-env or .* is missing/],
    [
      'an address that is none',
      [...play, '--control-url', 'nowhere', '--control-token-env', 'CONTROL'],
      /"nowhere" is not a URL/,
    ],
    [
      'an address where nothing answers',
      [...play, '--control-url', 'http://127.0.0.1:1/control', '--control-token-env', 'CONTROL'],
      /http:\/\/127\.0\.0\.1:1\/control does not answer/,
    ],
    ['a control of our own bridge', ['play', 'leaver-who-joined', '--control-module', example], /without --target/],
    [
      'a control in a second run too',
      ['rerun', 'onepassword.base', target, '--control-module', 'none.mjs'],
      /no such file/,
    ],
  ];
  for (const [what, args, says] of wrong) {
    it(`refuses ${what}`, () =>
      inFolder(async folder => {
        const { code, err } = await inProcess([...args, '--out', folder], env);
        expect(err).to.match(says).and.not.to.include(env.CONTROL);
        expect(code).to.equal(2);
      }));
  }
});
