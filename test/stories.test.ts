import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assembleBridge } from '../bridge/http/app.ts';
import { serveBridge } from '../bridge/index.ts';
import { main } from '../cli/program.ts';
import { rules, type RuleId } from '../conformance/clauses/index.ts';
import { playAll } from '../harness/play.ts';
import { withSession } from '../harness/run.ts';
import { profileNamed } from '../harness/selection.ts';
import { createWay, scenarios, type Finding, type Scenario } from '../scenarios/index.ts';
import { createStoryClock } from '../scenarios/play/way.ts';
import { jumpcloud } from '../simulator/index.ts';

const PROFILES = ['self-hosted', 'hosted'] as const;
type ProfileId = (typeof PROFILES)[number];
const TOKEN = 'a-token-of-this-test';

/** Plays stories on a bridge with an account behind it, which keeps all rules but some. */
async function playedOn(
  profile: ProfileId,
  stories: readonly Scenario[],
  without: readonly RuleId[] = [],
): Promise<readonly Finding[]> {
  const bridge = assembleBridge({ tokens: [TOKEN], account: { profile } }, new Set(without));
  const { control } = bridge;
  if (!control) throw new Error('an account has a control');
  const { url, close } = await serveBridge(bridge);
  const clock = createStoryClock(Date.now());
  const way = createWay(clock);
  let found: readonly Finding[] = [];
  try {
    const title = { command: 'play', profile: 'jumpcloud', clauses: [], notes: [] };
    const target = { baseUrl: url, credential: { kind: 'bearer', token: TOKEN } } as const;
    await withSession(target, title, { hops: [way.hop] }, async session => {
      const options = { clock, way, control, account: profile };
      found = (await playAll(session, stories, jumpcloud, profileNamed('jumpcloud'), options)).findings;
      return { verdicts: [], lostSince: '' };
    });
  } finally {
    await close();
  }
  return found;
}

const ofAccount = scenarios.filter(({ proves }) => proves.some(rule => rules[rule].side === 'sp'));

const io = (out: string[], key?: () => Promise<void>) => ({
  out: (text: string) => void out.push(text),
  err: (text: string) => void out.push(text),
  env: {},
  color: false,
  interactive: false,
  width: 100,
  ...(key && { key }),
});

describe('stories of the account', () => {
  for (const profile of PROFILES) {
    it(`pass where they apply: ${profile}`, async () => {
      const findings = await playedOn(profile, ofAccount);
      expect(findings.filter(({ outcome }) => outcome !== 'pass' && outcome !== 'not-applicable')).to.deep.equal([]);
    });
  }

  for (const story of ofAccount) {
    for (const rule of story.proves) {
      for (const profile of PROFILES.filter(each => rules[rule].profiles.split(',').includes(each))) {
        it(`turn red when ${rule} is switched off: ${story.id}, ${profile}`, async () => {
          const findings = await playedOn(profile, [story], [rule]);
          const red = findings.filter(({ outcome }) => outcome === 'fail' || outcome === 'inconclusive');
          expect(red.map(finding => finding.rule)).to.include(rule);
        });
      }
    }
  }
});

const MINE = `id: mine
title: My own leaver
proves: [JC-22]
steps: [{create-group: eng}, {hire: ada}, {join: ada, groups: [eng]}, {bind: eng}, activate, sync, {suspend: ada}, sync]
expect: [{account: ada, is: [inactive, absent]}]
`;

describe('play', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'play-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const written = (text: string): string => {
    const file = join(folder, 'mine.yaml');
    writeFileSync(file, text);
    return file;
  };

  it('finds stories not applicable, and never failed, where the target has no control', async () => {
    const out: string[] = [];
    const code = await main(['play', 'leaver-while-invited', 'invited-and-accepted', '--out', folder], io(out));
    expect(code, out.join('')).to.equal(0);
    expect(out.join('')).to.match(/not applicable/);
  });

  it('refuses a file with a mistake, with its place and exit code 2', async () => {
    const out: string[] = [];
    const file = written(MINE.replace('{suspend: ada}', '{suspend: aad}'));
    expect(await main(['play', file, '--out', folder], io(out))).to.equal(2);
    expect(out.join('')).to.include(`${file}:4:`).and.to.include('did you mean "ada"');
  });

  it('prints the plan of a file with --dry-run, and leaves no record', async () => {
    const out: string[] = [];
    expect(await main(['play', written(MINE), '--dry-run', '--out', join(folder, 'out')], io(out))).to.equal(0);
    expect(out.join('')).to.match(/ada is suspended/);
    expect(out.join('')).to.match(/deactivate Ada [\w' -]+ \(JC-21/);
    expect(out.join('')).not.to.match(/record {2}/);
  });

  it('waits for a key after each step with --step, and shows what went over the wire', async () => {
    const out: string[] = [];
    let keys = 0;
    const key = async (): Promise<void> => void (keys += 1);
    expect(await main(['play', written(MINE), '--step', '--out', folder], io(out, key))).to.equal(0);
    expect(keys).to.equal(9);
    expect(out.join('')).to.match(/POST \/Users -> 201/);
  });

  it('needs a terminal for --step', async () => {
    const out: string[] = [];
    expect(await main(['play', written(MINE), '--step', '--out', folder], io(out))).to.equal(2);
    expect(out.join('')).to.include('--step needs a terminal');
  });
});
