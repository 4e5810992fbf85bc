import { Option, type Command } from 'commander';
import type { GenerateFlags } from './commands/generate.ts';
import type { Io } from './io.ts';
import { wholeNumber } from './run-options.ts';

const FORMATS = ['json', 'csv', 'jsonl'] as const;

/** Adds `generate`; it loads what it needs when it runs. */
export function addGenerateCommand(program: Command, io: Io, ends: (command: Promise<number>) => Promise<void>): void {
  program
    .command('generate')
    .description('make up an organisation: people of a directory, with their user groups')
    .option('--people <number>', 'how many', wholeNumber(0, 100_000), 100)
    .option('--seed <number>', 'equal seeds make equal people', wholeNumber(0, Number.MAX_SAFE_INTEGER), 1)
    .option('--profile <file>', 'what it is a mix of: JSON or YAML, see schemas/generator-profile.schema.json')
    .addOption(new Option('--format <format>', 'format').choices(FORMATS).default('json'))
    .option('--output <file>', 'where to write it; standard output by default')
    .option('--force', 'write over a file that is there')
    .action((flags: GenerateFlags) =>
      ends(import('./commands/generate.ts').then(({ generateCommand }) => generateCommand(flags, io))),
    );
}
