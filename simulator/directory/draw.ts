import { createHash } from 'node:crypto';
import { randomizer } from './locales.ts';
import { SHARES, type Share } from './profile.ts';

/**
 * How the randomness of an organisation comes from its seed: each person has a seed of their own, so that nobody depends
 * on how many people there are.
 */
export interface Draws {
  /** What is drawn from any faker from now on is about this person. */
  readonly begin: (index: number, purpose: 'name' | 'place' | 'details') => void;
  /** Whether a person is unusual in a way: evenly spread, so that a small organisation has its share too. */
  readonly is: (index: number, way: Share) => boolean;
  /** The same for anything that has a name: numbers from 0 to below 1 that are spread evenly over the people. */
  readonly spread: (index: number, name: string) => number;
}

/** @param seed any safe integer */
export function createDraws(seed: number, shares: Readonly<Record<Share, number>>): Draws {
  const base = firstBits(`people ${seed}`);
  const rotations = new Map<string, Rotation>();
  const rotation = (name: string): Rotation => {
    const found = rotations.get(name) ?? rotationOf(seed, name);
    rotations.set(name, found);
    return found;
  };
  const spread = (index: number, name: string): number => {
    const { start, step } = rotation(name);
    return (start + index * step) % 1;
  };
  return {
    begin: (index, purpose) => randomizer.seed([base, index * PURPOSES.length + PURPOSES.indexOf(purpose)]),
    is: (index, way) => spread(index, way) < shares[way],
    spread,
  };
}

const PURPOSES = ['name', 'place', 'details'];

/** Multiples of an irrational step, taken by their fractions, fall evenly (Weyl); steps of square roots do not align. */
interface Rotation {
  readonly start: number;
  readonly step: number;
}

const PRIMES = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97];

function rotationOf(seed: number, name: string): Rotation {
  const place = SHARES.findIndex(way => way === name);
  const bits = firstBits(`${seed} ${name}`);
  const prime = PRIMES[place >= 0 ? place : SHARES.length + (bits % (PRIMES.length - SHARES.length))] ?? 2;
  return { start: bits / 2 ** 32, step: Math.sqrt(prime) % 1 };
}

const firstBits = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE();
