import type { Run } from '../record/index.ts';

/** A report format: a pure function of a run. The caller opens files. */
export interface Writer {
  /** Name on the command line. */
  readonly format: string;
  readonly extension: string;
  readonly summary: string;
  write(run: Run): string;
}
