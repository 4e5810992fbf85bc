import { expect } from 'chai';
import type { Operation } from '../admin.ts';
import { createDirectory, type Directory } from '../directory/directory.ts';
import { idSource } from '../directory/ids.ts';
import type { Person } from '../directory/model.ts';
import { mapPerson } from '../mapping/attribute-mapping.ts';
import { defaultMapping } from '../mapping/default.ts';
import { viewOf } from './access.ts';
import { createLinks } from './links.ts';
import { plan } from './plan.ts';
import { settingsFrom } from './settings.ts';

/**
 * Two bound groups, one bound and empty, one not bound. Ada is in both bound groups, Ben in the first; beside him there
 * Sue, who is suspended, and Stan, who is staged; Cleo is in none.
 */
function setUp() {
  const operations: Operation[] = [];
  const links = createLinks();
  const directory = createDirectory({
    newId: idSource('plan', 0),
    applicationName: 'App',
    manageGroups: true,
    onChange: change => operations.push(...plan(change, { view, links, map, settings: settingsFrom(), follows })),
  });
  const follows = () => true;
  const view = viewOf(directory, directory.application().id, { settings: settingsFrom(), hasGroups: true, follows });
  const map = (person: Person) => mapPerson(defaultMapping, person, {}, () => 0);
  const hire = (name: string, fields: Partial<Person> = {}) =>
    directory.addPerson({ email: `${name.toLowerCase()}@orbital.example`, firstname: name, lastname: '', ...fields })
      .id;
  const ids = {
    Ada: hire('Ada'),
    Ben: hire('Ben'),
    Sue: hire('Sue', { state: 'SUSPENDED' }),
    Stan: hire('Stan', { state: 'STAGED' }),
    Cleo: hire('Cleo'),
    Eng: directory.addGroup('Eng', '').id,
    Ops: directory.addGroup('Ops', '').id,
    Empty: directory.addGroup('Empty', '').id,
    Lab: directory.addGroup('Lab', '').id,
  };
  for (const person of [ids.Ada, ids.Ben, ids.Sue, ids.Stan]) directory.join(person, ids.Eng);
  directory.join(ids.Ada, ids.Ops);
  for (const group of [ids.Eng, ids.Ops, ids.Empty]) directory.bind(group);
  directory.setActive(true);
  operations.length = 0;

  const nameOf = new Map(Object.entries(ids).map(([name, id]) => [id, name]));
  const lines = () =>
    operations.map(({ kind, person, group, rules }) =>
      [
        kind,
        ...[person, kind.endsWith('-user') ? undefined : group]
          .filter(id => id !== undefined)
          .map(id => nameOf.get(id)),
        `(${rules.join(' ')})`,
      ].join(' '),
    );
  return { directory, links, operations, lines, ...ids };
}

type World = ReturnType<typeof setUp>;
type Act = (directory: Directory, world: World) => unknown;
interface Case {
  readonly what: string;
  readonly given?: Act;
  readonly act: Act;
  readonly plan: readonly string[];
}

const edit =
  (who: 'Ada' | 'Ben' | 'Sue' | 'Stan' | 'Cleo', changes: Partial<Omit<Person, 'id'>>): Act =>
  (directory, world) =>
    directory.changePerson(world[who], changes);

