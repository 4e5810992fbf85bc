import { Option } from 'commander';
import type { Define } from './command-table.ts';
import type { InitFlags } from './commands/init.ts';
import { WEIGHTS } from './names.ts';
import { addTargetOptions } from './run-options.ts';

/** `init` */
export const defineInit: Define = (command, io, ends) => {
  addTargetOptions(
    command
      .option('--from <url>', 'base URL of the endpoint; without it everything is asked for')
      .option('--output <file>', 'where to write it', 'scimulator.yaml')
      .option('--profile <name>', WEIGHTS, 'rfc')
      .option('--baseline', 'write an empty list of known deviations too: scimulator-baseline.yaml')
      .addOption(new Option('--ci <where>', 'write a workflow that gates changes, too').choices(['github']))
      .option('--email-domain <domain>', 'domain of the addresses that are made up')
      .option('--force', 'write over a file that is there'),
  ).action((flags: InitFlags) => ends(import('./commands/init.ts').then(({ initCommand }) => initCommand(flags, io))));
};
