import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressRules } from '../bridge/account/rules-addresses.test.ts';
import { attributeRules } from '../bridge/account/rules-attributes.test.ts';
import { groupRules } from '../bridge/account/rules-groups.test.ts';
import { peopleRules } from '../bridge/account/rules-people.test.ts';
import { serviceRules } from '../bridge/account/rules-service.test.ts';
import { TOKEN } from '../bridge/account/world.test.ts';
import { assembleBridge } from '../bridge/http/app.ts';
import { serveBridge } from '../bridge/index.ts';
import { main } from '../cli/program.ts';
import { rules, type RuleId } from '../conformance/clauses/index.ts';
import { adminOverApi } from '../harness/admin-over-api.ts';
import { playAll } from '../harness/play.ts';
import { withSession } from '../harness/run.ts';
import { profileNamed } from '../harness/selection.ts';
import { createWay, scenarios, type Actor, type Finding, type Scenario } from '../scenarios/index.ts';
import { createStoryClock } from '../scenarios/play/way.ts';
import type { Hop } from '../scim/wire/message.ts';
import { dialects, jumpcloud, type Dialect, type Simulator } from '../simulator/index.ts';

const PROFILES = ['self-hosted', 'hosted'] as const;
type ProfileId = (typeof PROFILES)[number];

/** How a service provider breaks a rule: its account is made without some, or what passes is changed next to it. */
interface Broken {
  readonly without?: readonly RuleId[];
  readonly hop?: Hop;
}

interface Played extends Broken {
  /** Who acts on the identity provider. */
  readonly admin?: (simulator: Simulator) => Actor;
  /** JumpCloud by default. */
  readonly dialect?: Dialect;
}

/** Plays stories on a bridge with an account behind it. */
async function playedOn(
  profile: ProfileId,
  stories: readonly Scenario[],
  { without = [], hop, admin, dialect = jumpcloud }: Played = {},
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
    await withSession(target, title, { hops: [way.hop, ...(hop ? [hop] : [])] }, async session => {
      const options = { clock, way, control, account: profile, ...(admin && { admin }) };
      found = (await playAll(session, stories, dialect, profileNamed(dialect.profile), options)).findings;
      return { verdicts: [], lostSince: '' };
    });
  } finally {
    await close();
  }
  return found;
}

/** Big crowds say nothing more here. */
const small = scenarios.filter(({ people = 0 }) => people <= 10);
const ofAccount = scenarios.filter(({ proves }) => proves.some(rule => rules[rule].side === 'sp'));

/** What the tests of the account break rules with that plain SCIM keeps, and so have no switch. */
const hops = new Map(
  [...serviceRules, ...peopleRules, ...attributeRules, ...addressRules, ...groupRules].flatMap(({ rule, off }) =>
    off ? [[rule, off] as const] : [],
  ),
);
/** Says that something was made, and makes nothing. */
const swallowing =
  (path: string, what = ''): Hop =>
  async (request, next) =>
    request.method === 'POST' && request.path === path && JSON.stringify(request.json).includes(what)
      ? { status: 201, headers: {}, text: '{"id":"none"}', json: { id: 'none' } }
      : next(request);
const findsNobody: Hop = async (request, next) =>
  request.path.startsWith('/Users?filter') ? next({ ...request, path: '/Users?count=0' }) : next(request);
const others: Readonly<Partial<Record<RuleId, Broken>>> = {
  'JC-39a': { without: ['OP-17a'] },
  'JC-43': { hop: swallowing('/Groups') },
  'OP-11a': { hop: findsNobody },
  // What stands for the newcomer is nobody new.
  'OP-12a': { hop: swallowing('/Users', 'new@') },
};

/** Breaks one rule at the service provider. */
function brokenFor(rule: RuleId): Broken {
  const hop = hops.get(rule);
  return others[rule] ?? (hop ? { hop } : { without: [rule] });
}

const profilesOf = (rule: RuleId, { account = PROFILES }: Scenario): readonly ProfileId[] => {
  const named = rules[rule].profiles.split(',');
  const ofNone = !named.some(each => each === 'hosted' || each === 'self-hosted');
  const fitting = account.filter(each => ofNone || named.includes(each));
  // An account that moves begins as one and ends as the other.
  return fitting.length > 0 ? fitting : account;
};

const io = (out: string[], key?: () => Promise<void>) => ({
  out: (text: string) => void out.push(text),
  err: (text: string) => void out.push(text),
  env: {},
  color: false,
  interactive: false,
  width: 100,
  ...(key && { key }),
});

describe('the stories on a bridge', () => {
  const found = new Map<ProfileId, Promise<readonly Finding[]>>();
  const findingsOf = (profile: ProfileId): Promise<readonly Finding[]> => {
    const findings = found.get(profile) ?? playedOn(profile, small);
    found.set(profile, findings);
    return findings;
  };

  for (const profile of PROFILES) {
    it(`pass where they apply: ${profile}`, async function () {
      this.timeout(120_000);
      const findings = await findingsOf(profile);
      expect(findings.filter(({ outcome }) => outcome !== 'pass' && outcome !== 'not-applicable')).to.deep.equal([]);
    });
  }

  it('find the same where the admin acts by requests to the admin API', async function () {
    this.timeout(120_000);
    let asked = 0;
    const admin = (simulator: Simulator): Actor => adminOverApi(simulator, () => void (asked += 1)).actor;
    const [directly, overApi] = [await findingsOf('hosted'), await playedOn('hosted', small, { admin })];
    const outcomes = (findings: readonly Finding[]) => findings.map(({ check, outcome }) => `${check} ${outcome}`);
    expect(outcomes(overApi)).to.deep.equal(outcomes(directly));
    expect(asked).to.be.above(small.length);
  });

  for (const dialect of dialects.filter(({ id }) => id !== jumpcloud.id)) {
    for (const profile of PROFILES) {
      it(`pass about the account whoever provisions it: ${dialect.id}, ${profile}`, async () => {
        const findings = await playedOn(profile, ofAccount, { dialect });
        for (const story of ofAccount) {
          const own = findings.filter(({ check }) => check.startsWith(`${story.id}:`));
          const isPlayed = story.account?.includes(profile) !== false && story.idp?.includes(dialect.id) !== false;
          expect(
            own.some(({ outcome }) => outcome === 'pass'),
            story.id,
          ).to.equal(isPlayed);
          for (const { outcome, check, actual, reason } of own) {
            expect(outcome, `${check}: ${actual || reason}`).to.be.oneOf(['pass', 'not-applicable']);
          }
        }
      });
    }
  }

  for (const story of ofAccount) {
    for (const rule of story.proves) {
      for (const profile of profilesOf(rule, story)) {
        it(`turn red when ${rule} is switched off: ${story.id}, ${profile}`, async () => {
          const findings = await playedOn(profile, [story], brokenFor(rule));
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
