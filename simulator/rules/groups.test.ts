import { expect } from 'chai';
import { isObject } from '../../scim/message/list.ts';
import type { JsonObject } from '../../scim/wire/message.ts';
import { jumpcloud } from '../dialects/jumpcloud.ts';
import { plain } from '../dialects/plain.ts';
import { refuseWith } from '../provider.test.ts';
import {
  active,
  doing,
  expectInOrder,
  expectNone,
  inBoth,
  provisioned,
  prove,
  rewriting,
  swallowing,
  type Proof,
  type World,
} from './proof.test.ts';

const LOOK_UP = 'GET /Groups?filter=displayName eq "Eng"';
const ADA_OFF = /^PUT .Users.u1/;

const joinEng = ({ admin, ada, eng }: World) => admin.join(ada, eng);
const leaveEng = ({ admin, ada, eng }: World) => admin.leave(ada, eng);
const deleteEng = ({ admin, eng }: World) => admin.deleteGroup(eng);
const unbindEng = ({ admin, eng }: World) => admin.unbind(eng);
const describeEng = ({ admin, eng }: World) => admin.changeGroup(eng, { description: ' ' });
const renameEng = ({ admin, eng }: World) => admin.renameGroup(eng, 'Engineers');
const manage = (on: boolean) => (world: World) => world.admin.setManageGroups(on);

const membersOf = ({ provider }: World, group: string): readonly unknown[] => {
  const members = provider.groups.get(group)?.['members'];
  return (Array.isArray(members) ? members : []).map(member => (isObject(member) ? member['value'] : member));
};
/** The PATCH operations that left for a group. */
const edits = ({ provider }: World, group = 'g2'): readonly JsonObject[] =>
  provider.sent
    .filter(({ method, path }) => method === 'PATCH' && path === `/Groups/${group}`)
    .flatMap(({ json }) => (isObject(json) && Array.isArray(json['Operations']) ? json['Operations'] : []))
    .filter(isObject);
const deactivated = (world: World) => expect(world.provider.users.get('u1')).to.have.property('active', false);
const stillActive = (world: World) => {
  expectNone(world, ADA_OFF);
  expect(world.provider.users.get('u1')).to.have.property('active', true);
};

/** Groups were managed and are not any more. */
const unmanaged = async (world: World) => {
  await provisioned(world);
  await doing(manage(false))(world);
};

