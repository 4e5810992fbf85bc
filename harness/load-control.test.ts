import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ControlError } from '../scim/target.ts';
import { ControlModuleError, loadControl } from './load-control.ts';

describe('a control module', () => {
  let folder: string;
  let count = 0;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'scimulator-control-'))));
  after(() => rmSync(folder, { recursive: true }));

  const written = (text: string): string => {
    const file = join(folder, `control-${(count += 1)}.mjs`);
    writeFileSync(file, text);
    return file;
  };

  it('gives its control, which keeps what it is made of', async () => {
    const text = `class Mine {
      #name = 'Ada';
      address = 'ada@x.example';
      async accept({ person }) { return { id: person, address: this.address, name: this.#name, state: 'active', role: 'member' }; }
    }
    export const control = new Mine();`;
    const control = await loadControl(written(text));
    expect(await control.accept?.({ person: 'p1' })).to.include({ id: 'p1', name: 'Ada', address: 'ada@x.example' });
    expect(control.suspend).to.equal(undefined);
  });

  it('gives acts that can be handed around by themselves', async () => {
    const text = 'export const control = new (class { #id = 7; async service() { return { id: this.#id }; } })();';
    const { service } = await loadControl(written(text));
    expect(await service?.()).to.deep.equal({ id: 7 });
  });

  const failing: readonly [what: string, act: string, says: RegExp][] = [
    ['throws', `() => { throw new Error('the account is asleep') }`, /: accept failed: the account is asleep$/],
    ['rejects with what is no error', `() => Promise.reject('no')`, /: accept failed: no$/],
    ['gives nothing where somebody is asked for', '() => {}', /: accept has to give an object$/],
    ['gives a list where somebody is asked for', '() => []', /: accept has to give an object$/],
  ];
  for (const [what, act, says] of failing) {
    it(`is named, with the act, when an act ${what}`, async () => {
      const file = written(`export const control = { accept: ${act} };`);
      const control = await loadControl(file);
      const error = await control.accept?.({ person: 'p1' }).catch((error: unknown) => error);
      expect(error).to.be.instanceOf(ControlError);
      expect((error as Error).message)
        .to.include(file)
        .and.match(says);
    });
  }

  it('passes on a refusal as it is', async () => {
    const target = new URL('../scim/target.ts', import.meta.url).href;
    const text = `import { ControlError } from '${target}';
    export const control = { people: () => [], accept() { throw new ControlError(409, 'not now', 'OP-34a'); } };`;
    const control = await loadControl(written(text));
    expect(await control.people?.()).to.deep.equal([]);
    const error = await control.accept?.({ person: 'p1' }).catch((error: unknown) => error);
    expect(error).to.include({ status: 409, message: 'not now', rule: 'OP-34a' });
  });

  const faulty: readonly [what: string, text: string, says: RegExp][] = [
    ['that does not parse', 'export const control = {', /cannot be loaded: Unexpected end of input/],
    ['that throws', `throw new Error('no token in OP_TOKEN');`, /cannot be loaded: no token in OP_TOKEN/],
    ['without a control', 'export const controls = {};', /has to export "control"; it exports controls/],
    ['that exports nothing', '', /has to export "control"; it exports nothing/],
    ['whose control is no object', 'export const control = 7;', /"control" has to be an object/],
    ['whose control is null', 'export const control = null;', /"control" has to be an object/],
    ['without acts', 'export const control = { address: "a" };', /"control" has no act; give one or more of people, /],
    [
      'with a misspelled act',
      'export const control = { acept() {} };',
      /has acept, which is no act \(did you mean accept\?\)/,
    ],
    ['with an act that is none', 'export const control = { danceAround() {} };', /no act; the acts are people, groups/],
    [
      'with an act that is no function',
      'export const control = { accept: true };',
      /control\.accept has to be a function/,
    ],
  ];
  for (const [what, text, says] of faulty) {
    it(`is refused when it is one ${what}`, async () => {
      const file = written(text);
      const error = await loadControl(file).catch((error: unknown) => error);
      expect(error).to.be.instanceOf(ControlModuleError);
      expect(String(error)).to.include(file).and.match(says);
    });
  }

  it('is refused when there is no such file', async () => {
    const error = await loadControl(join(folder, 'none.mjs')).catch((error: unknown) => error);
    expect(String(error)).to.match(/none\.mjs: there is no such file/);
  });
});
