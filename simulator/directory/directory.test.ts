import { expect } from 'chai';
import type { Change } from './change.ts';
import { createDirectory } from './directory.ts';
import { DirectoryError } from './error.ts';
import { idSource } from './ids.ts';

function setUp() {
  const changes: Change[] = [];
  const directory = createDirectory({
    newId: idSource('test', 0),
    applicationName: 'App',
    manageGroups: false,
    onChange: change => changes.push(change),
  });
  const ada = directory.addPerson({ email: 'Ada@Orbital.example', firstname: 'Ada', lastname: 'Lovelace' });
  const bob = directory.addPerson({
    email: 'bob@orbital.example',
    firstname: 'Bob',
    lastname: '',
    employeeIdentifier: 'E1',
    manager: ada.id,
  });
  const eng = directory.addGroup('Engineering', '');
  const ops = directory.addGroup('Operations', '');
  directory.join(ada.id, eng.id);
  directory.bind(eng.id);
  changes.length = 0;
  return { directory, changes, ada, bob, eng, ops };
}

describe('directory', () => {
  it('completes a draft: address in lower case, user name from it, the rest empty', () => {
    const { ada } = setUp();
    expect(ada).to.include({ email: 'ada@orbital.example', username: 'ada', jobTitle: '', state: 'ACTIVATED' });
    expect(ada.id).to.match(/^[0-9a-f]{24}$/);
  });

  type Given = ReturnType<typeof setUp>;
  const mistakes: readonly [code: string, what: string, act: (given: Given) => unknown][] = [
    ['unknown-person', 'a person that is not there', ({ directory, eng }) => directory.join('nobody', eng.id)],
    ['unknown-person', 'an edit of a person that is not there', ({ directory }) => directory.changePerson('no', {})],
    [
      'unknown-person',
      'a manager that is not there',
      ({ directory, ada }) => directory.changePerson(ada.id, { manager: 'x' }),
    ],
    ['unknown-group', 'a group that is not there', ({ directory }) => directory.bind('no group')],
    [
      'duplicate-username',
      'a user name in use, in another case',
      ({ directory, bob }) => directory.changePerson(bob.id, { username: 'ADA' }),
    ],
    [
      'duplicate-email',
      'an address in use, in another case',
      ({ directory }) =>
        directory.addPerson({ username: 'other', email: 'ADA@orbital.example', firstname: 'A', lastname: 'L' }),
    ],
    [
      'duplicate-employee-identifier',
      'an employee identifier in use',
      ({ directory, ada }) => directory.changePerson(ada.id, { employeeIdentifier: 'E1' }),
    ],
    ['duplicate-group', 'a group name in use', ({ directory, ops }) => directory.renameGroup(ops.id, 'Engineering')],
    ['already-member', 'joining twice', ({ directory, ada, eng }) => directory.join(ada.id, eng.id)],
    ['not-member', 'leaving without being in', ({ directory, ada, ops }) => directory.leave(ada.id, ops.id)],
    ['already-bound', 'binding twice', ({ directory, eng }) => directory.bind(eng.id)],
    ['not-bound', 'unbinding what is not bound', ({ directory, ops }) => directory.unbind(ops.id)],
    [
      'invalid-value',
      'an address that is none',
      ({ directory, ada }) => directory.changePerson(ada.id, { email: 'ada' }),
    ],
    ['invalid-value', 'a group without a name', ({ directory }) => directory.addGroup('', '')],
    [
      'invalid-value',
      'text past the limit',
      ({ directory, ada }) => directory.changePerson(ada.id, { company: 'x'.repeat(1025) }),
    ],
    [
      'invalid-value',
      'a person as their own manager',
      ({ directory, ada }) => directory.changePerson(ada.id, { manager: ada.id }),
    ],
  ];
  for (const [code, what, act] of mistakes) {
    it(`refuses ${what} as ${code}, and changes nothing`, () => {
      const given = setUp();
      const before = JSON.stringify([
        given.directory.people(),
        given.directory.groups(),
        given.directory.application(),
      ]);
      expect(() => act(given))
        .to.throw(DirectoryError)
        .with.property('code', code);
      expect(given.changes).to.deep.equal([]);
      const { directory } = given;
      expect(JSON.stringify([directory.people(), directory.groups(), directory.application()])).to.equal(before);
    });
  }

  it('frees the values of somebody who is deleted or renamed', () => {
    const { directory, ada, bob } = setUp();
    directory.changePerson(bob.id, { email: 'robert@orbital.example', username: 'robert' });
    directory.changePerson(ada.id, { email: 'bob@orbital.example', username: 'bob' });
    directory.deletePerson(ada.id);
    const again = directory.addPerson({ email: 'bob@orbital.example', firstname: 'B', lastname: 'B' });
    expect(again.id).not.to.equal(ada.id);
  });

  it('tells a deletion with the groups, and clears the manager of reports', () => {
    const { directory, changes, ada, bob, eng } = setUp();
    directory.deletePerson(ada.id);
    expect(changes.map(({ kind }) => kind)).to.deep.equal(['person-deleted', 'person-changed']);
    expect(changes[0]).to.have.deep.property('groups', [eng.id]);
    expect(directory.person(bob.id)?.manager).to.equal('');
    expect(directory.group(eng.id)?.members).to.deep.equal([]);
  });

  it('tells a deleted group as it was, and forgets its binding', () => {
    const { directory, changes, ada, eng } = setUp();
    directory.deleteGroup(eng.id);
    expect(changes).to.deep.equal([{ kind: 'group-deleted', group: { ...eng, members: [ada.id] }, bound: true }]);
    expect(directory.application().boundGroups).to.deep.equal([]);
    expect(directory.groupsOf(ada.id)).to.deep.equal([]);
  });

  it('tells nothing about an edit that changes nothing', () => {
    const { directory, changes, ada, eng } = setUp();
    directory.changePerson(ada.id, { firstname: 'Ada', email: 'ADA@orbital.example' });
    directory.renameGroup(eng.id, 'Engineering');
    directory.setActive(false);
    directory.setManageGroups(false);
    expect(changes).to.deep.equal([]);
  });

  it('hands out copies that later changes leave alone', () => {
    const { directory, bob, eng } = setUp();
    const before = directory.group(eng.id);
    directory.join(bob.id, eng.id);
    expect(before?.members).to.have.length(1);
    expect(directory.group(eng.id)?.members).to.have.length(2);
  });
});
