import type { Hop } from '../../scim/wire/message.ts';
import type { Session } from '../../scim/wire/session.ts';
import { isThrottled, systemClock, type Clock } from '../../scim/wire/throttle.ts';
import { exchangeId, type Exchange, type Verdict } from '../../reports/record/index.ts';
import { createBlame } from './blame.ts';
import { errorWithCause, withCause } from './cause.ts';
import { isProbe, type Case, type Check, type Invariant, type Probe } from './check.ts';
import type { Context } from './context.ts';
import type { Facts } from './facts.ts';
import { createFixtures, type Fixtures } from './fixtures.ts';
import { createJudge } from './judge.ts';
import { learn } from './learn.ts';
import { runPool } from './pool.ts';
import type { Profile } from './profiles.ts';
import { createSettling } from './settle.ts';
import { severityOf } from './severity.ts';
import { openStage, type Setting } from './stage.ts';
import { createTarget, TARGET } from './target.ts';
import type { Template } from './template.ts';
import { findingOfError, verdictOf, type Finding } from './verdict.ts';
import { Blocked } from './violation.ts';

/** What to run, on what, and as what it counts. */
export interface ConformanceOptions {
  readonly session: Session;
  readonly checks: readonly Check[];
  readonly profile: Profile;
  /** Probes under way at the same time. Default 8. */
  readonly concurrency?: number;
  /** Judge our own requests as those of a client too. Probes send wrong ones on purpose, so the default is no. */
  readonly judgeClient?: boolean;
  /** Exchanges of the same run that others caused: the invariants look at them too. They are not emitted again. */
  readonly seen?: readonly Exchange[];
  /** What bodies have to hold on this target, by the name of the type; the rest is learnt. */
  readonly templates?: Readonly<Record<string, Template>>;
  /** Time, for what lists take to follow writes. */
  readonly clock?: Clock;
  /** Gets each verdict as soon as all before it are out. */
  readonly onVerdict?: (verdict: Verdict) => void;
}

export interface ConformanceResult {
  /** Probes in the order of `checks`, what the profile asks first before them, then invariants in theirs. */
  readonly verdicts: readonly Verdict[];
  /** Id of the first exchange that got nothing back, when the target was lost; otherwise empty. */
  readonly lostSince: string;
  /** What a reader should know of how the target had to be treated. */
  readonly notes: readonly string[];
  /** What was learnt of the target. */
  readonly facts: Facts;
}

const CONCURRENCY = 8;

/** Probes for each that may send, where most of them wait. */
const WAITING = 8;

interface Job {
  readonly probe: Probe;
  readonly instance: Case;
  /** Known before anything is sent. */
  readonly settled?: Finding;
}

interface Outcome {
  readonly finding: Finding;
  readonly exchanges: readonly Exchange[];
  /** Scopes of the fixtures it used. */
  readonly fixtures?: readonly string[];
  /** What it did on the account. */
  readonly acts?: readonly string[];
}

/**
 * Runs the checks on the target of the session. Every check gets a verdict, whatever the target does; exchanges and
 * verdicts are emitted in the order of the list, not in that of the clock.
 */
export async function runConformance(options: ConformanceOptions): Promise<ConformanceResult> {
  const { session, profile, concurrency = CONCURRENCY, judgeClient = false } = options;
  const checks = leadFirst(options.checks, profile);
  const invariants = checks.filter(
    (check): check is Invariant => !isProbe(check) && (check.judges === 'server' || judgeClient),
  );
  const judge = createJudge(invariants, profile);
  const verdicts: Verdict[] = [];
  const record = (exchanges: readonly Exchange[]) => {
    for (const exchange of exchanges) {
      session.emit({ kind: 'exchange', exchange });
      judge.see(exchange, facts);
    }
  };
  const conclude = (verdict: Verdict) => {
    const counted = asked(verdict.outcome === 'pass' && !target.alive ? lifeless(verdict) : verdict, profile);
    verdicts.push(counted);
    session.emit({ kind: 'verdict', verdict: counted });
    options.onVerdict?.(counted);
  };

  const target = createTarget(session);
  const { templates, clock = systemClock } = options;
  const { facts, scopes } = await learn(session, target, { ...(templates && { templates }), clock });
  const { lagMs = 0 } = facts;
  const settling = createSettling(lagMs, clock);
  const lags = lagMs > 0;
  const gate: Hop = lags ? settling.gate(concurrency) : async (request, through) => through(request);
  const setting: Setting = { session, target, facts, settling, gate };
  for (const exchange of options.seen ?? []) judge.see(exchange, facts);
  for (const scope of scopes) record(scope.exchanges);

  const jobs = checks.filter(isProbe).flatMap(probe => jobsOf(probe, facts, profile));
  const fixtures = createFixtures(key => {
    const name = `shared/${key}`;
    const { scope, maker, tidy } = openStage(setting, name);
    const { exchanges } = scope;
    return { maker, exchanges, tidy, explain: error => errorWithCause(error, facts, exchanges) };
  });
  const ready = new Map<string, number>();
  const outcomes = new Map<number, Outcome>();
  const blame = createBlame(jobs.map(({ probe }) => probe.id));
  const judged = ({ probe, instance }: Job, finding: Finding) =>
    verdictOf(probe, instance, finding, severityOf(instance.clause ?? probe.clause, profile));
  let next = 0;
  const flush = () => {
    for (let outcome = outcomes.get(next); outcome; outcome = outcomes.get(++next)) {
      const { fixtures: used = [], acts = [] } = outcome;
      const finding = blame.settled(outcome.finding);
      if (finding === undefined) return;
      outcomes.delete(next);
      record(outcome.exchanges);
      conclude({
        ...judged(jobs[next] as Job, finding),
        ...(used.length > 0 && { fixtures: used }),
        ...(acts.length > 0 && { acts }),
      });
    }
  };
  const perform = async (job: Job, at: number) => {
    const outcome = await probeOnce(job, setting, fixtures, { ready, clock });
    outcomes.set(at, outcome);
    blame.note(job.probe.id, judged(job, outcome.finding).outcome, outcome.finding);
    // Before the first sign of life no verdict is final.
    if (target.alive) flush();
  };
  const numbered = [...jobs.entries()];
  const alone = numbered.filter(([, { probe }]) => probe.exclusive);
  const shared = numbered.filter(([, { probe }]) => !probe.exclusive);
  // Who waits for lists to follow does not burden the target, so others may go on meanwhile.
  await runPool(shared, lags ? concurrency * WAITING : concurrency, async ([at, job]) => perform(job, at));
  await runPool(alone, 1, async ([at, job]) => perform(job, at));
  flush();

  record(await fixtures.close());
  record(target.scope?.exchanges ?? []);
  for (const verdict of judge.verdicts()) conclude(verdict);
  return { verdicts, lostSince: target.lostSince, notes: notesOf(facts), facts };
}

