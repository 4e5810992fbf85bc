import { expect } from 'chai';
import { isErrorMessage } from '../../scim/message/error.ts';
import { isObject } from '../../scim/message/list.ts';
import type { HttpResponse } from '../../scim/wire/message.ts';
import { answers, asks, body, groups, status, users, without, type RuleTest } from './rule-test.test.ts';
import { DAY, person, refused, TOKEN, type World } from './world.test.ts';

const mounts = { 'self-hosted': ['/', '/scim', '/scim/v2'], hosted: ['/scim/v2'] } as const;
const ask = async ({ at }: World, token: string | null, path = '/scim/v2'): Promise<number | undefined> =>
  (await at(path, token).list('/Users')).status;
const challenge = ({ headers }: HttpResponse): string | undefined => headers['www-authenticate'];
const HOUR = 3_600_000;

export const serviceRules: readonly RuleTest[] = [
  {
    rule: 'OP-1a',
    async prove(world, profile) {
      for (const path of mounts[profile]) expect(await ask(world, TOKEN, path), path).to.equal(200);
    },
    off: answers('GET', users, status(404)),
  },
  {
    rule: 'OP-1b',
    async prove(world, profile) {
      for (const path of mounts[profile]) {
        expect((await world.at(path).list('//Users')).status, path).to.equal(404);
      }
    },
    off: asks(request => ({ ...request, path: request.path.replace('//', '/') })),
  },
  {
    rule: 'OP-2',
    account: { signInHost: 'example.1password.com' },
    async prove(world) {
      expect(await world.asHost('other.example')).to.include({ status: 200 });
      const answer = await world.asHost('Example.1password.com');
      expect(answer.status).to.equal(404);
      expect(answer.type).not.to.include('json');
    },
  },
  {
    rule: 'OP-3a',
    async prove(world) {
      expect(await ask(world, TOKEN)).to.equal(200);
      expect((await world.scim.create('/Users', person('ada@x.example'))).status).to.equal(201);
    },
    off: asks(request => ({ ...request, headers: without(request.headers, 'authorization') })),
  },
  {
    rule: 'OP-3b',
    async prove(world) {
      for (const token of [null, 'wrong', ` ${TOKEN} x`]) {
        const answer = await world.at('/scim/v2', token).create('/Users', person('ada@x.example'));
        expect(answer.status, String(token)).to.equal(401);
        expect(isErrorMessage(answer.json)).to.equal(true);
        expect((await world.at('/scim/v2', token).list('/ServiceProviderConfig')).status).to.equal(401);
      }
      expect(await world.control.people()).to.have.length(1);
    },
    off: asks(request => ({ ...request, headers: { ...request.headers, authorization: `Bearer ${TOKEN}` } })),
  },
  {
    rule: 'OP-3c',
    async prove(world) {
      expect(challenge(await world.at('/scim/v2', 'wrong').list('/Users'))).to.match(/^Bearer\b/);
    },
    off: answers('GET', users, answer => ({ ...answer, headers: without(answer.headers, 'www-authenticate') })),
  },
  ...(['OP-4a', 'OP-4b'] as const).map((rule): RuleTest => ({
    rule,
    async prove(world, profile) {
      const off = profile === 'hosted' ? 403 : 500;
      await world.control.setProvisioning({ on: false });
      expect(await ask(world, TOKEN)).to.equal(off);
      const answer = await world.scim.create('/Users', person('ada@x.example'));
      expect(answer.status).to.equal(off);
      expect(isErrorMessage(answer.json)).to.equal(true);
      expect(await ask(world, 'wrong')).to.equal(401);
      expect(await world.control.people()).to.have.length(1);
      await world.control.setProvisioning({ on: true });
      expect(await ask(world, TOKEN)).to.equal(200);
    },
  })),
  {
    rule: 'OP-5a',
    async prove(world) {
      await world.control.regenerateToken();
      expect(await ask(world, TOKEN)).to.equal(401);
    },
  },
  {
    rule: 'OP-5b',
    async prove(world) {
      const { token } = await world.control.regenerateToken();
      expect(await ask(world, token)).to.equal(401);
      await world.control.restart();
      expect(await ask(world, token)).to.equal(200);
      expect(await ask(world, TOKEN)).to.equal(401);
    },
  },
  {
    rule: 'OP-6a',
    async prove(world) {
      expect(await refused(world.control.regenerateToken())).to.equal('409 OP-6a');
      expect(await ask(world, TOKEN)).to.equal(200);
    },
  },
  {
    rule: 'OP-6b',
    async prove(world) {
      await world.control.advance({ ms: 3653 * DAY });
      expect(await ask(world, TOKEN)).to.equal(200);
    },
  },
  {
    rule: 'OP-6c',
    async prove(world) {
      await world.control.turnOff();
      expect(await ask(world, TOKEN)).to.equal(401);
      const { token } = await world.control.setUp({});
      expect(await ask(world, TOKEN)).to.equal(401);
      expect(await ask(world, token)).to.equal(200);
    },
  },
  {
    rule: 'OP-7',
    async prove({ control }, profile) {
      const { id: by } = await control.addPerson({ address: 'eve@x.example' });
      if (profile === 'hosted') await control.turnOff();
      const act = profile === 'hosted' ? control.setUp : control.migrate;
      expect(await refused(act({ by }))).to.equal('403 OP-7');
      await control.setRole({ person: by, role: 'administrator' });
      expect(await refused(act({ by }))).to.equal('done');
    },
  },
  {
    rule: 'OP-8a',
    account: { setUp: false },
    async prove({ control }) {
      await control.addPerson({ address: 'eve@y.example' });
      await control.setDomains({ domains: ['example.com'] });
      expect(await refused(control.setUp({}))).to.equal('409 OP-8a');
      await control.setDomains({ domains: ['example.com', 'y.example'] });
      expect(await refused(control.setUp({}))).to.equal('done');
    },
  },
  {
    rule: 'OP-8b',
    account: { setUp: false },
    async prove({ control }) {
      await control.addPerson({ address: 'eve@gmail.com' });
      expect(await refused(control.setUp({}))).to.equal('409 OP-8b');
    },
  },
  {
    rule: 'OP-9',
    account: { setUp: false, plan: 'msp' },
    async prove({ control }) {
      expect(await refused(control.setUp({}))).to.equal('403 OP-9');
    },
  },
  {
    rule: 'OP-23b',
    async prove(world) {
      const { json } = await world.scim.list('/ServiceProviderConfig');
      expect(isObject(json) && json['changePassword']).to.deep.equal({ supported: false });
    },
    off: answers(
      'GET',
      /^\/Service/,
      body(json => ({ ...json, changePassword: { supported: true } })),
    ),
  },
  {
    rule: 'OP-48a',
    profiles: ['self-hosted'],
    async prove(world) {
      await world.control.migrate({ identityProvider: 'okta' });
      await world.control.advance({ ms: HOUR });
      for (const path of mounts['self-hosted']) expect(await ask(world, TOKEN, path), path).to.equal(500);
    },
  },
  {
    rule: 'OP-48b',
    profiles: ['self-hosted'],
    async prove(world) {
      await world.control.migrate({ identityProvider: 'okta' });
      await world.control.advance({ ms: HOUR });
      await world.control.turnOff();
      expect(await ask(world, TOKEN)).to.equal(500);
    },
  },
  {
    rule: 'OP-49a',
    profiles: ['self-hosted'],
    async prove(world) {
      const id = await world.join('ada@x.example');
      const connection = await world.control.migrate({ identityProvider: 'entra' });
      expect(connection.url).to.equal('/hosted/scim/v2');
      expect(connection.token).not.to.equal(TOKEN);
      await world.control.advance({ ms: HOUR });
      // Q16: ids stay.
      const answer = await world.connect(connection).read('/Users', id);
      expect(answer.status, answer.text).to.equal(200);
      expect(answer.json).to.include({ displayName: 'Ada Byron', preferredLanguage: 'en' });
    },
  },
  {
    rule: 'OP-49b',
    profiles: ['self-hosted'],
    async prove(world) {
      await world.control.migrate({ identityProvider: 'entra' });
      await world.control.advance({ ms: HOUR });
      expect(await ask(world, TOKEN, '/hosted/scim/v2')).to.equal(401);
    },
  },
  {
    rule: 'OP-50a',
    profiles: ['self-hosted'],
    async prove(world) {
      const { token, url } = await world.control.migrate({ identityProvider: 'entra' });
      await world.control.leavePage();
      await world.control.advance({ ms: HOUR });
      expect(await ask(world, token, url)).to.equal(200);
    },
  },
  {
    rule: 'OP-50b',
    profiles: ['self-hosted'],
    async prove(world) {
      const connection = await world.control.migrate({ identityProvider: 'entra' });
      const answer = await world.connect(connection).list('/Users');
      expect(answer.status).to.equal(503);
      expect(Number(answer.headers['retry-after'])).to.be.greaterThan(0);
    },
  },
  {
    rule: 'OP-51a',
    profiles: ['self-hosted'],
    async prove({ control }) {
      expect(await refused(control.migrate({ identityProvider: 'jumpcloud' }))).to.equal('403 OP-51a');
      expect(await refused(control.migrate({ identityProvider: 'entra' }))).to.equal('done');
    },
  },
  {
    rule: 'OP-51b',
    account: { setUp: false },
    profiles: ['hosted'],
    async prove({ control }) {
      expect(await refused(control.setUp({ identityProvider: 'jumpcloud' }))).to.equal('done');
    },
  },
  {
    rule: 'OP-52',
    async prove(world) {
      const id = await world.join('ada@x.example');
      expect(await refused(world.control.manageByCli({ person: id, act: 'suspend' }))).to.equal('403 OP-52');
      expect(await world.state(id)).to.equal('active');
    },
  },
  {
    rule: 'OP-53',
    profiles: ['self-hosted'],
    async prove(world) {
      const id = await world.join('ada@x.example');
      const connection = await world.control.migrate({ identityProvider: 'okta' });
      await world.control.advance({ ms: HOUR });
      await world.control.removeBridge();
      expect(await world.state(id)).to.equal('active');
      expect((await world.connect(connection).list('/Users')).status).to.equal(200);
    },
  },
  {
    rule: 'OP-54',
    async prove(world) {
      const filter = 'userName eq "0f8b0a1e-7b47-4c4e-9d43-3a0d7b2f6a11"';
      const { status: code, json } = await world.scim.list('/Users', { filter });
      expect(code).to.equal(200);
      expect(json).to.deep.include({ totalResults: 0, Resources: [] });
    },
    off: answers('GET', users, status(404)),
  },
  {
    rule: 'OP-55',
    async prove(world) {
      expect((await world.scim.list('/Users', { startIndex: 1, count: 2 })).status).to.equal(200);
      expect((await world.scim.list('/Groups', { startIndex: 1, count: 100 })).status).to.equal(200);
    },
    off: answers('GET', groups, status(400)),
  },
];
