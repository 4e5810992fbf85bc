import { compare, wrap } from './arithmetic.ts';
import type { Budget } from './budget.ts';
import { Refusal } from './error.ts';
import { asFirst, INT, NUMBER, rest, type ExprFunction } from './function.ts';
import { TYPES, type StaticType } from './static-type.ts';
import { isList, kindOf, type Value } from './value.ts';

/** Whatever aggregates: numbers, and lists of them however deep. */
const NUMBERS = rest({ kinds: ['int', 'float', 'array'] });
const EXTREMES = rest({ kinds: ['int', 'float', 'array'], loose: true });

/** Functions that work on numbers. */
export const numberFunctions: readonly ExprFunction[] = [
  {
    name: 'abs',
    takes: [NUMBER],
    gives: asFirst,
    call: ([value]) => (typeof value === 'bigint' ? wrap(value < 0n ? -value : value) : Math.abs(Number(value))),
  },
  ...rounding('ceil', Math.ceil),
  ...rounding('floor', Math.floor),
  // Halves go away from zero.
  ...rounding('round', value => {
    const whole = Math.trunc(value);
    return Math.abs(value - whole) >= 0.5 ? whole + Math.sign(value) : whole;
  }),
  { name: 'max', takes: [EXTREMES], gives: ofNumbers, call: (args, { budget }) => extreme('max', args, 1, budget) },
  { name: 'min', takes: [EXTREMES], gives: ofNumbers, call: (args, { budget }) => extreme('min', args, -1, budget) },
  {
    name: 'mean',
    takes: [NUMBERS],
    gives: TYPES.float,
    call: (args, { budget }) => {
      const numbers = flatNumbers('mean', args, budget).map(Number);
      return numbers.length === 0 ? 0 : numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
    },
  },
  {
    name: 'median',
    takes: [NUMBERS],
    gives: TYPES.float,
    call: (args, { budget }) => {
      const numbers = flatNumbers('median', args, budget)
        .map(Number)
        .sort((a, b) => a - b);
      const middle = Math.floor(numbers.length / 2);
      const upper = numbers[middle] ?? 0;
      return numbers.length % 2 === 1 ? upper : ((numbers[middle - 1] ?? 0) + upper) / 2;
    },
  },
  ...bits('bitand', (a, b) => a & b),
  ...bits('bitor', (a, b) => a | b),
  ...bits('bitxor', (a, b) => a ^ b),
  ...bits('bitnand', (a, b) => a & ~b),
  ...bits('bitshl', (a, b) => (b > 63n ? 0n : a << shift(b))),
  ...bits('bitshr', (a, b) => a >> shift(b > 63n ? 63n : b)),
  ...bits('bitushr', (a, b) => (b > 63n ? 0n : BigInt.asUintN(64, a) >> shift(b))),
  { name: 'bitnot', takes: [INT], gives: TYPES.int, call: ([value]) => ~asInt(value) },
];

function rounding(name: string, round: (value: number) => number): readonly ExprFunction[] {
  return [{ name, takes: [NUMBER], gives: TYPES.float, call: ([value]) => round(Number(value)) }];
}

const asInt = (value: Value | undefined): bigint => (typeof value === 'bigint' ? value : 0n);

function bits(name: string, combine: (a: bigint, b: bigint) => bigint): readonly ExprFunction[] {
  return [{ name, takes: [INT, INT], gives: TYPES.int, call: ([a, b]) => wrap(combine(asInt(a), asInt(b))) }];
}

function shift(by: bigint): bigint {
  if (by < 0n) throw new Refusal(`bits cannot be shifted by ${by} places`);
  return by;
}

/** Two ints make an int, whatever else is only known when evaluated. */
function ofNumbers(args: readonly StaticType[]): StaticType {
  const [first] = args;
  return first && first.kind !== 'array' && args.every(({ kind }) => kind === first.kind) ? first : TYPES.unknown;
}

/** The largest or smallest number; one value that is no number stands for itself. */
function extreme(name: string, args: readonly Value[], sign: 1 | -1, budget: Budget): Value {
  const [only = null] = args;
  if (args.length === 1 && !isList(only)) return only;
  let best: Value = null;
  for (const number of flatNumbers(name, args, budget)) {
    if (best === null || compare(number, best) * sign > 0) best = number;
  }
  return best;
}

/** @throws Refusal for an element that is neither a number nor a list of them */
function flatNumbers(name: string, args: readonly Value[], budget: Budget): readonly (bigint | number)[] {
  return args.flatMap(arg => {
    budget.step();
    if (typeof arg === 'bigint' || typeof arg === 'number') return [arg];
    if (isList(arg)) return [...budget.into(() => flatNumbers(name, arg, budget))];
    throw new Refusal(`${name} takes numbers and arrays of them, not ${kindOf(arg)}`, 'type');
  });
}
