import { expect } from 'chai';
import { toReport } from '../writers/report.ts';
import { sampleHeader, sampleRun, verdict } from '../writers/sample-run.test.ts';
import { reasonsOf, rerunOf } from './verdict-facts.ts';

const report = toReport(sampleRun);

describe('The command that judges again', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    [
      'create.status',
      'https://a.example/scim/v2',
      'scimulator rerun create.status https://a.example/scim/v2 --profile jumpcloud',
    ],
    [
      'leaver-in-two-groups:1',
      'https://a.example/',
      'scimulator play leaver-in-two-groups --target https://a.example/',
    ],
    [
      'a.b',
      "https://a.example/$(reboot)'",
      `scimulator rerun a.b 'https://a.example/$(reboot)'\\''' --profile jumpcloud`,
    ],
  ];
  for (const [check, target, command] of cases) {
    it(`is ${command}`, () => {
      expect(rerunOf(verdict({ check }), { ...report, target })).to.equal(command);
    });
  }
});

describe('Why a verdict matters', () => {
  it('is level, weight, doubt and who counts on it', () => {
    const clauses = {
      x: {
        document: 'RFC7644',
        section: '3',
        level: 'MUST NOT',
        sentence: 'It holds.',
        softened: 'It can be read in two ways.',
        needed: { okta: { severity: 'failure', source: 'Okta: its reference' } },
      },
    };
    const failed = verdict({ check: 'a', clause: 'x', level: 'MUST NOT', outcome: 'fail' });
    expect(reasonsOf(failed, { ...sampleHeader, clauses })).to.deep.equal([
      'MUST NOT: the document requires it.',
      'In the profile jumpcloud it weighs as a failure.',
      'It weighs less than its level: It can be read in two ways.',
      'Okta: a failure (Okta: its reference).',
    ]);
  });
});
