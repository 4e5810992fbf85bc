import type { RunEvent } from '../../reports/record/event.ts';
import type { Exchange } from '../../reports/record/exchange.ts';
import { listResponse } from '../../scim/message/list.ts';
import {
  pipe,
  type Hop,
  type HttpRequest,
  type HttpResponse,
  type Json,
  type JsonObject,
  type Send,
} from '../../scim/wire/message.ts';
import { recorder } from '../../scim/wire/recorder.ts';
import type { Session } from '../../scim/wire/session.ts';

type Resource = JsonObject & { readonly id: string };

/** A service provider in memory that knows what stories need: create, read, filter by name, page, PUT, membership, delete. */
export interface FakeEndpoint {
  readonly send: Send;
  readonly users: Map<string, Resource>;
  readonly groups: Map<string, Resource>;
}

const answer = (status: number, json?: Json): HttpResponse => ({
  status,
  headers: {},
  text: json === undefined ? '' : JSON.stringify(json),
  ...(json !== undefined && { json }),
});

export function createFakeEndpoint(): FakeEndpoint {
  const users = new Map<string, Resource>();
  const groups = new Map<string, Resource>();
  let made = 0;

  const list = (resources: readonly Resource[], query: URLSearchParams): HttpResponse => {
    const [, name = '', value = ''] = /^(\w+) eq (".*")$/.exec(query.get('filter') ?? '') ?? [];
    const rows = name
      ? resources.filter(resource => String(resource[name]).toLowerCase() === String(JSON.parse(value)).toLowerCase())
      : resources;
    const start = Number(query.get('startIndex') ?? 1);
    const page = rows.slice(start - 1, start - 1 + Number(query.get('count') ?? 100));
    return answer(200, listResponse(page, rows.length, start) as unknown as Json);
  };
  const edit = (store: Map<string, Resource>, id: string, operation: JsonObject) => {
    const resource = store.get(id);
    const { op, path, value } = operation as { op: string; path: string; value: Json };
    if (!resource) return;
    const [, one] = /^members\[value eq "(.*)"\]$/.exec(path) ?? [];
    if (path !== 'members' && one === undefined) {
      const [name = path, inside] = path.startsWith('urn:') ? [path] : path.split('.');
      const held = resource[name] as JsonObject | undefined;
      return store.set(id, { ...resource, [name]: inside === undefined ? value : { ...held, [inside]: value } });
    }
    const members = (resource['members'] ?? []) as readonly { value: string }[];
    const named = (one === undefined ? (value ?? members) : [{ value: one }]) as readonly { value: string }[];
    const others = members.filter(member => !named.some(each => each.value === member.value));
    return store.set(id, { ...resource, members: op === 'add' ? [...others, ...named] : others });
  };

  const send: Send = async ({ method, path, json }: HttpRequest) => {
    const { pathname, searchParams } = new URL(path, 'http://fake.example');
    const [, collection, id] = pathname.split('/').map(decodeURIComponent);
    const store = { Users: users, Groups: groups }[collection ?? ''];
    if (!store) return answer(404);
    if (id === undefined) {
      if (method === 'GET') return list([...store.values()], searchParams);
      made += 1;
      const resource = { ...(json as JsonObject), id: `${collection}-${made}` };
      store.set(resource.id, resource);
      return answer(201, resource);
    }
    const resource = store.get(id);
    if (!resource) return answer(404);
    if (method === 'DELETE') {
      store.delete(id);
      return answer(204);
    }
    if (method === 'PUT') store.set(id, { ...(json as JsonObject), id });
    if (method === 'PATCH') {
      for (const operation of (json as { Operations: JsonObject[] }).Operations) edit(store, id, operation);
    }
    return answer(200, store.get(id));
  };
  return { send, users, groups };
}

/** A session to a transport; what it emits and the scopes it opened are kept. */
export interface FakeSession extends Session {
  readonly events: readonly RunEvent[];
  readonly scopes: readonly string[];
}

export function createFakeSession(
  transport: Send,
  { seed = 1, hops = [], signal }: { seed?: number; hops?: readonly Hop[]; signal?: AbortSignal } = {},
): FakeSession {
  const events: RunEvent[] = [];
  const scopes: string[] = [];
  return {
    run: '0badc0de',
    seed,
    signal: signal ?? new AbortController().signal,
    events,
    scopes,
    open(name) {
      scopes.push(name);
      const exchanges: Exchange[] = [];
      const record = recorder({ scope: name, onExchange: exchange => exchanges.push(exchange), now: () => 0 });
      const send = pipe([record, ...hops], transport);
      return { name, exchanges, send, anonymous: send };
    },
    emit: event => void events.push(event),
    secret: () => {},
  };
}
