import type { Command } from 'commander';
import { addCareOptions } from './care-options.ts';
import type { Define } from './command-table.ts';
import { addConfigOptions } from './config-options.ts';
import { addControlOptions } from './control-options.ts';
import { addStartOptions } from './start-options.ts';
import { addRecordOptions, addTargetOptions, wholeNumber } from './run-options.ts';

/** `rerun` */
export const defineRerun: Define = (command, io, ends) => {
  command
    .argument(
      '[what...]',
      'ids of checks, in which * stands for any text, and at the end the base URL unless a configuration names it',
    )
    .option('--last', 'target, seed and profile of the last run in the folder of results')
    .option('--profile <name>', 'what weighs how much; that of the last run, or rfc, by default')
    .option('--concurrency <number>', 'checks under way at once', wholeNumber(1, 64), 8);
  addStartOptions(
    addCareOptions(addRecordOptions(addControlOptions(addTargetOptions(addConfigOptions(command))))),
  ).action((what: string[], _: unknown, parsed: Command) =>
    ends(import('./commands/rerun.ts').then(({ rerunCommand }) => rerunCommand(what, parsed, io))),
  );
};
