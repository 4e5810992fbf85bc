import type { Exchange } from '../../reports/record/exchange.ts';
import { ControlError, type Connection, type Control } from '../../scim/target.ts';
import type { Send } from '../../scim/wire/message.ts';
import type { Scope, Session } from '../../scim/wire/session.ts';
import type { OperationResult } from '../../simulator/admin.ts';
import { DirectoryError } from '../../simulator/directory/error.ts';
import { IntegrationError } from '../../simulator/sync/error.ts';
import { describeStep } from '../describe.ts';
import type { Expectation } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import type { Step } from '../step.ts';
import { ScenarioError, validate } from '../validate.ts';
import { act, baseOf, type Act } from './act.ts';
import { NotApplicable, type Actor } from './actor.ts';
import { foreignTo, settingOf, unfit, upends } from './applies.ts';
import { createCast } from './cast.ts';
import { createChronicle } from './chronicle.ts';
import { directoryState } from './directory-state.ts';
import { Troubles, unreached, weigh, type Finding } from './finding.ts';
import { createJudge } from './judge.ts';
import { stepsOf, type Numbered } from './numbered.ts';
import type { StoryClock, Way } from './way.ts';

/** A step that has been played. */
export interface PlayedStep {
  /** From 1. */
  readonly n: number;
  /** How many there are, the look at the end included. */
  readonly of: number;
  readonly scope: string;
  readonly title: string;
  readonly operations: readonly OperationResult[];
  /** What the step sent, unredacted. */
  readonly exchanges: readonly Exchange[];
  /** Whether its requests are those of the identity provider; otherwise the story itself looks or acts. */
  readonly isProvisioning: boolean;
  /** What a look found. */
  readonly findings: readonly Finding[];
}

/** What it takes to play a story. */
export interface PlayOptions {
  readonly scenario: Scenario;
  readonly session: Session;
  /** A fresh identity provider whose requests go through `send`; it lives by `clock`, where there is one. */
  readonly createAdmin: (send: Send, scenario: Scenario) => Actor;
  /** Id of the identity provider that is played; stories of others are not applicable. */
  readonly idp?: string;
  /** Profile that it is held to: what is a rule of others says nothing about what it sends. */
  readonly idpProfile?: string;
  /** Acts on the account behind the target; without one, stories that need it are not applicable. */
  readonly control?: Control | undefined;
  /** Profile of that account; what is a rule of others says nothing about it. */
  readonly account?: string;
  /** The clock that the identity provider lives by, where it can be moved. */
  readonly clock?: StoryClock;
  /** The way that the session sends on, where trouble can be made on it. */
  readonly way?: Way;
  /** Domain of the addresses, for targets that accept only some; by default one made of story and run, below `.example`. */
  readonly domain?: string;
  /** Size of the crowd, in place of what the story says. */
  readonly people?: number;
  /** Sees each step that has been played; the next one waits for it. */
  readonly onStep?: (step: PlayedStep) => unknown;
}

/**
 * Plays a story: each step in a scope of its own, `<scenario>/<nn>-<verb>`, then the look at the end in `<scenario>/expect`.
 * Ends early when the session is aborted, or when a step breaks off; what was not reached is `inconclusive`, or
 * `not-applicable` where the step could not be done for want of means. What the story made stays on the target, for the
 * clean-up that reads the ledger.
 * @throws ScenarioError for a mistake in the story: found before anything is sent, or by the directory that refuses a step.
 */
export async function play(options: PlayOptions): Promise<readonly Finding[]> {
  const { scenario, control } = options;
  validate(scenario);
  const isKept = upends(scenario) && unfit(scenario, options) === undefined;
  const snapshot = isKept ? await control?.snapshot?.() : undefined;
  try {
    return await playThrough(options);
  } finally {
    if (snapshot !== undefined) await control?.restore?.({ snapshot });
  }
}

