import { demo as runDemo } from '../../harness/demo.ts';
import { withReferenceBridge } from '../../harness/reference-bridge.ts';
import { executeRun } from '../execute-run.ts';
import type { Io } from '../io.ts';
import type { RecordFlags } from '../run-options.ts';

export interface DemoFlags extends RecordFlags {
  readonly people: number;
}

/** `scimulator demo` */
export async function demo(flags: DemoFlags, io: Io): Promise<number> {
  return withReferenceBridge(target =>
    executeRun(flags, io, target, options => runDemo(target, { ...options, people: flags.people })),
  );
}
