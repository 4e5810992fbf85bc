import { expect } from 'chai';
import { exchangeId, type RunEvent, type Verdict } from '../../reports/record/index.ts';
import { ERROR, USER } from '../../scim/message/urn.ts';
import type { Hop, HttpResponse, Send } from '../../scim/wire/message.ts';
import { checks } from '../checks/index.ts';
import { basicChecks } from '../proof/basic-checks.test.ts';
import { minimalProvider, scriptedSession, type Setting } from '../proof/minimal-provider.test.ts';
import type { Check, Probe } from './check.ts';
import { rfc } from './profiles.ts';
import { runConformance, type ConformanceOptions } from './run.ts';
import { Blocked, NotApplicable, Violation } from './violation.ts';

type Extra = Partial<Omit<ConformanceOptions, 'session'>> & Setting;

async function run(transport: Send, extra: Extra = {}) {
  const { session, events } = scriptedSession(transport, extra);
  const result = await runConformance({ session, checks: basicChecks, profile: rfc, ...extra });
  return { ...result, events };
}

const probe = (members: Partial<Probe> & Pick<Probe, 'run'>): Probe => ({
  id: 'test.probe',
  title: 'A probe of the tests',
  clause: 'RFC7644-3.3-04',
  applies: [],
  ...members,
});

const verdictOn = async (check: Check, extra: Extra = {}): Promise<Verdict> => {
  const { verdicts } = await run(minimalProvider(), { checks: [check], ...extra });
  expect(verdicts).to.have.length(1);
  return verdicts[0] as Verdict;
};

const json = (status: number, body: HttpResponse['json'], type = 'application/scim+json'): HttpResponse => ({
  status,
  headers: { 'content-type': type },
  text: JSON.stringify(body),
  json: body ?? null,
});

describe('the outcome of a probe', () => {
  const read: Probe['run'] = async ({ scim }) => void (await scim.list('/Users'));
  const ends: readonly [name: string, check: Probe, outcome: string, rest: Partial<Verdict>][] = [
    ['that ends', probe({ run: read }), 'pass', { severity: 'none', exchanges: ['test.probe#1'] }],
    [
      'that throws a violation of a MUST',
      probe({ run: async () => Promise.reject(new Violation('a', 'b')) }),
      'fail',
      { severity: 'failure', expected: 'a', actual: 'b' },
    ],
    [
      'that throws a violation of a SHOULD',
      probe({ clause: 'RFC7644-3.3-05', run: async () => Promise.reject(new Violation('a', 'b')) }),
      'fail',
      { severity: 'warning' },
    ],
    [
      'that throws a violation of a MAY',
      probe({ clause: 'RFC7644-3.3-02', run: async () => Promise.reject(new Violation('a', 'b')) }),
      'observed',
      { severity: 'observation', expected: 'a', actual: 'b' },
    ],
    [
      'that observes',
      probe({
        clause: 'RFC7644-3.8-05',
        run: async context => (await read(context, { name: '' }), { observed: 'it does' }),
      }),
      'observed',
      { severity: 'observation', actual: 'it does' },
    ],
    [
      'that is blocked',
      probe({ run: async () => Promise.reject(new Blocked('create.status', 'no user')) }),
      'inconclusive',
      { severity: 'none', blockedBy: 'create.status', reason: 'no user' },
    ],
    [
      'that finds nothing to judge',
      probe({ run: async () => Promise.reject(new NotApplicable('not here')) }),
      'not-applicable',
      { reason: 'not here' },
    ],
    [
      'whose condition does not hold',
      probe({ applies: [{ name: 'moon', unmet: () => 'it is new' }], run: read }),
      'not-applicable',
      { reason: 'moon: it is new', exchanges: [] },
    ],
    ['without cases here', probe({ cases: () => [], run: read }), 'not-applicable', { exchanges: [] }],
    [
      'of a clause that binds the client',
      probe({ clause: 'RFC7644-3.5.2-04', run: read }),
      'not-applicable',
      { exchanges: [] },
    ],
    ['of a rule of another profile', probe({ clause: 'JC-14', run: read }), 'not-applicable', { exchanges: [] }],
    [
      'that breaks',
      probe({ run: async () => Promise.reject(new TypeError('oops')) }),
      'error',
      { reason: 'TypeError: oops', severity: 'none' },
    ],
    ['that sends nothing', probe({ run: async () => undefined }), 'error', { reason: 'Error: the check sent nothing' }],
  ];
  for (const [name, check, outcome, rest] of ends) {
    it(`${name} is ${outcome}`, async () => {
      expect(await verdictOn(check)).to.deep.include({ outcome, ...rest });
    });
  }

  it('comes first, with the question, where the profile asks it before all else', async () => {
    const lead = { clause: 'RFC7644-3.3-07', question: 'Is a second user of one name refused?' } as const;
    const all = [probe({ run: read }), probe({ id: 'test.asked', clause: lead.clause, run: read })];
    const { verdicts } = await run(minimalProvider(), { checks: all, profile: { ...rfc, lead } });
    expect(verdicts.map(({ check, answers }) => [check, answers])).to.deep.equal([
      ['test.asked', lead.question],
      ['test.probe', undefined],
    ]);
  });

  it('names the decisive exchange last', async () => {
    const check = probe({
      async run({ scim }) {
        const first = await scim.list('/Users');
        await scim.list('/Groups');
        throw new Violation('a', 'b', first);
      },
    });
    expect((await verdictOn(check)).exchanges).to.deep.equal(['test.probe#2', 'test.probe#1']);
  });

  it('is one for each case', async () => {
    const check = probe({ cases: () => [{ name: 'one' }, { name: 'two' }], run: read });
    const { verdicts } = await run(minimalProvider(), { checks: [check] });
    expect(verdicts.map(verdict => [verdict.case, verdict.exchanges[0]])).to.deep.equal([
      ['one', 'test.probe/one#1'],
      ['two', 'test.probe/two#1'],
    ]);
  });

  it('waits for what is still under way', async () => {
    const check = probe({
      async run({ scim }) {
        void scim.list('/Groups');
        await scim.list('/Users');
        throw new Violation('a', 'b');
      },
    });
    expect((await verdictOn(check)).exchanges).to.have.length(2);
  });
});

