import { expect } from 'chai';
import { exchangeId, type Exchange, type Verdict } from '../record/index.ts';
import { exchange, sampleRun, verdict } from './sample-run.test.ts';
import { answerOf, causesOf } from './cause.ts';

const evidence = (verdicts: readonly Verdict[], exchanges: readonly Exchange[]) => ({
  verdicts,
  exchanges: new Map(exchanges.map(one => [exchangeId(one), one])),
});

const fail = (check: string, instance = ''): Verdict =>
  verdict({ check, case: instance, outcome: 'fail', exchanges: [`${check}${instance}#1`] });

const refused = (scope: string, request: string, status: number, detail = ''): Exchange =>
  exchange(scope, 1, request, status, { came: { detail } });

/** Checks of each cause, as `a+b` with what they block as `/c`. */
const shape = (verdicts: readonly Verdict[], exchanges: readonly Exchange[]): string[] => {
  const failed = verdicts.filter(({ outcome }) => outcome === 'fail');
  return causesOf(failed, evidence(verdicts, exchanges)).map(cause => {
    const blocked = cause.blocked.map(({ check }) => `/${check}`).join('');
    return `${cause.verdicts.map(({ check, case: instance }) => check + instance).join('+')}${blocked}`;
  });
};

describe('causes', () => {
  it('put failures with the same refusal together, whatever names and ids it tells', () => {
    const exchanges = [
      refused('a', 'POST /Users', 400, 'ada-k3v9 has no e-mail'),
      refused('b', 'POST /Users', 400, 'grace-x77 has no e-mail'),
    ];
    expect(shape([fail('a'), fail('b')], exchanges)).to.deep.equal(['a+b']);
  });

  it('put requests to different resources of one type together', () => {
    const exchanges = [refused('a', 'GET /Users/1', 500), refused('b', 'GET /Users/2?attributes=id', 500)];
    expect(shape([fail('a'), fail('b')], exchanges)).to.deep.equal(['a+b']);
  });

  const apart: readonly (readonly [string, Exchange, Exchange])[] = [
    ['method', refused('a', 'POST /Users', 500), refused('b', 'PUT /Users', 500)],
    ['endpoint', refused('a', 'POST /Users', 500), refused('b', 'POST /Groups', 500)],
    ['kind of path', refused('a', 'POST /Users/1', 500), refused('b', 'POST /Users/.search', 500)],
    ['status', refused('a', 'POST /Users', 400), refused('b', 'POST /Users', 500)],
    ['detail', refused('a', 'POST /Users', 400, 'no name'), refused('b', 'POST /Users', 400, 'no e-mail')],
    ['check, where nothing was refused', exchange('a', 1, 'GET /Users', 200), exchange('b', 1, 'GET /Users', 200)],
  ];
  for (const [what, a, b] of apart) {
    it(`keep failures apart that differ in ${what}`, () => {
      expect(shape([fail('a'), fail('b')], [a, b])).to.deep.equal(['a', 'b']);
    });
  }

  it('put the cases of one check together', () => {
    expect(shape([fail('a', '1'), fail('b'), fail('a', '2')], [])).to.deep.equal(['a1+a2', 'b']);
  });

  it('come with what they block, those that break most first', () => {
    const open = (check: string) => verdict({ check, outcome: 'inconclusive', blockedBy: 'b' });
    expect(shape([fail('a'), fail('b'), open('c'), open('d')], [])).to.deep.equal(['b/c/d', 'a']);
  });

  it('are titled by the answer where checks share it, and by the check where there is only one', () => {
    const failed = sampleRun.verdicts.filter(({ outcome }) => outcome === 'fail');
    const titles = causesOf(failed, sampleRun).map(({ title }) => title);
    expect(titles[0]).to.equal(
      'POST /Users is answered with 400 invalidValue: Attribute externalId is required for ada-k3v9q2xw',
    );
    expect(titles).to.include('A filter finds the groups that match and no other');
  });

  it('tell a silence from an answer', () => {
    const silent = (scope: string) =>
      exchange(scope, 1, 'GET /Users', undefined, { failure: { code: 'timeout', message: 'No answer.' } });
    const run = evidence([fail('a'), fail('b')], [silent('a'), silent('b')]);
    expect(causesOf(run.verdicts, run).map(({ title }) => title)).to.deep.equal([
      'GET /Users gets no answer (timeout)',
    ]);
  });
});

describe('answerOf', () => {
  const answers: readonly (readonly [string, Exchange['response']])[] = [
    ['200', { status: 200, headers: {}, json: { detail: 'not an error' } }],
    ['409 uniqueness: taken', { status: 409, headers: {}, json: { scimType: 'uniqueness', detail: 'taken' } }],
    ['400', { status: 400, headers: {}, json: [1] }],
    [
      '204 (stray-bytes: A body came.)',
      { status: 204, headers: {}, failure: { code: 'stray-bytes', message: 'A body came.' } },
    ],
    ['no answer (cut: It ended.)', { headers: {}, failure: { code: 'cut', message: 'It ended.' } }],
  ];
  for (const [text, response] of answers) {
    it(`says "${text}"`, () => {
      expect(answerOf(response)).to.equal(text);
    });
  }
});
