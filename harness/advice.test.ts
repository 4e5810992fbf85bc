import { expect } from 'chai';
import type { Verdict } from '../reports/record/index.ts';
import { describeExpectation } from '../scenarios/expectation.ts';
import { scenarios } from '../scenarios/index.ts';
import { advised } from './advice.ts';

const failed: Verdict = {
  check: 'create.location',
  case: '',
  title: 'A create gives the URI',
  clause: 'RFC7644-3.3-06',
  also: [],
  level: 'SHALL',
  outcome: 'fail',
  severity: 'failure',
  expected: 'a Location header',
  actual: 'none',
  reason: '',
  blockedBy: '',
  exchanges: [],
};

describe('The advice of a verdict', () => {
  it('is what to change and what hangs on it, where the target deviates', () => {
    const { fix, matters } = advised(failed);
    expect(fix).to.include('Location header');
    expect(matters).to.have.all.keys('jumpcloud', 'okta', 'entra');
    expect(advised({ ...failed, outcome: 'observed', severity: 'observation' })).to.have.property('fix');
  });

  for (const outcome of ['pass', 'inconclusive', 'not-applicable', 'error'] as const) {
    it(`is none where the verdict is ${outcome}`, () => {
      const verdict = { ...failed, outcome };
      expect(advised(verdict)).to.equal(verdict);
    });
  }

  it('is none where what the target does is on record and no mismatch', () => {
    const verdict: Verdict = { ...failed, outcome: 'observed', expected: '' };
    expect(advised(verdict)).to.equal(verdict);
  });

  it('names the rule for every expectation of every story', () => {
    const open = scenarios.flatMap(({ id, proves, expect: last, steps }) =>
      [...last, ...steps.flatMap(step => (step.verb === 'expect' ? step.expectations : []))].filter(expectation => {
        const title = describeExpectation(expectation);
        const { fix } = advised({ ...failed, check: `${id}:1`, title, clause: expectation.rule ?? proves[0] });
        return fix === undefined || !fix.includes('The rule wants that ');
      }),
    );
    expect(open.map(describeExpectation)).to.deep.equal([]);
  });
});
