import type { Randomizer } from '@faker-js/faker';

/**
 * Random numbers for faker that cost nothing to seed: everybody has a seed of their own, so that nobody depends on how
 * many people there are, and faker's own generator takes longer to seed than a person takes to make.
 */
export function createRandomizer(): Randomizer {
  let state = 0;
  return {
    seed(seed) {
      state = [seed].flat().reduce((mixed, part) => mix(mixed ^ part), 0);
    },
    next() {
      state = (state + STEP) | 0;
      return mix(state) / 2 ** 32;
    },
  };
}

/** Odd, so that all states are gone through; 2 ** 32 divided by the golden ratio. */
const STEP = 0x9e3779b9;

/** The finalizer of Murmur3: one bit more or less in the number changes half of those of the result. Answers 32 bits. */
export function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
