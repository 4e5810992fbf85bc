import { expect } from 'chai';
import type { Check } from '../conformance/index.ts';
import type { Verdict } from '../reports/record/index.ts';
import { exitCodeOf, type Ending } from './exit-code.ts';
import { newerThan, requirementsDay, RequirementsError, scoredBy } from './requirements.ts';

const check = (id: string, since?: string): Check => ({
  id,
  title: '',
  clause: 'RFC7644-3.3-04',
  applies: [],
  ...(since !== undefined && { since }),
  run: async () => undefined,
});

const verdict: Verdict = {
  check: 'new',
  case: '',
  title: '',
  clause: 'RFC7644-3.3-04',
  also: [],
  level: 'SHALL',
  outcome: 'fail',
  severity: 'failure',
  expected: '',
  actual: '',
  reason: '',
  blockedBy: '',
  exchanges: [],
};

describe('requirements of a day', () => {
  it('are those of the first release and what came until then', () => {
    const all = [check('old'), check('next', '2027-01-10'), check('new', '2027-03-01')];
    expect([...newerThan('2026-11-22', all)]).to.deep.equal(['next', 'new']);
    expect([...newerThan('2027-01-10', all)]).to.deep.equal(['new']);
  });

  it('keep newer verdicts out of the exit code, not out of the report', () => {
    const ending: Ending = { interrupted: false, lost: false, failOn: 'warning', baseline: [] };
    const passed: Verdict = { ...verdict, check: 'old', outcome: 'pass' };
    expect(exitCodeOf([passed, verdict], ending)).to.equal(1);
    expect(exitCodeOf([passed, scoredBy(verdict, new Set(['new']))], ending)).to.equal(0);
    expect(scoredBy(verdict, new Set(['other']))).to.equal(verdict);
  });

  for (const [text, message] of [
    ['2026-13-01', /YYYY-MM-DD/],
    ['2026-02-30', /YYYY-MM-DD/],
    ['yesterday', /YYYY-MM-DD/],
    ['2026-11-21', /there were none/],
    ['2027-06-01', /still to come/],
  ] as const) {
    it(`refuse ${text}`, () => {
      expect(() => requirementsDay(text, '2027-05-31')).to.throw(RequirementsError, message);
    });
  }
});
