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
  const { main } = await import('./program.ts');
  process.exitCode = await main(process.argv.slice(2), {
    out: text => void process.stdout.write(text),
    err: text => void process.stderr.write(text),
    env: process.env,
    color: process.stdout.isTTY && !process.env['NO_COLOR'],
    interactive: process.stderr.isTTY,
    width: process.stdout.columns,
    ...(process.stdin.isTTY && { key: nextKey }),
  });
}

/** Waits for a key, and ends as the terminal would where that is Ctrl-C. */
async function nextKey(): Promise<void> {
  process.stdin.setRawMode(true);
  const [key]: readonly unknown[] = await once(process.stdin.resume(), 'data');
  process.stdin.setRawMode(false).pause();
  if (key instanceof Buffer && key.includes(3)) process.kill(process.pid, 'SIGINT');
}
