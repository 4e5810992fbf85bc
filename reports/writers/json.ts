import { toReport } from './report.ts';
import type { Writer } from './writer.ts';

/** The run as one JSON object; {@link reportSchema} describes it. */
export const json = {
  format: 'json',
  extension: 'json',
  summary: 'one JSON object for scripts, with a published schema',
  write: run => `${JSON.stringify(toReport(run), undefined, 2)}\n`,
} satisfies Writer;
