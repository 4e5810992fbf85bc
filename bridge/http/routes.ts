import { ScimError } from '../../scim/message/error.ts';
import type { Answer } from './answer.ts';
import { bulk } from './bulk.ts';
import type { Discovery } from './discovery.ts';
import { readSearch } from './parameters.ts';
import { servedType, type Provider, type ServedType } from './provider.ts';
import { list, readOne } from './query.ts';
import { create, patch, remove, replace, type Call, type Operation } from './resources.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One row of the table of what is served (RFC 7644 section 3.2). */
export interface Route {
  readonly method: Method;
  /** Below the base URL; `:id` stands for one path segment. */
  readonly path: string;
  readonly handle: (call: Call) => Answer;
  /** Who may: anybody, whoever may read, whoever may write. */
  readonly access: 'open' | 'read' | 'write';
  /** What is read before: nothing, a JSON body, or a bulk request with its own limit. */
  readonly body: 'none' | 'json' | 'bulk';
}

/** Everything that is served below the base URL. */
export function routesOf(provider: Provider, discovery: Discovery): readonly Route[] {
  const { settings } = provider;
  const types = [...provider.types.values()];
  const search = (searched: readonly ServedType[]) => (call: Call) =>
    list(provider, searched, { ...call, parameters: readSearch(call.body) });
  const on = (served: ServedType, operation: Operation) => (call: Call) => operation(provider, served, call);
  const searchable = when(settings.search, 'searching by POST');
  const queried = when(settings.rootQuery, 'queries over all resource types');

  return [
    // Whoever has an account behind asks for the token always (OP-3b).
    get('/ServiceProviderConfig', discovery.config, provider.account ? 'read' : 'open'),
    get('/ResourceTypes', discovery.resourceTypes),
    get('/ResourceTypes/:id', discovery.resourceType),
    get('/Schemas', discovery.schemas),
    get('/Schemas/:id', discovery.schema),
    get(
      '/',
      queried(call => list(provider, types, call)),
    ),
    post('/.search', 'read', searchable(queried(search(types)))),
    {
      ...post(
        '/Bulk',
        'write',
        when(settings.bulk, 'bulk requests')(call => bulk(provider, call)),
      ),
      body: 'bulk',
    },
    get('/Me', onMe(provider, readOne)),
    {
      method: 'POST',
      path: '/Me',
      access: 'write',
      body: 'none',
      handle: when(false, 'creating through /Me')(neverAsked),
    },
    { method: 'PUT', path: '/Me', access: 'write', body: 'json', handle: onMe(provider, replace) },
    { method: 'PATCH', path: '/Me', access: 'write', body: 'json', handle: onMe(provider, patch) },
    { method: 'DELETE', path: '/Me', access: 'write', body: 'none', handle: onMe(provider, remove) },
    ...types.flatMap((served): readonly Route[] => {
      const { endpoint } = served.type;
      const one = `${endpoint}/:id`;
      return [
        get(endpoint, call => list(provider, [served], call)),
        post(endpoint, 'write', on(served, create)),
        post(`${endpoint}/.search`, 'read', searchable(search([served]))),
        get(one, on(served, readOne)),
        { method: 'PUT', path: one, access: 'write', body: 'json', handle: on(served, replace) },
        { method: 'PATCH', path: one, access: 'write', body: 'json', handle: on(served, patch) },
        { method: 'DELETE', path: one, access: 'write', body: 'none', handle: on(served, remove) },
      ];
    }),
  ];
}

/** A path with its methods, and the id that stands in it. */
interface Match {
  readonly methods: ReadonlyMap<string, Route>;
  readonly id: string;
}

/** Makes the look-up of paths in a table of routes; a path that is in none, as one with a doubled slash (OP-1b), gives undefined. */
export function createMatch(routes: readonly Route[]): (path: string) => Match | undefined {
  const table = new Map<string, Map<string, Route>>();
  for (const route of routes) {
    const methods = table.get(route.path) ?? new Map<string, Route>();
    table.set(route.path, methods.set(route.method, route));
  }
  return path => {
    const trimmed = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path || '/';
    const fixed = table.get(trimmed);
    if (fixed) return { methods: fixed, id: '' };
    const cut = trimmed.lastIndexOf('/');
    const methods = table.get(`${trimmed.slice(0, cut)}/:id`);
    return methods && { methods, id: decode(trimmed.slice(cut + 1)) };
  };
}

const get = (path: string, handle: Route['handle'], access: Route['access'] = 'read'): Route => ({
  method: 'GET',
  path,
  handle,
  access,
  body: 'none',
});

const post = (path: string, access: Route['access'], handle: Route['handle']): Route => ({
  method: 'POST',
  path,
  handle,
  access,
  body: 'json',
});

/** Lets a handler through, or answers 501 in its place (RFC 7644 section 3.12). */
const when =
  (isOn: boolean, what: string) =>
  (handle: Route['handle']): Route['handle'] =>
    isOn
      ? handle
      : () => {
          throw new ScimError(501, undefined, `this service provider does not support ${what}`);
        };

const neverAsked = (): Answer => ({ status: 501 });

/** The resource that `/Me` stands for, for the caller (section 3.11). */
const onMe =
  (provider: Provider, operation: Operation) =>
  (call: Call): Answer => {
    const { me } = call.caller;
    if (me === undefined)
      throw new ScimError(501, undefined, 'this credential stands for no resource, so there is no /Me');
    const entry = provider.store.get(me);
    if (!entry) throw new ScimError(404, undefined, 'the resource that this credential stands for does not exist');
    return operation(provider, servedType(provider, entry.type), { ...call, id: me });
  };

function decode(segment: string): string {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
