import { expect } from 'chai';
import { toReport } from '../writers/report.ts';
import { sampleHeader, sampleRun, verdict } from '../writers/sample-run.test.ts';
import { reasonsOf, rerunOf, stakesOf } from './verdict-facts.ts';

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

describe('How a verdict binds', () => {
  it('is level, weight and doubt', () => {
    const clauses = {
      x: {
        document: 'RFC7644',
        section: '3',
        level: 'MUST NOT',
        sentence: 'It holds.',
        softened: 'It can be read in two ways.',
      },
    };
    const failed = verdict({ check: 'a', clause: 'x', level: 'MUST NOT', outcome: 'fail' });
    expect(reasonsOf(failed, { ...sampleHeader, clauses })).to.deep.equal([
      'MUST NOT: the document requires it.',
      'In the profile jumpcloud it weighs as a failure.',
      'It weighs less than its level: It can be read in two ways.',
    ]);
  });
});

describe('Why a verdict matters', () => {
  const needed = {
    okta: { severity: 'failure', source: 'Okta: its reference' },
    '1password': { severity: 'warning', source: 'OP-1' },
  };
  const clauses = { x: { document: 'RFC7644', section: '3', level: 'MUST', sentence: 'It holds.', needed } };

  it('is told of each identity provider: what it counts on, by which document, and what it does', () => {
    const matters = { okta: 'looks it up', entra: 'does not ask' };
    const stakes = stakesOf(verdict({ check: 'a', clause: 'x', outcome: 'fail', matters }), { clauses });
    expect(stakes).to.deep.equal([
      { id: 'okta', name: 'Okta', weight: 'failure', source: 'Okta: its reference', sentence: 'looks it up' },
      { id: 'entra', name: 'Entra ID', weight: 'none', source: '', sentence: 'does not ask' },
      { id: '1password', name: '1password', weight: 'warning', source: 'OP-1', sentence: '' },
    ]);
  });

  it('is not told where the record says nothing', () => {
    expect(stakesOf(verdict({ check: 'a', clause: 'y' }), { clauses })).to.deep.equal([]);
  });
});
