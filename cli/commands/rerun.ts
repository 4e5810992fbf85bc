import type { Command } from 'commander';
import { withTraffic } from '../../harness/choice.ts';
import { conform } from '../../harness/conform.ts';
import { EXIT } from '../../harness/exit-code.ts';
import { planOf } from '../../harness/plan.ts';
import { checksLeftBy, checksNamed } from '../../harness/rerun.ts';
import type { RunOptions } from '../../harness/run.ts';
import type { Run } from '../../reports/record/index.ts';
import { announce, careOf } from '../announce.ts';
import type { CareFlags } from '../care-options.ts';
import { withControl } from '../control.ts';
import type { ControlFlags } from '../control-options.ts';
import type { ConfigFlags } from '../config-options.ts';
import { baseUrlOf, configured, placed } from '../configured.ts';
import { executeRun } from '../execute-run.ts';
import { UsageError, type Io } from '../io.ts';
import { lastConformRun } from '../last-run.ts';
import { printsConfig } from '../print-config.ts';
import type { StartFlags } from '../start-options.ts';
import { withStarted } from '../started.ts';
import { targetOf, type RecordFlags, type TargetFlags } from '../run-options.ts';

export interface RerunFlags extends TargetFlags, RecordFlags, CareFlags, ConfigFlags, ControlFlags, StartFlags {
  readonly last?: true;
  readonly profile?: string;
  readonly concurrency: number;
}

/** `scimulator rerun <check...> [url]` and `scimulator rerun --last [check...]` */
export async function rerunCommand(what: readonly string[], command: Command, io: Io): Promise<number> {
  let last: Run | undefined;
  const all = configured<RerunFlags>(
    flags => {
      if (flags.last) last = lastConformRun(flags.out);
      const value = what.find(isUrl);
      if (last) return { value: last.header.target, from: `run ${last.header.run}` };
      return value === undefined ? undefined : { value, from: 'argument' };
    },
    command,
    io,
  );
  const { flags, templates } = all;
  if (printsConfig(all, io)) return EXIT.conforms;
  const patterns = what.filter(word => !isUrl(word));
  if (!last && patterns.length === 0) {
    throw new UsageError(
      'write the checks and then the base URL: rerun patch.status https://host.example/scim/v2, or rerun --last',
    );
  }
  const url = baseUrlOf(all);
  const only = last && patterns.length === 0 ? checksLeftBy(last) : checksNamed(patterns);
  if (only.length === 0) {
    io.out(`run ${last?.header.run ?? ''} left nothing red or open; name the checks to run them again\n`);
    return EXIT.conforms;
  }
  if (!announce(url, flags, io, only)) return EXIT.conforms;
  const target = placed(all, () => targetOf(url, flags, io));
  const { seed, profile = 'rfc' } = { ...flags, ...(last && asLast(last, command)) };
  const care = careOf(url, flags);
  const ids = withTraffic(only);
  const judge = (options: RunOptions) =>
    conform(target, {
      ...options,
      ...care,
      profile,
      concurrency: flags.concurrency,
      only: ids,
      ...(templates && { templates }),
    });
  const expected = { noun: 'checks', total: ids.length, requests: planOf(url, care, ids).requests } as const;
  const seeded = { ...flags, ...(seed !== undefined && { seed }) };
  return withStarted(url, flags, () =>
    withControl(flags, io, given =>
      executeRun(seeded, io, target, options => judge({ ...options, ...given }), expected),
    ),
  );
}

/** Seed and profile of the last run, where the command line says no other. */
function asLast({ header }: Run, command: Command): Partial<Pick<RerunFlags, 'seed' | 'profile'>> {
  const isTyped = (name: string) => command.getOptionValueSource(name) === 'cli';
  return { ...(!isTyped('seed') && { seed: header.seed }), ...(!isTyped('profile') && { profile: header.profile }) };
}

const isUrl = (word: string): boolean => /^https?:\/\//i.test(word);
