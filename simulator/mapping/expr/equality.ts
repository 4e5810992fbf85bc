import type { Budget } from './budget.ts';
import { Refusal } from './error.ts';
import { isDuration, isList, isMap, isNamed, isTime, isZone, kindOf, type Value } from './value.ts';

/**
 * `==`: numbers are equal across int and float, times in any zone; lists by their elements. Members of maps, and what is
 * in them, must be of the same kind too.
 */
export function equal(a: Value, b: Value, budget: Budget): boolean {
  budget.step();
  if (typeof a === 'bigint' && typeof b === 'number') return Number(a) === b;
  if (typeof a === 'number' && typeof b === 'bigint') return a === Number(b);
  if (isList(a) && isList(b)) {
    return a.length === b.length && budget.into(() => a.every((element, i) => equal(element, b[i] ?? null, budget)));
  }
  return same(a, b, budget);
}

/** Equal, and of the same kind throughout. */
function same(a: Value, b: Value, budget: Budget): boolean {
  budget.step();
  if (a === b) return true;
  if (isList(a)) {
    if (!isList(b) || a.length !== b.length) return false;
    return budget.into(() => a.every((element, i) => same(element, b[i] ?? null, budget)));
  }
  if (isMap(a)) {
    if (!isMap(b) || a.size !== b.size) return false;
    return budget.into(() => [...a].every(([key, member]) => b.has(key) && same(member, b.get(key) ?? null, budget)));
  }
  if (a instanceof Uint8Array) return b instanceof Uint8Array && Buffer.compare(a, b) === 0;
  return kindOf(a) === kindOf(b) && sameMoment(a, b);
}

/** Of two that are of the same kind; what has no inside was found equal before. */
function sameMoment(a: Value, b: Value): boolean {
  if ((isTime(a) && isTime(b)) || (isDuration(a) && isDuration(b))) return a.ns === b.ns;
  if (isZone(a) && isZone(b)) return a.name === b.name;
  return isNamed(a) && isNamed(b) && a.number === b.number;
}

/**
 * `in`: an element of a list, a key of a map; nothing is in nil.
 * @throws Refusal where nothing can be in
 */
export function isIn(needle: Value, haystack: Value, budget: Budget): boolean {
  if (haystack === null) return false;
  if (isList(haystack)) return haystack.some(element => equal(element, needle, budget));
  if (isMap(haystack)) return needle !== null && hasKey(haystack, needle);
  if (haystack instanceof Uint8Array) return typeof needle === 'bigint' && haystack.includes(Number(needle));
  throw new Refusal(`'in' looks into arrays and maps, not into ${kindOf(haystack)}`, 'type');
}

/** @throws Refusal for a key of a kind that no key of the map has */
export function hasKey(map: ReadonlyMap<Value, Value>, key: Value): boolean {
  if (map.has(key)) return true;
  if (typeof key === 'string') return false;
  for (const known of map.keys()) if (typeof known !== 'string') return false;
  throw new Refusal(`a key of this map is a string, not ${kindOf(key)}`, 'type');
}
