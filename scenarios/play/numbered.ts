import { isSentAtOnce } from '../at-once.ts';
import type { Scenario } from '../scenario.ts';
import { sync, type Step } from '../step.ts';

/** A step at its place in a story. */
export interface Numbered {
  readonly step: Step;
  /** From 1; a sync that follows a step by itself has the number of that step. */
  readonly n: number;
  /** Last part of the name of its scope. */
  readonly part: string;
}

/** The steps with the look at the end as the last of them, where there is one. */
export function stepsOf({ steps, expect, atOnce }: Scenario): readonly Numbered[] {
  const begun = atOnce ? steps.findIndex(({ verb }) => verb === 'activate') : -1;
  const numbered = steps.flatMap((step, index): readonly Numbered[] => {
    const n = index + 1;
    const at = String(n).padStart(2, '0');
    const own = { step, n, part: `${at}-${step.verb}` };
    if (begun < 0 || index < begun || !isSentAtOnce(step)) return [own];
    return [own, { step: { ...sync(), ...(step.attempt && { attempt: true }) }, n, part: `${at}-sync` }];
  });
  const end: Step = { verb: 'expect', expectations: expect };
  return expect.length > 0 ? [...numbered, { step: end, n: steps.length + 1, part: 'expect' }] : numbered;
}
