import { Option, type Command } from 'commander';
import type { Define } from './command-table.ts';
import type { JudgeFlags } from './commands/judge.ts';
import { addConfigOptions } from './config-options.ts';
import { WEIGHTS } from './names.ts';
import { addTargetOptions, addVerdictOptions } from './run-options.ts';

/** `judge` */
export const defineJudge: Define = (command, io, ends) => {
  addVerdictOptions(
    command
      .argument('<file>', 'a record.jsonl, the folder it is in, or a HAR file')
      .option('--profile <name>', WEIGHTS, 'rfc')
      .option('--base <url>', 'base URL of the service provider in a HAR file; guessed by default'),
  ).action((file: string, flags: JudgeFlags) =>
    ends(import('./commands/judge.ts').then(({ judge }) => judge(file, flags, io))),
  );
};

/** `replay` */
export const defineReplay: Define = (command, io, ends) => {
  addTargetOptions(
    addConfigOptions(command)
      .argument('<file>', 'a record.jsonl, the folder it is in, or a HAR file')
      .option('--target <url>', 'SCIM base URL to send to; that of the configuration by default')
      .option('--base <url>', 'base URL of the service provider in a HAR file; guessed by default')
      .option('--out <folder>', 'where the record of the run goes', 'scimulator-results')
      .addOption(
        new Option('--format <format>', 'format of the differences').choices(['text', 'json']).default('text'),
      ),
  ).action((file: string, _: unknown, parsed: Command) =>
    ends(import('./commands/replay.ts').then(({ replayCommand }) => replayCommand(file, parsed, io))),
  );
};

/** Adds the flags of a server that judges its clients. */
export const addJudgeOptions = (command: Command): Command =>
  command
    .option('--judge', 'judge what clients send; a report at the end, and on SIGUSR2')
    .option('--judge-profile <name>', `with --judge: ${WEIGHTS}`, 'rfc')
    .option('--out <folder>', 'with --judge: where records and reports go', 'scimulator-results')
    .option('--strict', 'with --judge: warnings count as failures');
