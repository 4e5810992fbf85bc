import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { JsonObject } from '../scim/wire/message.ts';
import { readYaml } from '../text/yaml.ts';
import { configSchema } from './config-schema.ts';

/** Name of the file that is looked for from the current folder upwards. */
export const CONFIG_FILE = 'scimulator.yaml';

/** What is known of a target before a run, and how the run is made; each member as the flag of the same name. */
export interface TargetProfile {
  readonly target?: {
    readonly url?: string;
    readonly tokenEnv?: string;
    readonly headerEnv?: string;
    readonly basicUser?: string;
    readonly basicPasswordEnv?: string;
  };
  readonly profile?: string;
  readonly concurrency?: number;
  readonly emailDomain?: string;
  readonly maxUsers?: number;
  readonly maxRequests?: number;
  readonly rate?: number;
  readonly large?: true;
  readonly readOnly?: true;
  readonly forbid?: readonly string[];
  readonly templates?: Readonly<Record<string, JsonObject>>;
}

/** A configuration that cannot be used; the message names file, line, column and what to write there. */
export class ConfigError extends Error {
  readonly code = 'config';
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ConfigError';
  }
}

/** The nearest configuration: in the folder, or above it up to the root of the repository. */
export function findTargetProfile(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const file = join(at, CONFIG_FILE);
    if (existsSync(file)) return file;
    if (existsSync(join(at, '.git')) || dirname(at) === at) return undefined;
  }
}

/** Reads a configuration. @throws ConfigError for a file that is none */
export function loadTargetProfile(file: string): TargetProfile {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new ConfigError(`${file}: ${(cause as Error).message}`, { cause });
  }
  const read = readYaml<TargetProfile>(file, text, configSchema);
  if (read.mistakes) throw new ConfigError(read.mistakes.map(({ message }) => message).join('\n'));
  return read.content;
}
