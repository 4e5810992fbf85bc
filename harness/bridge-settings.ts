import { readFileSync } from 'node:fs';
import { createBridge, type BridgeSettings } from '../bridge/index.ts';
import { fileTrouble } from '../text/file-trouble.ts';
import { suggest } from '../text/suggest.ts';

/** A settings file that cannot be used; the message names the setting and what it takes. */
export class SettingsError extends Error {
  readonly code = 'settings';
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SettingsError';
  }
}

/** Settings that take one of a few words. */
const choices = {
  removeValue: ['listed', 'all', 'refuse'],
  defaultPaginationMethod: ['index', 'cursor'],
  unmatchedReplace: ['refuse', 'create'],
  unknownPath: ['refuse', 'ignore'],
  unknownAttributes: ['ignore', 'refuse'],
  missingSchemas: ['refuse', 'accept'],
} as const satisfies { readonly [Name in keyof BridgeSettings]?: readonly BridgeSettings[Name][] };

/**
 * Bridge settings from a JSON file: an object whose members are those of BridgeSettings, each optional.
 * @throws SettingsError for a file that cannot be read, an unknown setting, and a value a setting does not take.
 */
export function loadBridgeSettings(file: string): Partial<BridgeSettings> {
  let settings: unknown;
  try {
    settings = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new SettingsError(`${file}: ${fileTrouble(cause)}`, { cause });
  }
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) {
    throw new SettingsError(`${file}: an object of settings is wanted`);
  }
  const { settings: defaults } = createBridge({ anonymous: true });
  for (const [name, value] of Object.entries(settings)) {
    if (!Object.hasOwn(defaults, name)) {
      throw new SettingsError(`${file}: no setting ${name}${suggest(name, Object.keys(defaults))}`);
    }
    const words: readonly unknown[] | undefined = Object.hasOwn(choices, name)
      ? choices[name as keyof typeof choices]
      : undefined;
    const kind = name === 'baseUrl' ? 'string' : typeof defaults[name as keyof BridgeSettings];
    const fits = words ? words.includes(value) : typeof value === kind && value !== null;
    if (!fits)
      throw new SettingsError(
        `${file}: ${name} takes ${words ? words.join(', ') : `${kind === 'object' ? 'an' : 'a'} ${kind}`}, not ${JSON.stringify(value)}`,
      );
  }
  try {
    return createBridge({ anonymous: true, settings }).settings;
  } catch (cause) {
    throw new SettingsError(`${file}: ${(cause as Error).message}`, { cause });
  }
}
