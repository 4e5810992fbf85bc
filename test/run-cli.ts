import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export { inFolder } from './in-folder.ts';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** The built command, as users run it. */
export const main = join(root, 'dist/cli/main.js');

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  /** Resolves once the pattern stands in the output. */
  seen(pattern: RegExp): Promise<RegExpExecArray>;
  readonly ended: Promise<Ended>;
}

const children = new Set<ChildProcessWithoutNullStreams>();

/** Ends what tests have started and left running. */
export function endChildren(): void {
  for (const child of children) child.kill('SIGKILL');
}

export function startCli(args: readonly string[], env: NodeJS.ProcessEnv = {}, cwd = root): Running {
  const child = spawn(process.execPath, [main, ...args], { cwd, env: { ...process.env, NO_COLOR: '1', ...env } });
  children.add(child);
  child.once('close', () => children.delete(child));
  let out = '';
  let err = '';
  const waiting: (() => void)[] = [];
  const wake = () => {
    for (const check of waiting.splice(0)) check();
  };
  child.stdout.on('data', chunk => ((out += String(chunk)), wake()));
  child.stderr.on('data', chunk => ((err += String(chunk)), wake()));
  const ended = once(child, 'close').then(([code]) => {
    wake();
    return { code: code as number | null, out, err };
  });
  const seen = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const check = () => {
        const match = pattern.exec(out + err);
        if (match) resolve(match);
        else if (child.exitCode !== null) reject(new Error(`ended without ${String(pattern)}:\n${out}${err}`));
        else waiting.push(check);
      };
      check();
    });
  return { child, seen, ended };
}

export const runCli = (args: readonly string[], env?: NodeJS.ProcessEnv, cwd?: string): Promise<Ended> =>
  startCli(args, env, cwd).ended;

/** Path of the one record below a folder of results. */
export function onlyRecord(folder: string): string {
  const [run] = readdirSync(folder);
  return join(folder, run ?? '', 'record.jsonl');
}
