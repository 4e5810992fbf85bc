import { EXIT } from '../../harness/exit-code.ts';
import { difference } from '../../reports/record/index.ts';
import { differenceText } from '../../reports/writers/index.ts';
import type { Io } from '../io.ts';
import { readRecord } from './report.ts';

/** `scimulator report diff <before> <after>` */
export async function diffReports(before: string, after: string, flags: { json?: true }, io: Io): Promise<number> {
  const [old, now] = [readRecord(before), readRecord(after)];
  const found = difference(old, now);
  io.out(
    flags.json
      ? `${JSON.stringify(found, undefined, 2)}\n`
      : differenceText(old, now, found, { color: io.color, ...(io.width && { width: io.width }) }),
  );
  return found.worse.length > 0 ? EXIT.fails : EXIT.conforms;
}
