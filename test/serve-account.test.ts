import { expect } from 'chai';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectControl } from '../scim/control-client.ts';
import { USER } from '../scim/message/urn.ts';
import { inFolder } from './in-folder.ts';
import { inProcess, served } from './in-process.ts';

const env = { TOKEN: 'scim-token', CONTROL: 'control-token' };
const account = ['serve', 'bridge', '--profile', 'hosted', '--token-env', 'TOKEN'];
const authorization = `Bearer ${env.TOKEN}`;

describe('serve bridge with an account', () => {
  it('serves it, and its control to a token of its own', async () => {
    const { code, err } = await served([...account, '--control-token-env', 'CONTROL'], env, async out => {
      const said = /^scimulator bridge ready at (\S+\/scim\/v2)\nscimulator control ready at (\S+)\n$/.exec(out);
      const [, scim = '', url = ''] = said ?? [];
      await fetch(`${scim}/Users`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/scim+json' },
        body: JSON.stringify({ schemas: [USER], userName: 'ada@x.example' }),
      });
      const { control, close } = await connectControl({ url, token: env.CONTROL });
      try {
        expect(await control.accept?.({ person: 'ada@x.example' })).to.include({ state: 'active' });
      } finally {
        await close();
      }
      expect((await fetch(`${url}/people`, { headers: { authorization } })).status).to.equal(401);
    });
    expect({ code, err }).to.deep.equal({ code: 0, err: '' });
  });

  it('has no control unless asked for, takes settings, and says where it is', async () => {
    const args = [...account, '--wire', 'observed', '--set', 'mountPaths=/bridge', '--set', 'patchAnswer=204'];
    await served(args, env, async out => {
      const [, url = ''] = /^scimulator bridge ready at (\S+\/bridge)\n$/.exec(out) ?? [];
      expect((await fetch(`${url}/Users`, { headers: { authorization } })).status).to.equal(200);
      expect((await fetch(new URL('/control', url), { headers: { authorization } })).status).to.equal(404);
    });
  });

  it('begins without provisioning where that is asked for, and the control sets it up', async () => {
    const args = [...account, '--not-set-up', '--domains', 'example.com', '--sign-in-host', 'acme.1password.com'];
    await served([...args, '--control-token-env', 'CONTROL'], env, async out => {
      const [, scim = '', url = ''] = /^\S+ bridge ready at (\S+)\n\S+ control ready at (\S+)\n$/.exec(out) ?? [];
      const users = async () => (await fetch(`${scim}/Users`, { headers: { authorization } })).status;
      expect(await users()).to.equal(401);
      const { control, close } = await connectControl({ url, token: env.CONTROL });
      try {
        expect(await control.setUp?.({ identityProvider: 'jumpcloud' })).to.include({ token: env.TOKEN });
        expect(await control.service?.()).to.deep.include({ hosted: 'on', beta: true, domains: ['example.com'] });
      } finally {
        await close();
      }
      expect(await users()).to.equal(200);
    });
  });

  const wrong: readonly [what: string, args: readonly string[], says: RegExp][] = [
    [
      'a control without an account',
      ['serve', 'bridge', '--token-env', 'TOKEN', '--control-token-env', 'CONTROL'],
      /--control-token-…: there is no account; say which with --profile/,
    ],
    [
      'settings without an account',
      ['serve', 'bridge', '--token-env', 'TOKEN', '--set', 'a=b'],
      /--set: there is no account/,
    ],
    [
      'a plan without an account',
      ['serve', 'bridge', '--token-env', 'TOKEN', '--plan', 'msp'],
      /--plan: there is no account; say which with --profile/,
    ],
    ['a plan that cannot be set up so', [...account, '--plan', 'msp'], /managed service provider .*--not-set-up/],
    ['a domain that is none', [...account, '--domains', 'x.example,@y.example'], /names such as .*"@y\.example"/],
    ['the same token for both', [...account, '--control-token-env', 'TOKEN'], /bearer token of its own/],
    ['a variable that is not set', [...account, '--control-token-env', 'NONE'], /--control-token-env NONE/],
    [
      'a profile that is none',
      ['serve', 'bridge', '--profile', 'hostd', '--token-env', 'TOKEN'],
      /self-hosted, hosted/,
    ],
    [
      'an account without a token',
      ['serve', 'bridge', '--profile', 'hosted', '--anonymous'],
      /--anonymous: a 1Password account asks for a token/,
    ],
    [
      'a setting that is none',
      [...account, '--set', 'patchAnser=204'],
      /no setting patchAnser \(did you mean patchAnswer\?\)/,
    ],
    ['a value that a setting does not take', [...account, '--set', 'patchAnswer=200x'], /patchAnswer takes 200, 204/],
  ];
  for (const [what, args, says] of wrong) {
    it(`refuses ${what}`, async () => {
      const { code, err } = await inProcess(args, env);
      expect(code).to.equal(2);
      expect(err).to.match(says).and.not.to.include(env.TOKEN);
    });
  }

  it('takes the token of the control from a file too', () =>
    inFolder(async folder => {
      const file = join(folder, 'token');
      writeFileSync(file, `${env.CONTROL}\n`);
      await served([...account, '--control-token-file', file], env, async out => {
        const [, url = ''] = /control ready at (\S+)\n$/.exec(out) ?? [];
        const answer = await fetch(url, { headers: { authorization: `Bearer ${env.CONTROL}` } });
        expect(answer.status).to.equal(200);
      });
    }));
});
