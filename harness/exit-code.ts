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

/** The lightest deviation that turns a run red. With `never` a run that judged something is green. */
export type FailOn = 'failure' | 'warning' | 'never';

/** What ends a run, apart from its verdicts. */
export interface Ending {
  readonly interrupted: boolean;
  /** Set when the target stopped answering. */
  readonly lost: boolean;
  readonly failOn: FailOn;
  /** What is wrong with the baseline of known deviations. */
  readonly baseline: readonly string[];
}

/** The exit code of a run. */
export function exitCodeOf(verdicts: readonly Verdict[], { interrupted, lost, failOn, baseline }: Ending): number {
  const some = (test: (verdict: Verdict) => boolean) =>
    verdicts.some(verdict => verdict.scored !== false && test(verdict));
  if (interrupted) return EXIT.interrupted;
  if (some(({ outcome }) => outcome === 'error')) return EXIT.ownError;
  if (lost || !some(({ outcome }) => outcome === 'pass' || outcome === 'fail' || outcome === 'observed')) {
    return EXIT.nothingJudged;
  }
  if (failOn === 'never') return EXIT.conforms;
  const red = some(
    ({ outcome, severity, known }) =>
      known === undefined &&
      (outcome === 'inconclusive' ||
        (outcome === 'fail' && (severity === 'failure' || (failOn === 'warning' && severity === 'warning')))),
  );
  return red || baseline.length > 0 ? EXIT.fails : EXIT.conforms;
}
