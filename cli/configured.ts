import { dirname, relative, resolve } from 'node:path';
import { InvalidArgumentError, type Command, type Option } from 'commander';
import { findTargetProfile, loadTargetProfile, type TargetProfile } from '../harness/target-profile.ts';
import type { ConfigFlags } from './config-options.ts';
import { UsageError, type Io } from './io.ts';
import type { TargetFlags } from './run-options.ts';

/** A setting as it is used. */
export interface Setting {
  readonly name: string;
  readonly value: unknown;
  /** `--rate`, `SCIMULATOR_RATE`, `scimulator.yaml:4` or `default`. */
  readonly from: string;
}

/** What a command is run with, once flags, environment and configuration are put together. */
export interface Configured<F> {
  readonly url: string | undefined;
  readonly flags: F;
  readonly templates?: NonNullable<TargetProfile['templates']>;
  /** Every setting that has a value. */
  readonly settings: readonly Setting[];
  /** Names of those that have none. */
  readonly unset: readonly string[];
}

/** Flags of which any means that the credential is not that of the configuration. */
const CREDENTIAL = ['tokenEnv', 'tokenFile', 'headerEnv', 'basicUser', 'oauthTokenUrl', 'oauthClientId'] as const;

/** Members that are paths: in a file they are meant from where it lies. */
const PATHS = new Set(['baseline', 'ca', 'cert', 'key', 'tokenFile', 'basicPasswordFile', 'oauthSecretFile']);

/** Flags that are about the configuration itself. */
const OWN = new Set(['config', 'printConfig']);

/**
 * Puts flags over the environment (`SCIMULATOR_…`) over the configuration: the file that `--config` names, or the nearest
 * `scimulator.yaml`.
 * @param named the base URL on the command line, which weighs more than all others
 * @throws UsageError for a variable that cannot be used, ConfigError for such a file
 */
export function configured<F extends TargetFlags & ConfigFlags>(
  named: string | undefined,
  command: Command,
  io: Io,
): Configured<F> {
  const { options } = command;
  const names = options.map(option => option.attributeName());
  const variables = fromEnvironment(options, io);
  const typed = command.opts<F>();
  const isTyped = (name: string) => command.getOptionValueSource(name) === 'cli';
  const file = typed.config ?? variables.get('config')?.value?.toString() ?? findTargetProfile(process.cwd());
  const { values: held, own, templates } = file === undefined ? EMPTY : fromFile(file);
  const urls: readonly (Setting | undefined)[] = [
    named === undefined ? undefined : { name: 'url', value: named, from: 'argument' },
    io.env['SCIMULATOR_URL'] ? { name: 'url', value: io.env['SCIMULATOR_URL'], from: 'SCIMULATOR_URL' } : undefined,
    held.get('url'),
  ];
  const url = urls.find(one => one !== undefined);
  // A credential goes to the target it was written down for, and to no other.
  const isOwn = url === held.get('url') || url?.value === held.get('url')?.value;
  const isNamed = CREDENTIAL.some(name => isTyped(name) || variables.has(name));
  const usable = (name: string) => !own.has(name) || (isOwn && !isNamed);

  const settings = names.flatMap((name): Setting[] => {
    if (OWN.has(name)) return [];
    const flag = options.find(option => option.attributeName() === name)?.long ?? name;
    const value: unknown = command.getOptionValue(name);
    if (isTyped(name)) return [{ name, value, from: flag }];
    const other = variables.get(name) ?? (usable(name) ? held.get(name) : undefined);
    if (other) return [other];
    return value === undefined ? [] : [{ name, value, from: 'default' }];
  });
  const chosen = Object.fromEntries(settings.map(({ name, value }) => [name, value]));
  return {
    url: url?.value?.toString(),
    flags: { ...typed, ...chosen },
    settings: [...(url ? [url] : []), ...settings, ...(templates ? [templates.setting] : [])],
    unset: names.filter(name => !OWN.has(name) && !(name in chosen)),
    ...(templates && { templates: templates.value }),
  };
}

/** The base URL. @throws UsageError where nothing names one */
export function baseUrlOf({ url }: Configured<unknown>): string {
  if (url !== undefined) return url;
  throw new UsageError('name the base URL of the target, or write a configuration with: scimulator init');
}

const variableOf = (name: string): string => `SCIMULATOR_${name.replaceAll(/[A-Z0-9]+/g, '_$&').toUpperCase()}`;

/** Settings of the environment; an empty variable counts as none. */
function fromEnvironment(options: readonly Option[], { env }: Io): ReadonlyMap<string, Setting> {
  const found = new Map<string, Setting>();
  for (const option of options) {
    const name = option.attributeName();
    const from = variableOf(name);
    const text = env[from];
    if (!text || text === 'false') continue;
    found.set(name, { name, value: option.isBoolean() ? true : parsed(option, text, from), from });
  }
  return found;
}

function parsed(option: Option, text: string, variable: string): unknown {
  try {
    return option.parseArg
      ? (option.parseArg as (text: string, before: unknown) => unknown)(text, option.defaultValue)
      : text;
  } catch (cause) {
    if (cause instanceof InvalidArgumentError) {
      throw new UsageError(`${variable}: ${cause.message} It stands for ${option.flags}.`, { cause });
    }
    throw cause;
  }
}

interface Held {
  readonly values: ReadonlyMap<string, Setting>;
  /** Names of those that belong to the target of the file. */
  readonly own: ReadonlySet<string>;
  readonly templates?: { readonly value: NonNullable<TargetProfile['templates']>; readonly setting: Setting };
}

const EMPTY: Held = { values: new Map(), own: new Set() };

function fromFile(file: string): Held {
  const { profile, lineOf } = loadTargetProfile(file);
  const { target = {}, templates, skip, ...plain } = profile;
  const shown = relative(process.cwd(), file) || file;
  const settingOf = (path: readonly string[], value: unknown): Setting => {
    const name = path.at(-1) ?? '';
    const isPath = PATHS.has(name) && typeof value === 'string';
    return { name, value: isPath ? resolve(dirname(file), value) : value, from: `${shown}:${lineOf(path)}` };
  };
  const settings = [
    ...Object.entries(target).map(([name, value]) => settingOf(['target', name], value)),
    ...Object.entries(plain).map(([name, value]) => settingOf([name], value)),
    ...(skip
      ? [
          settingOf(
            ['skip'],
            Object.entries(skip).map(([pattern, reason]) => ({ pattern, reason })),
          ),
        ]
      : []),
  ].filter(({ value }) => value !== false);
  return {
    values: new Map(settings.map(one => [one.name, one])),
    own: new Set(Object.keys(target).filter(name => name !== 'url')),
    ...(templates && { templates: { value: templates, setting: settingOf(['templates'], templates) } }),
  };
}
