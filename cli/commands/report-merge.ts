import { writeFileSync } from 'node:fs';
import { checks } from '../../conformance/index.ts';
import { EXIT } from '../../harness/exit-code.ts';
import { eventsOf, merge } from '../../reports/record/index.ts';
import type { Io } from '../io.ts';
import { readRecord, writeReport } from './report.ts';

/**
 * `scimulator report merge <record...>`: the exit code is that of the whole run.
 * @throws UsageError for what is no record, MergeError for records that are no parts of one run
 */
export async function mergeReports(
  records: readonly string[],
  flags: { format: string; output?: string; record?: string },
  io: Io,
): Promise<number> {
  const whole = merge(
    records.map(readRecord),
    checks.map(({ id }) => id),
  );
  if (flags.record !== undefined) {
    writeFileSync(
      flags.record,
      eventsOf(whole)
        .map(event => `${JSON.stringify(event)}\n`)
        .join(''),
    );
  }
  writeReport(whole, flags, io);
  return whole.footer?.exitCode ?? EXIT.conforms;
}
