import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { answer, onList } from '../conformance/proof/hops.ts';
import { checks, clausesOf, isProbe, severityOf, type Check } from '../conformance/index.ts';
import { choose, type Choice } from '../harness/choice.ts';
import { conform, type ConformOptions } from '../harness/conform.ts';
import { withReferenceBridge } from '../harness/reference-bridge.ts';
import { profileNamed } from '../harness/selection.ts';
import { withEndpoint } from '../harness/start-command.ts';
import { difference, merge, type Run, type Verdict } from '../reports/record/index.ts';
import { differenceText } from '../reports/writers/index.ts';
import type { Hop } from '../scim/wire/message.ts';
import { freePort } from './free-port.ts';
import { inProcess } from './in-process.ts';

const order = checks.map(({ id }) => id);
const idsOf = (choice: Choice) => choose(choice).selected.map(({ id }) => id);
const textOf = (id: string): string => {
  const { title = '', clause = '' } = checks.find(check => check.id === id) ?? {};
  return `${id} ${title} ${clause}`;
};
const run = (options: ConformOptions) => withReferenceBridge(target => conform(target, options));

/** Creates are answered with 200. */
const wrongStatus: Hop = answer(onList('POST', 'Users', 'Groups'), response => ({ ...response, status: 200 }));

describe('a choice of checks', () => {
  it('takes ids, patterns and topics', () => {
    expect(idsOf({ only: ['create.status'] })).to.deep.equal(['create.status']);
    expect(idsOf({ only: ['read'] })).to.deep.equal(order.filter(id => id.startsWith('read.')));
    expect(idsOf({ only: ['READ.*'], grepInvert: /unknown/ })).to.deep.equal(
      order.filter(id => id.startsWith('read.') && !/unknown/.test(textOf(id))),
    );
    expect(idsOf({ only: ['READ.*'], grep: /unknown/ })).to.deep.equal(order.filter(id => /^read\..*unknown/.test(id)));
  });

  it('takes a clause, and a section for all its clauses', () => {
    const judging = (pattern: RegExp) =>
      checks.filter(check => isProbe(check) && clausesOf(check).some(id => pattern.test(id)));
    const probes = (choice: Choice) =>
      idsOf(choice).filter(id => checks.some(check => isProbe(check) && check.id === id));
    expect(probes({ only: ['RFC7644-3.3-04'] })).to.include.members(judging(/^RFC7644-3\.3-04$/).map(({ id }) => id));
    const section = probes({ only: ['RFC7644-3.5.2'] });
    expect(section).to.include.members(judging(/^RFC7644-3\.5\.2[-.]/).map(({ id }) => id));
    expect(section.some(id => id.startsWith('page.'))).to.equal(false);
  });

  it('takes what weighs so much in the profile', () => {
    const weights = (choice: Choice, name: string) => {
      const profile = profileNamed(name);
      const side = (check: Check) => (isProbe(check) ? 'server' : check.judges);
      return new Set(choose(choice, profile).selected.map(check => severityOf(check.clause, profile, side(check))));
    };
    expect([...weights({ level: 'must' }, 'rfc')]).to.deep.equal(['failure']);
    expect([...weights({ level: 'should' }, 'rfc')].sort()).to.deep.equal(['failure', 'warning']);
    expect(weights({}, 'rfc').size).to.be.greaterThan(2);
    const asked = choose({ level: 'must' }, profileNamed('jumpcloud')).selected;
    expect(asked.length).to.be.greaterThan(choose({ level: 'must' }).selected.length);
  });

  it('says which checks are left out and why', () => {
    const { selected, skipped } = choose({ only: ['read'], skip: [{ pattern: 'read.by-id', reason: 'ticket 4' }] });
    expect(selected.map(({ id }) => id)).not.to.include('read.by-id');
    expect([...skipped]).to.deep.equal([['read.by-id', 'ticket 4']]);
  });

  it('deals every probe to one shard and no check is lost', () => {
    const parts = [1, 2, 3].map(part => idsOf({ shard: { part, of: 3 } }));
    for (const check of checks) {
      const holders = parts.filter(ids => ids.includes(check.id)).length;
      expect(holders, check.id).to.equal(isProbe(check) ? 1 : 3);
    }
    for (const ids of parts) expect(ids.length).to.be.greaterThan(checks.length / 5);
  });

  for (const [choice, message] of [
    [{ only: ['raed'] }, /no topic raed \(did you mean read\?\)/],
    [{ only: ['read.by-di'] }, /no check read\.by-di \(did you mean read\.by-id\?\)/],
    [{ skip: [{ pattern: 'nope.*', reason: 'x' }] }, /no check nope\.\*/],
    [{ only: ['RFC7644-3.99'] }, /no check of clause RFC7644-3\.99/],
    [{ grep: /no such words/ }, /no check is left/],
  ] as const) {
    it(`is refused: ${message.source}`, () => expect(() => choose(choice)).to.throw(message));
  }
});