describe('a run on a right provider', () => {
  it('finds nothing', async () => {
    const { verdicts, lostSince } = await run(minimalProvider());
    const odd = verdicts.filter(({ outcome }) => outcome !== 'pass').map(({ check, reason }) => `${check}: ${reason}`);
    expect(odd).to.deep.equal([]);
    expect(lostSince).to.equal('');
  });

  it('leaves nothing behind', async () => {
    const provider = minimalProvider();
    await run(provider);
    for (const endpoint of ['/Users', '/Groups']) {
      const { session } = scriptedSession(provider);
      const { json: body } = await session.open('after').send({ method: 'GET', path: endpoint, headers: {} });
      expect(body).to.include({ totalResults: 0 });
    }
  });

  it('marks all it makes with the run', async () => {
    const { events } = await run(minimalProvider(), { run: 'feedbeef' });
    const made = exchangesOf(events).filter(
      ({ request: { method, path } }) => method === 'POST' && !path.endsWith('/.search'),
    );
    expect(made).to.have.length.above(20);
    for (const { request } of made) expect(JSON.stringify(request.json ?? request.text)).to.match(/feedbeef|oops/);
  });

  it('makes every password known as a secret', async () => {
    const { session, secrets, events } = scriptedSession(minimalProvider());
    await runConformance({ session, checks: basicChecks, profile: rfc });
    const sent = exchangesOf(events).map(
      ({ request }) => (request.json as { password?: string } | undefined)?.password,
    );
    const passwords = sent.filter(password => password !== undefined);
    expect(passwords).to.have.length(1);
    // All begin alike, so that one needle finds them.
    for (const password of passwords) expect(secrets.some(stem => password.startsWith(stem))).to.equal(true);
  });

  it('emits in the order of the list, whatever the clock does', async () => {
    const slow = (order: (n: number) => number): Hop => {
      let n = 0;
      return async (request, next) => {
        for (let turn = order((n += 1)); turn > 0; turn -= 1) await Promise.resolve();
        return next(request);
      };
    };
    const withIds = async (order: (n: number) => number, concurrency: number) => {
      const { events } = await run(minimalProvider(), { hops: [slow(order)], concurrency });
      return events.map(event =>
        event.kind === 'exchange'
          ? `${exchangeId(event.exchange)} ${event.exchange.request.method} ${nameless(event.exchange.request.path)}`
          : JSON.stringify(event.kind === 'verdict' ? [event.verdict.check, event.verdict.outcome] : event),
      );
    };
    const one = await withIds(() => 0, 1);
    expect(await withIds(n => (n * 7) % 23, 8)).to.deep.equal(one);
    expect(await withIds(n => (n * 13) % 41, 3)).to.deep.equal(one);
  });

  it('runs an exclusive check alone', async () => {
    let underWay = 0;
    let most = 0;
    const counting: Hop = async (request, next) => {
      underWay += 1;
      if (request.path.includes('alone')) most = Math.max(most, underWay);
      await Promise.resolve();
      const response = await next(request);
      underWay -= 1;
      return response;
    };
    const alone = probe({
      id: 'test.alone',
      exclusive: true,
      run: async ({ scim }) => void (await scim.list('/Users', { filter: 'alone' })),
    });
    const shared = basicChecks.filter(({ id }) => id.startsWith('patch.'));
    const { verdicts } = await run(minimalProvider(), { checks: [alone, ...shared], hops: [counting] });
    expect(most).to.equal(1);
    expect(verdicts[0]).to.include({ check: 'test.alone' });
  });

  it('reports each verdict as it goes', async () => {
    const seen: string[] = [];
    const { verdicts } = await run(minimalProvider(), { onVerdict: ({ check }) => seen.push(check) });
    expect(seen).to.deep.equal(verdicts.map(({ check }) => check));
  });

  it('judges clients when it is asked to', async () => {
    const { verdicts } = await run(minimalProvider(), { judgeClient: true, checks });
    expect(verdicts.map(({ check }) => check)).to.include.members(['client.media-type', 'client.patch-message']);
  });
});

