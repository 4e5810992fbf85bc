import { checks, clausesOf, isInvariant, profileOf, type Profile } from '../conformance/index.ts';
import { setTimeout as delay } from 'node:timers/promises';
import {
  createWay,
  play,
  type Actor,
  type Finding,
  type PlayedStep,
  type Scenario,
  type StoryClock,
  type Way,
} from '../scenarios/index.ts';
import { exchangeId, type Exchange, type Verdict } from '../reports/record/index.ts';
import type { Session } from '../scim/wire/session.ts';
import { createSimulator, type Dialect, type Simulator } from '../simulator/index.ts';
import { judgeExchanges, verdictOf } from './judge-stories.ts';
import { withReferenceBridge } from './reference-bridge.ts';
import { profileNamed } from './selection.ts';
import { dialectNamed, storiesNamed } from './story-selection.ts';
import { withSession, type Finished, type RunOptions } from './run.ts';
import type { TargetSettings } from './target.ts';
import { answerLine, wouldWork } from './would-work.ts';

export interface PlayOptions extends RunOptions {
  /** Identity provider to play; `jumpcloud` by default. */
  readonly idp?: string;
  /** What weighs how much; that of the identity provider by default. */
  readonly profile?: string;
  /** Stories that are no part of the library: from files. */
  readonly stories?: readonly Scenario[];
  /** Size of the crowd, in place of what stories say. */
  readonly people?: number;
  /** Profile of that account. */
  readonly account?: string;
  /** Sees each step that has been played; the next one waits for it. */
  readonly onStep?: (step: PlayedStep, story: Scenario) => unknown;
}

/** A clock that can be moved, and the way on which stories make trouble; pauses for such trouble pass at once. */
export interface Surroundings {
  readonly clock: StoryClock;
  readonly way: Way;
}

/** Surroundings of stories that are played by the real clock. */
export function createSurroundings(): Surroundings {
  let ahead = 0;
  const advance = (ms: number): void => void (ahead += ms);
  const clock: StoryClock = {
    now: () => Date.now() + ahead,
    async sleep(ms) {
      if (way.isTroubled()) advance(ms);
      else await delay(ms);
    },
    advance,
  };
  const way = createWay(clock);
  return { clock, way };
}

/**
 * Plays stories against a target as an identity provider would; both sides of every exchange are judged.
 * @param ids ids of stories, or `all`.
 * @throws SelectionError for an unknown story, dialect or profile; BaseUrlError for a URL that is none.
 */
export async function playScenarios(
  target: TargetSettings,
  ids: readonly string[],
  options: PlayOptions = {},
): Promise<Finished> {
  const dialect = dialectNamed(options.idp ?? 'jumpcloud');
  const profile = profileNamed(options.profile ?? dialect.profile);
  const stories = [...storiesNamed(ids), ...(options.stories ?? [])];
  const surroundings = createSurroundings();
  const hops = [surroundings.way.hop, ...(options.hops ?? [])];
  const clauses = [...stories.flatMap(rulesOf), ...checks.filter(isInvariant).flatMap(clausesOf)];
  const notes = [`${stories.length === 1 ? 'one story' : `${stories.length} stories`}, played by ${dialect.id}`];
  return withSession(
    target,
    { command: 'play', profile: profile.id, clauses, notes },
    { ...options, hops },
    async session => {
      const { findings, verdicts, exchanges, sent } = await playAll(session, stories, dialect, profile, {
        ...options,
        ...surroundings,
      });
      // Which rules bind the client is a matter of whom it plays, not of what the service provider is held to.
      const asClient = profileOf(dialect.profile) ?? profileNamed('rfc');
      const judged = [
        ...judgeExchanges(exchanges, profile, ['server']),
        ...judgeExchanges(sent, asClient, ['client']).map(verdict => excused(verdict, dialect)),
      ];
      const all = [...verdicts, ...judged];
      for (const verdict of all) session.emit({ kind: 'verdict', verdict });
      const silent = exchanges.length > 0 && exchanges.every(({ response }) => response.status === undefined);
      const lostSince = silent && exchanges[0] ? exchangeId(exchanges[0]) : '';
      if (!ids.includes('all') || session.signal.aborted) return { verdicts: all, lostSince };
      const failed = stories.filter(({ id }) => findings.some(isFailureOf(id)));
      const elsewhere = failed.length > 0 ? await playOnReference(failed, dialect, session, options) : [];
      return { verdicts: all, lostSince, notes: [answerLine(dialect, wouldWork(findings, elsewhere))] };
    },
  );
}

