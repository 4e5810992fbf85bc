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

/** A base URL that weighs more than environment and configuration, and where it was found. */
interface NamedUrl {
  readonly value: string;
  readonly from: string;
}

/**
 * Settings that are one thing together: where a flag or variable begins one anew, what a weaker source says of it is of
 * another one.
 */
const WHOLES: readonly { readonly begins: readonly string[]; readonly members: readonly string[] }[] = [
  {
    begins: ['tokenEnv', 'tokenFile', 'headerEnv', 'basicUser', 'oauthTokenUrl', 'oauthClientId'],
    members: [
      'tokenEnv',
      'tokenFile',
      'headerEnv',
      'basicUser',
      'basicPasswordEnv',
      'basicPasswordFile',
      'oauthTokenUrl',
      'oauthClientId',
      'oauthSecretEnv',
      'oauthSecretFile',
      'oauthScope',
    ],
  },
  {
    begins: ['controlModule', 'controlUrl'],
    members: ['controlModule', 'controlUrl', 'controlTokenEnv', 'controlTokenFile'],
  },
  { begins: ['token2Env', 'token2File'], members: ['token2Env', 'token2File', 'token2Kind'] },
  ...['basicPassword', 'oauthSecret', 'controlToken'].map(name => {
    const pair = [`${name}Env`, `${name}File`];
    return { begins: pair, members: pair };
  }),
];

/** Members that are paths: in a file they are meant from where it lies. */
const PATHS = new Set([
  'baseline',
  'ca',
  'cert',
  'key',
  'controlModule',
  'tokenFile',
  'token2File',
  'basicPasswordFile',
  'oauthSecretFile',
  'controlTokenFile',
]);

/** Flags that are no settings: those about the configuration itself, and the base URL where it is a flag. */
const OWN = new Set(['config', 'printConfig', 'target']);

type Layer = ReadonlyMap<string, Setting>;

/**
 * Puts flags over the environment (`SCIMULATOR_…`) over the configuration: the file that `--config` names, or the nearest
 * `scimulator.yaml`.
 * @param named the base URL on the command line, which weighs more than all others, as `--target` does where a command has
 * it; or what finds one from the settings that belong to no target
 * @throws UsageError for a variable that cannot be used, ConfigError for such a file
 */
export function configured<F extends TargetFlags & ConfigFlags>(
  named: string | undefined | ((flags: F) => NamedUrl | undefined),
  command: Command,
  io: Io,
): Configured<F> {
  const options = command.options.filter(option => !option.negate);
  const typed = command.opts<F & { readonly target?: string }>();
  const names = options.map(option => option.attributeName()).filter(name => !OWN.has(name));
  const onCommandLine = layerOf(
    options
      .filter(option => command.getOptionValueSource(option.attributeName()) === 'cli')
      .map(option => settingOf(option, command, option.long ?? option.flags)),
  );
  const variables = fromEnvironment(options, io);
  const chosenFile = typed.config ?? variables.get('config')?.value?.toString();
  const file = chosenFile === false ? undefined : (chosenFile ?? findTargetProfile(process.cwd()));
  const { values: held, own, templates } = file === undefined ? EMPTY : fromFile(file);
  const defaults = layerOf(options.map(option => settingOf(option, command, 'default')));
  const settled = (inFile: Layer): Setting[] => {
    const layers = [...withoutParts([onCommandLine, variables, inFile]), defaults];
    return names.flatMap(name => layers.find(layer => layer.has(name))?.get(name) ?? []);
  };
  const flagsOf = (settings: readonly Setting[]): F => ({
    ...typed,
    ...Object.fromEntries(settings.map(({ name, value }) => [name, value])),
  });

  const general = layerOf([...held.values()].filter(({ name }) => !own.has(name)));
  const urls: readonly (NamedUrl | undefined)[] = [
    typeof named === 'string' ? { value: named, from: 'argument' } : named?.(flagsOf(settled(general))),
    typed.target === undefined ? undefined : { value: typed.target, from: '--target' },
    io.env['SCIMULATOR_URL'] ? { value: io.env['SCIMULATOR_URL'], from: 'SCIMULATOR_URL' } : undefined,
    urlIn(held),
  ];
  const url = urls.find(one => one !== undefined);
  // What belongs to a target goes to the one it was written down for, a credential above all, and to no other.
  const isOwn = url !== undefined && url.value === urlIn(held)?.value;
  const settings = settled(isOwn ? held : general);
  const chosen = new Set(settings.map(({ name }) => name));
  return {
    url: url?.value,
    flags: flagsOf(settings),
    settings: [
      { name: 'config', value: file === undefined ? 'none' : shownPath(file), from: foundBy(typed.config, variables) },
      ...(url ? [{ name: 'url', ...url }] : []),
      ...settings,
      ...(templates ? [templates.setting] : []),
    ],
    unset: names.filter(name => !chosen.has(name)),
    ...(templates && { templates: templates.value }),
  };
}

