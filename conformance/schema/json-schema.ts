import type { JsonObject } from '../../scim/wire/message.ts';
import {
  attributeNamed,
  isShown,
  type DeclaredAttribute,
  type DeclaredSchema,
  type DeclaredType,
} from '../run/declared.ts';

/** A date and a time as xsd:dateTime writes them; the zone may be missing (RFC 7643 section 2.3.5). */
const DATE_TIME = String.raw`^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$`;

/** What every resource has, and the JSON form of it (RFC 7643 section 3.1). */
const common: JsonObject = {
  id: {},
  externalId: { type: 'string' },
  schemas: { type: 'array', items: { type: 'string' } },
  meta: {
    type: 'object',
    properties: {
      resourceType: { type: 'string' },
      created: { type: 'string', pattern: DATE_TIME },
      lastModified: { type: 'string', pattern: DATE_TIME },
      location: { type: 'string' },
      version: { type: 'string' },
    },
  },
};

/** Names of what every resource has. */
export const commonNames: readonly string[] = Object.keys(common);

/** Names of the parts that a value may have whether or not its schema lists them (RFC 7643 section 2.4). */
export const predefinedParts: readonly string[] = ['value', 'display', 'type', 'primary', '$ref'];

/** The JSON type of each data type (RFC 7643 section 2.3). */
const forms: Readonly<Record<string, string>> = {
  string: 'string',
  dateTime: 'string',
  binary: 'string',
  reference: 'string',
  boolean: 'boolean',
  integer: 'integer',
  decimal: 'number',
  complex: 'object',
};

/** An extension has a container of its own, known by its URI. */
const CONTAINERS = '^[uU][rR][nN]:';

/** A list of attributes that is there, so that what it does not hold can be called undeclared. */
export const isClosed = ({ published, attributes }: DeclaredSchema): boolean => published && attributes.length > 0;

/**
 * JSON Schema of the names in a resource as the target publishes them: which there may be, and which there have to be.
 * Names stand as they are published, so a resource has to be brought into that spelling first. What other checks judge is
 * left open: JSON types, containers of foreign schemas, attributes of an extension at the top, the password.
 */
export function namesSchema({ base, extensions }: DeclaredType): JsonObject {
  const astray = extensions.flatMap(({ attributes }) => attributes.map(({ name }) => name));
  const open = [...commonNames, 'password', ...astray].map(name => [name, {}] as const);
  const containers = extensions.map(extension => [extension.urn, namesIn(extension.attributes, isClosed(extension))]);
  const { properties, ...rest } = namesIn(base.attributes, isClosed(base));
  return {
    ...rest,
    properties: { ...Object.fromEntries(open), ...Object.fromEntries(containers), ...(properties as JsonObject) },
    patternProperties: { [CONTAINERS]: {} },
  };
}

function namesIn(attributes: readonly DeclaredAttribute[], closed: boolean, open: readonly string[] = []): JsonObject {
  const properties = Object.fromEntries([
    ...open.map(name => [name, {}] as const),
    ...attributes.map(attribute => [attribute.name, namesOf(attribute, closed)] as const),
  ]);
  const required = attributes.filter(one => one.required && isShown(one)).map(({ name }) => name);
  return {
    properties,
    ...(required.length > 0 && { required: [...new Set(required)] }),
    ...(closed && { additionalProperties: false }),
  };
}

function namesOf({ subAttributes, multiValued }: DeclaredAttribute, closed: boolean): JsonObject {
  if (subAttributes.length === 0) return {};
  const parts = namesIn(subAttributes, closed, predefinedParts);
  return multiValued ? { items: parts } : parts;
}

/**
 * JSON Schema of the forms that the RFC fixes for a resource, whatever the target publishes: the attributes of every
 * resource, and of the RFC's own attributes those that the target publishes in another form, or not at all.
 * @param standard the same resource type with the attributes that RFC 7643 gives it
 */
export function standardSchema(type: DeclaredType, standard: DeclaredType): JsonObject {
  const containers = standard.extensions.flatMap(({ urn, attributes }) => {
    const published = type.extensions.find(extension => extension.urn === urn);
    return published ? [[urn, { properties: formsIn(differing(attributes, published)) }] as const] : [];
  });
  return {
    properties: {
      ...formsIn(differing(standard.base.attributes, type.base)),
      ...Object.fromEntries(containers),
      ...common,
    },
    patternProperties: { [CONTAINERS]: { type: 'object' } },
  };
}

const differing = (standard: readonly DeclaredAttribute[], schema: DeclaredSchema): readonly DeclaredAttribute[] =>
  isClosed(schema) ? differingFrom(schema.attributes, standard) : standard;

/**
 * What the target publishes in the form of the RFC is judged as published, what it leaves out as undeclared. The rest
 * keeps the spelling that is published.
 */
const differingFrom = (
  published: readonly DeclaredAttribute[],
  standard: readonly DeclaredAttribute[],
): readonly DeclaredAttribute[] =>
  standard.flatMap(one => {
    const there = attributeNamed(published, one.name);
    if (there === undefined) return published.length === 0 ? [one] : [];
    if (forms[there.type] !== forms[one.type] || there.multiValued !== one.multiValued)
      return [{ ...one, name: there.name }];
    const subAttributes = differingFrom(there.subAttributes, one.subAttributes);
    return subAttributes.length > 0 ? [{ ...one, name: there.name, subAttributes }] : [];
  });

const formsIn = (attributes: readonly DeclaredAttribute[]): JsonObject =>
  Object.fromEntries(
    attributes.map(({ name, type, multiValued, subAttributes }) => {
      const form = forms[type];
      const single = {
        ...(form !== undefined && { type: form }),
        ...(subAttributes.length > 0 && { properties: formsIn(subAttributes) }),
      };
      return [name, multiValued ? { type: 'array', items: single } : single];
    }),
  );
