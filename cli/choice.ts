import type { Choice } from '../harness/choice.ts';
import type { GateOptions } from '../harness/gate.ts';
import { checksLeftBy } from '../harness/rerun.ts';
import type { ChoiceFlags } from './choice-options.ts';
import { UsageError } from './io.ts';
import { lastConformRun } from './last-run.ts';

/** What to run. @throws UsageError when there is no run to look at for `--last-failed` */
export function choiceOf({ only, grep, grepInvert, level, skip, shard, lastFailed, out }: ChoiceFlags): Choice {
  if (lastFailed && only.length > 0) throw new UsageError('--only and --last-failed exclude each other');
  const named = lastFailed ? checksLeftBy(lastConformRun(out)) : only;
  return {
    ...((lastFailed || named.length > 0) && { only: named }),
    ...(grep && { grep }),
    ...(grepInvert && { grepInvert }),
    ...(level && { level }),
    ...(skip.length > 0 && { skip }),
    ...(shard && { shard }),
  };
}

/** When to stop, and what is too slow. */
export function gateOf({ bail, timeLimit, maxResponseTime }: ChoiceFlags): GateOptions {
  return {
    ...(bail !== undefined && { bail: bail === true ? 1 : bail }),
    ...(timeLimit !== undefined && { timeLimit: timeLimit * 1000 }),
    ...(maxResponseTime !== undefined && { maxResponseTime }),
  };
}
