import type { OperationResult } from '../admin.ts';

/** Sends what changes have queued, in the background and in order. */
export interface Pushing {
  /** Starts sending, unless it is held; what is under way takes along what is queued meanwhile. */
  start(): void;
  /** Sends at once, held or not, and answers what became of it. */
  now(): Promise<readonly OperationResult[]>;
  /** Resolves when nothing is under way any more. */
  idle(): Promise<void>;
  /** While held, changes queue up and a plan can be looked at before anything is sent. */
  hold(on: boolean): void;
  isHeld(): boolean;
}

/**
 * Pushes follow a change at once (JC-Q41); the answer to the change does not wait for them.
 * @param sync sends the queue; calls under way are its own to put in order
 * @param onFault told when sending ends with an exception
 */
export function createPushing(
  sync: () => Promise<readonly OperationResult[]>,
  onFault: (error: unknown) => void,
): Pushing {
  let held = false;
  let last: Promise<unknown> = Promise.resolve();
  const now = () => {
    const results = sync();
    last = results.catch(onFault);
    return results;
  };
  return {
    start() {
      if (held) return;
      // What goes wrong is told by way of `last`.
      now().catch(() => undefined);
    },
    now,
    async idle() {
      for (let seen: unknown; seen !== last;) {
        seen = last;
        await seen;
      }
    },
    hold: on => void (held = on),
    isHeld: () => held,
  };
}
