import type { Verdict } from '../reports/record/index.ts';

/** What the process answers; documented in the README and relied on by scripts. */
export const EXIT = {
  conforms: 0,
  fails: 1,
  usage: 2,
  nothingJudged: 3,
  ownError: 4,
  interrupted: 130,
} as const;

/** What ends a run, apart from its verdicts. */
export interface Ending {
  readonly interrupted: boolean;
  /** Set when the target stopped answering. */
  readonly lost: boolean;
  /** Warnings count as failures. */
  readonly strict: boolean;
  /** What is wrong with the baseline of known deviations. */
  readonly baseline: readonly string[];
}

/** The exit code of a run. */
export function exitCodeOf(verdicts: readonly Verdict[], { interrupted, lost, strict, baseline }: Ending): number {
  const some = (test: (verdict: Verdict) => boolean) =>
    verdicts.some(verdict => verdict.scored !== false && test(verdict));
  if (interrupted) return EXIT.interrupted;
  if (some(({ outcome }) => outcome === 'error')) return EXIT.ownError;
  if (lost || !some(({ outcome }) => outcome === 'pass' || outcome === 'fail' || outcome === 'observed')) {
    return EXIT.nothingJudged;
  }
  const red = some(
    ({ outcome, severity, known }) =>
      known === undefined &&
      (outcome === 'inconclusive' ||
        (outcome === 'fail' && (severity === 'failure' || (strict && severity === 'warning')))),
  );
  return red || baseline.length > 0 ? EXIT.fails : EXIT.conforms;
}
