import { isObject } from '../../scim/message/list.ts';
import { GROUP, USER } from '../../scim/message/urn.ts';
import { groupType, userType, type Attribute, type Schema } from '../../scim/schema/index.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import { endpointOf, type CoreType, type Facts } from './facts.ts';

/** An attribute as the target publishes it, defaults of RFC 7643 section 2.2 filled in. */
export interface DeclaredAttribute {
  readonly name: string;
  /** As a filter or a PATCH names it: `name.givenName`, `urn:…:User:manager.value`. */
  readonly path: string;
  readonly type: string;
  readonly multiValued: boolean;
  readonly required: boolean;
  readonly caseExact: boolean;
  readonly mutability: string;
  readonly returned: string;
  readonly uniqueness: string;
  readonly canonicalValues: readonly string[];
  readonly referenceTypes: readonly string[];
  readonly subAttributes: readonly DeclaredAttribute[];
  /** Whether the definition states the characteristic itself. */
  states(characteristic: string): boolean;
}

/** The attributes of one schema. */
export interface DeclaredSchema {
  readonly urn: string;
  readonly required: boolean;
  readonly attributes: readonly DeclaredAttribute[];
  /** Read from the target's /Schemas; otherwise from RFC 7643, and then nothing is promised. */
  readonly published: boolean;
}

/** A resource type that the target lists, or one of the core types where it lists none. */
export interface DeclaredType {
  readonly name: string;
  /** Below the base URL: `/Users`. */
  readonly endpoint: string;
  readonly base: DeclaredSchema;
  readonly extensions: readonly DeclaredSchema[];
}

/** Attributes of every resource; they are judged on their own (RFC 7643 section 3.1). */
const COMMON: ReadonlySet<string> = new Set(['id', 'externalid', 'meta', 'schemas']);

const core: Readonly<Record<string, Schema>> = Object.fromEntries(
  [userType, groupType].flatMap(({ schema, extensions }) =>
    [schema, ...extensions.map(each => each.schema)].map(one => [one.id.toLowerCase(), one] as const),
  ),
);

/** Learnt once for one run: facts never change. */
const known = new WeakMap<Facts, readonly DeclaredType[]>();

/** The resource types of the target with the attributes that it publishes. */
export function declaredTypes(facts: Facts): readonly DeclaredType[] {
  const there = known.get(facts);
  if (there) return there;
  const types = (facts.resourceTypes ?? assumed).flatMap(entry => typeOf(entry, facts));
  known.set(facts, types);
  return types;
}

const assumed: readonly JsonObject[] = [
  { name: 'User', endpoint: endpointOf.User, schema: USER },
  { name: 'Group', endpoint: endpointOf.Group, schema: GROUP },
];

function typeOf(entry: JsonObject, facts: Facts): DeclaredType[] {
  const { name, endpoint, schema, schemaExtensions } = entry;
  if (typeof name !== 'string' || typeof endpoint !== 'string' || typeof schema !== 'string') return [];
  const path = pathOf(endpoint, schema);
  if (path === undefined) return [];
  const extensions = (Array.isArray(schemaExtensions) ? schemaExtensions : [])
    .filter(isObject)
    .flatMap(extension =>
      typeof extension['schema'] === 'string'
        ? [schemaOf(extension['schema'], facts, extension['required'] === true)]
        : [],
    );
  return [{ name, endpoint: path, base: schemaOf(schema, facts, true), extensions }];
}

/**
 * Where a type lives below the base URL. Some give a whole URL, or a path that begins with that of the base, and some of
 * those name users otherwise than they serve them: the path is judged by a check of its own.
 */
function pathOf(endpoint: string, schema: string): string | undefined {
  const last = /([^/?#]+)\/*$/.exec(endpoint)?.[1];
  if (last === undefined) return undefined;
  const core = (
    [
      ['User', USER],
      ['Group', GROUP],
    ] as const
  ).find(([, urn]) => urn.toLowerCase() === schema.toLowerCase());
  return core?.[0].toLowerCase() === last.toLowerCase() ? endpointOf[core[0]] : `/${last}`;
}

function schemaOf(urn: string, { schemas }: Facts, required: boolean): DeclaredSchema {
  const own = schemas?.find(({ id }) => typeof id === 'string' && id.toLowerCase() === urn.toLowerCase());
  const written: readonly (JsonObject | Attribute)[] =
    own === undefined ? (core[urn.toLowerCase()]?.attributes ?? []) : objectsOf(own['attributes']);
  const prefix = [USER, GROUP].some(one => one.toLowerCase() === urn.toLowerCase()) ? '' : `${urn}:`;
  const attributes = written
    .flatMap(one => attributeOf({ ...one } as JsonObject, prefix))
    .filter(({ name }) => !COMMON.has(name.toLowerCase()));
  return { urn, required, attributes, published: own !== undefined };
}

function attributeOf(written: JsonObject, prefix: string): DeclaredAttribute[] {
  const { name } = written;
  if (typeof name !== 'string' || name === '') return [];
  const path = `${prefix}${name}`;
  return [
    {
      name,
      path,
      type: wordOf(written['type'], 'string'),
      multiValued: written['multiValued'] === true,
      required: written['required'] === true,
      caseExact: written['caseExact'] === true,
      mutability: wordOf(written['mutability'], 'readWrite'),
      returned: wordOf(written['returned'], 'default'),
      uniqueness: wordOf(written['uniqueness'], 'none'),
      canonicalValues: textsOf(written['canonicalValues']),
      referenceTypes: textsOf(written['referenceTypes']),
      subAttributes: objectsOf(written['subAttributes']).flatMap(sub => attributeOf(sub, `${path}.`)),
      states: characteristic => written[characteristic] !== undefined && written[characteristic] !== null,
    },
  ];
}

const wordOf = (value: Json | undefined, otherwise: string) => (typeof value === 'string' ? value : otherwise);
const textsOf = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((entry: Json) => typeof entry === 'string') : [];
const objectsOf = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

/** The type of a name or endpoint, in any case. */
export const declaredType = (facts: Facts, name: string): DeclaredType | undefined =>
  declaredTypes(facts).find(type => [type.name, type.endpoint].some(one => one.toLowerCase() === name.toLowerCase()));

/** Attributes of the base schema of a core type, as the target publishes them; none where it publishes nothing. */
export const publishedAttributes = (facts: Facts, name: CoreType): readonly DeclaredAttribute[] => {
  const base = declaredType(facts, name)?.base;
  return base?.published ? base.attributes : [];
};

/** A schema of the type: its base, or an extension by URN. */
export const declaredSchema = (type: DeclaredType, urn: string): DeclaredSchema | undefined =>
  [type.base, ...type.extensions].find(schema => schema.urn.toLowerCase() === urn.toLowerCase());

/** An attribute by its name, in any case. */
export const attributeNamed = (attributes: readonly DeclaredAttribute[], name: string): DeclaredAttribute | undefined =>
  attributes.find(one => one.name.toLowerCase() === name.toLowerCase());

/** Clients may give a value at creation. */
export const isWritable = ({ mutability }: DeclaredAttribute): boolean => mutability !== 'readOnly';

/** A read without a choice of attributes shows the value. */
export const isShown = ({ returned, mutability }: DeclaredAttribute): boolean =>
  (returned === 'default' || returned === 'always') && mutability !== 'writeOnly';
