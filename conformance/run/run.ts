import { createClient } from '../../scim/client.ts';
import { isObject } from '../../scim/message/list.ts';
import { pipe, type Send } from '../../scim/wire/message.ts';
import type { Scope, Session } from '../../scim/wire/session.ts';
import { exchangeId, type Exchange, type Verdict } from '../../reports/record/index.ts';
import { isProbe, type Case, type Check, type Invariant, type Probe } from './check.ts';
import type { Context } from './context.ts';
import { declaredTypes } from './declared.ts';
import { describeAnswer } from './expect.ts';
import type { Facts } from './facts.ts';
import { createFixtures, type Fixtures, type Maker } from './fixtures.ts';
import { createGiven, removeAll } from './given.ts';
import { createJudge } from './judge.ts';
import { learn, remember } from './learn.ts';
import { runPool } from './pool.ts';
import type { Profile } from './profiles.ts';
import { seeded } from './random.ts';
import { severityOf } from './severity.ts';
import { createTarget, TARGET, type Target } from './target.ts';
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
  /** Gets each verdict as soon as all before it are out. */
  readonly onVerdict?: (verdict: Verdict) => void;
}

export interface ConformanceResult {
  /** Probes in the order of `checks`, then invariants in theirs. */
  readonly verdicts: readonly Verdict[];
  /** Id of the first exchange that got nothing back, when the target was lost; otherwise empty. */
  readonly lostSince: string;
}

const CONCURRENCY = 8;

interface Job {
  readonly probe: Probe;
  readonly instance: Case;
  /** Known before anything is sent. */
  readonly settled?: Finding;
}

interface Outcome {
  readonly finding: Finding;
  readonly exchanges: readonly Exchange[];
}

/**
 * Runs the checks on the target of the session. Every check gets a verdict, whatever the target does; exchanges and
 * verdicts are emitted in the order of the list, not in that of the clock.
 */
export async function runConformance(options: ConformanceOptions): Promise<ConformanceResult> {
  const { session, checks, profile, concurrency = CONCURRENCY, judgeClient = false } = options;
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
    const counted = verdict.outcome === 'pass' && !target.alive ? lifeless(verdict) : verdict;
    verdicts.push(counted);
    session.emit({ kind: 'verdict', verdict: counted });
    options.onVerdict?.(counted);
  };

  const target = createTarget(session);
  const { facts, scopes } = await learn(session, target);
  for (const exchange of options.seen ?? []) judge.see(exchange, facts);
  for (const scope of scopes) record(scope.exchanges);

  const jobs = checks.filter(isProbe).flatMap(probe => jobsOf(probe, facts, profile));
  const fixtures = createFixtures(key => {
    const name = `shared/${key}`;
    const { scope, made, maker } = stage(session, target, facts, name);
    return { maker, exchanges: scope.exchanges, tidy: async () => tidy(session, name, made, target) };
  });
  const outcomes = new Map<number, Outcome>();
  let next = 0;
  const flush = () => {
    for (let outcome = outcomes.get(next); outcome; outcome = outcomes.get(++next)) {
      outcomes.delete(next);
      record(outcome.exchanges);
      const { probe, instance } = jobs[next] as Job;
      const severity = severityOf(instance.clause ?? probe.clause, profile);
      conclude(verdictOf(probe, instance, outcome.finding, severity));
    }
  };
  const perform = async (job: Job, at: number) => {
    outcomes.set(at, await probeOnce(job, session, target, facts, fixtures));
    // Before the first sign of life no verdict is final.
    if (target.alive) flush();
  };
  const numbered = [...jobs.entries()];
  const alone = numbered.filter(([, { probe }]) => probe.exclusive);
  const shared = numbered.filter(([, { probe }]) => !probe.exclusive);
  await runPool(shared, concurrency, async ([at, job]) => perform(job, at));
  await runPool(alone, 1, async ([at, job]) => perform(job, at));
  flush();

  record(await fixtures.close());
  record(target.scope?.exchanges ?? []);
  for (const verdict of judge.verdicts()) conclude(verdict);
  return { verdicts, lostSince: target.lostSince };
}

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
  session: Session,
  target: Target,
  facts: Facts,
  fixtures: Fixtures,
): Promise<Outcome> {
  if (settled) return { finding: settled, exchanges: [] };
  if (target.stopped !== undefined) {
    return { finding: findingOfError(new Blocked(TARGET, target.stopped), []), exchanges: [] };
  }
  const name = instance.name === '' ? probe.id : `${probe.id}/${instance.name}`;
  const { scope, made, underWay, maker } = stage(session, target, facts, name);
  const context: Context = { ...maker, shared: async (key, make) => fixtures.get(key, make) };

  let ended: (exchanges: readonly string[]) => Finding;
  try {
    const seen = await probe.run(context, instance);
    ended = exchanges => passed(exchanges, seen?.observed);
  } catch (error) {
    ended = exchanges => findingOfError(error, exchanges);
  }
  await Promise.allSettled(underWay);
  const finding = ended(scope.exchanges.map(exchangeId));
  const exchanges = [...scope.exchanges, ...(await tidy(session, name, made, target))];
  return { finding, exchanges };
}

