import { isObject } from '../../scim/message/list.ts';
import {
  ENTERPRISE_USER,
  GROUP,
  RESOURCE_TYPE,
  SCHEMA,
  SERVICE_PROVIDER_CONFIG,
  USER,
} from '../../scim/message/urn.ts';
import type { Json } from '../../scim/wire/message.ts';
import type { Check } from '../run/check.ts';
import { describeAnswer, expect, same, show } from '../run/expect.ts';
import { endpointOf, serves, type CoreType } from '../run/facts.ts';
import { lastSegment } from '../run/given.ts';
import { attributesOf, entriesIn, objectsIn, publishesSchemas, readDiscovery, textOf } from '../run/published.ts';
import { Violation } from '../run/violation.ts';
import { MOST_NAMED, ofSchemas } from './schema-family.ts';

const registered = [USER, GROUP, ENTERPRISE_USER, SERVICE_PROVIDER_CONFIG, RESOURCE_TYPE, SCHEMA] as const;

/** Schemas of what discovery itself shows (RFC 7643 section 8.7.2). */
const discoverySchemas = [SERVICE_PROVIDER_CONFIG, RESOURCE_TYPE, SCHEMA] as const;

/** Attributes that every resource has, whatever its schema says (RFC 7643 section 3.1). */
const common = new Set(['schemas', 'id', 'externalid', 'meta']);

const coreTypes: readonly CoreType[] = ['User', 'Group'];

/** Values of `referenceTypes` beside names of the target's resource types; the figures name the core types, served or not. */
const outside = ['external', 'uri', ...coreTypes];

