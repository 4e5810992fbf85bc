import type { Operation, OperationResult } from '../admin.ts';
import { isAboutGroups } from './plan.ts';

/** Operations that wait to be sent, and those that failed and wait for an occasion to be tried again. */
export interface Queue {
  /** Appends, leaving out what an operation that waits already will do. */
  add(operations: readonly Operation[]): void;
  /** What waits, in order. */
  waiting(): readonly Operation[];
  /** Takes the next one out. */
  take(): Operation | undefined;
  /** Keeps a failed operation for later. */
  owe(operation: Operation): void;
  /** Queues those kept for later that are due now. */
  retake(isDue: (operation: Operation) => boolean): void;
  /** Drops what waits or is kept; what waited is told by `takeAborted` as failed for this reason (JC-Q42). */
  abort(concerns: (operation: Operation) => boolean, reason: string): void;
  /** Results of what was dropped since the last call. */
  takeAborted(): readonly OperationResult[];
}

/** An empty queue. */
export function createQueue(): Queue {
  let waiting: Operation[] = [];
  let first = 0;
  let owed: Operation[] = [];
  let aborted: OperationResult[] = [];
  /** The kind that waits last for each person and each group. */
  const last = new Map<string, Operation['kind']>();

  const add = (operations: readonly Operation[]) => {
    for (const operation of operations) {
      const subject = subjectOf(operation);
      if (isCovered(operation.kind, last.get(subject))) continue;
      last.set(subject, operation.kind);
      waiting.push(operation);
    }
  };
  return {
    add,
    waiting: () => waiting.slice(first),
    take() {
      const operation = waiting[first];
      if (operation === undefined) return undefined;
      first += 1;
      const subject = subjectOf(operation);
      if (last.get(subject) === operation.kind) last.delete(subject);
      if (first === waiting.length) {
        waiting = [];
        first = 0;
      }
      return operation;
    },
    owe: operation => void owed.push(operation),
    retake(isDue) {
      const due = owed.filter(isDue);
      if (due.length === 0) return;
      owed = owed.filter(operation => !due.includes(operation));
      add(due);
    },
    abort(concerns, reason) {
      const dropped = waiting.slice(first).filter(concerns);
      waiting = waiting.slice(first).filter(operation => !concerns(operation));
      first = 0;
      for (const operation of dropped) last.delete(subjectOf(operation));
      owed = owed.filter(operation => !concerns(operation));
      aborted.push(...dropped.map(operation => ({ operation, outcome: 'failed' as const, reason })));
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
const isCovered = (kind: Operation['kind'], before: Operation['kind'] | undefined): boolean =>
  kind === before || (kind === 'update-user' && before === 'provision-user');

/** What orders operations among themselves: a person's user, a group, or one membership. */
const subjectOf = ({ kind, person = '', group = '' }: Operation): string =>
  isAboutGroups(kind) ? `group ${group} ${person}` : `user ${person}`;