describe('a gate', () => {
  it('reports what was left out', async () => {
    const { run: made, exitCode } = await run({
      choice: { only: ['read'], skip: [{ pattern: 'read.by-id', reason: 'ticket 4' }] },
    });
    const left = made.verdicts.find(({ check }) => check === 'read.by-id');
    expect(left).to.include({ outcome: 'not-applicable', reason: 'left out: ticket 4' });
    expect(exitCode).to.equal(0);
  });

  it('sends nothing more after the failures it allows', async () => {
    const { run: made, exitCode } = await run({
      choice: { only: ['create', 'patch'] },
      hops: [wrongStatus],
      bail: 1,
      concurrency: 1,
    });
    expect(exitCode).to.equal(1);
    const open = made.verdicts.filter(({ reason }) => /stops after 1 failures \(--bail\)/.test(reason));
    expect(open.length).to.be.greaterThan(20);
    expect(made.footer?.leftBehind).to.deep.equal([]);
  });

  it('sends nothing more once its time is over', async () => {
    let now = 0;
    const clock = { now: () => (now += 50), sleep: async () => undefined };
    const { run: made, exitCode } = await run({ choice: { only: ['create'] }, timeLimit: 2000, clock, concurrency: 1 });
    expect(made.verdicts.filter(({ reason }) => /time limit of 2 s/.test(reason)).length).to.be.greaterThan(0);
    expect(exitCode).to.be.oneOf([1, 3]);
  });

  it('fails when an answer takes too long, and names the slowest', async () => {
    const slow = await run({ choice: { only: ['read'] }, maxResponseTime: 0 });
    const verdict = slow.run.verdicts.find(({ check }) => check === 'run.response-time');
    expect(verdict).to.include({ outcome: 'fail', severity: 'failure' });
    expect(verdict?.actual).to.match(/^\d+ of \d+ answers took longer, the slowest \d+ ms$/);
    expect(verdict?.exchanges.every(id => slow.run.exchanges.has(id))).to.equal(true);
    const quick = await run({ choice: { only: ['read'] }, maxResponseTime: 600_000 });
    expect(quick.run.verdicts.find(({ check }) => check === 'run.response-time')?.outcome).to.equal('pass');
    expect([slow.exitCode, quick.exitCode]).to.deep.equal([1, 0]);
  });

  it('fails on what it is told to fail on', async () => {
    const codes = [];
    for (const failOn of ['failure', 'warning', 'never'] as const) {
      codes.push((await run({ only: ['create.status'], hops: [wrongStatus], failOn })).exitCode);
    }
    expect(codes).to.deep.equal([1, 1, 0]);
  });
});

