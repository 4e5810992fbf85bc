import type { AsyncLocalStorage } from 'node:async_hooks';
import { profileOf, type Profile } from '../conformance/index.ts';
import type { Exchange, RunEvent, Verdict } from '../reports/record/index.ts';
import type { Performance, WireFault } from '../scenarios/explore/index.ts';
import { play, type PlayedStep, type Scenario } from '../scenarios/index.ts';
import type { Control } from '../scim/target.ts';
import { pipe, type Hop } from '../scim/wire/message.ts';
import type { Session } from '../scim/wire/session.ts';
import { createSimulator, type Dialect } from '../simulator/index.ts';
import type { SimulatorSeams } from '../simulator/simulator.ts';
import { judgeExchanges, verdictOf } from './judge-stories.ts';
import { createSurroundings, excused, STORY_SEEDS, type Surroundings } from './play.ts';
import { profileNamed } from './selection.ts';

/** Something that is wrong on purpose. */
export interface Staged {
  readonly seams?: SimulatorSeams;
  /** Before the recorder. */
  readonly sent?: Hop;
  /** Behind the recorder. */
  readonly served?: Hop;
}

/** Where a history is played. */
export interface Ground {
  readonly dialect: Dialect;
  readonly profile: Profile;
  readonly control: Control | undefined;
  readonly account: string | undefined;
  /** What goes on around the history that is under way. */
  readonly current: AsyncLocalStorage<Surroundings & Staged>;
  readonly stage: () => Staged;
}

/** Plays histories, and keeps of them what the record is to have. */
export interface Performer {
  perform(scenario: Scenario): Promise<Performance>;
  /** Puts a history into the record; `isFaulty`: what it shows to be wrong counts. */
  keep(performance: Performance, isFaulty: boolean): void;
  /** What was judged in the histories that were kept: what was found wrong, and each rule that was seen kept. */
  verdicts(): readonly Verdict[];
}

export function createPerformer(session: Session, ground: Ground): Performer {
  const { dialect, profile, control, account, current, stage } = ground;
  const asClient = profileOf(dialect.profile) ?? profileNamed('rfc');
  const events = new WeakMap<Performance, readonly RunEvent[]>();
  const [kept, reported] = [new Set<Performance>(), new Set<Performance>()];
  const [all, provisioning]: [Exchange[], Exchange[]] = [[], []];
  let played = 0;
  const judged = (exchanges: readonly Exchange[], sent: readonly Exchange[]): readonly Verdict[] => [
    ...judgeExchanges(exchanges, profile, ['server']),
    ...judgeExchanges(sent, asClient, ['client']).map(verdict => excused(verdict, dialect)),
  ];

  return {
    async perform(scenario) {
      const seed = session.seed + (played += 1) * STORY_SEEDS;
      const around = { ...createSurroundings(), ...stage() };
      const told: RunEvent[] = [];
      const steps: PlayedStep[] = [];
      const findings = await current.run(around, () =>
        play({
          scenario,
          session: { ...session, emit: event => void told.push(event) },
          idp: dialect.id,
          idpProfile: dialect.profile,
          createAdmin: send =>
            createSimulator(
              {
                dialect,
                send: around.sent ? pipe([around.sent], send) : send,
                seed,
                manageGroups: true,
                now: around.clock.now,
                retry: { sleep: around.clock.sleep },
              },
              around.seams,
            ),
          clock: around.clock,
          way: around.way,
          control,
          ...(account !== undefined && { account }),
          onStep: step => void steps.push(step),
        }),
      );
      let seen: readonly WireFault[] | undefined;
      const wire = (): readonly WireFault[] => {
        const exchanges = steps.flatMap(step => step.exchanges);
        const sent = steps.filter(step => step.isProvisioning).flatMap(step => step.exchanges);
        seen ??= judged(exchanges, sent)
          .filter(({ outcome }) => outcome === 'fail')
          .map(wireFault);
        return seen;
      };
      const performance = { scenario, played: steps, findings, wire };
      events.set(performance, told);
      return performance;
    },
    keep(performance, isFaulty) {
      if (isFaulty) reported.add(performance);
      if (kept.has(performance)) return;
      kept.add(performance);
      for (const event of events.get(performance) ?? []) session.emit(event);
      all.push(...performance.played.flatMap(step => step.exchanges));
      provisioning.push(...performance.played.filter(step => step.isProvisioning).flatMap(step => step.exchanges));
    },
    verdicts() {
      const findings = [...kept].flatMap(performance => performance.findings);
      const rules = new Map(findings.filter(({ outcome }) => outcome === 'pass').map(each => [each.rule, each]));
      const passed = [...rules.values()].map(each => ({ ...each, check: `explore:${each.rule}` }));
      const against = [...reported].flatMap(performance =>
        performance.findings.filter(({ outcome }) => outcome !== 'pass'),
      );
      return [...[...passed, ...against].map(finding => verdictOf(finding, profile)), ...judged(all, provisioning)];
    },
  };
}

const wireFault = ({ check, clause, title, expected, actual, exchanges }: Verdict): WireFault => ({
  check,
  clause,
  title,
  expected,
  actual,
  exchanges,
});
