import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { JsonObject } from '../scim/wire/message.ts';
import type { SecondKind } from '../scim/wire/session.ts';
import { positionOf } from '../text/excerpt.ts';
import { fileTrouble } from '../text/file-trouble.ts';
import { readYaml } from '../text/yaml.ts';
import type { CheckLevel } from './choice.ts';
import { configSchema } from './config-schema.ts';
import type { FailOn } from './exit-code.ts';

/** Name of the file that is looked for from the current folder upwards. */
export const CONFIG_FILE = 'scimulator.yaml';

/** What is known of a target before a run, and how the run is made; each member as the flag of the same name. */
export interface TargetProfile {
  readonly target?: {
    readonly url?: string;
    readonly tokenEnv?: string;
    readonly tokenFile?: string;
    readonly headerEnv?: string;
    readonly basicUser?: string;
    readonly basicPasswordEnv?: string;
    readonly basicPasswordFile?: string;
    readonly oauthTokenUrl?: string;
    readonly oauthClientId?: string;
    readonly oauthSecretEnv?: string;
    readonly oauthSecretFile?: string;
    readonly oauthScope?: string;
    readonly ca?: string;
    readonly cert?: string;
    readonly key?: string;
    readonly proxy?: string;
    readonly timeout?: number;
    readonly token2Env?: string;
    readonly token2File?: string;
    readonly token2Kind?: SecondKind;
    readonly controlModule?: string;
    readonly controlUrl?: string;
    readonly controlTokenEnv?: string;
    readonly controlTokenFile?: string;
    readonly account?: 'hosted' | 'self-hosted';
  };
  readonly profile?: string;
  readonly idp?: string;
  readonly requirements?: string;
  readonly failOn?: FailOn;
  readonly baseline?: string;
  readonly only?: readonly string[];
  readonly level?: CheckLevel;
  /** Why each is left out, by id, pattern or topic. */
  readonly skip?: Readonly<Record<string, string>>;
  readonly bail?: number;
  readonly timeLimit?: number;
  readonly maxResponseTime?: number;
  readonly start?: string;
  readonly wait?: number;
  readonly seed?: number;
  readonly concurrency?: number;
  readonly emailDomain?: string;
  readonly maxUsers?: number;
  readonly maxRequests?: number;
  readonly rate?: number;
  readonly large?: boolean;
  readonly readOnly?: boolean;
  readonly forbid?: readonly string[];
  readonly templates?: Readonly<Record<string, JsonObject>>;
}

/** A configuration that was read. */
export interface LoadedProfile {
  readonly profile: TargetProfile;
  /** Line of a member, from 1. */
  readonly lineOf: (path: readonly string[]) => number;
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
export function loadTargetProfile(file: string): LoadedProfile {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new ConfigError(`configuration ${file}: ${fileTrouble(cause)}; \`scimulator init\` writes one`, { cause });
  }
  const read = readYaml<TargetProfile>(file, text, configSchema);
  if (read.mistakes) throw new ConfigError(read.mistakes.map(({ message }) => message).join('\n'));
  return { profile: read.content, lineOf: path => positionOf(text, read.at(path)).line };
}
