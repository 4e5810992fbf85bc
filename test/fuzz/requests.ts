import { groupType, userType, type ResourceType } from '../../scim/schema/index.ts';
import { PATCH_OP, SEARCH_REQUEST } from '../../scim/message/urn.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import { filter, patchPath, path, placesOf, type Place } from './paths.ts';
import type { Random } from './random.ts';
import { anything, inherited, object, resource, text } from './values.ts';
import { BULK_REQUEST, heavy, heavyBulk, heavyPatch } from './heavy.ts';
import { encode, headers } from './wire.ts';

/** One request, as it is sent. */
export interface FuzzRequest {
  readonly method: string;
  /** Below the origin. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

/** What the generator knows of the other side. */
export interface Known {
  readonly users: string[];
  readonly groups: string[];
  readonly tags: string[];
  readonly cursors: string[];
}

const BASE = '/scim/v2';
/** Resources kept of a type: above that, deletions are favoured. */
const CROWDED = 60;

const types = { users: userType, groups: groupType } as const;
const places = { users: placesOf(userType), groups: placesOf(groupType) } as const;
type Kind = keyof typeof types;

/** Makes the next request. */
export function makeRequest(random: Random, known: Known): FuzzRequest {
  const { method, target, query, json, isBulk } = makeCall(random, known);
  const isOdd = random.chance(0.03);
  const body = json === undefined ? undefined : encode(random, json);
  const suffix = query.size === 0 ? '' : `?${query.toString()}`;
  return {
    method: isOdd
      ? random.pick(['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY', 'MERGE'])
      : method,
    path: BASE + (random.chance(0.02) ? oddPath(random) : target) + suffix,
    headers: headers(random, known, body !== undefined && !isBulk),
    ...(body !== undefined && { body }),
  };
}

interface FuzzCall {
  readonly method: string;
  readonly target: string;
  readonly query: URLSearchParams;
  readonly json?: Json;
  readonly isBulk?: true;
}

function makeCall(random: Random, known: Known): FuzzCall {
  const kind: Kind = random.chance(0.65) ? 'users' : 'groups';
  const type = types[kind];
  const { endpoint } = type;
  const ids = [...known.users, ...known.groups];
  const one = `${endpoint}/${anId(random, known[kind])}`;
  const crowd = known[kind].length > CROWDED ? 14 : 3;
  const none = new URLSearchParams();
  const shown = random.chance(0.25) ? projection(random, places[kind]) : none;
  return random.weighted<() => FuzzCall>([
    [12, () => ({ method: 'POST', target: endpoint, query: shown, json: resource(random, type, ids) })],
    [9, () => ({ method: 'PUT', target: one, query: shown, json: resource(random, type, ids) })],
    [22, () => ({ method: 'PATCH', target: one, query: shown, json: patch(random, type, places[kind], ids) })],
    [crowd, () => ({ method: 'DELETE', target: one, query: none })],
    [9, () => ({ method: random.chance(0.9) ? 'GET' : 'HEAD', target: one, query: shown })],
    [16, () => ({ method: 'GET', target: endpoint, query: listQuery(random, known, places[kind]) })],
    [2, () => ({ method: 'GET', target: random.pick(['', '/']), query: listQuery(random, known, places[kind]) })],
    [
      6,
      () => ({
        method: 'POST',
        target: random.pick([endpoint, endpoint, '']) + '/.search',
        query: none,
        json: search(random, known, places[kind]),
      }),
    ],
    [4, () => ({ method: 'POST', target: '/Bulk', query: none, json: bulk(random, known), isBulk: true })],
    [
      3,
      () => ({
        method: random.pick(['GET', 'GET', 'PUT', 'PATCH', 'POST']),
        target: '/Me',
        query: shown,
        json: patch(random, userType, places.users, ids),
      }),
    ],
    [
      3,
      () => ({
        method: 'GET',
        target: random.pick(discovery),
        query: random.chance(0.2) ? listQuery(random, known, places.users) : none,
      }),
    ],
    [0.1, () => ({ method: 'POST', target: endpoint, query: none, json: heavy(random) })],
    [0.1, () => ({ method: 'PATCH', target: one, query: none, json: heavyPatch(random, ids) })],
    [0.1, () => ({ method: 'POST', target: '/Bulk', query: none, json: heavyBulk(random, ids), isBulk: true })],
  ])();
}

const discovery = [
  '/ServiceProviderConfig',
  '/ResourceTypes',
  '/Schemas',
  '/ResourceTypes/User',
  '/ResourceTypes/__proto__',
  '/Schemas/constructor',
  '/Schemas/urn:ietf:params:scim:schemas:core:2.0:User',
  '/Schemas/urn%3Aietf%3Aparams%3Ascim%3Aschemas%3Acore%3A2.0%3AGroup',
  '/Schemas/%ff',
];

const oddPath = (random: Random): string =>
  random.pick([
    '/',
    '//',
    '/Users//',
    '/Users/',
    '/users',
    '/Users/x/y/z',
    '/__proto__',
    '/constructor',
    '/Users/__proto__',
    '/Users/%00',
    '/Users/%',
    '/Users/%c0%af',
    '/Users/..%2f..%2fetc',
    '/Users/.search/x',
    '/.search',
    '/:id',
    '/Users/:id',
    '/Bulk/1',
    '/Me/groups',
    `/Users/${'x'.repeat(4000)}`,
    '/Users;a=b',
    '/Groups/\u00e9',
    '/v3',
    '/Schemas/',
    '?',
    '/Users?',
  ]);

const anId = (random: Random, ids: readonly string[]): string =>
  ids.length > 0 && random.chance(0.93)
    ? random.pick(ids)
    : encodeURIComponent(random.pick([...inherited, 'none', '.search', 'Me', '0', ' ', 'é', 'x'.repeat(2000)]));

function projection(random: Random, of: readonly Place[]): URLSearchParams {
  const names = Array.from({ length: 1 + random.below(4) }, () => path(random, of)).join(random.pick([',', ', ']));
  const query = new URLSearchParams([[random.pick(['attributes', 'excludedAttributes']), names]]);
  if (random.chance(0.03)) query.append('excludedAttributes', 'name');
  return query;
}

const counts = ['0', '1', '2', '10', '-1', '100000', '999999999999999', '1e3', '1.5', '', 'x', ' 1', '+1', '٣'];

function listQuery(random: Random, known: Known, of: readonly Place[]): URLSearchParams {
  const query = random.chance(0.2) ? projection(random, of) : new URLSearchParams();
  if (random.chance(0.7)) query.append('filter', filter(random, of));
  if (random.chance(0.2)) query.append('sortBy', path(random, of));
  if (random.chance(0.1)) query.append('sortOrder', random.pick(['ascending', 'descending', 'DESCENDING', 'up', '']));
  if (random.chance(0.3)) query.append('count', random.chance(0.8) ? String(random.below(20)) : random.pick(counts));
  if (random.chance(0.15))
    query.append('startIndex', random.chance(0.7) ? String(random.below(30)) : random.pick(counts));
  if (random.chance(0.08)) {
    query.append(
      'cursor',
      random.chance(0.7) && known.cursors.length > 0
        ? random.pick(known.cursors)
        : random.pick(['', 'x', '1.1.1.1.1.aaaaaaaaaaaaaaaaaaaaaa', '__proto__']),
    );
  }
  if (random.chance(0.02))
    query.append(random.pick(['filter', 'count', '__proto__', 'constructor', 'unknown']), text(random));
  return query;
}

function search(random: Random, known: Known, of: readonly Place[]): Json {
  const query: [string, Json][] = [...listQuery(random, known, of)].map(([name, value]) => {
    if (name === 'count' || name === 'startIndex') return [name, random.chance(0.95) ? Number(value) : value];
    return [name, name.endsWith('ttributes') && random.chance(0.95) ? value.split(',') : value];
  });
  const message = { schemas: [SEARCH_REQUEST], ...Object.fromEntries(query) };
  return random.chance(0.05) ? anything(random) : message;
}

function patch(random: Random, type: ResourceType, of: readonly Place[], ids: readonly string[]): JsonObject {
  const length = random.weighted([
    [20, 1],
    [6, 2],
    [3, 4],
    [1, 0],
    [0.3, 60],
  ]);
  const operations = Array.from({ length }, () => operation(random, type, of, ids));
  return {
    schemas: random.chance(0.97) ? [PATCH_OP] : anything(random),
    Operations: random.chance(0.98) ? operations : anything(random),
  };
}

function operation(random: Random, type: ResourceType, of: readonly Place[], ids: readonly string[]): Json {
  if (random.chance(0.02)) return anything(random);
  const op = random.chance(0.97)
    ? random.pick(['add', 'replace', 'remove', 'Add', 'REPLACE'])
    : random.pick(['move', 'copy', 'test', '__proto__', '', 1]);
  if (op !== 'remove' && random.chance(0.2)) return { op, value: object(random, type.schema.attributes, ids, 0.15) };
  const { path, definition } = patchPath(random, of);
  const value = definition && op !== 'remove' ? object(random, [definition], ids, 1)[definition.name] : undefined;
  if (op === 'remove') return { op, path, ...(random.chance(0.1) && { value: anything(random) }) };
  return { op, path, value: value ?? anything(random) };
}

function bulk(random: Random, known: Known): JsonObject {
  const ids = [...known.users, ...known.groups, 'bulkId:0', 'bulkId:1', 'bulkId:2', 'bulkId:9'];
  const operations = Array.from({ length: random.below(8) }, (_, index): Json => {
    if (random.chance(0.02)) return anything(random);
    const kind: Kind = random.chance(0.5) ? 'users' : 'groups';
    const method = random.chance(0.97)
      ? random.pick(['POST', 'POST', 'PUT', 'PATCH', 'DELETE'])
      : random.pick(['GET', 'post', '', 'x']);
    const one = random.chance(0.8) ? anId(random, known[kind]) : `bulkId:${random.below(8)}`;
    const { endpoint } = types[kind];
    return {
      method,
      path: random.chance(0.96)
        ? method === 'POST'
          ? endpoint
          : `${endpoint}/${one}`
        : random.pick(['/Bulk', '', 'Users', '/Me', '/__proto__', '//']),
      ...(random.chance(0.9) && { bulkId: random.chance(0.95) ? String(index) : random.pick(['0', '', '__proto__']) }),
      ...(random.chance(0.05) && { version: random.pick(['W/"1"', '*', '']) }),
      ...(method !== 'DELETE' && {
        data: method === 'PATCH' ? patch(random, types[kind], places[kind], ids) : resource(random, types[kind], ids),
      }),
    };
  });
  return {
    schemas: random.chance(0.97) ? [BULK_REQUEST] : anything(random),
    ...(random.chance(0.2) && { failOnErrors: random.pick([1, 2, 0, -1, 'x', 1.5]) }),
    Operations: random.chance(0.98) ? operations : anything(random),
  };
}
