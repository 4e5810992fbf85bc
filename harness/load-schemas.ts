import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { declares } from '../scim/message/error.ts';
import { isObject } from '../scim/message/list.ts';
import { RESOURCE_TYPE, SCHEMA } from '../scim/message/urn.ts';
import { groupType, userType, type ResourceType, type Schema } from '../scim/schema/index.ts';
import type { Json, JsonObject } from '../scim/wire/message.ts';
import { readAttributes, readText, SchemaFileError } from './read-attributes.ts';

export { SchemaFileError } from './read-attributes.ts';

const core: readonly ResourceType[] = [userType, groupType];

/** Endpoints that are no resource types (RFC 7644 section 3.2). */
const TAKEN = new Set(['/me', '/bulk', '/serviceproviderconfig', '/resourcetypes', '/schemas']);

interface Located {
  readonly file: string;
  readonly resource: JsonObject;
}

/**
 * Reads schemas and resource types, as RFC 7643 sections 6 and 7 write them in JSON, from the `.json` files of a folder;
 * a file holds one resource or an array of them. Gives the core types and those of the folder. A resource type that is
 * named like a core type adds its extensions to it.
 * @throws SchemaFileError naming the file, the place in it and what is allowed there
 */
export function loadSchemas(folder: string): readonly ResourceType[] {
  const resources = filesOf(folder).flatMap(file => read(join(folder, file)));
  const known = new Map(
    core
      .flatMap(type => [type.schema, ...type.extensions.map(({ schema }) => schema)])
      .map(each => [keyOf(each.id), each]),
  );
  for (const { file, resource } of resources.filter(each => declares(each.resource, SCHEMA))) {
    const schema = readSchema(file, resource);
    if (known.has(keyOf(schema.id)))
      throw new SchemaFileError(file, 'id', `${schema.id} is defined already; give another`);
    known.set(keyOf(schema.id), schema);
  }
  const types = new Map(core.map(type => [type.name, type]));
  const added = new Set<string>();
  for (const { file, resource } of resources.filter(each => declares(each.resource, RESOURCE_TYPE))) {
    const type = readType(file, resource, known);
    if (added.has(type.name))
      throw new SchemaFileError(file, 'name', `there are two resource types ${type.name}; rename one`);
    added.add(type.name);
    const before = types.get(type.name);
    types.set(type.name, before ? extended(file, before, type) : type);
  }
  refuseClash(resources, [...types.values()]);
  return [...types.values()];
}

const keyOf = (urn: string): string => urn.toLowerCase();

function filesOf(folder: string): readonly string[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new SchemaFileError(folder, '', 'is no folder; give one with .json files of schemas and resource types');
  }
  const files = readdirSync(folder).filter(name => name.endsWith('.json'));
  if (files.length === 0)
    throw new SchemaFileError(folder, '', 'holds no .json file; put schemas and resource types there');
  return files.sort();
}

function read(file: string): Located[] {
  let content: Json;
  try {
    content = JSON.parse(readFileSync(file, 'utf8')) as Json;
  } catch (cause) {
    throw new SchemaFileError(file, '', `is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  const resources: readonly Json[] = Array.isArray(content) ? content : [content];
  return resources.map((resource, at) => {
    const place = Array.isArray(content) ? `[${at}]` : '';
    if (isObject(resource) && (declares(resource, SCHEMA) || declares(resource, RESOURCE_TYPE)))
      return { file, resource };
    throw new SchemaFileError(file, `${place}schemas`, `has to hold ${SCHEMA} or ${RESOURCE_TYPE}`);
  });
}

function readSchema(file: string, resource: JsonObject): Schema {
  const id = readText(file, resource, 'id');
  if (!/^urn:[\w.:-]+$/i.test(id))
    throw new SchemaFileError(file, 'id', `is ${JSON.stringify(id)}; give a URN, such as urn:example:Thing`);
  return {
    id,
    name: readText(file, resource, 'name'),
    description: readText(file, resource, 'description', ''),
    attributes: readAttributes(file, 'attributes', resource['attributes'], true),
  };
}

function readType(file: string, resource: JsonObject, known: ReadonlyMap<string, Schema>): ResourceType {
  const schemaNamed = (place: string, urn: string): Schema => {
    const schema = known.get(keyOf(urn));
    if (schema) return schema;
    const names = [...known.values()].map(({ id }) => id).join(', ');
    throw new SchemaFileError(file, place, `names ${urn}, which no file defines; known are ${names}`);
  };
  const extensions = resource['schemaExtensions'] ?? [];
  if (!Array.isArray(extensions)) throw new SchemaFileError(file, 'schemaExtensions', 'has to be an array');
  const endpoint = `/${readText(file, resource, 'endpoint').replace(/^\//, '')}`;
  if (!/^\/[A-Za-z][\w-]*$/.test(endpoint) || TAKEN.has(endpoint.toLowerCase())) {
    throw new SchemaFileError(file, 'endpoint', `is ${endpoint}; give one segment that is not taken, such as /Things`);
  }
  return {
    name: readText(file, resource, 'name'),
    endpoint,
    description: readText(file, resource, 'description', ''),
    schema: schemaNamed('schema', readText(file, resource, 'schema')),
    extensions: extensions.map((entry: Json, at) => {
      const place = `schemaExtensions[${at}]`;
      if (!isObject(entry)) throw new SchemaFileError(file, place, 'has to be an object with schema and required');
      const required = entry['required'] ?? false;
      if (typeof required !== 'boolean')
        throw new SchemaFileError(file, `${place}.required`, 'has to be true or false');
      return { schema: schemaNamed(`${place}.schema`, readText(file, entry, 'schema', undefined, place)), required };
    }),
  };
}

/** A core type with further extensions; base schema and endpoint are not a folder's to change. */
function extended(file: string, before: ResourceType, { schema, endpoint, extensions }: ResourceType): ResourceType {
  if (schema !== before.schema)
    throw new SchemaFileError(file, 'schema', `has to be ${before.schema.id} for ${before.name}`);
  if (endpoint !== before.endpoint) {
    throw new SchemaFileError(file, 'endpoint', `has to be ${before.endpoint} for ${before.name}`);
  }
  const isNew = ({ schema }: ResourceType['extensions'][number]) =>
    before.extensions.every(each => each.schema !== schema);
  return { ...before, extensions: [...before.extensions, ...extensions.filter(isNew)] };
}

function refuseClash(resources: readonly Located[], types: readonly ResourceType[]): void {
  for (const [at, { name, endpoint }] of types.entries()) {
    const other = types.slice(0, at).find(type => type.endpoint.toLowerCase() === endpoint.toLowerCase());
    if (!other) continue;
    const file = resources.find(({ resource }) => resource['name'] === name)?.file ?? name;
    throw new SchemaFileError(file, 'endpoint', `${endpoint} is that of ${other.name}; give another`);
  }
}
