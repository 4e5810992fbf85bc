import type { Exchange } from '../../reports/record/exchange.ts';
import type { Send } from '../../scim/wire/message.ts';
import type { Scope, Session } from '../../scim/wire/session.ts';
import type { Admin, OperationResult } from '../../simulator/admin.ts';
import { DirectoryError } from '../../simulator/directory/error.ts';
import type { Expectation } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { describeStep, type Step } from '../step.ts';
import { ScenarioError, validate } from '../validate.ts';
import { act } from './act.ts';
import { createCast } from './cast.ts';
import { Troubles, unreached, weigh, type Finding } from './finding.ts';
import { createJudge } from './judge.ts';

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
  /** What a look found. */
  readonly findings: readonly Finding[];
}

/** What it takes to play a story. */
export interface PlayOptions {
  readonly scenario: Scenario;
  readonly session: Session;
  /** A fresh identity provider whose requests go through `send`. */
  readonly createAdmin: (send: Send) => Admin;
  /** Domain of the addresses, for targets that accept only some; by default one made of story and run, below `.example`. */
  readonly domain?: string;
  /** Size of the crowd, in place of what the story says. */
  readonly people?: number;
  readonly onStep?: (step: PlayedStep) => void;
}

/**
 * Plays a story: each step in a scope of its own, `<scenario>/<nn>-<verb>`, then the look at the end in `<scenario>/expect`.
 * Ends early when the session is aborted, or when a step breaks off; what was not reached is `inconclusive`. What the story
 * made stays on the target, for the clean-up that reads the ledger.
 * @throws ScenarioError for a mistake in the story: found before anything is sent, or by the directory that refuses a step.
 */
export async function play(options: PlayOptions): Promise<readonly Finding[]> {
  const { scenario, session, createAdmin, onStep } = options;
  validate(scenario);
  const story = scenario.id;
  const rule = scenario.proves[0];
  let send: Send | undefined;
  const admin = createAdmin(request => send?.(request) ?? Promise.resolve(NO_STEP));
  const cast = createCast(admin, {
    scenario: story,
    run: session.run,
    seed: session.seed,
    ...(options.domain !== undefined && { domain: options.domain }),
  });
  const crowd = options.people ?? scenario.people;
  if (crowd !== undefined) cast.hireCrowd(crowd);
  const troubles = new Troubles(cast);
  const findings: Finding[] = [];
  const sent: Exchange[] = [];
  const all = expectationsOf(scenario);
  let judged = 0;

  const look = async (expectations: readonly Expectation[], scope: Scope): Promise<void> => {
    const judge = createJudge(cast, scope.send, sent);
    for (const expectation of expectations) {
      const judgement = await judge(expectation);
      judged += 1;
      findings.push(weigh(`${story}:${judged}`, expectation, judgement, { rule, troubles }));
    }
  };
  const ended = (reason: string, blockedBy: string): readonly Finding[] => {
    const rest = all
      .slice(judged)
      .map((expectation, index) =>
        unreached(`${story}:${judged + index + 1}`, expectation, rule, { reason, blockedBy }),
      );
    return [...findings, ...rest, ...troubles.findings(findings, rule)];
  };

  const steps = stepsOf(scenario);
  for (const { step, n, part } of steps) {
    if (session.signal.aborted) return ended('the run was stopped before this was reached', '');
    const scope = session.open(`${story}/${part}`);
    const title = describeStep(step);
    const before = findings.length;
    session.emit({ kind: 'step', scenario: story, scope: scope.name, n, title });
    send = scope.send;
    let operations: readonly OperationResult[] = [];
    let brokenBy = '';
    try {
      operations = await act(step, admin, cast);
      cast.remember();
      if (step.verb === 'expect') await look(step.expectations, scope);
      else sent.push(...scope.exchanges);
    } catch (error) {
      if (error instanceof DirectoryError) {
        const place = { scenario: story, step: n, part: step.verb };
        throw new ScenarioError('directory', place, error.message, { cause: error });
      }
      brokenBy = `${story}:${part}`;
      const reason = error instanceof Error ? error.message : String(error);
      findings.push({ ...broken, check: brokenBy, title, rule, reason });
    } finally {
      for (const exchange of scope.exchanges) session.emit({ kind: 'exchange', exchange });
    }
    if (!session.signal.aborted) troubles.add(`${story}:${part}`, operations, scope.exchanges);
    const { exchanges } = scope;
    onStep?.({
      n,
      of: steps.length,
      scope: scope.name,
      title,
      operations,
      exchanges,
      findings: findings.slice(before),
    });
    if (brokenBy) return ended(`step ${n} broke off`, brokenBy);
  }
  return [...findings, ...troubles.findings(findings, rule)];
}

/** The answer to an identity provider that sends before its first step: none. */
const NO_STEP = {
  headers: {},
  text: '',
  failure: { code: 'other' as const, message: 'no step is being played' },
};

const broken = { outcome: 'error' as const, expected: '', actual: '', blockedBy: '', exchanges: [] };

interface Numbered {
  readonly step: Step;
  readonly n: number;
  /** Last part of the name of its scope. */
  readonly part: string;
}

/** The steps with the look at the end as the last of them, where there is one. */
function stepsOf({ steps, expect }: Scenario): readonly Numbered[] {
  const numbered = steps.map((step, index) => {
    const n = index + 1;
    return { step, n, part: `${String(n).padStart(2, '0')}-${step.verb}` };
  });
  const end: Step = { verb: 'expect', expectations: expect };
  return expect.length > 0 ? [...numbered, { step: end, n: steps.length + 1, part: 'expect' }] : numbered;
}

/** Every expectation of a story, in the order in which they are judged and numbered. */
const expectationsOf = ({ steps, expect }: Scenario): readonly Expectation[] => [
  ...steps.flatMap(step => (step.verb === 'expect' ? step.expectations : [])),
  ...expect,
];
