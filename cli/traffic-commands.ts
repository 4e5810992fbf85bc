import { Option, type Command } from 'commander';
import type { JudgeFlags } from './commands/judge.ts';
import type { ReplayFlags } from './commands/replay.ts';
import type { Io } from './io.ts';
import { addTargetOptions, addVerdictOptions } from './run-options.ts';

const PROFILES =
  'what weighs how much: rfc, jumpcloud, 1password, 1password-self-hosted, 1password-hosted, okta, entra';

/** Adds the commands that work on traffic which somebody else caused. */
export function addTrafficCommands(program: Command, io: Io, ends: (command: Promise<number>) => Promise<void>): void {
  addVerdictOptions(
    program
      .command('judge')
      .description(
        'judge recorded traffic: the requests as those of a client, the answers as those of a service provider',
      )
      .argument('<file>', 'a record.jsonl, the folder it is in, or a HAR file')
      .option('--profile <name>', PROFILES, 'rfc')
      .option('--base <url>', 'base URL of the service provider in a HAR file; guessed by default'),
  ).action((file: string, flags: JudgeFlags) =>
    ends(import('./commands/judge.ts').then(({ judge }) => judge(file, flags, io))),
  );

  addTargetOptions(
    program
      .command('replay')
      .description('send recorded requests to another target and show what it does differently')
      .argument('<file>', 'a record.jsonl, the folder it is in, or a HAR file')
      .requiredOption('--target <url>', 'SCIM base URL to send to')
      .option('--base <url>', 'base URL of the service provider in a HAR file; guessed by default')
      .option('--out <folder>', 'where the record of the run goes', 'scimulator-results')
      .addOption(
        new Option('--format <format>', 'format of the differences').choices(['text', 'json']).default('text'),
      ),
  ).action((file: string, flags: ReplayFlags) =>
    ends(import('./commands/replay.ts').then(({ replayCommand }) => replayCommand(file, flags, io))),
  );
}

/** Adds the flags of a server that judges its clients. */
export const addJudgeOptions = (command: Command): Command =>
  command
    .option('--judge', 'judge what clients send; a report at the end, and on SIGUSR2')
    .option('--judge-profile <name>', `with --judge: ${PROFILES}`, 'rfc')
    .option('--out <folder>', 'with --judge: where records and reports go', 'scimulator-results')
    .option('--strict', 'with --judge: warnings count as failures');
