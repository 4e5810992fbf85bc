import { Option } from 'commander';
import type { Define } from './command-table.ts';
import type { GenerateFlags } from './commands/generate.ts';
import { wholeNumber } from './run-options.ts';

const FORMATS = ['json', 'csv', 'jsonl'] as const;

/** `generate` */
export const defineGenerate: Define = (command, io, ends) => {
  command
    .option('--people <number>', 'how many', wholeNumber(0, 100_000), 100)
    .option('--seed <number>', 'equal seeds make equal people', wholeNumber(0, Number.MAX_SAFE_INTEGER), 1)
    .option('--profile <file>', 'what it is a mix of: JSON or YAML, see schemas/generator-profile.schema.json')
    .addOption(new Option('--format <format>', 'format').choices(FORMATS).default('json'))
    .option('--output <file>', 'where to write it; standard output by default')
    .option('--force', 'write over a file that is there')
    .action((flags: GenerateFlags) =>
      ends(import('./commands/generate.ts').then(({ generateCommand }) => generateCommand(flags, io))),
    );
};
