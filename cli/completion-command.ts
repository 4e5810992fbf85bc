import { Argument, type Command } from 'commander';
import type { Define } from './command-table.ts';
import { SHELLS } from './names.ts';

/** `completion`: the program knows all its commands when this one is asked for. */
export const defineCompletion: Define = (command, io, ends) => {
  command
    .addArgument(new Argument('<shell>', 'which one').choices(SHELLS))
    .addHelpText('after', '\nFor bash, in ~/.bashrc: source <(scimulator completion bash)')
    .action((shell: (typeof SHELLS)[number], _: unknown, parsed: Command) =>
      ends(import('./commands/completion.ts').then(({ completion }) => completion(shell, parsed, io))),
    );
};
