import { conform } from '../../harness/conform.ts';
import { isLoopback } from '../../harness/target.ts';
import { UsageError, type Io } from '../io.ts';
import { executeRun } from '../execute-run.ts';
import { targetOf, type RecordFlags, type TargetFlags } from '../run-options.ts';

export interface ConformFlags extends TargetFlags, RecordFlags {
  readonly profile: string;
  readonly concurrency: number;
}

/** `scimulator conform <url>` */
export async function conformCommand(url: string, flags: ConformFlags, io: Io): Promise<number> {
  const target = targetOf(url, flags, io);
  demandConsent(url, flags, 'users and groups whose names carry the mark of the run, a few dozen of them');
  return executeRun(flags, io, target, options =>
    conform(target, { ...options, profile: flags.profile, concurrency: flags.concurrency }),
  );
}

/** @throws UsageError when the target is not this machine and nobody said `--yes`. */
export function demandConsent(url: string, flags: TargetFlags, what: string): void {
  if (flags.yes || isLoopback(url)) return;
  throw new UsageError(
    `this creates ${what} on ${new URL(url).host}, and removes them again; it touches nothing else. Add --yes to agree.`,
  );
}
