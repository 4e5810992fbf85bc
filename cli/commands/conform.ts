import type { Command } from 'commander';
import { choose } from '../../harness/choice.ts';
import { conform } from '../../harness/conform.ts';
import { EXIT } from '../../harness/exit-code.ts';
import { planOf } from '../../harness/plan.ts';
import type { RunOptions } from '../../harness/run.ts';
import { profileNamed } from '../../harness/selection.ts';
import { isLoopback } from '../../harness/target.ts';
import { announce, careOf } from '../announce.ts';
import type { CareFlags } from '../care-options.ts';
import type { ChoiceFlags } from '../choice-options.ts';
import { choiceOf, gateOf } from '../choice.ts';
import { UsageError, type Io } from '../io.ts';
import { withControl } from '../control.ts';
import type { ControlFlags } from '../control-options.ts';
import type { ConfigFlags } from '../config-options.ts';
import { baseUrlOf, configured, placed } from '../configured.ts';
import { executeRun } from '../execute-run.ts';
import { printsConfig } from '../print-config.ts';
import type { StartFlags } from '../start-options.ts';
import { withStarted } from '../started.ts';
import { targetOf, type RecordFlags, type TargetFlags } from '../run-options.ts';

export interface ConformFlags
  extends TargetFlags, RecordFlags, CareFlags, ChoiceFlags, ConfigFlags, ControlFlags, StartFlags {
  readonly profile: string;
  readonly concurrency: number;
  readonly requirements?: string;
  readonly yes?: true;
}

/** `scimulator conform [url]` */
export async function conformCommand(named: string | undefined, command: Command, io: Io): Promise<number> {
  const all = configured<ConformFlags>(named, command, io);
  const { flags, templates } = all;
  if (printsConfig(all, io)) return EXIT.conforms;
  const url = baseUrlOf(all);
  const choice = choiceOf(flags);
  if (choice.only?.length === 0) {
    io.out('the last run left nothing red or open\n');
    return EXIT.conforms;
  }
  const { selected, skipped } = choose(choice, profileNamed(flags.profile));
  const only = selected.map(({ id }) => id);
  if (!announce(url, flags, io, only)) return EXIT.conforms;
  const target = placed(all, () => targetOf(url, flags, io));
  const care = careOf(url, flags);
  const expected = {
    noun: 'checks',
    total: only.length + skipped.size,
    requests: planOf(url, care, only).requests,
  } as const;
  const judge = (options: RunOptions) =>
    conform(target, {
      ...options,
      ...care,
      ...gateOf(flags),
      ...scoredBy(flags),
      choice,
      profile: flags.profile,
      concurrency: flags.concurrency,
      ...(templates && { templates }),
    });
  const run = () =>
    withControl(flags, io, given =>
      executeRun(flags, io, target, options => judge({ ...options, ...given }), expected),
    );
  return withStarted(url, flags, run);
}

const scoredBy = ({ requirements }: ConformFlags) => (requirements === undefined ? {} : { requirements });

/** @throws UsageError when the target is not this machine and nobody said `--yes`. */
export function demandConsent(url: string, flags: TargetFlags, what: string): void {
  if (flags.yes || isLoopback(url)) return;
  throw new UsageError(
    `this creates ${what} on ${new URL(url).host}, and removes them again; it touches nothing else. Add --yes to agree.`,
  );
}
