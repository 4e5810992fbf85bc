import { isErrorMessage } from '../scim/message/error.ts';
import { isObject } from '../scim/message/list.ts';
import type { Json, JsonObject } from '../reports/record/index.ts';
import { MASKED } from './mask.ts';

/** One place where an answer, or a resource, is not what was recorded. */
export interface Difference {
  /** `status`, or the names from the top of the body with dots. */
  readonly at: string;
  /** Absent where there was nothing. */
  readonly recorded?: Json;
  readonly now?: Json;
}

/** Members that differ between two runs of the same provider: times, versions, and words for people. */
const FLEETING = /^(?:created|lastModified|version)$/i;
const CURSORS = /^(?:nextCursor|previousCursor)$/i;
/** A difference in one list of hundreds says enough after these. */
const MOST = 20;

/**
 * Where two bodies differ. Lists are compared as sets, as most of them are; addresses below their base URLs; an error by
 * its status and keyword, because its words are for people.
 * @param recorded with the names and ids of this run
 */
export function differencesOf(
  recorded: Json | undefined,
  now: Json | undefined,
  bases: readonly string[],
): readonly Difference[] {
  const found: Difference[] = [];
  compare('', settled(recorded, bases), settled(now, bases), found);
  return found.slice(0, MOST);
}

function compare(at: string, recorded: Json | undefined, now: Json | undefined, found: Difference[]): void {
  if (recorded === MASKED) return;
  if (isObject(recorded) && isObject(now)) {
    for (const name of new Set([...Object.keys(recorded), ...Object.keys(now)])) {
      compare(at === '' ? name : `${at}.${name}`, recorded[name], now[name], found);
    }
  } else if (Array.isArray(recorded) && Array.isArray(now)) {
    compareSets(at, recorded as readonly Json[], now as readonly Json[], found);
  } else if (JSON.stringify(recorded) !== JSON.stringify(now)) {
    found.push({ at, ...(recorded !== undefined && { recorded }), ...(now !== undefined && { now }) });
  }
}

/** Entries that are the same resource, or the only ones left, are compared member by member. */
function compareSets(at: string, recorded: readonly Json[], now: readonly Json[], found: Difference[]): void {
  const gone = [...recorded];
  const come: Json[] = [];
  for (const entry of now) {
    const same = gone.findIndex(other => JSON.stringify(other) === JSON.stringify(entry));
    if (same < 0) come.push(entry);
    else gone.splice(same, 1);
  }
  for (const entry of gone) {
    const key = keyOf(entry);
    const other = come.findIndex(one => keyOf(one) === key);
    const [counterpart] = other < 0 ? [] : come.splice(other, 1);
    compare(`${at}[${key ?? ''}]`, entry, counterpart, found);
  }
  for (const entry of come) compare(`${at}[${keyOf(entry) ?? ''}]`, undefined, entry, found);
}

function keyOf(entry: Json): string | undefined {
  if (!isObject(entry)) return undefined;
  const { id, bulkId, $ref, type, value } = entry;
  // All members of a group may be of one type; of addresses there is mostly one of a type.
  const key = id ?? bulkId ?? ($ref === undefined ? (type ?? value) : value);
  return typeof key === 'string' ? key : undefined;
}

/** A value without what is bound to differ; members in one order, and unset ones left out. */
function settled(value: Json | undefined, bases: readonly string[]): Json | undefined {
  if (typeof value === 'string') return bases.reduce((text, base) => text.replaceAll(base, ''), value);
  if (Array.isArray(value)) return (value as readonly Json[]).map(entry => settled(entry, bases) ?? null);
  if (!isObject(value)) return value;
  const isError = isErrorMessage(value);
  const kept = Object.entries(value).filter(
    ([name, member]) => !FLEETING.test(name) && !isUnset(member) && !(isError && name === 'detail'),
  );
  return Object.fromEntries(
    kept
      .map(([name, member]): [string, Json] => [
        name,
        CURSORS.test(name) ? 'a cursor' : (settled(member, bases) ?? null),
      ])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** RFC 7643 section 2.5: absent, null and an empty list are one state. */
const isUnset = (value: Json): boolean => value === null || (Array.isArray(value) && value.length === 0);

/** A list response without the entries that a run did not make, or undefined when it cannot be told what it would hold. */
export function ownPart(list: JsonObject, isOwn: (id: string) => boolean): JsonObject | undefined {
  const { Resources, totalResults } = list;
  const entries = Array.isArray(Resources) ? Resources.filter(isObject) : [];
  const own = entries.filter(({ id }) => typeof id === 'string' && isOwn(id));
  if (own.length === entries.length && totalResults === entries.length) return list;
  // With others in it, a page may have pushed some of ours to the next one.
  if (totalResults !== entries.length) return undefined;
  return { ...list, totalResults: own.length, itemsPerPage: own.length, Resources: own };
}
