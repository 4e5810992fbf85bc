import { checks, clausesOf, runConformance } from '../conformance/index.ts';
import type { Exchange, Verdict } from '../reports/record/index.ts';
import type { Scope, Session } from '../scim/wire/session.ts';
import type { Send } from '../scim/wire/message.ts';
import { scenarios } from '../scenarios/index.ts';
import { createSimulator, generateOrganisation, jumpcloud, type Organisation } from '../simulator/index.ts';
import { judgeExchanges } from './judge-stories.ts';
import { playAll, rulesOf } from './play.ts';
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
  return withSession(
    target,
    { command: 'demo', profile: profile.id, clauses, notes },
    { ...options, seed },
    async session => {
      const provisioned = await provision(session, organisation);
      const stories = await playAll(session, scenarios, jumpcloud, profile);
      const caused = [...provisioned.exchanges, ...stories.exchanges];
      const early: readonly Verdict[] = [...stories.verdicts, ...judgeExchanges(caused, profile, ['client'])];
      for (const verdict of early) session.emit({ kind: 'verdict', verdict });
      const { verdicts, lostSince } = await runConformance({ session, checks, profile, seen: caused });
      return { verdicts: [...early, ...verdicts], lostSince, notes: [provisioned.note] };
    },
  );
}

/** Binds every group, activates, lets things happen that happen in a company, and sends it all. */
async function provision(session: Session, organisation: Organisation) {
  let scope: Scope | undefined;
  const exchanges: Exchange[] = [];
  const send: Send = request => (scope ?? open('organisation/start')).send(request);
  const open = (name: string) => (scope = session.open(name));
  const admin = createSimulator({ dialect: jumpcloud, send, organisation, seed: session.seed, manageGroups: true });
  let done = 0;
  let failed = 0;
  const step = async (n: number, name: string, title: string, act: () => void) => {
    const current = open(`organisation/${String(n).padStart(2, '0')}-${name}`);
    session.emit({ kind: 'step', scenario: 'organisation', scope: current.name, n, title });
    act();
    for (const { outcome } of await admin.sync()) {
      if (outcome === 'failed') failed += 1;
      else done += 1;
    }
    for (const exchange of current.exchanges) session.emit({ kind: 'exchange', exchange });
    exchanges.push(...current.exchanges);
  };
  await step(1, 'activate', 'Bind every user group to the application and activate provisioning', () => {
    for (const { id } of admin.groups()) admin.bind(id);
    admin.activate();
  });
  const [first, second] = admin.people();
  await step(2, 'change', 'Someone takes another name', () => first && admin.change(first.id, { lastname: 'Newname' }));
  await step(3, 'suspend', 'Someone is suspended', () => second && admin.suspend(second.id));
  await step(4, 'reactivate', 'and comes back', () => second && admin.reactivate(second.id));
  return { exchanges, note: `provisioned the organisation: ${done} operations done, ${failed} failed` };
}
