import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { requirements, rules } from '../../conformance/clauses/index.ts';
import { dialects } from './index.ts';
import { sources } from './sources.ts';

const ROOT = new URL('../../', import.meta.url);
/** Folders whose code meets dialects. */
const MEETING = ['simulator', 'scenarios', 'harness', 'cli'];

describe('dialects', () => {
  it('have ids of their own', () => {
    expect(new Set(dialects.map(({ id }) => id)).size).to.equal(dialects.length);
  });

  it('imitate a User-Agent only where it was seen, and are ours by name otherwise', () => {
    expect(Object.fromEntries(dialects.map(({ id, headers }) => [id, headers.userAgent]))).to.deep.equal({
      jumpcloud: 'Scimulator (JumpCloud dialect)',
      okta: 'Okta SCIM Client 1.0.0',
      'okta-oin': 'Okta SCIM Client 1.0.0',
      entra: undefined,
      'entra-aadoptscim062020': undefined,
      plain: 'Scimulator (plain)',
    });
  });

  it('have evidence for every value, which can be looked up, and none for what is no value', () => {
    for (const { id, title: _title, profile: _profile, shortcomings, evidence, ...values } of dialects) {
      expect(Object.keys(evidence).sort(), id).to.deep.equal(Object.keys(values).sort());
      for (const key of [...Object.values(evidence).flat(), ...Object.values(shortcomings)]) {
        const isKnown = key in rules || key in requirements || key in sources || /^W-\d+$/.test(key);
        expect(isKnown, `${id}: ${key}`).to.equal(true);
      }
    }
    const cited = new Set<string>(dialects.flatMap(({ evidence }) => Object.values(evidence).flat()));
    for (const source of Object.keys(sources)) expect(cited.has(source), source).to.equal(true);
  });

  it('are told apart by their values: nothing outside their folder compares an id', () => {
    const ids = dialects.map(({ id }) => id).join('|');
    const compared = new RegExp(`(?:[=!]==|\\bcase|includes\\()\\s*'(?:${ids})'|dialect\\.id\\s*[=!]==`);
    const files = MEETING.flatMap(folder =>
      readdirSync(new URL(`${folder}/`, ROOT), { recursive: true, encoding: 'utf8' }).map(file => `${folder}/${file}`),
    ).filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('simulator/dialects/'));
    expect(files).to.include.members(['simulator/sync/push.ts', 'harness/play.ts']);
    for (const file of files) expect(readFileSync(new URL(file, ROOT), 'utf8'), file).not.to.match(compared);
    expect("if (dialect.id === 'entra')").to.match(compared);
  });
});
