import { expect } from 'chai';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { readPeople } from '../../simulator/index.ts';
import type { Io } from '../io.ts';
import { generateCommand, type GenerateFlags } from './generate.ts';

const flags = { people: 30, seed: 7, format: 'json' } as const;

/** Runs the command and answers what it wrote. */
async function run(more: Partial<GenerateFlags> = {}): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const io: Io = {
    out: text => (out += text),
    err: text => (err += text),
    env: {},
    color: false,
    interactive: false,
    width: undefined,
  };
  const stdout = new Writable({ write: (piece, _encoding, done) => ((out += String(piece)), done()) });
  return { code: await generateCommand({ ...flags, ...more }, io, stdout), out, err };
}

describe('generate', () => {
  let folder = '';
  before(() => (folder = mkdtempSync(join(tmpdir(), 'scimulator-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const format of ['json', 'csv', 'jsonl'] as const) {
    it(`writes ${format} that an import takes whole, the same each time`, async () => {
      const { code, out } = await run({ format });
      expect(code).to.equal(0);
      const { people, groups, problems } = await readPeople(`x.${format}`, out, { newId: () => '' });
      expect(problems).to.deep.equal([]);
      expect(people).to.have.length(30);
      expect(groups.map(({ name }) => name)).to.include('All Staff');
      expect((await run({ format })).out).to.equal(out);
    });
  }

  it('follows a profile, and names what is wrong with one', async () => {
    const file = join(folder, 'profile.json');
    writeFileSync(file, '{"company":"Tiny"}');
    expect((await run({ profile: file })).out).to.include('"company":"Tiny"');
    writeFileSync(file, '{"compani":"Tiny"}');
    const refused = await run({ profile: file }).catch((error: unknown) => error);
    expect(refused).to.have.property('code', 'usage');
    expect(refused)
      .to.have.property('message')
      .that.includes(`${file}:1:2: no setting compani (did you mean company?)`);
    expect(await run({ profile: join(folder, 'none') }).catch((error: unknown) => error))
      .to.have.property('message')
      .that.matches(/the profile cannot be read: there is no such file/);
  });

  it('writes a file, and over one that is there only when told to', async () => {
    const output = join(folder, 'people.csv');
    expect(await run({ format: 'csv', output })).to.include({ code: 0, out: '', err: `${output} written\n` });
    const refused = await run({ output }).catch((error: unknown) => error);
    expect(refused).to.have.property('message', `${output} is there already; --force writes over it`);
    await run({ output, force: true });
    expect(readFileSync(output, 'utf8')).to.match(/^\[\n\{/);
  });

  it('ends quietly when the reader has enough, with no more made than was read', async () => {
    let pieces = 0;
    const closed = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
    const stdout = new Writable({ write: (_piece, _encoding, done) => done((pieces += 1) === 2 ? closed : null) });
    const io = {
      out: () => undefined,
      err: () => undefined,
      env: {},
      color: false,
      interactive: false,
      width: undefined,
    };
    expect(await generateCommand({ ...flags, people: 100_000 }, io, stdout)).to.equal(0);
    expect(pieces).to.equal(2);
  });

  it('tells any other trouble of the output', async () => {
    const stdout = new Writable({ write: (_piece, _encoding, done) => done(new Error('disk full')) });
    const io = {
      out: () => undefined,
      err: () => undefined,
      env: {},
      color: false,
      interactive: false,
      width: undefined,
    };
    const refused = await generateCommand(flags, io, stdout).catch((error: unknown) => error);
    expect(refused).to.have.property('message', 'disk full');
  });
});
