import { declaredBaseline } from '../../harness/declared-baseline.ts';
import { demo as runDemo } from '../../harness/demo.ts';
import { withAccountBridge } from '../../harness/reference-bridge.ts';
import { executeRun } from '../execute-run.ts';
import type { Io } from '../io.ts';
import type { RecordFlags } from '../run-options.ts';

export interface DemoFlags extends RecordFlags {
  readonly people: number;
}

/** `scimulator demo` */
export async function demo(flags: DemoFlags, io: Io): Promise<number> {
  return withAccountBridge({ profile: 'hosted' }, target =>
    executeRun(flags, io, target, options =>
      runDemo(target, { baseline: declaredBaseline('hosted', 'normal'), ...options, people: flags.people }),
    ),
  );
}
