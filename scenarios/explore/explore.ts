import type * as FastCheck from 'fast-check';
import type { RuleId } from '../../conformance/clauses/index.ts';
import type { Expectation } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import type { Step } from '../step.ts';
import { endingOf, historyOf, scenarioOf, storyOf } from './build.ts';
import { createCoverage, type Coverage } from './coverage.ts';
import { createDrawer, type Drawn } from './drawer.ts';
import type { Means } from './intent.ts';
import type { Habits } from './habits.ts';
import { familyOf, faultOf, faultsOf, WIRE, type Fault, type Performance } from './performance.ts';
import { shrink } from './shrink.ts';

/** How an exploration goes about it. */
export interface ExploreOptions {
  /** The library of arbitrary values; it is loaded by those who explore alone. */
  readonly fc: typeof FastCheck;
  readonly seed: number;
  /** Steps that are played at most; those on the way to a shorter history do not count. */
  readonly steps: number;
  /** Whether the time is up. */
  readonly isOver: () => boolean;
  /** Histories under way at once. */
  readonly concurrency: number;
  /** Faults after which it ends. */
  readonly faults: number;
  readonly habits: Habits;
  readonly means: Means;
  /** Plays a story. Its id is used once. */
  readonly perform: (scenario: Scenario) => Promise<Performance>;
  /** Hears of each history, and whether it met anything new; the next ones wait. */
  readonly onHistory?: (performance: Performance, isNew: boolean, progress: Progress) => void;
  /** Hears of a fault once the shortest history that shows it is known; `performance` is that of its story. */
  readonly onViolation?: (violation: Violation, performance: Performance) => void;
}

/** How far an exploration has come. */
export interface Progress {
  readonly histories: number;
  readonly steps: number;
}

/** A fault, and the shortest history that shows it. */
export interface Violation extends Fault {
  readonly story: Scenario;
  /** Steps of the history that first showed it. */
  readonly foundIn: number;
  /** Steps that had been played by then. */
  readonly after: number;
}

/** What an exploration came to. */
export interface Exploration extends Progress {
  readonly violations: readonly Violation[];
  /** How often faults showed again that were known by then. */
  readonly again: number;
  readonly coverage: Coverage;
  /** Id of the first exchange without any answer, when the target is lost. */
  readonly lostSince: string;
}

/** Histories tried on the way to a shorter one. */
const MOST_TRIES = 300;

/**
 * Plays histories that are drawn at random, and held against a model of the directory and of what the rules make of the
 * service provider, until the budget is spent. What has been met least is drawn most. The same for the same seed, options
 * and target.
 */
export async function explore(options: ExploreOptions): Promise<Exploration> {
  const { habits, perform, isOver, concurrency } = options;
  const coverage = createCoverage();
  const drawer = createDrawer(options, coverage);
  const violations: Violation[] = [];
  const known = new Set<string>();
  let [histories, steps, again, numbered] = [0, 0, 0, 0];
  let lostSince = '';

  const report = async (performance: Performance, history: Drawn): Promise<void> => {
    const faults = faultsOf(performance);
    const fault = faults.find(({ family, clause }) => !known.has(`${family} ${clause}`));
    if (!fault) {
      again += faults.length > 0 ? 1 : 0;
      return;
    }
    const found = await shortest(options, performance, fault);
    const isKnown = known.has(`${found.fault.family} ${found.fault.clause}`);
    for (const { family, clause } of [fault, found.fault]) known.add(`${family} ${clause}`);
    if (isKnown || options.isOver()) {
      again += 1;
      return;
    }
    const story = found.performance.scenario;
    const violation: Violation = { ...found.fault, story, foundIn: history.steps.length, after: steps };
    violations.push(violation);
    options.onViolation?.(violation, found.performance);
  };

  while (steps < options.steps && violations.length < options.faults && lostSince === '' && !isOver()) {
    const batch = Array.from({ length: concurrency }, () => ({ id: `explore-${(numbered += 1)}`, ...drawer.draw() }));
    const performances = await Promise.all(batch.map(each => perform(storyOf(each.id, each.steps, habits))));
    for (const [index, performance] of performances.entries()) {
      const history = batch[index];
      if (!history || isOver()) continue;
      histories += 1;
      steps += history.steps.length;
      const exchanges = performance.played.flatMap(each => each.exchanges);
      if (exchanges.length > 0 && exchanges.every(({ response }) => response.status === undefined)) {
        lostSince = performance.played.find(each => each.exchanges.length > 0)?.scope ?? '';
        break;
      }
      const kept = performance.findings.flatMap(({ rule, outcome }): readonly RuleId[] =>
        outcome === 'pass' ? [rule] : [],
      );
      const isNew = coverage.count(performance.played, kept);
      drawer.learn(history, isNew);
      options.onHistory?.(performance, isNew, { histories, steps });
      if (violations.length < options.faults) await report(performance, history);
    }
  }
  return { histories, steps, violations, again, coverage, lostSince };
}

