import { expect } from 'chai';
import { resourcesOf } from '../../scim/message/list.ts';
import { createBridge } from '../http/app.ts';
import type { AccountOptions, ProfileId } from './model.ts';
import { DAY, inWorld, person, refused, start, TOKEN, type World } from './world.test.ts';

const both: readonly ProfileId[] = ['self-hosted', 'hosted'];
const inEach = (says: string, prove: (world: World) => Promise<void>, account: Partial<AccountOptions> = {}): void => {
  for (const profile of both) {
    it(`${says} (${profile})`, () => inWorld({ account: { ...account, profile } }, prove));
  }
};

describe('the account as a whole', () => {
  const all = async ({ control, scim }: World): Promise<unknown> => [
    await control.people(),
    await control.groups(),
    await control.outbox(),
    await control.journal(),
    (await scim.list('/Users')).text,
    (await scim.list('/Groups')).text,
  ];

  inEach('comes back from a snapshot as it was, clock and all', async world => {
    const [ada, bob] = [await world.hire('ada@x.example'), await world.join('bob@x.example')];
    await world.push('Club', [ada, bob]);
    await world.control.addGroup({ name: 'Design', members: [ada] });
    await world.control.advance({ ms: DAY });
    const before = await all(world);
    const snapshot: unknown = JSON.parse(JSON.stringify(await world.control.snapshot()));
    await world.scim.remove('/Users', ada);
    await world.control.regenerateToken().catch(() => undefined);
    await world.control.advance({ ms: 5 * DAY });
    await world.control.selectGroups({ groups: ['Design'] });
    await world.control.restore({ snapshot: snapshot as never });
    expect(await all(world)).to.deep.equal(before);
    await world.control.advance({ ms: DAY });
    expect(await world.user(ada)).to.include({ active: true });
  });

  inEach('is reset to how it was made', async world => {
    await world.scim.list('/Users');
    await world.control.reset();
    await world.scim.list('/Users');
    const fresh = await all(world);
    await world.push('Club', [await world.join('ada@x.example')]);
    await world.control.advance({ ms: DAY });
    await world.control.reset();
    await world.scim.list('/Users');
    expect(await all(world)).to.deep.equal(fresh);
    expect(await world.control.advance({ ms: 0 })).to.deep.equal({ now: new Date(start).toISOString() });
  });

  it('lets people be when provisioning goes away (OP-27b)', () =>
    inWorld({ account: { profile: 'hosted' } }, async world => {
      const id = await world.join('ada@x.example');
      await world.control.turnOff();
      await world.control.advance({ ms: 365 * DAY });
      expect(await world.state(id)).to.equal('active');
      await world.control.changeOwnAddress({ person: id, address: 'king@x.example' });
    }));

  it('tells each mail and change with what explains it', () =>
    inWorld({ account: { profile: 'self-hosted' } }, async world => {
      const id = await world.join('ada@x.example');
      await world.patch('/Users', id, { op: 'replace', path: 'userName', value: 'king@x.example' });
      await world.scim.remove('/Users', id);
      const told = (await world.control.journal()).map(({ rule, cause, says }) => `${rule} ${cause}: ${says}`);
      expect(told.slice(3)).to.deep.equal([
        'OP-13c provisioning: ada@x.example: none to invited',
        'OP-13b provisioning: invitation to ada@x.example',
        'OP-15a person: ada@x.example: invited to pending',
        'P-CLIP administrator: ada@x.example: pending to active',
        'OP-32a provisioning: ada@x.example to king@x.example: proposed',
        'OP-32a provisioning: address-confirmation to king@x.example',
        'OP-28a provisioning: ada@x.example: active to suspended',
      ]);
      const numbers = (await world.control.journal()).map(({ number }) => number);
      expect(numbers).to.deep.equal(numbers.map((_, at) => at + 1));
    }));
});

