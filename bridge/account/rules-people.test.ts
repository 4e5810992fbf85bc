import { expect } from 'chai';
import { ENTERPRISE_USER } from '../../scim/message/urn.ts';
import { resourcesOf } from '../../scim/message/list.ts';
import { answers, asks, body, status, user, users, without, type RuleTest } from './rule-test.test.ts';
import { DAY, person, refusal, refused, type World } from './world.test.ts';

const suspend = (world: World, id: string) =>
  world.patch('/Users', id, { op: 'replace', path: 'active', value: false });
const move = (world: World, id: string, value: string) =>
  world.patch('/Users', id, { op: 'replace', path: 'userName', value });
const inactive = body(json => ({ ...json, active: false }));

/** Every default mapping of JumpCloud (JC-26). */
const jumpCloud = {
  [ENTERPRISE_USER]: { organization: 'o', costCenter: 'c', department: 'd', employeeNumber: '1' },
  userType: 'u',
  title: 't',
  displayName: 'Ada Byron',
  externalId: 'jc-1',
  locale: 'en',
  preferredLanguage: 'en',
  addresses: [{ type: 'work', locality: 'London' }],
  emails: [{ value: 'ada@x.example', type: 'work', primary: true }],
  phoneNumbers: [{ type: 'work', value: '+1' }],
};

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
    rule: 'OP-17a',
    async prove(world) {
      expect(await world.user(await world.hire('ada@x.example'))).to.include({ displayName: 'Ada Byron' });
    },
  },
  {
    rule: 'OP-17b',
    async prove(world) {
      const { name } = await world.user(await world.hire('ada@x.example'));
      expect(name).to.deep.equal({ formatted: 'Ada Byron', givenName: 'Ada', familyName: 'Byron' });
    },
  },
  {
    rule: 'OP-17c',
    async prove(world) {
      const id = await world.hire('ada@x.example', { displayName: 'Countess of Lovelace' });
      expect(await world.user(id)).to.include({ displayName: 'Ada Byron' });
      await world.patch('/Users', id, { op: 'replace', path: 'displayName', value: 'Countess' });
      expect(await world.user(id)).to.include({ displayName: 'Ada Byron' });
    },
  },
  {
    rule: 'OP-18a',
    async prove(world) {
      const id = await world.hire('ada@x.example');
      await world.patch('/Users', id, { op: 'replace', path: 'name.familyName', value: 'King' });
      expect((await world.user(id))['name']).to.include({ givenName: 'Ada', familyName: 'King' });
      await world.scim.replace('/Users', id, person('ada@x.example', { name: { givenName: 'Augusta' } }));
      expect((await world.user(id))['name']).to.include({ givenName: 'Augusta', familyName: 'King' });
    },
  },
  {
    rule: 'OP-18b',
    async prove(world) {
      const id = await world.hire('ada@x.example');
      await world.patch('/Users', id, { op: 'replace', path: 'name.familyName', value: 'King' });
      const shown = await world.user(id);
      expect(shown).to.include({ displayName: 'Ada King' });
      expect(shown['name']).to.include({ formatted: 'Ada King' });
    },
  },
  {
    rule: 'OP-19a',
    async prove(world) {
      const id = await world.hire('john.doe@jumpcloud.example');
      expect(await world.user(id)).to.include({ externalId: 'john.doe' });
    },
  },
  {
    rule: 'OP-19b',
    async prove(world) {
      const id = await world.hire('john.doe@jumpcloud.example', { externalId: 'jc-1' });
      expect(await world.user(id)).to.include({ externalId: 'john.doe' });
      // Q12: what was sent finds the person as well.
      for (const value of ['john.doe', 'jc-1']) {
        expect(await world.find('/Users', `externalId eq "${value}"`)).to.deep.equal([id]);
      }
    },
  },
  {
    rule: 'OP-20a',
    async prove(world) {
      const nameless = without(person('ada@x.example'), 'userName');
      expect(refusal(await world.scim.create('/Users', nameless))).to.equal('400 invalidValue');
      expect(await world.control.people()).to.have.length(1);
    },
    off: asks(request => (request.method === 'POST' ? { ...request, json: { ...person('eve@x.example') } } : request)),
  },
  {
    rule: 'OP-20b',
    async prove(world) {
      for (const userName of ['ada', 'ada@', '@x.example', 'a da@x.example', 'a@b@c']) {
        expect(refusal(await world.scim.create('/Users', person(userName))), userName).to.equal('400 invalidValue');
      }
      expect(await world.control.people()).to.have.length(1);
    },
  },
  {
    rule: 'OP-21a',
    async prove(world) {
      const answer = await world.scim.create('/Users', person('ada@x.example', jumpCloud));
      expect(answer.status, answer.text).to.equal(201);
    },
    off: answers('POST', users, status(400)),
  },
  {
    rule: 'OP-21b',
    async prove(world) {
      const { json } = await world.scim.create('/Users', person('ada@x.example', jumpCloud));
      expect(json).not.to.have.any.keys('title', 'userType', 'locale', 'addresses', 'phoneNumbers', ENTERPRISE_USER);
      const id = await world.hire('bob@x.example');
      const answer = await world.patch(
        '/Users',
        id,
        { op: 'add', path: 'addresses[type eq "work"].formatted', value: 'London' },
        { op: 'add', path: `${ENTERPRISE_USER}:manager`, value: 'somebody' },
        { op: 'replace', path: 'id', value: 'other' },
        { op: 'replace', path: 'groups', value: [] },
      );
      expect(answer.status, answer.text).to.equal(200);
      expect(await world.user(id))
        .to.include({ id })
        .and.not.have.any.keys('addresses', ENTERPRISE_USER);
    },
    off: answers(
      'POST',
      users,
      body(json => ({ ...json, title: 't' })),
    ),
  },
  {
    rule: 'OP-22a',
    async prove(world) {
      const id = await world.hire('ada@x.example', { externalId: 'e-1' });
      const before = await world.user(id);
      await world.patch('/Users', id, { op: 'replace', path: 'active', value: true });
      expect(await world.user(id)).to.deep.equal(before);
      // What it does name goes.
      await world.patch('/Users', id, { op: 'remove', path: 'externalId' });
      expect(await world.find('/Users', 'externalId eq "e-1"')).to.deep.equal([]);
    },
    off: async (request, next) => {
      const answer = await next(request);
      if (request.method === 'PATCH') await next({ ...request, method: 'DELETE' });
      return answer;
    },
  },
  {
    rule: 'OP-22b',
    async prove(world) {
      const id = await world.hire('ada@x.example', { externalId: 'e-1' });
      const before = await world.user(id);
      const { schemas = [], userName = '' } = before;
      expect((await world.scim.replace('/Users', id, { schemas, userName })).status).to.equal(200);
      expect(await world.user(id)).to.deep.equal(before);
    },
  },
  {
    rule: 'OP-23a',
    async prove(world) {
      const id = await world.hire('ada@x.example', { password: 'secret' });
      const patched = await world.patch('/Users', id, { op: 'replace', path: 'password', value: 'other' });
      const put = await world.scim.replace('/Users', id, person('ada@x.example', { password: 'third' }));
      for (const answer of [patched, put]) expect(answer.status, answer.text).to.equal(200);
      for (const text of [patched.text, put.text, JSON.stringify(await world.user(id))]) {
        expect(text).not.to.include('password');
      }
    },
    off: answers(
      'PATCH',
      user,
      body(json => ({ ...json, password: 'x' })),
    ),
  },
  {
    rule: 'OP-24a',
    async prove(world) {
      const id = await world.hire('ada@x.example', { displayName: 'Ada Byron' });
      await world.patch('/Users', id, { op: 'replace', path: 'name.familyName', value: 'King' });
      await world.scim.replace('/Users', id, person('ada@x.example', { name: { givenName: 'Eve', familyName: 'Y' } }));
      expect(await world.user(id)).to.include({ displayName: 'Ada Byron' });
    },
  },
  {
    rule: 'OP-24b',
    async prove(world) {
      const id = await world.hire('ada@x.example');
      for (const [name, givenName, familyName] of [
        ['Patched Delete Test', 'Patched', 'Delete Test'],
        ['Tmp Delete Test 2', 'Tmp Delete', 'Test 2'],
      ]) {
        await world.patch('/Users', id, { op: 'replace', path: 'displayName', value: name ?? '' });
        const shown = await world.user(id);
        expect(shown).to.include({ displayName: name });
        expect(shown['name']).to.deep.equal({ formatted: name, givenName, familyName });
      }
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
  {
    rule: 'OP-29a',
    async prove(world) {
      const id = await world.join('a@x.example');
      await suspend(world, id);
      expect(await world.find('/Users', 'userName eq "b@x.example"')).to.deep.equal([]);
      const fresh = await world.hire('b@x.example');
      expect(fresh).not.to.equal(id);
      expect(await world.state(fresh)).to.equal('invited');
      // An identity provider that kept the id sends all of the person there (JC-20b).
      for (let times = 0; times < 2; times += 1) {
        const answer = await world.scim.replace('/Users', id, person('c@x.example', { active: true }));
        expect(answer.json).to.include({ id, userName: 'a@x.example', active: false });
      }
      expect(await world.state('c@x.example')).to.equal('invited');
      expect((await world.mails()).filter(mail => mail.endsWith('c@x.example'))).to.have.length(1);
    },
  },
  {
    rule: 'OP-29b',
    async prove(world) {
      const id = await world.join('a@x.example');
      await suspend(world, id);
      const mails = await world.mails();
      expect((await move(world, id, 'b@x.example')).status).to.equal(200);
      await world.scim.replace('/Users', id, person('b@x.example', { name: { givenName: 'Eve' } }));
      expect(await world.user(id)).to.include({ userName: 'a@x.example', active: false });
      expect(await world.mails()).to.deep.equal(mails);
    },
  },
  {
    rule: 'OP-29c',
    async prove(world) {
      const id = await world.join('a@x.example');
      await suspend(world, id);
      await world.hire('b@x.example');
      expect(await world.user(id)).to.include({ userName: 'a@x.example', active: false });
      expect(await world.state(id)).to.equal('suspended');
    },
    off: answers(
      'GET',
      user,
      body(json => ({ ...json, active: true })),
    ),
  },
  {
    rule: 'OP-31',
    async prove(world) {
      const id = await world.join('ada@x.example');
      const asked = world.control.changeOwnAddress({ person: id, address: 'king@x.example' });
      expect(await refused(asked)).to.equal('403 OP-31');
    },
  },
  {
    rule: 'OP-32a',
    async prove(world) {
      const id = await world.join('ada@x.example');
      expect((await move(world, id, 'king@x.example')).status).to.equal(200);
      await move(world, id, 'king@x.example');
      await world.scim.replace('/Users', id, person('King@x.example'));
      const sent = (await world.mails()).filter(mail => mail.startsWith('address'));
      expect(sent).to.deep.equal(['address-confirmation king@x.example']);
    },
  },
  {
    rule: 'OP-32b',
    async prove(world) {
      const id = await world.join('ada@x.example');
      expect((await move(world, id, 'king@x.example')).json).to.include({ userName: 'ada@x.example' });
      expect(await world.user(id)).to.include({ userName: 'ada@x.example' });
      expect(await world.find('/Users', 'userName eq "king@x.example"')).to.deep.equal([]);
    },
  },
  {
    rule: 'OP-32c',
    async prove(world) {
      const id = await world.join('ada@x.example');
      await move(world, id, 'king@x.example');
      await world.control.confirmAddress({ person: id });
      const shown = await world.user(id);
      expect(shown).to.include({ userName: 'king@x.example' });
      expect(shown['emails']).to.deep.equal([{ value: 'king@x.example', primary: true }]);
    },
  },
  {
    rule: 'OP-33',
    account: { domains: ['x.example'] },
    async prove(world) {
      const id = await world.join('ada@x.example');
      const mails = await world.mails();
      expect(refusal(await move(world, id, 'ada@y.example'))).to.equal('400 invalidValue');
      expect(refusal(await world.scim.create('/Users', person('bob@y.example')))).to.equal('400 invalidValue');
      expect(await world.mails()).to.deep.equal(mails);
      await world.control.setDomains({ domains: ['X.example', 'Y.example'] });
      expect((await move(world, id, 'ada@y.example')).status).to.equal(200);
      expect(await world.mails()).to.have.length(mails.length + 1);
    },
  },
  {
    rule: 'OP-34a',
    async prove(world) {
      await world.control.bounce({ address: 'ada@x.example', on: true });
      const id = await world.hire('ada@x.example');
      expect(await refused(world.control.accept({ person: id }))).to.equal('409 OP-34a');
      expect(await world.state(id)).to.equal('invited');
      expect(await world.user(id)).to.include({ active: true });
    },
  },
  {
    rule: 'OP-34b',
    async prove(world) {
      const id = await world.join('ada@x.example');
      await world.control.bounce({ address: 'king@x.example', on: true });
      await move(world, id, 'king@x.example');
      expect(await refused(world.control.confirmAddress({ person: id }))).to.equal('409 OP-34b');
      expect(await world.user(id)).to.include({ userName: 'ada@x.example' });
    },
  },
];
