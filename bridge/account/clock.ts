/** The clock of an account: the one outside, moved on by hand, or held while something that fell due is carried out. */
export interface Clock {
  now(): number;
  move(ms: number): void;
  /** Sets how far it has been moved, so that it shows this time now. */
  set(time: number): void;
  /** Shows the time outside again. */
  restart(): void;
  /** Carries something out at the time it fell due. */
  at(time: number, work: () => void): void;
}

/** @param outside milliseconds since 1970 */
export function createClock(outside: () => number): Clock {
  let offset = 0;
  let held: number | undefined;
  return {
    now: () => held ?? outside() + offset,
    move(ms) {
      offset += ms;
    },
    set(time) {
      offset = time - outside();
    },
    restart() {
      offset = 0;
    },
    at(time, work) {
      const before = held;
      held = time;
      try {
        work();
      } finally {
        held = before;
      }
    },
  };
}
