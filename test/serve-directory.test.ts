import { expect } from 'chai';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inProcess, served as serving } from './in-process.ts';
import { inFolder } from './run-cli.ts';

const served = (args: readonly string[], work: (out: string) => Promise<void>) =>
  serving(args, { KEY: 'jca_key', TOKEN: 'bridge-token' }, work);

const total = async (url: string, headers: Record<string, string>) =>
  (await (await fetch(url, { headers })).json()) as Record<string, unknown>;

describe('serve directory and serve all', () => {
  it('print a line for each server when it is ready, and end with 0', async () => {
    const all = ['serve', 'all', '--api-key-env', 'KEY', '--token-env', 'TOKEN', '--people', '7', '--seed', '2'];
    const { code, out, err } = await served(all, async said => {
      const [, bridge = '', directory = ''] =
        /^scimulator bridge ready at (\S+\/scim\/v2)\nscimulator directory ready at (\S+)\n$/.exec(said) ?? [];
      const people = await total(`${directory}/api/systemusers`, { 'x-api-key': 'jca_key' });
      expect(people).to.have.property('totalCount', 7);
      expect(await total(`${bridge}/Users`, { authorization: 'Bearer bridge-token' })).to.have.property(
        'totalResults',
        0,
      );

      const toBridge = [
        'serve',
        'directory',
        '--target',
        bridge,
        '--token-env',
        'TOKEN',
        '--anonymous',
        '--people',
        '0',
      ];
      const inner = await served(toBridge, async said => {
        const [, url = ''] = /^scimulator directory ready at (\S+)\n$/.exec(said) ?? [];
        expect(await total(`${url}/api/systemusers`, {})).to.have.property('totalCount', 0);
      });
      expect(inner).to.include({ code: 0, err: '' });
    });
    expect(err).to.equal('');
    expect(code, out).to.equal(0);
  });

  it('take people from a file, all of them or nobody', async () => {
    await inFolder(async folder => {
      const file = join(folder, 'people.json');
      writeFileSync(file, JSON.stringify([{ username: 'ada', email: 'ada@orbital.example' }]));
      const args = ['serve', 'all', '--anonymous', '--inactive', '--import', file];
      await served(args, async said => {
        const url = /directory ready at (\S+)/.exec(said)?.[1] ?? '';
        expect(await total(`${url}/api/systemusers?fields=username`, {})).to.have.nested.property(
          'results[0].username',
          'ada',
        );
      });
      writeFileSync(file, JSON.stringify([{ username: 'ada', email: 'no address' }]));
      const { code, err } = await inProcess(args);
      expect(err).to.match(/nobody was imported; first mend\n\s+.*people\.json:1:\d+: email.*no address/);
      expect(code).to.equal(2);
    });
  });

  const target = ['--target', 'http://127.0.0.1:9/scim'];
  for (const [what, args, message] of [
    ['no API key', ['serve', 'all'], /--api-key-env or --api-key-file.*--anonymous/],
    ['a key and none', ['serve', 'all', '--anonymous', '--api-key-env', 'T'], /exclude each other/],
    ['a key that is not set', ['serve', 'all', '--api-key-env', 'NOT_SET'], /NOT_SET.*not set/],
    ['no target', ['serve', 'directory', '--anonymous'], /--target/],
    ['a target that is none', ['serve', 'directory', '--anonymous', '--target', 'x'], /not a URL/],
    [
      'a far target without consent',
      ['serve', 'directory', '--anonymous', '--target', 'https://scim.example'],
      /--yes/,
    ],
    ['people twice', ['serve', 'all', '--anonymous', '--people', '3', '--import', 'x.csv'], /exclude each other/],
    ['a file that is not there', ['serve', 'all', '--anonymous', '--import', '/nowhere/x.csv'], /cannot be read/],
    [
      'a setting that is none',
      ['serve', 'directory', '--anonymous', ...target, '--set', 'plainHtp=allow'],
      /plainHttp/,
    ],
    ['a setting of no form', ['serve', 'all', '--anonymous', '--set', 'plainHttp'], /name=value/],
    ['a value that it cannot have', ['serve', 'all', '--anonymous', '--set', 'plainHttp=yes'], /refuse or allow/],
    ['a server that is none', ['serve', 'bridgge'], /unknown command.*\n.*bridge/],
    ['a port that is none', ['serve', 'all', '--anonymous', '--bridge-port', '-1'], /whole number from 0/],
  ] as const) {
    it(`answer ${what} with exit code 2 and say what to do`, async () => {
      const { code, err } = await inProcess(args, { T: 'token' });
      expect(err).to.match(message);
      expect(err).not.to.match(/^\s+at /m);
      expect(code).to.equal(2);
    });
  }
});
