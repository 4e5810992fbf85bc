import { expect } from 'chai';
import { resourcesOf } from '../../scim/message/list.ts';
import { answers, asks, body, group, groups, status, without, type RuleTest } from './rule-test.test.ts';
import { refused, type World } from './world.test.ts';

const members = async (world: World, id: string): Promise<readonly unknown[]> => {
  const { members: shown = [] } = await world.group(id);
  return (shown as readonly { value: string }[]).map(({ value }) => value);
};
const names = async ({ control }: World): Promise<readonly string[]> =>
  (await control.groups()).map(({ name }) => name);
const listed = async ({ scim }: World): Promise<readonly unknown[]> =>
  resourcesOf((await scim.list('/Groups')).json).map(({ displayName }) => displayName);

export const groupRules: readonly RuleTest[] = [
  {
    rule: 'OP-35',
    async prove(world) {
      const id = await world.push('Engineering');
      expect(await world.group(id)).to.include({ displayName: 'Engineering' });
      expect(await names(world)).to.include('Engineering');
    },
    off: answers('POST', groups, status(202)),
  },
  {
    rule: 'OP-36a',
    async prove(world) {
      const [ada, bob] = [await world.hire('ada@x.example'), await world.join('bob@x.example')];
      const id = await world.push('Engineering');
      for (const value of [ada, bob]) {
        const answer = await world.patch('/Groups', id, { op: 'add', path: 'members', value: [{ $ref: null, value }] });
        expect(answer.status, answer.text).to.equal(200);
        expect(answer.text).to.include(value);
      }
      expect(await members(world, id)).to.deep.equal([ada, bob]);
    },
    off: answers(
      'GET',
      group,
      body(json => without(json, 'members')),
    ),
  },
  {
    rule: 'OP-36b',
    async prove(world) {
      const people = [
        await world.hire('ada@x.example'),
        await world.hire('bob@x.example'),
        await world.hire('c@x.example'),
      ];
      const [ada = '', bob = '', cyd = ''] = people;
      const id = await world.push('Engineering', people);
      await world.patch('/Groups', id, { op: 'remove', path: 'members', value: [{ value: ada }] });
      expect(await members(world, id)).to.deep.equal([bob, cyd]);
      await world.patch('/Groups', id, { op: 'remove', path: `members[value eq "${bob}"]` });
      expect(await members(world, id)).to.deep.equal([cyd]);
      await world.patch('/Groups', id, { op: 'replace', path: 'members', value: [] });
      expect(await members(world, id)).to.deep.equal([]);
    },
    off: asks(request => (request.method === 'PATCH' ? { ...request, method: 'GET' } : request)),
  },
  {
    rule: 'OP-37a',
    async prove(world) {
      await world.control.addGroup({ name: 'Design' });
      expect(await world.find('/Groups', 'displayName eq "Design"')).to.deep.equal([]);
      expect(await listed(world)).to.deep.equal([]);
    },
  },
  {
    rule: 'OP-37b',
    async prove(world) {
      const ada = await world.hire('ada@x.example');
      const { id } = await world.control.addGroup({ name: 'Design', members: [ada] });
      expect((await world.scim.read('/Groups', id)).status).to.equal(404);
      expect((await world.patch('/Groups', id, { op: 'remove', path: 'members' })).status).to.equal(404);
      expect((await world.scim.remove('/Groups', id)).status).to.equal(404);
      expect(await world.user(ada)).not.to.have.property('groups');
      expect((await world.control.groups()).find(one => one.id === id)?.members).to.deep.equal([ada]);
    },
  },
  {
    rule: 'OP-37c',
    async prove(world) {
      const { id } = await world.control.addGroup({ name: 'Design' });
      expect(await world.push('Design')).not.to.equal(id);
      expect((await names(world)).filter(name => name === 'Design')).to.have.length(2);
    },
  },
  {
    rule: 'OP-37d',
    async prove(world) {
      const ada = await world.hire('ada@x.example');
      const { id } = await world.control.addGroup({ name: 'Design', members: [ada] });
      await world.control.selectGroups({ groups: ['Design'] });
      expect(await world.find('/Groups', 'displayName eq "Design"')).to.deep.equal([id]);
      expect(await world.find('/Groups', 'displayName eq "design"')).to.deep.equal([]);
      expect(await members(world, id)).to.deep.equal([ada]);
      await world.control.unselectGroups({ groups: [id] });
      expect((await world.scim.read('/Groups', id)).status).to.equal(404);
    },
    off: asks(request => ({ ...request, path: request.path.replace('Design', 'Other') })),
  },
  {
    rule: 'OP-38',
    async prove(world) {
      const id = await world.push('Engineering');
      const answer = await world.patch('/Groups', id, { op: 'replace', path: 'displayName', value: 'Builders' });
      expect(answer.status).to.equal(200);
      expect(answer.json).to.include({ id, displayName: 'Builders' });
      expect(await world.group(id)).to.include({ displayName: 'Builders' });
      expect(await names(world))
        .to.include('Builders')
        .and.not.include('Engineering');
    },
    off: answers(
      'GET',
      group,
      body(json => ({ ...json, displayName: 'Engineering' })),
    ),
  },
  {
    rule: 'OP-39',
    async prove(world) {
      const ada = await world.hire('ada@x.example');
      const id = await world.push('Engineering', [ada]);
      expect((await world.scim.remove('/Groups', id)).status).to.equal(204);
      expect((await world.scim.read('/Groups', id)).status).to.equal(404);
      expect(await names(world)).not.to.include('Engineering');
      // Q15: whoever was in it stays.
      expect(await world.state(ada)).to.equal('invited');
    },
    off: answers('GET', group, status(200)),
  },
  {
    rule: 'OP-44a',
    async prove(world) {
      const id = await world.push('Rescue');
      await world.control.setPermissions({ group: id, permissions: ['recover-accounts'] });
      expect(await world.find('/Groups', 'displayName eq "Rescue"')).to.deep.equal([]);
      expect(await listed(world)).to.deep.equal([]);
    },
  },
  {
    rule: 'OP-44b',
    async prove(world) {
      const id = await world.push('Rulers');
      await world.control.setPermissions({ group: id, permissions: ['other', 'manage-all-groups'] });
      const answersOf = [
        await world.scim.read('/Groups', id),
        await world.scim.replace('/Groups', id, { schemas: [], displayName: 'x' }),
        await world.patch('/Groups', id, { op: 'replace', path: 'displayName', value: 'x' }),
        await world.scim.remove('/Groups', id),
      ];
      expect(answersOf.map(answer => answer.status)).to.deep.equal([404, 404, 404, 404]);
      expect(await names(world)).to.include('Rulers');
    },
  },
  {
    rule: 'OP-44c',
    async prove(world) {
      await world.control.addGroup({ name: 'Rescue', permissions: ['recover-accounts'] });
      expect(await refused(world.control.selectGroups({ groups: ['Rescue'] }))).to.equal('403 OP-44c');
    },
  },
  {
    rule: 'OP-44d',
    async prove(world) {
      const { id } = await world.control.addGroup({ name: 'Rescue', permissions: ['recover-accounts'] });
      await world.control.selectGroups({ groups: [id] });
      expect(await world.group(id)).to.include({ displayName: 'Rescue' });
      const answer = await world.patch('/Groups', id, { op: 'replace', path: 'displayName', value: 'Helpers' });
      expect(answer.status).to.equal(200);
    },
    off: answers('GET', group, status(404)),
  },
  {
    rule: 'OP-45a',
    async prove(world) {
      expect(await names(world)).to.deep.equal(['Provision Managers']);
    },
  },
  {
    rule: 'OP-45b',
    async prove({ control }) {
      expect((await control.groups()).map(one => one.members)).to.deep.equal([[]]);
    },
  },
  {
    rule: 'OP-45c',
    async prove(world) {
      const { id: by } = await world.control.addPerson({ address: 'eve@x.example' });
      const person = await world.hire('ada@x.example');
      expect(await world.control.opensVault({ person, by })).to.equal(false);
      await world.control.setMembers({ group: 'Provision Managers', members: [by] });
      expect(await world.control.opensVault({ person, by })).to.equal(true);
      await world.control.accept({ person });
      expect(await world.control.opensVault({ person, by })).to.equal(false);
    },
  },
  {
    rule: 'OP-45d',
    async prove(world) {
      expect(await listed(world)).to.deep.equal([]);
      expect(await refused(world.control.selectGroups({ groups: ['Provision Managers'] }))).to.equal('403 OP-45d');
    },
  },
];
