import type { Json } from '../../../scim/wire/message.ts';
import type { Budget } from './budget.ts';
import { Refusal } from './error.ts';
import { instantJson } from './instant.ts';
import { isDuration, isList, isMap, isTime, isZone, keyText, type Value } from './value.ts';

/**
 * A value as plain JSON, members in their order. Times are texts of RFC 3339, durations are nanoseconds.
 * @throws Refusal for what JSON cannot hold, or is too large
 */
export function plain(value: Value, budget: Budget): Json {
  budget.step();
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Refusal(`JSON has no number ${value}`);
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return budget.into(() => value.map(element => plain(element, budget)));
  if (isMap(value)) {
    return budget.into(() =>
      Object.fromEntries(Array.from(value, ([key, member]) => [keyText(key), plain(member, budget)])),
    );
  }
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (isTime(value)) return instantJson(value);
  if (isDuration(value)) return Number(value.ns);
  return isZone(value) ? value.name : Number(value.number);
}
