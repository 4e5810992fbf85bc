import { declares } from '../../scim/message/error.ts';
import { isObject } from '../../scim/message/list.ts';
import { SCHEMA } from '../../scim/message/urn.ts';
import type { Json } from '../../scim/wire/message.ts';
import type { Check } from '../run/check.ts';
import { expect, same, show } from '../run/expect.ts';
import { attributesOf, objectsIn, readDiscovery, textOf, type Published } from '../run/published.ts';
import { DEVICES, keyword, MOST_NAMED, ofAttributes, ofSchemas, unset } from './schema-family.ts';

const types = ['string', 'boolean', 'decimal', 'integer', 'dateTime', 'binary', 'reference', 'complex'];

/** Schemas of the IETF; types that others invent are judged more mildly. */
const STANDARD = /^urn:ietf:params:scim:schemas:/i;

const isBoolean = (value: Json | undefined) => typeof value === 'boolean';
const isTexts = (value: Json | undefined) => Array.isArray(value) && value.every(entry => typeof entry === 'string');
const unlessSet = (right: (value: Json | undefined) => boolean) => (value: Json | undefined) =>
  unset(value) || right(value) ? undefined : show(value);

const isComplex = ({ definition }: Published) => textOf(definition['type']).toLowerCase() === 'complex';
const lastName = ({ definition }: Published) => textOf(definition['name']);

/** Data types of the sub-attributes that RFC 7643 section 2.4 predefines. */
const predefined: Readonly<Record<string, string>> = {
  primary: 'boolean',
  type: 'string',
  display: 'string',
  $ref: 'reference',
};

