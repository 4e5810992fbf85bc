import { expect } from 'chai';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../cli/program.ts';
import { exploreTarget, type ExploreRunOptions } from '../harness/explore.ts';
import { playScenarios } from '../harness/play.ts';
import { withAccountBridge, withReferenceBridge } from '../harness/reference-bridge.ts';
import { plainHabits, tell, type Violation } from '../scenarios/explore/index.ts';
import { readScenario, writeScenario, type Scenario } from '../scenarios/index.ts';
import type { Hop } from '../scim/wire/message.ts';
import { withJson } from '../scim/wire/message.ts';
import { isObject } from '../scim/message/list.ts';

/** Nobody can be set inactive. */
const keepsActive: Hop = async (request, next) => {
  const { json } = request;
  if (request.method !== 'PUT' || !isObject(json) || json['active'] !== false) return next(request);
  return next({ ...request, json: { ...json, active: true } }).then(response =>
    isObject(response.json) ? withJson(response, { ...response.json, active: false }) : response,
  );
};

const explored = async (options: ExploreRunOptions): Promise<readonly [number, readonly Violation[]]> => {
  const found: Violation[] = [];
  const { exitCode } = await withReferenceBridge(target =>
    exploreTarget(target, { habits: plainHabits, onViolation: each => void found.push(each), ...options }),
  );
  return [exitCode, found];
};

describe('explore', () => {
  it('finds nothing on the reference bridge, whoever is played', async () => {
    for (const idp of ['jumpcloud', 'okta', 'entra']) {
      const [exitCode, found] = await explored({ seed: 1, idp, budget: { steps: 60 } });
      expect(found.map(tell).join('\n')).to.equal('');
      expect(exitCode).to.equal(0);
    }
  });

  it('finds nothing on an account', async () => {
    const found: Violation[] = [];
    await withAccountBridge({ profile: 'self-hosted' }, (target, control) =>
      exploreTarget(target, {
        control,
        account: 'self-hosted',
        budget: { steps: 60 },
        onViolation: each => void found.push(each),
      }),
    );
    expect(found.map(tell).join('\n')).to.equal('');
  });

  it('learns of a target what it keeps, and finds nothing where that is all', async () => {
    await withReferenceBridge(async target => {
      const { exitCode } = await exploreTarget(target, { budget: { steps: 40 } });
      expect(exitCode).to.equal(0);
    });
  });

  it('goes the same way twice for one seed, several histories at a time', async () => {
    const stories = async (): Promise<string> => {
      const [, found] = await explored({
        seed: 5,
        budget: { steps: 400 },
        faults: 1,
        concurrency: 3,
        hops: [keepsActive],
      });
      return found.map(({ story }) => writeScenario({ ...story, id: 'same' })).join('\n');
    };
    const once = await stories();
    expect(once).not.to.equal('');
    expect(await stories()).to.equal(once);
  });

  it('shortens what breaks an endpoint to a story that fails again when it is played from its file', async () => {
    const [exitCode, [violation]] = await explored({
      seed: 1,
      budget: { steps: 400 },
      faults: 1,
      hops: [keepsActive],
    });
    expect(exitCode).to.equal(1);
    const story: Scenario = readScenario('found.yaml', writeScenario(violation?.story ?? ({} as Scenario)));
    expect(story.steps.length).to.be.at.most(10);
    // What an admin does, and nothing of when it is sent.
    expect(story.atOnce).to.equal(true);
    expect(story.steps.map(({ verb }) => verb)).not.to.include('sync');
    expect(story.expect).to.have.lengthOf(1);
    const played = (hops: readonly Hop[]) =>
      withReferenceBridge(target => playScenarios(target, [], { stories: [story], hops }));
    expect((await played([keepsActive])).exitCode).to.equal(1);
    expect((await played([])).exitCode).to.equal(0);
  });
});

describe('scimulator explore', () => {
  const folder = mkdtempSync(join(tmpdir(), 'explore-'));
  after(() => rmSync(folder, { recursive: true }));
  const run = async (...flags: readonly string[]): Promise<readonly [number, string]> => {
    const said: string[] = [];
    const tells = (text: string): void => void said.push(text);
    const io = { out: tells, err: tells, env: {}, color: false, interactive: false, width: 100 };
    const code = await main(['explore', ...flags, '--out', folder], io);
    return [code, said.join('')];
  };

  it('leaves a record, a report, and says what it met', async () => {
    const [code, said] = await run('--budget', '40', '--seed', '2');
    expect(code, said).to.equal(0);
    const unwrapped = said.replace(/\s+/g, ' ');
    expect(unwrapped).to.match(/\d+ steps in \d+ histories: \d+ rules, \d+ moves .* shapes of requests were met/);
    const [mark = ''] = readdirSync(folder);
    expect(existsSync(join(folder, mark, 'report.html'))).to.equal(true);
    expect(readFileSync(join(folder, mark, 'record.jsonl'), 'utf8')).to.include('"command":"explore"');
  });

  for (const [what, flags, message] of [
    ['a budget that is none', ['--budget', 'long'], 'write steps or a time'],
    ['a credential without a URL', ['--token-env', 'X'], 'the reference bridge makes its own'],
    ['a target elsewhere without consent', ['https://scim.vendor.example', '--token-env', 'X'], '--yes'],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const said: string[] = [];
      const tells = (text: string): void => void said.push(text);
      const io = { out: tells, err: tells, env: { X: 'secret' }, color: false, interactive: false, width: 100 };
      expect(await main(['explore', ...flags], io)).to.equal(2);
      expect(said.join('')).to.include(message);
    });
  }
});