const cases: readonly Case[] = [
  {
    what: 'somebody joins a first bound group',
    act: (d, { Cleo, Ops }) => d.join(Cleo, Ops),
    plan: [
      'provision-user Cleo (JC-12b JC-13 JC-14)',
      'ensure-group Ops (JC-41b JC-42)',
      'add-member Cleo Ops (JC-45a JC-Q19)',
    ],
  },
  {
    what: 'somebody joins a second bound group',
    act: (d, { Ben, Ops }) => d.join(Ben, Ops),
    plan: ['ensure-group Ops (JC-41b JC-42)', 'add-member Ben Ops (JC-45a JC-Q19)'],
  },
  { what: 'somebody joins a group that is not bound', act: (d, { Cleo, Lab }) => d.join(Cleo, Lab), plan: [] },
  { what: 'somebody staged joins a bound group', act: (d, { Stan, Ops }) => d.join(Stan, Ops), plan: [] },
  { what: 'somebody suspended joins a bound group', act: (d, { Sue, Ops }) => d.join(Sue, Ops), plan: [] },
  {
    what: 'somebody leaves one of two bound groups',
    act: (d, { Ada, Eng }) => d.leave(Ada, Eng),
    plan: ['remove-member Ada Eng (JC-49b JC-45b)'],
  },
  {
    what: 'somebody leaves the last bound group',
    act: (d, { Ben, Eng }) => d.leave(Ben, Eng),
    plan: ['remove-member Ben Eng (JC-45b)', 'deactivate-user Ben (JC-22 JC-23)'],
  },
  {
    what: 'somebody suspended leaves the last bound group',
    act: (d, { Sue, Eng }) => d.leave(Sue, Eng),
    plan: ['remove-member Sue Eng (JC-45b)'],
  },
  { what: 'somebody staged leaves', act: (d, { Stan, Eng }) => d.leave(Stan, Eng), plan: [] },
  {
    what: 'somebody in bound groups is suspended',
    act: edit('Ada', { state: 'SUSPENDED' }),
    plan: ['deactivate-user Ada (JC-21 JC-Q25 JC-23)'],
  },
  { what: 'somebody in no bound group is suspended', act: edit('Cleo', { state: 'SUSPENDED' }), plan: [] },
  {
    what: 'a password expires',
    act: edit('Ada', { passwordExpired: true }),
    plan: ['deactivate-user Ada (JC-Q15 JC-23)'],
  },
  { what: 'the password of somebody suspended expires', act: edit('Sue', { passwordExpired: true }), plan: [] },
  {
    what: 'somebody is reactivated whose membership was sent',
    given: (_, { links, Sue, Eng }) => {
      links.linkGroup(Eng, 'g1', 'Eng');
      links.groupOf(Eng)?.members.add(Sue);
    },
    act: edit('Sue', { state: 'ACTIVATED' }),
    plan: ['update-user Sue (JC-24 JC-Q14)'],
  },
  {
    what: 'somebody is reactivated whose membership was not sent',
    act: edit('Sue', { state: 'ACTIVATED' }),
    plan: ['update-user Sue (JC-24 JC-Q14)', 'ensure-group Eng (JC-41b JC-42)', 'add-member Sue Eng (JC-45a JC-Q19)'],
  },
  {
    what: 'somebody staged is activated',
    act: edit('Stan', { state: 'ACTIVATED' }),
    plan: [
      'provision-user Stan (JC-Q16 JC-13 JC-14)',
      'ensure-group Eng (JC-41b JC-42)',
      'add-member Stan Eng (JC-45a JC-Q19)',
    ],
  },
  { what: 'a mapped attribute changes', act: edit('Ada', { lastname: 'King' }), plan: ['update-user Ada (JC-17)'] },
  {
    what: 'the address changes',
    act: edit('Ada', { email: 'countess@orbital.example' }),
    plan: ['update-user Ada (JC-17 JC-19)'],
  },
  { what: 'an attribute without mapping changes (JC-18)', act: edit('Ada', { location: 'Paris' }), plan: [] },
  { what: 'the manager changes', act: (d, { Ada, Ben }) => d.changePerson(Ada, { manager: Ben }), plan: [] },
  { what: 'an attribute of somebody suspended changes (JC-20a)', act: edit('Sue', { lastname: 'King' }), plan: [] },
  { what: 'an attribute of somebody without access changes (JC-11)', act: edit('Cleo', { lastname: 'K' }), plan: [] },
  {
    what: 'somebody is deleted',
    act: (d, { Ada }) => d.deletePerson(Ada),
    plan: [
      'remove-member Ada Eng (JC-Q17 JC-45b)',
      'remove-member Ada Ops (JC-Q17 JC-45b)',
      'deactivate-user Ada (JC-Q17 JC-23)',
    ],
  },
  { what: 'somebody without access is deleted', act: (d, { Cleo }) => d.deletePerson(Cleo), plan: [] },
  {
    what: 'a group is bound',
    given: (d, { Ada, Cleo, Stan, Lab, operations }) => {
      for (const person of [Ada, Cleo, Stan]) d.join(person, Lab);
      operations.length = 0;
    },
    act: (d, { Lab }) => d.bind(Lab),
    plan: [
      'provision-user Cleo (JC-12a JC-13 JC-14)',
      'ensure-group Lab (JC-42 JC-44a)',
      'add-member Ada Lab (JC-45a JC-Q19)',
      'add-member Cleo Lab (JC-45a JC-Q19)',
    ],
  },
  { what: 'an empty group is bound (JC-41a)', act: (d, { Lab }) => d.bind(Lab), plan: [] },
  {
    what: 'a group is unbound',
    act: (d, { Eng }) => d.unbind(Eng),
    plan: ['deactivate-user Ben (JC-47c JC-23)'],
  },
  {
    what: 'a bound group is deleted',
    act: (d, { Eng }) => d.deleteGroup(Eng),
    plan: ['delete-group Eng (JC-48a)', 'deactivate-user Ben (JC-48b JC-23)'],
  },
  { what: 'a group that is not bound is deleted', act: (d, { Lab }) => d.deleteGroup(Lab), plan: [] },
  {
    what: 'a bound group is renamed',
    act: (d, { Eng }) => d.renameGroup(Eng, 'Engineers'),
    plan: ['rename-group Eng (JC-46 JC-40a JC-44b)'],
  },
  {
    what: 'the record of a bound group is edited',
    act: (d, { Eng }) => d.changeGroup(Eng, { description: ' ' }),
    plan: ['update-user Ada (JC-36b JC-Q29 JC-44b)', 'update-user Ben (JC-36b JC-Q29 JC-44b)'],
  },
  {
    what: 'the record of a group that is not bound is edited',
    act: (d, { Lab }) => d.changeGroup(Lab, { description: ' ' }),
    plan: [],
  },
  { what: 'a group that is not bound is renamed', act: (d, { Lab }) => d.renameGroup(Lab, 'Laboratory'), plan: [] },
  { what: 'the management of groups is switched off (JC-50a)', act: d => d.setManageGroups(false), plan: [] },
  {
    what: 'the management of groups is switched on again',
    given: d => d.setManageGroups(false),
    act: d => d.setManageGroups(true),
    plan: [
      'ensure-group Eng (JC-Q28 JC-42)',
      'add-member Ada Eng (JC-45a JC-Q19)',
      'add-member Ben Eng (JC-45a JC-Q19)',
      'ensure-group Ops (JC-Q28 JC-42)',
      'add-member Ada Ops (JC-45a JC-Q19)',
    ],
  },
  { what: 'provisioning is switched off (JC-7a)', act: d => d.setActive(false), plan: [] },
  {
    what: 'provisioning is switched on',
    given: d => d.setActive(false),
    act: d => d.setActive(true),
    plan: [
      'test-connection (JC-4 JC-Q8)',
      'provision-user Ada (JC-12a JC-13 JC-14)',
      'provision-user Ben (JC-12a JC-13 JC-14)',
      'ensure-group Eng (JC-42 JC-44a)',
      'add-member Ada Eng (JC-45a JC-Q19)',
      'add-member Ben Eng (JC-45a JC-Q19)',
      'ensure-group Ops (JC-42 JC-44a)',
      'add-member Ada Ops (JC-45a JC-Q19)',
    ],
  },
];

