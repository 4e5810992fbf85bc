import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT } from '../../harness/exit-code.ts';
import { cleanRun } from '../../harness/clean-run.ts';
import { parseBaseUrl } from '../../scim/wire/transport.ts';
import { interruptible } from '../interrupt.ts';
import { UsageError, type Io } from '../io.ts';
import { targetOf, type TargetFlags } from '../run-options.ts';
import { readRecord } from './report.ts';

/** `scimulator clean <url> --run <id>` */
export async function clean(url: string, flags: TargetFlags & { run: string; out: string }, io: Io): Promise<number> {
  const target = targetOf(url, flags, io);
  const path = [flags.run, join(flags.run, 'record.jsonl'), join(flags.out, flags.run, 'record.jsonl')].find(
    candidate => candidate.endsWith('.jsonl') && existsSync(candidate),
  );
  if (path === undefined) {
    throw new UsageError(`no record of run ${flags.run} in ${flags.out}; name its file, or its folder with --out`);
  }
  const run = readRecord(path);
  if (parseBaseUrl(run.header.target).href !== parseBaseUrl(url).href) {
    throw new UsageError(`run ${run.header.run} was made against ${run.header.target}, not ${url}`);
  }
  const { removed, leftBehind } = await interruptible(io, signal => cleanRun(target, run, path, signal));
  io.out(`${removed} removed, ${leftBehind.length} left\n`);
  for (const name of leftBehind) io.out(`  left ${name}\n`);
  return leftBehind.length > 0 ? EXIT.fails : EXIT.conforms;
}
