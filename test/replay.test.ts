import { expect } from 'chai';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createBridge, serveBridge } from '../bridge/index.ts';
import { playScenarios, withReferenceBridge } from '../harness/index.ts';
import { replay, type ReplayOptions } from '../harness/replay.ts';
import { fold, leftovers, parseRecord } from '../reports/record/index.ts';
import { createClient } from '../scim/client.ts';
import { USER } from '../scim/message/urn.ts';
import { withJson, type Hop } from '../scim/wire/message.ts';
import { isObject } from '../scim/message/list.ts';
import { withSession, type RunOptions } from '../harness/run.ts';
import { inProcess } from './in-process.ts';
import { inFolder, onlyRecord } from './run-cli.ts';

/** A story of its own: a user that stays, renamed and given a password, and a group with that user in it. */
const record = (path: string) =>
  withReferenceBridge(target =>
    withSession(
      target,
      { command: 'test', profile: 'rfc', clauses: [], notes: [] },
      { record: path },
      async session => {
        const scope = session.open('story');
        const scim = createClient(scope.send);
        const user = { schemas: [USER], userName: 'ada@team.example', externalId: 'e-17', password: 'Str0ng-enough!' };
        const { json } = await scim.create('/Users', user);
        const id = isObject(json) && typeof json['id'] === 'string' ? json['id'] : '';
        const group = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: 'Crew' };
        const made = await scim.create('/Groups', { ...group, members: [{ value: id }] });
        await scim.list('/Users', { filter: 'userName eq "ada@team.example"' });
        await scim.patch('/Users', id, [{ op: 'replace', path: 'displayName', value: 'Ada' }]);
        await scim.patch('/Users', id, [{ op: 'replace', value: { title: 'Engineer' } }]);
        await scim.read('/Users', id);
        await scim.list('/Groups', { filter: `members[value eq "${id}"]` });
        await scim.read('/Groups', isObject(made.json) ? String(made.json['id']) : '');
        await scim.read('/Users', 'nobody-of-that-id');
        for (const exchange of scope.exchanges) session.emit({ kind: 'exchange', exchange });
        return { verdicts: [], lostSince: '' };
      },
    ),
  );

const again = (path: string, options: ReplayOptions & RunOptions = {}) =>
  withReferenceBridge(target => replay(path, target, options));

