import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { request } from 'undici';

/** The endpoint under test did not come up; the message has the last of its output. */
export class StartError extends Error {
  readonly code = 'start';
  constructor(message: string) {
    super(message);
    this.name = 'StartError';
  }
}

/** Milliseconds between two looks at an endpoint that is coming up. */
const LOOK_EVERY = 100;

/** Milliseconds a command has to end by itself, before it is killed. */
const GRACE = 3000;

/** Characters of output that an error repeats. */
const SHOWN = 2000;

/**
 * Starts the endpoint under test, waits until it answers HTTP with anything, runs `work`, and stops it again with all that it
 * started.
 * @param command a command line for the shell; without one the endpoint is only waited for
 * @param waitMs how long it has to come up
 * @throws StartError when the command ends before the endpoint answers, or the time is over
 */
export async function withEndpoint<T>(
  url: string,
  command: string | undefined,
  waitMs: number,
  work: () => Promise<T>,
): Promise<T> {
  const started = command === undefined ? undefined : launch(command);
  try {
    await waitFor(url, waitMs, started);
    return await work();
  } finally {
    await started?.stop();
  }
}

interface Started {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly stop: () => Promise<void>;
}

function launch(command: string): Started {
  // A group of its own, so that the shell and what it starts end together.
  const child = spawn(command, { shell: true, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const keep = (chunk: Buffer) => (output = `${output}${chunk.toString()}`.slice(-SHOWN));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const closed = once(child, 'close');
  const signal = (name: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, name);
    } catch {
      // Gone by itself.
    }
  };
  return {
    child,
    output: () => output,
    async stop() {
      signal('SIGTERM');
      const timer = setTimeout(() => signal('SIGKILL'), GRACE);
      await closed;
      clearTimeout(timer);
    },
  };
}

async function waitFor(url: string, waitMs: number, started: Started | undefined): Promise<void> {
  const end = Date.now() + waitMs;
  for (;;) {
    if (started && (started.child.exitCode !== null || started.child.signalCode !== null)) {
      throw new StartError(`the command of --start ended before ${url} answered:\n${started.output().trim()}`);
    }
    if (await answers(url)) return;
    if (Date.now() >= end) {
      const said = started?.output().trim();
      throw new StartError(
        `${url} did not answer within ${waitMs / 1000} s (--wait)${said ? `; the command said:\n${said}` : ''}`,
      );
    }
    await delay(LOOK_EVERY);
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const { body } = await request(url, { headersTimeout: 2000, bodyTimeout: 2000 });
    await body.dump();
    return true;
  } catch {
    return false;
  }
}
