import type { Exchange } from '../../reports/record/index.ts';
import type { Context } from './context.ts';

/** What a fixture is made with: everything a probe has but other fixtures. */
export type Maker = Omit<Context, 'shared'>;

/** Where a fixture is made, and what clears it away. */
export interface Workshop {
  readonly maker: Maker;
  readonly exchanges: readonly Exchange[];
  tidy(): Promise<readonly Exchange[]>;
  /** What a probe is told when making it ended with the error. */
  explain(error: unknown): unknown;
}

/** Things that several probes of a run start from and none of them changes: made once, when first asked for. */
export interface Fixtures {
  /** The fixture of the key. Whatever kept it from being made meets each probe that asks. */
  get<T>(key: string, make: (maker: Maker) => Promise<T>): Promise<T>;
  /** Removes all that was made. Gives the exchanges of making and removing, in the order of keys. */
  close(): Promise<readonly Exchange[]>;
}

/** @param open sets up the place where the fixture of a key is made */
export function createFixtures(open: (key: string) => Workshop): Fixtures {
  const made = new Map<string, { readonly workshop: Workshop; readonly value: Promise<unknown> }>();
  return {
    async get<T>(key: string, make: (maker: Maker) => Promise<T>): Promise<T> {
      const there = made.get(key);
      // A key stands for one function in the whole suite, so for one type.
      if (there) return there.value as Promise<T>;
      const workshop = open(key);
      const value = make(workshop.maker).catch((error: unknown) => {
        throw workshop.explain(error);
      });
      made.set(key, { workshop, value });
      return value;
    },
    async close() {
      const exchanges: Exchange[] = [];
      for (const [, { workshop, value }] of [...made].sort(([one], [other]) => (one < other ? -1 : 1))) {
        await Promise.allSettled([value]);
        exchanges.push(...workshop.exchanges, ...(await workshop.tidy()));
      }
      return exchanges;
    },
  };
}
