import { expect } from 'chai';
import { fold, type ClauseSnapshot, type Verdict } from '../record/index.ts';
import { toReport } from '../writers/report.ts';
import { sampleHeader, verdict } from '../writers/sample-run.test.ts';
import { providers, worksWith } from './works-with.ts';

const [okta] = providers;
const clause = (severity?: string): ClauseSnapshot => ({
  document: 'RFC7644',
  section: '3.3',
  level: 'SHALL',
  sentence: 'It holds.',
  ...(severity !== undefined && { needed: { okta: { severity, source: 'Okta: its reference' } } }),
});
const clauses = { heavy: clause('failure'), light: clause('warning'), other: clause() };

describe('Whether a target works with an identity provider', () => {
  const cases: readonly (readonly [string, readonly Partial<Verdict>[], string, number])[] = [
    ['is not known without verdicts', [], 'not known', 0],
    ['is not known where nothing counts for it', [{ clause: 'other', outcome: 'fail' }], 'not known', 0],
    ['is not known where it does not apply', [{ clause: 'heavy', outcome: 'not-applicable' }], 'not known', 0],
    ['is yes where all holds', [{ clause: 'heavy' }, { clause: 'light' }, { clause: 'other' }], 'yes', 2],
    ['is no where something breaks', [{ clause: 'heavy', outcome: 'fail' }, { clause: 'light' }], 'no', 2],
    [
      'is no also where the deviation is known',
      [{ clause: 'heavy', outcome: 'fail', known: { reason: 'x' } }],
      'no',
      1,
    ],
    ['is doubtful for what weighs little', [{ clause: 'light', outcome: 'fail' }], 'doubtful', 1],
    [
      'is doubtful where another profile only looked on',
      [{ clause: 'heavy', outcome: 'observed', expected: 'one', actual: 'two' }],
      'doubtful',
      1,
    ],
    [
      'is not known while a point is open',
      [{ clause: 'heavy' }, { clause: 'heavy', outcome: 'inconclusive' }],
      'not known',
      2,
    ],
    [
      'is yes where the open point is a known deviation',
      [{ clause: 'heavy' }, { clause: 'heavy', outcome: 'inconclusive', known: { reason: 'x' } }],
      'yes',
      2,
    ],
  ];
  for (const [what, given, answer, points] of cases) {
    it(what, () => {
      const verdicts = given.map(
        (each, at) => ({ kind: 'verdict', verdict: verdict({ check: `c${at}`, ...each }) }) as const,
      );
      const told = worksWith(okta, toReport(fold([{ ...sampleHeader, clauses }, ...verdicts])));
      expect([told.answer, told.points.length]).to.deep.equal([answer, points]);
    });
  }

  it('rests on failures in the profile of the provider where the record does not say what counts', () => {
    const failed = { kind: 'verdict', verdict: verdict({ check: 'a', clause: 'other', outcome: 'fail' }) } as const;
    const answerIn = (clauses: Readonly<Record<string, ClauseSnapshot>>): string =>
      worksWith(okta, toReport(fold([{ ...sampleHeader, profile: 'okta', clauses }, failed]))).answer;
    expect(answerIn({ other: clause() })).to.equal('no');
    expect(answerIn(clauses)).to.equal('not known');
  });
});
