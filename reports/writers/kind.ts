import type { FooterEvent, Verdict } from '../record/index.ts';

/** What a verdict means to a reader: its outcome, where a failed one counts by what it weighs. */
export type Kind =
  'failure' | 'error' | 'inconclusive' | 'warning' | 'known' | 'noted' | 'observed' | 'pass' | 'not-applicable';

/** How reports speak of a kind; `mark` and `word` say it without colour. */
export interface KindText {
  readonly kind: Kind;
  readonly mark: string;
  /** In front of one verdict. */
  readonly word: string;
  /** After the number one, and after any other. */
  readonly one: string;
  readonly many: string;
}

/** All kinds, those that need somebody's attention first. */
export const kinds: readonly KindText[] = [
  { kind: 'failure', mark: '✕', word: 'FAIL', one: 'failure', many: 'failures' },
  { kind: 'error', mark: '!', word: 'ERROR', one: 'tool error', many: 'tool errors' },
  { kind: 'inconclusive', mark: '?', word: 'OPEN', one: 'inconclusive', many: 'inconclusive' },
  { kind: 'warning', mark: '▲', word: 'WARN', one: 'warning', many: 'warnings' },
  { kind: 'known', mark: '◇', word: 'KNOWN', one: 'known deviation', many: 'known deviations' },
  { kind: 'noted', mark: '△', word: 'NOTE', one: 'noted', many: 'noted' },
  { kind: 'observed', mark: '○', word: 'SEEN', one: 'observed', many: 'observed' },
  { kind: 'pass', mark: '✓', word: 'PASS', one: 'passed', many: 'passed' },
  { kind: 'not-applicable', mark: '–', word: 'N/A', one: 'not applicable', many: 'not applicable' },
];

export function kindOf(verdict: Pick<Verdict, 'outcome' | 'severity' | 'scored' | 'known'>): Kind {
  const { outcome, severity, scored, known } = verdict;
  if (known && (outcome === 'fail' || outcome === 'inconclusive')) return 'known';
  if (scored === false && (outcome === 'fail' || outcome === 'inconclusive' || outcome === 'error')) return 'noted';
  if (outcome !== 'fail') return outcome;
  return severity === 'failure' || severity === 'warning' ? severity : 'noted';
}

/** A number with its noun: `1 failure`, `1,200 passed`. */
export const countOf = ({ one, many }: Pick<KindText, 'one' | 'many'>, count: number): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;

/** The kinds that occur, with their verdicts, in the order of {@link kinds}. */
export const byKind = (
  verdicts: readonly Verdict[],
): readonly (readonly [text: KindText, verdicts: readonly Verdict[]])[] =>
  kinds
    .map(text => [text, verdicts.filter(verdict => kindOf(verdict) === text.kind)] as const)
    .filter(([, verdicts]) => verdicts.length > 0);

const endings: Readonly<Record<number, string>> = {
  0: 'Passed',
  1: 'Not passed',
  3: 'Not judged',
  4: 'Tool error',
  130: 'Interrupted',
};

/** How the run ended, in two words; `Cut off` when the record stops before its end. */
export const conclusion = (footer: Pick<FooterEvent, 'exitCode'> | undefined): string =>
  footer === undefined ? 'Cut off' : (endings[footer.exitCode] ?? `Ended with ${footer.exitCode}`);
