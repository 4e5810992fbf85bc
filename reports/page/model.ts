import type { Exchange, StepEvent } from '../record/index.ts';
import { causesOf, type Cause } from '../writers/cause.ts';
import { kindOf, kinds, type Kind, type KindText } from '../writers/kind.ts';
import type { Report, ReportVerdict } from '../writers/report.ts';

/** A verdict as the table shows it. */
export interface Row {
  /** Unique in the page, and stable: check and case. */
  readonly key: string;
  readonly verdict: ReportVerdict;
  readonly text: KindText;
  /** What the search looks through, in lower case. */
  readonly haystack: string;
}

/** What failed together, with what it weighs. */
export interface RankedCause extends Cause {
  readonly text: KindText;
}

/** The steps of one scenario with its verdicts. */
export interface Story {
  readonly scenario: string;
  readonly steps: readonly { readonly step: Omit<StepEvent, 'kind'>; readonly exchanges: readonly string[] }[];
  readonly rows: readonly Row[];
}

/** A report with the look-ups its views need. */
export interface Model {
  readonly report: Report;
  readonly exchanges: ReadonlyMap<string, Exchange>;
  /** Those that need attention first, otherwise in the order of the run. */
  readonly rows: readonly Row[];
  readonly causes: readonly RankedCause[];
  readonly stories: readonly Story[];
}

/** What the reader asked to see; an empty set of kinds means all. */
export interface Filter {
  readonly kinds: ReadonlySet<Kind>;
  readonly query: string;
  readonly cause: Cause | undefined;
}

export const noFilter: Filter = { kinds: new Set(), query: '', cause: undefined };

export function modelOf(report: Report): Model {
  const exchanges = new Map(report.exchanges.map(exchange => [exchange.id, exchange]));
  const all = report.verdicts.map(rowOf);
  const rows = kinds.flatMap(({ kind }) => all.filter(({ text }) => text.kind === kind));
  const evidence = { verdicts: report.verdicts, exchanges };
  const causes = kinds
    .filter(({ kind }) => kind === 'failure' || kind === 'warning')
    .flatMap(text => {
      const failed = report.verdicts.filter(verdict => kindOf(verdict) === text.kind);
      return causesOf(failed, evidence).map(cause => Object.assign({ text }, cause));
    });
  return { report, exchanges, rows, causes, stories: storiesOf(report, rows) };
}

function rowOf(verdict: ReportVerdict, index: number): Row {
  const text = kinds.find(({ kind }) => kind === kindOf(verdict)) ?? kinds[0];
  if (!text) throw new Error('there are no kinds of verdict');
  const { check, case: instance, title, clause, also, level, outcome, severity, expected, actual, reason } = verdict;
  const said = [check, instance, title, clause, ...also, level, outcome, severity, expected, actual, reason];
  return { key: `v${index}`, verdict, text, haystack: said.join('\n').toLowerCase() };
}

function storiesOf(report: Report, rows: readonly Row[]): Story[] {
  const byScope = groupBy(report.exchanges, ({ scope }) => scope);
  return [...groupBy(report.steps, ({ scenario }) => scenario)].map(([scenario, steps]) => ({
    scenario,
    steps: steps.map(step => ({ step, exchanges: (byScope.get(step.scope) ?? []).map(({ id }) => id) })),
    rows: rows.filter(({ verdict }) => verdict.check.startsWith(`${scenario}:`)),
  }));
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/** The rows a filter lets through. Each word of the query has to occur. */
export function matching(rows: readonly Row[], { kinds, query, cause }: Filter): readonly Row[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const ofCause = cause && new Set([...cause.verdicts, ...cause.blocked]);
  return rows.filter(
    ({ verdict, text, haystack }) =>
      (kinds.size === 0 || kinds.has(text.kind)) &&
      (ofCause === undefined || ofCause.has(verdict)) &&
      words.every(word => haystack.includes(word)),
  );
}

/** The verdict of a check that stands in the way of others: its first failed case, or its first. */
export const rowOfCheck = (rows: readonly Row[], check: string): Row | undefined =>
  rows.find(({ verdict }) => verdict.check === check);
