import type { Io } from '../cli/io.ts';
import { main } from '../cli/program.ts';
import type { Ended } from './run-cli.ts';

/** Nobody watches. */
const unwatched = { color: false, interactive: false, width: 100 } as const;

/**
 * One command line in this process.
 * @param more what is different from a world where nobody watches: a terminal, a person who answers
 */
export async function inProcess(
  args: readonly string[],
  env: Record<string, string> = {},
  more: Partial<Io> = {},
): Promise<Ended> {
  let out = '';
  let err = '';
  const io: Io = {
    out: text => void (out += text),
    err: text => void (err += text),
    env,
    ...unwatched,
    ...more,
  };
  const code = await main(args, io);
  return { code, out, err };
}

/** A server command in this process: what it said once it was ready, and how it ended. */
export async function served(
  args: readonly string[],
  env: Record<string, string>,
  work: (out: string) => Promise<void>,
): Promise<Ended> {
  let out = '';
  let err = '';
  let ready = () => {};
  const isReady = new Promise<void>(resolve => (ready = resolve));
  const ended = main(args, {
    out(text) {
      out += text;
      ready();
    },
    err: text => void (err += text),
    env,
    ...unwatched,
  });
  await Promise.race([isReady, ended]);
  try {
    await work(out);
  } finally {
    process.emit('SIGTERM');
  }
  return { code: await ended, out, err };
}