async function playThrough(options: PlayOptions): Promise<readonly Finding[]> {
  const { scenario, session, createAdmin, onStep, control, clock, way } = options;
  const story = scenario.id;
  const rule = scenario.proves[0];
  let send: Send | undefined;
  const admin = createAdmin(request => send?.(request) ?? Promise.resolve(NO_STEP), scenario);
  const cast = createCast(admin, {
    scenario: story,
    run: session.run,
    seed: session.seed,
    ...(options.domain !== undefined && { domain: options.domain }),
  });
  const crowd = options.people ?? scenario.people;
  if (crowd !== undefined && scenario.people !== undefined) await cast.hireCrowd(crowd);
  const troubles = new Troubles(cast);
  const findings: Finding[] = [];
  const chronicle = createChronicle(admin, control);
  const all = expectationsOf(scenario);
  let judged = 0;
  const tampered = new Set<string>();

  let connection: Connection | undefined;
  const reconnect = (to: Connection): void => {
    session.secret(to.token);
    connection = to;
  };
  /** Where a step sends: to the target, or to where the account has moved. */
  const lineOf = ({ send: straight, anonymous }: Scope): Send =>
    connection ? movedTo(connection, anonymous) : straight;

  const look = async (expectations: readonly Expectation[], scope: Scope): Promise<void> => {
    const judge = createJudge(cast, lineOf(scope), chronicle.past());
    for (const expectation of expectations) {
      judged += 1;
      const check = `${story}:${judged}`;
      const foreign = foreignTo(expectation, expectation.rule ?? rule, settingOf(scenario, options));
      if (foreign !== undefined) {
        findings.push(unreached(check, expectation, rule, notApplicable(foreign)));
        continue;
      }
      try {
        findings.push(weigh(check, expectation, await judge(expectation), { rule, troubles }));
      } catch (error) {
        if (!(error instanceof NotApplicable)) throw error;
        findings.push(unreached(check, expectation, rule, notApplicable(error.message)));
      }
    }
  };
  const ended = (because: Reached): readonly Finding[] => {
    const rest = all
      .slice(judged)
      .map((expectation, index) => unreached(`${story}:${judged + index + 1}`, expectation, rule, because));
    return [...findings, ...rest, ...troubles.findings(findings, rule)];
  };

  const misfit = unfit(scenario, options);
  if (misfit !== undefined) return ended(notApplicable(misfit));
  const told = ({ exchanges }: Scope): readonly Exchange[] => (way ? exchanges.map(way.marked) : exchanges);
  const perform = async ({ step, n, part }: Numbered, scope: Scope): Promise<{ done: Act; end?: Reached }> => {
    let done: Act = NOTHING_DONE;
    try {
      way?.open(SENDS.has(step.verb));
      if (step.verb === 'expect') await look(step.expectations, scope);
      else {
        const answer = chronicle.past().answers;
        const { anonymous } = scope;
        done = await act(step, { admin, cast, send: lineOf(scope), anonymous, answer, reconnect, control, clock, way });
      }
      if (step.verb === 'vanish') tampered.add(cast.id(step.person));
      if (step.verb === 'watch') {
        await chronicle.watch();
        troubles.closeOpening();
      }
      if (step.attempt) chronicle.attempted('');
      return { done };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (error instanceof NotApplicable && step.ifOffered) return { done };
      if (isRefusal(error) && step.attempt) {
        chronicle.attempted(reason);
        return { done };
      }
      const end = endOf(error, reason, { story, n, part, verb: step.verb });
      if (end.blockedBy !== undefined && end.blockedBy !== '') {
        findings.push({ ...broken, check: `${story}:${part}`, title: describeStep(step), rule, reason });
      }
      return { done, end };
    } finally {
      way?.open(false);
      cast.remember();
      if (SENDS.has(step.verb) || done.answer !== undefined) {
        chronicle.add(done, SENDS.has(step.verb) ? told(scope) : []);
      }
      for (const exchange of told(scope)) session.emit({ kind: 'exchange', exchange });
    }
  };

  let known = '';
  /** Puts the side of the identity provider on record, where the step changed it. */
  const tellState = (scope: string): void => {
    const directory = directoryState(admin, cast);
    const text = JSON.stringify(directory);
    if (text !== known) session.emit({ kind: 'state', scope, directory });
    known = text;
  };

  const steps = stepsOf(scenario);
  for (const numbered of steps) {
    const { step, n, part } = numbered;
    if (session.signal.aborted) {
      return ended({ reason: 'the run was stopped before this was reached', blockedBy: '' });
    }
    const scope = session.open(`${story}/${part}`);
    const title = describeStep(step);
    const before = findings.length;
    const aside = !SENDS.has(step.verb) && { aside: true as const };
    session.emit({ kind: 'step', scenario: story, scope: scope.name, n, title, ...aside });
    send = lineOf(scope);
    const { done, end } = await perform(numbered, scope);
    tellState(scope.name);
    if (!session.signal.aborted) {
      // What fails in an attempt is meant to where the story saw to it: by a fault, past the identity provider, or unsent.
      const isMeant = (exchanges: readonly Exchange[], person: string | undefined): boolean =>
        step.attempt === true &&
        (exchanges.length === 0 || exchanges.some(({ staged }) => staged !== undefined) || tampered.has(person ?? ''));
      troubles.add(`${story}:${part}`, done.operations, told(scope), isMeant);
    }
    await onStep?.({
      n,
      of: steps.at(-1)?.n ?? 0,
      scope: scope.name,
      title,
      operations: done.operations,
      exchanges: told(scope),
      isProvisioning: SENDS.has(step.verb),
      findings: findings.slice(before),
    });
    if (end) return ended(end);
  }
  return [...findings, ...troubles.findings(findings, rule)];
}

