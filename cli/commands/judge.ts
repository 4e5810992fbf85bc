import { judgeRecord } from '../../harness/judge-record.ts';
import { executeRun } from '../execute-run.ts';
import type { Io } from '../io.ts';
import type { RecordFlags } from '../run-options.ts';

export interface JudgeFlags extends RecordFlags {
  readonly profile: string;
  readonly base?: string;
}

/** `scimulator judge <file>` */
export async function judge(path: string, flags: JudgeFlags, io: Io): Promise<number> {
  const { profile, base } = flags;
  return executeRun(flags, io, undefined, options =>
    judgeRecord(path, { ...options, profile, ...(base !== undefined && { base }) }),
  );
}
