import { checks, clausesOf, runConformance } from '../conformance/index.ts';
import { profileNamed } from './selection.ts';
import { withSession, type Finished, type RunOptions } from './run.ts';
import type { TargetSettings } from './target.ts';

export interface ConformOptions extends RunOptions {
  /** What weighs how much; `rfc` by default. */
  readonly profile?: string;
  /** Checks under way at once. */
  readonly concurrency?: number;
  /** Ids of the checks to run; all by default. */
  readonly only?: readonly string[];
}

/**
 * Judges a SCIM endpoint: every check gets a verdict, whatever the endpoint does, and what was created is removed.
 * @throws SelectionError for a profile that is none, BaseUrlError for a URL that is none.
 */
export async function conform(target: TargetSettings, options: ConformOptions = {}): Promise<Finished> {
  const profile = profileNamed(options.profile ?? 'rfc');
  const { concurrency, only } = options;
  const selected = only ? checks.filter(({ id }) => only.includes(id)) : checks;
  const title = { command: 'conform', profile: profile.id, clauses: selected.flatMap(clausesOf), notes: [] };
  return withSession(target, title, options, session =>
    runConformance({ session, checks: selected, profile, ...(concurrency !== undefined && { concurrency }) }),
  );
}
