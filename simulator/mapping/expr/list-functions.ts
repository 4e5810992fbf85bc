import { compare } from './arithmetic.ts';
import type { Budget } from './budget.ts';
import { equal } from './equality.ts';
import { Refusal } from './error.ts';
import { fetch } from './fetch.ts';
import { ANY, asFirst, INT, LIST, MAP, optional, rest, TEXT, type ExprFunction } from './function.ts';
import { listOf, TYPES } from './static-type.ts';
import { isList, isMap, kindOf, textOf, type Kind, type Value, type ValueMap } from './value.ts';

const asList = (value: Value | undefined): readonly Value[] => (isList(value) ? value : []);
const asMap = (value: Value | undefined): ValueMap => (isMap(value) ? value : new Map());
const NEITHER_TEXT_NOR_MAP = { kinds: ['array', 'bytes'] satisfies Kind[], loose: true } as const;
const SORTABLE = { kinds: ['array'] satisfies Kind[], loose: true } as const;

/** The list, paid for. */
const made = (list: readonly Value[], budget: Budget): readonly Value[] => {
  budget.elements(list.length);
  return list;
};

/** Functions that work on lists and maps without a predicate. */
export const listFunctions: readonly ExprFunction[] = [
  {
    name: 'len',
    takes: [{ kinds: ['string', 'array', 'map', 'bytes'] }],
    gives: TYPES.int,
    call: ([value = null]) => BigInt(length(value)),
  },
  {
    name: 'first',
    takes: [NEITHER_TEXT_NOR_MAP],
    gives: TYPES.unknown,
    call: ([list = null], { budget }) => end(list, 0n, budget),
  },
  {
    name: 'last',
    takes: [NEITHER_TEXT_NOR_MAP],
    gives: TYPES.unknown,
    call: ([list = null], { budget }) => end(list, -1n, budget),
  },
  {
    name: 'get',
    takes: [{ kinds: ['array', 'map', 'bytes', 'nil'], loose: true }, ANY],
    gives: TYPES.unknown,
    call: ([from = null, key = null], { budget }) => get(from, key, budget),
  },
  {
    name: 'take',
    takes: [LIST, INT],
    gives: asFirst,
    call: ([list, count], { budget }) => {
      if (Number(count) < 0) throw new Refusal(`take takes a count from 0 up, not ${Number(count)}`);
      return made(asList(list).slice(0, Number(count)), budget);
    },
  },
  {
    name: 'join',
    takes: [LIST, optional(TEXT)],
    gives: TYPES.string,
    call: ([list, glue = ''], { budget }) => join(asList(list), textOf(glue), budget),
  },
  {
    name: 'concat',
    takes: [rest(LIST)],
    gives: TYPES.array,
    call: (lists, { budget }) => {
      for (const list of lists) budget.elements(asList(list).length);
      return lists.flatMap(list => asList(list));
    },
  },
  { name: 'flatten', takes: [LIST], gives: TYPES.array, call: ([list], { budget }) => flatten(asList(list), budget) },
  { name: 'uniq', takes: [LIST], gives: TYPES.array, call: ([list], { budget }) => uniq(asList(list), budget) },
  {
    name: 'reverse',
    takes: [LIST],
    gives: TYPES.array,
    call: ([list], { budget }) => made(asList(list).toReversed(), budget),
  },
  {
    name: 'sort',
    takes: [SORTABLE, optional(TEXT)],
    gives: TYPES.array,
    // What is no list comes to nothing, as in the language's implementation.
    call: ([list = null, order = 'asc'], { budget }) => (isList(list) ? sortBy(list, list, order, budget) : null),
  },
  {
    name: 'keys',
    takes: [MAP],
    gives: TYPES.array,
    call: ([map], { budget }) => made([...asMap(map).keys()], budget),
  },
  {
    name: 'values',
    takes: [MAP],
    gives: TYPES.array,
    call: ([map], { budget }) => made([...asMap(map).values()], budget),
  },
  {
    name: 'toPairs',
    takes: [MAP],
    gives: listOf(TYPES.array),
    call: ([map], { budget }) => {
      const pairs = [...asMap(map)];
      budget.elements(pairs.length * 3);
      return pairs;
    },
  },
  {
    name: 'fromPairs',
    takes: [LIST],
    gives: TYPES.map,
    call: ([list], { budget }) => fromPairs(asList(list), budget),
  },
];