/** What the real identity provider does as well is no fault of this run. */
export function excused(verdict: Verdict, { shortcomings, title }: Dialect): Verdict {
  const evidence = shortcomings[verdict.check];
  if (verdict.outcome !== 'fail' || evidence === undefined) return verdict;
  return { ...verdict, outcome: 'observed', severity: 'none', reason: `${title} does so (${evidence})` };
}

/** Rules a story speaks of: those it proves and those its expectations name. */
export const rulesOf = ({ proves, expect, steps }: Scenario) => [
  ...proves,
  ...[...expect, ...steps.flatMap(step => (step.verb === 'expect' ? step.expectations : []))].flatMap(
    ({ rule }) => rule ?? [],
  ),
];

/** Distance of the seeds of two stories; a prime, so that seeds of neighbouring runs do not meet. */
export const STORY_SEEDS = 104_729;

const isFailureOf =
  (story: string) =>
  ({ check, outcome }: Finding): boolean =>
    outcome === 'fail' && check.startsWith(`${story}:`);

/** What stories find on the reference bridge: what fails there as well is not to be laid at the door of a target. */
async function playOnReference(
  stories: readonly Scenario[],
  dialect: Dialect,
  { run, seed, signal }: Pick<Session, 'run' | 'seed' | 'signal'>,
  { people }: Pick<PlayOptions, 'people'>,
): Promise<readonly Finding[]> {
  let found: readonly Finding[] = [];
  const surroundings = createSurroundings();
  const hops = [surroundings.way.hop];
  const around = { ...surroundings, ...(people !== undefined && { people }) };
  const title = { command: 'play', profile: dialect.profile, clauses: [], notes: [] };
  await withReferenceBridge(target =>
    withSession(target, title, { run, seed, signal, hops }, async session => {
      found = (await playAll(session, stories, dialect, profileNamed('rfc'), around)).findings;
      return { verdicts: [], lostSince: '' };
    }),
  );
  return found;
}

/**
 * Stories one after the other, what they found, also as verdicts, and what went over the wire (unredacted): all of it, and
 * what the identity provider `sent`.
 */
export async function playAll(
  session: Session,
  stories: readonly Scenario[],
  dialect: Dialect,
  profile: Profile,
  {
    people,
    control,
    account,
    onStep: watch,
    clock,
    way,
    admin = simulator => simulator,
  }: Partial<Surroundings> &
    Pick<PlayOptions, 'people' | 'control' | 'account' | 'onStep'> & {
      /** Who acts on the identity provider; its own verbs by default. */
      readonly admin?: (simulator: Simulator) => Actor;
    } = {},
) {
  const findings: Finding[] = [];
  const exchanges: Exchange[] = [];
  const sent: Exchange[] = [];
  for (const [index, scenario] of stories.entries()) {
    // Ids of the directory hold the time and the seed: two stories of one second must not make the same ones.
    const seed = session.seed + index * STORY_SEEDS;
    const found = await play({
      scenario,
      session,
      idp: dialect.id,
      idpProfile: dialect.profile,
      createAdmin: (send, { connector }) =>
        admin(
          createSimulator({
            dialect,
            send,
            seed,
            manageGroups: true,
            ...(connector && { connector }),
            ...(clock && { now: clock.now, retry: { sleep: clock.sleep } }),
          }),
        ),
      ...(people !== undefined && { people }),
      ...(clock && { clock }),
      ...(way && { way }),
      control,
      ...(account !== undefined && { account }),
      async onStep(step) {
        exchanges.push(...step.exchanges);
        if (step.isProvisioning) sent.push(...step.exchanges);
        await watch?.(step, scenario);
      },
    });
    findings.push(...found);
  }
  return { findings, verdicts: findings.map(finding => verdictOf(finding, profile)), exchanges, sent };
}
