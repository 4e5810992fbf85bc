import type { Operation } from '../admin.ts';

/** Operations whose time has not come. */
export interface Later {
  /** @param at milliseconds since the epoch */
  add(operation: Operation, at: number): void;
  /** Takes out what is due, in the order of adding. */
  take(now: number): readonly Operation[];
}

/** Nothing to come. */
export function createLater(): Later {
  let waiting: readonly { readonly operation: Operation; readonly at: number }[] = [];
  return {
    add(operation, at) {
      waiting = [...waiting, { operation, at }];
    },
    take(now) {
      const due = waiting.filter(({ at }) => at <= now);
      if (due.length > 0) waiting = waiting.filter(({ at }) => at > now);
      return due.map(({ operation }) => operation);
    },
  };
}
