import { accountProfiles, type AccountOptions, type BridgeOptions } from '../bridge/index.ts';
import { suggest } from '../text/suggest.ts';
import type { AccountFlags } from './account-options.ts';
import { secretOf } from './credential-options.ts';
import { UsageError, type Io } from './io.ts';

/**
 * What of a bridge the flags are about; nothing without `--profile`.
 *
 * @throws UsageError for flags that need an account where there is none, and for settings that it does not take
 */
export function accountOf(flags: AccountFlags, io: Io): Pick<BridgeOptions, 'account' | 'controlToken'> {
  const { profile, wire, set, plan, domains, signInHost, notSetUp, controlTokenEnv, controlTokenFile } = flags;
  const isControlled = controlTokenEnv !== undefined || controlTokenFile !== undefined;
  if (profile === undefined) {
    const odd = [
      wire && '--wire',
      plan && '--plan',
      domains && '--domains',
      signInHost && '--sign-in-host',
      notSetUp && '--not-set-up',
      isControlled && '--control-token-…',
      Object.keys(set).length > 0 && '--set',
    ];
    const named = odd.filter(Boolean).join(', ');
    if (named === '') return {};
    throw new UsageError(`${named}: there is no account; say which with --profile`);
  }
  const settings = settingsOf(profile, set);
  return {
    account: {
      profile,
      settings,
      ...(wire && { wire }),
      ...(plan && { plan }),
      ...(domains !== undefined && domains !== 'any' && { domains: domains.split(',').map(name => name.trim()) }),
      ...(signInHost !== undefined && { signInHost }),
      ...(notSetUp && { setUp: false }),
    },
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
