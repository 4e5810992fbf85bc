import { Argument, Option, type Command } from 'commander';
import type { Define } from './command-table.ts';
import type { LintFlags } from './commands/lint.ts';
import { addConfigOptions } from './config-options.ts';
import { LISTS, WEIGHTS } from './names.ts';
import { addTargetOptions } from './run-options.ts';

/** `list` */
export const defineList: Define = (command, io, ends) => {
  command
    .addArgument(new Argument('<what>', 'which one').choices(LISTS))
    .option('--json', 'as JSON, with every member')
    .action((what: (typeof LISTS)[number], flags: { json?: true }) =>
      ends(import('./commands/list.ts').then(({ list }) => list(what, flags, io))),
    );
};

/** `explain` */
export const defineExplain: Define = (command, io, ends) => {
  command
    .argument('<id...>', 'ids, for example RFC7644-3.3-04 or create.status')
    .option('--json', 'as JSON')
    .action((ids: string[], flags: { json?: true }) =>
      ends(import('./commands/explain.ts').then(({ explainCommand }) => explainCommand(ids, flags, io))),
    );
};

/** `lint` */
export const defineLint: Define = (command, io, ends) => {
  command
    .argument('<payload.json...>', 'files; - is standard input')
    .addOption(
      new Option('--as <what>', 'what it is meant to be').choices(['user', 'group', 'patch', 'bulk', 'search']),
    )
    .option('--profile <name>', WEIGHTS, 'rfc')
    .option('--json', 'as JSON')
    .action((files: string[], flags: LintFlags) =>
      ends(import('./commands/lint.ts').then(({ lintCommand }) => lintCommand(files, flags, io))),
    );
};

/** `doctor` */
export const defineDoctor: Define = (command, io, ends) => {
  addTargetOptions(
    addConfigOptions(
      command
        .argument('[url]', 'base URL, for example https://host.example/scim/v2; that of the configuration by default')
        .option('--json', 'as JSON'),
    ),
  ).action((url: string | undefined, _: unknown, parsed: Command) =>
    ends(import('./commands/doctor.ts').then(({ doctorCommand }) => doctorCommand(url, parsed, io))),
  );
};
