import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { EXIT } from '../../harness/exit-code.ts';
import { cleanRun } from '../../harness/clean-run.ts';
import { visible } from '../../reports/writers/index.ts';
import { parseBaseUrl } from '../../scim/wire/transport.ts';
import type { ConfigFlags } from '../config-options.ts';
import { baseUrlOf, configured, placed } from '../configured.ts';
import { interruptible } from '../interrupt.ts';
import { UsageError, type Io } from '../io.ts';
import { printsConfig } from '../print-config.ts';
import { targetOf, type TargetFlags } from '../run-options.ts';
import { readRecord } from './report.ts';

interface CleanFlags extends TargetFlags, ConfigFlags {
  readonly run: string;
  readonly out: string;
}

/** `scimulator clean [url] --run <id>` */
export async function clean(named: string | undefined, command: Command, io: Io): Promise<number> {
  const recorded = (flags: CleanFlags) => {
    const { run, target } = readRecord(pathOf(flags)).header;
    return { value: target, from: `run ${run}` };
  };
  const all = configured<CleanFlags>(named ?? recorded, command, io);
  if (printsConfig(all, io)) return EXIT.conforms;
  const url = baseUrlOf(all);
  const target = placed(all, () => targetOf(url, all.flags, io));
  const path = pathOf(all.flags);
  const run = readRecord(path);
  if (parseBaseUrl(run.header.target).href !== parseBaseUrl(url).href) {
    throw new UsageError(`run ${run.header.run} was made against ${run.header.target}, not ${url}`);
  }
  const { removed, leftBehind } = await interruptible(io, signal => cleanRun(target, run, path, signal));
  io.out(`${removed} removed, ${leftBehind.length} left\n`);
  for (const name of leftBehind) io.out(visible(`  left ${name}\n`));
  return leftBehind.length > 0 ? EXIT.fails : EXIT.conforms;
}

/** The record of a run. @throws UsageError where there is none */
function pathOf({ run, out }: CleanFlags): string {
  const path = [run, join(run, 'record.jsonl'), join(out, run, 'record.jsonl')].find(
    candidate => candidate.endsWith('.jsonl') && existsSync(candidate),
  );
  if (path !== undefined) return path;
  throw new UsageError(`no record of run ${run} in ${out}; name its file, or its folder with --out`);
}
