import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { inFolder } from './in-folder.ts';
import { inProcess } from './in-process.ts';

/** Runs `mapping` with files made for it; a file's name stands for its path. */
const mapping = (args: readonly string[], files: Readonly<Record<string, string>> = {}) =>
  inFolder(folder => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return inProcess(['mapping', ...args.map(arg => (Object.hasOwn(files, arg) ? join(folder, arg) : arg))]);
  });

const USER = JSON.stringify({
  email: 'Ada@Orbital.example',
  firstname: 'Ada',
  lastname: 'Lovelace',
  jobTitle: 'Analyst',
});

describe('mapping eval', () => {
  it('prints the value as JSON', async () => {
    const files = { 'context.json': '{"jcUser": {"firstname": "Ada", "tags": ["b", "a"]}}' };
    const { code, out, err } = await mapping(
      ['eval', '{t: sort(jcUser.tags), n: 7 / 2}', '--context', 'context.json'],
      files,
    );
    expect({ code, out, err }).to.deep.equal({ code: 0, out: '{"n":3.5,"t":["a","b"]}\n', err: '' });
  });

  it("knows JumpCloud's functions, and no name that the context does not have", async () => {
    expect(await mapping(['eval', 'notNullOrEmpty(jcUser)'])).to.include({ code: 0, out: 'false\n' });
  });

  it('shows where a mistake is, and ends with exit code 2', async () => {
    const { code, out, err } = await mapping(['eval', 'len("a") + "b"']);
    expect({ code, out }).to.deep.equal({ code: 2, out: '' });
    expect(err).to.equal(
      'scimulator: \'+\' cannot take int and string (line 1, column 10)\n  len("a") + "b"\n           ^\n',
    );
  });

  it('answers a batch line by line, passes over blank lines and stops at none', async () => {
    const lines = [
      '\ufeff{"expr": "a + 1", "context": {"a": 1}}',
      '',
      '  ',
      'no JSON',
      '[]',
      '{"context": {}}',
      '{"expr": "a", "context": [1]}',
      '{"expr": "1 +"}',
      '{"expr": "1 / 0"}',
      '{"expr": "0..2000000"}',
      '{"expr": "9223372036854775807", "context": null}\r',
    ];
    const { code, out } = await mapping(['eval', '--batch', 'lines'], { lines: lines.join('\n') });
    expect(code).to.equal(0);
    const answers = out.trimEnd().split('\n');
    expect(answers.map(line => Object.keys(JSON.parse(line)).join(' '))).to.deep.equal([
      'value',
      ...Array.from({ length: 7 }, () => 'error offset'),
      'value',
    ]);
    expect(answers[0]).to.equal('{"value":2}');
    expect(JSON.parse(answers[5] ?? '')).to.deep.equal({ error: 'unexpected end of the expression', offset: 2 });
    expect(answers.at(-1)).to.equal('{"value":9223372036854775807}');
  });

  const refused: readonly [what: string, args: readonly string[], said: RegExp][] = [
    ['nothing to evaluate', ['eval'], /expression is missing, or --batch/],
    ['both an expression and a batch', ['eval', '1', '--batch', 'list'], /leave out the expression/],
    [
      'a file that is not there',
      ['eval', '1', '--context', '/nowhere.json'],
      /nowhere\.json cannot be read: there is no such file/,
    ],
    ['a folder', ['eval', '--batch', '/'], /\/ cannot be read: it is a folder/],
    ['a context that is a list', ['eval', '1', '--context', 'list'], /is no JSON object/],
    ['a context that is no JSON', ['eval', '1', '--context', 'broken'], /is no JSON: /],
  ];
  for (const [what, args, said] of refused) {
    it(`refuses ${what}`, async () => {
      const { code, err } = await mapping(args, { list: '[]', broken: '{' });
      expect(code).to.equal(2);
      expect(err)
        .to.match(said)
        .and.not.match(/\n\s+at /);
    });
  }
});

describe('mapping preview', () => {
  it('prints the user that the default mappings make of a person', async () => {
    const { code, out, err } = await mapping(['preview', '--user', 'user'], { user: USER });
    expect({ code, err }).to.deep.equal({ code: 0, err: '' });
    expect(JSON.parse(out)).to.deep.equal({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName: 'ada@orbital.example',
      name: { givenName: 'Ada', familyName: 'Lovelace' },
      title: 'Analyst',
      displayName: 'Ada Lovelace',
      externalId: '000000000000000000000001',
      locale: 'en-US',
      preferredLanguage: 'en-US',
      emails: [{ value: 'ada@orbital.example', type: 'work', primary: true }],
      active: true,
    });
  });

  it('takes other mappings and what the service provider holds', async () => {
    const rows = [
      { target: 'userName', kind: 'direct', source: 'email' },
      { target: 'externalId', kind: 'expression', expression: 'providerUser.externalId + "!"' },
      { target: 'nickName', kind: 'expression', expression: 'int(jcUser.firstname)' },
    ];
    const { code, out, err } = await mapping(
      ['preview', '--user', 'user', '--mapping', 'rows', '--provider-user', 'held'],
      { user: USER, rows: JSON.stringify(rows), held: '{"externalId": "x"}' },
    );
    expect(code).to.equal(0);
    expect(JSON.parse(out))
      .to.include({ userName: 'ada@orbital.example', externalId: 'x!' })
      .and.not.have.property('nickName');
    expect(err).to.equal('left out nickName: "Ada" is no int (line 1, column 1)\n');
  });

  it('says that nothing would be sent without userName (JC-Q33b)', async () => {
    const rows = [{ target: 'userName', kind: 'expression', expression: 'jcUser.addresses[0].type' }];
    const { code, err } = await mapping(['preview', '--user', 'user', '--mapping', 'rows'], {
      user: USER,
      rows: JSON.stringify(rows),
    });
    expect(code).to.equal(1);
    expect(err)
      .to.match(/left out userName: there is no element 0/)
      .and.match(/nothing would be sent/);
  });

  const refused: readonly [what: string, args: readonly string[], said: RegExp][] = [
    ['a field that nobody has', ['--user', 'misspelt'], /no "firstnam".*did you mean firstname/],
    ['a person without an address', ['--user', 'empty'], /email is missing/],
    ['mappings that are no list', ['--user', 'user', '--mapping', 'empty'], /mappings are a list of rows/],
  ];
  for (const [what, args, said] of refused) {
    it(`refuses ${what}`, async () => {
      const files = { user: USER, empty: '{}', misspelt: '{"email": "a@b.example", "firstnam": "A"}' };
      const { code, err } = await mapping(['preview', ...args], files);
      expect(code).to.equal(2);
      expect(err).to.match(said);
    });
  }
});
