import type { Define } from './command-table.ts';
import { addTargetOptions, type TargetFlags } from './run-options.ts';

/** `clean` */
export const defineClean: Define = (command, io, ends) => {
  addTargetOptions(
    command
      .argument('<url>', 'base URL the run was made against')
      .requiredOption('--run <id>', 'id of the run, or the path of its record')
      .option('--out <folder>', 'where records are kept', 'scimulator-results'),
  ).action((url: string, flags: TargetFlags & { run: string; out: string }) =>
    ends(import('./commands/clean.ts').then(({ clean }) => clean(url, flags, io))),
  );
};
