import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rules } from '../../conformance/clauses/index.ts';
import { settingsFrom, settingsTable } from '../sync/settings.ts';
import { implementedRules, unprovedRules } from './rules.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const sorted = (ids: Iterable<string>): readonly string[] => [...ids].sort();

describe('the list of rules', () => {
  it('has every rule of JumpCloud once: proved, or with a reason why not', () => {
    const listed = [...implementedRules.map(({ id }) => id), ...Object.keys(unprovedRules)];
    expect(sorted(listed)).to.deep.equal(sorted(Object.keys(rules).filter(id => id.startsWith('JC-'))));
  });

  it('names for each rule a file that is there, and a proof that names it', () => {
    for (const { id, home, proof } of implementedRules) {
      expect(existsSync(here(`../${home}`)), `${home}, home of ${id}`).to.equal(true);
      expect(readFileSync(here(proof), 'utf8'), `${proof}, proof of ${id}`).to.contain(`'${id}'`);
    }
  });

  it('lists no rule without effect on the wire but those of events and refusals', () => {
    const silent = implementedRules.filter(({ id }) => rules[id].wire === '-').map(({ id }) => id);
    expect(silent.filter(id => !/^JC-5[34]|^JC-7d$|^JC-28a$/.test(id))).to.deep.equal([]);
  });
});

describe('settings', () => {
  it('are the defaults of the rules where nothing is said', () => {
    expect(settingsFrom()).to.deep.equal(
      Object.fromEntries(Object.entries(settingsTable).map(([name, row]) => [name, row.default])),
    );
    expect(settingsFrom({ lookUp: 'emails.value' }).lookUp).to.equal('emails.value');
  });

  for (const [what, given, message] of [
    ['a name that is none', { lookup: 'userName' }, /no setting "lookup" \(did you mean lookUp\?\)/],
    ['a value it cannot have', { groupRename: 'post' }, /groupRename is "post"; it can be patch or put/],
    ['what is no text', { testGroup: 7 }, /testGroup has to be a text/],
    ['an empty name', { testUser: '' }, /testUser has to be a text/],
  ] as const) {
    it(`refuse ${what}`, () => {
      expect(() => settingsFrom(given as object)).to.throw(message);
    });
  }
});
