import type { Exchange } from '../record/index.ts';
import { causesOf, type Cause } from '../writers/cause.ts';
import { kindOf, kinds, type KindText } from '../writers/kind.ts';
import type { Report, ReportExchange, ReportStep, ReportVerdict } from '../writers/report.ts';
import { nameOf } from '../writers/verdict-words.ts';
import { statusClass } from '../writers/wire-count.ts';
import type { Place } from './place.ts';
import { providers, worksWith, type WorksWith } from './works-with.ts';

/** A verdict as lists show it. */
export interface Row {
  /** Unique in the page and the same in every run: check and case. */
  readonly key: string;
  readonly verdict: ReportVerdict;
  readonly text: KindText;
  /** What the search looks through, in lower case. */
  readonly haystack: string;
}

/** What failed together, with what it weighs. */
export interface RankedCause extends Cause {
  /** The check that stands for it in the address. */
  readonly key: string;
  readonly text: KindText;
}

/** The steps of one scenario with its verdicts. */
export interface Story {
  readonly scenario: string;
  readonly steps: readonly { readonly step: ReportStep; readonly exchanges: readonly string[] }[];
  readonly rows: readonly Row[];
}

/** A report with the look-ups its views need. */
export interface Model {
  readonly report: Report;
  readonly exchanges: ReadonlyMap<string, Exchange>;
  /** Those that need attention first, otherwise in the order of the run. */
  readonly rows: readonly Row[];
  readonly byKey: ReadonlyMap<string, Row>;
  readonly causes: readonly RankedCause[];
  readonly stories: readonly Story[];
  readonly worksWith: readonly WorksWith[];
  /** Deviations from clauses that can be read in more than one way. */
  readonly disputed: readonly Row[];
}

export function modelOf(report: Report): Model {
  const exchanges = new Map(report.exchanges.map(exchange => [exchange.id, exchange]));
  const all = rowsOf(report.verdicts);
  const rows = kinds.flatMap(({ kind }) => all.filter(({ text }) => text.kind === kind));
  const evidence = { verdicts: report.verdicts, exchanges };
  const causes = kinds
    .filter(({ kind }) => kind === 'failure' || kind === 'warning')
    .flatMap(text => {
      const failed = report.verdicts.filter(verdict => kindOf(verdict) === text.kind);
      return causesOf(failed, evidence).map(cause =>
        Object.assign({ text, key: cause.verdicts[0]?.check ?? '' }, cause),
      );
    });
  return {
    report,
    exchanges,
    rows,
    byKey: new Map(rows.map(row => [row.key, row])),
    causes,
    stories: storiesOf(report, rows),
    worksWith: providers.map(provider => worksWith(provider, report)),
    disputed: rows.filter(({ verdict }) => isDisputed(report, verdict)),
  };
}

function rowsOf(verdicts: readonly ReportVerdict[]): readonly Row[] {
  const seen = new Map<string, number>();
  return verdicts.map(verdict => {
    const text = kinds.find(({ kind }) => kind === kindOf(verdict)) ?? kinds[0];
    if (!text) throw new Error('there are no kinds of verdict');
    const name = nameOf(verdict);
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    const { title, clause, also, level, outcome, severity, expected, actual, reason, known } = verdict;
    const said = [name, title, clause, ...also, level, outcome, severity, expected, actual, reason, known?.reason];
    return {
      key: before === 0 ? name : `${name} ~${before + 1}`,
      verdict,
      text,
      haystack: said.join('\n').toLowerCase(),
    };
  });
}

/** Whether the target did something else than expected, or anything at all, where the text leaves room. */
function isDisputed({ clauses }: Report, { clause, level, outcome, expected }: ReportVerdict): boolean {
  if (outcome !== 'fail' && outcome !== 'observed') return false;
  return level === 'UNDEFINED' || (clauses[clause]?.softened !== undefined && expected !== '');
}

function storiesOf(report: Report, rows: readonly Row[]): Story[] {
  const byScope = groupBy(report.exchanges, ({ scope }) => scope);
  const byScenario = groupBy(rows, ({ verdict }) => verdict.check.replace(/:[^:]*$/, ''));
  return [...groupBy(report.steps, ({ scenario }) => scenario)].map(([scenario, steps]) => ({
    scenario,
    steps: steps.map(step => ({ step, exchanges: (byScope.get(step.scope) ?? []).map(({ id }) => id) })),
    rows: (byScenario.get(scenario) ?? []).filter(({ verdict }) => verdict.check.startsWith(`${scenario}:`)),
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

const wordsOf = (query: string): readonly string[] => query.toLowerCase().split(/\s+/).filter(Boolean);

/** The rows that a place lets through. Each word of the query has to occur. */
export function matching(model: Model, { kinds, query, only }: Place): readonly Row[] {
  const words = wordsOf(query);
  const chosen = chosenBy(model, only);
  return model.rows.filter(
    ({ verdict, text, haystack }) =>
      (kinds.size === 0 || kinds.has(text.kind)) &&
      (chosen === undefined || chosen.verdicts.has(verdict)) &&
      words.every(word => haystack.includes(word)),
  );
}

/** What the one further filter of a place stands for, in words and as verdicts; undefined for none. */
export function chosenBy(
  { causes, worksWith, disputed }: Model,
  only: string,
): { readonly words: string; readonly verdicts: ReadonlySet<unknown> } | undefined {
  if (only === 'disputed') {
    return { words: 'disputed clauses', verdicts: new Set(disputed.map(({ verdict }) => verdict)) };
  }
  const cause = causes.find(({ key }) => only === `cause:${key}`);
  if (cause)
    return { words: `what this breaks: ${cause.title}`, verdicts: new Set([...cause.verdicts, ...cause.blocked]) };
  const works = worksWith.find(({ provider }) => only === `idp:${provider.id}`);
  return works && { words: `what ${works.provider.name} counts on`, verdicts: new Set(works.points) };
}

/** The exchanges that a place lets through. */
export function matchingExchanges({ report }: Model, { query, statuses }: Place): readonly ReportExchange[] {
  const words = wordsOf(query);
  return report.exchanges.filter(({ id, request, response }) => {
    if (statuses.size > 0 && !statuses.has(statusClass(response.status))) return false;
    if (words.length === 0) return true;
    const said =
      `${request.method} ${request.path} ${response.status ?? ''} ${response.failure?.code ?? ''} ${id}`.toLowerCase();
    return words.every(word => said.includes(word));
  });
}

/** The verdict of a check that stands in the way of others: its first failed case, or its first. */
export const rowOfCheck = (rows: readonly Row[], check: string): Row | undefined =>
  rows.find(({ verdict }) => verdict.check === check);