/** A scope with clients on it that keep account of what they make. */
function stage(session: Session, target: Target, facts: Facts, name: string) {
  const scope = session.open(name);
  const made: { endpoint: string; id: string }[] = [];
  const underWay = new Set<Promise<unknown>>();
  const tracked = (send: Send, kind: 'credentialed' | 'anonymous') =>
    createClient(trackedBy(underWay, target.guard(pipe([remember(made)], send), kind)));
  const scim = tracked(scope.send, 'credentialed');
  const anonymous = tracked(scope.anonymous, 'anonymous');
  return { scope, made, underWay, maker: makerOf({ scim, anonymous, scope, session, facts }) };
}

/** A check that judged nothing has not passed: it is wrong. */
function passed(exchanges: readonly string[], observed: string | undefined): Finding {
  if (exchanges.length === 0) return { outcome: 'error', error: new Error('the check sent nothing'), exchanges };
  return observed === undefined ? { outcome: 'pass', exchanges } : { outcome: 'observed', observed, exchanges };
}

/** Removes what one check made, in a scope of its own so that the evidence stays readable. */
async function tidy(
  session: Session,
  name: string,
  made: readonly { endpoint: string; id: string }[],
  target: Target,
): Promise<readonly Exchange[]> {
  if (made.length === 0 || target.lostSince !== '') return [];
  const scope = session.open(`cleanup/${name}`);
  await removeAll(createClient(scope.send), made);
  return scope.exchanges;
}

interface Parts extends Pick<Context, 'scim' | 'anonymous' | 'facts'> {
  readonly scope: Scope;
  readonly session: Session;
}

function makerOf({ scim, anonymous, scope, session, facts }: Parts): Maker {
  const random = seeded(session.seed, scope.name);
  const { run } = session;
  const { refused } = facts;
  const secret = (value: string) => session.secret(value);
  return {
    scim,
    anonymous,
    facts,
    random,
    given: createGiven({ scim, run, scope: scope.name, random, refused, secret, types: declaredTypes(facts) }),
    async stored(endpoint, id) {
      const answer = await scim.read(endpoint, id);
      if (answer.status === 200 && isObject(answer.json) && answer.json['id'] === id) return answer.json;
      throw new Blocked('read.by-id', `GET ${endpoint}/<id> gave no resource: ${describeAnswer(answer)}`);
    },
  };
}

/** Keeps the requests of a probe that ended early, so that its evidence is whole before it is written down. */
const trackedBy =
  (underWay: Set<Promise<unknown>>, send: Send): Send =>
  async request => {
    const sending = send(request);
    underWay.add(sending);
    try {
      return await sending;
    } finally {
      underWay.delete(sending);
    }
  };

/** What a pass is worth on a target that never spoke SCIM. */
const lifeless = (verdict: Verdict): Verdict => ({
  ...verdict,
  outcome: 'inconclusive',
  blockedBy: TARGET,
  reason: 'no request of the whole run was answered with a SCIM message',
});
