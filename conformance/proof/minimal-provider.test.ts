import type { Exchange, RunEvent } from '../../reports/record/index.ts';
import { groupSchema, string, userSchema, type Schema } from '../../scim/schema/index.ts';
import { listResponse, isObject } from '../../scim/message/list.ts';
import { ScimError } from '../../scim/message/error.ts';
import { PATCH_OP, RESOURCE_TYPE, SCHEMA, SERVICE_PROVIDER_CONFIG } from '../../scim/message/urn.ts';
import { pipe, requestJson, type Hop, type HttpRequest, type HttpResponse } from '../../scim/wire/message.ts';
import type { Json, JsonObject, Send } from '../../scim/wire/message.ts';
import { recorder } from '../../scim/wire/recorder.ts';
import type { Session } from '../../scim/wire/session.ts';

const TOKEN = 'Bearer scripted-token-of-the-tests';
const BASE = 'https://provider.example/scim/v2';
const BORN = '2026-01-02T03:04:05Z';

type Resource = Record<string, Json>;

const flags = (supported: boolean): JsonObject => ({ supported });
const config: JsonObject = {
  schemas: [SERVICE_PROVIDER_CONFIG],
  patch: flags(true),
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: 100 },
  changePassword: flags(false),
  sort: flags(false),
  etag: flags(false),
  authenticationSchemes: [{ type: 'oauthbearertoken', name: 'Token', description: 'A fixed token' }],
};
const types: Readonly<Record<string, Schema>> = { Users: userSchema, Groups: groupSchema };
const schemaBody = ({ id, name, description, attributes }: Schema): JsonObject =>
  JSON.parse(JSON.stringify({ schemas: [SCHEMA], id, name, description, attributes })) as JsonObject;
const typeBody = ([plural, { id, name }]: [string, Schema]): JsonObject => ({
  schemas: [RESOURCE_TYPE],
  id: name,
  name,
  description: name,
  endpoint: `/${plural}`,
  schema: id,
});

const respond = (status: number, json?: JsonObject, headers: Record<string, string> = {}): HttpResponse =>
  json
    ? { status, headers: { 'content-type': 'application/scim+json', ...headers }, json, text: JSON.stringify(json) }
    : { status, headers, text: '' };

const asList = (entries: readonly JsonObject[], total = entries.length, start = 1): HttpResponse =>
  respond(200, { ...listResponse(entries, total, start) });

const ofDiscovery: readonly Schema[] = [SERVICE_PROVIDER_CONFIG, RESOURCE_TYPE, SCHEMA].map(id => ({
  id,
  name: id,
  description: id,
  attributes: [string('note', 'Anything.')],
}));

function discovery(endpoint: string, id: string | undefined, query: URLSearchParams): HttpResponse | undefined {
  const shown: Readonly<Record<string, readonly JsonObject[]>> = {
    ServiceProviderConfig: [config],
    ResourceTypes: Object.entries(types).map(typeBody),
    Schemas: [...Object.values(types), ...ofDiscovery].map(schemaBody),
  };
  const all = shown[endpoint];
  if (all && query.has('filter')) throw new ScimError(403, undefined, 'no filter here');
  if (endpoint === 'ServiceProviderConfig') return respond(200, config);
  return all && (id === undefined ? asList(all) : respond(200, found(all.find(entry => entry['id'] === id))));
}

/** A small provider in memory that does right what the checks look at; everything it does not know it refuses. */
export function minimalProvider(): Send {
  const stores: Record<string, Map<string, Resource>> = { Users: new Map(), Groups: new Map() };
  let made = 0;
  const handle = (request: HttpRequest): HttpResponse => {
    const url = new URL(`${BASE}${request.path}`);
    const [endpoint = '', id] = url.pathname
      .slice(new URL(BASE).pathname.length + 1)
      .split('/')
      .map(decodeURIComponent);
    const open = endpoint === 'ServiceProviderConfig' && request.headers['authorization'] === undefined;
    if (!open && request.headers['authorization'] !== TOKEN) throw new ScimError(401, undefined, 'who are you?');
    const told = request.method === 'GET' ? discovery(endpoint, id, url.searchParams) : undefined;
    if (told) return told;
    if (endpoint === 'Me') throw new ScimError(501, undefined, 'the credential stands for nobody');
    const store = stores[endpoint];
    const schema = types[endpoint];
    if (!store || !schema) throw new ScimError(404, undefined, `no endpoint ${endpoint}`);
    const save = (key: string, resource: Resource, headers: Record<string, string> = {}) => {
      store.set(key, resource);
      return respond('location' in headers ? 201 : 200, resource, headers);
    };
    if (id === undefined && request.method === 'POST') {
      const fresh = `${endpoint[0]}${(made += 1)}`;
      const location = `${BASE}/${endpoint}/${fresh}`;
      const meta = { resourceType: schema.name, created: BORN, lastModified: BORN, location };
      return save(fresh, accepted(requestJson(request), schema, store, fresh, meta), { location });
    }
    if (id === undefined && request.method === 'GET') return query([...store.values()], url.searchParams);
    if (id === undefined) throw new ScimError(405, undefined, 'not on a collection');
    const resource = found(store.get(id));
    const meta = resource['meta'] as JsonObject;
    switch (request.method) {
      case 'GET':
        return respond(200, resource);
      case 'PUT':
        return save(id, accepted(requestJson(request), schema, store, id, meta));
      case 'PATCH':
        return save(id, patchedBy(requestJson(request), resource));
      case 'DELETE':
        store.delete(id);
        return respond(204);
      default:
        throw new ScimError(405, undefined, 'not on a resource');
    }
  };
  return async request => {
    try {
      return handle(request);
    } catch (error) {
      if (!(error instanceof ScimError)) throw error;
      const extra = { 401: { 'www-authenticate': 'Bearer realm="scim"' }, 405: { allow: 'GET, POST' } }[error.status];
      return respond(error.status, { ...error.toMessage() }, extra);
    }
  };
}

