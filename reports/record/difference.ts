import type { Run } from './fold.ts';
import type { Verdict } from './verdict.ts';

/** A verdict that is not the same in two runs. */
export interface Changed {
  /** Check and case. */
  readonly key: string;
  readonly before?: Verdict;
  readonly after?: Verdict;
}

/** What became of the verdicts of one run in another. */
export interface Difference {
  /** Failed now, or worse than before. */
  readonly worse: readonly Changed[];
  readonly better: readonly Changed[];
  /** Judged now and not before. */
  readonly added: readonly Changed[];
  /** Judged before and not now. */
  readonly gone: readonly Changed[];
  /** As bad as before, with other evidence. */
  readonly other: readonly Changed[];
}

/** From good to bad: how much a verdict speaks against the target. */
function weightOf({ outcome, severity, known }: Verdict): number {
  if (outcome === 'pass' || outcome === 'observed' || outcome === 'not-applicable') return 0;
  if (known) return 1;
  if (outcome === 'inconclusive') return 3;
  if (outcome === 'error') return 5;
  return { none: 1, observation: 1, warning: 2, failure: 4 }[severity];
}

/** Text without what differs from run to run: ids, marks, times, numbers. */
const steady = (text: string): string => text.replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\S*\d\S*/gi, '#');

/** Two runs compared by check and case. */
export function difference(before: Run, after: Run): Difference {
  const olds = byKey(before.verdicts);
  const news = byKey(after.verdicts);
  const pairs = [...olds].flatMap(([key, old]) => {
    const now = news.get(key);
    return now ? [{ key, before: old, after: now }] : [];
  });
  const turned = (sign: number) =>
    pairs.filter(pair => Math.sign(weightOf(pair.after) - weightOf(pair.before)) === sign);
  return {
    worse: turned(1),
    better: turned(-1),
    added: [...news].filter(([key]) => !olds.has(key)).map(([key, now]) => ({ key, after: now })),
    gone: [...olds].filter(([key]) => !news.has(key)).map(([key, old]) => ({ key, before: old })),
    other: turned(0).filter(
      ({ before: old, after: now }) => old.outcome !== now.outcome || steady(old.actual) !== steady(now.actual),
    ),
  };
}

const byKey = (verdicts: readonly Verdict[]): ReadonlyMap<string, Verdict> =>
  new Map(
    verdicts.map(verdict => [verdict.case === '' ? verdict.check : `${verdict.check} [${verdict.case}]`, verdict]),
  );
