import type { Exchange } from '../record/index.ts';

/** First digit of a status, or `none` where no answer came. */
export const statusClasses = ['1xx', '2xx', '3xx', '4xx', '5xx', 'none'] as const;
export type StatusClass = (typeof statusClasses)[number];

/** What went over the wire, counted. */
export interface WireCount {
  readonly total: number;
  /** Status classes that occur, in order. */
  readonly classes: readonly StatusClass[];
  /** One row a method, in order of first use. */
  readonly methods: readonly {
    readonly method: string;
    readonly total: number;
    readonly byClass: Readonly<Record<StatusClass, number>>;
  }[];
  /** Answers with something wrong below HTTP, by failure code. */
  readonly failures: readonly (readonly [code: string, count: number])[];
}

export const statusClass = (status: number | undefined): StatusClass =>
  statusClasses.find(name => status !== undefined && name.startsWith(String(Math.floor(status / 100)))) ?? 'none';

export function countWire(exchanges: Iterable<Exchange>): WireCount {
  const methods = new Map<string, Record<StatusClass, number>>();
  const failures = new Map<string, number>();
  const seen = new Set<StatusClass>();
  let total = 0;
  for (const { request, response } of exchanges) {
    total += 1;
    const row = methods.get(request.method) ?? { '1xx': 0, '2xx': 0, '3xx': 0, '4xx': 0, '5xx': 0, none: 0 };
    methods.set(request.method, row);
    const name = statusClass(response.status);
    row[name] += 1;
    seen.add(name);
    const code = response.failure?.code;
    if (code !== undefined) failures.set(code, (failures.get(code) ?? 0) + 1);
  }
  return {
    total,
    classes: statusClasses.filter(name => seen.has(name)),
    methods: [...methods].map(([method, byClass]) => ({
      method,
      total: Object.values(byClass).reduce((sum, count) => sum + count, 0),
      byClass,
    })),
    failures: [...failures],
  };
}
