import { checks, clausesOf, runConformance } from '../conformance/index.ts';
import type { Verdict } from '../reports/record/index.ts';
import { scenarios } from '../scenarios/index.ts';
import { generateOrganisation, jumpcloud, type Simulator } from '../simulator/index.ts';
import { adminOverApi, type ApiAdmin } from './admin-over-api.ts';
import { provisionOrganisation } from './demo-organisation.ts';
import { judgeExchanges } from './judge-stories.ts';
import { createSurroundings, playAll, rulesOf } from './play.ts';
import { profileNamed } from './selection.ts';
import { DEFAULT_SEED, withSession, type Finished, type RunOptions } from './run.ts';
import type { TargetSettings } from './target.ts';

export interface DemoOptions extends RunOptions {
  /** Size of the organisation. */
  readonly people?: number;
}

/**
 * The whole pipe once: a simulated JumpCloud provisions an organisation, the stories are played, the conformance suite
 * runs; all in one record.
 */
export async function demo(target: TargetSettings, options: DemoOptions = {}): Promise<Finished> {
  const people = options.people ?? 40;
  const seed = options.seed ?? DEFAULT_SEED;
  const organisation = generateOrganisation({ seed, people });
  const profile = profileNamed('jumpcloud');
  const clauses = [...checks.flatMap(clausesOf), ...scenarios.flatMap(rulesOf)];
  const notes = [
    `generated ${organisation.people.length} people in ${organisation.groups.length} user groups (seed ${seed})`,
    `${scenarios.length} stories and ${checks.length} checks`,
  ];
  const surroundings = createSurroundings();
  return withSession(
    target,
    { command: 'demo', profile: profile.id, clauses, notes },
    { ...options, seed, hops: [surroundings.way.hop, ...(options.hops ?? [])] },
    async session => {
      let asked = 0;
      const overApi = (simulator: Simulator): ApiAdmin => adminOverApi(simulator, () => void (asked += 1));
      const provisioned = await provisionOrganisation(session, organisation, overApi);
      const stories = await playAll(session, scenarios, jumpcloud, profile, {
        ...surroundings,
        admin: simulator => overApi(simulator).actor,
      });
      const caused = [...provisioned.exchanges, ...stories.exchanges];
      const sent = [...provisioned.exchanges, ...stories.sent];
      const early: readonly Verdict[] = [...stories.verdicts, ...judgeExchanges(sent, profile, ['client'])];
      for (const verdict of early) session.emit({ kind: 'verdict', verdict });
      const { verdicts, lostSince } = await runConformance({ session, checks, profile, seen: caused });
      const acts = `${asked} requests to the admin API did what admins do, in the organisation and in the stories`;
      return { verdicts: [...early, ...verdicts], lostSince, notes: [acts, ...provisioned.notes] };
    },
  );
}