const proofs: readonly Proof[] = [
  {
    rule: 'JC-10a',
    options: { manageGroups: false },
    given: active,
    act: doing(joinEng, renameEng, leaveEng),
    then: world => expectNone(world, /Groups/),
  },
  {
    rule: 'JC-40a',
    given: async world => {
      await active(world);
      await world.admin.changeGroup(world.eng, { description: 'Builders' });
    },
    act: doing(joinEng, renameEng),
    then: world => {
      expect(Object.keys(world.body('POST /Groups'))).to.have.members(['schemas', 'displayName']);
      expect(edits(world).map(({ path }) => path)).to.deep.equal(['members', 'displayName']);
    },
  },
  {
    rule: 'JC-40b',
    given: provisioned,
    act: doing(describeEng),
    then: world => expectNone(world, /Groups/),
    off: { breach: ['PATCH', '/Groups/g2', { description: ' ' }] },
  },
  {
    rule: 'JC-41a',
    act: active,
    then: world => expectNone(world, /POST .Groups/),
  },
  {
    rule: 'JC-41b',
    given: active,
    act: doing(joinEng),
    then: world => expectInOrder(world, 'POST /Groups', 'PATCH /Groups/g2'),
  },
  {
    rule: 'JC-42',
    given: async world => {
      await active(world);
      world.provider.hold('/Groups', { id: 'g0', displayName: 'Eng' });
    },
    act: doing(joinEng),
    then: world => {
      expectInOrder(world, LOOK_UP, 'PATCH /Groups/g0');
      expectNone(world, /POST .Groups/);
    },
  },
  {
    rule: 'JC-43',
    given: async world => {
      await active(world);
      // Hidden from SCIM: it is there, and no look-up shows it.
      world.provider.hold('/Groups', { id: 'g0', name: 'Eng' });
    },
    act: doing(joinEng),
    then: world => {
      expectInOrder(world, LOOK_UP, 'POST /Groups');
      expect(world.provider.groups.size).to.equal(2);
    },
    off: { hop: swallowing(/^POST .Groups/, { id: 'g0' }) },
  },
  {
    rule: 'JC-44a',
    given: async ({ admin, ada, eng, ops }) => {
      for (const group of [eng, ops]) await admin.join(ada, group);
    },
    act: active,
    then: world => expectInOrder(world, 'POST /Groups', 'PATCH /Groups/g2', 'POST /Groups', 'PATCH /Groups/g3'),
  },
  {
    rule: 'JC-44b',
    given: provisioned,
    act: doing(renameEng, describeEng),
    then: world => expectInOrder(world, 'PATCH /Groups/g2', 'PUT /Users/u1'),
  },
  {
    rule: 'JC-45a',
    given: provisioned,
    act: doing(async ({ admin, hire, eng }) => admin.join(await hire('Ben'), eng)),
    then: world => {
      expect(edits(world).at(-1)).to.deep.equal({ op: 'add', path: 'members', value: [{ value: 'u3' }] });
      expect(membersOf(world, 'g2')).to.deep.equal(['u1', 'u3']);
    },
  },
  {
    rule: 'JC-45b',
    given: doing(provisioned, async ({ admin, hire, eng }) => admin.join(await hire('Ben'), eng)),
    act: doing(leaveEng),
    then: world => {
      expect(edits(world).at(-1)).to.deep.equal({ op: 'remove', path: 'members', value: [{ value: 'u1' }] });
      expect(membersOf(world, 'g2')).to.deep.equal(['u3']);
    },
  },
  {
    rule: 'JC-46',
    given: provisioned,
    act: doing(renameEng),
    then: world => {
      expect(edits(world).at(-1)).to.deep.equal({ op: 'replace', path: 'displayName', value: 'Engineers' });
      expectNone(world, /POST/);
    },
  },
  {
    rule: 'JC-47a',
    given: async world => {
      await inBoth(world);
      await doing(unbindEng)(world);
    },
    act: doing(renameEng),
    then: world => expectNone(world, /Groups.g2/),
  },
  {
    rule: 'JC-47b',
    given: provisioned,
    act: doing(unbindEng),
    then: world => {
      expectNone(world, /(PUT|PATCH|DELETE) .Groups/);
      expect(membersOf(world, 'g2')).to.deep.equal(['u1']);
    },
    off: { breach: ['DELETE', '/Groups/g2'] },
  },
  { rule: 'JC-47c', given: provisioned, act: doing(unbindEng), then: deactivated },
  {
    rule: 'JC-48a',
    given: provisioned,
    act: doing(deleteEng),
    then: world => expectInOrder(world, 'DELETE /Groups/g2'),
  },
  { rule: 'JC-48b', given: provisioned, act: doing(deleteEng), then: deactivated },
  {
    rule: 'JC-48c',
    given: provisioned,
    act: doing(deleteEng),
    then: world => expectInOrder(world, 'DELETE /Groups/g2', 'PUT /Users/u1'),
  },
  { rule: 'JC-49a', given: inBoth, act: doing(unbindEng), then: stillActive },
  {
    rule: 'JC-49a',
    given: inBoth,
    act: doing(deleteEng),
    then: world => {
      expectInOrder(world, 'DELETE /Groups/g2');
      stillActive(world);
    },
  },
  {
    rule: 'JC-49b',
    given: inBoth,
    act: doing(leaveEng),
    then: world => {
      expect(edits(world).at(-1)).to.have.property('op', 'remove');
      stillActive(world);
    },
  },
  {
    rule: 'JC-50a',
    given: provisioned,
    act: doing(manage(false)),
    then: world => {
      expectNone(world, /(PUT|PATCH|DELETE) .Groups/);
      expect(membersOf(world, 'g2')).to.deep.equal(['u1']);
    },
    off: { breach: ['PATCH', '/Groups/g2', { Operations: [{ op: 'remove', path: 'members' }] }] },
  },
  {
    rule: 'JC-50b',
    given: unmanaged,
    act: doing(async ({ admin, hire, eng }) => admin.join(await hire('Ben'), eng), renameEng),
    then: world => expectNone(world, /Groups/),
  },
  {
    rule: 'JC-50c',
    given: unmanaged,
    act: doing(
      async ({ admin, hire, eng }) => admin.join(await hire('Ben'), eng),
      ({ admin, ada }) => admin.change(ada, { lastname: 'King' }),
      ({ admin, ada }) => admin.suspend(ada),
    ),
    then: world => {
      expectInOrder(world, 'POST /Users', 'PUT /Users/u1', 'PUT /Users/u1');
      deactivated(world);
    },
  },
  {
    rule: 'JC-50d',
    given: unmanaged,
    act: doing(leaveEng),
    then: world => {
      deactivated(world);
      expectNone(world, /Groups/);
    },
  },
  {
    rule: 'JC-52',
    given: active,
    instead: ({ method, path }) => (method === 'POST' && path === '/Groups' ? refuseWith(403) : undefined),
    act: doing(joinEng),
    then: async world => {
      expectInOrder(world, 'POST /Groups');
      expect(await world.events()).to.include('group_create_provision failed');
    },
    off: { hop: swallowing(/^POST .Groups/, { id: 'g9' }) },
  },
  {
    rule: 'JC-Q18',
    given: active,
    act: doing(joinEng),
    then: world => {
      expect(world.body('POST /Groups')).not.to.have.property('members');
      expectInOrder(world, 'POST /Groups', 'PATCH /Groups/g2');
    },
    off: { hop: rewriting('POST', body => ({ ...body, members: [{ value: 'u1' }] })) },
  },
  {
    rule: 'JC-Q19',
    given: provisioned,
    act: doing(async ({ admin, hire, eng }) => {
      for (const name of ['Ben', 'Cleo']) await admin.join(await hire(name), eng);
    }),
    then: world => {
      expect(world.sent().filter(line => line === 'PATCH /Groups/g2')).to.have.length(2);
      expect(edits(world).map(({ value }) => value)).to.deep.equal([
        [{ value: 'u1' }],
        [{ value: 'u3' }],
        [{ value: 'u4' }],
      ]);
    },
  },
  {
    // The other value of the setting: a group that is synced whole is filled by one request.
    rule: 'JC-Q19',
    options: { settings: { members: 'together' } },
    given: async ({ admin, hire, ada, eng }) => {
      for (const person of [ada, await hire('Ben'), await hire('Stan', { state: 'STAGED' })]) {
        await admin.join(person, eng);
      }
    },
    act: active,
    then: world => {
      expect(edits(world, 'g3').map(({ value }) => value)).to.deep.equal([[{ value: 'u1' }, { value: 'u2' }]]);
      expectInOrder(world, 'POST /Users', 'POST /Users', 'POST /Groups', 'PATCH /Groups/g3');
    },
    off: { options: { settings: {} } },
  },
  {
    rule: 'JC-Q20',
    given: provisioned,
    act: doing(leaveEng),
    then: world =>
      expect(edits(world).at(-1)).to.deep.equal({ op: 'remove', path: 'members', value: [{ value: 'u1' }] }),
    off: { options: { dialect: { ...jumpcloud, members: plain.members } } },
  },
  {
    rule: 'JC-Q21',
    given: provisioned,
    act: doing(renameEng),
    then: world => expect(world.sent()).to.deep.equal(['PATCH /Groups/g2']),
    off: { options: { settings: { groupRename: 'put' } } },
  },
  {
    rule: 'JC-Q22',
    given: async world => {
      await active(world);
      world.provider.hold('/Groups', { id: 'g0', displayName: 'eng' });
    },
    act: doing(joinEng),
    then: world => expectInOrder(world, LOOK_UP, 'POST /Groups'),
    off: { options: { settings: { takeOverName: 'any-case' } } },
  },
  {
    rule: 'JC-Q23',
    given: async world => {
      await active(world);
      world.provider.hold('/Groups', { id: 'g0', displayName: 'Eng', members: [{ value: 'stranger' }] });
    },
    act: doing(joinEng),
    then: world => expect(membersOf(world, 'g0')).to.include.members(['stranger']),
    off: {
      breach: [
        'PATCH',
        '/Groups/g0',
        { Operations: [{ op: 'remove', path: 'members', value: [{ value: 'stranger' }] }] },
      ],
    },
  },
  {
    rule: 'JC-Q24',
    given: provisioned,
    act: doing(leaveEng),
    then: world => {
      expect(membersOf(world, 'g2')).to.deep.equal([]);
      expect(world.provider.groups.has('g2'), 'the group stays').to.equal(true);
    },
    off: { breach: ['DELETE', '/Groups/g2'] },
  },
  {
    rule: 'JC-Q26',
    given: doing(provisioned, async ({ admin, hire, eng }) => admin.join(await hire('Ben'), eng)),
    act: doing(deleteEng),
    then: world => expectInOrder(world, 'DELETE /Groups/g2', 'PUT /Users/u1', 'PUT /Users/u3'),
  },
  {
    rule: 'JC-Q27',
    given: async world => {
      await provisioned(world);
      await doing(unbindEng)(world);
    },
    act: doing(({ admin, eng }) => admin.bind(eng)),
    then: world => {
      expectInOrder(world, 'GET /Groups/g2', 'PATCH /Groups/g2');
      expectNone(world, /POST .Groups|filter=displayName/);
    },
  },
  {
    rule: 'JC-Q28',
    options: { manageGroups: false },
    given: doing(active, joinEng),
    act: doing(manage(true)),
    then: world => expectInOrder(world, LOOK_UP, 'POST /Groups', 'PATCH /Groups/g2'),
  },
  {
    rule: 'JC-Q29',
    given: provisioned,
    act: doing(describeEng),
    then: world => expect(world.sent()).to.deep.equal(['GET /Users/u1', 'PUT /Users/u1']),
  },
  {
    // The other value of the setting: memberships that are there are sent again (W-25).
    rule: 'JC-Q29',
    options: { settings: { touchedGroup: 'people-and-memberships' } },
    given: provisioned,
    act: doing(describeEng),
    then: world => expect(world.sent()).to.deep.equal(['GET /Users/u1', 'PUT /Users/u1', 'PATCH /Groups/g2']),
  },
];

describe('rules of groups', () => prove(proofs));