describe('parts of a run', () => {
  const only = ['create', 'read', 'wire'];
  let whole: Run;
  let parts: Run[];
  before(async () => {
    whole = (await run({ choice: { only }, hops: [wrongStatus] })).run;
    parts = [];
    for (const part of [1, 2, 3])
      parts.push((await run({ choice: { only, shard: { part, of: 3 } }, hops: [wrongStatus] })).run);
    // Each part has a bridge of its own here, on a port of its own.
    parts = parts.map(each => ({ ...each, header: { ...each.header, target: whole.header.target } }));
  });

  const shown = (verdicts: readonly Verdict[]) =>
    verdicts.map(({ check, case: instance, outcome, severity }) => [check, instance, outcome, severity].join(' '));

  it('judge together what a whole run judges, in its order', () => {
    const merged = merge([...parts].reverse(), order);
    expect(shown(merged.verdicts)).to.deep.equal(shown(whole.verdicts));
    expect(merged.footer?.exitCode).to.equal(whole.footer?.exitCode);
    for (const { exchanges } of merged.verdicts) {
      for (const id of exchanges) expect(merged.exchanges.has(id), id).to.equal(true);
    }
    expect(merged.exchanges.size).to.equal(parts.reduce((sum, { exchanges }) => sum + exchanges.size, 0));
  });

  const altered = (at: number, header: Partial<Run['header']>) =>
    parts.map((part, index) => (index === at ? { ...part, header: { ...part.header, ...header } } : part));
  for (const [what, records, message] of [
    ['one is missing', () => parts.slice(1), /part 1 of 3 is missing/],
    ['one is there twice', () => [...parts, parts[1] as Run], /part 2 is there twice/],
    [
      'one is of another target',
      () => altered(2, { target: 'https://other.example' }),
      /its target is https:\/\/other/,
    ],
    ['one is of another seed', () => altered(1, { seed: 9 }), /its seed is 9/],
    ['one is whole', () => [whole, ...parts], /no part of a run/],
    ['one is of another number of parts', () => altered(1, { shard: { part: 2, of: 4 } }), /one of 4 parts/],
    ['one was cut off', () => parts.map(({ footer: _footer, ...part }) => part), /part 1 was cut off/],
    ['there is none', () => [], /no record/],
  ] as const) {
    it(`are refused when ${what}`, () => expect(() => merge(records(), order)).to.throw(message));
  }

  it('are compared with another run', async () => {
    const empty = { worse: [], better: [], added: [], gone: [], other: [] };
    expect(difference(whole, whole)).to.deep.equal(empty);
    expect(difference(whole, merge(parts, order))).to.deep.equal(empty);
    const right = (await run({ choice: { only: ['create', 'read', 'wire', 'delete'] } })).run;
    const found = difference(right, whole);
    expect(found.worse.map(({ key }) => key)).to.include('create.status');
    expect(found.gone.every(({ key }) => key.startsWith('delete.'))).to.equal(true);
    expect(difference(whole, right).better.length).to.equal(found.worse.length);
    expect(difference(whole, right).added.length).to.equal(found.gone.length);
    const text = differenceText(right, whole, found, { color: false });
    expect(text).to.match(/^ {2}PASS -> FAIL +create\.status/m);
    expect(differenceText(whole, whole, difference(whole, whole), { color: false })).to.match(/No difference\.\n$/);
  });
});

describe('an endpoint that is started', () => {
  const listener = `node -e "require('http').createServer((q,r)=>r.end()).listen(PORT,'127.0.0.1')"`;
  it('is waited for, and stopped afterwards', async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/`;
    const status = await withEndpoint(
      url,
      listener.replace('PORT', String(port)),
      30_000,
      async () => (await fetch(url)).status,
    );
    expect(status).to.equal(200);
    const after = await fetch(url).catch((error: Error) => error.message);
    expect(after).to.equal('fetch failed');
  });

  it('is told to have ended, with what it said', async () => {
    const url = `http://127.0.0.1:${await freePort()}/`;
    const started = withEndpoint(url, 'echo no database; exit 3', 30_000, async () => undefined);
    const error = await started.then(
      () => '',
      (error: Error) => error.message,
    );
    expect(error).to.match(/ended before .* answered:\nno database$/);
  });

  it('is given up when its time is over', async () => {
    const url = `http://127.0.0.1:${await freePort()}/`;
    const error = await withEndpoint(url, undefined, 1, async () => undefined).then(
      () => '',
      (error: Error) => error.message,
    );
    expect(error).to.match(/did not answer within 0\.001 s \(--wait\)/);
  });
});

