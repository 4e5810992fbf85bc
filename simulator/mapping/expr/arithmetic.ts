import { Refusal } from './error.ts';
import { isDuration, isTime, kindOf, type Value } from './value.ts';

/** Ints wrap at 64 bits. */
export const wrap = (int: bigint): bigint => BigInt.asIntN(64, int);

/** Nanoseconds as a duration. */
export const span = (ns: bigint): Value => ({ kind: 'duration', ns: wrap(ns) });

const isNumber = (value: Value): value is bigint | number => typeof value === 'bigint' || typeof value === 'number';

const mismatch = (operator: string, a: Value, b: Value): never => {
  throw new Refusal(`'${operator}' cannot take ${kindOf(a)} and ${kindOf(b)}`, 'type');
};

/** Ints stay ints, an int beside a float becomes one. */
const numeric = (ints: (a: bigint, b: bigint) => bigint, floats: (a: number, b: number) => number) => {
  return (a: bigint | number, b: bigint | number): Value =>
    typeof a === 'bigint' && typeof b === 'bigint' ? wrap(ints(a, b)) : floats(Number(a), Number(b));
};
const plus = numeric(
  (a, b) => a + b,
  (a, b) => a + b,
);
const minus = numeric(
  (a, b) => a - b,
  (a, b) => a - b,
);
const times = numeric(
  (a, b) => a * b,
  (a, b) => a * b,
);

/** The sum of numbers, of durations, of a time and a duration; texts are joined. */
export function add(a: Value, b: Value): Value {
  if (isNumber(a) && isNumber(b)) return plus(a, b);
  if (typeof a === 'string' && typeof b === 'string') return a + b;
  if (isDuration(a) && isDuration(b)) return span(a.ns + b.ns);
  if (isTime(a) && isDuration(b)) return { ...a, ns: a.ns + b.ns };
  return isDuration(a) && isTime(b) ? { ...b, ns: a.ns + b.ns } : mismatch('+', a, b);
}

export function subtract(a: Value, b: Value): Value {
  if (isNumber(a) && isNumber(b)) return minus(a, b);
  if (isDuration(a) && isDuration(b)) return span(a.ns - b.ns);
  if (isTime(a) && isTime(b)) return span(a.ns - b.ns);
  return isTime(a) && isDuration(b) ? { ...a, ns: a.ns - b.ns } : mismatch('-', a, b);
}

export function multiply(a: Value, b: Value): Value {
  if (isNumber(a) && isNumber(b)) return times(a, b);
  if (isDuration(a) && isDuration(b)) return span(a.ns * b.ns);
  if (isDuration(a) && isNumber(b)) return scale(a.ns, b);
  return isNumber(a) && isDuration(b) ? scale(b.ns, a) : mismatch('*', a, b);
}

/** A duration times a float is a float: nanoseconds. */
const scale = (ns: bigint, by: bigint | number): Value => (typeof by === 'bigint' ? span(ns * by) : Number(ns) * by);

/** Always a float, and a float knows infinity. */
export const divide = (a: Value, b: Value): Value =>
  isNumber(a) && isNumber(b) ? Number(a) / Number(b) : mismatch('/', a, b);

/** Always a float. */
export function power(a: Value, b: Value): Value {
  if (!isNumber(a) || !isNumber(b)) return mismatch('**', a, b);
  // A base of 1 gives 1 whatever the exponent, in the language's implementation but not in JavaScript.
  return Number(a) === 1 ? 1 : Number(a) ** Number(b);
}

/** Of ints alone; the sign is that of the first. */
export function remainder(a: Value, b: Value): Value {
  if (typeof a !== 'bigint' || typeof b !== 'bigint') return mismatch('%', a, b);
  if (b === 0n) throw new Refusal('an int cannot be divided by zero');
  return a % b;
}

export function negate(value: Value): Value {
  if (typeof value === 'bigint') return wrap(-value);
  if (typeof value === 'number') return -value;
  throw new Refusal(`'-' cannot take ${kindOf(value)}`, 'type');
}

/**
 * Below zero if the first comes before the second, NaN where neither does.
 * @throws Refusal for values that have no order
 */
export function compare(a: Value, b: Value, operator = '<'): number {
  if (isNumber(a) && isNumber(b)) {
    const [left, right] = typeof a === typeof b ? [a, b] : [Number(a), Number(b)];
    if (left === right) return 0;
    return left < right ? -1 : left > right ? 1 : Number.NaN;
  }
  if (typeof a === 'string' && typeof b === 'string') return a === b ? 0 : compareText(a, b);
  if ((isTime(a) && isTime(b)) || (isDuration(a) && isDuration(b))) return a.ns === b.ns ? 0 : a.ns < b.ns ? -1 : 1;
  return mismatch(operator, a, b);
}

/** By code points, which UTF-8 keeps in order and UTF-16 does not. */
export function compareText(a: string, b: string): number {
  let i = 0;
  while (i < a.length && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  // A pair that differs in its second half is compared as a whole.
  if (i > 0 && isHighSurrogate(a.charCodeAt(i - 1))) i--;
  return Math.sign((a.codePointAt(i) ?? -1) - (b.codePointAt(i) ?? -1));
}

const isHighSurrogate = (unit: number) => unit >= 0xd800 && unit < 0xdc00;