describe('the migration to hosted provisioning (seed 004)', () => {
  it('keeps people, ids and groups, and lets go of what hosted must not manage', () =>
    inWorld({ account: { profile: 'self-hosted' } }, async world => {
      const [ada, bob] = [await world.join('ada@x.example'), await world.hire('bob@x.example', { externalId: 'b-1' })];
      await world.control.accept({ person: bob });
      const club = await world.push('Club', [ada, bob]);
      const rescue = await world.push('Rescue', [ada]);
      await world.control.setPermissions({ group: rescue, permissions: ['recover-accounts'] });
      const connection = await world.control.migrate({ identityProvider: 'okta' });
      expect((await world.scim.list('/Users')).status).to.equal(503);
      await world.control.advance({ ms: DAY });

      const hosted = world.connect(connection);
      const users = resourcesOf((await hosted.list('/Users')).json);
      expect(users.map(({ id }) => id)).to.include.members([ada, bob]);
      expect(users.find(({ id }) => id === bob)).to.include({ externalId: 'b-1', preferredLanguage: 'en' });
      expect(await world.state(bob)).to.equal('active');
      expect(resourcesOf((await hosted.list('/Groups')).json).map(({ id }) => id)).to.deep.equal([club]);
      expect((await world.control.groups()).map(({ name }) => name)).to.have.members([
        'Club',
        'Rescue',
        'Provision Managers',
      ]);
      // From here on the rules of hosted provisioning hold.
      const answer = await hosted.create('/Users', person('eve@x.example', { displayName: 'Eve of X' }));
      expect(answer.json).to.include({ displayName: 'Eve of X' });
      expect((await world.control.accept({ person: 'eve@x.example' })).state).to.equal('active');
      expect((await world.scim.list('/Users')).status).to.equal(500);
      expect((await world.at('/hosted/scim/v2', TOKEN).list('/Users')).status).to.equal(401);
    }));

  it('comes to the same in one leap of the clock as in many steps', async () => {
    const history = (steps: number) =>
      inWorld({ account: { profile: 'self-hosted' } }, async ({ control, hire }) => {
        await control.accept({ person: await hire('ada@x.example') });
        await control.migrate({});
        await hire('bob@x.example').catch(() => control.addPerson({ address: 'bob@x.example', state: 'invited' }));
        for (let step = 0; step < steps; step += 1) await control.advance({ ms: (3 * DAY) / steps });
        return control.journal();
      });
    const leap = await history(1);
    expect(leap.some(({ says }) => says.startsWith('reminder'))).to.equal(true);
    expect(await history(72)).to.deep.equal(leap);
  });

  it('is part of a snapshot, while it runs and when it is done', () =>
    inWorld({ account: { profile: 'self-hosted' } }, async world => {
      const connection = await world.control.migrate({});
      const running = await world.control.snapshot();
      await world.control.advance({ ms: DAY });
      const done = await world.control.snapshot();
      const ask = async () => (await world.connect(connection).list('/Users')).status;
      await world.control.restore({ snapshot: running });
      expect(await ask()).to.equal(503);
      await world.control.advance({ ms: DAY });
      expect(await ask()).to.equal(200);
      await world.control.reset();
      expect((await world.scim.list('/Users')).status).to.equal(200);
      await world.control.restore({ snapshot: done });
      expect(await ask()).to.equal(200);
    }));
});

