import { conform } from '../../harness/conform.ts';
import { EXIT } from '../../harness/exit-code.ts';
import { isLoopback } from '../../harness/target.ts';
import { announce, careOf } from '../announce.ts';
import type { CareFlags } from '../care-options.ts';
import { UsageError, type Io } from '../io.ts';
import { configured } from '../config-options.ts';
import { executeRun } from '../execute-run.ts';
import { targetOf, type RecordFlags, type TargetFlags } from '../run-options.ts';

export interface ConformFlags extends TargetFlags, RecordFlags, CareFlags {
  readonly profile: string;
  readonly concurrency: number;
  readonly requirements?: string;
  readonly config?: string;
  readonly yes?: true;
}

/**
 * `scimulator conform [url]`
 * @param given the flags that stand on the command line, defaults not among them
 */
export async function conformCommand(
  named: string | undefined,
  typed: ConformFlags,
  given: readonly string[],
  io: Io,
): Promise<number> {
  const { url, flags, templates } = configured(named, typed, given);
  if (!announce(url, flags, io)) return EXIT.conforms;
  const target = targetOf(url, flags, io);
  return executeRun(flags, io, target, options =>
    conform(target, {
      ...options,
      ...careOf(url, flags),
      ...scoredBy(flags),
      profile: flags.profile,
      concurrency: flags.concurrency,
      ...(templates && { templates }),
    }),
  );
}

const scoredBy = ({ requirements }: ConformFlags) => (requirements === undefined ? {} : { requirements });

/** @throws UsageError when the target is not this machine and nobody said `--yes`. */
export function demandConsent(url: string, flags: TargetFlags, what: string): void {
  if (flags.yes || isLoopback(url)) return;
  throw new UsageError(
    `this creates ${what} on ${new URL(url).host}, and removes them again; it touches nothing else. Add --yes to agree.`,
  );
}
