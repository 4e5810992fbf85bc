import { isObject } from '../../scim/message/list.ts';
import { ENTERPRISE_USER, GROUP, USER } from '../../scim/message/urn.ts';
import { enterpriseUserSchema, groupSchema, userSchema } from '../../scim/schema/index.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import type { CoreType, Facts } from './facts.ts';

/** An attribute as the target publishes it, or as RFC 7643 has it where the target publishes nothing. */
export interface Trait {
  /** As it stands in a filter: `name.givenName`, `urn:…:User:department`. */
  readonly path: string;
  readonly type: string;
  readonly multiValued: boolean;
  readonly caseExact: boolean;
  readonly mutability: string;
  readonly returned: string;
}

/** A path in parts: the URN in front of it, empty where there is none, and the names. */
export interface Path {
  readonly urn: string;
  readonly names: readonly string[];
}

const core: Readonly<Record<CoreType, string>> = { User: USER, Group: GROUP };

/** What every resource has (RFC 7643 section 3.1); schemas need not list it. */
const common: readonly JsonObject[] = [
  { name: 'id', type: 'string', caseExact: true, mutability: 'readOnly', returned: 'always' },
  { name: 'externalId', type: 'string', caseExact: true },
  { name: 'schemas', type: 'reference', multiValued: true, caseExact: true, returned: 'always' },
  {
    name: 'meta',
    type: 'complex',
    mutability: 'readOnly',
    subAttributes: [
      { name: 'resourceType', type: 'string', caseExact: true, mutability: 'readOnly' },
      { name: 'created', type: 'dateTime', mutability: 'readOnly' },
      { name: 'lastModified', type: 'dateTime', mutability: 'readOnly' },
      { name: 'location', type: 'reference', caseExact: true, mutability: 'readOnly' },
    ],
  },
];

/** The schemas of RFC 7643, as they would be published. */
const printed: readonly JsonObject[] = JSON.parse(
  JSON.stringify([userSchema, groupSchema, enterpriseUserSchema]),
) as readonly JsonObject[];

/** Splits a path (RFC 7644 section 3.10). */
export function partsOf(path: string): Path {
  const colon = path.toLowerCase().startsWith('urn:') ? path.lastIndexOf(':') : -1;
  return { urn: path.slice(0, Math.max(colon, 0)), names: path.slice(colon + 1).split('.') };
}

/** The attribute at a path of a resource type; undefined when the target offers none there. */
export function traitOf(facts: Facts, type: CoreType, path: string): Trait | undefined {
  const { urn, names } = partsOf(path);
  const isCore = urn === '' || sameName(urn, core[type]);
  if (!isCore && !isExtended(facts, type, urn)) return undefined;
  const attributes = attributesOf(facts, isCore ? core[type] : urn, isCore);
  if (attributes === undefined) return undefined;
  let level: readonly JsonObject[] = isCore ? [...attributes, ...common] : attributes;
  let found: JsonObject | undefined;
  let multiValued = false;
  for (const name of names) {
    found = level.find(entry => sameName(entry['name'], name));
    if (found === undefined) return undefined;
    multiValued ||= found['multiValued'] === true;
    level = objectsOf(found['subAttributes']);
  }
  return found && { path, multiValued, ...traitsOf(found) };
}

const traitsOf = (entry: JsonObject) => ({
  type: textOf(entry['type'], 'string'),
  caseExact: entry['caseExact'] === true,
  mutability: textOf(entry['mutability'], 'readWrite'),
  returned: textOf(entry['returned'], 'default'),
});

/** Attributes of a schema: those published, those of the RFC where nothing usable is. */
function attributesOf({ schemas }: Facts, urn: string, isCore: boolean): readonly JsonObject[] | undefined {
  const published = schemas?.find(({ id }) => sameName(id, urn));
  const entry =
    published ?? (schemas === undefined || isCore ? printed.find(({ id }) => sameName(id, urn)) : undefined);
  return entry && objectsOf(entry['attributes']);
}

function isExtended({ resourceTypes, schemas }: Facts, type: CoreType, urn: string): boolean {
  const entry = resourceTypes?.find(({ name }) => name === type);
  if (entry === undefined) return schemas !== undefined || sameName(urn, ENTERPRISE_USER);
  return objectsOf(entry['schemaExtensions']).some(({ schema }) => sameName(schema, urn));
}

/** What a resource has at a path, arrays laid out flat; nothing for null and for what is absent. */
export function valuesAt(resource: Json | undefined, path: string): readonly Json[] {
  const { urn, names } = partsOf(path);
  const isCore = urn === '' || Object.values(core).some(one => sameName(one, urn));
  const start = isCore || !isObject(resource) ? resource : memberOf(resource, urn);
  return names.reduce(
    (level, name) => level.flatMap(value => (isObject(value) ? flat(memberOf(value, name)) : [])),
    flat(start),
  );
}

const memberOf = (object: JsonObject, name: string): Json | undefined =>
  object[name] ?? Object.entries(object).find(([key]) => sameName(key, name))?.[1];

const flat = (value: Json | undefined): readonly Json[] =>
  (Array.isArray(value) ? (value as readonly Json[]) : [value]).filter(
    (one): one is Json => one !== undefined && one !== null,
  );

const objectsOf = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? (value as readonly Json[]).filter(isObject) : [];

const textOf = (value: Json | undefined, otherwise: string): string => (typeof value === 'string' ? value : otherwise);

/** Names and URNs compare without case (RFC 7644 section 3.10). */
const sameName = (one: Json | undefined, other: string): boolean =>
  typeof one === 'string' && one.toLowerCase() === other.toLowerCase();
