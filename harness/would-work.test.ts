import { expect } from 'chai';
import type { RuleId } from '../conformance/clauses/index.ts';
import type { Finding } from '../scenarios/index.ts';
import { okta } from '../simulator/dialects/okta.ts';
import { answerLine, wouldWork } from './would-work.ts';

const finding = (check: string, outcome: Finding['outcome'], more: Partial<Finding> = {}): Finding => ({
  check,
  title: 'ada is no member of eng',
  rule: 'JC-45b',
  outcome,
  expected: '',
  actual: '',
  reason: '',
  blockedBy: '',
  exchanges: [],
  ...more,
});
const refused = (status: number, rule: RuleId = 'JC-14') =>
  finding('s:02-sync.1', 'inconclusive', { rule, title: 'provision Ada', actual: `could not: answered ${status}` });
const pass = finding('s:1', 'pass');

describe('whether an identity provider would work', () => {
  const cases: readonly (readonly [string, readonly Finding[], readonly Finding[], string])[] = [
    ['every story passes', [pass], [], 'yes'],
    ['a documented rule is broken', [pass, finding('s:2', 'fail', { actual: 'a member' })], [], 'no'],
    ['an inferred rule is broken', [pass, finding('s:2', 'fail', { rule: 'JC-Q3', actual: 'x' })], [], 'not known'],
    ['it fails in the same place where all is right', [pass, finding('s:2', 'fail')], [finding('s:2', 'fail')], 'yes'],
    ['it passes there', [pass, finding('s:2', 'fail')], [finding('s:2', 'pass')], 'no'],
    ['what is sent is refused', [pass, refused(400)], [], 'no'],
    ['what is sent is refused as a conflict', [pass, refused(409)], [], 'no'],
    ['the credential is refused', [pass, refused(401)], [], 'not known'],
    ['the endpoint throttles', [pass, refused(429)], [], 'not known'],
    ['the endpoint is in trouble', [pass, refused(503)], [], 'not known'],
    ['a refusal concerns an inferred rule', [pass, refused(400, 'JC-Q9')], [], 'not known'],
    ['a story could not be judged', [pass, finding('s:2', 'inconclusive', { reason: 'no answer' })], [], 'not known'],
    ['no story is one of it', [finding('s:1', 'not-applicable')], [], 'not known'],
    ['nothing was played', [], [], 'not known'],
  ];
  for (const [what, findings, elsewhere, answer] of cases) {
    it(`is answered ${answer} when ${what}`, () => {
      const { answer: given, reasons } = wouldWork(findings, elsewhere);
      expect(given).to.equal(answer);
      expect(reasons.length > 0).to.equal(answer !== 'yes');
    });
  }

  it('names the cause and not what it caused, once, with rule and place', () => {
    const caused = finding('s:2', 'inconclusive', { blockedBy: 's:02-sync.1', actual: 'x' });
    const again = { ...refused(400), check: 't:02-sync.1' };
    const { reasons } = wouldWork([pass, caused, refused(400), again], []);
    expect(reasons).to.deep.equal(['provision Ada: could not: answered 400 (JC-14, t:02-sync.1)']);
  });

  it('is told in one line that names three reasons at most', () => {
    const line = answerLine(okta, { answer: 'no', reasons: ['a', 'b', 'c', 'd', 'e'] });
    expect(line).to.match(/^Would Okta.* work with this endpoint\? no: a; b; c; and 2 more$/);
    expect(answerLine(okta, { answer: 'yes', reasons: [] })).to.match(/\? yes$/);
  });
});
