import { isObject, resourcesOf } from '../../../scim/message/list.ts';
import { ENTERPRISE_USER, LIST_RESPONSE, USER } from '../../../scim/message/urn.ts';
import { withJson, type Json, type JsonObject } from '../../../scim/wire/message.ts';
import {
  body,
  objectOf,
  onList,
  operationsOf,
  parameterOf,
  refusal,
  reply,
  resource,
  sent,
  swallow,
  textOf,
  withParameter,
  without,
  withoutParameter,
  type Match,
} from '../hops.ts';
import type { Variant } from '../variant.ts';

const lists = onList('GET', 'Users', 'Groups');
const users = onList('GET', 'Users');
const filtered = withParameter(lists, 'filter');
const search: Match = ({ method, path }) => method === 'POST' && path.endsWith('/.search');

const filterOf = (request: Parameters<Match>[0]): string => parameterOf(request, 'filter') ?? '';

/** The filter of a search. */
const searchedBy = (request: Parameters<Match>[0]): string => {
  const { filter } = objectOf(request);
  return typeof filter === 'string' ? filter : '';
};

/** A filter without what its texts say. */
const bones = (filter: string): string => filter.replace(/"(?:[^"\\]|\\.)*"/g, '""');

/** Declines filters that a pattern finds, in searches too. */
const declining = (id: string, title: string, pattern: RegExp, withdraws: readonly string[]): Variant => ({
  id,
  title,
  permittedBy: 'RFC 7644 section 3.4.2.2, and section 3.12, table 9',
  withdraws,
  hop: () =>
    swallow(
      request =>
        (filtered(request) && pattern.test(bones(filterOf(request)))) ||
        (search(request) && pattern.test(bones(searchedBy(request)))),
      () => refusal(400, 'invalidFilter'),
    ),
});

const configured = (change: (config: JsonObject) => JsonObject) => body(onList('GET', 'ServiceProviderConfig'), change);

