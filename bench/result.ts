import { columns } from './columns.ts';
import type { Sample } from './measure.ts';

/** What came out for one column of one server. */
export interface Cell {
  readonly column: string;
  readonly title: string;
  readonly server: string;
  readonly size: number;
  /** Milliseconds of server CPU for each request: median of the rounds. */
  readonly cpu: number;
  readonly perSecond: number;
  /** Median of what each round cost, as a multiple of what the floor cost in the same round. */
  readonly floors: number;
  /** The same as a multiple of the smallest number of users. */
  readonly growth: number;
}

/** A bar of the bridge and what was measured against it. */
export interface Judgement {
  readonly what: string;
  readonly value: number;
  readonly bar: number;
  readonly isOver: boolean;
}

/** Most that a request may cost with many users, as a multiple of what it costs with few. */
const GROWTH_BAR = 1.25;

/** The middle of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = low] = sorted.length % 2 === 1 ? [sorted[middle]] : sorted.slice(middle - 1);
  return (low + high) / 2;
}

/** Folds the samples of all rounds. Ratios are taken within a round, where both sides had the same machine. */
export function fold(samples: readonly Sample[]): readonly Cell[] {
  const smallest = Math.min(...samples.filter(({ size }) => size > 0).map(({ size }) => size));
  return columns.flatMap(({ id, title }) => {
    const own = samples.filter(({ column }) => column === id);
    const keys = new Set(own.map(({ server, size }) => `${server} ${size}`));
    return [...keys].map(key => {
      const rounds = own.filter(({ server, size }) => `${server} ${size}` === key);
      const [{ server, size } = { server: '', size: 0 }] = rounds;
      const ratio = (other: string, users: number): number =>
        median(
          rounds.map(({ round, cpu }) => {
            const beside = own.find(one => one.round === round && one.server === other && one.size === users);
            return cpu / (beside?.cpu ?? Number.NaN);
          }),
        );
      return {
        column: id,
        title,
        server,
        size,
        cpu: median(rounds.map(({ cpu }) => cpu)),
        perSecond: median(rounds.map(({ perSecond }) => perSecond)),
        floors: ratio('floor', 0),
        growth: size === 0 ? 1 : ratio(server, smallest),
      };
    });
  });
}

/** The bridge against its bars. */
export function judge(cells: readonly Cell[]): readonly Judgement[] {
  const smallest = Math.min(...cells.filter(({ size }) => size > 0).map(({ size }) => size));
  return cells
    .filter(({ server }) => server === 'bridge')
    .map(({ column, title, size, floors, growth }) => {
      const isFirst = size === smallest;
      const bar = isFirst ? (columns.find(({ id }) => id === column)?.bar ?? 0) : GROWTH_BAR;
      const value = isFirst ? floors : growth;
      const what = isFirst ? `${title}, times the floor` : `${title}, ${size} users against ${smallest}`;
      return { what, value, bar, isOver: value > bar };
    });
}

/** Lays rows out in columns; the first is text, the others are flush right. */
export function layOut(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map(row => row[index]?.length ?? 0)));
  return rows
    .map(row =>
      row
        .map((cell, index) => (index === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[index] ?? 0)))
        .join('  '),
    )
    .map(line => `${line.trimEnd()}\n`)
    .join('');
}

/** The results as text: what each server costs, then the bars. */
export function render(cells: readonly Cell[], judgements: readonly Judgement[]): string {
  const lanes = [...new Map(cells.map(({ server, size }) => [`${server} ${size}`, { server, size }])).values()];
  const table = (title: string, show: (cell: Cell) => string): string =>
    layOut([
      [title, ...columns.map(column => column.title)],
      ...lanes.map(({ server, size }) =>
        [size === 0 ? server : `${server}, ${size} users`].concat(
          columns.map(({ id }) => {
            const cell = cells.find(one => one.column === id && one.server === server && one.size === size);
            return cell ? show(cell) : '-';
          }),
        ),
      ),
    ]);
  return [
    table('server CPU, ms a request', ({ cpu }) => cpu.toFixed(3)),
    table('times the floor', ({ floors }) => floors.toFixed(2)),
    table('requests a second', ({ perSecond }) => perSecond.toFixed(0)),
    layOut([
      ['bars of the bridge', 'measured', 'bar', ''],
      ...judgements.map(({ what, value, bar, isOver }) => [
        what,
        value.toFixed(2),
        String(bar),
        isOver ? 'OVER' : 'ok',
      ]),
    ]),
  ].join('\n');
}
