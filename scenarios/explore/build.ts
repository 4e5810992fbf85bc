import type { RuleId } from '../../conformance/clauses/index.ts';
import { logs, proving, type Expectation } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { attempt, expects, sync, type Step } from '../step.ts';
import { createFacts, type Facts } from './facts.ts';
import type { Habits } from './habits.ts';
import { happen } from './happen.ts';
import { look } from './look.ts';
import { isPossible } from './possible.ts';
import { isTroubled } from './settle.ts';

/** A history that can happen, and what it leads to. */
export interface History {
  readonly steps: readonly Step[];
  readonly facts: Facts;
}

/** Takes a step further where it is possible; a sync is one that may fail where the history sees to that. */
export function further({ steps, facts }: History, step: Step, habits: Habits): History | undefined {
  const next = step.verb === 'sync' && isTroubled(facts) ? attempt(sync()) : step.verb === 'sync' ? sync() : step;
  if (!isPossible(facts, next, habits)) return undefined;
  happen(facts, next, habits);
  return { steps: [...steps, next], facts };
}

/** A history of nothing. */
export const nothing = (): History => ({ steps: [], facts: createFacts() });

/** The history of these steps; what is not possible is left out. */
export const historyOf = (steps: readonly Step[], habits: Habits): History =>
  steps.reduce((history, step) => further(history, step, habits) ?? history, nothing());

/** A history as a story that looks behind each sync, and once more at its end, which is a sync where one is missing. */
export function storyOf(id: string, given: readonly Step[], habits: Habits): Scenario {
  const steps: Step[] = [];
  let history = nothing();
  for (const step of given.at(-1)?.verb === 'sync' ? given : [...given, sync()]) {
    const next = further(history, step, habits);
    if (!next) continue;
    history = next;
    steps.push(...next.steps.slice(-1));
    const seen = step.verb === 'sync' ? look(history.facts, habits, false) : [];
    if (seen.length > 0) steps.push(expects(...seen));
  }
  if (steps.at(-1)?.verb === 'expect') steps.pop();
  return scenarioOf(id, TITLE, steps, atTheEnd(history.facts, habits));
}

/** A history as a story that looks at its end alone. @param isAsked what is looked at; all by default */
export function endingOf(
  id: string,
  given: readonly Step[],
  habits: Habits,
  isAsked: (expectation: Expectation) => boolean = () => true,
): Scenario {
  const { steps, facts } = historyOf(given, habits);
  return scenarioOf(id, TITLE, steps, atTheEnd(facts, habits, isAsked));
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
  steps: readonly Step[],
  expect: readonly Expectation[],
): Scenario {
  const looks = [...steps.flatMap(step => (step.verb === 'expect' ? step.expectations : [])), ...expect];
  const [first = 'JC-11', ...others] = new Set(looks.flatMap(({ rule }): readonly RuleId[] => (rule ? [rule] : [])));
  return { id, title, proves: [first, ...others], steps, expect };
}
