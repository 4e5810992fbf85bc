import { AsyncLocalStorage } from 'node:async_hooks';
import { rules, type RuleId } from '../conformance/clauses/index.ts';
import { checks, clausesOf, isInvariant } from '../conformance/index.ts';
import {
  explore,
  type Exploration,
  type Habits,
  type Means,
  type Progress,
  type Violation,
} from '../scenarios/explore/index.ts';
import type { AccountOptions } from '../bridge/index.ts';
import type { ControlActName } from '../scim/control-acts.ts';
import type { Control } from '../scim/target.ts';
import type { Hop } from '../scim/wire/message.ts';
import type { Session } from '../scim/wire/session.ts';
import { coverageLines } from './explore-coverage.ts';
import { accountHabits, learnHabits } from './explore-habits.ts';
import { createPerformer, type Ground, type Staged } from './explore-perform.ts';
import type { Surroundings } from './play.ts';
import { withSession, type Finished, type RunBody, type RunOptions } from './run.ts';
import { profileNamed } from './selection.ts';
import { dialectNamed } from './story-selection.ts';
import type { TargetSettings } from './target.ts';

/** What an exploration may cost: steps, or milliseconds. */
export type Budget = { readonly steps: number } | { readonly ms: number };

/** How an exploration is made, beside what every run takes. */
export interface ExploreRunOptions extends RunOptions {
  /** Identity provider to play; `jumpcloud` by default. */
  readonly idp?: string;
  /** What weighs how much; that of the identity provider by default. */
  readonly profile?: string;
  readonly budget?: Budget;
  /** Histories under way at once, on names of their own; 1 by default. Time stands still where there are several. */
  readonly concurrency?: number;
  /** Faults after which it ends; 3 by default. */
  readonly faults?: number;
  /** Profile of the account behind the target, where it is one of our own. */
  readonly account?: AccountOptions['profile'];
  /** What is known of the target; learned by trying where nothing is said. */
  readonly habits?: Habits;
  readonly onProgress?: (progress: Progress) => void;
  readonly onViolation?: (violation: Violation) => void;
  readonly onEnd?: (exploration: Exploration) => void;
  /** What is wrong on purpose in each history: for proofs. */
  readonly stage?: () => Staged;
}

/** Steps that are played where nothing is said. */
export const DEFAULT_STEPS = 1000;
const DEFAULT_FAULTS = 3;

/** Acts on the account behind an endpoint that concern one person and leave the others alone. */
const ACTS: readonly ControlActName[] = ['accept', 'confirm', 'confirmAddress', 'suspend'];

/**
 * Plays histories that are drawn at random against a target, each held against a model of the directory and of what the
 * rules make of the service provider; both sides of every exchange are judged. The record keeps the histories that met
 * something new, and the shortest one that shows each fault.
 * @throws SelectionError for an unknown dialect or profile; BaseUrlError for a URL that is none.
 */
export async function exploreTarget(target: TargetSettings, options: ExploreRunOptions = {}): Promise<Finished> {
  const dialect = dialectNamed(options.idp ?? 'jumpcloud');
  const profile = profileNamed(options.profile ?? dialect.profile);
  const current = new AsyncLocalStorage<Surroundings & Staged>();
  const troubled: Hop = (request, next) => current.getStore()?.way.hop(request, next) ?? next(request);
  const served: Hop = (request, next) => current.getStore()?.served?.(request, next) ?? next(request);
  const hops = [troubled, served, ...(options.hops ?? [])];
  const clauses = [...(Object.keys(rules) as RuleId[]), ...checks.filter(isInvariant).flatMap(clausesOf)];
  const notes = [`histories drawn at random, played by ${dialect.id}`];
  return withSession(
    target,
    { command: 'explore', profile: profile.id, clauses, notes },
    { ...options, hops },
    session => exploreOn(session, { dialect, profile, current }, options),
  );
}

type Shown = Pick<Ground, 'dialect' | 'profile' | 'current'>;

async function exploreOn(session: Session, ground: Shown, options: ExploreRunOptions): Promise<RunBody> {
  const { concurrency = 1, control, account, faults = DEFAULT_FAULTS, budget = { steps: DEFAULT_STEPS } } = options;
  const fc = await import('fast-check');
  const habits = options.habits ?? (account === undefined ? await learnHabits(session) : accountHabits(account));
  const performer = createPerformer(session, { ...ground, control, account, stage: options.stage ?? (() => ({})) });
  const started = performance.now();
  const isLate = (): boolean => 'ms' in budget && performance.now() - started > budget.ms;
  const found = await explore({
    fc,
    seed: session.seed,
    steps: 'steps' in budget ? budget.steps : Infinity,
    isOver: () => session.signal.aborted || isLate(),
    concurrency,
    faults,
    habits,
    means: meansOf(control, concurrency),
    perform: performer.perform,
    onHistory(performance, isNew, progress) {
      if (isNew) performer.keep(performance, false);
      options.onProgress?.(progress);
    },
    onViolation(violation, performance) {
      performer.keep(performance, true);
      options.onViolation?.(violation);
    },
  });
  const verdicts = performer.verdicts();
  for (const verdict of verdicts) session.emit({ kind: 'verdict', verdict });
  options.onEnd?.(found);
  return { verdicts, lostSince: found.lostSince, notes: coverageLines(found, habits) };
}

const meansOf = (control: Control | undefined, concurrency: number): Means => ({
  acts: ACTS.filter(act => control?.[act] !== undefined),
  clock: control?.advance !== undefined && concurrency === 1,
  way: true,
});