function length(value: Value): number {
  if (typeof value === 'string') return Array.from(value).length;
  if (isMap(value)) return value.size;
  return isList(value) || value instanceof Uint8Array ? value.length : 0;
}

/** Nil where there is none. */
function end(list: Value, at: bigint, budget: Budget): Value {
  const empty = isList(list) || typeof list === 'string' || list instanceof Uint8Array ? list.length === 0 : true;
  return empty ? null : fetch(list, at, budget);
}

/** Like an index, but nil where nothing is. */
function get(from: Value, key: Value, budget: Budget): Value {
  if (isMap(from)) return fetch(from, key, budget);
  if (!isList(from) && typeof from !== 'string' && !(from instanceof Uint8Array)) return null;
  if (typeof key !== 'bigint' && typeof key !== 'number') return fetch(from, key, budget);
  const at = Math.trunc(Number(key));
  const length = typeof from === 'string' ? Buffer.byteLength(from) : from.length;
  return at >= length || at < -length ? null : fetch(from, key, budget);
}

function join(list: readonly Value[], glue: string, budget: Budget): string {
  const texts = list.map(element => {
    if (typeof element === 'string') return element;
    throw new Refusal(`join takes an array of strings, not of ${kindOf(element)}`, 'type');
  });
  budget.characters(texts.reduce((sum, text) => sum + text.length + glue.length, 0));
  return texts.join(glue);
}

/** However deep the lists stand in each other. */
function flatten(list: readonly Value[], budget: Budget): readonly Value[] {
  budget.elements(list.length);
  return list.flatMap(element => (isList(element) ? budget.into(() => flatten(element, budget)) : [element]));
}

function uniq(list: readonly Value[], budget: Budget): readonly Value[] {
  const kept: Value[] = [];
  // What a set can tell apart needs no look at all that is kept.
  const seen = new Set<Value>();
  for (const element of list) {
    const plain = typeof element === 'string' || typeof element === 'boolean' || element === null;
    if (plain ? seen.has(element) : kept.some(other => equal(other, element, budget))) continue;
    seen.add(element);
    kept.push(element);
  }
  return made(kept, budget);
}

/** Puts a list into the order of keys, one for each element; equal ones stay in order. */
export function sortBy(list: readonly Value[], keys: readonly Value[], order: Value, budget: Budget): readonly Value[] {
  if (order !== 'asc' && order !== 'desc')
    throw new Refusal(`the order is 'asc' or 'desc', not ${JSON.stringify(order)}`);
  const direction = order === 'asc' ? 1 : -1;
  const paired = list.map((element, i) => ({ element, key: keys[i] ?? null }));
  paired.sort((a, b) => {
    budget.step();
    return compare(a.key, b.key) * direction;
  });
  return made(
    paired.map(({ element }) => element),
    budget,
  );
}

function fromPairs(pairs: readonly Value[], budget: Budget): ValueMap {
  budget.elements(pairs.length);
  const map = new Map<Value, Value>();
  for (const pair of pairs) {
    if (!isList(pair) || pair.length !== 2) throw new Refusal('fromPairs takes an array of pairs: arrays of two');
    map.set(toKey(pair[0] ?? null), pair[1] ?? null);
  }
  return map;
}

/** @throws Refusal for a list or a map: they cannot be keys */
export function toKey(value: Value): Value {
  if (typeof value === 'object' && value !== null) throw new Refusal(`${kindOf(value)} cannot be a key`, 'type');
  return value;
}