describe('where provisioning stands', () => {
  const of = async ({ control }: World, ...acts: readonly (() => Promise<unknown>)[]) => {
    for (const act of acts) await act();
    return control.service();
  };

  it('is told over the life of a bridge and the migration, without any credential', () =>
    inWorld({ account: { profile: 'self-hosted', domains: ['example.com'] } }, async world => {
      const { control, scim } = world;
      const bridge = { profile: 'self-hosted', on: true, hosted: 'never', beta: false, domains: ['example.com'] };
      expect(await of(world)).to.deep.equal({ ...bridge, bridge: 'locked' });
      expect(await of(world, () => scim.list('/Users'))).to.deep.equal({ ...bridge, bridge: 'ready' });
      expect(await of(world, () => control.setProvisioning({ on: false }))).to.include({ on: false });
      const times = { startedAt: new Date(start).toISOString(), doneAt: new Date(start + 600_000).toISOString() };
      expect(await of(world, () => control.migrate({}))).to.deep.equal({
        ...bridge,
        on: false,
        bridge: 'ready',
        hosted: 'migrating',
        migration: { state: 'running', ...times, page: 'open' },
      });
      const done = await of(
        world,
        () => control.leavePage(),
        () => control.advance({ ms: 600_000 }),
      );
      const migration = { state: 'done', ...times, page: 'left' };
      expect(done).to.deep.include({ profile: 'hosted', hosted: 'on', bridge: 'refused', migration });
      expect(await of(world, () => control.removeBridge())).to.include({ bridge: 'none' });
      expect(await of(world, () => control.turnOff())).to.include({ hosted: 'off' });
      expect(await of(world, () => control.setUp({ identityProvider: 'jumpcloud' }))).to.include({ beta: true });
      expect(JSON.stringify(await of(world))).not.to.match(/token/i);
    }));

  it('is nothing yet for an account that is not set up, whoever may set it up', () =>
    inWorld({ account: { profile: 'hosted', setUp: false, plan: 'msp' } }, async ({ control, scim }) => {
      expect(await control.service()).to.include({ hosted: 'never', bridge: 'none' });
      expect((await scim.list('/Users')).status).to.equal(401);
      expect(await refused(control.setUp({}))).to.equal('403 OP-9');
    }));

  const odd: readonly [says: string, account: AccountOptions, message: RegExp][] = [
    ['a plan that has no hosted provisioning', { profile: 'hosted', plan: 'msp' }, /managed service provider.*setUp/],
    [
      'an owner of a domain that is not allowed',
      { profile: 'hosted', domains: ['x.example'], owner: { address: 'olivia@y.example' } },
      /Add these domains .* y\.example\..*setUp/,
    ],
    ['a domain that is none', { profile: 'self-hosted', domains: ['@x.example'] }, /names such as .*not "@x\.example"/],
    ['no domain', { profile: 'self-hosted', domains: [] }, /not an empty list/],
  ];
  for (const [says, account, message] of odd) {
    it(`is refused from the start with ${says}`, () => {
      expect(() => createBridge({ account, tokens: [TOKEN] })).to.throw(RangeError, message);
    });
  }
});

describe('Unlock with SSO on an account', () => {
  const provider = {
    do: 'connect',
    protocol: 'oidc',
    clientId: 'client-1',
    discovery: 'https://idp.example/.well-known/openid-configuration',
    roundTrip: 'succeeded',
  };

  inEach('follows groups, joining and the clock', async world => {
    const [ada, bob] = [await world.join('ada@x.example'), await world.hire('bob@x.example')];
    const club = await world.push('Club', [ada, bob]);
    const { control } = world;
    await control.setUnlock(provider);
    await control.setUnlock({ do: 'choose', value: 'selected-groups' });
    await control.setUnlock({ do: 'add-group', group: club, days: 5 });
    const asked = await control.unlock({ person: ada });
    expect(asked).to.include({ signIn: 'must-switch', deadline: new Date(start + 5 * DAY).toISOString() });
    await control.accept({ person: bob });
    expect(await control.unlock({ person: bob })).to.include({ signIn: 'sso' });
    await control.advance({ ms: 6 * DAY });
    expect(await control.unlock({ person: ada })).to.include({ signIn: 'needs-recovery' });
    const signedOut = (await control.journal()).find(({ says }) => says.includes('signed-out'));
    expect(signedOut).to.include({ at: new Date(start + 5 * DAY).toISOString(), rule: 'OP-84a' });
    expect(await refused(control.switchToSso({ person: ada }))).to.match(/^403/);
    if ((await control.people()).find(({ id }) => id === ada)?.state === 'active')
      await control.recover({ person: ada });
    await control.completeRecovery({ person: ada });
    expect(await control.unlock({ person: ada })).to.include({ signIn: 'sso' });
    await world.patch('/Groups', club, { op: 'remove', path: `members[value eq "${ada}"]` });
    expect(await control.unlock({ person: ada })).to.include({ signIn: 'account-password', covered: false });
  });
});
