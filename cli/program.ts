import { Command, CommanderError } from 'commander';
import { EXIT } from '../harness/exit-code.ts';
import { VERSION } from '../harness/version.ts';
import { commandTable, type Ends } from './command-table.ts';
import { fileTrouble } from '../text/file-trouble.ts';
import { suggest } from '../text/suggest.ts';
import { UsageError, type Io } from './io.ts';

/**
 * Runs one command line and answers its exit code. What a command takes and needs is loaded for that command alone, so that
 * `--help` and a usage error are quick.
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  let exitCode: number = EXIT.conforms;
  const ends = (command: Promise<number>) => command.then(code => void (exitCode = code));
  try {
    const program = await describeProgram(argv, io, ends);
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.conforms : EXIT.usage;
    // Loaded only now: help needs no word of it.
    const { visible } = await import('../reports/writers/visible.ts');
    return answerError(error, { ...io, err: text => io.err(visible(text)) });
  }
}

async function describeProgram(argv: readonly string[], io: Io, ends: Ends): Promise<Command> {
  const program = new Command('scimulator')
    .description('Plays an identity provider, plays the SCIM service provider behind it, and judges either side.')
    .version(VERSION)
    .exitOverride()
    .configureOutput({
      writeOut: text => io.out(text),
      writeErr: text => io.err(text),
      getOutHelpWidth: () => io.width ?? 80,
      outputError: (text, write) => write(withSuggestion(text)),
    })
    .showSuggestionAfterError()
    .addHelpText('after', AFTER);
  const [first, second] = argv.filter(word => !word.startsWith('-'));
  const asked = first === 'help' ? second : first;
  for (const { group, name, description, define } of commandTable) {
    const command = program.command(name).description(description).helpGroup(group);
    // What completes command lines has to know all of them.
    if (name === asked || asked === 'completion') (await define())(command, io, ends);
  }
  return program;
}

const AFTER = `
Exit codes: 0 conforms, 1 a failure, 2 wrong usage, 3 nothing could be judged,
4 our own error, 130 interrupted. NO_COLOR takes the colours away.`;

/** What commander says, as ours begins; with the nearest of the choices, which it names without one. */
function withSuggestion(text: string): string {
  const [, value = '', choices = ''] = /'([^']*)' is invalid .*Allowed choices are (.*)\./.exec(text) ?? [];
  const nearest = choices === '' ? '' : suggest(value, choices.split(', '));
  return `${text.replace(/^error: /, 'scimulator: ').trimEnd()}${nearest}\n`;
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

/** A message of one line is broken between words where a person reads it; others have places in files that stay as they are. */
function shown(message: string, { interactive, width }: Io): string {
  const isBroken = interactive && width !== undefined && !message.includes('\n');
  const lines = isBroken
    ? message.match(new RegExp(`.{1,${Math.max(20, width - 12)}}(?: +|$)|\\S+ *`, 'g'))
    : undefined;
  return `scimulator: ${lines?.map(line => line.trimEnd()).join('\n  ') ?? message}\n`;
}

function answerError(error: unknown, io: Io): number {
  const { code, message, stack } = error as Error & { code?: string };
  if (error instanceof UsageError || USERS.has(code ?? '')) {
    io.err(shown(message, io));
    return EXIT.usage;
  }
  const { path, dest } = error as NodeJS.ErrnoException & { dest?: string };
  if (path !== undefined && code !== undefined) {
    io.err(shown(`${dest ?? path}: ${fileTrouble(error)}`, io));
    return EXIT.usage;
  }
  if (code && /^E[A-Z]+$/.test(code)) {
    io.err(`scimulator: ${message}\n`);
    return EXIT.ownError;
  }
  io.err(`scimulator: this is a bug of ours, please report it\n${stack ?? String(error)}\n`);
  return EXIT.ownError;
}
