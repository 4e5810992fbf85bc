import { isObject, resourcesOf } from '../../../scim/message/list.ts';
import type { Hop, HttpRequest, Json, JsonObject } from '../../../scim/wire/message.ts';
import type { Defect } from '../defect.ts';
import {
  answer,
  body,
  empty,
  isSuccess,
  onList,
  onOne,
  parameterOf,
  reply,
  resource,
  restatus,
  sent,
  swallow,
  without,
  withoutParameter,
  withParameter,
  type Match,
} from '../hops.ts';

const oneType = onOne('GET', 'ResourceTypes');
const types: Match = request => onList('GET', 'ResourceTypes')(request) || oneType(request);
const schemas = onList('GET', 'Schemas');
const users = onList('GET', 'Users');
const discovery = ({ path }: HttpRequest) => /^\/(?:ServiceProviderConfig|ResourceTypes|Schemas)/.test(path);

/** Resource types of a name with other members. */
const type = (name: string, members: JsonObject): Hop =>
  resource(types, entry => (entry['name'] === name ? Object.assign({}, entry, members) : entry));

const extension = (members: JsonObject): Hop =>
  resource(types, entry => ({
    ...entry,
    ...(Array.isArray(entry['schemaExtensions']) && {
      schemaExtensions: entry['schemaExtensions'].filter(isObject).map(each => Object.assign({}, each, members)),
    }),
  }));

const fewer = (list: JsonObject, count: number) => {
  const entries = resourcesOf(list).slice(0, count);
  return { ...list, Resources: entries, totalResults: entries.length, itemsPerPage: entries.length };
};

type Row = readonly [id: string, title: string, breaks: Defect['breaks'], noticedBy: readonly string[], hop: () => Hop];

const inTypes: readonly Row[] = [
  [
    'resource-types-of-one-name',
    'Two resource types have one name',
    'RFC7643-6-04',
    ['type.unique-name'],
    () => type('Group', { endpoint: '/Users' }),
  ],
  [
    'resource-types-total-wrong',
    'The list of resource types counts more than it holds',
    'RFC7644-4-06',
    ['type.total'],
    () => body(onList('GET', 'ResourceTypes'), list => ({ ...list, totalResults: 9 })),
  ],
  [
    'resource-type-not-readable-alone',
    'A resource type cannot be read alone',
    'RFC7644-4-05',
    ['type.single'],
    () => restatus(oneType, 200, 404),
  ],
  [
    'resource-type-alone-differs',
    'A resource type read alone lacks its extensions',
    'RFC7644-4-05',
    ['type.single-as-listed'],
    () => body(oneType, one => without(one, 'schemaExtensions')),
  ],
  [
    'resource-type-unknown-is-empty',
    'A resource type that does not exist is answered with 200',
    'RFC7644-3.12-30',
    ['type.unknown'],
    () => answer(oneType, response => (response.status === 404 ? reply(200, {}) : response)),
  ],
  [
    'resource-type-id-number',
    'The id of a resource type is a number',
    'RFC7643-6-03',
    ['type.id'],
    () => type('User', { id: 1 }),
  ],
  [
    'resource-type-without-name',
    'A resource type has no name',
    'RFC7643-6-04',
    ['type.name'],
    () => resource(types, entry => without(entry, 'name')),
  ],
  [
    'resource-type-of-users-other',
    'Users say a resource type in lower case',
    'RFC7643-6-04',
    ['type.of-resources'],
    () =>
      resource(onOne('GET', 'Users'), user =>
        isObject(user['meta']) ? { ...user, meta: { ...user['meta'], resourceType: 'user' } } : user,
      ),
  ],
  [
    'resource-type-without-description',
    'A resource type is not described',
    'RFC7643-6-05',
    ['type.description'],
    () => resource(types, entry => without(entry, 'description')),
  ],
  [
    'resource-type-endpoint-absolute',
    'The endpoint is a whole address',
    'RFC7643-6-06',
    ['type.endpoint-relative'],
    () => type('User', { endpoint: 'https://h/scim/v2/Users' }),
  ],
  [
    'resource-type-endpoint-elsewhere',
    'Nothing is at the endpoint of a type',
    'RFC7643-6-06',
    ['type.endpoint'],
    () => type('Group', { endpoint: '/Teams' }),
  ],
  [
    'resource-type-entries-other',
    'Users in lists have another schema than their type',
    'RFC7643-6-07',
    ['type.entries'],
    () => resource(users, user => ({ ...user, schemas: ['urn:example:Person'] })),
  ],
  [
    'resource-type-schema-unknown',
    'The schema of a resource type is not published',
    'RFC7643-6-07',
    ['type.schema'],
    () => type('Group', { schema: 'urn:example:Team' }),
  ],
  [
    'resource-type-schema-old',
    'Groups are of a schema of SCIM 1.1',
    'RFC7643-10.4-01',
    ['type.core-schema'],
    () => type('Group', { schema: 'urn:scim:schemas:core:1.0' }),
  ],
  [
    'resource-type-extension-object',
    'Extensions are one object',
    'RFC7643-6-08',
    ['type.extension-list'],
    () => type('User', { schemaExtensions: { schema: 'urn:example:More', required: false } }),
  ],
  [
    'resource-type-extension-unknown',
    'An extension is not published',
    'RFC7643-6-09',
    ['type.extension'],
    () => extension({ schema: 'urn:example:More' }),
  ],
  [
    'resource-type-required-text',
    'Whether an extension is required is a text',
    'RFC7643-6-10',
    ['type.extension-required'],
    () => extension({ required: 'false' }),
  ],
  [
    'resource-type-extension-demanded',
    'An extension is said to be required and missing in users',
    'RFC7643-6-11',
    ['type.required-extension'],
    () => extension({ required: true }),
  ],
  [
    'resource-type-meta-of-user',
    'meta of a resource type names another type',
    'RFC7643-8.6-01',
    ['type.meta'],
    () => resource(types, entry => ({ ...entry, meta: { resourceType: entry['name'] ?? '' } })),
  ],
];

