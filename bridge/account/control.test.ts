import { expect } from 'chai';
import type { Control } from '../../scim/target.ts';
import type { AccountOptions, ProfileId } from './model.ts';
import { DAY, inWorld, person, refused, start, type World } from './world.test.ts';

const both: readonly ProfileId[] = ['self-hosted', 'hosted'];
const inEach = (says: string, prove: (world: World) => Promise<void>, account: Partial<AccountOptions> = {}): void => {
  for (const profile of both) {
    it(`${says} (${profile})`, () => inWorld({ account: { ...account, profile } }, prove));
  }
};
const groupOf = async (world: World, id: string) => (await world.control.groups()).find(group => group.id === id);

describe('what is done to people by hand', () => {
  inEach('takes a person through recovery', async world => {
    const id = await world.join('ada@x.example');
    expect((await world.control.recover({ person: id })).state).to.equal('recovery');
    expect(await world.user(id)).to.include({ active: true });
    expect((await world.control.completeRecovery({ person: id })).state).to.equal('active');
  });

  it('confirms and turns away people who wait', () =>
    inWorld({ account: { profile: 'self-hosted' } }, async world => {
      for (const name of ['ada', 'bob']) await world.control.accept({ person: await world.hire(`${name}@x.example`) });
      expect((await world.control.confirm({ person: 'ada@x.example' })).state).to.equal('active');
      await world.control.reject({ person: 'bob@x.example' });
      expect(await world.find('/Users', 'userName eq "bob@x.example"')).to.deep.equal([]);
    }));

  inEach('reactivates nobody while provisioning is on (C143188)', async world => {
    const id = await world.join('ada@x.example');
    await world.control.suspend({ person: id });
    expect(await world.user(id)).to.include({ active: false });
    expect(await refused(world.control.reactivate({ person: id }))).to.equal('403 C143188');
    await world.control.setProvisioning({ on: false });
    expect((await world.control.reactivate({ person: id })).state).to.equal('active');
  });

  inEach('never leaves the account without an active owner', async world => {
    const [owner] = await world.control.people();
    const id = owner?.id ?? '';
    expect((await world.patch('/Users', id, { op: 'replace', path: 'active', value: false })).status).to.equal(403);
    expect((await world.scim.remove('/Users', id)).status).to.equal(403);
    for (const act of ['suspend', 'deleteForGood', 'recover'] as const) {
      expect(await refused(world.control[act]({ person: id })), act).to.equal('403');
    }
    expect(await refused(world.control.setRole({ person: id, role: 'member' }))).to.equal('403 P-UAPI');
    await world.control.addPerson({ address: 'second@x.example', role: 'owner' });
    expect((await world.scim.remove('/Users', id)).status).to.equal(204);
    expect(await world.state(id)).to.equal('suspended');
  });

  inEach('keeps guests out of sight, but their addresses taken (Q20)', async world => {
    const { id } = await world.control.addPerson({ address: 'gus@x.example', role: 'guest' });
    expect((await world.scim.read('/Users', id)).status).to.equal(404);
    expect(await world.find('/Users', 'userName eq "gus@x.example"')).to.deep.equal([]);
    expect((await world.scim.create('/Users', person('gus@x.example'))).status).to.equal(409);
    const ada = await world.hire('ada@x.example');
    const club = await world.push('Club', [ada]);
    await world.control.setMembers({ group: club, members: [ada, id] });
    expect((await world.group(club))['members']).to.have.length(1);
    expect((await groupOf(world, club))?.members).to.deep.equal([ada, id]);
    // A write of the identity provider leaves the guest in.
    await world.patch('/Groups', club, { op: 'replace', path: 'members', value: [] });
    expect((await groupOf(world, club))?.members).to.deep.equal([id]);
    await world.control.setRole({ person: id, role: 'member' });
    expect((await world.group(club))['members']).to.have.length(1);
    expect(await world.user(id)).to.include({ userName: 'gus@x.example', active: true });
    await world.control.setRole({ person: id, role: 'guest' });
    expect(await world.group(club)).not.to.have.property('members');
    expect((await groupOf(world, club))?.members).to.deep.equal([id]);
  });

  it('lets members change their address themselves without hosted provisioning', () =>
    inWorld({ account: { profile: 'self-hosted' } }, async world => {
      const id = await world.join('ada@x.example');
      await world.control.changeOwnAddress({ person: id, address: 'king@x.example' });
      expect(await world.user(id)).to.include({ userName: 'ada@x.example' });
      await world.control.confirmAddress({ person: id });
      expect(await world.user(id)).to.include({ userName: 'king@x.example', externalId: 'king' });
    }));

  inEach('gives an address to one person only', async world => {
    const id = await world.join('ada@x.example');
    await world.patch('/Users', id, { op: 'replace', path: 'userName', value: 'king@x.example' });
    await world.hire('king@x.example');
    expect(await refused(world.control.confirmAddress({ person: id }))).to.equal('409');
    const taken = await world.patch('/Users', id, { op: 'replace', path: 'userName', value: 'Owner@example.com' });
    expect(taken.status).to.equal(409);
  });

  inEach('withdraws a change when the old address comes back whole', async world => {
    const id = await world.join('ada@x.example');
    await world.patch('/Users', id, { op: 'replace', path: 'userName', value: 'king@x.example' });
    await world.scim.replace('/Users', id, person('ada@x.example'));
    expect(await refused(world.control.confirmAddress({ person: id }))).to.equal('409');
  });

  inEach('proposes no address to somebody whom the same write deactivates', async world => {
    const id = await world.join('ada@x.example');
    const mails = await world.mails();
    await world.scim.replace('/Users', id, person('king@x.example', { active: false }));
    expect(await world.user(id)).to.include({ userName: 'ada@x.example', active: false });
    expect(await world.mails()).to.deep.equal(mails);
  });

  inEach('lets an address wait until the person can sign in', async world => {
    const id = await world.hire('ada@x.example');
    await world.patch('/Users', id, { op: 'replace', path: 'userName', value: 'king@x.example' });
    expect(await refused(world.control.confirmAddress({ person: id }))).to.equal('409');
    const { state } = await world.control.accept({ person: id });
    if (state === 'pending') await world.control.confirm({ person: id });
    expect((await world.control.confirmAddress({ person: id })).address).to.equal('king@x.example');
  });

  it('invites again whoever comes back, and the invitation by hand runs out (P-ADD)', () =>
    inWorld({ account: { profile: 'hosted' } }, async world => {
      const id = await world.hire('ada@x.example');
      await world.scim.remove('/Users', id);
      expect(await refused(world.control.accept({ person: id }))).to.equal('409');
      await world.control.advance({ ms: 3 * DAY });
      await world.patch('/Users', id, { op: 'replace', path: 'active', value: true });
      expect(await world.state(id)).to.equal('invited');
      await world.control.addPerson({ address: 'bob@x.example', state: 'invited' });
      await world.control.advance({ ms: 6 * DAY });
      expect(await world.mails()).to.deep.equal([
        'invitation ada@x.example',
        'invitation ada@x.example',
        'invitation bob@x.example',
        'reminder ada@x.example',
        'reminder bob@x.example',
      ]);
      expect(await refused(world.control.accept({ person: 'bob@x.example' }))).to.equal('409');
      await world.control.accept({ person: id });
    }));

  const wrong: readonly [string, string, (control: Required<Control>) => Promise<unknown>][] = [
    ['a person that is not there', '404', control => control.suspend({ person: 'nobody' })],
    ['a group that is not there', '404', control => control.setPermissions({ group: 'none', permissions: [] })],
    ['a role that is none', '400', control => control.setRole({ person: 'owner@example.com', role: 'king' })],
    ['an address that is none', '400', control => control.addPerson({ address: 'ada' })],
    ['an address that is taken', '409', control => control.addPerson({ address: 'Owner@example.com' })],
    ['a state that is none', '400', control => control.addPerson({ address: 'a@x.example', state: 'asleep' })],
    ['an event out of turn', '409', control => control.accept({ person: 'owner@example.com' })],
    ['a group without a name', '400', control => control.addGroup({ name: ' ' })],
    ['a domain that is none', '400', control => control.setDomains({ domains: ['a@x.example'] })],
    ['no domain', '400', control => control.setDomains({ domains: [] })],
    ['a migration where there is no bridge', '409 OP-48a', control => control.migrate({ identityProvider: 'ping' })],
    ['a clock that runs back', '400', control => control.advance({ ms: -1 })],
    ['a snapshot that is none', '400', control => control.restore({ snapshot: { format: 'other' } })],
  ];
  it('says in which states something is possible, and tells times as text', () =>
    inWorld({ account: { profile: 'self-hosted' } }, async ({ control, hire }) => {
      const id = await hire('ada@x.example');
      const person = await control.accept({ person: id });
      const at = new Date(start).toISOString();
      expect(person).to.include({ state: 'pending', invitedAt: at, joinedAt: at });
      expect((await control.people()).find(one => one.id === id)).to.deep.equal(person);
      const why = async (act: Promise<unknown>) =>
        act.then(
          () => 'done',
          (error: Error) => error.message,
        );
      expect(await why(control.accept({ person: id }))).to.equal(
        'ada@x.example is pending; accept takes somebody who is invited',
      );
      await control.setProvisioning({ on: false });
      expect(await why(control.reactivate({ person: id }))).to.match(
        /takes somebody who is transfer-suspended or suspended$/,
      );
    }));

  for (const [what, answer, act] of wrong) {
    it(`refuses ${what}`, () =>
      inWorld({ account: { profile: 'hosted' } }, async ({ control }) => {
        expect(await refused(act(control))).to.equal(answer);
      }));
  }
});

