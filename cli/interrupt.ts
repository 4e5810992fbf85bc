import { once } from 'node:events';
import { EXIT } from '../harness/exit-code.ts';
import type { Io } from './io.ts';

/**
 * Runs `work` with a signal that aborts on the first Ctrl-C (or SIGTERM), so that it can clean up; the second ends the
 * process at once.
 */
export async function interruptible<T>(io: Io, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const onSignal = () => {
    if (stop.signal.aborted) process.exit(EXIT.interrupted);
    io.err('\nscimulator: stopping; what was created is being removed. Once more to leave it and end at once.\n');
    stop.abort();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  try {
    return await work(stop.signal);
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

/** Waits for Ctrl-C or SIGTERM, as servers do. */
export async function interrupted(): Promise<void> {
  const done = new AbortController();
  await Promise.race(['SIGINT', 'SIGTERM'].map(name => once(process, name, { signal: done.signal })));
  done.abort();
}
