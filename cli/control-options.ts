import { Option, type Command } from 'commander';

/** Flags that say how the account behind a target is acted on. */
export interface ControlFlags {
  readonly controlModule?: string;
  readonly controlUrl?: string;
  readonly controlTokenEnv?: string;
  readonly controlTokenFile?: string;
}

/** Adds the flags of a control. */
export function addControlOptions(command: Command): Command {
  const options: readonly [string, string][] = [
    ['--control-module <file>', 'act on it through a module of your own that exports "control"'],
    ['--control-url <url>', 'act on it through a control API, as `serve bridge` has it at /control'],
    ['--control-token-env <variable>', 'bearer token of the control API, from an environment variable'],
    ['--control-token-file <file>', 'the same, from a file'],
  ];
  for (const [flags, text] of options)
    command.addOption(new Option(flags, text).helpGroup('Account behind the target:'));
  return command;
}