/** Keeps what a PUT to discovery changes, and shows it from then on. */
function taking(endpoint: string): Hop {
  const kept = new Map<string, Json>();
  return async (request, next) => {
    const path = request.path.replace(/\?.*$/, '');
    if (!path.startsWith(`/${endpoint}`)) return next(request);
    if (request.method === 'PUT') {
      kept.set(path, request.json ?? null);
      return reply(200, request.json ?? null);
    }
    const there = request.method === 'GET' ? kept.get(path) : undefined;
    return there === undefined ? next(request) : reply(200, there);
  };
}

const inRequests: readonly Row[] = [
  ...(['count', 'startIndex'] as const).map((name): Row => [
    `discovery-minds-${name.toLowerCase()}`,
    `Schemas mind the parameter ${name}`,
    'RFC7644-4-07',
    ['discovery.parameters-ignored'],
    () =>
      answer(withParameter(schemas, name), response =>
        isSuccess(response) && isObject(response.json) ? reply(200, fewer(response.json, 1)) : response,
      ),
  ]),
  [
    'discovery-filter-ignored',
    'A filter on resource types is ignored',
    'RFC7644-4-08',
    ['discovery.filter-refused'],
    () => sent(onList('GET', 'ResourceTypes'), request => withoutParameter(request, 'filter')),
  ],
  [
    'discovery-filter-applied',
    'A filter on schemas is applied',
    'RFC7644-4-07',
    ['discovery.filter-not-applied', 'discovery.filter-refused'],
    () => async (request, next) => {
      if (!schemas(request) || parameterOf(request, 'filter') === null) return next(request);
      const whole = await next(withoutParameter(request, 'filter'));
      return isObject(whole.json) ? reply(200, fewer(whole.json, 0)) : whole;
    },
  ],
  ...(['POST', 'PUT', 'PATCH', 'DELETE'] as const).map((method): Row => [
    `discovery-takes-${method.toLowerCase()}`,
    `Discovery answers a ${method} with success and does nothing`,
    'RFC7644-4-11',
    ['discovery.read-only'],
    () =>
      swallow(
        request => discovery(request) && request.method === method,
        () => empty(204),
      ),
  ]),
  ...(
    [
      ['ServiceProviderConfig', 'RFC7643-5-02'],
      ['ResourceTypes', 'RFC7643-6-01'],
      ['Schemas', 'RFC7643-7-02'],
    ] as const
  ).map(([endpoint, breaks]): Row => [
    `changed-${endpoint.toLowerCase()}`,
    `A PUT changes what ${endpoint} shows`,
    breaks,
    ['discovery.unchanged'],
    () => taking(endpoint),
  ]),
];

/** What a provider may claim of itself and not keep, and how it may treat requests to discovery. */
export const discoveryClaimDefects: readonly Defect[] = [...inTypes, ...inRequests].map(
  ([id, title, breaks, noticedBy, hop]) => ({ id, title, breaks, noticedBy, hop }),
);
