import { expect } from 'chai';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fold, parseRecord, type Exchange, type Run } from '../reports/record/index.ts';
import { rightTraffic } from '../conformance/proof/client-traffic.ts';
import { playScenarios, withReferenceBridge } from '../harness/index.ts';
import { inProcess } from './in-process.ts';
import { readable } from './readable.ts';
import { inFolder, onlyRecord, startCli } from './run-cli.ts';

const readRun = (path: string): Run => fold(parseRecord(readFileSync(path, 'utf8')));
const failed = ({ verdicts }: Run) => verdicts.filter(({ outcome }) => outcome === 'fail').map(({ check }) => check);

const BASE = 'https://host.example/scim/v2';

/** Exchanges as a browser or a proxy exports them. */
function harOf(exchanges: readonly Exchange[], more: readonly object[] = []): object {
  const fields = (headers: Readonly<Record<string, string>>) =>
    Object.entries(headers).map(([name, value]) => ({ name: name.toUpperCase(), value }));
  const entries = exchanges.map(({ request, response }) => ({
    startedDateTime: '2026-01-01T00:00:00.000Z',
    time: 12.5,
    request: {
      method: request.method,
      url: `${BASE}${request.path}`,
      headers: fields(request.headers),
      ...(request.json !== undefined && { postData: { text: JSON.stringify(request.json) } }),
    },
    response: {
      status: response.status,
      headers: fields(response.headers),
      content:
        response.json === undefined
          ? { size: 0 }
          : { encoding: 'base64', text: Buffer.from(JSON.stringify(response.json)).toString('base64') },
    },
  }));
  return { log: { version: '1.2', entries: [...entries, ...more] } };
}

const page = { request: { method: 'GET', url: 'https://host.example/login', headers: [] }, response: { status: 200 } };

async function judged(folder: string, file: object | string, ...flags: readonly string[]) {
  const path = join(folder, 'traffic.har');
  writeFileSync(path, typeof file === 'string' ? file : JSON.stringify(file));
  const out = join(folder, 'out');
  const ended = await inProcess(['judge', path, '--out', out, ...flags]);
  return { ...ended, run: () => readRun(onlyRecord(out)) };
}

const withHeader = (name: string, value: string) => (exchange: Exchange) => ({
  ...exchange,
  request: { ...exchange.request, headers: { ...exchange.request.headers, [name]: value } },
});

