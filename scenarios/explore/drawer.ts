import type * as FastCheck from 'fast-check';
import type { Step } from '../step.ts';
import { sync } from '../step.ts';
import { further, historyOf, nothing, type History } from './build.ts';
import { stateAround, type Coverage } from './coverage.ts';
import type { Facts } from './facts.ts';
import type { Habits } from './habits.ts';
import { isPossible } from './possible.ts';
import { stepOf } from './step-of.ts';
import { trailsOf } from './trail.ts';
import { openings } from './openings.ts';
import { intents, kinds, WEIGHTS, type Intent, type Kind, type Means } from './intent.ts';

/** A history that was drawn, and what kinds of steps it was made of. */
export interface Drawn {
  readonly steps: readonly Step[];
  readonly kinds: ReadonlySet<Kind>;
}

/** A step that can happen next. */
interface Chosen {
  readonly step: Step;
  readonly kind: Kind;
  readonly before: string;
  /** From what state it leads on, and what happened to those it is about. */
  readonly ways: readonly string[];
  readonly rarity: number;
}

/** Draws histories, and learns from what came of them. */
export interface Drawer {
  draw(): Drawn;
  /** Takes note of whether a history met anything new. */
  learn(drawn: Drawn, isNew: boolean): void;
}

/** Steps behind the beginning. */
const SHORTEST = 20;
const LONGEST = 60;
/** Intents among which the one is chosen that leads where few histories have been. */
const CHOICE = 5;
/** What a step is worth that is about nobody and nothing the service provider has heard of. */
const UNTOLD = 0.3;
/** Histories that others begin like now and then: the latest that met something new. */
const REMEMBERED = 24;
/** Distance of the seeds of two histories; a prime, so that those of neighbouring explorations do not meet. */
const SEEDS = 104_729;

/** The same histories for the same seed, as long as the same comes of them. */
export function createDrawer(
  { fc, habits, means, seed }: { fc: typeof FastCheck; habits: Habits; means: Means; seed: number },
  coverage: Coverage,
): Drawer {
  const remembered: Drawn[] = [];
  const [played, news] = [new Map<Kind, number>(), new Map<Kind, number>()];
  const opening = fc.constantFrom(...openings);
  let drawn = 0;

  /** What led to something new lately is drawn more often. */
  const weights = (): Readonly<Record<Kind, number>> => {
    const weightOf = (kind: Kind): number =>
      Math.round(10 * WEIGHTS[kind] * (1 + (3 * (news.get(kind) ?? 0)) / Math.max(1, played.get(kind) ?? 0)));
    return Object.fromEntries(kinds.map(kind => [kind, weightOf(kind)])) as Record<Kind, number>;
  };
  const met = new Map<string, number>();
  const rarest = (given: readonly Intent[], history: History) => {
    let best: Chosen | undefined;
    for (const intent of given) {
      const step = stepOf(intent, history, means);
      if (!step || !isPossible(history.facts, step, habits)) continue;
      const before = stateAround(history.facts, step);
      const ways = [`${before} > ${step.verb}`, ...trailsOf(history.steps, step)];
      const worth = isTold(history.facts, step) ? 1 : UNTOLD;
      const rarity = (worth * ways.reduce((sum, way) => sum + 1 / (1 + (met.get(way) ?? 0)), 0)) / ways.length;
      if (!best || rarity > best.rarity) best = { step, kind: intent.kind, before, ways, rarity };
    }
    return best;
  };
  const take = ({ step, before, ways }: Chosen, history: History): History => {
    const led = further(history, step, habits) ?? history;
    coverage.countMove(`${before} > ${step.verb} > ${stateAround(led.facts, step)}`);
    for (const way of ways) met.set(way, (met.get(way) ?? 0) + 1);
    return led;
  };

  return {
    draw() {
      drawn += 1;
      const sample = <T>(arbitrary: FastCheck.Arbitrary<T>, nth: number): T => {
        const [value] = fc.sample(arbitrary, { seed: (seed * SEEDS + drawn * 7 + nth) | 0, numRuns: 1 });
        return value as T;
      };
      const length = sample(fc.integer({ min: SHORTEST, max: LONGEST }), 1);
      const like = remembered[sample(fc.nat({ max: 3 * REMEMBERED }), 2)];
      const start = like?.steps.slice(0, sample(fc.nat({ max: like.steps.length }), 3)) ?? sample(opening, 5);
      const used = new Set<Kind>(like?.kinds);
      const given = sample(intents(fc, weights(), 2 * length * CHOICE), 4);
      let history = start.length > 0 ? historyOf(start, habits) : nothing();
      for (let place = 0; place < given.length && history.steps.length < start.length + length; place += CHOICE) {
        const [first, ...others] = given.slice(place, place + CHOICE);
        const chosen = first && rarest(first.what % 2 === 0 ? [first] : [first, ...others], history);
        if (!chosen) continue;
        used.add(chosen.kind);
        history = take(chosen, history);
        const isTrouble = chosen.step.verb === 'fault';
        if (isTrouble || first.what % 10 < SYNCS) history = further(history, sync(), habits) ?? history;
      }
      return { steps: further(history, sync(), habits)?.steps ?? history.steps, kinds: used };
    },
    learn(history, isNew) {
      for (const kind of history.kinds) {
        played.set(kind, (played.get(kind) ?? 0) + 1);
        if (isNew) news.set(kind, (news.get(kind) ?? 0) + 1);
      }
      if (!isNew) return;
      remembered.push(history);
      if (remembered.length > REMEMBERED) remembered.shift();
    },
  };
}

/** Whether the service provider has heard of whom a step is about, or is about to. */
function isTold(facts: Facts, step: Step): boolean {
  const person = 'person' in step ? facts.people.get(step.person ?? '') : undefined;
  const groups = 'groups' in step ? step.groups : 'group' in step ? [step.group] : [];
  const isKnown = groups.some(alias => {
    const group = facts.groups.get(alias);
    return (
      group !== undefined && (step.verb === 'join' ? group.bound : group.there !== 'none' || group.members.size > 0)
    );
  });
  if (groups.length > 0 && facts.groups.has(groups[0] ?? '')) return isKnown;
  return person === undefined || person.user !== 'none';
}

/** So many steps in ten are followed by a sync. */
const SYNCS = 6;
