import type { Command } from 'commander';
import { addCareOptions } from './care-options.ts';
import type { RerunFlags } from './commands/rerun.ts';
import type { Io } from './io.ts';
import { addRecordOptions, addTargetOptions, wholeNumber } from './run-options.ts';

/** Adds `rerun`; it loads what it needs when it runs. */
export function addRerunCommand(program: Command, io: Io, ends: (command: Promise<number>) => Promise<void>): void {
  const command = program
    .command('rerun')
    .description('run some checks again: `rerun <check...> <url>`, or `rerun --last` for what was red last')
    .argument('[what...]', 'ids of checks, in which * stands for any text, and at the end the base URL')
    .option('--last', 'target, seed and profile of the last run in the folder of results')
    .option('--profile <name>', 'what weighs how much; that of the last run, or rfc, by default')
    .option('--concurrency <number>', 'checks under way at once', wholeNumber(1, 64), 8);
  addCareOptions(addRecordOptions(addTargetOptions(command))).action((what: string[], flags: RerunFlags) =>
    ends(import('./commands/rerun.ts').then(({ rerunCommand }) => rerunCommand(what, flags, io))),
  );
}
