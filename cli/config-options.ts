import { findTargetProfile, loadTargetProfile, type TargetProfile } from '../harness/target-profile.ts';
import type { ConformFlags } from './commands/conform.ts';
import { UsageError } from './io.ts';

/** What a run is made with, once flags and configuration are put together. */
export interface Configured {
  readonly url: string;
  readonly flags: ConformFlags;
  readonly templates?: NonNullable<TargetProfile['templates']>;
}

/** Flags of which any means that the credential is not that of the configuration. */
const CREDENTIAL = ['tokenEnv', 'tokenFile', 'headerEnv', 'basicUser', 'oauthTokenUrl', 'oauthClientId'] as const;

/**
 * Puts flags over the environment over the configuration: the file that `--config` names, or the nearest `scimulator.yaml`.
 * @param given the flags that stand on the command line or in the environment, defaults not among them
 * @throws UsageError when neither names a target, ConfigError for a file that cannot be used
 */
export function configured(url: string | undefined, flags: ConformFlags, given: readonly string[]): Configured {
  const file = flags.config ?? findTargetProfile(process.cwd());
  const { target = {}, templates, ...settings } = file === undefined ? {} : loadTargetProfile(file);
  const { url: known, ...credential } = target;
  const named = url ?? process.env['SCIMULATOR_URL'];
  const base = named ?? known;
  if (base === undefined) {
    throw new UsageError('name the base URL of the target, or make a configuration with: scimulator init --from <url>');
  }
  // A credential goes to the target it was written down for, and to no other.
  const own = CREDENTIAL.every(name => flags[name] === undefined) && (named === undefined || named === known);
  const said = Object.fromEntries(Object.entries(flags).filter(([name]) => given.includes(name)));
  return {
    url: base,
    flags: { ...flags, ...(own && credential), ...settings, ...said },
    ...(templates && { templates }),
  };
}