describe('the command line of a gate', () => {
  const out = mkdtempSync(join(tmpdir(), 'gating-'));
  after(() => rmSync(out, { recursive: true }));

  it('says nothing of what is well, and all of what is not', async () => {
    await withReferenceBridge(async ({ baseUrl, credential }) => {
      const token = credential.kind === 'bearer' ? credential.token : '';
      const args = ['conform', baseUrl, '--only', 'read', '--quiet', '--out', join(out, 'quiet'), '--token-env', 'T'];
      const well = await inProcess(args, { T: token }, { interactive: true });
      expect([well.code, well.out, well.err]).to.deep.equal([0, '', '']);
      const ill = await inProcess([...args, '--max-response-time', '1', '--json'], { T: token });
      expect([ill.code, /FAIL {2}run\.response-time/.test(ill.err)]).to.deep.equal([1, true]);
      expect(JSON.parse(ill.out)).to.include.keys('verdicts');
    });
  });

  it('merges and compares records, and writes a report to standard output', async () => {
    await withReferenceBridge(async ({ baseUrl, credential }) => {
      const token = credential.kind === 'bearer' ? credential.token : '';
      const judge = (folder: string, ...args: string[]) =>
        inProcess(['conform', baseUrl, '--token-env', 'T', '--only', 'read', '--out', join(out, folder), ...args], {
          T: token,
        });
      const first = await judge('1', '--shard', '1/2', '--report', 'markdown=-');
      expect(first.out).to.match(/^## /);
      const second = await judge('2', '--shard', '2/2');
      const whole = await judge('w');
      const record = (text: string) => /^record +(.*)$/m.exec(text)?.[1] ?? '';
      const records = [record(first.err), record(second.out)];
      const merged = join(out, 'm.jsonl');
      expect((await inProcess(['report', 'merge', ...records, '--record', merged])).code).to.equal(0);
      const same = await inProcess(['report', 'diff', record(whole.out), merged]);
      expect([same.code, same.out.trim().split('\n').at(-1)]).to.deep.equal([0, 'No difference.']);
      const shown = await inProcess(['report', 'show', '--out', join(out, 'w')]);
      expect(shown.out).to.match(/report\.html\n$/);
      const again = await inProcess(['conform', baseUrl, '--last-failed', '--out', join(out, 'w')]);
      expect([again.code, again.out]).to.deep.equal([0, 'the last run left nothing red or open\n']);
    });
  });

  for (const [args, message] of [
    [['report', 'merge', '/no/such'], /there is no such record/],
    [['report', 'diff', '/no/such', '/no/such'], /there is no such record/],
    [['report', 'mrge', 'a', 'b'], /one record is wanted, not 3 \(did you mean merge\?\)/],
    [['report', 'shw'], /no such record \(did you mean show\?\)/],
    [['conform', 'http://127.0.0.1:1', '--json', '--report', 'junit=-'], /two reports go to standard output/],
    [['report', 'show', '--out', '/no/such'], /no record in \/no\/such/],
    [['conform', 'http://127.0.0.1:1', '--shard', '0/3'], /write part and number of parts/],
    [['conform', 'http://127.0.0.1:1', '--skip', 'read'], /write the check and the reason/],
    [['conform', 'http://127.0.0.1:1', '--grep', '('], /Invalid regular expression/],
    [['conform', 'http://127.0.0.1:1', '--update-baseline'], /say which file, with --baseline/],
    [['conform', 'http://127.0.0.1:1', '--last-failed', '--out', '/no/such'], /no record of a conform run/],
    [['conform', 'http://127.0.0.1:1', '--last-failed', '--only', 'read'], /exclude each other/],
    [['conform', 'http://127.0.0.1:1', '--report', 'junti=x'], /no format junti \(did you mean junit\?\)/],
  ] as const) {
    it(`refuses ${args.join(' ')}`, async () => {
      const { code, err } = await inProcess(args);
      expect(code).to.equal(2);
      expect(err)
        .to.match(message)
        .and.not.to.match(/\n +at /);
    });
  }
});
