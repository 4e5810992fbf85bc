import { checks, isInvariant, type Check } from '../conformance/index.ts';
import type { Verdict } from '../reports/record/index.ts';
import { conform, type ConformOptions } from './conform.ts';
import type { TargetSettings } from './target.ts';

/** A target that is there already, or one that is started before the suite and stopped after it. */
export type SuiteTarget =
  TargetSettings | (() => Promise<{ readonly target: TargetSettings; readonly stop: () => Promise<void> }>);

/** A verdict as an assertion error: runners show `expected` and `actual` side by side. */
class VerdictError extends Error {
  readonly expected: string;
  readonly actual: string;
  readonly showDiff = true;
  constructor({ check, case: instance, clause, level, expected, actual, reason, blockedBy, exchanges }: Verdict) {
    const blocked = blockedBy === '' ? '' : `blocked by ${blockedBy}: `;
    const what = expected === '' ? blocked + reason : `expected ${expected}, got ${actual}`;
    super(`${check}${instance && `/${instance}`} (${clause}, ${level}): ${what} [${exchanges.join(', ')}]`);
    this.name = 'VerdictError';
    this.expected = expected;
    this.actual = actual;
  }
}

/**
 * Registers the conformance suite as tests of the mocha run that calls it (`describe`, `it`, `before` are mocha's own): one
 * test for each check. Warnings and observations do not fail; what does not apply is skipped with its reason in the title.
 */
export function conformance(target: SuiteTarget, options: ConformOptions = {}): void {
  describe('SCIM conformance', function () {
    this.timeout(120_000);
    const verdicts = new Map<string, Verdict[]>();
    before('runs every check', async () => {
      const started = typeof target === 'function' ? await target() : { target, stop: async () => undefined };
      try {
        const { run } = await conform(started.target, options);
        for (const verdict of run.verdicts)
          verdicts.set(verdict.check, [...(verdicts.get(verdict.check) ?? []), verdict]);
      } finally {
        await started.stop();
      }
    });
    for (const check of checks.filter(judgesServer)) {
      it(`${check.id}: ${check.title}`, function () {
        const all = verdicts.get(check.id) ?? [];
        const red = all.find(isRed);
        if (red) throw new VerdictError(red);
        if (all.every(({ outcome }) => outcome === 'not-applicable')) this.skip();
      });
    }
  });
}

const isRed = ({ outcome, severity }: Verdict): boolean =>
  outcome === 'error' || outcome === 'inconclusive' || (outcome === 'fail' && severity === 'failure');

const judgesServer = (check: Check): boolean => !isInvariant(check) || check.judges === 'server';
