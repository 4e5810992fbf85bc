import type { Json, JsonObject } from '../../scim/wire/message.ts';
import type { Entry, IndexPath } from './store.ts';

/** Which resources of one type hold which value at one path. */
export interface ValueIndex {
  readonly path: IndexPath;
  find(value: string): readonly Entry[];
  holds(value: string, entry: Entry): boolean;
  /** True when a value that `next` brings belongs to another entry. */
  taken(next: JsonObject | undefined, entry: Entry | undefined): boolean;
  /** Follows a write; `before` is absent for a new resource, `after` for a removed one. */
  move(entry: Entry, before: JsonObject | undefined, after: JsonObject | undefined): void;
}

/** An index that follows writes at the price of what they change, not of what they leave. */
export function createIndex(path: IndexPath): ValueIndex {
  const held = new Map<string, Entry | Set<Entry>>();
  const attribute = path.steps[0] ?? '';

  const add = (key: string, entry: Entry): void => {
    const present = held.get(key);
    if (present === undefined) held.set(key, entry);
    else if (present instanceof Set) present.add(entry);
    else if (present !== entry) held.set(key, new Set([present, entry]));
  };
  const drop = (key: string, entry: Entry): void => {
    const present = held.get(key);
    if (!(present instanceof Set)) {
      if (present === entry) held.delete(key);
      return;
    }
    present.delete(entry);
    const [only] = present.size === 1 ? present : [];
    if (only) held.set(key, only);
  };
  const find = (value: string): readonly Entry[] => {
    const present = held.get(path.key(value) ?? '');
    if (present === undefined) return [];
    return present instanceof Set ? [...present].sort((a, b) => a.order - b.order) : [present];
  };
  const keysOf = (values: readonly Json[]): string[] => {
    const keys: string[] = [];
    for (const value of values) {
      collect(value, path.steps, 1, simple => {
        const key = path.key(simple);
        if (key !== undefined) keys.push(key);
      });
    }
    return keys;
  };

  return {
    path,
    find,
    holds(value, entry) {
      const present = held.get(path.key(value) ?? '');
      return present instanceof Set ? present.has(entry) : present === entry;
    },
    taken: (next, entry) => {
      const value = next?.[attribute];
      if (value === undefined) return false;
      return keysOf([value]).some(key => {
        const present = held.get(key);
        return present instanceof Set ? [...present].some(other => other !== entry) : present && present !== entry;
      });
    },
    move(entry, before, after) {
      const was = before?.[attribute];
      const is = after?.[attribute];
      if (was === is) return;
      const [from, to] = [list(was), list(is)];
      const { start, end } = common(from, to);
      const gone = new Set(keysOf(from.slice(start, from.length - end)));
      // A value may stand in several elements: it is gone only when none of those left holds it.
      if (gone.size > 0 && !path.distinct) for (const key of keysOf(to)) gone.delete(key);
      for (const key of gone) drop(key, entry);
      for (const key of keysOf(to.slice(start, to.length - end))) add(key, entry);
    },
  };
}

/** How many elements two lists share, by identity, at their start and at their end. */
export function common(from: readonly unknown[], to: readonly unknown[]): { start: number; end: number } {
  const most = Math.min(from.length, to.length);
  let start = 0;
  while (start < most && from[start] === to[start]) start += 1;
  let end = 0;
  while (end < most - start && from[from.length - 1 - end] === to[to.length - 1 - end]) end += 1;
  return { start, end };
}

/** A value as the list of its elements: none when it is unassigned, one when it is singular. */
export const list = (value: Json | undefined): readonly Json[] => {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
};

/** Hands on the simple values at a path, through lists on the way. */
function collect(value: Json | undefined, steps: readonly string[], depth: number, take: (simple: Json) => void): void {
  if (value === undefined || value === null) return;
  if (Array.isArray(value)) {
    for (const element of value as readonly Json[]) collect(element, steps, depth, take);
    return;
  }
  const step = steps[depth];
  if (step === undefined) {
    if (typeof value !== 'object') take(value);
  } else if (typeof value === 'object') collect((value as JsonObject)[step], steps, depth + 1, take);
}