function found<T>(resource: T | undefined): T {
  if (resource === undefined) throw new ScimError(404, undefined, 'no such resource');
  return resource;
}

const lower = (value: Json | undefined) => (typeof value === 'string' ? value.toLowerCase() : undefined);

function accepted(body: Json | undefined, schema: Schema, store: Map<string, Resource>, id: string, meta: JsonObject) {
  if (!isObject(body)) throw new ScimError(400, 'invalidSyntax', 'the body is no JSON object');
  const key = schema.name === 'User' ? 'userName' : 'displayName';
  if (typeof body[key] !== 'string') throw new ScimError(400, 'invalidValue', `${key} is missing`);
  const { password: _, ...rest } = body;
  if (key === 'userName') {
    for (const other of store.values()) {
      if (other['id'] !== id && lower(other[key]) === lower(body[key])) throw new ScimError(409, 'uniqueness', 'taken');
    }
  }
  return { ...rest, schemas: [schema.id], id, meta };
}

function query(all: readonly Resource[], params: URLSearchParams): HttpResponse {
  const filter = params.get('filter');
  const [, name = '', value] = /^(\w+) eq ("(?:[^"\\]|\\.)*")$/i.exec(filter ?? '') ?? [];
  if (filter !== null && value === undefined) throw new ScimError(400, 'invalidFilter', `cannot read ${filter}`);
  const wanted = value === undefined ? undefined : lower(JSON.parse(value) as Json);
  const matches = all.filter(resource => {
    const attribute = Object.keys(resource).find(key => lower(key) === lower(name));
    return wanted === undefined || lower(resource[attribute ?? '']) === wanted;
  });
  const start = Math.max(1, Number(params.get('startIndex') ?? 1));
  const count = Math.max(0, Number(params.get('count') ?? 100));
  return asList(matches.slice(start - 1, start - 1 + count), matches.length, start);
}

function patchedBy(body: Json | undefined, resource: Resource): Resource {
  const operations = isObject(body) && Array.isArray(body['Operations']) ? body['Operations'].filter(isObject) : [];
  if (operations.length === 0) throw new ScimError(400, 'invalidSyntax', `no ${PATCH_OP}`);
  // Everything happens on a copy, so a refusal half-way leaves the stored resource alone.
  return operations.reduce<Resource>((copy, operation) => apply(copy, operation), { ...resource });
}

function apply(resource: Resource, { op, path, value = null }: JsonObject): Resource {
  if (typeof path !== 'string') {
    if (op === 'remove' || !isObject(value)) throw new ScimError(400, 'noTarget', 'a removal names its path');
    return Object.entries(value).reduce(
      (copy, [name, one]) => apply(copy, { op: op ?? '', path: name, value: one }),
      resource,
    );
  }
  const [, name = '', sub, wanted] = /^(\w+)(?:\[(\w+) eq "([^"]*)"\](?:\.\w+)?)?$/.exec(path) ?? [];
  if (['id', 'meta'].includes(name)) throw new ScimError(400, 'mutability', `${name} is readOnly`);
  const old = resource[name];
  const entries: readonly Json[] = Array.isArray(old) ? old : [];
  const isWanted = (entry: Json) => isObject(entry) && sub !== undefined && entry[sub] === wanted;
  if (sub !== undefined) {
    if (!entries.some(isWanted)) throw new ScimError(400, 'noTarget', `nothing matches ${path}`);
    if (op !== 'remove') throw new ScimError(400, 'invalidPath', 'only removals have a filter here');
    return { ...resource, [name]: entries.filter(entry => !isWanted(entry)) };
  }
  if (op === 'remove') return Object.fromEntries(Object.entries(resource).filter(([key]) => key !== name));
  if (op === 'replace' || !Array.isArray(value)) return { ...resource, [name]: value };
  const known = new Set(entries.map(entry => isObject(entry) && entry['value']));
  return {
    ...resource,
    [name]: [...entries, ...value.filter(entry => isObject(entry) && !known.has(entry['value'] ?? null))],
  };
}

/** How a scripted run is set up; everything has a default. */
export interface Setting {
  readonly hops?: readonly Hop[];
  readonly seed?: number;
  readonly run?: string;
  readonly signal?: AbortSignal;
  readonly credential?: string | undefined;
}

/** A session on a pipe in memory, and what it emitted. */
export function scriptedSession(transport: Send, setting: Setting = {}) {
  const { hops = [], seed = 1, run = 'abcd1234', signal = new AbortController().signal } = setting;
  const credential = 'credential' in setting ? setting.credential : TOKEN;
  const events: RunEvent[] = [];
  const secrets: string[] = [];
  const opened: string[] = [];
  const session: Session = {
    run,
    seed,
    signal,
    emit: event => events.push(event),
    secret: value => secrets.push(value),
    open(name) {
      if (opened.includes(name)) throw new Error(`the scope ${name} is in use`);
      opened.push(name);
      const exchanges: Exchange[] = [];
      const onExchange = (exchange: Exchange) => {
        exchanges.push(exchange);
        exchanges.sort((a, b) => a.n - b.n);
      };
      const stages: readonly Hop[] = [recorder({ scope: name, onExchange, now: () => 0 }), ...hops];
      const log: Hop = async (request, next) =>
        next(credential ? { ...request, headers: { ...request.headers, authorization: credential } } : request);
      return { name, exchanges, send: pipe([log, ...stages], transport), anonymous: pipe(stages, transport) };
    },
  };
  return { session, events, secrets };
}