describe('a broken create', () => {
  it('is one failure, and all that hangs on it is inconclusive and names it', async () => {
    const refusing: Hop = async (request, next) =>
      request.method === 'POST' && request.path === '/Users'
        ? json(400, { schemas: [ERROR], status: '400', detail: 'a phone number is needed' })
        : next(request);
    const { verdicts } = await run(minimalProvider(), { hops: [refusing] });
    const failed = verdicts.filter(({ outcome }) => outcome === 'fail');
    expect(failed.map(({ check }) => check)).to.deep.equal(['create.status']);
    expect(failed[0]).to.include({ actual: 'status 400: "a phone number is needed"' });
    const blocked = verdicts.filter(({ outcome }) => outcome === 'inconclusive');
    expect(blocked).to.have.length.above(30);
    expect([...new Set(blocked.map(({ blockedBy }) => blockedBy))]).to.deep.equal(['create.status']);
  });
});

describe('a dead server', () => {
  const html = { status: 200, headers: { 'content-type': 'text/html' }, text: '<h1>Welcome</h1>' };
  const error = (status: number) => json(status, { schemas: [ERROR], status: String(status), detail: 'no' });
  const dead: readonly [name: string, response: HttpResponse][] = [
    ['200 {}', json(200, {}, 'application/json')],
    ['200 {} as SCIM', json(200, {})],
    ['404 without a body', { status: 404, headers: {}, text: '' }],
    ['404 as a SCIM error', error(404)],
    ['401 as a SCIM error', { ...error(401), headers: { ...error(401).headers, 'www-authenticate': 'Bearer' } }],
    ['500', { status: 500, headers: {}, text: 'oops' }],
    ['500 as a SCIM error', error(500)],
    ['204', { status: 204, headers: {}, text: '' }],
    ['HTML', html],
    ['nothing at all', { headers: {}, text: '', failure: { code: 'timeout', message: 'no response head' } }],
  ];
  const clean = checks.filter(check => !('judges' in check) || check.judges === 'server');
  for (const [name, response] of dead) {
    it(`that answers ${name} gets a full report, and nothing passes`, async () => {
      let sent = 0;
      const { verdicts, lostSince } = await run(async () => ((sent += 1), response), { checks });
      expect(new Set(verdicts.map(({ check }) => check)).size).to.equal(clean.length);
      expect(verdicts.filter(({ outcome }) => outcome === 'pass' || outcome === 'error')).to.deep.equal([]);
      expect(verdicts.some(({ outcome }) => outcome === 'fail' || outcome === 'inconclusive')).to.equal(true);
      expect(lostSince).to.equal(response.status === undefined ? 'setup#1' : '');
      expect(sent).to.be.below(200);
      if (response.status === undefined) expect(sent).to.equal(3);
    });
  }

  it('takes a response to a request without credential for no sign of life', async () => {
    const onlyAnonymous: Send = async request =>
      request.headers['authorization'] ? error(403) : json(200, { schemas: [USER], id: '1' });
    const { verdicts } = await run(onlyAnonymous);
    expect(verdicts.filter(({ outcome }) => outcome === 'pass')).to.deep.equal([]);
  });
});

