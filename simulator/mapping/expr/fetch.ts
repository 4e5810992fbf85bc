import type { Budget } from './budget.ts';
import { hasKey } from './equality.ts';
import { Refusal } from './error.ts';
import { toInt } from './function.ts';
import { isList, isMap, kindOf, type Value } from './value.ts';

/**
 * The member of a map, the element of a list, the byte of a text. A key that a map does not have gives nil; the place of
 * an element counts from 0, or from the end below 0.
 * @throws Refusal
 */
export function fetch(from: Value, key: Value, budget: Budget): Value {
  if (isMap(from)) {
    if (key === null) return null;
    return hasKey(from, key) ? (from.get(key) ?? null) : null;
  }
  if (isList(from)) return from[place(key, from.length)] ?? null;
  if (from instanceof Uint8Array) return BigInt(from[place(key, from.length)] ?? 0);
  if (typeof from === 'string') {
    if (typeof key === 'string') throw new Refusal(`a string has no member ${quoteKey(key)}`, 'type');
    budget.look(from.length);
    const bytes = Buffer.from(from);
    return BigInt(bytes[place(key, bytes.length)] ?? 0);
  }
  throw new Refusal(`${kindOf(from)} has no member ${quoteKey(key)}`, 'type');
}

export const quoteKey = (key: Value): string =>
  typeof key === 'object' ? `by ${kindOf(key)}` : typeof key === 'string' ? `'${key}'` : String(key);

function place(key: Value, length: number): number {
  if (typeof key !== 'bigint' && typeof key !== 'number') {
    throw new Refusal(`an element is chosen by an int, not by ${kindOf(key)}`, 'type');
  }
  const at = Number(typeof key === 'number' ? toInt(key) : key);
  const index = at < 0 ? length + at : at;
  if (index < 0 || index >= length) throw new Refusal(`there is no element ${at}: the length is ${length}`);
  return index;
}

/**
 * From a place up to another, both cut to what is there; below 0 they count from the end. Of a text these are bytes of its
 * UTF-8.
 * @throws Refusal
 */
export function slice(from: Value, start: Value | undefined, end: Value | undefined, budget: Budget): Value {
  if (typeof from === 'string') {
    budget.look(from.length);
    const bytes = Buffer.from(from);
    const cut = bytes.subarray(...limits(start, end, bytes.length));
    return cut.length === bytes.length ? from : cut.toString('utf8');
  }
  if (isList(from)) {
    const part = from.slice(...limits(start, end, from.length));
    budget.elements(part.length);
    return part;
  }
  if (from instanceof Uint8Array) return from.slice(...limits(start, end, from.length));
  throw new Refusal(`${kindOf(from)} cannot be sliced`, 'type');
}

function limits(start: Value | undefined, end: Value | undefined, length: number): [number, number] {
  const last = Math.min(limit(end, length, length), length);
  return [Math.min(limit(start, 0, length), last), last];
}

function limit(value: Value | undefined, missing: number, length: number): number {
  if (value === undefined) return missing;
  if (typeof value !== 'bigint' && typeof value !== 'number') {
    throw new Refusal(`a slice goes from an int to an int, not ${kindOf(value)}`, 'type');
  }
  const at = Number(typeof value === 'number' ? toInt(value) : value);
  return at < 0 ? Math.max(0, length + at) : at;
}