/** Why the rest of a story was not reached. */
type Reached = Parameters<typeof unreached>[3];

/**
 * What an error in a step means for the rest of the story.
 * @throws ScenarioError when the directory refuses the step: the story is wrong
 */
function endOf(
  error: unknown,
  reason: string,
  { story, n, part, verb }: { story: string; n: number; part: string; verb: Step['verb'] },
): Reached {
  if (error instanceof NotApplicable) return notApplicable(reason);
  if (error instanceof ControlError || (error instanceof IntegrationError && error.code === 'import')) {
    return { reason: `step ${n} could not be done: ${reason}`, blockedBy: '' };
  }
  if (isRefusal(error)) {
    throw new ScenarioError('directory', { scenario: story, step: n, part: verb }, reason, { cause: error });
  }
  return { reason: `step ${n} broke off`, blockedBy: `${story}:${part}` };
}

const NOTHING_DONE: Act = { operations: [] };
/** Steps whose requests are those of the identity provider. */
const SENDS: ReadonlySet<Step['verb']> = new Set(['sync', 'import']);

/** Sends to another address of the same server. */
function movedTo({ url, token }: Connection, send: Send): Send {
  const base = baseOf(url);
  const authorization = `Bearer ${token}`;
  return request => send({ ...request, base, headers: { ...request.headers, authorization } });
}

const notApplicable = (reason: string) => ({ reason, blockedBy: '', outcome: 'not-applicable' as const });

const isRefusal = (error: unknown): error is Error =>
  error instanceof DirectoryError || error instanceof IntegrationError || error instanceof ControlError;

/** The answer to an identity provider that sends before its first step: none. */
const NO_STEP = {
  headers: {},
  text: '',
  failure: { code: 'other' as const, message: 'no step is being played' },
};

const broken = { outcome: 'error' as const, expected: '', actual: '', blockedBy: '', exchanges: [] };

/** Every expectation of a story, in the order in which they are judged and numbered. */
const expectationsOf = ({ steps, expect }: Scenario): readonly Expectation[] => [
  ...steps.flatMap(step => (step.verb === 'expect' ? step.expectations : [])),
  ...expect,
];