interface Shown {
  readonly fault: Fault;
  readonly performance: Performance;
}

/** How a history is told as a story. */
interface Form {
  /** Each change is sent as it is made: nothing is to be said of syncs. */
  readonly atOnce: boolean;
  readonly story: (id: string, steps: readonly Step[]) => Scenario;
}

/** The forms of a story that may show a fault, the plainest first: what is wrong may take changes sent together, and looks on the way. */
const formsOf = (habits: Habits, isAsked: (expectation: Expectation) => boolean): readonly Form[] => {
  const ending = (atOnce: boolean): Form => ({
    atOnce,
    story: (id, steps) => endingOf(id, steps, habits, { atOnce, isAsked }),
  });
  const looking = (atOnce: boolean): Form => ({ atOnce, story: (id, steps) => storyOf(id, steps, habits, atOnce) });
  return [ending(true), ending(false), looking(true), looking(false)];
};

/** The shortest history that shows a fault, as the story that is told of it; the whole one where no other shows it. */
async function shortest({ habits, perform }: ExploreOptions, first: Performance, fault: Fault): Promise<Shown> {
  const { id, steps } = first.scenario;
  let plays = 0;
  let last: Shown = { fault, performance: first };
  const shows = async (story: (id: string) => Scenario): Promise<boolean> => {
    const performance = await perform(story(`${id}-${(plays += 1)}`));
    const found = faultOf(performance, fault.family);
    if (found) last = { fault: found, performance };
    return found !== undefined;
  };
  const isWire = fault.family.startsWith(WIRE);
  const until = steps.slice(0, fault.step).filter(({ verb }) => verb !== 'expect');
  // What is seen over the wire may be what a look asks for.
  const isAsked = (each: Expectation): boolean => isWire || familyOf(each) === fault.family;
  const forms = formsOf(habits, isAsked);
  let least: readonly Step[] = until;
  let rank = forms.length;
  /** The plainest form that shows the fault, plainer than the one so far. */
  const plainer = async (): Promise<Form | undefined> => {
    for (const [index, form] of forms.slice(0, rank).entries()) {
      if (!(await shows(named => form.story(named, least)))) continue;
      rank = index;
      return form;
    }
    return undefined;
  };
  let atOnce = false;
  // What takes changes sent together, or looks, in the whole history may do without in the shortest one.
  for (let form = await plainer(); form; form = await plainer()) {
    const { story } = form;
    ({ atOnce } = form);
    least = historyOf(least, habits, atOnce).steps;
    least = await shrink(least, {
      habits,
      atOnce,
      shows: each => shows(named => story(named, each)),
      most: MOST_TRIES,
    });
  }
  if (rank === forms.length) return last;
  const { title, expectation } = last.fault;
  const told = { steps: last.performance.scenario.steps.filter(({ verb }) => verb !== 'expect'), atOnce };
  const isBare =
    expectation !== undefined &&
    (await shows(named => scenarioOf(`${named}-found`, `Found by exploration: ${title}`, told, [expectation])));
  if (isBare) return last;
  // A look on the way may be what shows it, by what it asks for: those that do not are left out.
  for (let at = last.performance.scenario.steps.length - 1; at >= 0; at -= 1) {
    const { scenario } = last.performance;
    if (scenario.steps[at]?.verb !== 'expect') continue;
    await shows(named => ({ ...scenario, id: named, steps: scenario.steps.filter((_, place) => place !== at) }));
  }
  return last;
}
