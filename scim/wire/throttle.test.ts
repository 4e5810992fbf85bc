import { expect } from 'chai';
import type { HttpRequest, HttpResponse, Send } from './message.ts';
import { pipe } from './message.ts';
import { createThrottle, type Clock } from './throttle.ts';

const get: HttpRequest = { method: 'GET', path: '/Users', headers: {} };
const ok: HttpResponse = { status: 200, headers: {}, text: '' };
const busy = (status: number, after?: string): HttpResponse => ({
  status,
  headers: after === undefined ? {} : { 'retry-after': after },
  text: '',
});

/** A clock that never waits: sleeping moves it on. */
function fakeClock(): Clock & { readonly slept: number[] } {
  let time = Date.parse('2026-01-01T00:00:00Z');
  const slept: number[] = [];
  return {
    slept,
    now: () => time,
    async sleep(ms) {
      slept.push(ms);
      time += ms;
    },
  };
}

function throttled(answers: readonly HttpResponse[], options: { rate?: number; repeats?: number } = {}) {
  const clock = fakeClock();
  const sentAt: number[] = [];
  let repeats = options.repeats ?? Infinity;
  const throttle = createThrottle({
    clock,
    signal: new AbortController().signal,
    mayRepeat: () => (repeats -= 1) >= 0,
    ...(options.rate !== undefined && { rate: options.rate }),
  });
  const target: Send = async () => {
    sentAt.push(clock.now());
    return answers[sentAt.length - 1] ?? answers.at(-1) ?? ok;
  };
  return { send: pipe([throttle(false)], target), tidy: pipe([throttle(true)], target), clock, sentAt };
}

describe('throttle', () => {
  it('lets no more requests leave a second than the rate says', async () => {
    const { send, sentAt } = throttled([ok], { rate: 4 });
    for (let n = 0; n < 9; n += 1) await send(get);
    expect(sentAt.slice(1).map((at, n) => at - (sentAt[n] ?? 0))).to.deep.equal(Array(8).fill(250));
  });

  it('waits for nothing without a rate and without trouble', async () => {
    const { send, clock } = throttled([ok]);
    await send(get);
    await send(get);
    expect(clock.slept).to.deep.equal([]);
  });

  const pauses: readonly [string, HttpResponse, number][] = [
    ['seconds', busy(429, '7'), 7000],
    ['a date', busy(429, 'Thu, 01 Jan 2026 00:00:09 GMT'), 9000],
    ['a date that is past', busy(429, 'Wed, 31 Dec 2025 00:00:00 GMT'), 0],
    ['an hour, of which it waits a minute', busy(429, '3600'), 60_000],
    ['nothing', busy(429), 1000],
    ['nonsense', busy(429, 'soon'), 1000],
    ['seconds, with a 503', busy(503, '3'), 3000],
  ];
  for (const [what, answer, pause] of pauses) {
    it(`pauses and sends again where Retry-After says ${what}`, async () => {
      const { send, sentAt } = throttled([answer, ok]);
      expect((await send(get)).status).to.equal(200);
      expect((sentAt[1] ?? 0) - (sentAt[0] ?? 0)).to.be.within(pause, pause + 50);
    });
  }

  it('takes a 503 without Retry-After for an answer', async () => {
    const { send, sentAt } = throttled([busy(503), ok]);
    expect((await send(get)).status).to.equal(503);
    expect(sentAt).to.have.lengthOf(1);
  });

  it('doubles its pauses where the target names none, five attempts long', async () => {
    const { send, sentAt } = throttled([busy(429)]);
    expect((await send(get)).status).to.equal(429);
    const pauses = sentAt.slice(1).map((at, n) => Math.round((at - (sentAt[n] ?? 0)) / 1000));
    expect(pauses).to.deep.equal([1, 2, 4, 8]);
  });

  it('makes every other request wait as well', async () => {
    const { send, sentAt } = throttled([busy(429, '30'), ok]);
    const first = send(get);
    await Promise.resolve();
    await Promise.all([first, send(get), send(get)]);
    expect(sentAt.slice(1).every(at => at - (sentAt[0] ?? 0) >= 30_000)).to.equal(true);
  });

  it('goes on more slowly after a 429, and recovers', async () => {
    const { send, sentAt } = throttled([busy(429, '1'), ok]);
    for (let n = 0; n < 60; n += 1) await send(get);
    const gaps = sentAt.slice(2).map((at, n) => at - (sentAt[n + 1] ?? 0));
    expect(gaps[0]).to.be.greaterThan(20);
    expect(gaps.at(-1)).to.equal(0);
  });

  it('ends sending when nothing gets through any more, but for what tidies up', async () => {
    const { send, tidy, sentAt } = throttled([busy(429)]);
    let last: HttpResponse = ok;
    for (let n = 0; n < 100; n += 1) last = await send(get);
    expect(last.failure?.code).to.equal('limit');
    expect(sentAt.length).to.be.lessThan(20);
    expect((await tidy(get)).status).to.equal(429);
  });

  it('sends nothing again that a limit does not allow', async () => {
    const { send, sentAt } = throttled([busy(429)], { repeats: 1 });
    expect((await send(get)).status).to.equal(429);
    expect(sentAt).to.have.lengthOf(2);
  });
});
