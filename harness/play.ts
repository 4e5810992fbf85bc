import { checks, clausesOf, isInvariant, profileOf, type Profile } from '../conformance/index.ts';
import { play, type Scenario } from '../scenarios/index.ts';
import { exchangeId, type Exchange, type Verdict } from '../reports/record/index.ts';
import type { Session } from '../scim/wire/session.ts';
import { createSimulator, type Dialect } from '../simulator/index.ts';
import { judgeExchanges, verdictOf } from './judge-stories.ts';
import { dialectNamed, profileNamed, storiesNamed } from './selection.ts';
import { withSession, type Finished, type RunOptions } from './run.ts';
import type { TargetSettings } from './target.ts';

export interface PlayOptions extends RunOptions {
  /** Identity provider to play; `jumpcloud` by default. */
  readonly idp?: string;
  /** What weighs how much; that of the identity provider by default. */
  readonly profile?: string;
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
  const profile = profileNamed(options.profile ?? 'jumpcloud');
  const stories = storiesNamed(ids);
  const clauses = [...stories.flatMap(rulesOf), ...checks.filter(isInvariant).flatMap(clausesOf)];
  const notes = [`${stories.length} stories, played by ${dialect.id}`];
  return withSession(target, { command: 'play', profile: profile.id, clauses, notes }, options, async session => {
    const { verdicts, exchanges } = await playAll(session, stories, dialect, profile);
    // Which rules bind the client is a matter of whom it plays, not of what the service provider is held to.
    const asClient = profileOf(dialect.id) ?? profileNamed('rfc');
    const judged = [
      ...judgeExchanges(exchanges, profile, ['server']),
      ...judgeExchanges(exchanges, asClient, ['client']),
    ];
    const all = [...verdicts, ...judged];
    for (const verdict of all) session.emit({ kind: 'verdict', verdict });
    const silent = exchanges.length > 0 && exchanges.every(({ response }) => response.status === undefined);
    return { verdicts: all, lostSince: silent && exchanges[0] ? exchangeId(exchanges[0]) : '' };
  });
}

/** Rules a story speaks of: those it proves and those its expectations name. */
export const rulesOf = ({ proves, expect, steps }: Scenario) => [
  ...proves,
  ...[...expect, ...steps.flatMap(step => (step.verb === 'expect' ? step.expectations : []))].flatMap(
    ({ rule }) => rule ?? [],
  ),
];

/** Distance of the seeds of two stories; a prime, so that seeds of neighbouring runs do not meet. */
const STORY_SEEDS = 104_729;

/** Stories one after the other, what they found as verdicts, and what they sent (unredacted). */
export async function playAll(session: Session, stories: readonly Scenario[], dialect: Dialect, profile: Profile) {
  const verdicts: Verdict[] = [];
  const exchanges: Exchange[] = [];
  for (const [index, scenario] of stories.entries()) {
    // Ids of the directory hold the time and the seed: two stories of one second must not make the same ones.
    const seed = session.seed + index * STORY_SEEDS;
    const findings = await play({
      scenario,
      session,
      createAdmin: send => createSimulator({ dialect, send, seed, manageGroups: true }),
      onStep: step => exchanges.push(...step.exchanges),
    });
    verdicts.push(...findings.map(finding => verdictOf(finding, profile)));
  }
  return { verdicts, exchanges };
}
