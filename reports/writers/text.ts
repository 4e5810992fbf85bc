import type { Run, Verdict } from '../record/index.ts';
import { causesOf, type Cause } from './cause.ts';
import { byKind, conclusion, countOf, kindOf, kinds, type Kind } from './kind.ts';
import { leftBehind, toReport } from './report.ts';
import { labelled, paintFor, plain, plainValue, wrap, type Paint } from './terminal-text.ts';
import { factsOf, nameOf } from './verdict-words.ts';
import { countWire } from './wire-count.ts';
import type { Writer } from './writer.ts';

/** How the terminal summary is to look. */
export interface TextOptions {
  readonly color: boolean;
  /** Columns; 100 unless told, at least 60, at most 160. */
  readonly width?: number;
  /** Lists what was observed, not only how much. */
  readonly observed?: boolean;
  /** Paths of the scripts that show a failure or a warning again. */
  readonly scripts?: ReadonlyMap<Verdict, string>;
}

/** Verdicts of one cause that are shown with their evidence; further ones are named. */
const SHOWN_PER_CAUSE = 5;

interface Page {
  readonly run: Run;
  readonly paint: Paint;
  readonly width: number;
  readonly scripts: ReadonlyMap<Verdict, string>;
}

/** The summary for a terminal: how the run ended, and what failed by cause with its evidence. */
export function renderText(run: Run, options: TextOptions): string {
  const page: Page = {
    run,
    paint: paintFor(options.color),
    width: Math.min(160, Math.max(60, options.width ?? 100)),
    scripts: options.scripts ?? new Map(),
  };
  const of = (kind: Kind): readonly Verdict[] => run.verdicts.filter(verdict => kindOf(verdict) === kind);
  const sections = [
    title(page),
    askedFirst(page),
    notes(page, 'About this run', run.header.notes),
    wire(page),
    counts(page),
    byCause(page, 'Failures', 'failure', of('failure')),
    plainList(page, 'Errors of the tool, not of the target', 'error', of('error')),
    blocked(page, of('inconclusive')),
    byCause(page, 'Warnings', 'warning', of('warning')),
    knownList(page, of('known')),
    notes(page, 'The baseline is out of date', run.footer?.baseline ?? []),
    plainList(page, 'Deviations without weight in this profile', 'noted', of('noted').filter(isScored)),
    plainList(page, 'Newer than the requirements asked for, not scored', 'noted', of('noted').filter(isUnscored)),
    options.observed === true ? plainList(page, 'Observed', 'observed', of('observed')) : [],
    notes(page, 'Left behind on the target', leftBehind(toReport(run))),
    notes(page, 'Afterwards', run.footer?.notes ?? []),
    closing(page),
  ];
  return `${sections
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** The terminal summary as a file, without colour. */
export const text = {
  format: 'text',
  extension: 'txt',
  summary: 'the summary for a terminal',
  write: run => renderText(run, { color: false }),
} satisfies Writer;

function title({ run, paint, width }: Page): string[] {
  const { tool, command, target, profile, seed, run: mark, started } = run.header;
  const head = plain(`${tool} ${command}`);
  return [
    paint.strong(head),
    ...labelled('  target   ', plain(target), width),
    ...labelled('  profile  ', plain(profile), width),
    ...labelled('  run      ', plain(`${mark}, seed ${seed}, ${started}`), width),
  ];
}

/** What the profile asks before all else, with the answer. */
function askedFirst({ run, paint, width }: Page): string[] {
  return run.verdicts.flatMap(({ answers, outcome, actual, reason, check }) => {
    if (answers === undefined) return [];
    const answer = outcome === 'pass' ? `No (${check}).` : `${actual || reason} (${check}).`;
    return [...labelled('', plain(answers), width).map(paint.strong), ...labelled('  ', plainValue(answer), width)];
  });
}

function notes({ paint, width }: Page, heading: string, items: readonly string[]): string[] {
  if (items.length === 0) return [];
  return [paint.strong(heading), ...items.flatMap(item => labelled('  ', plainValue(item), width))];
}

function wire({ run, paint, width }: Page): string[] {
  const { total, classes, methods, failures } = countWire(run.exchanges.values());
  const heading = paint.strong('On the wire');
  if (total === 0) return [heading, '  nothing was sent'];
  const names = methods.map(({ method }) => plain(method).slice(0, 20));
  const first = Math.max('method'.length, ...names.map(name => name.length));
  const row = (name: string, cells: readonly (string | number)[]): string =>
    `  ${name.padEnd(first)}${cells.map(cell => String(cell === 0 ? '.' : cell).padStart(8)).join('')}`;
  return [
    heading,
    paint.quiet(row('method', ['sent', ...classes])),
    ...methods.map(({ total, byClass }, index) =>
      row(names[index] ?? '', [total, ...classes.map(name => byClass[name])]),
    ),
    ...(methods.length > 1
      ? [row('all', [total, ...classes.map(name => methods.reduce((sum, { byClass }) => sum + byClass[name], 0))])]
      : []),
    ...(failures.length > 0
      ? labelled('  broken answers: ', failures.map(([code, count]) => `${code} ${count}`).join(', '), width)
      : []),
  ];
}

function counts({ run, paint }: Page): string[] {
  const heading = paint.strong('Verdicts');
  const total = run.verdicts.length;
  if (total === 0) return [heading, '  none'];
  const digits = String(total).length;
  return [
    heading,
    ...byKind(run.verdicts).map(([{ kind, one, many }, verdicts]) => {
      const line = `${String(verdicts.length).padStart(digits + 2)} ${verdicts.length === 1 ? one : many}`;
      return paintKind(paint, kind, line);
    }),
  ];
}

function byCause(page: Page, heading: string, kind: Kind, failed: readonly Verdict[]): string[] {
  if (failed.length === 0) return [];
  const { run, paint } = page;
  const causes = causesOf(failed, run);
  const grouped = causes.length < failed.length ? `, ${countOf({ one: 'cause', many: 'causes' }, causes.length)}` : '';
  const lines = [paint.strong(`${heading} (${failed.length}${grouped})`)];
  for (const cause of causes) lines.push('', ...oneCause(page, kind, cause));
  return lines;
}

function oneCause(page: Page, kind: Kind, { title, verdicts, blocked }: Cause): string[] {
  const { paint, width } = page;
  const reach = [
    ...(verdicts.length > 1 ? [`${verdicts.length} verdicts`] : []),
    ...(blocked.length > 0 ? [`stands in the way of ${blocked.length} more`] : []),
  ].join(', ');
  const rest = verdicts.slice(SHOWN_PER_CAUSE);
  return [
    ...(reach === '' ? [] : labelled('  ', `${plainValue(title)} (${reach})`, width).map(paint.strong)),
    ...verdicts.slice(0, SHOWN_PER_CAUSE).flatMap(verdict => withEvidence(page, kind, verdict)),
    ...(rest.length > 0
      ? labelled(`        and ${rest.length} more: `, plain(rest.map(nameOf).join(', ')), width)
      : []),
  ];
}

function withEvidence({ run, paint, width, scripts }: Page, kind: Kind, verdict: Verdict): string[] {
  const inner = (label: string, value: string): string[] =>
    value === '' ? [] : labelled(`        ${label.padEnd(9)} `, value, width);
  return [
    ...headed(paint, kind, verdict, width),
    ...factsOf(verdict, run).flatMap(([label, value]) =>
      label === 'clause' ? inner(label, plain(value)).map(paint.quiet) : inner(label, plainValue(value)),
    ),
    ...inner('exchange', plain(verdict.exchanges.at(-1) ?? '')),
    ...inner('after', plainValue(verdict.exchanges.slice(0, -1).join(', '))),
    ...inner('script', plain(scripts.get(verdict) ?? '')),
  ];
}

function blocked({ run, paint, width }: Page, verdicts: readonly Verdict[]): string[] {
  const groups = new Map<string, Verdict[]>();
  for (const verdict of verdicts) groups.set(verdict.blockedBy, [...(groups.get(verdict.blockedBy) ?? []), verdict]);
  if (groups.size === 0) return [];
  const lost = run.footer?.lostSince ?? '';
  const blocker = (by: string): string => {
    if (by === '') return 'Not reached';
    if (by !== 'target') return `Blocked by ${by}`;
    return `The target was lost${lost && ` since ${lost}`}`;
  };
  const lines = [paint.strong(`Inconclusive (${verdicts.length})`)];
  for (const [by, group] of groups) {
    const [reason = '', ...others] = new Set(group.map(({ reason }) => reason).filter(Boolean));
    lines.push(...labelled('  ', plain(`${blocker(by)} (${group.length})`), width).map(paint.open));
    if (reason !== '' && others.length === 0) lines.push(...labelled('        ', plainValue(reason), width));
    lines.push(...labelled('        ', plain(group.map(nameOf).join(', ')), width).map(paint.quiet));
  }
  return lines;
}

function plainList({ paint, width }: Page, heading: string, kind: Kind, verdicts: readonly Verdict[]): string[] {
  if (verdicts.length === 0) return [];
  return [
    paint.strong(`${heading} (${verdicts.length})`),
    ...verdicts.flatMap(verdict => {
      const told = [verdict.expected && `expected ${verdict.expected}`, verdict.actual, verdict.reason].filter(Boolean);
      return [
        ...headed(paint, kind, verdict, width),
        ...labelled('        ', plainValue(told.join('; ')), width).filter(line => line.trim() !== ''),
      ];
    }),
  ];
}

function knownList({ paint, width }: Page, verdicts: readonly Verdict[]): string[] {
  if (verdicts.length === 0) return [];
  return [
    paint.strong(`Known deviations, not counted (${verdicts.length})`),
    ...verdicts.flatMap(verdict => {
      const { reason = '', owner = '', expires = '' } = verdict.known ?? {};
      const told = [reason, owner && `owner ${owner}`, expires && `until ${expires}`].filter(Boolean).join('; ');
      return [...headed(paint, 'known', verdict, width), ...labelled('        ', plainValue(told), width)];
    }),
  ];
}

function closing({ run, paint, width }: Page): string[] {
  const { footer, verdicts } = run;
  const told = byKind(verdicts).map(([text, { length }]) => countOf(text, length));
  const ending = conclusion(footer);
  const [first = '', ...rest] = wrap(`${ending}: ${told.join(', ') || 'no verdicts'}.`, width);
  const painted = footer?.exitCode === 0 ? paint.pass(ending) : paint.failure(ending);
  return [paint.strong(painted) + first.slice(ending.length), ...rest];
}

/** `FAIL  create.status [case]  title`, wrapped below the id. */
function headed(paint: Paint, kind: Kind, verdict: Verdict, width: number): string[] {
  const word = (kinds.find(text => text.kind === kind)?.word ?? '').padEnd(5);
  const name = plain(nameOf(verdict));
  const [first = '', ...rest] = wrap(`${name} ${plainValue(verdict.title)}`, width - 8);
  // Colour goes on after wrapping, so it must find the name again: only where it was not broken.
  const colored = first.startsWith(name) ? paint.strong(name) + first.slice(name.length) : first;
  return [`  ${paintKind(paint, kind, word)} ${colored}`, ...rest.map(line => `        ${line}`)];
}

function paintKind(paint: Paint, kind: Kind, line: string): string {
  switch (kind) {
    case 'failure':
    case 'warning':
    case 'error':
    case 'pass':
      return paint[kind](line);
    case 'inconclusive':
      return paint.open(line);
    default:
      return line;
  }
}

const isScored = ({ scored }: Verdict): boolean => scored !== false;
const isUnscored = ({ scored }: Verdict): boolean => scored === false;
