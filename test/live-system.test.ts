import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inProcess } from './in-process.ts';
import { readable } from './readable.ts';
import { writers } from '../reports/writers/index.ts';
import { conform, withReferenceBridge, type ConformOptions, type TargetSettings } from '../harness/index.ts';
import { planOf } from '../harness/plan.ts';
import type { Run, Verdict } from '../reports/record/index.ts';
import type { Hop } from '../scim/wire/message.ts';
import type { Clock } from '../scim/wire/throttle.ts';
import { inFolder } from './run-cli.ts';
import { startServer } from './servers/plain-server.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

/** A clock that never waits: when all are asleep, time moves on to the first who is to wake. */
function fakeClock(): Clock & { readonly slept: number[] } {
  let time = Date.parse('2026-01-01T00:00:00Z');
  const slept: number[] = [];
  const asleep: { readonly until: number; wake(): void }[] = [];
  const wakeFirst = () => {
    asleep.sort((one, other) => one.until - other.until);
    const first = asleep.shift();
    if (!first) return;
    time = Math.max(time, first.until);
    first.wake();
  };
  return {
    slept,
    now: () => time,
    async sleep(ms) {
      slept.push(ms);
      return new Promise(wake => {
        asleep.push({ until: time + ms, wake });
        setTimeout(wakeFirst, 5);
      });
    },
  };
}

/** A bridge, what a hop in front of it sees, and what is left on it in the end. */
async function judged(options: ConformOptions, inner?: Hop) {
  return withReferenceBridge(async target => {
    const sent: string[] = [];
    const watch: Hop = async (request, next) => {
      sent.push(`${request.method} ${request.path}`);
      return inner ? inner(request, next) : next(request);
    };
    const { run, exitCode } = await conform(target, { ...options, hops: [watch] });
    return { run, exitCode, sent, left: await leftOn(target) };
  });
}

const authorizationOf = ({ credential }: TargetSettings) => ({
  authorization: credential.kind === 'bearer' ? `Bearer ${credential.token}` : '',
});