/** A body, of one resource or of many, without what the extension holds and without its name. */
function withoutEnterprise(value: Json): Json {
  if (Array.isArray(value)) {
    const entries: readonly Json[] = value;
    return entries.filter(entry => entry !== ENTERPRISE_USER).map(withoutEnterprise);
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(without(value, ENTERPRISE_USER));
  return Object.fromEntries(entries.map(([name, member]) => [name, withoutEnterprise(member)]));
}

/** The User schema without the attribute `title`; other schemas as they are. */
function withoutTitle(schema: JsonObject): JsonObject {
  const { id, attributes } = schema;
  if (id !== USER || !Array.isArray(attributes)) return schema;
  const rest = (attributes as readonly Json[]).filter(one => !isObject(one) || one['name'] !== 'title');
  return Object.assign({}, schema, { attributes: rest });
}

/** Everything that is asked of users confined by a filter. */
const confined = ['filter.', 'page.', 'list.unknown', 'sort.', 'search.', 'cursor.', 'projection.'];

/** Where a provider is for everybody but itself. */
const FRONT = 'https://directory.example/tenants/7';

/** What is permitted about queries: filters, orders, pages and projections. */
export const queryVariants: readonly Variant[] = [
  declining('terms-declined', 'Filters of several terms are declined', / and | or |\bnot\b|\(/i, [
    ...confined,
    'group.resource-type/',
    'patch.remove-last-unassigns/',
  ]),
  declining('all-but-eq-declined', 'Filters are declined unless they are one comparison with eq', /^(?!\S+ eq \S+$)/i, [
    ...confined,
    'patch.remove-last-unassigns/',
    'config.max-results/',
    'group.',
  ]),
  declining('value-paths-declined', 'Value paths are declined', /\[/, ['filter.']),
  declining('starts-declined', 'Filters with sw are declined', / sw /i, [
    'filter.',
    'search.',
    'group.',
    'sort.created/',
  ]),
  declining('negations-declined', 'Filters with not are declined', /\bnot\b/i, ['filter.', 'search.']),
  declining('booleans-declined', 'Filters on booleans are declined', /active|primary/, ['filter.']),
  {
    id: 'sorting-declined',
    title: 'Sorting is not announced, and sortBy is ignored',
    permittedBy: 'RFC 7644 section 3.4.2.3',
    withdraws: ['sort.', 'group.sorted/', 'search.same-as-get', 'cursor.sorted'],
    hop: () => {
      const unsorted = sent(withParameter(lists, 'sortBy'), request => withoutParameter(request, 'sortBy'));
      const config = configured(whole => ({ ...whole, sort: { supported: false } }));
      return async (request, next) => unsorted(request, async inner => config(inner, next));
    },
  },
  {
    id: 'searches-declined',
    title: 'Searches by POST and queries at the root are not offered',
    permittedBy: 'RFC 7644 sections 3.4.2.1 and 3.4.3',
    withdraws: ['search.', 'group.search/', 'cursor.search'],
    hop: () =>
      swallow(
        request => search(request) || /^\/?\?/.test(request.path),
        () => refusal(501),
      ),
  },
  {
    id: 'cursors-declined',
    title: 'Paging by cursor is neither announced nor offered',
    permittedBy: 'RFC 9865 section 2',
    withdraws: ['cursor.', 'tenant.cursor'],
    hop: () => {
      const indexed = sent(withParameter(lists, 'cursor'), request => withoutParameter(request, 'cursor'));
      const config = configured(whole => without(whole, 'pagination'));
      return async (request, next) => indexed(request, async inner => config(inner, next));
    },
  },
  {
    id: 'projections-bare',
    title: 'A resource of chosen attributes shows neither schemas nor meta',
    permittedBy: 'RFC 7644 section 3.9',
    hop: () =>
      resource(
        withParameter(request => request.path.startsWith('/Users'), 'attributes'),
        user => without(user, 'schemas', 'meta'),
      ),
  },
  {
    id: 'pages-turned',
    title: 'The entries of an unsorted page come in another order',
    permittedBy: 'RFC 7644 section 3.4.2.4',
    hop: () =>
      body(
        request => users(request) && parameterOf(request, 'sortBy') === null,
        list => ({ ...list, Resources: [...resourcesOf(list)].reverse() }),
      ),
  },
  {
    id: 'unknown-attributes-find-nobody',
    title: 'A filter on an attribute that does not exist finds nobody',
    permittedBy: 'RFC 7644 section 3.4.2.1',
    hop: () =>
      swallow(
        request => filtered(request) && filterOf(request).includes('noSuchAttribute'),
        () => reply(200, { schemas: [LIST_RESPONSE], totalResults: 0 }),
      ),
  },
  {
    id: 'extension-not-offered',
    title: 'Users have no enterprise extension',
    permittedBy: 'RFC 7643 section 4.3',
    withdraws: [
      'filter.',
      'sort.extension',
      'projection.',
      'create.',
      'replace.',
      'patch.',
      'schema.',
      'type.',
      'discovery.',
      'enterprise.',
      'attribute.',
      'wire.extension',
      'bulk.',
    ],
    hop: () => {
      const schemas = body(onList('GET', 'Schemas'), list => {
        const Resources = resourcesOf(list).filter(({ id }) => id !== ENTERPRISE_USER);
        return { ...list, Resources, totalResults: Resources.length, itemsPerPage: Resources.length };
      });
      const types = resource(
        ({ path }) => path.startsWith('/ResourceTypes'),
        type => without(type, 'schemaExtensions'),
      );
      const stored = sent(
        ({ json, path }) => json !== undefined && !path.includes('.search'),
        request => ({ ...request, json: withoutEnterprise(request.json ?? null) }),
      );
      const unknown = swallow(
        request => operationsOf(request).some(({ path }) => textOf(path).startsWith(ENTERPRISE_USER)),
        () => refusal(400, 'invalidPath'),
      );
      return async (request, next) =>
        unknown(request, async known =>
          schemas(known, async listing => types(listing, async inner => stored(inner, next))),
        );
    },
  },
  {
    id: 'titles-not-kept',
    title: 'The attribute title is neither kept nor published',
    permittedBy: 'RFC 7644 section 3.3: a provider may ignore what it does not manage',
    withdraws: ['filter.', 'sort.', 'projection.', 'create.', 'replace.', 'patch.', 'schema.'],
    hop: () => {
      const stored = sent(
        ({ method, path }) =>
          ['POST', 'PUT'].includes(method) && /^\/Users(?:[/?]|$)/.test(path) && !path.includes('.search'),
        request => (isObject(request.json) ? { ...request, json: without(request.json, 'title') } : request),
      );
      const published = resource(({ path }) => path.startsWith('/Schemas'), withoutTitle);
      return async (request, next) => stored(request, async inner => published(inner, next));
    },
  },
  {
    id: 'empty-list-with-null',
    title: 'Resources of a list without entries is null',
    permittedBy:
      'RFC 7643 section 2.5: null is no value, and RFC 7644 section 3.4.2 asks for entries where there are any',
    hop: () =>
      body(onList('GET', 'Users', 'Groups'), page =>
        page['totalResults'] === 0 ? { ...page, Resources: null } : page,
      ),
  },
  {
    id: 'addresses-of-the-front',
    title: 'Every address that is shown has the host and the path of a proxy in front',
    permittedBy: 'RFC 7643 section 3.1: meta.location is an address of the resource, and no one host is asked for',
    hop: () => async (request, next) => {
      const response = await next(request);
      const named = (text: string) => text.replace(/https?:\/\/127\.0\.0\.1:\d+(?=\/scim\/v2)/g, FRONT);
      const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, named(value)]));
      if (response.json === undefined) return { ...response, headers };
      return { ...withJson(response, JSON.parse(named(JSON.stringify(response.json))) as Json), headers };
    },
  },
];
