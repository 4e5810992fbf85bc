import type { Exchange, Json, JsonObject } from '../record/index.ts';

/** A user or a group of the service provider, as far as its answers tell. */
export interface Resource {
  readonly endpoint: 'Users' | 'Groups';
  readonly name: string;
  readonly active: boolean;
  /** Ids of members. */
  readonly members: ReadonlySet<string>;
}

/** What the service provider has, by endpoint and id; what it has deleted is not there. */
export type EndpointState = ReadonlyMap<string, Resource>;

const isObject = (json: Json | undefined): json is JsonObject =>
  typeof json === 'object' && json !== null && !Array.isArray(json);
const listOf = (json: Json | undefined): readonly Json[] =>
  Array.isArray(json) ? (json as readonly Json[]) : json === undefined || json === null ? [] : [json];
const textOf = (json: Json | undefined): string | undefined => (typeof json === 'string' ? json : undefined);
const isTrue = (json: Json | undefined): boolean => json === true || /^true$/i.test(textOf(json) ?? '');
const idsOf = (json: Json | undefined): readonly string[] =>
  listOf(json).flatMap(member => (isObject(member) ? (textOf(member['value']) ?? []) : (textOf(member) ?? [])));

/** Members of a body by name, in any case. */
const member = (body: JsonObject, name: string): Json | undefined =>
  body[name] ?? Object.entries(body).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];

/** A resource with what a body says about it; what the body does not name stays. */
function withBody(held: Resource | undefined, endpoint: Resource['endpoint'], body: JsonObject): Resource {
  const name = textOf(member(body, endpoint === 'Users' ? 'userName' : 'displayName'));
  const active = member(body, 'active');
  const members = member(body, 'members');
  return {
    endpoint,
    name: name ?? held?.name ?? '',
    active: active === undefined ? (held?.active ?? true) : isTrue(active),
    members: members === undefined ? (held?.members ?? new Set()) : new Set(idsOf(members)),
  };
}

/** A resource after an operation of a PATCH that was answered without a body. */
function withOperation(held: Resource, operation: Json): Resource {
  if (!isObject(operation)) return held;
  const op = textOf(operation['op'])?.toLowerCase();
  const path = textOf(operation['path']);
  const { value } = operation;
  const [, selected] = /^members\[\s*value\s+eq\s+"([^"]*)"\s*\]$/i.exec(path ?? '') ?? [];
  if (path === undefined) {
    if (!isObject(value)) return held;
    const next = withBody(held, held.endpoint, value);
    return op === 'add' ? { ...next, members: new Set([...held.members, ...next.members]) } : next;
  }
  if (selected !== undefined) {
    return op === 'remove' ? { ...held, members: without(held.members, [selected]) } : held;
  }
  if (path.toLowerCase() === 'members') {
    const named = idsOf(value);
    if (op === 'add') return { ...held, members: new Set([...held.members, ...named]) };
    if (op === 'remove') return { ...held, members: named.length > 0 ? without(held.members, named) : new Set() };
    return { ...held, members: new Set(named) };
  }
  return op === 'remove' || value === undefined ? held : withBody(held, held.endpoint, { [path]: value });
}

const without = (members: ReadonlySet<string>, gone: readonly string[]): ReadonlySet<string> =>
  new Set([...members].filter(id => !gone.includes(id)));

const asksForPart = (path: string): boolean => /[?&](?:attributes|excludedAttributes)=/i.test(path);

/** The resource of a path: `Users` or `Groups`, and an id unless it is the collection; undefined for anything else. */
function addressed(path: string): { readonly endpoint: Resource['endpoint']; readonly id: string } | undefined {
  const [, endpoint, id = ''] = /^\/(Users|Groups)(?:\/([^/?#]+))?(?:[?#]|$)/.exec(path) ?? [];
  if (endpoint !== 'Users' && endpoint !== 'Groups') return undefined;
  return { endpoint, id: id === '.search' ? '' : decoded(id) };
}

/** What the service provider has after an exchange. An answer that the run itself made up tells nothing. */
export function afterExchange(before: EndpointState, { request, response, staged }: Exchange): EndpointState {
  const place = addressed(request.path);
  const { status = 0, json } = response;
  if (!place || staged !== undefined) return before;
  const { endpoint, id } = place;
  const key = `${endpoint}/${id}`;
  const after = new Map(before);
  const isDone = status >= 200 && status < 300;
  if ((status === 404 && id !== '') || (isDone && request.method === 'DELETE')) after.delete(key);
  if (!isDone || request.method === 'DELETE') return after;
  const shown = resourcesIn(json);
  for (const body of shown) {
    const of = `${endpoint}/${textOf(body['id']) ?? ''}`;
    after.set(of, withBody(before.get(of), endpoint, asksForPart(request.path) ? body : whole(body, endpoint)));
  }
  const changed = shown.length === 0 ? asAsked(before.get(key), endpoint, request) : undefined;
  if (changed) after.set(key, changed);
  return after;
}

/** The resources that an answer shows with their ids: those of a list, or itself. */
const resourcesIn = (json: Json | undefined): readonly JsonObject[] =>
  (isObject(json) && Array.isArray(json['Resources']) ? listOf(json['Resources']) : listOf(json))
    .filter(isObject)
    .filter(({ id }) => textOf(id) !== undefined);

/** A resource as a request wanted it that was answered with a success and without a body. */
function asAsked(held: Resource | undefined, endpoint: Resource['endpoint'], { method, json }: Exchange['request']) {
  if (!isObject(json)) return undefined;
  if (method === 'PUT') return withBody(held, endpoint, json);
  return method === 'PATCH' && held
    ? listOf(member(json, 'Operations')).reduce<Resource>(withOperation, held)
    : undefined;
}

/** A body that is everything the resource has: a group that shows no members has none. */
const whole = (body: JsonObject, endpoint: Resource['endpoint']): JsonObject =>
  endpoint === 'Groups' && member(body, 'members') === undefined ? { ...body, members: [] } : body;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
