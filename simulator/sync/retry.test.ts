import { expect } from 'chai';
import type { FailureCode, HttpRequest, HttpResponse } from '../../scim/wire/message.ts';
import { mayHaveBeenProcessed, retry, type RetryOptions } from './retry.ts';

const START = Date.UTC(2026, 0, 5, 12);
const request = (method: string): HttpRequest => ({ method, path: '/Users', headers: {} });
const answer = (status: number, retryAfter?: string): HttpResponse => ({
  status,
  headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
  text: '',
});
const failure = (code: FailureCode, status?: number): HttpResponse => ({
  headers: {},
  text: '',
  failure: { code, message: code },
  ...(status !== undefined && { status }),
});

/** Sends once through the hop against a list of answers (the last one repeats), on a clock that only sleeping moves. */
async function attempt(method: string, answers: readonly HttpResponse[], options: Partial<RetryOptions> = {}) {
  const sleeps: number[] = [];
  let sent = 0;
  let now = START;
  const hop = retry({
    now: () => now,
    sleep: async ms => {
      sleeps.push(ms);
      now += ms;
    },
    ...options,
  });
  const response = await hop(request(method), async () => answers[Math.min(sent++, answers.length - 1)]!);
  return { response, sent, sleeps };
}

describe('retry', () => {
  const repeated: readonly [what: string, HttpResponse, methods: readonly string[]][] = [
    ['429', answer(429), ['GET', 'PUT', 'PATCH', 'DELETE', 'POST']],
    ['503', answer(503), ['GET', 'PUT', 'PATCH', 'DELETE', 'POST']],
    ['a refused connection', failure('refused'), ['GET', 'PUT', 'PATCH', 'DELETE', 'POST']],
    ['an unknown host', failure('unresolved'), ['GET', 'POST']],
    ['500', answer(500), ['GET', 'PUT', 'PATCH', 'DELETE']],
    ['502', answer(502), ['GET', 'PATCH']],
    ['504', answer(504), ['GET', 'PATCH']],
    ['a time-out', failure('timeout'), ['GET', 'PATCH']],
    ['a cut connection', failure('cut', 200), ['GET', 'PATCH']],
    ['a body too short', failure('wrong-length', 200), ['GET']],
  ];
  for (const [what, response, methods] of repeated) {
    for (const method of methods) {
      it(`repeats ${method} after ${what}`, async () => {
        const { sent, response: final } = await attempt(method, [response, answer(200)]);
        expect(sent).to.equal(2);
        expect(final.status).to.equal(200);
      });
    }
  }

  const final: readonly [what: string, HttpResponse, method: string][] = [
    ['200', answer(200), 'GET'],
    ['400', answer(400), 'PUT'],
    ['401', answer(401, '1'), 'GET'],
    ['403', answer(403), 'GET'],
    ['404', answer(404), 'GET'],
    ['409', answer(409), 'POST'],
    ['501', answer(501), 'GET'],
    ['invalid JSON', failure('invalid-json', 200), 'GET'],
    ['a refused certificate', failure('tls'), 'GET'],
    ['a stopped run', failure('interrupted'), 'GET'],
    ['500 to a POST, which may have created', answer(500), 'POST'],
    ['a time-out of a POST', failure('timeout'), 'POST'],
    ['a cut answer to a POST', failure('cut'), 'POST'],
  ];
  for (const [what, response, method] of final) {
    it(`does not repeat after ${what}`, async () => {
      const { sent, sleeps } = await attempt(method, [response, answer(200)]);
      expect([sent, sleeps]).to.deep.equal([1, []]);
    });
  }

  it('doubles the pause and gives the last answer after four attempts', async () => {
    const { sent, sleeps, response } = await attempt('GET', [answer(500)]);
    expect(sent).to.equal(4);
    expect(sleeps).to.deep.equal([500, 1000, 2000]);
    expect(response.status).to.equal(500);
  });

  const retryAfters: readonly [value: string, pause: number][] = [
    ['7', 7000],
    ['0', 500],
    [new Date(START + 9000).toUTCString(), 9000],
    [new Date(START - 9000).toUTCString(), 500],
    ['soon', 500],
    ['-5', 500],
  ];
  for (const [value, wanted] of retryAfters) {
    it(`waits ${wanted} ms when Retry-After says ${value}`, async () => {
      const { sleeps } = await attempt('POST', [answer(429, value), answer(201)]);
      expect(sleeps).to.deep.equal([wanted]);
    });
  }

  it('gives up on a pause longer than it may wait, rather than coming back early', async () => {
    const { sent, response } = await attempt('GET', [answer(503, '61')]);
    expect([sent, response.status]).to.deep.equal([1, 503]);
  });

  it('sends nothing more once the run is stopped, and does not wait out a pause', async () => {
    const stop = new AbortController();
    let sent = 0;
    const hop = retry({ now: () => START, signal: stop.signal, firstPauseMs: 50_000 });
    const response = hop(request('GET'), async () => {
      sent += 1;
      setImmediate(() => stop.abort());
      return answer(503);
    });
    expect((await response).status).to.equal(503);
    expect(sent).to.equal(1);
  });

  for (const [response, may] of [
    [answer(500), true],
    [answer(504), true],
    [failure('timeout'), true],
    [failure('cut', 201), true],
    [failure('invalid-json', 201), true],
    [answer(400), false],
    [answer(429), false],
    [answer(501), false],
    [answer(503), false],
    [failure('refused'), false],
    [failure('interrupted'), false],
  ] as const) {
    it(`says that ${response.failure?.code ?? response.status} ${may ? 'may' : 'cannot'} have been processed`, () => {
      expect(mayHaveBeenProcessed(response)).to.equal(may);
    });
  }
});
