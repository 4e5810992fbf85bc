import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { bindsServer, coverage, isOpen } from '../conformance/coverage.ts';
import { unchecked } from '../conformance/unchecked.ts';
import { generatePages } from '../docs/generate.ts';
import { fingerprint, type Proof } from './proof-table.ts';
import { isKnownEnd, scriptFingerprint, type ScriptProof } from './script-table.ts';

describe('coverage', () => {
  const inScope = coverage.filter(bindsServer);
  const ids = (rows: typeof coverage) => rows.map(({ row }) => row.id);

  it('has a check or a reason for each clause that binds a server', () => {
    expect(ids(inScope.filter(isOpen))).to.deep.equal([]);
  });

  it('leaves at most 3 % of the rows marked testable without a check', () => {
    const testable = inScope.filter(({ row }) => row.testable === 'yes');
    const without = testable.filter(({ checks }) => checks.length === 0);
    expect(without.length / testable.length, ids(without).join(' ')).to.be.at.most(0.03);
  });

  it('keeps no reason for a clause that has a check by now', () => {
    const checked = new Set(ids(coverage.filter(({ checks }) => checks.length > 0)));
    expect(unchecked.filter(({ clause }) => checked.has(clause))).to.deep.equal([]);
  });
});

describe('docs/proof.json', () => {
  const proof = JSON.parse(readFileSync(new URL('../docs/proof.json', import.meta.url), 'utf8')) as Proof;

  it('is about the checks, defects and variants there are; `npm run proof` writes it', () => {
    expect(proof.fingerprint).to.equal(fingerprint());
  });

  it('tells of no defect that was missed and of no variant that turned a check red', () => {
    const missed = Object.entries(proof.defects).filter(([, { missedBy }]) => missedBy !== undefined);
    const red = Object.entries(proof.variants).filter(([, verdicts]) => verdicts.length > 0);
    expect([...missed, ...red]).to.deep.equal([]);
  });
});

describe('docs/scripts.json', () => {
  const proof = JSON.parse(readFileSync(new URL('../docs/scripts.json', import.meta.url), 'utf8')) as ScriptProof;
  const ends = Object.entries(proof.defects).flatMap(([defect, checks]) =>
    Object.entries(checks).map(([check, end]) => ({ defect, check, end })),
  );

  it('is about the defects there are and about what makes scripts; `npm run proof:scripts` writes it', () => {
    expect(proof.fingerprint).to.equal(scriptFingerprint());
  });

  it('tells of no script that shows no fault, or shows one where none is, or leaves something', () => {
    const odd = ends.filter(({ end }) => !isKnownEnd(end)).map(({ defect, check }) => `${defect} ${check}`);
    // What was judged had the users and groups of checks beside it, and was longer than what the script makes alone.
    expect(odd).to.have.members(['list-without-envelope list.envelope', 'members-finds-everybody filter.members']);
  });

  it('counts what it holds', () => {
    const scripts = ends.filter(({ end }) => end !== 'weighs less than a warning').length;
    expect(proof.scripts).to.equal(scripts);
    expect(proof.shown).to.equal(ends.filter(({ end }) => typeof end === 'string' && end.startsWith('shown')).length);
  });
});

describe('generated pages', () => {
  for (const { path, text } of generatePages()) {
    it(`${path.split('/').pop()} is up to date; \`npm run generate\` writes it`, () => {
      expect(readFileSync(path, 'utf8') === text).to.equal(true);
    });
  }
});
