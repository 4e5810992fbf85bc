import { recordsIn } from '../harness/rerun.ts';
import type { Run } from '../reports/record/index.ts';
import { readRecord } from './commands/report.ts';
import { UsageError } from './io.ts';

/**
 * The newest record of a run of the suite in a folder of results.
 * @throws UsageError when the folder holds none
 */
export function lastConformRun(folder: string): Run {
  for (const path of recordsIn(folder)) {
    const run = readRecord(path);
    if (run.header.command === 'conform') return run;
  }
  throw new UsageError(`no record of a conform run in ${folder}; run conform first, or name its folder with --out`);
}
