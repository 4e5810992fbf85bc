import { isObject } from '../../scim/message/list.ts';
import type { Json } from '../../scim/wire/message.ts';
import { suggest } from '../../text/suggest.ts';
import { mappingMistake, type AttributeMapping } from './attribute-mapping.ts';

/** Rows that are no mappings. The message has a line for each, by its number from 1. */
export class MappingError extends Error {
  readonly code = 'mapping';
  constructor(message: string) {
    super(message);
    this.name = 'MappingError';
  }
}

/** The member that holds what a row maps, by kind. */
const MEMBER: Readonly<Record<AttributeMapping['kind'], string>> = {
  direct: 'source',
  custom: 'source',
  constant: 'value',
  expression: 'expression',
};

/**
 * Reads the rows of a mapping screen from JSON: `[{"target": "title", "kind": "direct", "source": "jobtitle"}, …]`.
 * @throws MappingError for rows that are none, misspelt fields and expressions that cannot be read
 */
export function readMappings(json: Json): readonly AttributeMapping[] {
  const listed: readonly Json[] | undefined = Array.isArray(json) ? json : undefined;
  if (!listed)
    throw new MappingError(
      'mappings are a list of rows, such as {"target": "title", "kind": "direct", "source": "jobtitle"}',
    );
  const mistakes: string[] = [];
  const rows: AttributeMapping[] = [];
  listed.forEach((each, index) => {
    const row = isRow(each) ? each : undefined;
    const mistake = row ? mappingMistake(row) : shapeMistake(each);
    if (mistake !== undefined) mistakes.push(`row ${index + 1}: ${mistake}`);
    else if (row) rows.push(row);
  });
  const twice = rows.find(({ target }, index) => rows.findIndex(row => sameTarget(row.target, target)) !== index);
  if (twice) mistakes.push(`${twice.target} is mapped twice; keep one of the rows`);
  if (mistakes.length > 0) throw new MappingError(mistakes.join('\n'));
  return rows;
}

const sameTarget = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

const memberOf = (kind: Json | undefined): string | undefined =>
  typeof kind === 'string' && Object.hasOwn(MEMBER, kind) ? MEMBER[kind as AttributeMapping['kind']] : undefined;

function isRow(json: Json): json is AttributeMapping & { readonly [name: string]: Json } {
  if (!isObject(json) || typeof json['target'] !== 'string') return false;
  const member = memberOf(json['kind']);
  return member !== undefined && typeof json[member] === 'string';
}

function shapeMistake(json: Json): string {
  if (!isObject(json)) return 'a row is an object with target and kind';
  if (typeof json['target'] !== 'string') return 'target is missing: the SCIM attribute';
  const { kind } = json;
  const member = memberOf(kind);
  const kinds = Object.keys(MEMBER);
  if (member) return `${json['target']}: a row of this kind needs ${member}, as text`;
  const close = typeof kind === 'string' ? suggest(kind, kinds) : '';
  return `${json['target']}: kind is one of ${kinds.join(', ')}${close}`;
}
