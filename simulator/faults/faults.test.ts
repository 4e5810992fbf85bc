import { expect } from 'chai';
import type { HttpRequest, HttpResponse } from '../../scim/wire/message.ts';
import { faultKinds, faults, type FaultKind, type FaultOptions } from './faults.ts';

const request = (n = 0): HttpRequest => ({ method: 'GET', path: `/Users/${n}`, headers: {} });
const GOOD: HttpResponse = { status: 200, headers: {}, text: '{"id":"u1"}', json: { id: 'u1' } };

function setUp(options: Partial<FaultOptions> = {}) {
  const met: FaultKind[] = [];
  const sent: HttpRequest[] = [];
  let slept = 0;
  const hop = faults({
    seed: 1,
    share: 1,
    clock: { now: () => slept, sleep: async ms => void (slept += ms) },
    onFault: kind => met.push(kind),
    ...options,
  });
  const send = (asked: HttpRequest, answer = GOOD) =>
    hop(asked, async passed => {
      sent.push(passed);
      return answer;
    });
  return { send, met, sent, slept: () => slept };
}

describe('faults', () => {
  it('make trouble for a share of requests, each kind of it', async () => {
    const { send, met } = setUp({ share: 0.1 });
    for (let n = 0; n < 5000; n += 1) await send(request(n));
    expect(met.length).to.be.within(400, 600);
    expect(new Set(met)).to.deep.equal(new Set(faultKinds));
  });

  it('are the same for one seed whatever the order, and others for another', async () => {
    const kindsOf = async (seed: number, order: readonly number[]) => {
      const met = new Map<string, FaultKind>();
      const { send } = setUp({ seed, share: 0.5, onFault: (kind, { path }) => met.set(path, kind) });
      for (const n of order) await send(request(n));
      return Object.fromEntries([...met].sort());
    };
    const up = Array.from({ length: 40 }, (_, n) => n);
    expect(await kindsOf(1, up)).to.deep.equal(await kindsOf(1, up.toReversed()));
    expect(await kindsOf(1, up)).not.to.deep.equal(await kindsOf(2, up));
  });

  it('give a request that is repeated another chance', async () => {
    const { send } = setUp({ share: 0.5 });
    const answers = [];
    for (let n = 0; n < 20; n += 1) answers.push((await send(request())).status === 200);
    expect(new Set(answers)).to.deep.equal(new Set([true, false]));
  });

  const kinds: readonly (readonly [FaultKind, sent: number | undefined, check: (answer: HttpResponse) => boolean])[] = [
    ['throttled', 0, ({ status, headers }) => status === 429 && Number(headers['retry-after']) >= 1],
    ['unavailable', 0, ({ status }) => status === 503],
    ['reset-before', 0, ({ status, failure }) => status === undefined && failure?.code === 'cut'],
    ['reset-after', 1, ({ status, failure }) => status === undefined && failure?.code === 'cut'],
    ['timed-out', undefined, ({ failure }) => failure?.code === 'timeout'],
    ['slow', 1, ({ status, failure }) => status === 200 && failure === undefined],
    ['cut', 1, ({ status, failure, json }) => status === 200 && failure?.code === 'cut' && json === undefined],
  ];
  for (const [kind, times, check] of kinds) {
    it(`${kind}: ${times === undefined ? 'may arrive' : times === 0 ? 'never arrives' : 'arrives'}`, async () => {
      const { send, sent } = setUp({ kinds: [kind] });
      expect(check(await send(request()))).to.equal(true);
      if (times !== undefined) expect(sent).to.have.length(times);
    });
  }

  it('wait on the clock they are given: a time-out for as long as the client is patient, slowness for less', async () => {
    const patient = setUp({ kinds: ['timed-out'], timeoutMs: 4000 });
    await patient.send(request());
    expect(patient.slept()).to.equal(4000);
    const slow = setUp({ kinds: ['slow'], timeoutMs: 4000 });
    for (let n = 0; n < 50; n += 1) await slow.send(request(n));
    expect(slow.slept()).to.be.within(50_000, 150_000);
  });

  it('cut the head where there is no body to cut', async () => {
    const { send } = setUp({ kinds: ['cut'] });
    const { status, failure } = await send(request(), { status: 204, headers: {}, text: '' });
    expect([status, failure?.code]).to.deep.equal([undefined, 'cut']);
  });

  it('refuse a share that is none', () => {
    expect(() => setUp({ share: 10 })).to.throw(RangeError, /from 0 to 1/);
  });
});
