import type { RuleId } from '../../conformance/clauses/index.ts';
import { isSentAtOnce } from '../at-once.ts';
import { logs, proving, type Expectation } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { attempt, expects, sync, type Step } from '../step.ts';
import { createFacts, type Facts } from './facts.ts';
import type { Habits } from './habits.ts';
import { happen } from './happen.ts';
import { look } from './look.ts';
import { isPossible } from './possible.ts';
import { isTroubled, settle } from './settle.ts';

/** A history that can happen, and what it leads to. */
export interface History {
  readonly steps: readonly Step[];
  readonly facts: Facts;
  /** Whether each change is sent as it is made; otherwise syncs send what waits. */
  readonly atOnce: boolean;
}

/** Takes a step further where it is possible; a sync is one that may fail where the history sees to that. */
export function further({ steps, facts, atOnce }: History, step: Step, habits: Habits): History | undefined {
  const next = atOnce ? bare(step) : step.verb === 'sync' ? (isTroubled(facts) ? attempt(sync()) : sync()) : step;
  if (!next || !isPossible(facts, next, habits)) return undefined;
  happen(facts, next, habits);
  return { steps: [...steps, atOnce ? sent(facts, next, habits) : next], facts, atOnce };
}

/** A step of a history that sends at once: syncs are none, and what may fail is told anew. */
function bare(step: Step): Step | undefined {
  if (step.verb === 'sync') return undefined;
  const { attempt: _told, ...plain } = step;
  return isSentAtOnce(step) ? plain : step;
}

/** A step that has happened, and is sent as it is made. */
function sent(facts: Facts, step: Step, habits: Habits): Step {
  if (!facts.active || !isSentAtOnce(step)) return step;
  // Nothing ever waits that could be dropped.
  facts.dropped = false;
  const mayFail = isTroubled(facts);
  settle(facts, habits);
  return mayFail ? attempt(step) : step;
}

/** A history of nothing. */
export const nothing = (atOnce = false): History => ({ steps: [], facts: createFacts(), atOnce });

/** The history of these steps; what is not possible is left out. @param atOnce whether each change is sent as it is made */
export const historyOf = (steps: readonly Step[], habits: Habits, atOnce = false): History =>
  steps.reduce((history, step) => further(history, step, habits) ?? history, nothing(atOnce));

/** What is to be looked at in the end is sent before. */
const toTheEnd = (given: readonly Step[], atOnce: boolean): readonly Step[] =>
  atOnce || given.at(-1)?.verb === 'sync' ? given : [...given, sync()];

/** A history as a story that looks behind each sync, and once more at its end, which is a sync where one is missing. */
export function storyOf(id: string, given: readonly Step[], habits: Habits, atOnce = false): Scenario {
  const steps: Step[] = [];
  let history = nothing(atOnce);
  for (const step of toTheEnd(given, atOnce)) {
    const next = further(history, step, habits);
    if (!next) continue;
    history = next;
    steps.push(...next.steps.slice(-1));
    const isSent = atOnce ? next.facts.active && isSentAtOnce(step) : step.verb === 'sync';
    const seen = isSent ? look(history.facts, habits, false) : [];
    if (seen.length > 0) steps.push(expects(...seen));
  }
  if (steps.at(-1)?.verb === 'expect') steps.pop();
  return scenarioOf(id, TITLE, { steps, atOnce }, atTheEnd(history.facts, habits));
}

/** A history as a story that looks at its end alone, which is a sync where one is missing. @param isAsked what is looked at */
export function endingOf(
  id: string,
  given: readonly Step[],
  habits: Habits,
  { atOnce, isAsked }: { readonly atOnce: boolean; readonly isAsked: (expectation: Expectation) => boolean },
): Scenario {
  const { steps, facts } = historyOf(toTheEnd(given, atOnce), habits, atOnce);
  return scenarioOf(id, TITLE, { steps, atOnce }, atTheEnd(facts, habits, isAsked));
}

const TITLE = 'A history drawn at random';

/** A story expects something, also where nobody is there to expect anything of: that nobody was deleted will do. */
function atTheEnd(
  facts: Facts,
  habits: Habits,
  isAsked: (expectation: Expectation) => boolean = () => true,
): readonly Expectation[] {
  const seen = look(facts, habits, true).filter(isAsked);
  return seen.length > 0 ? seen : [proving('JC-53e', logs('user_delete_provision', { times: 0 }))];
}

/** A story that claims the rules that it judges. */
export function scenarioOf(
  id: string,
  title: string,
  { steps, atOnce }: Pick<History, 'steps' | 'atOnce'>,
  expect: readonly Expectation[],
): Scenario {
  const looks = [...steps.flatMap(step => (step.verb === 'expect' ? step.expectations : [])), ...expect];
  const [first = 'JC-11', ...others] = new Set(looks.flatMap(({ rule }): readonly RuleId[] => (rule ? [rule] : [])));
  return { id, title, proves: [first, ...others], ...(atOnce && { atOnce }), steps, expect };
}