async function leftOn(target: TargetSettings): Promise<number> {
  const counts = ['/Users', '/Groups'].map(async path => {
    const answer = await fetch(target.baseUrl + path, { headers: authorizationOf(target) });
    return ((await answer.json()) as { totalResults: number }).totalResults;
  });
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

const outcomes = ({ verdicts }: Run, ...names: readonly Verdict['outcome'][]) =>
  verdicts.filter(({ outcome }) => names.includes(outcome));

const createdUsers = ({ ledger }: Run) =>
  ledger.filter(({ kind, endpoint }) => kind === 'created' && endpoint === '/Users').length;

const some = ['create.status', 'read.by-id', 'list.envelope', 'replace.status', 'delete.status', 'filter.no-match'];

describe('a run on a live system', function () {
  this.timeout(120_000);

  for (const maxRequests of [4, 300]) {
    it(`sends ${maxRequests} requests at most, leaves nothing and accuses nobody for it`, async () => {
      const { run, sent, left } = await judged({ maxRequests });
      expect(sent.length).to.be.at.most(maxRequests);
      expect(sent.length).to.be.greaterThan(maxRequests / 2);
      expect(left).to.equal(0);
      expect(outcomes(run, 'fail', 'error')).to.deep.equal([]);
      const limited = outcomes(run, 'inconclusive').filter(({ blockedBy }) => blockedBy === 'limit');
      expect(limited.length).to.be.greaterThan(100);
      expect(limited[0]?.reason).to.include(`${maxRequests} requests`).and.to.include('--max-requests');
    });
  }

  it('makes no more users than it may, and judges what needs none', async () => {
    const { run, left } = await judged({ maxUsers: 12 });
    expect(createdUsers(run)).to.be.within(6, 12);
    expect(left).to.equal(0);
    expect(outcomes(run, 'fail', 'error')).to.deep.equal([]);
    expect(outcomes(run, 'inconclusive').some(({ reason }) => reason.includes('--max-users'))).to.equal(true);
    expect(run.verdicts.find(({ check }) => check === 'discovery.schemas')?.outcome).to.equal('pass');
  });

  it('keeps to its rate', async () => {
    const clock = fakeClock();
    const at: number[] = [];
    const note: Hop = async (request, next) => {
      at.push(clock.now());
      return next(request);
    };
    await judged({ rate: 5, clock, only: some, concurrency: 1 }, note);
    expect(at.length).to.be.greaterThan(15);
    for (const [n, time] of at.slice(1).entries()) expect(time - (at[n] ?? 0)).to.be.at.least(200);
  });

  it('waits where it is asked to, and comes to the same verdicts', async () => {
    const clock = fakeClock();
    let n = 0;
    const throttling: Hop = async (request, next) =>
      (n += 1) % 7 === 3 ? { status: 429, headers: { 'retry-after': '13' }, text: 'slow down' } : next(request);
    const { run, left } = await judged({ clock, only: some }, throttling);
    const calm = await judged({ only: some });
    const seen = (one: Run) => one.verdicts.map(({ check, case: name, outcome }) => `${check}/${name} ${outcome}`);
    expect(seen(run)).to.deep.equal(seen(calm.run));
    expect(clock.slept.some(ms => ms > 12_000)).to.equal(true);
    expect(left).to.equal(0);
    const busy = [...run.exchanges].filter(([, { response }]) => response.status === 429).map(([id]) => id);
    expect(busy.length).to.be.greaterThan(2);
    const evidence = run.verdicts.flatMap(({ exchanges }) => exchanges);
    expect(evidence.filter(id => busy.includes(id))).to.deep.equal([]);
  });

  it('gives up a target that answers 429 for ever: nothing fails, nothing passes, little is sent', async () => {
    const answer = { status: 429, headers: { 'retry-after': '1', 'content-type': 'text/html' }, text: '<p>no' };
    const { run, sent, exitCode } = await judged({ clock: fakeClock() }, async () => answer);
    expect(outcomes(run, 'fail', 'error', 'pass')).to.deep.equal([]);
    expect(outcomes(run, 'inconclusive').length).to.be.greaterThan(100);
    expect(sent.length).to.be.lessThan(60);
    expect(exitCode).to.equal(3);
  });

  it('only reads where it is told so, and still judges what reading shows', async () => {
    await withReferenceBridge(async target => {
      const headers = { ...authorizationOf(target), 'content-type': 'application/scim+json' };
      for (const userName of ['grace', 'katherine', 'dorothy']) {
        const body = JSON.stringify({ schemas: [USER], userName, title: 'Engineer', externalId: userName });
        await fetch(`${target.baseUrl}/Users`, { method: 'POST', headers, body });
      }
      const sent: string[] = [];
      const watch: Hop = async (request, next) => {
        if (request.method !== 'GET' && request.method !== 'HEAD') sent.push(`${request.method} ${request.path}`);
        return next(request);
      };
      const { run } = await conform(target, { readOnly: true, hops: [watch] });
      expect(sent.filter(line => !/^POST (?:\/\w+)?\/\.search/.test(line))).to.deep.equal([]);
      expect(outcomes(run, 'fail', 'error', 'inconclusive')).to.deep.equal([]);
      const passed = new Set(outcomes(run, 'pass').map(({ check }) => check));
      for (const check of ['discovery.schemas', 'auth.missing', 'list.envelope', 'page.count', 'read.by-id'])
        expect(passed).to.include(check);
      const created = outcomes(run, 'not-applicable').find(({ check }) => check === 'create.status');
      expect(created?.reason).to.include('--read-only');
      expect(await leftOn(target)).to.equal(3);
    });
  });

  it('makes groups of hundreds elsewhere only when told so', async () => {
    const { run } = await judged({ large: false, only: ['relation.many-members'] });
    const [verdict] = run.verdicts;
    expect(verdict?.outcome).to.equal('not-applicable');
    expect(verdict?.reason).to.include('--large');
  });

  it('makes up addresses of the domain it is given and of no other', async () => {
    const { run } = await judged({ emailDomain: 'scim-test.corp.test' });
    expect(outcomes(run, 'fail', 'error', 'inconclusive')).to.deep.equal([]);
    const plan = planOf(run.header.target);
    expect(run.exchanges.size / plan.requests, 'requests, of those planned').to.be.within(0.6, 1.4);
    expect(createdUsers(run) / plan.users, 'users, of those planned').to.be.within(0.6, 1.4);
    const requests = [...run.exchanges.values()].map(({ request }) => JSON.stringify([request.path, request.json]));
    expect(requests.filter(text => /scimulator\.example/i.test(text))).to.deep.equal([]);
    const addresses = requests.flatMap(text => text.match(/@[\w.-]+\.[a-z]{2,}/gi) ?? []);
    expect(new Set(addresses.map(text => text.toLowerCase().replace(/@(?:one\.|two\.)?/, '')))).to.include(
      'scim-test.corp.test',
    );
    const named = run.ledger.filter(({ kind, key }) => kind === 'created' && key === 'userName');
    expect(named.filter(({ value }) => !value.toLowerCase().includes(run.header.run))).to.deep.equal([]);
  });

  it('shows in no output what others have there, also when a filter brings it up', async () => {
    const planted = ['grace.hopper@navy.test', 'Grace Brewster', 'Rear Admiral Lower Half', 'Arlington Ladies'];
    await withReferenceBridge(async target => {
      const headers = { ...authorizationOf(target), 'content-type': 'application/scim+json' };
      const [userName, displayName, title, name] = planted;
      const user = { schemas: [USER], userName, displayName, title, emails: [{ value: userName, type: 'work' }] };
      const made = await fetch(`${target.baseUrl}/Users`, { method: 'POST', headers, body: JSON.stringify(user) });
      const { id } = (await made.json()) as { id: string };
      const group = {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
        displayName: name,
        members: [{ value: id }],
      };
      await fetch(`${target.baseUrl}/Groups`, { method: 'POST', headers, body: JSON.stringify(group) });
      // Forgets the filter of every query, so that checks speak of what they did not make.
      const proxy = await startServer((incoming, outgoing) => {
        const url = new URL(incoming.url ?? '/', target.baseUrl);
        url.searchParams.delete('filter');
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('end', () => {
          const body = Buffer.concat(chunks);
          const { method = 'GET', headers: asked } = incoming;
          const passed = Object.fromEntries(
            ['authorization', 'content-type', 'accept', 'if-match'].flatMap(field =>
              typeof asked[field] === 'string' ? [[field, asked[field]]] : [],
            ),
          );
          void fetch(url, { method, headers: passed, ...(body.length > 0 && { body }) }).then(async answer => {
            outgoing.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
            outgoing.end(answer.status === 204 ? undefined : await answer.text());
          });
        });
      });
      await inFolder(async folder => {
        const record = join(folder, 'record.jsonl');
        const only = ['list.envelope', 'filter.eq', 'filter.no-match', 'filter.co', 'read.by-id', 'page.total'];
        const { run } = await conform({ ...target, baseUrl: proxy.url }, { record, only });
        expect(run.verdicts.length).to.be.greaterThan(5);
        const outputs = [readFileSync(record, 'utf8')];
        for (const format of writers.keys())
          outputs.push(readable((await inProcess(['report', record, '--format', format])).out));
        // A run without a fault has no annotations.
        expect(outputs.filter(text => text.length <= 500)).to.deep.equal(['']);
        expect(outputs[0]).to.include('[masked]').and.to.include(id);
        for (const text of outputs) for (const value of planted) expect(text.includes(value), value).to.equal(false);
      });
      await proxy.close();
    });
  });
});

describe('a target that', function () {
  this.timeout(120_000);
  const credential = { kind: 'bearer', token: 'token-of-the-live-test' } as const;
  const scim = { 'content-type': 'application/scim+json' };
  const person = (id: number) => ({ schemas: [USER], id: String(id), userName: `somebody-${id}` });

  /** The whole suite on a server; it has to end with a verdict for each check and no error of ours. */
  async function survives(listener: Parameters<typeof startServer>[0], options: ConformOptions = {}): Promise<Run> {
    const server = await startServer(listener);
    try {
      const { run } = await conform({ baseUrl: server.url, credential, timeoutMs: 2000 }, options);
      expect(run.verdicts.length).to.be.greaterThan(options.only ? 5 : 20);
      expect(outcomes(run, 'error')).to.deep.equal([]);
      return run;
    } finally {
      await server.close();
    }
  }

  it('redirects to another host gets no request there', async () => {
    const elsewhere: string[] = [];
    const other = await startServer((request, response) => {
      elsewhere.push(String(request.headers.authorization));
      response.end();
    });
    const run = await survives((_request, response) => {
      response.writeHead(307, { location: other.url }).end();
    });
    await other.close();
    expect(elsewhere).to.deep.equal([]);
    expect(outcomes(run, 'pass')).to.deep.equal([]);
  });

  it('has pages without end is left after a few', async () => {
    let lists = 0;
    await survives((request, response) => {
      lists += 1;
      const Resources = [person(lists), person(lists + 1)];
      const page = {
        schemas: [LIST],
        totalResults: 1_000_000 + lists,
        itemsPerPage: 2,
        startIndex: 1,
        nextCursor: `c${lists}`,
        Resources,
      };
      const made = request.method === 'POST' && /Users$|Groups$/.test(request.url ?? '');
      response.writeHead(made ? 201 : 200, scim).end(JSON.stringify(made ? person(lists) : page));
    });
    expect(lists).to.be.lessThan(8000);
  });

  it('sends bodies of tens of megabytes is read in part, and not blamed for it', async () => {
    const padding = Buffer.alloc(1024 * 1024, 'x');
    const run = await survives(
      (_request, response) => {
        response.writeHead(200, scim);
        response.write('{"schemas":["');
        for (let sent = 0; sent < 40; sent += 1) response.write(padding);
        response.end('"]}');
      },
      { only: some },
    );
    expect(outcomes(run, 'fail', 'pass')).to.deep.equal([]);
    expect(JSON.stringify([...run.exchanges.values()]).length).to.be.lessThan(1024 * 1024);
  });

  it('nests its JSON very deeply is answered with a verdict, not with a crash', async () => {
    const deep = `${'{"a":['.repeat(100_000)}1${']}'.repeat(100_000)}`;
    const run = await survives((_request, response) => void response.writeHead(200, scim).end(deep), { only: some });
    expect(outcomes(run, 'fail', 'pass')).to.deep.equal([]);
    expect(run.verdicts[0]?.reason).not.to.equal('');
  });
});

describe('the plan of a run', () => {
  it('is printed with --plan, and nothing is sent', async () => {
    let requests = 0;
    const server = await startServer((_request, response) => {
      requests += 1;
      response.end();
    });
    const flags = ['--max-users', '33', '--max-requests', '4000', '--email-domain', 'scim.corp.test', '--rate', '5'];
    const { code, out } = await inProcess(['conform', server.url, '--plan', ...flags]);
    await server.close();
    expect(code).to.equal(0);
    expect(requests).to.equal(0);
    for (const text of ['33', '4,000', 'scim.corp.test', '5 a second', 'groups', 'filter', 'suspends'])
      expect(out).to.include(text);
  });

  it('is printed before consent is asked for on another machine, with limits that hold', async () => {
    const { code, err } = await inProcess(['conform', 'https://scim.example/v2']);
    expect(code).to.equal(2);
    expect(err).to.match(/users +about [\d,]+, at most [\d,]+/);
    expect(err).to.match(/requests +about [\d,]+, at most [\d,]+/);
    expect(err).to.include('--yes');
  });

  const mistakes: readonly [string, string[], RegExp][] = [
    ['a domain that is none', ['--email-domain', 'not a domain'], /domain is wanted/],
    ['a rate of nothing', ['--rate', '0'], /number from 0\.01/],
    ['no users at all', ['--max-users', '0'], /whole number from 1/],
    ['a kind without a second token', ['--token2-kind', 'other-tenant'], /--token2-env/],
    ['a kind that is none', ['--token2-kind', 'admin'], /read-only, other-tenant/],
    ['a second token that is not set', ['--token2-env', 'NOT_SET'], /NOT_SET.*not set/],
  ];
  for (const [what, flags, message] of mistakes) {
    it(`answers ${what} with exit code 2 and says what to do`, async () => {
      const { code, err } = await inProcess(['conform', 'http://127.0.0.1:1/', ...flags]);
      expect(err).to.match(message);
      expect(code).to.equal(2);
    });
  }
});

describe('a second token', function () {
  this.timeout(60_000);

  it('stands in no output, however it comes back', async () => {
    await withReferenceBridge(async target => {
      const secret = target.second?.['read-only']?.kind === 'bearer' ? target.second['read-only'].token : '';
      const echo: Hop = async (request, next) => {
        const response = await next(request);
        const { authorization = '' } = request.headers;
        return { ...response, headers: { ...response.headers, 'x-echo': authorization } };
      };
      await inFolder(async folder => {
        const record = join(folder, 'record.jsonl');
        const { run } = await conform(target, {
          record,
          hops: [echo],
          only: ['access.reader-writes', 'access.reader-reads'],
        });
        expect(outcomes(run, 'pass').length).to.equal(run.verdicts.length);
        const text = readFileSync(record, 'utf8');
        expect(text).to.include('[redacted]');
        expect(secret.length).to.be.greaterThan(20);
        expect(text.includes(secret)).to.equal(false);
      });
    });
  });

  it('opens the checks of its kind, and those alone', async () => {
    await withReferenceBridge(async target => {
      const env = { T: authorizationOf(target).authorization.slice('Bearer '.length), T2: 'second-token-of-the-test' };
      await inFolder(async folder => {
        const json = join(folder, 'report.json');
        const flags = ['--token-env', 'T', '--token2-env', 'T2', '--max-requests', '20', '--report', `json=${json}`];
        await inProcess(['conform', target.baseUrl, ...flags, '--out', folder], env);
        const { verdicts } = JSON.parse(readFileSync(json, 'utf8')) as { verdicts: Verdict[] };
        const reasonOf = (check: string) => verdicts.find(verdict => verdict.check === check)?.reason;
        expect(reasonOf('access.reader-writes')).to.include('--max-requests');
        expect(reasonOf('tenant.read')).to.include('--token2-kind other-tenant');
      });
    });
  });
});
