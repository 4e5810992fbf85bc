import { Refusal } from './error.ts';

/** What one evaluation may use. */
export interface Budget {
  /** One node evaluated, or one element looked at. */
  readonly step: (count?: number) => void;
  /** Characters or elements that are gone through, {@link SEEN_AT_ONCE} to a step. */
  readonly look: (length: number) => void;
  /** Elements of lists and maps that come into being. */
  readonly elements: (count: number) => void;
  /** Characters of text that come into being. */
  readonly characters: (count: number) => void;
  /** Goes one level into a value. */
  readonly into: <T>(look: () => T) => T;
}

/** Limits of one evaluation. Elements are limited as in the language's own implementation. */
const LIMITS = { steps: 2_000_000, elements: 1_000_000, characters: 8_000_000 } as const;

/** Going through so many characters costs about as much as evaluating a node. */
const SEEN_AT_ONCE = 64;

/** So deep may lists and maps stand in each other. */
export const MOST_DEPTH = 500;

type Used = Record<keyof typeof LIMITS, number>;

/** A budget not used yet; it throws a {@link Refusal} of code `budget` when it is used up. */
export function createBudget(): Budget {
  const used: Used = { steps: 0, elements: 0, characters: 0 };
  let depth = 0;
  return {
    step(count = 1) {
      use(used, 'steps', count);
    },
    look(length) {
      use(used, 'steps', Math.floor(length / SEEN_AT_ONCE));
    },
    elements(count) {
      use(used, 'elements', count);
    },
    characters(count) {
      use(used, 'characters', count);
    },
    into(look) {
      if (depth >= MOST_DEPTH) throw new Refusal(`a value nests deeper than ${MOST_DEPTH} levels`, 'budget');
      depth++;
      const seen = look();
      depth--;
      return seen;
    },
  };
}

function use(used: Used, what: keyof Used, count: number): void {
  used[what] += count;
  if (used[what] > LIMITS[what]) throw new Refusal(`the expression needs more than ${LIMITS[what]} ${what}`, 'budget');
}
