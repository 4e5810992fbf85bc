import { withTraffic } from '../../harness/choice.ts';
import { conform } from '../../harness/conform.ts';
import { EXIT } from '../../harness/exit-code.ts';
import { checksLeftBy, checksNamed } from '../../harness/rerun.ts';
import { DEFAULT_SEED } from '../../harness/run.ts';
import { announce, careOf } from '../announce.ts';
import type { CareFlags } from '../care-options.ts';
import { executeRun } from '../execute-run.ts';
import { UsageError, type Io } from '../io.ts';
import { lastConformRun } from '../last-run.ts';
import { targetOf, type RecordFlags, type TargetFlags } from '../run-options.ts';

export interface RerunFlags extends TargetFlags, RecordFlags, CareFlags {
  readonly last?: true;
  readonly profile?: string;
  readonly concurrency: number;
  readonly yes?: true;
}

/** `scimulator rerun <check...> <url>` and `scimulator rerun --last [check...]` */
export async function rerunCommand(what: readonly string[], flags: RerunFlags, io: Io): Promise<number> {
  const last = flags.last ? lastConformRun(flags.out) : undefined;
  const {
    target: url,
    seed: lastSeed,
    profile: lastProfile,
  } = last?.header ?? { target: what.at(-1) ?? '', seed: flags.seed, profile: 'rfc' };
  const patterns = last ? what : what.slice(0, -1);
  if (!last && (patterns.length === 0 || !/^https?:\/\//i.test(url))) {
    throw new UsageError(
      'write the checks and then the base URL: rerun patch.status https://host.example/scim/v2, or rerun --last',
    );
  }
  const only = patterns.length > 0 || !last ? checksNamed(patterns) : checksLeftBy(last);
  if (only.length === 0) {
    io.out(`run ${last?.header.run ?? ''} left nothing red or open; name the checks to run them again\n`);
    return EXIT.conforms;
  }
  if (!announce(url, flags, io, only)) return EXIT.conforms;
  const target = targetOf(url, flags, io);
  const seed = flags.seed === undefined || flags.seed === DEFAULT_SEED ? (lastSeed ?? DEFAULT_SEED) : flags.seed;
  const profile = flags.profile ?? lastProfile;
  return executeRun({ ...flags, seed }, io, target, options =>
    conform(target, {
      ...options,
      ...careOf(url, flags),
      profile,
      concurrency: flags.concurrency,
      only: withTraffic(only),
    }),
  );
}
