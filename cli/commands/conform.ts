import { choose } from '../../harness/choice.ts';
import { conform } from '../../harness/conform.ts';
import { EXIT } from '../../harness/exit-code.ts';
import { withEndpoint } from '../../harness/start-command.ts';
import { isLoopback } from '../../harness/target.ts';
import { announce, careOf } from '../announce.ts';
import type { CareFlags } from '../care-options.ts';
import type { ChoiceFlags } from '../choice-options.ts';
import { choiceOf, gateOf } from '../choice.ts';
import { UsageError, type Io } from '../io.ts';
import { configured } from '../config-options.ts';
import { executeRun } from '../execute-run.ts';
import { targetOf, type RecordFlags, type TargetFlags } from '../run-options.ts';

export interface ConformFlags extends TargetFlags, RecordFlags, CareFlags, ChoiceFlags {
  readonly profile: string;
  readonly concurrency: number;
  readonly requirements?: string;
  readonly config?: string;
  readonly start?: string;
  readonly wait?: number;
  readonly yes?: true;
}

/**
 * `scimulator conform [url]`
 * @param given the flags that stand on the command line or in the environment, defaults not among them
 */
export async function conformCommand(
  named: string | undefined,
  typed: ConformFlags,
  given: readonly string[],
  io: Io,
): Promise<number> {
  const { url, flags, templates } = configured(named, typed, given);
  const choice = choiceOf(flags);
  if (choice.only?.length === 0) {
    io.out('the last run left nothing red or open\n');
    return EXIT.conforms;
  }
  const isWhole = Object.keys(choice).length === 0;
  const only = isWhole ? undefined : choose(choice).selected.map(({ id }) => id);
  if (!announce(url, flags, io, only)) return EXIT.conforms;
  const target = targetOf(url, flags, io);
  const run = () =>
    executeRun(flags, io, target, options =>
      conform(target, {
        ...options,
        ...careOf(url, flags),
        ...gateOf(flags),
        ...scoredBy(flags),
        choice,
        profile: flags.profile,
        concurrency: flags.concurrency,
        ...(templates && { templates }),
      }),
    );
  const { start, wait = start === undefined ? undefined : DEFAULT_WAIT } = flags;
  return wait === undefined ? run() : withEndpoint(url, start, wait * 1000, run);
}

/** Seconds that a started endpoint has to come up, where nobody says. */
const DEFAULT_WAIT = 30;

const scoredBy = ({ requirements }: ConformFlags) => (requirements === undefined ? {} : { requirements });

/** @throws UsageError when the target is not this machine and nobody said `--yes`. */
export function demandConsent(url: string, flags: TargetFlags, what: string): void {
  if (flags.yes || isLoopback(url)) return;
  throw new UsageError(
    `this creates ${what} on ${new URL(url).host}, and removes them again; it touches nothing else. Add --yes to agree.`,
  );
}
