import { expect } from 'chai';
import type { Exchange } from '../../reports/record/index.ts';
import type { Invariant } from './check.ts';
import { createJudge } from './judge.ts';
import { rfc } from './profiles.ts';
import { Violation } from './violation.ts';

const exchange = (n: number, status: number): Exchange => ({
  scope: 'step',
  n,
  at: 0,
  ms: 0,
  request: { method: 'GET', path: '/Users', headers: {} },
  response: { status, headers: {} },
});

const no500: Invariant = {
  id: 'test.no-500',
  title: 'Nothing is answered with 500',
  clause: 'RFC7644-3.12-01',
  judges: 'server',
  when: ({ response }) => response.status !== 204,
  observe({ response }) {
    if (response.status === 418) throw new TypeError('teapot');
    if (response.status === 500) throw new Violation('no 500', 'status 500');
  },
};

const verdictAfter = (statuses: readonly number[], invariant = no500) => {
  const judge = createJudge([invariant], rfc);
  for (const [at, status] of statuses.entries()) judge.see(exchange(at + 1, status));
  return judge.verdicts()[0];
};

describe('the judge', () => {
  it('passes what was judged at least once', () => {
    expect(verdictAfter([200, 204])).to.deep.include({ outcome: 'pass', exchanges: ['step#1'] });
  });

  it('calls a rule that had nothing to look at never provoked', () => {
    expect(verdictAfter([204])).to.include({ outcome: 'not-applicable', reason: 'never provoked' });
  });

  it('fails with the first violation, its exchange last', () => {
    expect(verdictAfter([200, 500, 200, 500])).to.deep.include({
      outcome: 'fail',
      severity: 'failure',
      expected: 'no 500',
      actual: 'status 500',
      reason: '2 of 4 judged exchanges',
      exchanges: ['step#4', 'step#2'],
    });
  });

  it('calls anything else that is thrown our own error', () => {
    expect(verdictAfter([500, 418])).to.include({ outcome: 'error', reason: 'TypeError: teapot' });
  });

  it('looks away from what an interruption left', () => {
    const judge = createJudge([no500], rfc);
    const failure = { code: 'interrupted', message: 'stopped' } as const;
    judge.see({ ...exchange(1, 200), response: { headers: {}, failure } });
    expect(judge.verdicts()[0]).to.include({ outcome: 'not-applicable' });
  });

  it('does not weigh a clause that binds the other side', () => {
    expect(verdictAfter([500], { ...no500, judges: 'client' })).to.include({ outcome: 'not-applicable' });
  });
});
