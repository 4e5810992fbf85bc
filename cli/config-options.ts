import type { Command } from 'commander';

/** Flags of every command that takes its settings from a configuration too. */
export interface ConfigFlags {
  /** `false`: none at all. */
  readonly config?: string | false;
  readonly printConfig?: true;
}

export const addConfigOptions = (command: Command): Command =>
  command
    .option('--config <file>', 'configuration; the nearest scimulator.yaml by default')
    .option('--no-config', 'take no configuration')
    .option('--print-config', 'say which settings would be used and where each comes from; nothing is sent')
    .addHelpText(
      'after',
      '\nA flag weighs more than its variable (SCIMULATOR_TIMEOUT for --timeout,\nSCIMULATOR_URL for the base URL), and that more than scimulator.yaml.',
    );
