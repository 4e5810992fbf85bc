import { isObject } from '../../../scim/message/list.ts';
import { ENTERPRISE_USER, GROUP, SCHEMA, USER } from '../../../scim/message/urn.ts';
import { type Hop, type Json, type JsonObject } from '../../../scim/wire/message.ts';
import type { Defect } from '../defect.ts';
import { onList, onOne, resource, without } from '../hops.ts';
import type { Match } from '../hops.ts';

/** Reads of published schemas, together or alone. */
export const schemas: Match = request => onList('GET', 'Schemas')(request) || onOne('GET', 'Schemas')(request);

type Change = (definition: JsonObject) => JsonObject;

/** Definitions with the one at a dotted path changed. */
function changed(list: Json | undefined, [name = '', ...rest]: readonly string[], change: Change): Json {
  if (!Array.isArray(list)) return list ?? null;
  return list.filter(isObject).map((definition): Json => {
    if (definition['name'] !== name) return definition;
    if (rest.length === 0) return change(definition);
    return Object.assign({}, definition, { subAttributes: changed(definition['subAttributes'], rest, change) });
  });
}

/** Every schema that is shown with one of its definitions changed. */
const definition = (urn: string, path: string, change: Change): Hop =>
  resource(schemas, schema =>
    schema['id'] === urn ? { ...schema, attributes: changed(schema['attributes'], path.split('.'), change) } : schema,
  );

/** A schema of which one definition says something else. */
export const saying = (urn: string, path: string, members: JsonObject): Hop =>
  definition(urn, path, written => Object.assign({}, written, members));

/** A schema of which one definition lacks characteristics. */
export const lacking = (urn: string, path: string, ...names: readonly string[]): Hop =>
  definition(urn, path, written => without(written, ...names));

/** A schema that says something else as a whole. */
export const ofSchema = (urn: string, change: (schema: JsonObject) => JsonObject): Hop =>
  resource(schemas, schema => (schema['id'] === urn ? change(schema) : schema));

