import type { Operation, OperationResult } from '../admin.ts';
import { createOrder, type Place } from './order.ts';
import { isAboutGroups } from './operation.ts';

/** Operations that wait to be sent, and those that failed and wait for an occasion to be tried again. */
export interface Queue {
  /** Appends, leaving out what an operation that waits already will do. */
  add(operations: readonly Operation[]): void;
  /** What waits, in order. */
  waiting(): readonly Operation[];
  /** Takes the next one that may start; undefined while all that waits is behind something under way. */
  take(): Operation | undefined;
  /** What was taken is over. */
  done(operation: Operation): void;
  /** Keeps a failed operation for later. */
  owe(operation: Operation): void;
  /** Queues those kept for later that are due now. */
  retake(isDue: (operation: Operation) => boolean): void;
  /** Drops what waits or is kept; what waited is told by `takeAborted` as failed for this reason (JC-Q42). */
  abort(concerns: (operation: Operation) => boolean, reason: string): readonly Operation[];
  /** Results of what was dropped since the last call. */
  takeAborted(): readonly OperationResult[];
}

/** An empty queue. */
export function createQueue(): Queue {
  const order = createOrder<Operation>();
  let owed: Operation[] = [];
  let aborted: OperationResult[] = [];
  /** What waits last for each person and each group. */
  const last = new Map<string, Operation>();

  const forget = (operation: Operation) => {
    const subject = subjectOf(operation);
    if (last.get(subject) === operation) last.delete(subject);
  };
  const add = (operations: readonly Operation[]) => {
    for (const operation of operations) {
      const subject = subjectOf(operation);
      if (isCovered(operation, last.get(subject))) continue;
      last.set(subject, operation);
      order.add(operation, placeOf(operation));
    }
  };
  return {
    add,
    waiting: order.waiting,
    take() {
      const operation = order.take();
      if (operation) forget(operation);
      return operation;
    },
    done: order.done,
    owe: operation => void owed.push(operation),
    retake(isDue) {
      if (owed.length === 0) return;
      const due = new Set(owed.filter(isDue));
      owed = owed.filter(operation => !due.has(operation));
      // A new object: the one that failed may not have been taken off the order yet.
      add([...due].map(operation => ({ ...operation })));
    },
    abort(concerns, reason) {
      const dropped = order.drop(concerns);
      for (const operation of dropped) forget(operation);
      owed = owed.filter(operation => !concerns(operation));
      aborted.push(
        ...dropped.map(operation => ({ operation, outcome: 'failed' as const, reason, isUnsent: true as const })),
      );
      return dropped;
    },
    takeAborted() {
      const results = aborted;
      aborted = [];
      return results;
    },
  };
}

/**
 * Operations send what the directory holds when they are sent: one directly behind another of its kind adds nothing, nor
 * does an update behind a first provisioning.
 */
const isCovered = ({ kind, always }: Operation, before: Operation | undefined): boolean =>
  before !== undefined &&
  (kind === before.kind || (kind === 'update-user' && before.kind === 'provision-user')) &&
  (always === undefined || before.always === true);

/** What orders operations among themselves: a person's user, a group, or one membership. */
const subjectOf = ({ kind, person = '', people = [], group = '' }: Operation): string =>
  isAboutGroups(kind)
    ? `group ${group} ${people.length === 0 ? person : [person, ...people].join(' ')}`
    : `user ${person}`;

/** Whatever is about one person or one group keeps its order; an activation is over before anything else starts. */
const placeOf = ({ kind, person, group, after = [] }: Operation): Place => ({
  keys: [...(person === undefined ? [] : [`user ${person}`]), ...(group === undefined ? [] : [`group ${group}`])],
  after: after.map(id => `user ${id}`),
  alone: kind === 'test-connection',
});
