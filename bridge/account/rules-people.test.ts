import { expect } from 'chai';
import { resourcesOf } from '../../scim/message/list.ts';
import { answers, asks, body, status, user, users, type RuleTest } from './rule-test.test.ts';
import { DAY, person, refusal, suspend } from './world.test.ts';

const inactive = body(json => ({ ...json, active: false }));

/** People as they are invited, join and leave. */
export const peopleRules: readonly RuleTest[] = [
  {
    rule: 'OP-11a',
    async prove(world) {
      await world.control.addPerson({ address: 'ada@x.example' });
      const known = (await world.control.people()).find(({ address }) => address === 'ada@x.example');
      expect(await world.find('/Users', 'userName eq "Ada@X.example"')).to.deep.equal([known?.id]);
    },
    off: asks(request => ({ ...request, path: request.path.replace('Ada', 'eve') })),
  },
  {
    rule: 'OP-11b',
    async prove(world) {
      const { id } = await world.control.addPerson({ address: 'ada@x.example', name: 'Ada Byron' });
      await world.patch('/Users', id, { op: 'replace', path: 'displayName', value: 'Ada King' });
      await world.scim.replace('/Users', id, person('ada@x.example'));
      expect(await world.mails()).to.deep.equal([]);
    },
  },
  {
    rule: 'OP-11c',
    async prove(world) {
      await world.hire('ada@x.example');
      expect(refusal(await world.scim.create('/Users', person('ADA@x.example')))).to.equal('409 uniqueness');
      expect(await world.mails()).to.have.length(1);
    },
    off: answers('POST', users, answer => (answer.status === 409 ? status(201)(answer) : answer)),
  },
  {
    rule: 'OP-12a',
    async prove(world) {
      const old = await world.join('old@x.example');
      expect(await world.find('/Users', 'userName eq "new@x.example"')).to.deep.equal([]);
      const fresh = await world.hire('new@x.example');
      expect(fresh).not.to.equal(old);
      expect(await world.mails()).to.include('invitation new@x.example');
    },
    off: asks(request =>
      request.method === 'GET' ? { ...request, path: request.path.replace('new%40', 'old%40') } : request,
    ),
  },
  {
    rule: 'OP-12b',
    async prove(world) {
      const old = await world.join('old@x.example');
      await world.hire('new@x.example');
      expect(await world.user(old)).to.include({ userName: 'old@x.example', active: true });
    },
    off: answers('GET', user, inactive),
  },
  {
    rule: 'OP-13a',
    async prove(world) {
      const answer = await world.scim.create('/Users', person('ada@x.example'));
      expect(answer.status).to.equal(201);
      expect(answer.json).to.include.keys('id', 'userName');
      expect(await world.state('ada@x.example')).to.be.a('string');
    },
    off: answers('POST', users, status(202)),
  },
  {
    rule: 'OP-13b',
    async prove(world) {
      await world.hire('ada@x.example');
      expect(await world.mails()).to.deep.equal(['invitation ada@x.example']);
    },
  },
  {
    rule: 'OP-13c',
    async prove(world) {
      expect(await world.state(await world.hire('ada@x.example'))).to.equal('invited');
    },
  },
  {
    rule: 'OP-13d',
    async prove(world) {
      const answer = await world.scim.create('/Users', person('ada@x.example'));
      expect(answer.json).to.include({ active: true });
      expect(await world.find('/Users', 'userName eq "ada@x.example"')).to.have.length(1);
      expect(await world.state('ada@x.example')).to.equal('invited');
    },
  },
  {
    rule: 'OP-14a',
    async prove(world) {
      await world.hire('ada@x.example');
      await world.hire('bob@x.example');
      await world.control.accept({ person: 'bob@x.example' });
      await world.control.advance({ ms: 2 * DAY - 1 });
      expect(await world.mails()).to.have.length(2);
      await world.control.advance({ ms: 1 });
      expect((await world.mails()).slice(2)).to.deep.equal(['reminder ada@x.example']);
      await world.control.advance({ ms: 60 * DAY });
      expect(await world.mails()).to.have.length(3);
    },
  },
  {
    rule: 'OP-14b',
    async prove(world) {
      const id = await world.hire('ada@x.example');
      await world.control.advance({ ms: 1000 * DAY });
      expect(await world.user(id)).to.include({ active: true });
      expect((await world.control.accept({ person: id })).state).to.equal('active');
    },
  },
  {
    rule: 'OP-15a',
    async prove({ control, ...world }) {
      // The first request unlocked the bridge: runs of the watcher are counted from there.
      const id = await world.hire('ada@x.example');
      await control.advance({ ms: 299_999 + 300_000 });
      expect((await control.accept({ person: id })).state).to.equal('pending');
      expect(await world.state(id)).to.equal('pending');
      await control.advance({ ms: 1 });
      expect(await world.state(id)).to.equal('active');
      const late = await world.hire('bob@x.example');
      await control.accept({ person: late });
      await control.advance({ ms: 299_999 });
      expect(await world.state(late)).to.equal('pending');
      await control.advance({ ms: 1 });
      expect(await world.state(late)).to.equal('active');
    },
  },
  {
    rule: 'OP-15b',
    async prove(world) {
      const id = await world.hire('ada@x.example');
      await world.control.accept({ person: id });
      expect(await world.state(id)).to.equal('pending');
      await world.patch('/Users', id, { op: 'replace', path: 'name.givenName', value: 'Augusta' });
      expect(await world.user(id)).to.include({ active: true });
    },
  },
  {
    rule: 'OP-16',
    async prove(world) {
      const id = await world.hire('ada@x.example');
      expect((await world.control.accept({ person: id })).state).to.equal('active');
      expect(await world.user(id)).to.include({ active: true });
    },
  },
  {
    rule: 'OP-25a',
    async prove(world) {
      const id = await world.join('ada@x.example');
      const answer = await world.scim.patch('/Users', id, [{ op: 'replace', path: 'active', value: 'False' }]);
      expect(answer.json).to.include({ active: false });
      expect(await world.user(id)).to.include({ active: false });
      expect(await world.state(id)).to.equal('suspended');
    },
  },
  {
    rule: 'OP-25b',
    async prove(world) {
      const id = await world.join('ada@x.example');
      await suspend(world, id);
      expect(await world.user(id)).to.include({ active: false });
      const listed = resourcesOf((await world.scim.list('/Users')).json);
      expect(listed.find(one => one['id'] === id)).to.include({ active: false });
    },
    off: answers('GET', user, status(404)),
  },
  {
    rule: 'OP-26a',
    async prove(world) {
      const answer = await suspend(world, await world.hire('ada@x.example'));
      expect(answer.status).to.equal(200);
      expect(answer.json).to.include({ userName: 'ada@x.example', active: false });
      expect((await world.scim.remove('/Users', await world.hire('bob@x.example'))).status).to.equal(204);
    },
    off: answers('PATCH', user, status(404)),
  },
  {
    rule: 'OP-26b',
    async prove(world) {
      const ids = [await world.hire('ada@x.example'), await world.hire('bob@x.example')] as const;
      const club = await world.push('Club', ids);
      await suspend(world, ids[0]);
      await world.scim.remove('/Users', ids[1]);
      for (const id of ids) expect((await world.scim.read('/Users', id)).status).to.equal(404);
      expect(await world.find('/Users', 'userName eq "ada@x.example"')).to.deep.equal([]);
      expect(await world.group(club)).not.to.have.property('members');
      expect(await world.hire('ada@x.example')).not.to.equal(ids[0]);
    },
  },
  {
    rule: 'OP-26c',
    async prove(world) {
      const ids = [await world.hire('ada@x.example'), await world.hire('bob@x.example')] as const;
      expect((await suspend(world, ids[0])).status).to.equal(200);
      expect((await world.scim.remove('/Users', ids[1])).status).to.equal(204);
      for (const id of ids) {
        expect(await world.user(id)).to.include({ active: false });
        expect(await world.state(id)).to.equal('transfer-suspended');
      }
    },
  },
  {
    rule: 'OP-28a',
    async prove(world) {
      const id = await world.join('ada@x.example');
      expect((await world.scim.remove('/Users', id)).status).to.equal(204);
      expect(await world.user(id)).to.include({ active: false });
      expect(await world.state(id)).to.equal('suspended');
    },
  },
  {
    rule: 'OP-28b',
    async prove(world) {
      const id = await world.join('ada@x.example');
      await world.control.deleteForGood({ person: id });
      expect((await world.scim.read('/Users', id)).status).to.equal(404);
    },
  },
];