/** Defects of one definition each: what is published, and who has to notice. */
const published: readonly (readonly [
  id: string,
  title: string,
  breaks: Defect['breaks'],
  noticedBy: readonly string[],
  hop: () => Hop,
])[] = [
  [
    'schema-attribute-without-name',
    'A definition has no name',
    'RFC7643-7-08',
    ['schema.attribute-name'],
    () => lacking(USER, 'title', 'name'),
  ],
  [
    'schema-name-with-blank',
    'A name holds a blank',
    'RFC7643-2.1-04',
    ['schema.name-grammar'],
    () => saying(USER, 'title', { name: 'job title' }),
  ],
  [
    'schema-names-twice',
    'Two attributes differ in case only',
    'RFC7643-2.1-02',
    ['schema.unique-names'],
    () => saying(USER, 'title', { name: 'NICKNAME' }),
  ],
  [
    'schema-attribute-without-type',
    'A definition has no type',
    'RFC7643-7-08',
    ['schema.attribute-type'],
    () => lacking(USER, 'name.givenName', 'type'),
  ],
  [
    'schema-core-type-invented',
    'A core attribute is of a type that does not exist',
    'RFC7643-7-08',
    ['schema.attribute-type', 'schema.data-types'],
    () => saying(USER, 'title', { type: 'text' }),
  ],
  [
    'schema-type-in-capitals',
    'A type is written in another case',
    'RFC7643-2.3-01',
    ['schema.data-types'],
    () => saying(USER, 'title', { type: 'String' }),
  ],
  [
    'schema-attribute-without-multi-valued',
    'A definition does not say whether there are several values',
    'RFC7643-7-08',
    ['schema.multi-valued'],
    () => lacking(USER, 'title', 'multiValued'),
  ],
  [
    'schema-multi-valued-as-text',
    'multiValued is a text',
    'RFC7643-7-11',
    ['schema.multi-valued'],
    () => saying(GROUP, 'members', { multiValued: 'true' }),
  ],
  [
    'schema-required-as-text',
    'required is a text',
    'RFC7643-7-11',
    ['schema.required'],
    () => saying(USER, 'userName', { required: 'true' }),
  ],
  [
    'schema-case-exact-as-number',
    'caseExact is a number',
    'RFC7643-7-11',
    ['schema.case-exact'],
    () => saying(USER, 'title', { caseExact: 0 }),
  ],
  [
    'schema-mutability-invented',
    'mutability is a word that does not exist',
    'RFC7643-7-16',
    ['schema.mutability'],
    () => saying(USER, 'title', { mutability: 'writable' }),
  ],
  [
    'schema-mutability-in-other-case',
    'mutability is written in another case',
    'RFC7643-7-16',
    ['schema.mutability'],
    () => saying(USER, 'title', { mutability: 'readwrite' }),
  ],
  [
    'schema-returned-invented',
    'returned is a word that does not exist',
    'RFC7643-7-23',
    ['schema.returned'],
    () => saying(USER, 'title', { returned: 'sometimes' }),
  ],
  [
    'schema-uniqueness-as-boolean',
    'uniqueness is a boolean',
    'RFC7643-7-33',
    ['schema.uniqueness'],
    () => saying(USER, 'userName', { uniqueness: true }),
  ],
  [
    'schema-complex-without-parts',
    'A complex attribute has no sub-attributes',
    'RFC7643-7-09',
    ['schema.sub-attributes'],
    () => lacking(USER, 'name', 'subAttributes'),
  ],
  [
    'schema-simple-with-parts',
    'A simple attribute has sub-attributes',
    'RFC7643-1.2-02',
    ['schema.simple'],
    () =>
      saying(USER, 'title', {
        subAttributes: [{ name: 'part', type: 'string', multiValued: false, description: 'A part' }],
      }),
  ],
  [
    'schema-nested-complex',
    'A sub-attribute is complex',
    'RFC7643-2.3.8-02',
    ['schema.nesting'],
    () =>
      saying(USER, 'emails.display', {
        type: 'complex',
        subAttributes: [{ name: 'part', type: 'string', multiValued: false, description: 'A part' }],
      }),
  ],
  [
    'schema-attribute-without-description',
    'A definition has no description',
    'RFC7643-7-10',
    ['schema.attribute-description'],
    () => lacking(USER, 'title', 'description'),
  ],
  [
    'schema-canonical-values-as-text',
    'Canonical values are one text',
    'RFC7643-7-12',
    ['schema.canonical-values'],
    () => saying(USER, 'emails.type', { canonicalValues: 'work,home' }),
  ],
  [
    'schema-primary-as-text',
    'primary is of type string',
    'RFC7643-2.4-02',
    ['schema.predefined'],
    () => saying(USER, 'emails.primary', { type: 'string' }),
  ],
  [
    'schema-reference-without-types',
    'A reference does not say what it leads to',
    'RFC7643-7-34',
    ['schema.reference-types'],
    () => lacking(GROUP, 'members.$ref', 'referenceTypes'),
  ],
  [
    'schema-reference-to-unknown-type',
    'A reference leads to a resource type that is not served',
    'RFC7643-7-34',
    ['schema.reference-types'],
    () => saying(GROUP, 'members.$ref', { referenceTypes: ['Robot'] }),
  ],
  [
    'schema-user-name-optional',
    'userName is published as optional',
    'RFC7643-4.1.1-01',
    ['schema.fixed', 'schema.figure.user'],
    () => saying(USER, 'userName', { required: false }),
  ],
  [
    'schema-user-name-not-unique',
    'userName is published without uniqueness',
    'RFC7643-4.1.1-02',
    ['schema.fixed', 'schema.figure.user'],
    () => saying(USER, 'userName', { uniqueness: 'none' }),
  ],
  [
    'schema-password-returned',
    'password is published as returned',
    'RFC7643-4.1.1-16',
    ['schema.fixed', 'schema.figure.user'],
    () => saying(USER, 'password', { returned: 'default' }),
  ],
  [
    'schema-groups-writable',
    'groups of a user are published as writable',
    'RFC7643-4.1.2-19',
    ['schema.fixed', 'schema.figure.user'],
    () => saying(USER, 'groups', { mutability: 'readWrite' }),
  ],
  [
    'schema-members-changeable',
    'Members are published as changeable',
    'RFC7643-4.2-04',
    ['schema.fixed', 'schema.figure.group'],
    () => saying(GROUP, 'members.value', { mutability: 'readWrite' }),
  ],
  [
    'schema-manager-name-writable',
    'The name of the manager is published as writable',
    'RFC7643-4.3-09',
    ['schema.fixed', 'schema.figure.enterprise-user'],
    () => saying(ENTERPRISE_USER, 'manager.displayName', { mutability: 'readWrite' }),
  ],
  [
    'schema-nick-name-many',
    'nickName is published with several values',
    'RFC7643-8.7.1-11',
    ['schema.figure.user'],
    () => saying(USER, 'nickName', { multiValued: true }),
  ],
  [
    'schema-config-flag-text',
    'The flag of PATCH is published as a text',
    'RFC7643-8.7.2-04',
    ['schema.figure.service-provider-config'],
    () => saying('urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig', 'patch.supported', { type: 'string' }),
  ],
  [
    'schema-type-schema-optional',
    'The schema of a resource type is published as optional',
    'RFC7643-8.7.2-25',
    ['schema.figure.resource-type'],
    () => saying('urn:ietf:params:scim:schemas:core:2.0:ResourceType', 'schema', { required: false }),
  ],
  [
    'schema-schema-attributes-single',
    'attributes of a schema are published as single',
    'RFC7643-8.7.2-32',
    ['schema.figure.schema'],
    () => saying(SCHEMA, 'attributes', { multiValued: false }),
  ],
];

/** What a schema may say wrongly of one attribute. */
export const schemaDefinitionDefects: readonly Defect[] = published.map(([id, title, breaks, noticedBy, hop]) => ({
  id,
  title,
  breaks,
  noticedBy,
  hop,
}));
