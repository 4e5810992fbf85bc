import { expect } from 'chai';
import { outcomes, type Outcome, type Severity } from '../record/index.ts';
import { sampleRun } from './sample-run.test.ts';
import { byKind, conclusion, countOf, kindOf, kinds, type Kind } from './kind.ts';

describe('kindOf', () => {
  const cases: readonly (readonly [Outcome, Severity, Kind])[] = [
    ['fail', 'failure', 'failure'],
    ['fail', 'warning', 'warning'],
    ['fail', 'observation', 'noted'],
    ['fail', 'none', 'noted'],
    ['pass', 'failure', 'pass'],
    ['inconclusive', 'failure', 'inconclusive'],
    ['observed', 'observation', 'observed'],
  ];
  for (const [outcome, severity, kind] of cases) {
    it(`calls ${outcome} with ${severity} ${kind}`, () => {
      expect(kindOf({ outcome, severity })).to.equal(kind);
    });
  }

  it('has words for every outcome', () => {
    const known = kinds.map(({ kind }) => kind);
    for (const outcome of outcomes) expect(known).to.include(kindOf({ outcome, severity: 'failure' }));
  });

  it('marks each kind in its own way, so that colour is never needed', () => {
    for (const part of ['mark', 'word'] as const) {
      expect(new Set(kinds.map(text => text[part])).size, part).to.equal(kinds.length);
    }
  });
});

describe('byKind', () => {
  it('gives each verdict to one kind and leaves out kinds that do not occur', () => {
    const found = byKind(sampleRun.verdicts);
    expect(found.map(([{ kind }, { length }]) => [kind, length])).to.deep.equal([
      ['failure', 4],
      ['error', 1],
      ['inconclusive', 5],
      ['warning', 1],
      ['observed', 1],
      ['pass', 1],
      ['not-applicable', 1],
    ]);
  });
});

describe('countOf', () => {
  it('follows the number', () => {
    const noun = { one: 'cause', many: 'causes' };
    expect([0, 1, 1200].map(count => countOf(noun, count))).to.deep.equal(['0 causes', '1 cause', '1,200 causes']);
  });
});

describe('conclusion', () => {
  const cases: readonly (readonly [number | undefined, string])[] = [
    [0, 'Passed'],
    [1, 'Not passed'],
    [3, 'Not judged'],
    [4, 'Tool error'],
    [130, 'Interrupted'],
    [99, 'Ended with 99'],
    [undefined, 'Cut off'],
  ];
  for (const [exitCode, words] of cases) {
    it(`is "${words}" for ${exitCode === undefined ? 'a record without an end' : `exit code ${exitCode}`}`, () => {
      expect(conclusion(exitCode === undefined ? undefined : { exitCode })).to.equal(words);
    });
  }
});
