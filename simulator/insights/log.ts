import type { Happening, InsightsEvent } from './event.ts';

/** Where a page of events ends: milliseconds since the epoch and the id of the last event. */
export type Position = readonly [at: number, id: string];

/** Which events are asked for. Without a bound on one side it is open there. */
export interface EventQuery {
  /** Any of these; `all` stands for every service. */
  readonly services?: readonly string[];
  /** Milliseconds since the epoch; events at that time count in. */
  readonly from?: number;
  /** Milliseconds since the epoch; events at that time count in. */
  readonly to?: number;
  readonly eventTypes?: readonly string[];
  /** A further condition, such as a search term. */
  readonly where?: (event: InsightsEvent) => boolean;
  /** Oldest first by default. */
  readonly sort?: 'ASC' | 'DESC';
  readonly skip?: number;
  /** All by default. */
  readonly limit?: number;
  /** Goes on behind the last event of the page before. */
  readonly searchAfter?: Position;
}

/** Events as they are read. */
export interface InsightsView {
  query(query?: EventQuery): readonly InsightsEvent[];
  count(query?: EventQuery): number;
  /** Where a query goes on behind this event. */
  positionOf(event: InsightsEvent): Position;
  /** How many old events made way for new ones. */
  dropped(): number;
}

/** The log of Directory Insights: what was tried, whether it went well or not (JC-54a). */
export interface InsightsLog extends InsightsView {
  record(happening: Happening): InsightsEvent;
}

/** What a log is made with. */
export interface InsightsOptions {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly newId: () => string;
  readonly organization: string;
  /** Who acts in the directory. */
  readonly admin: { readonly id: string; readonly email: string };
  /** How many events are kept; the oldest go first. Default 100,000. */
  readonly capacity?: number;
}

/** How long events are kept (jumpcloud.md 3.4). */
const KEPT_MS = 90 * 24 * 3600 * 1000;
const CAPACITY = 100_000;

/** An empty log in memory. */
export function createInsights(options: InsightsOptions): InsightsLog {
  const { now, newId, organization, admin, capacity = CAPACITY } = options;
  /** In the order of time; what lies before `first` is forgotten. */
  let events: InsightsEvent[] = [];
  let times: number[] = [];
  let first = 0;
  let dropped = 0;

  const forget = (at: number) => {
    const before = first;
    while (events.length - first > capacity || (times[first] ?? Infinity) < at - KEPT_MS) first += 1;
    dropped += first - before;
    // Moving the rest only now and then keeps a full log as fast as an empty one.
    if (first * 2 < events.length) return;
    events = events.slice(first);
    times = times.slice(first);
    first = 0;
  };
  /** First index whose time is `at` or later. */
  const indexOf = (at: number): number => {
    let low = first;
    let high = times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((times[middle] ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  /** Index of an event, or of where it would stand had it not been forgotten. */
  const placeOf = ([at, id]: Position): number => {
    for (let index = indexOf(at); index < events.length && times[index] === at; index += 1) {
      if (events[index]?.id === id) return index;
    }
    return indexOf(at) - 1;
  };

  const selected = function* (query: EventQuery): Generator<InsightsEvent> {
    const { services, from = -Infinity, to = Infinity, eventTypes, where, sort = 'ASC', searchAfter } = query;
    if (services && !services.includes('all') && !services.includes('directory')) return;
    const types = eventTypes && new Set(eventTypes);
    let low = indexOf(from);
    let high = Number.isFinite(to) ? indexOf(to + 1) : events.length;
    if (searchAfter && sort === 'ASC') low = Math.max(low, placeOf(searchAfter) + 1);
    if (searchAfter && sort === 'DESC') high = Math.min(high, placeOf(searchAfter));
    for (let step = 0; step < high - low; step += 1) {
      const event = events[sort === 'ASC' ? low + step : high - 1 - step];
      if (event && (!types || types.has(event.event_type)) && (!where || where(event))) yield event;
    }
  };

  return {
    record({ by, ...happening }) {
      // A clock that is set back must not put events out of order.
      const at = Math.max(now(), times.at(-1) ?? 0);
      const event: InsightsEvent = {
        id: newId(),
        service: 'directory',
        timestamp: new Date(at).toISOString(),
        organization,
        initiated_by:
          by === 'admin'
            ? { id: admin.id, type: 'admin', email: admin.email, administrator: true }
            : { id: organization, type: 'system' },
        ...happening,
        '@version': '1',
      };
      events.push(event);
      times.push(at);
      forget(at);
      return event;
    },
    query(query = {}) {
      const { skip = 0, limit = Infinity } = query;
      const page: InsightsEvent[] = [];
      if (limit <= 0) return page;
      let seen = 0;
      for (const event of selected(query)) {
        seen += 1;
        if (seen > skip) page.push(event);
        if (page.length >= limit) break;
      }
      return page;
    },
    count(query = {}) {
      let count = 0;
      for (const _ of selected(query)) count += 1;
      return count;
    },
    positionOf: ({ timestamp, id }) => [Date.parse(timestamp), id],
    dropped: () => dropped,
  };
}