/** The published schemas taken together, and against what refers to them (RFC 7643 sections 6 to 8, RFC 7644 section 4). */
export const schemaList: readonly Check[] = [
  {
    id: 'schema.unique-id',
    title: 'No two schemas have the same id',
    clause: 'RFC7643-7-04',
    applies: [],
    async run(context) {
      const { answer, entries } = await readDiscovery(context, '/Schemas');
      const ids = entries.map(({ id }) => textOf(id).toLowerCase());
      const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
      expect.that(twice.length === 0, 'each id once', show(twice), answer);
    },
  },
  ofSchemas(
    {
      id: 'schema.registered-uri',
      title: 'The schemas of SCIM 2.0 have their registered URIs, letter by letter',
      clause: 'RFC7643-10.4-01',
    },
    'the registered URI',
    ({ id }) => {
      const urn = textOf(id).toLowerCase();
      const old = urn.startsWith('urn:scim:schemas:core:1');
      const near = registered.find(uri => uri.toLowerCase() === urn && uri !== id);
      if (!old && near === undefined) return undefined;
      return { what: show(id), slight: !old };
    },
  ),
  ofSchemas(
    {
      id: 'schema.urn-form',
      title: 'URNs of the SCIM name space are of a kind that is registered',
      clause: 'RFC7643-10.2.1-01',
    },
    'urn:ietf:params:scim:{schemas|api}:{name}',
    ({ id }) => {
      const urn = textOf(id);
      if (!/^urn:ietf:params:scim:/i.test(urn)) return undefined;
      return /^urn:ietf:params:scim:(?:schemas|api|param|event):[^:\s]+/i.test(urn) ? undefined : show(urn);
    },
  ),
  ofSchemas(
    {
      id: 'schema.no-messages',
      title: 'Messages are not listed among the schemas',
      clause: 'RFC7644-3.1-05',
    },
    'no schema of a message',
    ({ id }) => (/^urn:ietf:params:scim:api:/i.test(textOf(id)) ? show(id) : undefined),
  ),
  {
    id: 'schema.reference-types',
    title: 'References say what they may lead to, and nothing else does',
    clause: 'RFC7643-7-34',
    applies: [],
    async run(context) {
      const { answer, entries } = await readDiscovery(context, '/Schemas');
      const types = context.facts.resourceTypes?.map(({ name }) => textOf(name));
      const allowed = new Set([...outside, ...(types ?? [])]);
      const faults = entries.flatMap(attributesOf).flatMap(({ urn, path, definition: { type, referenceTypes } }) => {
        const listed: readonly Json[] = Array.isArray(referenceTypes) ? referenceTypes : [];
        const known = (name: Json) => typeof name === 'string' && (types === undefined || allowed.has(name));
        const right =
          textOf(type) === 'reference'
            ? listed.length > 0 && listed.every(known)
            : referenceTypes === undefined || referenceTypes === null || same(referenceTypes, []);
        return right ? [] : [`${urn} ${path}: ${show(referenceTypes)}`];
      });
      expect.that(
        faults.length === 0,
        'referenceTypes for each reference and for nothing else: names of resource types, external or uri',
        faults.slice(0, MOST_NAMED).join('; '),
        answer,
      );
    },
  },
  {
    id: 'schema.used-are-published',
    title: 'Every schema that a resource names can be read',
    clause: 'RFC7643-7-01',
    also: ['RFC7643-2.1-03'],
    applies: [],
    cases: facts => coreTypes.filter(type => serves(type).unmet(facts) === undefined).map(name => ({ name })),
    async run(context, { name }) {
      const { scim, given } = context;
      const made = await (name === 'User' ? given.user() : given.group());
      const resource = await context.stored(endpointOf[name === 'User' ? 'User' : 'Group'], made.id);
      const named = textsIn(resource['schemas']);
      expect.that(named.length > 0, 'schemas as a list of URIs', show(resource['schemas']));
      for (const urn of named) {
        const answer = await scim.list(`/Schemas/${urn}`);
        expect.status(answer, 200);
        const { id } = expect.object(answer);
        expect.that(textOf(id).toLowerCase() === urn.toLowerCase(), `the schema ${urn}`, show(id), answer);
      }
    },
  },
  {
    id: 'schema.of-discovery',
    title: 'The schemas of the discovery resources are published too',
    clause: 'RFC7643-8.7.2-01',
    applies: [publishesSchemas],
    cases: () => discoverySchemas.map(urn => ({ name: urn.slice(urn.lastIndexOf(':') + 1) })),
    async run({ scim }, { name }) {
      const urn = discoverySchemas.find(each => each.endsWith(`:${name}`)) ?? SCHEMA;
      const answer = await scim.list(`/Schemas/${urn}`);
      // The RFC fixes what these schemas say; that they have to be listed it says nowhere.
      if (answer.status === 404) throw new Violation('status 200', describeAnswer(answer), answer, 'observation');
      expect.status(answer, 200);
    },
  },
  {
    id: 'schema.single-as-listed',
    title: 'A schema read alone says what it says in the list',
    clause: 'RFC7644-4-04',
    applies: [],
    async run(context) {
      const { entries } = await readDiscovery(context, '/Schemas');
      for (const listed of entries) {
        const answer = await context.scim.list(`/Schemas/${textOf(listed['id'])}`);
        // Whether it can be read at all is the business of discovery.schema-by-id.
        if (answer.status !== 200 || !isObject(answer.json)) continue;
        expect.schema(answer.json, SCHEMA, answer);
        for (const part of ['id', 'name', 'description', 'attributes']) {
          const right = same(unordered(answer.json[part]), unordered(listed[part]));
          expect.that(right, `${part} of ${show(listed['id'])} as in the list`, 'something else', answer);
        }
      }
    },
  },
  {
    id: 'schema.unknown',
    title: 'A schema that is not published is answered with 404',
    clause: 'RFC7644-3.12-30',
    applies: [publishesSchemas],
    async run({ scim, given }) {
      expect.status(await scim.list(`/Schemas/urn:scimulator:${given.unique('nothing')}`), 404);
    },
  },
  {
    id: 'schema.message',
    title: 'The URN of a message leads to no schema',
    clause: 'RFC7644-3.1-05',
    applies: [publishesSchemas],
    async run({ scim }) {
      const answer = await scim.list('/Schemas/urn:ietf:params:scim:api:messages:2.0:PatchOp');
      const { status } = answer;
      expect.that(status !== undefined && status >= 300, 'no schema', describeAnswer(answer), answer);
    },
  },
  {
    id: 'schema.meta',
    title: 'meta of a schema names its resource type and its URI',
    clause: 'RFC7643-3.1-22',
    applies: [],
    async run(context) {
      const { answer, entries } = await readDiscovery(context, '/Schemas');
      for (const { id, meta } of entries) {
        if (!isObject(meta)) continue;
        const { resourceType = 'Schema', location } = meta;
        expect.equal(resourceType, 'Schema', 'meta.resourceType', answer);
        const last = lastSegment(textOf(location))?.toLowerCase();
        const right = location === undefined || last === textOf(id).toLowerCase();
        expect.that(right, `meta.location that ends in ${show(id)}`, show(location), answer);
      }
    },
  },
  {
    id: 'schema.total',
    title: 'The list of schemas holds as many as it says',
    clause: 'RFC7644-4-03',
    applies: [],
    async run(context) {
      const { answer, entries } = await readDiscovery(context, '/Schemas');
      const { totalResults = entries.length } = isObject(answer.json) ? answer.json : {};
      expect.equal(totalResults, entries.length, 'totalResults', answer);
    },
  },
  {
    id: 'schema.offered',
    title: 'A service provider may publish schemas, nested ones and common attributes among them',
    clause: 'RFC7643-1.2-01',
    also: ['RFC7643-7-05', 'RFC7643-3.1-03', 'RFC7643-2.2-07', 'RFC7643-8.7.1-01'],
    applies: [],
    async run({ scim }) {
      const answer = await scim.list('/Schemas');
      const attributes = entriesIn(answer).flatMap(attributesOf);
      const nested = attributes.filter(({ parent }) => parent?.parent).length;
      const listed = attributes.filter(({ path }) => common.has(path.toLowerCase())).length;
      const untyped = attributes.filter(({ definition }) => definition['type'] === undefined).length;
      const parts = `${nested} inside a sub-attribute, ${listed} common ones, ${untyped} without a type`;
      return { observed: `${describeAnswer(answer)}, ${attributes.length} attributes: ${parts}` };
    },
  },
  {
    id: 'schema.display-mutability',
    title: 'The sub-attribute display may be described as immutable',
    clause: 'RFC7643-2.4-05',
    applies: [],
    async run(context) {
      const { entries } = await readDiscovery(context, '/Schemas');
      const found = entries
        .flatMap(attributesOf)
        .filter(({ parent, definition }) => parent !== undefined && definition['name'] === 'display')
        .map(({ path, definition }) => `${path} ${textOf(definition['mutability']) || 'unstated'}`);
      return { observed: found.join(', ') || 'no sub-attribute display' };
    },
  },
];

const textsIn = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter(entry => typeof entry === 'string') : [];

/** Attributes have no order: definitions sorted by name, at any depth. */
function unordered(value: Json | undefined): Json {
  if (!Array.isArray(value)) return value ?? null;
  const sorted = [...objectsIn(value)].sort((one, other) => (textOf(one['name']) < textOf(other['name']) ? -1 : 1));
  return sorted.map((one): Json => Object.assign({}, one, { subAttributes: unordered(one['subAttributes']) }));
}
