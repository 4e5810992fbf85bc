import { Option, type Command } from 'commander';
import type { LintFlags } from './commands/lint.ts';
import type { Io } from './io.ts';
import { addTargetOptions, type TargetFlags } from './run-options.ts';

/** Adds the commands that look at something and change nothing; each loads what it needs when it runs. */
export function addLookCommands(program: Command, io: Io, ends: (command: Promise<number>) => Promise<void>): void {
  program
    .command('explain')
    .description('say what an id stands for: a clause, rule, check, defect, variant, story or profile')
    .argument('<id...>', 'ids, for example RFC7644-3.3-04 or create.status')
    .option('--json', 'as JSON')
    .action((ids: string[], flags: { json?: true }) =>
      ends(import('./commands/explain.ts').then(({ explainCommand }) => explainCommand(ids, flags, io))),
    );

  program
    .command('lint')
    .description('judge the body of a request without sending it: a user, a group, a PATCH, bulk or search request')
    .argument('<payload.json...>', 'files; - is standard input')
    .addOption(
      new Option('--as <what>', 'what it is meant to be').choices(['user', 'group', 'patch', 'bulk', 'search']),
    )
    .option(
      '--profile <name>',
      'what weighs how much: rfc, jumpcloud, 1password, 1password-self-hosted, 1password-hosted, okta, entra',
      'rfc',
    )
    .option('--json', 'as JSON')
    .action((files: string[], flags: LintFlags) =>
      ends(import('./commands/lint.ts').then(({ lintCommand }) => lintCommand(files, flags, io))),
    );

  addTargetOptions(
    program
      .command('doctor')
      .description('find out why a SCIM endpoint cannot be used: address, network, TLS, credential, base path')
      .argument('<url>', 'base URL, for example https://host.example/scim/v2')
      .option('--json', 'as JSON'),
  ).action((url: string, flags: TargetFlags & { json?: true }) =>
    ends(import('./commands/doctor.ts').then(({ doctorCommand }) => doctorCommand(url, flags, io))),
  );
}
