import { expect } from 'chai';
import { answers, body, user, type RuleTest } from './rule-test.test.ts';
import { person, refusal, refused, suspend, type World } from './world.test.ts';

const move = (world: World, id: string, value: string) =>
  world.patch('/Users', id, { op: 'replace', path: 'userName', value });

/** Addresses as they change. */
export const addressRules: readonly RuleTest[] = [
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
