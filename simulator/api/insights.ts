import type { InsightsEvent } from '../insights/event.ts';
import { ok, type Answer } from './answer.ts';
import { ApiError } from './api-error.ts';
import type { Context } from './context.ts';
import { eventShape, readPosition, readQuery } from './insights-query.ts';
import { bodyOf, text, type Call, type JsonRecord, type Route } from './route.ts';
import { reader } from './shape.ts';

/** Events in one answer unless asked for otherwise, and at most (jumpcloud.md 3.4). */
const DEFAULT_LIMIT = 1000;
const MOST = 10_000;

function events(call: Call, { insights, now, newId }: Context): Answer {
  const body = bodyOf(call);
  const query = readQuery(body, now());
  const project = readFields(body['fields']);
  const limit = readLimit(body['limit']);
  // What is no order is the usual one, silently.
  const sort = String(body['sort']).toUpperCase() === 'DESC' ? 'DESC' : 'ASC';
  const searchAfter = readPosition(body['search_after']);
  const skip = readCount(body['skip']) ?? 0;
  const page = insights.query({ ...query, limit, sort, skip, ...(searchAfter && { searchAfter }) });
  const last = page.at(-1);
  const position = last ? insights.positionOf(last) : searchAfter;
  return ok(page.map(project), {
    'X-Result-Count': String(page.length),
    'X-Limit': String(limit),
    'X-Sort': sort,
    ...(position && { 'X-Search_after': JSON.stringify(position) }),
    'X-Request-Id': newId(),
  });
}

const readCount = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined;

/** Any limit that makes no sense is the usual one. */
const readLimit = (value: unknown): number => Math.min(readCount(value) ?? DEFAULT_LIMIT, MOST);

/** @throws ApiError 400 for a list without a single known field */
function readFields(value: unknown): (event: InsightsEvent) => unknown {
  if (value === undefined || value === null) return event => event;
  const names = (Array.isArray(value) ? (value as readonly unknown[]) : []).filter(name => typeof name === 'string');
  const paths = names.map(name => name.split('.')).filter(([top = '']) => Object.hasOwn(eventShape.fields, top));
  if (paths.length === 0) {
    throw new ApiError(400, `fields is a list with one or more of ${Object.keys(eventShape.fields).join(', ')}`);
  }
  return event => paths.reduce<JsonRecord>((shown, path) => withPath(shown, event as unknown as JsonRecord, path), {});
}

/** Copies one member, given by its path, from a record to another. */
function withPath(to: JsonRecord, from: JsonRecord, [top = '', ...rest]: readonly string[]): JsonRecord {
  const value = from[top];
  if (value === undefined) return to;
  if (rest.length === 0 || typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ...to, [top]: value };
  }
  const inner = withPath((to[top] ?? {}) as JsonRecord, value as JsonRecord, rest);
  return Object.keys(inner).length === 0 ? to : { ...to, [top]: inner };
}

const count = (call: Call, { insights, now }: Context): Answer =>
  ok({ count: insights.count(readQuery(bodyOf(call), now())) });

/** How often each value of a field occurs, the most frequent first. */
function distinct(call: Call, { insights, now }: Context): Answer {
  const body = bodyOf(call);
  const read = reader(eventShape, text(body, 'field'));
  return ok({ buckets: bucketsOf(insights.query(readQuery(body, now())), event => read(event).map(keyOf), byCount) });
}

const keyOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

interface Bucket<Key> {
  readonly key: Key;
  readonly doc_count: number;
}

const byCount = (a: Bucket<string>, b: Bucket<string>): number => b.doc_count - a.doc_count || (a.key < b.key ? -1 : 1);

function bucketsOf<Key>(
  found: readonly InsightsEvent[],
  keysOf: (event: InsightsEvent) => readonly Key[],
  order: (a: Bucket<Key>, b: Bucket<Key>) => number,
): readonly Bucket<Key>[] {
  const counts = new Map<Key, number>();
  for (const event of found) for (const key of keysOf(event)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].map(([key, doc_count]) => ({ key, doc_count })).sort(order);
}

const UNITS_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** How many events fall into each interval that holds any, from the oldest on; intervals are those of UTC. */
function interval(call: Call, { insights, now }: Context): Answer {
  const body = bodyOf(call);
  const unit = text(body, 'interval_unit');
  const unitMs = Object.hasOwn(UNITS_MS, unit) ? UNITS_MS[unit] : undefined;
  if (unitMs === undefined) throw new ApiError(400, `interval_unit is one of ${Object.keys(UNITS_MS).join(', ')}`);
  const times = Number(body['interval_value'] ?? 1);
  if (!Number.isInteger(times) || times < 1) throw new ApiError(400, 'interval_value is a whole number from 1');
  const length = times * unitMs;
  const startOf = ({ timestamp }: InsightsEvent) => [Math.floor(Date.parse(timestamp) / length) * length];
  return ok({ buckets: bucketsOf(insights.query(readQuery(body, now())), startOf, (a, b) => a.key - b.key) });
}

const source = 'jumpcloud.md 3.4';
const base = '/insights/directory/v1/events';

/** Directory Insights. */
export const insightsRoutes: readonly Route[] = [
  { method: 'POST', path: base, source, handle: events },
  { method: 'POST', path: `${base}/count`, source, handle: count },
  { method: 'POST', path: `${base}/distinct`, source, handle: distinct },
  { method: 'POST', path: `${base}/interval`, source, handle: interval },
];
