import { createRequire } from 'node:module';
import type * as Re2 from 're2js';
import type { Budget } from './budget.ts';
import { Refusal } from './error.ts';

/** A regular expression in the syntax of RE2, which Go has: it is matched in time linear in the text. */
export interface RegularExpression {
  /** Whether it matches anywhere in the text. */
  readonly test: (text: string, budget: Budget) => boolean;
}

// Few expressions match anything, and the tables of the library take a while to load.
const load = (): typeof Re2 => createRequire(import.meta.url)('re2js');

/** Steps are counted for so many states times characters. */
const STATES_A_STEP = 20;
const STEPS_TO_COMPILE = 4;

/**
 * Compiles a pattern.
 * @throws Refusal of code `syntax` for what RE2 does not have, such as look-around and back-references
 */
export function compileRegularExpression(pattern: string, budget?: Budget): RegularExpression {
  const size = sizeOf(pattern);
  budget?.step(size * STEPS_TO_COMPILE);
  const { RE2JS } = load();
  try {
    const compiled = RE2JS.compile(pattern);
    return {
      test(text, spent) {
        spent.step(Math.ceil((text.length * size) / STATES_A_STEP));
        return compiled.matcher(text).find();
      },
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace('error parsing regexp: ', '') : String(error);
    throw new Refusal(`the regular expression cannot be read: ${reason}`, 'syntax');
  }
}

/** Counted repeats are written out when compiled; RE2 allows no more than a thousand in all. */
function sizeOf(pattern: string): number {
  const counts = Array.from(pattern.matchAll(/\{(\d+),?(\d*)\}/g), ([, least, most]) =>
    Math.max(1, Number(least), Number(most)),
  );
  return (
    (pattern.length + 1) *
    Math.min(
      1_000,
      counts.reduce((product, count) => product * count, 1),
    )
  );
}
