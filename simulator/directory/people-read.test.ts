import { expect } from 'chai';
import { idSource, idTable } from './ids.ts';
import { problemLine, type Source } from './people-file.ts';
import { readPeople } from './people-read.ts';
import { completePerson } from './validate.ts';

const newId = idSource('read', 0);
const idAt = idTable('file', 0);
const ONE = idAt(1);

/** One line for each thing wrong, as a user reads it. */
async function problemsOf(name: string, source: Source): Promise<readonly string[]> {
  const { problems } = await readPeople(name, source, { newId });
  return problems.map(problem => problemLine(name, problem));
}

describe('file of people', () => {
  it('takes the columns of the template of JumpCloud, in its older names too and in any case and order', async () => {
    const header =
      'Email,"lastname",FIRSTNAME,Password,preferredName,work_locality,work_state,home_poBox,work_mobile_number,SystemID,Administrator,Group2,Attribute7_value,Attribute7_name,enable_user_portal_multifactor';
    const row =
      'Ada@Orbital.example,Lovelace,Ada,secret,Countess,London,Greater London,12,+44 1,,,Engines,7,badge,True';
    const options = { newId: () => 'new', state: 'STAGED' } as const;
    const { people, groups, problems } = await readPeople('x.csv', `${header}\n${row}\n`, options);
    expect(problems).to.deep.equal([]);
    expect(people).to.deep.equal([
      completePerson('new', {
        email: 'ada@orbital.example',
        firstname: 'Ada',
        lastname: 'Lovelace',
        displayname: 'Countess',
        addresses: [
          { type: 'work', locality: 'London', region: 'Greater London' },
          { type: 'home', poBox: '12' },
        ],
        phoneNumbers: [{ type: 'work_mobile', number: '+44 1' }],
        attributes: [{ name: 'badge', value: '7' }],
        mfaRequired: true,
        state: 'STAGED',
      }),
    ]);
    expect(groups).to.deep.equal([{ name: 'Engines', description: '', members: ['new'] }]);
    expect(JSON.stringify(people)).not.to.include('secret');
  });

  it('finds managers by id, user name or address, before or behind those they manage', async () => {
    const [a, b, c] = [idAt(1), idAt(2), idAt(3)];
    const text = `_id,Email,manager\n${a},a@x.example,C@x.example\n${b},b@x.example,${a}\n${c},c@x.example,B`;
    const { people, problems } = await readPeople('x.csv', text, { newId });
    expect(problems).to.deep.equal([]);
    expect(people.map(({ manager }) => manager)).to.deep.equal([c, a, b]);
  });

  const wrongCsv: readonly [what: string, text: string, problems: readonly (string | RegExp)[]][] = [
    ['nothing', '', [/^x\.csv:1:1: the file is empty/]],
    [
      'a misspelt column',
      'Emial,Email\n,a@x.example',
      ['x.csv:1:1: Emial: no column is named "Emial" (did you mean Email?)'],
    ],
    [
      'no column of addresses',
      'Username\na',
      [/^x\.csv:1:1: there is no column Email/, /^x\.csv:2:1: email: everybody needs/],
    ],
    ['a column twice', 'Email,email\n', ['x.csv:1:2: email: the column is there already, as number 1']],
    [
      'cells without a column',
      'Email,FirstName\na@x.example,Ada, Lovelace',
      [/^x\.csv:2:3: the row has 3 cells for 2 columns/],
    ],
    ['an address that is none', 'Username,Email\nada,ada', [/^x\.csv:2:2: email: "ada" is no e-mail address/]],
    ['no address', 'Username,Email\nada,', ['x.csv:2:2: email: everybody needs an e-mail address']],
    [
      'a state that is none',
      'Email,state\na@x.example,ACTIVE',
      [/^x\.csv:2:2: state: state is "ACTIVE"; write STAGED or ACTIVATED or SUSPENDED/],
    ],
    ['a flag that is none', 'Email,sudo\na@x.example,yes', ['x.csv:2:2: sudo: sudo is "yes"; write true or false']],
    [
      'states that disagree',
      'Email,state,suspended\na@x.example,STAGED,true',
      [/^x\.csv:2:3: suspended: suspended is true and state is "STAGED"/],
    ],
    [
      'the same address twice',
      'Username,Email\na,a@x.example\nb,A@x.example',
      ['x.csv:3:2: email: line 2 has the e-mail address "a@x.example" already; give each person their own'],
    ],
    [
      'the same id twice',
      `_id,Email\n${ONE},a@x.example\n${ONE},b@x.example`,
      [/^x\.csv:3:1: _id: line 2 has the id "0{8}\w+" already/],
    ],
    ['an id that is none', '_id,Email\n7,a@x.example', [/^x\.csv:2:1: _id: "7" is no id; write 24 hex digits/]],
    [
      'a manager who is nobody',
      'Email,manager\na@x.example,boss',
      [/^x\.csv:2:2: manager: nobody in the file or the directory/],
    ],
    [
      'somebody as their own manager',
      'Email,manager\na@x.example,a',
      [/^x\.csv:2:2: manager: a person cannot be their own/],
    ],
    [
      'an attribute without a name',
      'Email,Attribute1_name,Attribute1_value\na@x.example,,7',
      [/^x\.csv:2:3: Attribute1_value: a custom attribute has a value and no name/],
    ],
    [
      'a list that is none',
      'Email,addresses\na@x.example,Leeds',
      [/^x\.csv:2:2: addresses: the cell holds no list as JSON/],
    ],
    [
      'a list twice',
      'Email,Group1,groups\na@x.example,A,"[""B""]"',
      [/^x\.csv:2:3: groups: other columns say the same/],
    ],
    [
      'text past the limit',
      `Email,company\na@x.example,${'x'.repeat(1025)}`,
      [/^x\.csv:2:2: company: company of "a@x\.example" is longer than 1024/],
    ],
    [
      'a name of a group past the limit',
      `Email,Group1\na@x.example,${'x'.repeat(1025)}`,
      [/^x\.csv:2:2: groups: the name of a group is longer/],
    ],
    ['a quote out of place', 'Email\na"b@x.example', [/^x\.csv:2:1: a quote inside a cell/]],
  ];
  for (const [what, text, expected] of wrongCsv) {
    it(`names line, column and field of ${what}`, async () => {
      const problems = await problemsOf('x.csv', text);
      expect(problems, problems.join('\n')).to.have.length(expected.length);
      for (const [index, problem] of expected.entries()) {
        expect(problems[index]).to[typeof problem === 'string' ? 'equal' : 'match'](problem as string & RegExp);
      }
    });
  }

  const wrongJson: readonly [what: string, text: string, problem: RegExp][] = [
    ['text', 'hello', /^x\.json:1:1: the file is neither a list of people nor JSON lines/],
    ['nothing', '', /^x\.json:1:1: the file is neither/],
    ['a list that is cut off', '[\n{"email":"a@x.example"}', /^x\.json:2:24: the list is cut off here/],
    ['a person that is cut off', '[{"email":"a@x.exam', /^x\.json:1:\d+: this is no JSON/],
    ['a missing comma', '[{"email":"a@x.example"}\n {"email":"b@x.example"}]', /^x\.json:2:2: a comma is missing/],
    ['a comma too many', '[{"email":"a@x.example"},]', /^x\.json:1:26: a person is missing/],
    ['a person who is none', '[\n  1]', /^x\.json:2:3: a person is an object/],
    ['a mistake in JSON', '[{"email":"a@x.example"},\n{"email" "b"}]', /^x\.json:2:10: this is no JSON/],
    [
      'an unknown member',
      '[{"email":"a@x.example",\n  "jobtitel":"x"}]',
      /^x\.json:2:14: jobtitel: a system user has no "jobtitel" \(did you mean jobTitle\?\)/,
    ],
    [
      'a number for text',
      '{"results":[{"email":"a@x.example","company":7}]}',
      /^x\.json:1:46: company: company is 7; write text/,
    ],
    [
      'an element that is none',
      '[{"email":"a@x.example",\n"phoneNumbers":["1"]}]',
      /^x\.json:2:16: phoneNumbers\[0\]: phoneNumbers\[0\] is "1"; write an object with type, number/,
    ],
    [
      'a part of an element',
      '[{"email":"a@x.example","addresses":[{"locality":[]}]}]',
      /^x\.json:1:37: addresses\[0\]\.locality: .* is a list of 0; write text/,
    ],
    ['groups that are no names', '[{"email":"a@x.example","groups":"A"}]', /^x\.json:1:34: groups: groups are names/],
    [
      'the same user name twice',
      '{"email":"a@x.example"}\n{"email":"a@y.example"}',
      /^x\.json:2:1: username: line 1 has the user name "a" already/,
    ],
  ];
  for (const [what, text, problem] of wrongJson) {
    it(`names line and column of ${what} in JSON`, async () => {
      const problems = await problemsOf('x.json', text);
      expect(problems, problems.join('\n')).to.have.length(1);
      expect(problems[0]).to.match(problem);
    });
  }

  it('tells a member that nobody has once, and takes the people', async () => {
    const text = '{"email":"a@x.example","shoe":1}\n{"email":"b@x.example","shoe":2}';
    const { people, problems } = await readPeople('x.jsonl', text, { newId });
    expect(problems.map(({ field }) => field)).to.deep.equal(['shoe']);
    expect(people).to.have.length(2);
  });

  it('takes the list that API v1 answers', async () => {
    const text = `{"totalCount":1,"results":[{"_id":"${ONE}","email":"a@x.example","suspended":true,"state":"SUSPENDED"}]}`;
    const { people, problems } = await readPeople('x.json', text, { newId });
    expect(problems).to.deep.equal([]);
    expect(people).to.deep.include.members([
      completePerson(ONE, { email: 'a@x.example', firstname: '', lastname: '', state: 'SUSPENDED' }),
    ]);
  });

  const bytes = (...numbers: readonly number[]) => [Uint8Array.from(numbers)];
  const encoded = (text: string, encoding: BufferEncoding) => [Buffer.from(text, encoding)];
  it('takes UTF-8 with and without a byte order mark, cut anywhere', async () => {
    const text = '\uFEFFEmail,FirstName\na@x.example,Zoë 東';
    const whole = Buffer.from(text);
    for (let at = 0; at <= whole.length; at++) {
      const { people } = await readPeople('x.csv', [whole.subarray(0, at), whole.subarray(at)], { newId });
      expect(people.map(({ firstname }) => firstname)).to.deep.equal(['Zoë 東']);
    }
  });

  const encodings: readonly [what: string, source: Source, problem: RegExp][] = [
    ['UTF-16', encoded('\uFEFFEmail\na@x.example', 'utf16le'), /^x\.csv:1:1: the file is UTF-16; save it as UTF-8/],
    ['UTF-16 without a mark', encoded('Email\na@x.example', 'utf16le'), /UTF-16/],
    ['the other UTF-16', bytes(0xfe, 0xff, 0, 0x45), /UTF-16/],
    [
      'Latin-1',
      encoded('Email,FirstName\na@x.example,Zoë\nb@x.example,B', 'latin1'),
      /^x\.csv:\d:1: the file is not UTF-8/,
    ],
    ['a letter cut in two at the end', bytes(0x45, 0xc3), /not UTF-8/],
  ];
  for (const [what, source, problem] of encodings) {
    it(`refuses ${what} and says what to do`, async () => {
      expect((await problemsOf('x.csv', source)).join('\n')).to.match(problem);
    });
  }

  it('tells a thousand problems at most', async () => {
    const bad = (function* () {
      yield 'Email\n';
      for (let index = 0; index < 1500; index++) yield 'a"b\n';
    })();
    expect(await problemsOf('x.csv', bad)).to.have.length(1000);
  });
});
