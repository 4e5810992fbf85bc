import { expect } from 'chai';
import type { Change } from './change.ts';
import { createDirectory } from './directory.ts';
import { idSource } from './ids.ts';
import { problemLine } from './people-file.ts';
import { importPeople } from './people-import.ts';
import { parsePeople } from './people-read.ts';

function setUp() {
  const changes: Change[] = [];
  const newId = idSource('import', 0);
  const directory = createDirectory({ newId, onChange: change => changes.push(change) });
  const ada = directory.addPerson({
    email: 'ada@orbital.example',
    firstname: 'Ada',
    lastname: 'Lovelace',
    employeeIdentifier: 'E1',
  });
  const eng = directory.addGroup('Engineering', 'makers');
  changes.length = 0;
  const take = async (text: string, mode: 'all-or-nothing' | 'rest') => {
    const { imported, problems } = importPeople(directory, await parsePeople('x.csv', text), mode, { newId });
    return {
      names: imported.map(({ username }) => username),
      problems: problems.map(each => problemLine('x.csv', each)),
    };
  };
  return { directory, changes, take, ada, eng };
}

const GOOD = 'Email,manager,Group1,Group2\nbob@x.example,ada,Engineering,Ops\ncy@x.example,bob,Ops,\n';

describe('import of people', () => {
  it('adds everybody with their managers, to groups that are there and to new ones', async () => {
    const { directory, changes, take, ada, eng } = setUp();
    expect(await take(GOOD, 'all-or-nothing')).to.deep.equal({ names: ['bob', 'cy'], problems: [] });
    const [bob, cy] = ['bob', 'cy'].map(name => directory.personBy('username', name));
    expect([bob?.manager, cy?.manager]).to.deep.equal([ada.id, bob?.id]);
    expect(directory.group(eng.id)).to.deep.include({ description: 'makers', members: [bob?.id] });
    expect(directory.groupNamed('Ops')?.members).to.deep.equal([bob?.id, cy?.id]);
    expect(changes.map(({ kind }) => kind)).to.deep.equal([
      'person-created',
      'person-created',
      'member-added',
      'group-created',
      'member-added',
      'member-added',
    ]);
  });

  const wrong: readonly [what: string, row: string, problem: RegExp][] = [
    [
      'has an address of the directory',
      'ADA@orbital.example,,,',
      /^x\.csv:4:1: email: somebody in the directory has the e-mail address "ada@orb/,
    ],
    [
      'has a user name of the directory',
      'ada@y.example,,,',
      /^x\.csv:4:1: username: somebody in the directory has the user name "ada"/,
    ],
    ['has a manager who is nobody', 'dan@x.example,eve,,', /^x\.csv:4:2: manager: nobody/],
    ['has no address', ',ada,Ops,', /^x\.csv:4:1: email: everybody needs/],
  ];
  for (const [what, row, problem] of wrong) {
    it(`takes nobody when one ${what} and all or nothing is asked, and the others when the rest is`, async () => {
      const { directory, changes, take } = setUp();
      const nothing = await take(`${GOOD}${row}\n`, 'all-or-nothing');
      expect(nothing.names).to.deep.equal([]);
      expect(nothing.problems).to.have.length(1);
      expect(nothing.problems[0]).to.match(problem);
      expect([changes, directory.people().length]).to.deep.equal([[], 1]);
      const rest = await take(`${GOOD}${row}\n`, 'rest');
      expect(rest).to.deep.equal({ names: ['bob', 'cy'], problems: nothing.problems });
      expect(directory.groupNamed('Ops')?.members).to.have.length(2);
    });
  }

  it('refuses an employee identifier and an id of the directory', async () => {
    const { take, ada } = setUp();
    const text = `_id,Email,employeeIdentifier\n,bob@x.example,e1\n${ada.id},cy@x.example,\n`;
    const { problems } = await take(text, 'rest');
    expect(problems).to.have.length(2);
    expect(problems[0]).to.match(/^x\.csv:2:3: employeeIdentifier: somebody in the directory/);
    expect(problems[1]).to.match(/^x\.csv:3:1: _id: somebody in the directory has the id/);
  });

  it('takes somebody without the manager who is left out, and tells it', async () => {
    const { directory, take } = setUp();
    const text =
      'Email,state,manager\nbob@x.example,AWAKE,\nbeth@x.example,,nobody\ncy@x.example,,beth\ndi@x.example,,cy\n';
    const { names, problems } = await take(text, 'rest');
    expect(names).to.deep.equal(['cy', 'di']);
    expect(problems.at(-1)).to.match(/^x\.csv:4:3: manager: the manager is in the file and left out/);
    expect(directory.personBy('username', 'cy')?.manager).to.equal('');
    expect(directory.personBy('username', 'di')?.manager).to.equal(directory.personBy('username', 'cy')?.id);
  });

  it('tells a manager who is left out from one who is nobody', async () => {
    const { take } = setUp();
    const { names, problems } = await take('Username,Email,manager\nbob,b.example,\ncy,cy@x.example,bob\n', 'rest');
    expect(names).to.deep.equal(['cy']);
    expect(problems.at(-1)).to.match(/^x\.csv:3:3: manager: the manager is in the file and left out/);
  });

  it('keeps the ids of a real directory, so that what was linked with them stays so', async () => {
    const { directory, take } = setUp();
    await take('_id,Email\n5f0000000000000000000001,bob@x.example\n', 'rest');
    expect(directory.person('5f0000000000000000000001')?.username).to.equal('bob');
  });
});
