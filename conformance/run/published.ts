import { isObject, resourcesOf } from '../../scim/message/list.ts';
import type { HttpResponse, Json, JsonObject } from '../../scim/wire/message.ts';
import type { Context } from './context.ts';
import { describeAnswer } from './expect.ts';
import type { Condition, Facts } from './facts.ts';
import { reporters } from './reporters.ts';
import { Blocked } from './violation.ts';

/** An attribute as a target publishes it. */
export interface Published {
  /** The schema that holds it. */
  readonly urn: string;
  /** Its names from the top, with dots: `name.familyName`. */
  readonly path: string;
  readonly definition: JsonObject;
  /** The attribute that it is a part of. */
  readonly parent?: Published;
}

/** What a definition that leaves a characteristic out is taken to say (RFC 7643 section 2.2). */
const defaults: Readonly<Record<string, Json>> = {
  type: 'string',
  multiValued: false,
  required: false,
  caseExact: false,
  mutability: 'readWrite',
  returned: 'default',
  uniqueness: 'none',
};

/** /Schemas could be read and holds something. */
export const publishesSchemas: Condition = {
  name: 'publishes schemas',
  unmet: ({ schemas }) => (schemas === undefined ? '/Schemas shows none' : undefined),
};

/** A characteristic of an attribute, the default where none is written. */
export const characteristic = ({ definition }: Published, name: string): Json | undefined =>
  definition[name] ?? defaults[name];

/** The attributes of a published schema with their sub-attributes, at any depth, in its order. */
export function attributesOf(schema: JsonObject): readonly Published[] {
  const urn = textOf(schema['id']);
  const found: Published[] = [];
  const walk = (list: Json | undefined, parent?: Published): void => {
    for (const definition of objectsIn(list)) {
      const name = textOf(definition['name']);
      const path = parent ? `${parent.path}.${name}` : name;
      const published = { urn, path, definition, ...(parent && { parent }) };
      found.push(published);
      walk(definition['subAttributes'], published);
    }
  };
  walk(schema['attributes']);
  return found;
}

/** The published schema of that URI, in any case. */
export const schemaNamed = ({ schemas = [] }: Facts, urn: string): JsonObject | undefined =>
  schemas.find(({ id }) => textOf(id).toLowerCase() === urn.toLowerCase());

/** Entries of a discovery list; a bare array is read too, the fault in it has a check of its own. */
export const entriesIn = ({ json }: HttpResponse): readonly JsonObject[] =>
  Array.isArray(json) ? json.filter(isObject) : resourcesOf(json);

/**
 * What a discovery list shows now, at least one entry.
 * @throws Blocked by the check that reports why there is none.
 */
export async function readDiscovery(
  { scim }: Context,
  endpoint: '/Schemas' | '/ResourceTypes',
): Promise<{ answer: HttpResponse; entries: readonly JsonObject[] }> {
  const answer = await scim.list(endpoint);
  const entries = entriesIn(answer);
  if (answer.status !== 200 || entries.length === 0) {
    throw new Blocked(reporters.discovery[endpoint], `GET ${endpoint} shows no entry: ${describeAnswer(answer)}`);
  }
  return { answer, entries };
}

/** The ServiceProviderConfig as it is now. @throws Blocked by the check that reports why there is none. */
export async function readConfig({ scim }: Context): Promise<{ answer: HttpResponse; config: JsonObject }> {
  const answer = await scim.list('/ServiceProviderConfig');
  if (answer.status !== 200 || !isObject(answer.json) || Object.keys(answer.json).length === 0) {
    throw new Blocked(reporters.discovery['/ServiceProviderConfig'], 'there is no ServiceProviderConfig to read');
  }
  return { answer, config: answer.json };
}

/** The objects of an array; none for anything else. */
export const objectsIn = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

/** A text, or an empty one for anything else. */
export const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