describe('plan', () => {
  for (const { what, given, act, plan: expected } of cases) {
    it(`says ${expected.length === 0 ? 'nothing' : 'what to send'} when ${what}`, () => {
      const world = setUp();
      given?.(world.directory, world);
      act(world.directory, world);
      expect(world.lines()).to.deep.equal(expected);
    });
  }

  it('has nothing to send for any of it while provisioning is off (JC-7b, JC-7c)', () => {
    for (const { what, given, act } of cases.filter(({ what }) => what !== 'provisioning is switched on')) {
      const world = setUp();
      given?.(world.directory, world);
      world.directory.setActive(false);
      world.operations.length = 0;
      act(world.directory, world);
      expect(world.lines(), what).to.deep.equal([]);
    }
  });

  it('has the same to send about people, and nothing about groups, while these are not managed (JC-10, JC-50)', () => {
    for (const { what, given, act, plan: expected } of cases.filter(({ what }) => !what.includes('management'))) {
      const world = setUp();
      given?.(world.directory, world);
      world.directory.setManageGroups(false);
      world.operations.length = 0;
      act(world.directory, world);
      const aboutPeople = expected.filter(line => /^(\S+-user|test-connection) /.test(line));
      const withoutRules = (line: string) => line.replace(/ \(.*/, '');
      expect(world.lines().map(withoutRules), what).to.deep.equal(aboutPeople.map(withoutRules));
    }
  });

  it('names people and groups in a line for a reader', () => {
    const { directory, operations, Cleo, Ops } = setUp();
    directory.changePerson(Cleo, { displayname: 'Cleo de Mérode' });
    directory.join(Cleo, Ops);
    expect(operations.map(({ summary }) => summary)).to.deep.equal([
      'provision Cleo de Mérode',
      'ensure group "Ops"',
      'add Cleo de Mérode to "Ops"',
    ]);
  });
});