/** The schemas that a target publishes, each by itself (RFC 7643 section 7). */
export const schemas: readonly Check[] = [
  ofSchemas(
    { id: 'schema.schemas', title: 'A schema says by its own schemas what it is', clause: 'RFC7643-7-03' },
    `schemas with ${SCHEMA}`,
    schema => (declares(schema, SCHEMA) ? undefined : `schemas ${show(schema['schemas'])}`),
  ),
  ofSchemas(
    { id: 'schema.id', title: 'The id of a schema is a URI', clause: 'RFC7643-7-04' },
    'id as a URI',
    ({ id }) => (/^[a-z][a-z0-9+.-]*:\S+$/i.test(textOf(id)) ? undefined : show(id)),
  ),
  ofSchemas(
    { id: 'schema.description', title: 'A schema has a name and a description for people', clause: 'RFC7643-7-06' },
    'name and description as texts',
    ({ name, description }) =>
      typeof name === 'string' && typeof description === 'string'
        ? undefined
        : show([name ?? null, description ?? null]),
  ),
  ofSchemas(
    { id: 'schema.attributes', title: 'A schema lists its attributes', clause: 'RFC7643-7-07' },
    'attributes as a list of objects that is not empty',
    ({ attributes }) =>
      Array.isArray(attributes) && attributes.length > 0 && attributes.every(isObject) ? undefined : show(attributes),
  ),
  ofAttributes(
    { id: 'schema.attribute-name', title: 'Each attribute definition has a name', clause: 'RFC7643-7-08' },
    'name as a text',
    attribute => (lastName(attribute) === '' ? show(attribute.definition['name']) : undefined),
  ),
  ofAttributes(
    { id: 'schema.name-grammar', title: 'Attribute names follow the grammar', clause: 'RFC7643-2.1-04' },
    'a letter, then letters, digits, hyphens, underscores or dollars',
    attribute => {
      const name = lastName(attribute);
      return name === '' || name === '$ref' || /^[A-Za-z][\w$-]*$/.test(name) ? undefined : show(name);
    },
  ),
  {
    id: 'schema.unique-names',
    title: 'No two attributes of one place have names that differ in case at most',
    clause: 'RFC7643-2.1-02',
    applies: [],
    async run(context) {
      const { answer, entries } = await readDiscovery(context, '/Schemas');
      const places = entries.flatMap(attributesOf).map(({ urn, path }) => `${urn} ${path.toLowerCase()}`);
      const twice = places.filter((place, at) => places.indexOf(place) !== at);
      expect.that(twice.length === 0, 'each name once', show(twice.slice(0, MOST_NAMED)), answer);
    },
  },
  ofAttributes(
    { id: 'schema.attribute-type', title: 'Each attribute definition has a data type', clause: 'RFC7643-7-08' },
    `type, of the schemas of the IETF one of ${types.join(', ')}`,
    ({ urn, definition: { type } }) => {
      if (typeof type !== 'string' || type === '') return show(type);
      const known = types.some(each => each.toLowerCase() === type.toLowerCase());
      return known || !STANDARD.test(urn) || DEVICES.test(urn) ? undefined : show(type);
    },
  ),
  ofAttributes(
    { id: 'schema.data-types', title: 'No data types are invented', clause: 'RFC7643-2.3-01' },
    `type as one of ${types.join(', ')}`,
    ({ definition: { type } }) => (typeof type !== 'string' || types.includes(type) ? undefined : show(type)),
  ),
  ofAttributes(
    {
      id: 'schema.multi-valued',
      title: 'Each attribute definition says as a boolean whether the attribute has several values',
      clause: 'RFC7643-7-08',
      also: ['RFC7643-7-11'],
    },
    'multiValued as a boolean',
    ({ definition: { multiValued } }) => (isBoolean(multiValued) ? undefined : show(multiValued)),
  ),
  ofAttributes(
    { id: 'schema.required', title: 'required is a boolean', clause: 'RFC7643-7-11' },
    'required as a boolean',
    ({ definition: { required } }) => unlessSet(isBoolean)(required),
  ),
  ofAttributes(
    { id: 'schema.case-exact', title: 'caseExact is a boolean', clause: 'RFC7643-7-11' },
    'caseExact as a boolean',
    ({ definition: { caseExact } }) => unlessSet(isBoolean)(caseExact),
  ),
  keyword(
    {
      id: 'schema.mutability',
      title: 'mutability is one of the four words for it',
      clause: 'RFC7643-7-16',
      also: ['RFC7643-1.1-02', 'RFC7644-3.1-03'],
    },
    'mutability',
    ['readOnly', 'readWrite', 'immutable', 'writeOnly'],
  ),
  keyword(
    { id: 'schema.returned', title: 'returned is one of the four words for it', clause: 'RFC7643-7-23' },
    'returned',
    ['always', 'never', 'default', 'request'],
  ),
  keyword(
    { id: 'schema.uniqueness', title: 'uniqueness is one of the three words for it', clause: 'RFC7643-7-33' },
    'uniqueness',
    ['none', 'server', 'global'],
  ),
  ofAttributes(
    { id: 'schema.sub-attributes', title: 'A complex attribute lists its sub-attributes', clause: 'RFC7643-7-09' },
    'subAttributes as a list that is not empty',
    attribute =>
      !isComplex(attribute) || objectsIn(attribute.definition['subAttributes']).length > 0
        ? undefined
        : show(attribute.definition['subAttributes']),
  ),
  ofAttributes(
    { id: 'schema.simple', title: 'A simple attribute has no sub-attributes', clause: 'RFC7643-1.2-02' },
    'no subAttributes unless the type is complex',
    attribute => {
      const subs = attribute.definition['subAttributes'];
      return isComplex(attribute) || unset(subs) || same(subs, []) ? undefined : `${objectsIn(subs).length} of them`;
    },
  ),
  ofAttributes(
    { id: 'schema.nesting', title: 'A complex attribute holds no complex attributes', clause: 'RFC7643-2.3.8-02' },
    'sub-attributes of simple types',
    attribute => {
      const free = attribute.urn.toLowerCase() === SCHEMA.toLowerCase() || DEVICES.test(attribute.urn);
      return attribute.parent && isComplex(attribute) && !free ? 'a complex sub-attribute' : undefined;
    },
  ),
  ofAttributes(
    { id: 'schema.attribute-description', title: 'Attributes are described for people', clause: 'RFC7643-7-10' },
    'description as a text',
    ({ definition: { description } }) => (typeof description === 'string' ? undefined : show(description)),
  ),
  ofAttributes(
    { id: 'schema.canonical-values', title: 'Canonical values are a list of texts', clause: 'RFC7643-7-12' },
    'canonicalValues as a list of texts',
    ({ definition: { canonicalValues } }) => unlessSet(isTexts)(canonicalValues),
  ),
  ofAttributes(
    {
      id: 'schema.predefined',
      title: 'Sub-attributes with a predefined meaning have the type that goes with it',
      clause: 'RFC7643-2.4-02',
    },
    'primary as boolean, type and display as string, $ref as reference',
    attribute => {
      const type = predefined[lastName(attribute)];
      const plural =
        attribute.parent && isComplex(attribute.parent) && attribute.parent.definition['multiValued'] === true;
      if (!plural || type === undefined || attribute.urn.toLowerCase() === SCHEMA.toLowerCase()) return undefined;
      const came = attribute.definition['type'];
      return textOf(came).toLowerCase() === type ? undefined : show(came);
    },
  ),
];
