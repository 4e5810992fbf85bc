import { add } from './arithmetic.ts';
import type { Budget } from './budget.ts';
import { Refusal } from './error.ts';
import { sortBy, toKey } from './list-functions.ts';
import { asBool } from './operate.ts';
import { isDuration, isList, kindOf, type Value } from './value.ts';

/** What a predicate sees. */
export interface Turn {
  readonly item: Value;
  readonly index: number;
  /** What reduce has so far. */
  readonly accumulator: Value;
}

/** A loop over a list whose predicate is evaluated by the caller. */
export interface LoopInput {
  readonly name: string;
  readonly list: Value;
  /** Left out where the predicate is. */
  readonly predicate: ((turn: Turn) => Value) | undefined;
  /** The third argument. */
  readonly extra: Value | undefined;
  readonly budget: Budget;
}

interface Elements extends Omit<LoopInput, 'list' | 'predicate'> {
  readonly list: readonly Value[];
  /** The predicate's value at a place. */
  readonly at: (index: number) => Value;
  /** The same, as a yes or no. */
  readonly holds: (item: Value, index: number) => boolean;
  readonly predicate: (turn: Turn) => Value;
}

/**
 * Runs a function that takes a predicate.
 * @throws Refusal
 */
export function evaluateLoop(input: LoopInput): Value {
  const { name, list, budget } = input;
  if (!isList(list)) throw new Refusal(`${name} goes through an array, not ${kindOf(list)}`, 'type');
  const predicate = input.predicate ?? (({ item }: Turn) => item);
  const at = (index: number) => {
    budget.step();
    return predicate({ item: list[index] ?? null, index, accumulator: null });
  };
  const holds = (_item: Value, index: number) => asBool(at(index), `the predicate of ${name} gives`);
  const loop = RUNS[name];
  if (!loop) throw new Refusal(`there is no function ${name}`, 'name');
  return loop({ ...input, list, predicate, at, holds });
}

const found = (index: number): Value => (index === -1 ? null : BigInt(index));
const paid = (list: readonly Value[], budget: Budget): readonly Value[] => {
  budget.elements(list.length);
  return list;
};

const RUNS: Readonly<Record<string, (elements: Elements) => Value>> = {
  all: ({ list, holds }) => list.every(holds),
  any: ({ list, holds }) => list.some(holds),
  none: ({ list, holds }) => !list.some(holds),
  one: ({ list, holds }) => list.filter(holds).length === 1,
  filter: ({ list, holds, budget }) => paid(list.filter(holds), budget),
  map: ({ list, at, budget }) => paid(list, budget).map((_, index) => at(index)),
  find: ({ list, holds }) => list.find(holds) ?? null,
  findIndex: ({ list, holds }) => found(list.findIndex(holds)),
  findLast: ({ list, holds }) => list.findLast(holds) ?? null,
  findLastIndex: ({ list, holds }) => found(list.findLastIndex(holds)),
  count: ({ list, holds }) => BigInt(list.filter(holds).length),
  sum: ({ list, at }) => {
    let sum: Value = 0n;
    list.forEach((_, index) => {
      const value = at(index);
      sum = index === 0 && isDuration(value) ? value : add(sum, value);
    });
    return sum;
  },
  groupBy({ list, at, budget }) {
    budget.elements(list.length);
    const groups = new Map<Value, Value[]>();
    list.forEach((item, index) => {
      const key = toKey(at(index));
      const group = groups.get(key);
      if (group) group.push(item);
      else groups.set(key, [item]);
    });
    return groups;
  },
  sortBy: ({ list, at, extra = 'asc', budget }) => {
    return sortBy(
      list,
      list.map((_, index) => at(index)),
      extra,
      budget,
    );
  },
  reduce({ list, predicate, extra, budget }) {
    if (list.length === 0 && extra === undefined) {
      throw new Refusal('reduce has nothing to start with: the array is empty and no third argument is given');
    }
    let accumulator = extra ?? list[0] ?? null;
    for (let index = extra === undefined ? 1 : 0; index < list.length; index++) {
      budget.step();
      accumulator = predicate({ item: list[index] ?? null, index, accumulator });
    }
    return accumulator;
  },
};