describe('a target that is lost on the way', () => {
  const silence: HttpResponse = {
    headers: {},
    text: '',
    failure: { code: 'cut', message: 'the connection was reset' },
  };

  it('leaves the rest inconclusive at once and says since when', async () => {
    let sent = 0;
    const dying: Hop = async (request, next) => ((sent += 1) > 60 ? silence : next(request));
    const { verdicts, lostSince, events } = await run(minimalProvider(), { hops: [dying] });
    expect(verdicts.filter(({ outcome }) => outcome === 'fail')).to.deep.equal([]);
    const blocked = verdicts.filter(({ outcome }) => outcome === 'inconclusive');
    expect(blocked).to.have.length.above(20);
    for (const verdict of blocked) expect(verdict).to.include({ blockedBy: 'target' });
    const first = exchangesOf(events).find(exchange => exchangeId(exchange) === lostSince);
    expect(first?.response.status).to.equal(undefined);
    // What was under way with its clean-up, and two questions for a sign of life.
    expect(sent).to.be.at.most(60 + 2 * 8 + 2);
  });

  it('is not lost as long as it answers other requests', async () => {
    const cutting: Hop = async (request, next) => (request.method === 'PATCH' ? silence : next(request));
    const { verdicts, lostSince } = await run(minimalProvider(), { hops: [cutting] });
    expect(lostSince).to.equal('');
    const status = verdicts.find(({ check }) => check === 'patch.status');
    expect(status).to.include({ outcome: 'fail', actual: 'no response (the connection was reset)' });
  });
});

describe('an interrupted run', () => {
  const interrupted: HttpResponse = { headers: {}, text: '', failure: { code: 'interrupted', message: 'stopped' } };

  it('gives every check a verdict and says why', async () => {
    const abort = new AbortController();
    let sent = 0;
    const stopping: Hop = async (request, next) => {
      if ((sent += 1) === 40) abort.abort();
      return abort.signal.aborted ? interrupted : next(request);
    };
    const { verdicts, lostSince } = await run(minimalProvider(), { hops: [stopping], signal: abort.signal });
    expect(new Set(verdicts.map(({ check }) => check)).size).to.equal(basicChecks.length);
    expect(verdicts.filter(({ outcome }) => outcome === 'fail' || outcome === 'error')).to.deep.equal([]);
    const stopped = verdicts.filter(({ outcome }) => outcome === 'inconclusive');
    expect(stopped).to.have.length.above(30);
    for (const verdict of stopped) expect(verdict).to.include({ blockedBy: 'target', reason: 'interrupted' });
    expect(lostSince).to.equal('');
  });

  it('that never began sends nothing', async () => {
    let sent = 0;
    const { verdicts } = await run(async () => ((sent += 1), interrupted), { signal: AbortSignal.abort() });
    expect(sent).to.equal(0);
    expect(verdicts.filter(({ outcome }) => outcome === 'pass')).to.deep.equal([]);
  });
});

describe('a run without a credential', () => {
  it('judges no authentication', async () => {
    const provider = minimalProvider();
    const open: Hop = async (request, next) =>
      next({ ...request, headers: { ...request.headers, authorization: 'Bearer scripted-token-of-the-tests' } });
    const { verdicts } = await run(provider, { hops: [open], credential: undefined });
    const auth = verdicts.filter(({ check }) => check.startsWith('auth.'));
    expect(auth.map(({ outcome }) => outcome)).to.deep.equal(auth.map(() => 'not-applicable'));
    expect(auth).to.have.length.above(0);
  });
});

const exchangesOf = (events: readonly RunEvent[]) =>
  events.flatMap(event => (event.kind === 'exchange' ? [event.exchange] : []));

/** A path without the ids that the provider hands out in the order of the clock. */
const nameless = (path: string) => path.replace(/\/[UG]\d+/, '/<id>').replace(/%22[UG]\d+%22/gi, '<id>');
