import { InvalidArgumentError, Option, type Command } from 'commander';
import { addAccountOptions } from './account-options.ts';
import type { Define } from './command-table.ts';
import type { ServeBridgeFlags } from './commands/serve.ts';
import { addConfigOptions } from './config-options.ts';
import type { ServeAllFlags } from './commands/serve-directory.ts';
import { addTargetOptions, wholeNumber } from './run-options.ts';
import { addJudgeOptions } from './traffic-commands.ts';

/** `serve` with its servers. */
export const defineServe: Define = (serve, io, ends) => {
  addJudgeOptions(
    addAccountOptions(
      addListenOptions(serve.command('bridge').description('the reference bridge: a SCIM service provider')),
    )
      .option('--set <name=value>', 'with --profile: a setting of the account, as often as wanted', nameAndValue, {})
      .option('--token-env <variable>', 'bearer token to ask for, from an environment variable')
      .option('--token-file <file>', 'bearer token to ask for, from a file')
      .option('--anonymous', 'ask for no credential')
      .option('--schemas <folder>', 'further resource types and extensions, from .json files')
      .option('--settings <file>', 'capabilities and limits, from a JSON file')
      .addOption(
        new Option('--remove-value <what>', 'what a PATCH remove of members with a value list removes').choices([
          'listed',
          'all',
          '400',
        ]),
      )
      .addOption(new Option('--log <level>', 'structured log on standard error').choices(['info', 'error'])),
  ).action((flags: ServeBridgeFlags) =>
    ends(import('./commands/serve.ts').then(({ serveBridgeCommand }) => serveBridgeCommand(flags, io))),
  );

  addTargetOptions(
    addDirectoryOptions(
      addConfigOptions(
        addListenOptions(
          serve.command('directory').description('a simulated JumpCloud: its admin API, and provisioning to a target'),
        ).option('--target <url>', 'SCIM base URL to provision to; that of the configuration by default'),
      ),
    ),
  ).action((_: unknown, parsed: Command) =>
    ends(
      import('./commands/serve-directory.ts').then(({ serveDirectoryCommand }) => serveDirectoryCommand(parsed, io)),
    ),
  );

  addDirectoryOptions(
    addListenOptions(
      serve.command('all').description('a simulated JumpCloud and the reference bridge it provisions to'),
    )
      .option('--bridge-port <number>', 'port of the bridge; 0 picks a free one', wholeNumber(0, 65_535), 0)
      .option('--token-env <variable>', 'bearer token of the bridge, from an environment variable; made up by default')
      .option('--token-file <file>', 'bearer token of the bridge, from a file'),
  ).action((flags: ServeAllFlags) =>
    ends(import('./commands/serve-directory.ts').then(({ serveAllCommand }) => serveAllCommand(flags, io))),
  );
};

const addListenOptions = (command: Command): Command =>
  command
    .option('--port <number>', 'port; 0 picks a free one', wholeNumber(0, 65_535), 0)
    .option('--host <address>', 'address to listen on', '127.0.0.1');

const addDirectoryOptions = (command: Command): Command =>
  command
    .option('--api-key-env <variable>', 'API key to ask for, from an environment variable')
    .option('--api-key-file <file>', 'API key to ask for, from a file')
    .option('--anonymous', 'ask for no API key')
    .option('--people <number>', 'size of the organisation that is made up', wholeNumber(0, 100_000))
    .option('--seed <number>', 'seed of everything that is made up', wholeNumber(0, 0xffff_ffff), 1)
    .option('--import <file>', 'people from a .csv or .json file in place of made-up ones')
    .option('--manage-groups', 'manage groups and memberships too')
    .option('--inactive', 'leave provisioning switched off at the start')
    .option('--set <name=value>', 'a setting of the simulated JumpCloud, as often as wanted', nameAndValue, {});

function nameAndValue(text: string, before: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [, name, value] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new InvalidArgumentError('write name=value, for example plainHttp=allow.');
  }
  return { ...before, [name]: value };
}
