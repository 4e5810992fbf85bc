import { Option, type Command } from 'commander';
import { accountProfiles, accountWires, type AccountOptions, type BridgeOptions } from '../bridge/index.ts';
import { suggest } from '../text/suggest.ts';
import { secretOf } from './credential-options.ts';
import { UsageError, type Io } from './io.ts';

/** Flags of a bridge with a 1Password account behind it. */
export interface AccountFlags {
  readonly profile?: AccountOptions['profile'];
  readonly wire?: NonNullable<AccountOptions['wire']>;
  readonly set: Readonly<Record<string, string>>;
  readonly controlTokenEnv?: string;
  readonly controlTokenFile?: string;
}

/** Adds the flags of a simulated account; `--set` is for the caller to add. */
export function addAccountOptions(command: Command): Command {
  const profile = new Option('--profile <name>', 'put a simulated 1Password account behind it, provisioned that way');
  const wire = new Option('--wire <name>', 'how answers look: as the RFC has them, or as recorded of 1Password');
  return command
    .addOption(profile.choices(Object.keys(accountProfiles)))
    .addOption(wire.choices(accountWires))
    .option(
      '--control-token-env <variable>',
      'serve the control API at /control, to a token from an environment variable',
    )
    .option('--control-token-file <file>', 'the same, to a token from a file');
}

/**
 * What of a bridge the flags are about; nothing without `--profile`.
 *
 * @throws UsageError for flags that need an account where there is none, and for settings that it does not take
 */
export function accountOf(flags: AccountFlags, io: Io): Pick<BridgeOptions, 'account' | 'controlToken'> {
  const { profile, wire, set, controlTokenEnv, controlTokenFile } = flags;
  const isControlled = controlTokenEnv !== undefined || controlTokenFile !== undefined;
  if (profile === undefined) {
    const odd = [wire && '--wire', isControlled && '--control-token-…', Object.keys(set).length > 0 && '--set'];
    const named = odd.filter(Boolean).join(', ');
    if (named === '') return {};
    throw new UsageError(`${named}: there is no account; say which with --profile`);
  }
  const settings = settingsOf(profile, set);
  return {
    account: { profile, settings, ...(wire && { wire }) },
    ...(isControlled && { controlToken: secretOf('--control-token', controlTokenEnv, controlTokenFile, io) }),
  };
}

/** Settings by their text: what kind of value one takes, its default shows. */
function settingsOf(
  profile: AccountOptions['profile'],
  set: Readonly<Record<string, string>>,
): NonNullable<AccountOptions['settings']> {
  const defaults: Readonly<Record<string, unknown>> = { ...accountProfiles[profile].settings };
  const read = ([name, text]: readonly [string, string]): readonly [string, unknown] => {
    if (!Object.hasOwn(defaults, name)) {
      const known = Object.keys(defaults);
      throw new UsageError(`--set: no setting ${name}${suggest(name, known)}; there are ${known.join(', ')}`);
    }
    const standard = defaults[name];
    if (Array.isArray(standard)) return [name, text.split(',')];
    if (typeof standard === 'number') return [name, Number(text)];
    if (typeof standard === 'boolean') return [name, text === 'true' || (text === 'false' ? false : text)];
    return [name, text];
  };
  return Object.fromEntries(Object.entries(set).map(read));
}
