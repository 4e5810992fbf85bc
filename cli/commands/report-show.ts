import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT } from '../../harness/exit-code.ts';
import { recordsIn } from '../../harness/rerun.ts';
import { writerFor } from '../../reports/writers/index.ts';
import { UsageError, type Io } from '../io.ts';
import { readRecord } from './report.ts';

/** What opens a file in the browser. */
const openers: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/**
 * `scimulator report show [record]`: opens the page, made again where it is missing. Where no browser can be opened the path
 * is all there is to say.
 * @throws UsageError when there is no record
 */
export async function showReport(record: string | undefined, { out }: { out: string }, io: Io): Promise<number> {
  const path = record ?? recordsIn(out)[0];
  if (path === undefined)
    throw new UsageError(`no record in ${out}; run something first, or name its folder with --out`);
  const run = readRecord(path);
  const folder = statSync(path).isDirectory() ? path : dirname(path);
  const page = join(folder, 'report.html');
  if (!existsSync(page)) writeFileSync(page, writerFor('html')?.write(run) ?? '');
  io.out(`${page}\n`);
  if (!io.interactive) return EXIT.conforms;
  const [command = '', ...args] = openers[process.platform] ?? ['xdg-open'];
  const child = spawn(command, [...args, page], { stdio: 'ignore', detached: true });
  child.unref();
  await Promise.race([once(child, 'spawn'), once(child, 'error')]).catch(() => undefined);
  return EXIT.conforms;
}
