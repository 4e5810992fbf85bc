import { Argument, Command, CommanderError, Option } from 'commander';
import { EXIT } from '../harness/exit-code.ts';
import { VERSION } from '../harness/version.ts';
import type { ConformFlags } from './commands/conform.ts';
import type { DemoFlags } from './commands/demo.ts';
import type { InitFlags } from './commands/init.ts';
import type { PlayFlags } from './commands/play.ts';
import { addChoiceOptions } from './choice-options.ts';
import { addCareOptions } from './care-options.ts';
import { UsageError, type Io } from './io.ts';
import { addGenerateCommand } from './generate-command.ts';
import { addMappingCommands } from './mapping-commands.ts';
import { addServeCommands } from './serve-commands.ts';
import { addTrafficCommands } from './traffic-commands.ts';
import { addLookCommands } from './look-commands.ts';
import { addReportCommands } from './report-commands.ts';
import { addRerunCommand } from './rerun-command.ts';
import { addRecordOptions, addTargetOptions, wholeNumber } from './run-options.ts';

/** What `list` can list; a test holds it against the tables. */
const LISTS = ['clauses', 'checks', 'defects', 'variants', 'rules', 'scenarios', 'dialects'] as const;

/**
 * Runs one command line and answers its exit code. Commands load what they need when they run, so that `--help` and a
 * usage error are quick.
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  let exitCode: number = EXIT.conforms;
  const ends = (command: Promise<number>) => command.then(code => void (exitCode = code));
  const program = describeProgram(io, ends);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    return answerError(error, io);
  }
}

function describeProgram(io: Io, ends: (command: Promise<number>) => Promise<void>): Command {
  const program = new Command('scimulator')
    .description('Plays an identity provider, plays the SCIM service provider behind it, and judges either side.')
    .version(VERSION)
    .exitOverride()
    .configureOutput({ writeOut: text => io.out(text), writeErr: text => io.err(text) })
    .showSuggestionAfterError()
    .addHelpText(
      'after',
      '\nExit codes: 0 conforms, 1 a failure, 2 wrong usage, 3 nothing could be judged, 4 our own error.',
    );

  addRecordOptions(
    program
      .command('demo')
      .description(
        'a simulated JumpCloud provisions into a reference bridge, every exchange is judged, a report is left',
      )
      .option('--people <number>', 'size of the organisation', wholeNumber(1, 10_000), 40),
  ).action((flags: DemoFlags) => ends(import('./commands/demo.ts').then(({ demo }) => demo(flags, io))));

  const conformance = addRecordOptions(
    addTargetOptions(
      program
        .command('conform')
        .description('judge a SCIM endpoint against the standard')
        .argument('[url]', 'base URL, for example https://host.example/scim/v2; that of the configuration by default')
        .option('--config <file>', 'configuration; the nearest scimulator.yaml by default')
        .addOption(
          new Option(
            '--profile <name>',
            'what weighs how much: rfc, jumpcloud, 1password, 1password-self-hosted, 1password-hosted, okta, entra',
          )
            .env('SCIMULATOR_PROFILE')
            .default('rfc'),
        )
        .addOption(
          new Option('--concurrency <number>', 'checks under way at once')
            .env('SCIMULATOR_CONCURRENCY')
            .argParser(wholeNumber(1, 64))
            .default(8),
        ),
    ),
  );
  conformance.option(
    '--requirements <day>',
    'score only what existed on that day (YYYY-MM-DD); newer checks are reported',
  );
  conformance
    .option('--start <command>', 'start the endpoint with this command line, and stop it at the end')
    .option('--wait <seconds>', 'how long the endpoint has to come up', wholeNumber(1, 3600));
  addChoiceOptions(addCareOptions(conformance)).action(
    (url: string | undefined, flags: ConformFlags, command: Command) => {
      const given = Object.keys(flags).filter(name =>
        ['cli', 'env'].includes(command.getOptionValueSource(name) ?? ''),
      );
      return ends(import('./commands/conform.ts').then(({ conformCommand }) => conformCommand(url, flags, given, io)));
    },
  );

  addTargetOptions(
    program
      .command('init')
      .description('learn what a SCIM endpoint needs, and write it down as a configuration')
      .requiredOption('--from <url>', 'base URL of the endpoint')
      .option('--output <file>', 'where to write it', 'scimulator.yaml')
      .option('--email-domain <domain>', 'domain of the addresses that are made up')
      .option('--force', 'write over a file that is there'),
  ).action((flags: InitFlags) => ends(import('./commands/init.ts').then(({ initCommand }) => initCommand(flags, io))));

  addRecordOptions(
    addTargetOptions(
      program
        .command('play')
        .description('play lifecycle stories as an identity provider would')
        .argument('<scenario...>', 'ids of stories (see `list scenarios`), `all`, or paths of .yaml files')
        .option('--target <url>', 'SCIM base URL; a reference bridge of our own by default')
        .option('--idp <dialect>', 'identity provider to play', 'jumpcloud')
        .option('--people <number>', 'size of the crowd in stories that have one', wholeNumber(0, 10_000))
        .addOption(
          new Option('--account <profile>', 'put a 1Password account behind our own bridge').choices([
            'hosted',
            'self-hosted',
          ]),
        )
        .option('--dry-run', 'print what would happen and which rules say so; nothing is sent to the target')
        .option('--step', 'wait for a key after each step, and show what went over the wire'),
    ),
  ).action((ids: string[], flags: PlayFlags) =>
    ends(import('./commands/play.ts').then(({ playCommand }) => playCommand(ids, flags, io))),
  );

  addRerunCommand(program, io, ends);
  addGenerateCommand(program, io, ends);
  addMappingCommands(program, io, ends);
  addTrafficCommands(program, io, ends);

  addServeCommands(program, io, ends);

  program
    .command('list')
    .description('print a catalogue')
    .addArgument(new Argument('<what>', 'which one').choices(LISTS))
    .option('--json', 'as JSON, with every member')
    .action((what: (typeof LISTS)[number], flags: { json?: true }) =>
      ends(import('./commands/list.ts').then(({ list }) => list(what, flags, io))),
    );

  addLookCommands(program, io, ends);
  addReportCommands(program, io, ends);

  addTargetOptions(
    program
      .command('clean')
      .description('remove what an interrupted run left on a target')
      .argument('<url>', 'base URL the run was made against')
      .requiredOption('--run <id>', 'id of the run, or the path of its record')
      .option('--out <folder>', 'where records are kept', 'scimulator-results'),
  ).action((url: string, flags: ConformFlags & { run: string }) =>
    ends(import('./commands/clean.ts').then(({ clean }) => clean(url, flags, io))),
  );
  return program;
}

/** Errors that are the user's to mend, by their `code`: the message is all there is to say. */
const USERS = new Set([
  'usage',
  'base-url',
  'record',
  'scenario',
  'directory',
  'port',
  'selection',
  'schema',
  'settings',
  'config',
  'recording',
  'requirements',
  'start',
  'merge',
  'mapping',
  'control-module',
  'control-connection',
]);

function answerError(error: unknown, io: Io): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.conforms : EXIT.usage;
  const { code, message, stack } = error as Error & { code?: string };
  if (error instanceof UsageError || USERS.has(code ?? '')) {
    io.err(`scimulator: ${message}\n`);
    return EXIT.usage;
  }
  if (code && /^E[A-Z]+$/.test(code)) {
    io.err(`scimulator: ${message}\n`);
    return EXIT.ownError;
  }
  io.err(`scimulator: this is a bug of ours, please report it\n${stack ?? String(error)}\n`);
  return EXIT.ownError;
}
