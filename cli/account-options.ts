import { Option, type Command } from 'commander';
import type { AccountOptions } from '../bridge/index.ts';
import { ACCOUNTS, PLANS, WIRES } from './names.ts';

/** Flags of a bridge with a 1Password account behind it. */
export interface AccountFlags {
  readonly profile?: AccountOptions['profile'];
  readonly wire?: NonNullable<AccountOptions['wire']>;
  readonly set: Readonly<Record<string, string>>;
  readonly plan?: NonNullable<AccountOptions['plan']>;
  readonly domains?: string;
  readonly signInHost?: string;
  readonly notSetUp?: true;
  readonly controlTokenEnv?: string;
  readonly controlTokenFile?: string;
}

/** Adds the flags of a simulated account; `--set` is for the caller to add. */
export function addAccountOptions(command: Command): Command {
  const profile = new Option('--profile <name>', 'put a simulated 1Password account behind it, provisioned that way');
  const wire = new Option('--wire <name>', 'how answers look: as the RFC has them, or as recorded of 1Password');
  const plan = new Option('--plan <name>', 'plan of the account; msp: that of a managed service provider');
  return command
    .addOption(profile.choices(ACCOUNTS))
    .addOption(wire.choices(WIRES))
    .addOption(plan.choices(PLANS))
    .option('--domains <names>', 'domains whose addresses may be used, with commas between; any by default')
    .option('--sign-in-host <host>', 'host that people sign in at, where nothing SCIM answers')
    .option('--not-set-up', 'begin without provisioning; the control API sets it up')
    .option(
      '--control-token-env <variable>',
      'serve the control API at /control, to a token from an environment variable',
    )
    .option('--control-token-file <file>', 'the same, to a token from a file');
}
