import { createHash } from 'node:crypto';

/**
 * A source of ids as JumpCloud has them (jumpcloud.md 3.1): 24 hex digits, made of a second, ten digits drawn from the
 * seed, and a counter. Two sources of one seed give the same ids.
 * @param seed anything that tells this source from others, as text
 * @param at milliseconds since the epoch
 */
export function idSource(seed: string, at: number): () => string {
  const idAt = idTable(seed, at);
  let count = 0;
  return () => idAt(++count);
}

/** The ids of such a source by their number, the first one 1. */
export function idTable(seed: string, at: number): (number: number) => string {
  const second = Math.floor(at / 1000);
  const drawn = createHash('sha256').update(seed).digest('hex').slice(0, 10);
  return number => hex(second, 8) + drawn + hex(number, 6);
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0').slice(-digits);
