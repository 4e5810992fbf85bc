import { checks, clausesOf, runConformance } from '../conformance/index.ts';
import type { JsonObject } from '../scim/wire/message.ts';
import { newerThan, requirementsDay, scoredBy, scoring } from './requirements.ts';
import { profileNamed } from './selection.ts';
import { withSession, type Care, type Finished, type RunOptions } from './run.ts';
import type { TargetSettings } from './target.ts';

export interface ConformOptions extends RunOptions, Care {
  /** What weighs how much; `rfc` by default. */
  readonly profile?: string;
  /** Checks under way at once. */
  readonly concurrency?: number;
  /** What bodies have to hold on this target, by the name of the type; the rest is learnt. */
  readonly templates?: Readonly<Record<string, JsonObject>>;
  /** Ids of the checks to run; all by default. */
  readonly only?: readonly string[];
  /** Checks newer than this day (YYYY-MM-DD) run and are reported, and do not count. */
  readonly requirements?: string;
}

/**
 * Judges a SCIM endpoint: every check gets a verdict, whatever the endpoint does, and what was created is removed.
 * @throws SelectionError for a profile that is none, RequirementsError for a day that is none, BaseUrlError for a URL that is
 *   none.
 */
export async function conform(target: TargetSettings, options: ConformOptions = {}): Promise<Finished> {
  const profile = profileNamed(options.profile ?? 'rfc');
  const { concurrency, only, templates } = options;
  const day = options.requirements && requirementsDay(options.requirements, new Date().toISOString().slice(0, 10));
  const newer = day === undefined || day === '' ? new Set<string>() : newerThan(day);
  const selected = only ? checks.filter(({ id }) => only.includes(id)) : checks;
  const title = {
    command: 'conform',
    profile: profile.id,
    clauses: selected.flatMap(clausesOf),
    notes: day ? [`requirements of ${day}; of the checks, ${newer.size} are newer and not scored`] : [],
    care: options,
  };
  return withSession(target, title, options, async session => {
    const result = await runConformance({
      session: newer.size > 0 ? scoring(session, newer) : session,
      checks: selected,
      profile,
      ...(concurrency !== undefined && { concurrency }),
      ...(templates && { templates }),
    });
    return { ...result, verdicts: result.verdicts.map(verdict => scoredBy(verdict, newer)) };
  });
}
