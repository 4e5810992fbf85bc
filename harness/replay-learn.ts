import { bulkResultsOf, placeOf } from '../scim/message/bulk.ts';
import { isObject, resourcesOf } from '../scim/message/list.ts';
import type { Json, JsonObject } from '../reports/record/index.ts';
import type { Names } from './replay-names.ts';

/** Learns from two answers to the same request which recorded id means which of this run. */
export function learnIds(names: Names, recorded: Json | undefined, now: Json | undefined): void {
  if (!isObject(recorded) || !isObject(now)) return;
  pair(names, recorded, now);
  for (const cursor of ['nextCursor', 'previousCursor']) learnText(names, recorded[cursor], now[cursor]);
  const results = bulkResultsOf(now) ?? [];
  for (const [at, before] of (bulkResultsOf(recorded) ?? []).entries()) {
    const name = before.bulkId === undefined ? undefined : names.body(before.bulkId);
    const after = name === undefined ? results[at] : results.find(({ bulkId }) => bulkId === name);
    learnText(names, placeOf(before.location)?.id, placeOf(after?.location)?.id);
  }
  const entries = resourcesOf(now);
  for (const before of resourcesOf(recorded)) {
    const name = nameOf(names.body(before));
    const same = name === undefined ? [] : entries.filter(entry => nameOf(entry) === name);
    if (same.length === 1 && same[0]) pair(names, before, same[0]);
  }
}

function pair(names: Names, before: JsonObject, after: JsonObject): void {
  learnText(names, before['id'], after['id']);
}

function learnText(names: Names, before: Json | undefined, after: Json | undefined): void {
  if (typeof before === 'string' && typeof after === 'string') names.learn(before, after);
}

const nameOf = ({ userName, displayName }: JsonObject): Json | undefined => userName ?? displayName;
