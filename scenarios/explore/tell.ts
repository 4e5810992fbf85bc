import { describeStep } from '../describe.ts';
import { describeExpectation } from '../expectation.ts';
import type { Violation } from './explore.ts';

/** A fault with its shortest history, as lines for a reader. */
export function tell({ clause, title, actual, story, foundIn, after }: Violation): string {
  const { steps, expect, atOnce } = story;
  const lines = steps.map((step, index) => `${String(index + 1).padStart(4)}  ${describeStep(step)}`);
  const expected = expect.map(each => `      expected: ${describeExpectation(each)}`);
  return [
    `${clause}: ${title}`,
    `      found in a history of ${foundIn} steps, ${after} steps into the exploration; ${steps.length} are left${atOnce ? ', each sent as it is made' : ''}:`,
    ...lines,
    ...(expect.length === 1 ? expected : []),
    `      seen: ${actual === '' ? 'otherwise' : actual}`,
    '',
  ].join('\n');
}
