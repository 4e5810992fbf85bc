import type { Command, Option } from 'commander';

/** What may stand in one place of a command line. */
export interface Place {
  readonly words: readonly string[];
  /** The path of a file or folder may, too. */
  readonly files: boolean;
}

/** A flag as a shell completes it. */
export interface Flag {
  /** With its dashes. */
  readonly name: string;
  readonly description: string;
  /** What its value may be; nothing where it takes none. */
  readonly value?: Place;
}

/** A command, or one below it: `serve bridge`. */
export interface Completed {
  readonly path: string;
  readonly description: string;
  readonly flags: readonly Flag[];
  readonly positional: Place;
}

/** Words of places that the command itself does not list: by the name of a flag or an argument, without punctuation. */
export type KnownWords = Readonly<Record<string, readonly string[]>>;

/** The program and all commands below it, each with what a shell may offer there. */
export function completedCommands(program: Command, known: KnownWords): readonly Completed[] {
  const below = (command: Command, path: string): readonly Completed[] => [
    {
      path,
      description: command.description(),
      flags: [...command.options.map(option => flagOf(option, known)), HELP],
      positional: positionalOf(command, path, known),
    },
    ...command.commands.flatMap(sub => below(sub, `${path} ${sub.name()}`.trim())),
  ];
  return below(program, '');
}

/** What is read so far with one word more, and the command it means: `serve bridge`; a command itself follows a space. */
export const steps = (commands: readonly Completed[]): readonly (readonly [string, string])[] =>
  commands.filter(({ path }) => path !== '').map(({ path }) => [path.includes(' ') ? path : ` ${path}`, path]);

const HELP: Flag = { name: '--help', description: 'display help for command' };

function flagOf(option: Option, known: KnownWords): Flag {
  const { long, flags, description, argChoices } = option;
  const name = long ?? flags;
  if (!option.required) return { name, description };
  const words = argChoices ?? known[name] ?? [];
  return { name, description, value: { words, files: /<(?:file|folder)>/.test(flags) } };
}

function positionalOf(command: Command, path: string, known: KnownWords): Place {
  const named = command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []);
  const isFile = command.registeredArguments.some(argument => /file|record|json|before|after/.test(argument.name()));
  return {
    words: [...command.commands.map(sub => sub.name()), ...named, ...(known[path] ?? [])],
    files: isFile || path === 'play',
  };
}
