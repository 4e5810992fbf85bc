import type { Operation, OperationResult } from '../admin.ts';
import type { Pushed } from './push.ts';
import type { Queue } from './queue.ts';

/** How a queue is emptied. */
export interface DrainOptions {
  readonly queue: Queue;
  readonly push: (operation: Operation) => Promise<Pushed>;
  /** How many operations may be under way at once. */
  readonly inFlight: number;
  /** Hears of each operation as it ends. */
  readonly onEnd: (operation: Operation, ended: Pushed, wasTried: boolean) => void;
  /** Hears of an operation that broke off with an error of the pipe. */
  readonly onBreak: (operation: Operation) => void;
}

/** After so many operations in a row without any answer, the rest is not tried. */
const SILENT_OPERATIONS = 3;

const NOT_TRIED: Pushed = {
  outcome: 'failed',
  unanswered: true,
  reason: `not tried: the service provider gave no answer to ${SILENT_OPERATIONS} operations in a row`,
};

/**
 * Sends what waits, in order where it matters, and gives the results in the order of ending. What the pipe throws ends the
 * sending once the operations under way are over, and is thrown then.
 */
export async function drain({ queue, push, inFlight, onEnd, onBreak }: DrainOptions): Promise<OperationResult[]> {
  const results: OperationResult[] = [];
  const broken: unknown[] = [];
  let silent = 0;
  let underWay = 0;

  const run = async (operation: Operation): Promise<void> => {
    try {
      const isTried = silent < SILENT_OPERATIONS;
      const ended = isTried ? await push(operation) : NOT_TRIED;
      silent = ended.unanswered ? silent + 1 : 0;
      results.push({ operation, outcome: ended.outcome, reason: ended.reason });
      onEnd(operation, ended, isTried);
    } catch (error) {
      broken.push(error);
      onBreak(operation);
    } finally {
      queue.done(operation);
    }
  };
  await new Promise<void>((resolve, reject) => {
    const ended = (): void => {
      underWay -= 1;
      start();
    };
    const start = (): void => {
      while (underWay < inFlight && broken.length === 0) {
        const operation = queue.take();
        if (!operation) break;
        underWay += 1;
        run(operation).then(ended, reject);
      }
      if (underWay === 0) resolve();
    };
    start();
  });
  if (broken.length > 0) throw broken[0];
  return results;
}
