import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Ajv, type ErrorObject } from 'ajv';
import { LineCounter, parseDocument, type Document } from 'yaml';
import type { JsonObject } from '../scim/wire/message.ts';
import { configSchema } from './config-schema.ts';
import { suggest } from './suggest.ts';

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
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const [broken] = document.errors;
  if (broken) throw new ConfigError(`${at(broken.pos[0])}: ${broken.message}`);
  // Anchors that multiply have no place here.
  const content: unknown = document.toJS({ maxAliasCount: 10 }) ?? {};
  const validate = new Ajv({ allErrors: true }).compile<TargetProfile>(configSchema);
  if (validate(content)) return content;
  const messages = (validate.errors ?? []).map(error => `${at(offsetOf(document, error))}: ${wordsOf(error)}`);
  throw new ConfigError(messages.join('\n'));
}

const placeOf = ({ instancePath }: ErrorObject): readonly string[] => instancePath.split('/').slice(1);

/** Where the key, or the value, stands that is wrong. */
function offsetOf(document: Document, error: ErrorObject): number {
  const path = placeOf(error);
  const extra: unknown = error.params['additionalProperty'];
  const parent: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
  if (typeof extra === 'string') return keyOffset(parent, extra);
  return rangeOf(parent)?.[0] ?? 0;
}

function keyOffset(map: unknown, name: string): number {
  const items = typeof map === 'object' && map !== null && 'items' in map && Array.isArray(map.items) ? map.items : [];
  for (const item of items as readonly { readonly key?: unknown }[]) {
    if (String(item.key) === name) return rangeOf(item.key)?.[0] ?? 0;
  }
  return 0;
}

const rangeOf = (node: unknown): readonly number[] | undefined =>
  typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
    ? (node.range as number[])
    : undefined;

function wordsOf(error: ErrorObject): string {
  const path = placeOf(error);
  const name = path.join('.');
  const extra: unknown = error.params['additionalProperty'];
  if (typeof extra === 'string') {
    const known = Object.keys(
      path[0] === 'target' ? configSchema.properties.target.properties : configSchema.properties,
    );
    return `no setting ${extra}${suggest(extra, known)}`;
  }
  const allowed: unknown = error.params['allowedValues'];
  const words = Array.isArray(allowed) ? `must be one of ${allowed.join(', ')}` : (error.message ?? 'is not right');
  return `${name === '' ? 'the file' : name} ${words}`;
}