describe('scimulator judge', function () {
  this.timeout(60_000);

  it('finds nothing against our JumpCloud in a record of its stories', () =>
    inFolder(async folder => {
      const record = join(folder, 'record.jsonl');
      await withReferenceBridge(target => playScenarios(target, ['all'], { record }));
      const out = join(folder, 'out');
      const { code } = await inProcess(['judge', record, '--out', out, '--profile', 'jumpcloud', '--strict']);
      const run = readRun(onlyRecord(out));
      expect(failed(run)).to.deep.equal([]);
      expect(code).to.equal(0);
      const passed = run.verdicts.filter(({ outcome }) => outcome === 'pass').map(({ check }) => check);
      expect(passed).to.include.members(['client.patch-path', 'jumpcloud.user-name', 'wire.media-type']);
    }));

  it('judges the clients of a HAR file, guesses the base URL and leaves out what is no SCIM', () =>
    inFolder(async folder => {
      const { code, run } = await judged(folder, harOf(rightTraffic, [page]));
      expect(failed(run()).filter(check => check.startsWith('client.'))).to.deep.equal([]);
      expect(run().header.target).to.equal(BASE);
      expect(run().header.notes.join()).to.include('20 exchanges').and.to.include('1 other entries left out');
      expect(code).to.be.oneOf([0, 1]);
    }));

  it('fails a client that sends a wrong request, and hides its credential', () =>
    inFolder(async folder => {
      const wrong = rightTraffic
        .map(withHeader('content-type', 'text/plain'))
        .map(withHeader('authorization', 'Bearer very-secret-token'));
      const { code, run, out } = await judged(folder, harOf(wrong));
      expect(failed(run())).to.include('client.content-type');
      expect(code).to.equal(1);
      expect(out).to.include('client.content-type');
      expect(readFileSync(onlyRecord(join(folder, 'out')), 'utf8') + out).not.to.include('very-secret-token');
    }));

  it('fails a service provider for its answers', () =>
    inFolder(async folder => {
      const broken = rightTraffic.map(exchange =>
        exchange.request.method === 'POST' && exchange.request.path === '/Users'
          ? { ...exchange, response: { ...exchange.response, status: 500, headers: {}, json: { oops: true } } }
          : exchange,
      );
      const { code, run } = await judged(folder, harOf(broken));
      expect(failed(run())).to.include.members(['wire.media-type-given', 'wire.server-error']);
      expect(code).to.equal(1);
    }));

  it('does not hold it against a client that a browser exports no credential and no body', () =>
    inFolder(async folder => {
      const bare = rightTraffic.map(exchange => {
        const { authorization: _, ...headers } = exchange.request.headers;
        return { ...exchange, request: { ...exchange.request, headers } };
      });
      const cut = {
        request: { method: 'PATCH', url: `${BASE}/Users/1`, headers: [], bodySize: 120 },
        response: { status: 404, headers: [], content: { size: 80 } },
      };
      const { run } = await judged(folder, harOf(bare, [cut]), '--profile', 'jumpcloud');
      expect(failed(run())).not.to.include.members(['jumpcloud.bearer']);
      expect(failed(run())).not.to.include('client.patch-message');
      expect(failed(run())).not.to.include('wire.error-shape');
    }));

  const mistakes: readonly [string, object | string, RegExp, ...string[]][] = [
    ['a file that is not JSON', 'hello', /traffic\.har is not JSON; give a record\.jsonl/],
    ['JSON that is neither', { a: 1 }, /traffic\.har is JSON, but neither/],
    ['a HAR without entries', { log: {} }, /log\.entries is no list/],
    ['an entry without a URL', { log: { entries: [page, { request: {} }] } }, /entry 2.*request\.url "" is no URL/],
    ['an entry without a response', { log: { entries: [{ request: page.request }] } }, /entry 1.*response is missing/],
    ['no SCIM at all', { log: { entries: [page] } }, /none of its 1 entries.*--base/],
    [
      'another base URL',
      harOf(rightTraffic),
      /below https:\/\/other\.example.*host\.example/,
      '--base',
      'https://other.example',
    ],
    ['a base URL that is none', harOf(rightTraffic), /not a URL/, '--base', 'scim'],
    ['a record with a broken line', '{"kind":"header","format":1}\n{"ki\n{}', /traffic\.har: line 2/],
    ['a profile that is none', harOf(rightTraffic), /no profile jumpclod/, '--profile', 'jumpclod'],
  ];
  for (const [what, file, words, ...flags] of mistakes) {
    it(`explains ${what}`, () =>
      inFolder(async folder => {
        const { code, err } = await judged(folder, file, ...flags);
        expect(err).to.match(words);
        expect(code).to.equal(2);
      }));
  }

  it('explains a file that is not there', async () => {
    const { code, err } = await inProcess(['judge', '/nowhere/x.har']);
    expect(err).to.include('/nowhere/x.har: there is no such file');
    expect(code).to.equal(2);
  });
});

describe('scimulator serve bridge --judge', function () {
  this.timeout(60_000);

  it('reports on SIGUSR2 and at the end on what clients sent', () =>
    inFolder(async folder => {
      const args = ['serve', 'bridge', '--judge', '--token-env', 'BRIDGE_TOKEN', '--out', folder];
      const { child, seen, ended } = startCli(args, { BRIDGE_TOKEN: 'a-very-secret-token' });
      const [, url = ''] = await seen(/ready at (\S+)/);
      const headers = { authorization: 'Bearer a-very-secret-token', 'content-type': 'application/scim+json' };
      const right = await fetch(`${url}/Users?startIndex=1&count=1`, { headers });
      expect(right.status).to.equal(200);
      const body = JSON.stringify({ userName: 'ada', id: 'chosen', password: 'hush-hush-hush' });
      const wrong = await fetch(`${url}/Users`, { method: 'POST', headers, body });
      expect(await wrong.json()).to.have.property('schemas');
      child.kill('SIGUSR2');
      await seen(/report {2}\S+report\.html/);
      child.kill('SIGINT');
      const { code, out, err } = await ended;
      expect(err).to.equal('');
      expect(code).to.equal(1);
      expect(out.match(/^report /gm)).to.have.length(2);
      const run = readRun(onlyRecord(folder));
      expect(run.exchanges.size).to.equal(2);
      expect(run.header.target).to.equal(url);
      expect(failed(run)).to.include.members(['client.no-id', 'client.schemas']);
      expect(failed(run)).not.to.include('client.paging');
      const [only = ''] = readdirSync(folder);
      expect(readdirSync(join(folder, only)).sort()).to.deep.equal(['record.jsonl', 'report.html']);
      for (const file of readdirSync(join(folder, only))) {
        const text = readable(readFileSync(join(folder, only, file), 'utf8'));
        expect(text).not.to.include('a-very-secret-token');
        expect(text).not.to.include('hush-hush-hush');
      }
    }));
});
