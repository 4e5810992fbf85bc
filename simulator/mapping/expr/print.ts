import type { Budget } from './budget.ts';
import { compareText } from './arithmetic.ts';
import { spanText } from './span.ts';
import { floatText } from './number-text.ts';
import { instantText } from './instant.ts';
import { isDuration, isList, isMap, isTime, isZone, type Value } from './value.ts';

/** What `string(x)` gives: lists as `[1 a]`, maps as `map[a:1 b:2]` in the order of their keys. */
export function print(value: Value, budget: Budget): string {
  const text = budget.into(() => printed(value, budget));
  budget.characters(text.length);
  return text;
}

function printed(value: Value, budget: Budget): string {
  budget.step();
  if (value === null) return '<nil>';
  if (typeof value === 'number') return floatText(value);
  if (typeof value !== 'object') return String(value);
  if (isList(value)) return `[${value.map(element => print(element, budget)).join(' ')}]`;
  if (value instanceof Uint8Array) return `[${value.join(' ')}]`;
  if (isMap(value)) {
    const members = [...value].map(([key, member]) => [print(key, budget), print(member, budget)] as const);
    members.sort(([a], [b]) => compareText(a, b));
    return `map[${members.map(([key, member]) => `${key}:${member}`).join(' ')}]`;
  }
  if (isTime(value)) return instantText(value);
  if (isDuration(value)) return spanText(value.ns);
  return isZone(value) ? value.name : value.text;
}
