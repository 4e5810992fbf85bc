import { levelOf } from '../conformance/clauses/index.ts';
import { checks, clausesOf, runConformance } from '../conformance/index.ts';
import type { Verdict } from '../reports/record/index.ts';
import type { JsonObject } from '../scim/wire/message.ts';
import { systemClock } from '../scim/wire/throttle.ts';
import { choose, type Choice, type Chosen } from './choice.ts';
import { createGate, type GateOptions } from './gate.ts';
import { newerThan, requirementsDay, scoredBy, scoring } from './requirements.ts';
import { profileNamed } from './selection.ts';
import { withSession, type Care, type Finished, type RunOptions } from './run.ts';
import type { TargetSettings } from './target.ts';

export interface ConformOptions extends RunOptions, Care, GateOptions {
  /** What weighs how much; `rfc` by default. */
  readonly profile?: string;
  /** Checks under way at once. */
  readonly concurrency?: number;
  /** What bodies have to hold on this target, by the name of the type; the rest is learnt. */
  readonly templates?: Readonly<Record<string, JsonObject>>;
  /** Ids of the checks to run; all by default. */
  readonly only?: readonly string[];
  /** The checks to run as a person names them, where `only` is not given. */
  readonly choice?: Choice;
  /** Checks newer than this day (YYYY-MM-DD) run and are reported, and do not count. */
  readonly requirements?: string;
}

/**
 * Judges a SCIM endpoint: every check gets a verdict, whatever the endpoint does, and what was created is removed.
 * @throws SelectionError for a profile that is none and a pattern that names no check, NothingChosenError when no check is
 *   left, RequirementsError for a day that is none, BaseUrlError for a URL that is none.
 */
export async function conform(target: TargetSettings, options: ConformOptions = {}): Promise<Finished> {
  const profile = profileNamed(options.profile ?? 'rfc');
  const { concurrency, only, choice = {}, templates, clock = systemClock } = options;
  const day = options.requirements && requirementsDay(options.requirements, new Date().toISOString().slice(0, 10));
  const newer = day === undefined || day === '' ? new Set<string>() : newerThan(day);
  const { selected, skipped } = only ? exactly(only) : choose(choice, profile);
  const gate = createGate(options, clock.now);
  const { shard, level } = choice;
  const title = {
    command: 'conform',
    profile: profile.id,
    clauses: selected.flatMap(clausesOf),
    notes: [
      ...(day ? [`requirements of ${day}; of the checks, ${newer.size} are newer and not scored`] : []),
      ...(level ? [`of the checks, the ${selected.length} of level ${level} or above`] : []),
      ...(shard ? [`part ${shard.part} of ${shard.of}: ${selected.length} of ${checks.length} checks`] : []),
    ],
    care: { ...options, stop: gate.stop },
    ...(shard && { shard }),
  };
  return withSession(target, title, options, async bare => {
    const session = gate.watch(newer.size > 0 ? scoring(bare, newer) : bare);
    const result = await runConformance({
      session,
      checks: selected,
      profile,
      ...(concurrency !== undefined && { concurrency }),
      ...(templates && { templates }),
    });
    const further = [...leftOut(skipped), ...gate.onTime()];
    for (const verdict of further) session.emit({ kind: 'verdict', verdict });
    return { ...result, verdicts: [...result.verdicts.map(verdict => scoredBy(verdict, newer)), ...further] };
  });
}

const exactly = (ids: readonly string[]): Chosen => ({
  selected: checks.filter(({ id }) => ids.includes(id)),
  skipped: new Map(),
});

/** What was not to be run stays visible. */
const leftOut = (skipped: ReadonlyMap<string, string>): readonly Verdict[] =>
  checks
    .filter(({ id }) => skipped.has(id))
    .map(({ id, title, clause, also = [] }) => ({
      check: id,
      case: '',
      title,
      clause,
      also,
      level: levelOf(clause),
      outcome: 'not-applicable',
      severity: 'none',
      expected: '',
      actual: '',
      reason: `left out: ${skipped.get(id) ?? ''}`,
      blockedBy: '',
      exchanges: [],
    }));
