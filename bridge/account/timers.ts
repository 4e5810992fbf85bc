import type { Clock } from './clock.ts';
import type { Law } from './law.ts';
import type { Post } from './mails.ts';
import type { People } from './people.ts';
import { provisions, type State } from './state.ts';

/** Something that falls due without anybody doing anything. */
export interface Timer {
  /** When it falls due next, in milliseconds; undefined: not as things stand. */
  next(): number | undefined;
  run(): void;
}

/** Carries out all that has fallen due, in order of time. */
export type CatchUp = () => void;

interface Parts {
  readonly law: Law;
  readonly state: State;
}

/** The reminder of an invitation that is not accepted: one, after as long as the profile has it (OP-14a). */
export function reminderTimer({ law, state, post }: Parts & { readonly post: Post }): Timer {
  const delay = law.on('OP-14a') ? law.profile.reminderAfter : undefined;
  return {
    next: () => {
      const first = state.firstInvitation();
      return first && delay !== undefined ? first.at + delay : undefined;
    },
    run() {
      const first = state.firstInvitation();
      state.passInvitation();
      const person = state.people.get(first?.person ?? '');
      if (!person || person.state !== 'invited' || person.invitedAt !== first?.at || person.reminded) return;
      state.setPerson({ ...person, reminded: true });
      post('not-accepted', person, 'clock');
    },
  };
}

/**
 * The watcher that confirms people: runs are counted from when the bridge was unlocked, not for each person, so that a
 * person waits up to one interval (Q19, OP-15a). It rests while the bridge is locked, provisioning is switched off (Q18)
 * or the account has gone over to hosted provisioning.
 *
 * @param seen up to when everything that fell due has been carried out, in milliseconds
 */
export function watcherTimer(
  { law, state, people }: Parts & { readonly people: Pick<People, 'move'> },
  seen: { readonly until: number },
): Timer {
  const interval = law.settings.confirmationIntervalSeconds * 1000;
  return {
    next() {
      const { locked, setUp, unlockedAt } = state.facts;
      if (state.waiting.size === 0 || locked || setUp.hosted !== 'never' || !provisions(state.facts)) return undefined;
      return unlockedAt + (Math.floor((seen.until - unlockedAt) / interval) + 1) * interval;
    },
    run() {
      for (const id of state.waiting) {
        const person = state.people.get(id);
        if (person) people.move(person, 'confirm', 'clock');
      }
    },
  };
}

/**
 * Carries timers out in the order in which they fall due, each at its own time, whenever anybody looks.
 *
 * @param seen where it is kept up to when everything has been carried out
 */
export function createCatchUp(clock: Clock, timers: () => readonly Timer[], seen: { until: number }): CatchUp {
  return () => {
    const now = clock.now();
    for (let left = nextOf(timers()); left && left.due <= now; left = nextOf(timers())) {
      const { timer } = left;
      // What was overdue before anybody could carry it out happens when it can.
      const due = Math.max(left.due, seen.until);
      clock.at(due, () => timer.run());
      seen.until = due;
    }
    seen.until = Math.max(seen.until, now);
  };
}

function nextOf(timers: readonly Timer[]): { readonly timer: Timer; readonly due: number } | undefined {
  let first: { readonly timer: Timer; readonly due: number } | undefined;
  for (const timer of timers) {
    const due = timer.next();
    if (due !== undefined && (!first || due < first.due)) first = { timer, due };
  }
  return first;
}