/** How the target had to be treated, for a reader of the report. */
function notesOf({ lagMs = 0, templates = {} }: Facts): readonly string[] {
  return [
    ...(lagMs > 0 ? [`lists and filters stay behind writes; each query waits up to ${lagMs} ms for them`] : []),
    ...Object.entries(templates).map(([type, template]) => {
      const [needed, left] = [true, false].map(given =>
        Object.keys(template).filter(name => (template[name] !== null) === given),
      ) as [string[], string[]];
      const parts = [needed.length > 0 && `with ${needed.join(', ')}`, left.length > 0 && `without ${left.join(', ')}`];
      return `every ${type} is made ${parts.filter(Boolean).join(' and ')}`;
    }),
  ];
}

/** The checks, with those first that answer what the profile asks before all else. */
function leadFirst(checks: readonly Check[], { lead }: Profile): readonly Check[] {
  const leads = ({ clause }: Check) => clause === lead?.clause;
  return [...checks.filter(leads), ...checks.filter(check => !leads(check))];
}

/** The verdict with the question of the profile that it answers. */
const asked = (verdict: Verdict, { lead }: Profile): Verdict =>
  verdict.clause === lead?.clause ? { ...verdict, answers: lead.question } : verdict;

/** A check as it runs: once for each of its cases, or not at all, with the reason. */
function jobsOf(probe: Probe, facts: Facts, profile: Profile): Job[] {
  const single = { name: '' };
  const unless = (reason: string): Job[] => [
    { probe, instance: single, settled: { outcome: 'not-applicable', reason, exchanges: [] } },
  ];
  if (severityOf(probe.clause, profile) === 'none') return unless('');
  for (const condition of probe.applies) {
    const reason = condition.unmet(facts);
    if (reason !== undefined) return unless(`${condition.name}: ${reason}`);
  }
  if (!probe.cases) return [{ probe, instance: single }];
  const cases = probe.cases(facts);
  return cases.length > 0 ? cases.map(instance => ({ probe, instance })) : unless('the target offers no case of it');
}

async function probeOnce(
  { probe, instance, settled }: Job,
  setting: Setting,
  fixtures: Fixtures,
  { ready, clock }: { readonly ready: Map<string, number>; readonly clock: Clock },
): Promise<Outcome> {
  const { target, facts, settling } = setting;
  if (settled) return { finding: settled, exchanges: [] };
  if (target.stopped !== undefined) {
    return { finding: findingOfError(new Blocked(TARGET, target.stopped), []), exchanges: [] };
  }
  const name = instance.name === '' ? probe.id : `${probe.id}/${instance.name}`;
  const used = new Set<string>();
  const { scope, underWay, acts, maker, tidy } = openStage(setting, name, () =>
    Math.max(probe.exclusive ? settling.lastWrite : -Infinity, ...[...used].map(key => ready.get(key) ?? -Infinity)),
  );
  const context: Context = {
    ...maker,
    shared: async (key, make) => {
      used.add(`shared/${key}`);
      return fixtures.get(key, async on => {
        const made = await make(on);
        ready.set(`shared/${key}`, clock.now());
        return made;
      });
    },
  };

  let ended: (exchanges: readonly string[]) => Finding;
  try {
    const seen = await probe.run(context, instance);
    ended = exchanges => passed(exchanges, seen?.observed);
  } catch (error) {
    ended = exchanges => findingOfError(error, exchanges);
  }
  await Promise.allSettled(underWay);
  // A 429 says nothing about what was asked.
  const answered = scope.exchanges.filter(({ response }) => !isThrottled(response));
  const found = withCause(probe, ended(answered.map(exchangeId)), facts, answered);
  const told = acts.length > 0 && found.reason === undefined;
  const finding = told ? { ...found, reason: `done on the account: ${acts.join(', ')}` } : found;
  const exchanges = [...scope.exchanges, ...(await tidy())];
  return { finding, exchanges, fixtures: [...used], acts };
}

/** A check that judged nothing has not passed: it is wrong. */
function passed(exchanges: readonly string[], observed: string | undefined): Finding {
  if (exchanges.length === 0) return { outcome: 'error', error: new Error('the check sent nothing'), exchanges };
  return observed === undefined ? { outcome: 'pass', exchanges } : { outcome: 'observed', observed, exchanges };
}

/** What a pass is worth on a target that never spoke SCIM. */
const lifeless = (verdict: Verdict): Verdict => ({
  ...verdict,
  outcome: 'inconclusive',
  blockedBy: TARGET,
  reason: 'no request of the whole run was answered with a SCIM message',
});
