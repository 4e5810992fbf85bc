/** Chance that is the same for the same seed. */
export interface Random {
  /** From 0 up to, but without, 1. */
  next(): number;
  /** A whole number from 0 up to, but without, the limit. */
  below(limit: number): number;
  /** True with a probability. */
  chance(probability: number): boolean;
  pick<T>(values: readonly T[]): T;
  /** Picks by weight. */
  weighted<T>(values: readonly (readonly [number, T])[]): T;
  /** Some values, in their order. */
  some<T>(values: readonly T[], probability: number): T[];
}

/** The generator mulberry32: 32 bits of state, far more than enough to vary requests. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const chance = (probability: number): boolean => next() < probability;
  const at = <T>(values: readonly T[], index: number): T => {
    if (index >= values.length) throw new RangeError('there is nothing to pick from');
    return values[index] as T;
  };
  return {
    next,
    below,
    chance,
    pick: values => at(values, below(values.length)),
    weighted(values) {
      let rest = next() * values.reduce((sum, [weight]) => sum + weight, 0);
      const index = values.findIndex(([weight]) => (rest -= weight) < 0);
      return at(values, Math.max(index, 0))[1];
    },
    some: (values, probability) => values.filter(() => chance(probability)),
  };
}
