import type { Json, JsonObject } from '../../scim/wire/message.ts';
import { isObject } from '../../scim/message/list.ts';
import { RESOURCE_TYPE, SERVICE_PROVIDER_CONFIG } from '../../scim/message/urn.ts';
import type { RequirementId } from '../clauses/index.ts';
import type { Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { expect, same, show } from '../run/expect.ts';
import { readConfig } from '../run/published.ts';
import { pageOf } from '../run/steps.ts';
import { Blocked, Violation } from '../run/violation.ts';

type Kind = 'boolean' | 'integer' | 'array';

const is: Readonly<Record<Kind, (value: Json | undefined) => boolean>> = {
  boolean: value => typeof value === 'boolean',
  integer: value => Number.isInteger(value),
  array: value => Array.isArray(value),
};

/** Members that every ServiceProviderConfig has (RFC 7643 section 5). */
export const configMembers: readonly (readonly [path: string, kind: Kind, clause: RequirementId])[] = [
  ['patch.supported', 'boolean', 'RFC7643-5-05'],
  ['bulk.supported', 'boolean', 'RFC7643-5-07'],
  ['bulk.maxOperations', 'integer', 'RFC7643-5-08'],
  ['bulk.maxPayloadSize', 'integer', 'RFC7643-5-09'],
  ['filter.supported', 'boolean', 'RFC7643-5-11'],
  ['filter.maxResults', 'integer', 'RFC7643-5-12'],
  ['changePassword.supported', 'boolean', 'RFC7643-5-14'],
  ['sort.supported', 'boolean', 'RFC7643-5-16'],
  ['etag.supported', 'boolean', 'RFC7643-5-18'],
  ['authenticationSchemes', 'array', 'RFC7643-5-21'],
];

/** The check of one such member. */
export const configCheckId = (path: string): string =>
  `discovery.config.${path.replace(/([A-Z])/g, '-$1').toLowerCase()}`;

/** The value at a dotted path, or undefined. */
const at = (body: JsonObject, path: string): Json | undefined =>
  path.split('.').reduce<Json | undefined>((value, name) => (isObject(value) ? value[name] : undefined), body);

const configCheck = ([path, kind, clause]: (typeof configMembers)[number]): Check => ({
  id: configCheckId(path),
  title: `ServiceProviderConfig has ${path} as ${kind === 'boolean' ? 'a boolean' : `an ${kind}`}`,
  clause,
  applies: [],
  async run(context) {
    const { answer, config } = await readConfig(context);
    const value = at(config, path);
    expect.that(is[kind](value), `${path} as ${kind}`, show(value), answer);
    // Odd rather than wrong: the clauses ask for the type only.
    const odd = (typeof value === 'number' && value < 0) || same(value, []);
    if (odd) throw new Violation(`${path} that says something`, show(value), answer, 'warning');
  },
});

/** Schema URIs that the resource types name, extensions included, in lower case. */
const namedSchemas = ({ facts }: Context): string[] =>
  (facts.resourceTypes ?? [])
    .flatMap(type => [type].concat(listOf(type['schemaExtensions'])))
    .map(({ schema }) => schema)
    .filter(uri => typeof uri === 'string')
    .map(uri => uri.toLowerCase());

const listOf = (value: Json | undefined): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** What a target says about itself (RFC 7644 section 4). */
export const discovery = [
  {
    id: 'discovery.service-provider-config',
    title: 'ServiceProviderConfig can be read and says by its schema what it is',
    clause: 'RFC7643-5-01',
    also: ['RFC7644-4-02', 'RFC7644-3.2-07'],
    applies: [],
    async run({ scim }) {
      const answer = await scim.list('/ServiceProviderConfig');
      expect.status(answer, 200);
      expect.schema(expect.object(answer), SERVICE_PROVIDER_CONFIG, answer);
    },
  },
  ...configMembers.map(configCheck),
  {
    id: 'discovery.resource-types',
    title: 'ResourceTypes come as a list response',
    clause: 'RFC7644-4-06',
    applies: [],
    async run({ scim }) {
      const answer = await scim.list('/ResourceTypes');
      const { resources } = expect.page(answer);
      expect.that(resources.length > 0, 'at least one resource type', 'an empty list', answer);
    },
  },
  {
    id: 'discovery.resource-type-members',
    title: 'Each resource type names itself, its endpoint and its schema',
    clause: 'RFC7643-6-02',
    also: ['RFC7644-4-09', 'RFC7643-6-01'],
    applies: [],
    async run(context) {
      if (!context.facts.resourceTypes) throw new Blocked('discovery.resource-types', 'no resource type could be read');
      const answer = await context.scim.list('/ResourceTypes');
      for (const type of pageOf(answer).resources) {
        expect.schema(type, RESOURCE_TYPE, answer);
        for (const member of ['name', 'endpoint', 'schema']) {
          const value = type[member];
          expect.that(
            typeof value === 'string' && value !== '',
            `${member} as a text in each entry`,
            show(type),
            answer,
          );
        }
      }
    },
  },
  {
    id: 'discovery.schemas',
    title: 'Schemas come as a list response that holds every schema a resource type names',
    clause: 'RFC7644-4-03',
    also: ['RFC7644-4-06'],
    applies: [],
    async run(context) {
      const answer = await context.scim.list('/Schemas');
      const { resources, total } = expect.page(answer);
      expect.that(resources.length > 0, 'at least one schema', 'an empty list', answer);
      const ids = new Set(resources.map(({ id }) => (typeof id === 'string' ? id.toLowerCase() : '')));
      const missing = namedSchemas(context).filter(uri => !ids.has(uri));
      const whole = Number.isNaN(total) || total <= resources.length;
      expect.that(
        !whole || missing.length === 0,
        'every schema named by /ResourceTypes',
        `none of ${show(missing)}`,
        answer,
      );
    },
  },
  {
    id: 'discovery.schema-by-id',
    title: 'Each schema can be read by its URI',
    clause: 'RFC7644-4-04',
    applies: [],
    async run({ scim, facts }) {
      if (!facts.schemas) throw new Blocked('discovery.schemas', 'no schema could be read');
      for (const { id } of facts.schemas) {
        if (typeof id !== 'string') continue;
        const answer = await scim.list(`/Schemas/${id}`);
        expect.status(answer, 200);
        expect.equal(expect.object(answer)['id'], id, 'the schema with id', answer);
      }
    },
  },
] as const satisfies readonly Check[];