describe('a replay', function () {
  this.timeout(60_000);

  it('shows no difference on another bridge of the same kind, and leaves nothing there', () =>
    inFolder(async folder => {
      const path = join(folder, 'record.jsonl');
      const copy = join(folder, 'again.jsonl');
      await record(path);
      const { replayed, exitCode, run } = await again(path, { record: copy });
      expect(replayed.answers).to.deep.equal([]);
      expect(replayed.endState).to.deep.equal([]);
      expect(replayed.sent).to.equal(9);
      expect(exitCode).to.equal(0);
      expect(run.footer?.leftBehind).to.deep.equal([]);
      expect(leftovers(fold(parseRecord(readFileSync(copy, 'utf8'))).ledger)).to.deep.equal([]);
    }));

  it('gives names of its own, so that the target it was recorded on can be the target too', () =>
    inFolder(async folder => {
      const path = join(folder, 'record.jsonl');
      await record(path);
      await withReferenceBridge(async target => {
        const taken = await withSession(
          target,
          { command: 'test', profile: 'rfc', clauses: [], notes: [] },
          {},
          async session => {
            const scim = createClient(session.open('resident').send);
            await scim.create('/Users', { schemas: [USER], userName: 'ada@team.example' });
            const { replayed } = await replay(path, target);
            expect(replayed.answers).to.deep.equal([]);
            expect(replayed.endState).to.deep.equal([]);
            return { verdicts: [], lostSince: '' };
          },
        );
        expect(taken.run.footer?.leftBehind).to.deep.equal([]);
      });
    }));

  it('plays all stories of our JumpCloud again without a difference', () =>
    inFolder(async folder => {
      const path = join(folder, 'record.jsonl');
      await withReferenceBridge(target => playScenarios(target, ['all'], { record: path }));
      const { replayed, exitCode } = await again(path);
      expect(replayed.answers).to.deep.equal([]);
      expect(replayed.endState).to.deep.equal([]);
      expect(exitCode).to.equal(0);
    }));

  const isPatch =
    (path: RegExp, method = 'PATCH') =>
    (request: { method: string; path: string }) =>
      request.method === method && path.test(request.path);
  const hops: readonly [string, Hop, RegExp, { answers: number; endState: number }][] = [
    [
      'another status',
      async (request, next) => {
        const response = await next(request);
        return isPatch(/^\/Users\//)(request) ? { ...response, status: 202 } : response;
      },
      /"at":"status","recorded":20\d,"now":202/,
      { answers: 2, endState: 0 },
    ],
    [
      'a value that is lost in the answer',
      async (request, next) => {
        const response = await next(request);
        if (!isPatch(/^\/Users\//, 'GET')(request) || !isObject(response.json)) return response;
        const { title: _, ...rest } = response.json;
        return withJson(response, rest);
      },
      /"at":"title","recorded":"Engineer"/,
      { answers: 1, endState: 1 },
    ],
    [
      'members that are lost on the way',
      async (request, next) =>
        isPatch(/^\/Groups/, 'POST')(request)
          ? next({ ...request, json: { ...(isObject(request.json) ? request.json : {}), members: [] } })
          : next(request),
      /members/,
      { answers: 7, endState: 1 },
    ],
  ];
  for (const [what, hop, words, { answers, endState }] of hops) {
    it(`shows ${what}`, () =>
      inFolder(async folder => {
        const path = join(folder, 'record.jsonl');
        await record(path);
        const { replayed, exitCode } = await again(path, { hops: [hop] });
        expect(JSON.stringify(replayed)).to.match(words);
        expect(replayed.answers).to.have.length(answers);
        expect(replayed.endState).to.have.length(endState);
        expect(exitCode).to.equal(1);
      }));
  }
});

describe('scimulator replay', function () {
  this.timeout(60_000);

  it('prints the differences as text and as JSON, with the exit code of their number', () =>
    inFolder(async folder => {
      const path = join(folder, 'record.jsonl');
      await record(path);
      const right = await serveBridge(createBridge({ anonymous: true }));
      const other = await serveBridge(createBridge({ anonymous: true, settings: { etag: false } }));
      const out = ['--out', join(folder, 'out')];
      try {
        const same = await inProcess(['replay', path, '--target', right.url, ...out]);
        expect(same.out).to.include('0 answers differ, 0 resources ended up different');
        expect(same.code).to.equal(0);
        const text = readFileSync(onlyRecord(join(folder, 'out')), 'utf8');
        expect(text).to.include('"command":"replay"');
        const json = await inProcess(['replay', path, '--target', other.url, '--format', 'json', ...out]);
        expect(JSON.parse(json.out)).to.include({ sent: 9, leftOut: 0 });
      } finally {
        await Promise.all([right.close(), other.close()]);
      }
    }));

  it('ends with 3 when the target is gone', () =>
    inFolder(async folder => {
      const path = join(folder, 'record.jsonl');
      await record(path);
      const server = createServer().listen(0, '127.0.0.1');
      await new Promise(resolve => server.once('listening', resolve));
      const { port } = server.address() as AddressInfo;
      await new Promise(resolve => server.close(resolve));
      const { code, out } = await inProcess([
        'replay',
        path,
        '--target',
        `http://127.0.0.1:${port}/scim/v2`,
        '--out',
        join(folder, 'out'),
      ]);
      expect(out).to.include('the target stopped answering');
      expect(code).to.equal(3);
    }));

  it('asks before it makes anything on another machine', async () => {
    const { code, err } = await inProcess(['replay', 'x', '--target', 'https://scim.example/v2']);
    expect(err).to.match(/scim\.example[^]*--yes/);
    expect(code).to.equal(2);
  });
});
