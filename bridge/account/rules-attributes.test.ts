import { expect } from 'chai';
import { ENTERPRISE_USER } from '../../scim/message/urn.ts';
import { answers, asks, body, status, user, users, without, type RuleTest } from './rule-test.test.ts';
import { person, refusal } from './world.test.ts';

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

/** What of people is kept and shown. */
export const attributeRules: readonly RuleTest[] = [
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
];
