import { expect } from 'chai';
import { resourcesOf } from '../../scim/message/list.ts';
import { GROUP } from '../../scim/message/urn.ts';
import { createBridge } from '../http/app.ts';
import type { AccountOptions, AccountSettings, ProfileId } from './model.ts';
import { profiles, settleAccount } from './profiles.ts';
import { inWorld, person, refusal, TOKEN, type World } from './world.test.ts';

interface SettingTest {
  readonly set: Partial<AccountSettings>;
  readonly profile: ProfileId;
  readonly says: string;
  readonly account?: Partial<AccountOptions>;
  readonly prove: (world: World) => Promise<void>;
}

const move = (world: World, id: string, value: string) =>
  world.patch('/Users', id, { op: 'replace', path: 'userName', value });

const tests: readonly SettingTest[] = [
  {
    set: { mountPaths: ['/provisioning'] },
    profile: 'hosted',
    says: 'serves elsewhere',
    async prove({ at }) {
      const answer = await at('/provisioning').list('/Users');
      expect(answer.text).to.include('/provisioning/Users/');
      expect((await at('/scim/v2').list('/Users')).status).to.equal(404);
    },
  },
  {
    set: { invitedDeprovision: 'remove' },
    profile: 'hosted',
    says: 'removes somebody who never joined',
    async prove(world) {
      const id = await world.hire('ada@x.example');
      await world.scim.remove('/Users', id);
      expect((await world.scim.read('/Users', id)).status).to.equal(404);
    },
  },
  {
    set: { deleteSemantics: 'remove' },
    profile: 'hosted',
    says: 'removes somebody for good with DELETE',
    async prove(world) {
      const id = await world.join('ada@x.example');
      await world.scim.remove('/Users', id);
      expect((await world.scim.read('/Users', id)).status).to.equal(404);
      expect(await world.state(id)).to.equal(undefined);
    },
  },
  {
    set: { externalIdPolicy: 'client' },
    profile: 'self-hosted',
    says: 'shows what the client sent',
    async prove(world) {
      expect(await world.user(await world.hire('ada@x.example', { externalId: 'e-1' }))).to.include({
        externalId: 'e-1',
      });
      expect(await world.user(await world.hire('bob@x.example'))).not.to.have.property('externalId');
    },
  },
  {
    set: { externalIdPolicy: 'empty' },
    profile: 'self-hosted',
    says: 'shows no externalId, and is found by it all the same (Q12)',
    async prove(world) {
      const id = await world.hire('ada@x.example', { externalId: 'e-1' });
      expect(await world.user(id)).not.to.have.property('externalId');
      expect(await world.find('/Users', 'externalId eq "e-1"')).to.deep.equal([id]);
    },
  },
  {
    set: { nameSource: 'displayName' },
    profile: 'self-hosted',
    says: 'takes the name from displayName',
    async prove(world) {
      const id = await world.hire('ada@x.example', { displayName: 'Countess of Lovelace' });
      expect(await world.user(id)).to.include({ displayName: 'Countess of Lovelace' });
    },
  },
  {
    set: { listOrder: 'rotating' },
    profile: 'hosted',
    says: 'gives users in another order with each call, groups in one',
    async prove(world) {
      for (const name of ['ada', 'bob']) await world.hire(`${name}@x.example`);
      for (const name of ['A', 'B']) await world.push(name);
      const order = async (endpoint: string): Promise<string> =>
        resourcesOf((await world.scim.list(endpoint)).json)
          .map(({ id }) => id)
          .join();
      const orders = [await order('/Users'), await order('/Users'), await order('/Users')];
      expect(new Set(orders).size).to.equal(3);
      expect(await order('/Users')).to.equal(orders[0]);
      expect(await order('/Groups')).to.equal(await order('/Groups'));
    },
  },
  {
    set: { patchAnswer: 204 },
    profile: 'hosted',
    says: 'answers a PATCH without a body',
    async prove(world) {
      const id = await world.hire('ada@x.example');
      const answer = await world.patch('/Users', id, { op: 'replace', path: 'displayName', value: 'Ada King' });
      expect([answer.status, answer.text]).to.deep.equal([204, '']);
      expect(await world.user(id)).to.include({ displayName: 'Ada King' });
    },
  },
  {
    set: { unsupportedFilter: 'empty' },
    profile: 'hosted',
    says: 'finds nothing with a filter that is not supported',
    async prove(world) {
      await world.hire('ada@x.example');
      for (const filter of ['title eq "x"', 'userName co "a"', 'userName pr', 'not (userName eq "x")']) {
        expect(await world.find('/Users', filter), filter).to.deep.equal([]);
      }
    },
  },
  {
    set: { pendingEmailLookup: true },
    profile: 'hosted',
    says: 'finds somebody by the address that waits',
    async prove(world) {
      const id = await world.join('ada@x.example');
      await move(world, id, 'king@x.example');
      for (const address of ['King@x.example', 'ada@x.example']) {
        expect(await world.find('/Users', `userName eq "${address}"`), address).to.deep.equal([id]);
      }
    },
  },
  {
    set: { domainViolation: 'silent' },
    profile: 'hosted',
    says: 'takes a foreign address without effect',
    account: { domains: ['x.example'] },
    async prove(world) {
      const id = await world.join('ada@x.example');
      const mails = await world.mails();
      expect((await move(world, id, 'ada@y.example')).json).to.include({ userName: 'ada@x.example' });
      expect((await world.scim.create('/Users', person('bob@y.example'))).status).to.equal(201);
      expect(await world.mails()).to.deep.equal(mails);
    },
  },
  {
    set: { provisioningOff: 403 },
    profile: 'self-hosted',
    says: 'answers 403 while provisioning is off',
    async prove(world) {
      await world.control.setProvisioning({ on: false });
      expect((await world.scim.list('/Users')).status).to.equal(403);
    },
  },
  {
    set: { duplicateGroup: 409 },
    profile: 'self-hosted',
    says: 'refuses a second group of one name',
    async prove(world) {
      await world.control.addGroup({ name: 'Design' });
      const answer = await world.scim.create('/Groups', { schemas: [GROUP], displayName: 'Design' });
      expect(refusal(answer)).to.equal('409 uniqueness');
      await world.push('design');
    },
  },
  {
    set: { confirmationIntervalSeconds: 30 },
    profile: 'self-hosted',
    says: 'confirms more often',
    async prove(world) {
      const id = await world.hire('ada@x.example');
      await world.control.accept({ person: id });
      await world.control.advance({ ms: 30_000 });
      expect(await world.state(id)).to.equal('active');
    },
  },
  {
    set: { publicDomains: ['y.example'] },
    profile: 'hosted',
    says: 'refuses addresses that anybody can have',
    async prove(world) {
      expect(refusal(await world.scim.create('/Users', person('ada@Y.example')))).to.equal('400 invalidValue');
      await world.hire('ada@gmail.com');
    },
  },
  {
    set: { cliWithHosted: 'allow' },
    profile: 'hosted',
    says: 'lets people be managed with the command-line tool',
    async prove(world) {
      const id = await world.join('ada@x.example');
      expect((await world.control.manageByCli({ person: id, act: 'suspend' })).state).to.equal('suspended');
    },
  },
];

