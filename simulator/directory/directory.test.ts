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
    [
      'invalid-value',
      'a person who is staged again',
      ({ directory, ada }) => directory.changePerson(ada.id, { state: 'STAGED' }),
    ],
    [
      'invalid-value',
      'a user name with a blank',
      ({ directory, ada }) => directory.changePerson(ada.id, { username: 'a b' }),
    ],
    [
      'invalid-value',
      'two custom attributes of one name',
      ({ directory, ada }) =>
        directory.changePerson(ada.id, {
          attributes: [
            { name: 'badge', value: '1' },
            { name: 'badge', value: '2' },
          ],
        }),
    ],
    [
      'invalid-value',
      'a part of an address past the limit',
      ({ directory, ada }) =>
        directory.changePerson(ada.id, { addresses: [{ type: 'work', locality: 'x'.repeat(1025) }] }),
    ],
    ['duplicate-id', 'an import of somebody who is there', ({ directory, ada }) => directory.admitPerson(ada)],
    ['unknown-application', 'an application that is not there', ({ directory, eng }) => directory.bind(eng.id, 'no')],
    [
      'wrong-count',
      'a deletion with a wrong count (JC-8c)',
      ({ directory }) => directory.deleteApplication(undefined, 2),
    ],
    [
      'invalid-value',
      'another SSO URL (JC-9b)',
      ({ directory }) => directory.changeApplication({ ssoUrl: 'https://x' }),
    ],
    ['invalid-value', 'another connector', ({ directory }) => directory.changeApplication({ name: 'Other' })],
    ['invalid-value', 'an application without a name', ({ directory }) => directory.addApplication({ name: ' ' })],
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
        given.directory.applications(),
      ]);
      expect(() => act(given))
        .to.throw(DirectoryError)
        .with.property('code', code);
      expect(given.changes).to.deep.equal([]);
      const { directory } = given;
      expect(JSON.stringify([directory.people(), directory.groups(), directory.applications()])).to.equal(before);
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
    expect(changes).to.deep.equal([
      { kind: 'group-deleted', group: { ...eng, members: [ada.id] }, applications: [directory.application().id] },
    ]);
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

  it('names the field of a refused value, for whoever shows it beside the field', () => {
    const { directory, ada, bob } = setUp();
    const fields = (
      [
        { email: 'x' },
        { recoveryEmail: 'x' },
        { username: 'ADA', email: 'new@orbital.example' },
        { manager: 'x' },
        { phoneNumbers: [{ type: 'work', number: '1'.repeat(1025) }] },
      ] as const
    ).map(changes => {
      try {
        directory.changePerson(bob.id, changes);
        return 'taken';
      } catch (error) {
        return error instanceof DirectoryError ? error.field : error;
      }
    });
    expect(fields).to.deep.equal(['email', 'recoveryEmail', 'username', 'manager', 'phoneNumbers[0].number']);
    expect(directory.person(ada.id)).to.equal(ada);
  });

  it('takes managers who manage each other: nothing documented refuses it', () => {
    const { directory, ada, bob } = setUp();
    expect(directory.changePerson(ada.id, { manager: bob.id }).manager).to.equal(bob.id);
  });

  it('follows who reports to whom through edits and deletions', () => {
    const { directory, changes, ada, bob } = setUp();
    const [cy, di] = ['cy', 'di'].map(name =>
      directory.addPerson({ email: `${name}@orbital.example`, firstname: name, lastname: '', manager: ada.id }),
    );
    directory.changePerson(bob.id, { manager: cy?.id ?? '' });
    directory.deletePerson(di?.id ?? '');
    changes.length = 0;
    directory.deletePerson(ada.id);
    const people = changes.map(change => `${change.kind} ${'person' in change ? change.person.username : ''}`);
    expect(people).to.deep.equal(['person-deleted ada', 'person-changed cy']);
    expect(directory.person(bob.id)?.manager).to.equal(cy?.id);
  });

  it('finds people by what nobody shares, in any case, and groups by name', () => {
    const { directory, ada, bob, eng } = setUp();
    expect(directory.personBy('email', 'ADA@Orbital.Example')).to.equal(ada);
    expect(directory.personBy('username', 'Bob')).to.equal(bob);
    expect(directory.personBy('employeeIdentifier', 'e1')).to.equal(bob);
    expect(directory.personBy('employeeIdentifier', '')).to.equal(undefined);
    expect(directory.groupNamed('Engineering')?.id).to.equal(eng.id);
    expect(directory.groupNamed('engineering')).to.equal(undefined);
  });

  it('tells an edit of a group by what changed: its name, or anything else (JC-36, JC-46)', () => {
    const { directory, changes, eng } = setUp();
    directory.changeGroup(eng.id, { description: ' ' });
    directory.changeGroup(eng.id, { name: 'Engineers' });
    directory.changeGroup(eng.id, { name: 'Makers', email: 'makers@orbital.example' });
    directory.changeGroup(eng.id, {});
    const told = ['group-changed', 'group-renamed', 'group-renamed', 'group-changed'];
    expect(changes.map(({ kind }) => kind)).to.deep.equal(told);
    expect(directory.group(eng.id)).to.include({ name: 'Makers', description: ' ', email: 'makers@orbital.example' });
    expect(directory.addGroup('Engineers', '').name).to.equal('Engineers');
  });

  it('gives new people the state of where they come from, and the time', () => {
    const directory = createDirectory({
      newId: idSource('states', 0),
      now: () => Date.UTC(2026, 0, 2),
      newPersonStates: { csvImport: 'STAGED' },
      onChange: () => undefined,
    });
    const draft = (email: string) => ({ email, firstname: 'A', lastname: 'B' });
    expect(directory.addPerson(draft('a@x.example'))).to.include({
      state: 'ACTIVATED',
      created: '2026-01-02T00:00:00.000Z',
    });
    expect(directory.addPerson(draft('b@x.example'), 'csvImport').state).to.equal('STAGED');
    const said = { ...draft('c@x.example'), state: 'SUSPENDED' } as const;
    expect(directory.addPerson(said, 'csvImport').state).to.equal('SUSPENDED');
    expect(directory.applications()).to.deep.equal([]);
    expect(() => directory.application())
      .to.throw(DirectoryError)
      .with.property('code', 'unknown-application');
  });

  it('passes over what no person has, and empty parts of addresses', () => {
    const { directory } = setUp();
    const draft = {
      email: 'c@orbital.example',
      firstname: 'C',
      lastname: 'D',
      shoeSize: 44,
      addresses: [{ type: 'work', locality: 'Leeds', region: '' }],
    };
    const person = directory.addPerson(draft);
    expect(person).not.to.have.property('shoeSize');
    expect(person.addresses).to.deep.equal([{ type: 'work', locality: 'Leeds' }]);
  });
});
