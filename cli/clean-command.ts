import type { Command } from 'commander';
import type { Define } from './command-table.ts';
import { addConfigOptions } from './config-options.ts';
import { addTargetOptions } from './run-options.ts';

/** `clean` */
export const defineClean: Define = (command, io, ends) => {
  addTargetOptions(
    addConfigOptions(command)
      .argument('[url]', 'base URL the run was made against; that of its record by default')
      .requiredOption('--run <id>', 'id of the run, or the path of its record')
      .option('--out <folder>', 'where records are kept', 'scimulator-results'),
  ).action((url: string | undefined, _: unknown, parsed: Command) =>
    ends(import('./commands/clean.ts').then(({ clean }) => clean(url, parsed, io))),
  );
};
