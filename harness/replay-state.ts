import { bulkResultsOf, placeOf } from '../scim/message/bulk.ts';
import { declares } from '../scim/message/error.ts';
import { isObject, resourcesOf } from '../scim/message/list.ts';
import { LIST_RESPONSE } from '../scim/message/urn.ts';
import type { Exchange, Json, JsonObject } from '../reports/record/index.ts';
import { unescaped } from './replay-names.ts';

/** A resource that the recording made and did not remove. */
export interface Alive {
  readonly endpoint: string;
  readonly id: string;
  /** As the recording showed it last; absent when it was changed after that. */
  readonly state?: JsonObject;
}

/** What a recording tells of the resources that it makes. */
export interface States {
  see(exchange: Exchange): void;
  isOwn(id: string): boolean;
  /** Ids of all that was made, also of what is gone. */
  readonly own: ReadonlySet<string>;
  alive(): readonly Alive[];
}

interface Kept {
  readonly endpoint: string;
  state?: JsonObject | undefined;
}

const segmentsOf = (path: string): readonly string[] => (path.split('?')[0] ?? '').split('/').slice(1);

/** Follows a recording from exchange to exchange. */
export function createStates(): States {
  const kept = new Map<string, Kept>();
  const own = new Set<string>();

  const add = (endpoint: string, resource: Json | undefined): void => {
    const id = isObject(resource) ? resource['id'] : undefined;
    if (typeof id !== 'string') return;
    own.add(id);
    kept.set(id, { endpoint });
  };
  const remove = (id: string): void => {
    kept.delete(id);
    // Who is gone leaves the groups, and nothing says so.
    for (const one of kept.values()) if (one.endpoint === '/Groups') one.state = without(one.state, 'members');
  };
  const forget = (id: string): void => {
    const one = kept.get(id);
    if (one) one.state = undefined;
  };
  const show = (resource: Json | undefined): void => {
    const id = isObject(resource) ? resource['id'] : undefined;
    const one = typeof id === 'string' ? kept.get(id) : undefined;
    // Memberships are told by the groups; a user that was shown earlier does not know of later ones.
    if (one && isObject(resource)) one.state = without(resource, 'groups');
  };
  const bulk = (json: Json | undefined): void => {
    for (const { method, status = 0, location } of bulkResultsOf(json) ?? []) {
      const place = placeOf(location);
      if (!place || status > 299) continue;
      if (method === 'POST') add(place.endpoint, { id: place.id });
      else if (method === 'DELETE') remove(place.id);
      else forget(place.id);
    }
  };
  return {
    see({ request: { method, path }, response: { status = 0, json } }) {
      const [endpoint = '', segment] = segmentsOf(path);
      const id = segment === undefined ? undefined : unescaped(segment);
      const isDone = status >= 200 && status < 300;
      if (method === 'DELETE' && id !== undefined && (isDone || status === 404)) return remove(id);
      if (!isDone) return;
      if (endpoint === 'Bulk') return bulk(json);
      if (method === 'POST' && id === undefined) add(`/${endpoint}`, json);
      else if (method !== 'GET' && id !== undefined) forget(id);
      if (/[?&](?:excludedA|a)ttributes=/.test(path) || segment === '.search') return;
      for (const resource of declares(json, LIST_RESPONSE) ? resourcesOf(json) : [json]) show(resource);
    },
    isOwn: id => own.has(id),
    own,
    alive: () =>
      [...kept].map(([id, { endpoint, state }]) => ({ endpoint, id, ...(state !== undefined && { state }) })),
  };
}

function without(resource: JsonObject | undefined, name: string): JsonObject | undefined {
  if (resource === undefined) return undefined;
  return Object.fromEntries(Object.entries(resource).filter(([given]) => given !== name));
}
