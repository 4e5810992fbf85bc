import { isObject } from '../scim/message/list.ts';
import type { Attribute } from '../scim/schema/index.ts';
import type { Json, JsonObject } from '../scim/wire/message.ts';

/** A mistake in a file of schemas: which file, where in it, and what is allowed there. */
export class SchemaFileError extends Error {
  readonly code = 'schema';
  constructor(file: string, place: string, message: string) {
    super([file, ...(place === '' ? [] : [place])].join(': ') + ` ${message}`);
    this.name = 'SchemaFileError';
  }
}

const simple = ['string', 'boolean', 'decimal', 'integer', 'dateTime', 'reference', 'binary'] as const;
const types = [...simple, 'complex'] as const;
const mutabilities = ['readWrite', 'readOnly', 'immutable', 'writeOnly'] as const;
const returns = ['default', 'always', 'never', 'request'] as const;
const uniquenesses = ['none', 'server', 'global'] as const;

/** Members of every resource (RFC 7643 section 3.1): a schema does not define them. */
const COMMON = new Set(['id', 'externalid', 'meta', 'schemas']);

/**
 * A member that is a text.
 * @throws SchemaFileError for something else, and where it is missing and has no default
 */
export function readText(file: string, owner: JsonObject, name: string, otherwise?: string, place = ''): string {
  const value = owner[name] ?? otherwise;
  if (typeof value === 'string' && (value !== '' || otherwise !== undefined)) return value;
  const path = place === '' ? name : `${place}.${name}`;
  throw new SchemaFileError(file, path, value === undefined ? 'is missing; give a text' : 'has to be a text');
}

/**
 * Attribute definitions (RFC 7643 section 7) with the defaults of section 2.2 for what is left out.
 * @param isOuter whether they may be complex: a sub-attribute may not
 * @throws SchemaFileError
 */
export function readAttributes(file: string, place: string, given: Json | undefined, isOuter: boolean): Attribute[] {
  if (!Array.isArray(given) || given.length === 0) {
    throw new SchemaFileError(file, place, 'has to be an array with at least one attribute');
  }
  const seen = new Set<string>();
  return given.map((entry: Json, at) => {
    if (!isObject(entry)) throw new SchemaFileError(file, `${place}[${at}]`, 'has to be an object with name and type');
    const name = readText(file, entry, 'name', undefined, `${place}[${at}]`);
    const here = `${place}[${at}] ${JSON.stringify(name)}`;
    if (!/^(?:[A-Za-z][\w-]*|\$ref)$/.test(name) || name in Object.prototype) {
      throw new SchemaFileError(file, here, 'has to start with a letter and go on with letters, digits, "-" and "_"');
    }
    if (isOuter && COMMON.has(name.toLowerCase())) {
      throw new SchemaFileError(file, here, 'is an attribute of every resource; leave it out');
    }
    if (seen.has(name.toLowerCase())) throw new SchemaFileError(file, here, 'is there twice; rename one');
    seen.add(name.toLowerCase());
    return readAttribute(file, here, name, entry, isOuter);
  });
}

function readAttribute(file: string, here: string, name: string, entry: JsonObject, isOuter: boolean): Attribute {
  const oneOf = <T extends string>(member: string, allowed: readonly T[], otherwise?: T): T => {
    const value = entry[member] ?? otherwise;
    const found = allowed.find(each => each === value);
    if (found !== undefined) return found;
    const came = value === undefined ? 'is missing' : `is ${JSON.stringify(value)}`;
    throw new SchemaFileError(file, `${here}.${member}`, `${came}; allowed are ${allowed.join(', ')}`);
  };
  const flag = (member: string): boolean => {
    const value = entry[member] ?? false;
    if (typeof value === 'boolean') return value;
    throw new SchemaFileError(file, `${here}.${member}`, `is ${JSON.stringify(value)}; allowed are true, false`);
  };
  const texts = (member: string): readonly string[] | undefined => {
    const value = entry[member];
    if (value === undefined) return undefined;
    if (Array.isArray(value) && value.every(text => typeof text === 'string')) return value;
    throw new SchemaFileError(file, `${here}.${member}`, 'has to be an array of texts');
  };
  const type = oneOf('type', isOuter ? types : simple);
  const isComplex = type === 'complex';
  if (!isComplex && entry['subAttributes'] !== undefined) {
    throw new SchemaFileError(
      file,
      `${here}.subAttributes`,
      `stands at type ${type}; only complex attributes have them`,
    );
  }
  const mutability = oneOf('mutability', mutabilities, 'readWrite');
  const returned = oneOf('returned', returns, 'default');
  if (mutability === 'readOnly' && returned === 'never') {
    throw new SchemaFileError(file, `${here}.returned`, 'is never for a readOnly attribute, which nobody could see');
  }
  const canonicalValues = texts('canonicalValues');
  const referenceTypes = texts('referenceTypes');
  if (type === 'reference' && !referenceTypes?.length) {
    throw new SchemaFileError(
      file,
      `${here}.referenceTypes`,
      'is missing; give names of resource types, "external" or "uri"',
    );
  }
  return {
    name,
    type,
    multiValued: flag('multiValued'),
    required: flag('required'),
    caseExact: flag('caseExact'),
    mutability,
    returned,
    uniqueness: oneOf('uniqueness', uniquenesses, 'none'),
    description: readText(file, entry, 'description', '', here),
    ...(canonicalValues && { canonicalValues }),
    ...(referenceTypes && { referenceTypes }),
    ...(isComplex && {
      subAttributes: readAttributes(file, `${here}.subAttributes`, entry['subAttributes'], false),
    }),
  };
}