/**
 * The base URL.
 * @param how says how it is named on the command line
 * @throws UsageError where nothing names one
 */
export function baseUrlOf({ url }: Configured<unknown>, how = 'name the base URL of the target'): string {
  if (url !== undefined) return url;
  throw new UsageError(`${how}, or write a configuration with: scimulator init`);
}

/**
 * Does something with settings; what is wrong with one that is no flag is told with the place it stands in.
 * @throws UsageError of `work`
 */
export function placed<T>({ settings }: Configured<unknown>, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const flag = /^--[a-z0-9-]+/.exec(error.message)?.[0] ?? '';
    const from = settings.find(({ name }) => `--${name.replaceAll(/[A-Z]/g, '-$&').toLowerCase()}` === flag)?.from;
    if (from === undefined || from === flag) throw error;
    throw new UsageError(`${error.message} (${flag} is in ${from})`, { cause: error });
  }
}

const layerOf = (settings: readonly Setting[]): Layer =>
  new Map(settings.filter(({ value }) => value !== undefined).map(one => [one.name, one]));

function settingOf(option: Option, command: Command, from: string): Setting {
  const name = option.attributeName();
  return { name, value: command.getOptionValue(name), from };
}

function urlIn(held: Layer): NamedUrl | undefined {
  const { value, from = '' } = held.get('url') ?? {};
  return typeof value === 'string' ? { value, from } : undefined;
}

/** The layers, the strongest first, without what belongs to a whole that a stronger one begins anew. */
const withoutParts = (layers: readonly Layer[]): readonly Layer[] =>
  layers.map((layer, at) => {
    const stronger = layers.slice(0, at);
    const replaced = WHOLES.filter(({ begins }) => begins.some(name => stronger.some(one => one.has(name))));
    const isReplaced = (name: string) => replaced.some(({ members }) => members.includes(name));
    return layerOf([...layer.values()].filter(({ name }) => !isReplaced(name)));
  });

const foundBy = (typed: ConfigFlags['config'], variables: Layer): string => {
  if (typed === undefined) return variables.get('config')?.from ?? 'looked for upwards';
  return typed === false ? '--no-config' : '--config';
};

const shownPath = (file: string): string => relative(process.cwd(), file) || file;

/** `SCIMULATOR_MAX_USERS` of `--max-users`. */
const variableOf = ({ long }: Option): string =>
  `SCIMULATOR_${(long ?? '').slice(2).replaceAll('-', '_').toUpperCase()}`;

/** Settings of the environment; an empty variable counts as none. */
function fromEnvironment(options: readonly Option[], { env }: Io): Layer {
  const found = new Map<string, Setting>();
  for (const option of options) {
    const name = option.attributeName();
    const from = variableOf(option);
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
  readonly values: Layer;
  /** Names of those that belong to the target of the file. */
  readonly own: ReadonlySet<string>;
  readonly templates?: { readonly value: NonNullable<TargetProfile['templates']>; readonly setting: Setting };
}

const EMPTY: Held = { values: new Map(), own: new Set() };

function fromFile(file: string): Held {
  const { profile, lineOf } = loadTargetProfile(file);
  const { target = {}, templates, skip, ...plain } = profile;
  const settingOf = (path: readonly string[], value: unknown): Setting => {
    const name = path.at(-1) ?? '';
    const isPath = PATHS.has(name) && typeof value === 'string';
    const from = `${shownPath(file)}:${lineOf(path)}`;
    return { name, value: isPath ? resolve(dirname(file), value) : value, from };
  };
  const skipped = skip && Object.entries(skip).map(([pattern, reason]) => ({ pattern, reason }));
  const settings = [
    ...Object.entries(target).map(([name, value]) => settingOf(['target', name], value)),
    ...Object.entries(plain).map(([name, value]) => settingOf([name], value)),
    ...(skipped ? [settingOf(['skip'], skipped)] : []),
  ].filter(({ value }) => value !== false);
  return {
    values: layerOf(settings),
    own: new Set(Object.keys(target).filter(name => name !== 'url')),
    ...(templates && { templates: { value: templates, setting: settingOf(['templates'], templates) } }),
  };
}