describe('the watcher that confirms people', () => {
  const waiting = async (world: World): Promise<string> => {
    const id = await world.hire('ada@x.example');
    await world.control.accept({ person: id });
    return id;
  };
  const later = ({ control }: World) => control.advance({ ms: DAY });

  it('rests while the bridge is locked, until the first valid token (Q18)', () =>
    inWorld({ account: { profile: 'self-hosted' } }, async world => {
      const id = await waiting(world);
      await world.control.restart();
      await later(world);
      expect((await world.at('/scim/v2', 'wrong').list('/Users')).status).to.equal(401);
      await later(world);
      expect(await world.state(id)).to.equal('pending');
      expect((await world.scim.list('/Users')).status).to.equal(200);
      await world.control.advance({ ms: 299_999 });
      expect(await world.state(id)).to.equal('pending');
      await world.control.advance({ ms: 1 });
      expect(await world.state(id)).to.equal('active');
    }));

  it('rests while provisioning is switched off, and keeps its times (Q19)', () =>
    inWorld({ account: { profile: 'self-hosted' } }, async world => {
      const id = await waiting(world);
      await world.control.setProvisioning({ on: false });
      await world.control.advance({ ms: 450_000 });
      await world.control.setProvisioning({ on: true });
      await world.control.advance({ ms: 149_999 });
      expect(await world.state(id)).to.equal('pending');
      await world.control.advance({ ms: 1 });
      expect(await world.state(id)).to.equal('active');
    }));

  it('notes when it ran, not when somebody looked', () =>
    inWorld({ account: { profile: 'self-hosted' } }, async world => {
      const id = await waiting(world);
      await later(world);
      const journal = await world.control.journal();
      const confirmed = journal.find(({ cause, kind }) => kind === 'person' && cause === 'clock');
      expect(confirmed).to.include({ at: new Date(start + 300_000).toISOString(), rule: 'OP-15a' });
      expect(await world.state(id)).to.equal('active');
    }));
});
