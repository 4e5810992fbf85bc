import { add, compare, divide, multiply, negate, power, remainder, subtract } from './arithmetic.ts';
import type { Budget } from './budget.ts';
import { equal, isIn } from './equality.ts';
import { Refusal } from './error.ts';
import { toInt } from './function.ts';
import { compileRegularExpression, type RegularExpression } from './regular-expression.ts';
import { kindOf, type Value } from './value.ts';

type Operator = (a: Value, b: Value, budget: Budget) => Value;

/** Operators whose operands are both evaluated first. */
const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['==', equal],
  ['!=', (a, b, budget) => !equal(a, b, budget)],
  ['<', (a, b) => compare(a, b, '<') < 0],
  ['>', (a, b) => compare(a, b, '>') > 0],
  ['<=', (a, b) => compare(a, b, '<=') <= 0],
  ['>=', (a, b) => compare(a, b, '>=') >= 0],
  ['in', isIn],
  ['contains', onTexts('contains', (text, part) => text.includes(part))],
  ['startsWith', onTexts('startsWith', (text, part) => text.startsWith(part))],
  ['endsWith', onTexts('endsWith', (text, part) => text.endsWith(part))],
  ['..', range],
  ['+', join],
  ['-', subtract],
  ['*', multiply],
  ['/', divide],
  ['%', remainder],
  ['**', power],
  ['^', power],
]);

/** @throws Refusal */
export function operate(operator: string, a: Value, b: Value, budget: Budget): Value {
  const operation = OPERATORS.get(operator);
  if (!operation) throw new Refusal(`there is no operator '${operator}'`, 'syntax');
  for (const side of [a, b]) if (typeof side === 'string') budget.look(side.length);
  return operation(a, b, budget);
}

/** @throws Refusal */
export function operateOn(operator: string, value: Value): Value {
  if (operator === '-') return negate(value);
  if (operator === '+') return value;
  return !asBool(value, `'${operator}' takes`);
}

/** @throws Refusal for anything but a bool: nothing else counts as true or false */
export function asBool(value: Value, wanted: string): boolean {
  if (typeof value === 'boolean') return value;
  throw new Refusal(`${wanted} a bool, not ${kindOf(value)}`, 'type');
}

function join(a: Value, b: Value, budget: Budget): Value {
  const sum = add(a, b);
  if (typeof sum === 'string') budget.characters(sum.length);
  return sum;
}

/** Nil has no part, and is none. */
function onTexts(operator: string, holds: (text: string, part: string) => boolean): Operator {
  return (a, b) => {
    if (a === null || b === null) return false;
    if (typeof a === 'string' && typeof b === 'string') return holds(a, b);
    throw new Refusal(`'${operator}' cannot take ${kindOf(a)} and ${kindOf(b)}`, 'type');
  };
}

/** Ints from one to another, both included. */
function range(from: Value, to: Value, budget: Budget): Value {
  const [first, last] = [from, to].map(end => {
    if (typeof end === 'bigint') return end;
    if (typeof end === 'number') return toInt(end);
    throw new Refusal(`a range goes from an int to an int, not ${kindOf(end)}`, 'type');
  });
  if (first === undefined || last === undefined || last < first) return [];
  const length = Number(last - first) + 1;
  budget.elements(length);
  return Array.from({ length }, (_, i) => first + BigInt(i));
}

/**
 * `matches`: whether a regular expression is found in a text; nil matches nothing.
 * @throws Refusal
 */
export function matches(text: Value, pattern: Value, known: RegularExpression | undefined, budget: Budget): boolean {
  if (text === null || pattern === null) return false;
  if (typeof pattern !== 'string' || (typeof text !== 'string' && !(text instanceof Uint8Array))) {
    throw new Refusal(`'matches' cannot take ${kindOf(text)} and ${kindOf(pattern)}`, 'type');
  }
  const expression = known ?? compileRegularExpression(pattern, budget);
  return expression.test(typeof text === 'string' ? text : Buffer.from(text).toString('utf8'), budget);
}
