import { Option, type Command } from 'commander';
import { addCareOptions } from './care-options.ts';
import { addChoiceOptions } from './choice-options.ts';
import { addControlOptions } from './control-options.ts';
import { addConfigOptions } from './config-options.ts';
import type { Define } from './command-table.ts';
import { WEIGHTS } from './names.ts';
import { addStartOptions } from './start-options.ts';
import { addRecordOptions, addTargetOptions, wholeNumber } from './run-options.ts';

/** `conform` */
export const defineConform: Define = (command, io, ends) => {
  command
    .argument('[url]', 'base URL, for example https://host.example/scim/v2; that of the configuration by default')
    .addOption(new Option('--profile <name>', WEIGHTS).default('rfc'))
    .addOption(
      new Option('--concurrency <number>', 'checks under way at once').argParser(wholeNumber(1, 64)).default(8),
    );
  addStartOptions(
    addRecordOptions(addControlOptions(addTargetOptions(addConfigOptions(command)))).option(
      '--requirements <day>',
      'score only what existed on that day (YYYY-MM-DD); newer checks are reported',
    ),
  );
  addChoiceOptions(addCareOptions(command)).action((url: string | undefined, _: unknown, parsed: Command) =>
    ends(import('./commands/conform.ts').then(({ conformCommand }) => conformCommand(url, parsed, io))),
  );
};