describe('settings of an account', () => {
  for (const { set, profile, says, account, prove } of tests) {
    const [name = ''] = Object.keys(set);
    it(`${name}: ${says}`, () => inWorld({ account: { ...account, profile, settings: set } }, prove));

    it(`${name}: does otherwise by default`, async () => {
      const fails = await inWorld({ account: { ...account, profile } }, prove).then(
        () => false,
        () => true,
      );
      expect(fails).to.equal(true);
    });
  }

  it('are all tried but the one that only the wire shows', () => {
    const tried = new Set(tests.flatMap(({ set }) => Object.keys(set)));
    expect(Object.keys(profiles.hosted.settings).filter(name => !tried.has(name))).to.deep.equal(['emptyFieldStyle']);
  });

  const wrong: readonly [string, object, string][] = [
    ['a profile', { profile: 'other' }, 'there is no profile other; the profiles are self-hosted and hosted'],
    ['a name', { profile: 'hosted', settings: { mountPath: ['/'] } }, 'an account has no setting mountPath'],
    [
      'a word',
      { profile: 'hosted', settings: { listOrder: 'random' } },
      'listOrder takes stable, rotating, not random',
    ],
    ['an interval', { profile: 'hosted', settings: { confirmationIntervalSeconds: 29 } }, 'at least 30, not 29'],
    [
      'a path',
      { profile: 'hosted', settings: { mountPaths: ['scim'] } },
      'takes paths such as / and /scim/v2, not scim',
    ],
    ['no path', { profile: 'hosted', settings: { mountPaths: [] } }, 'not an empty list'],
  ];
  for (const [what, options, message] of wrong) {
    it(`refuse ${what} that there is not`, () => {
      expect(() => settleAccount(options as AccountOptions)).to.throw(RangeError, message);
    });
  }

  it('leave an account one token and its own resource types', () => {
    const account = { profile: 'hosted' } as const;
    for (const more of [{}, { tokens: [] }, { tokens: ['a', 'b'] }, { tokens: ['a'], readOnlyTokens: ['b'] }]) {
      expect(() => createBridge({ account, ...more })).to.throw(TypeError, 'one bearer token');
    }
    expect(() => createBridge({ account, tokens: [TOKEN], resourceTypes: [] })).to.throw(TypeError, 'resourceTypes');
  });
});
