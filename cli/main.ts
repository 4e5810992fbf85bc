#!/usr/bin/env node
/**
 * Entry of the command line. It looks at the version of Node before it loads anything: on an old one the imports
 * themselves would fail with a page of noise.
 */
import { once } from 'node:events';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`scimulator needs Node 20.19 or later; this is ${process.versions.node}\n`);
  process.exitCode = 2;
} else {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', passOver);
  const { main } = await import('./program.ts');
  process.exitCode = await main(process.argv.slice(2), {
    out: text => void process.stdout.write(text),
    err: text => void process.stderr.write(text),
    env: process.env,
    color: hasColor(),
    interactive: isWatched(process.stderr),
    width: process.stdout.columns ?? process.stderr.columns,
    ...(process.stdin.isTTY && { key: nextKey, ask: nextLine }),
  });
}

/** A reader that has seen enough, such as `head`, is no error; what is under way goes on to its exit code. */
function passOver(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

/** Off a terminal `isTTY` is not false but missing; `dumb` is what editors and logs call a terminal that cannot be drawn on. */
function isWatched({ isTTY }: { readonly isTTY?: boolean }): boolean {
  return isTTY === true && process.env['TERM'] !== 'dumb';
}

/** What https://no-color.org and https://force-color.org ask for. */
function hasColor(): boolean {
  if (process.env['NO_COLOR']) return false;
  return process.env['FORCE_COLOR'] ? process.env['FORCE_COLOR'] !== '0' : isWatched(process.stdout);
}

/** Waits for a key, and ends as the terminal would where that is Ctrl-C. */
async function nextKey(): Promise<void> {
  process.stdin.setRawMode(true);
  const [key]: readonly unknown[] = await once(process.stdin.resume(), 'data');
  process.stdin.setRawMode(false).pause();
  if (key instanceof Buffer && key.includes(3)) process.kill(process.pid, 'SIGINT');
}

/** A line of the person; Ctrl-C and Ctrl-D end the process. */
async function nextLine(question: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const stop = () => process.kill(process.pid, 'SIGINT');
  lines.once('close', stop);
  const answer = await lines.question(question);
  lines.off('close', stop).close();
  return answer;
}
