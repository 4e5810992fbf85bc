import { isObject } from '../scim/message/list.ts';
import type { HttpRequest, HttpResponse, Json, JsonObject, Send } from '../scim/wire/message.ts';

/** A service provider of the tests: people and groups in memory, and every request that came. */
export interface Provider {
  readonly send: Send;
  /** What came, in order. */
  readonly sent: HttpRequest[];
  readonly users: Map<string, JsonObject>;
  readonly groups: Map<string, JsonObject>;
  /** Puts a user or a group there, without a request. */
  hold(endpoint: '/Users' | '/Groups', resource: JsonObject): string;
  /** What is there, ids replaced by names, in an order of its own: the same for two that hold the same. */
  state(): unknown;
}

/** Answers in place of the service provider; undefined leaves the answer to it. */
export type Instead = (request: HttpRequest, times: number) => HttpResponse | undefined;

export const answerWith = (status: number, json?: Json): HttpResponse => ({
  status,
  headers: {},
  text: json === undefined ? '' : JSON.stringify(json),
  ...(json !== undefined && { json }),
});

export const refuseWith = (status: number, detail = 'no'): HttpResponse =>
  answerWith(status, { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: String(status), detail });

/** An empty service provider. */
export function createProvider(instead: Instead = () => undefined): Provider {
  const sent: HttpRequest[] = [];
  const users = new Map<string, JsonObject>();
  const groups = new Map<string, JsonObject>();
  const asked = new Map<string, number>();
  let made = 0;

  const tables = {
    '/Users': { rows: users, key: 'userName', prefix: 'u' },
    '/Groups': { rows: groups, key: 'displayName', prefix: 'g' },
  };
  const hold = (endpoint: '/Users' | '/Groups', resource: JsonObject): string => {
    const { rows, prefix } = tables[endpoint];
    const id = typeof resource['id'] === 'string' ? resource['id'] : `${prefix}${++made}`;
    rows.set(id, { ...resource, id });
    return id;
  };
  const list = (endpoint: '/Users' | '/Groups', query: URLSearchParams): HttpResponse => {
    const { rows } = tables[endpoint];
    const [, attribute = '', value = ''] = /^(\S+) eq (".*")$/.exec(query.get('filter') ?? '') ?? [];
    const wanted = value === '' ? '' : String(JSON.parse(value)).toLowerCase();
    const hits = [...rows.values()].filter(
      row => attribute === '' || textsAt(row, attribute.split('.')).some(text => text.toLowerCase() === wanted),
    );
    const start = Number(query.get('startIndex') ?? '1');
    const Resources = hits.slice(start - 1, start - 1 + Number(query.get('count') ?? hits.length));
    return answerWith(200, { totalResults: hits.length, Resources });
  };
  const create = (endpoint: '/Users' | '/Groups', body: JsonObject): HttpResponse => {
    const { rows, key } = tables[endpoint];
    const name = String(body[key]).toLowerCase();
    const isTaken = endpoint === '/Users' && [...rows.values()].some(row => String(row[key]).toLowerCase() === name);
    if (isTaken) return refuseWith(409, `${key} is taken`);
    return answerWith(201, rows.get(hold(endpoint, { ...body, meta: { resourceType: endpoint.slice(1, -1) } })));
  };
  const serve = ({ method, path, json }: HttpRequest): HttpResponse => {
    const { pathname, searchParams } = new URL(`http://sp.example${path}`);
    const [, endpoint, id] = /^(\/Users|\/Groups)(?:\/([^/]+))?$/.exec(pathname) ?? [];
    if (endpoint !== '/Users' && endpoint !== '/Groups') return refuseWith(404);
    const { rows } = tables[endpoint];
    const body = isObject(json) ? json : {};
    if (id === undefined) return method === 'GET' ? list(endpoint, searchParams) : create(endpoint, body);
    const held = rows.get(id);
    if (!held) return refuseWith(404);
    if (method === 'DELETE') {
      rows.delete(id);
      return answerWith(204);
    }
    if (method === 'PUT') rows.set(id, { ...body, id, meta: held['meta'] ?? {} });
    if (method === 'PATCH') rows.set(id, patched(held, body));
    return answerWith(200, rows.get(id));
  };
  const named = (id: Json | undefined): Json => users.get(String(id))?.['userName'] ?? String(id);

  return {
    sent,
    users,
    groups,
    hold,
    send: async request => {
      sent.push(request);
      const line = `${request.method} ${request.path}`;
      const times = (asked.get(line) ?? 0) + 1;
      asked.set(line, times);
      return instead(request, times) ?? serve(request);
    },
    state: () => ({
      users: [...users.values()].map(({ id: _id, ...user }) => JSON.stringify(user)).sort(),
      groups: [...groups.values()]
        .map(({ displayName, members }) =>
          JSON.stringify([
            displayName,
            (Array.isArray(members) ? members : []).map(member => named(idIn(member))).sort(),
          ]),
        )
        .sort(),
    }),
  };
}

const idIn = (member: Json): Json | undefined => (isObject(member) ? member['value'] : undefined);

/** Texts at the end of a path; a list stands for its elements. */
function textsAt(value: Json | undefined, [name, ...rest]: readonly string[]): readonly string[] {
  if (Array.isArray(value))
    return value.flatMap((each: Json) => textsAt(each, name === undefined ? [] : [name, ...rest]));
  if (name === undefined) return typeof value === 'string' ? [value] : [];
  return isObject(value) ? textsAt(value[name], rest) : [];
}

/** As much of PATCH as the dialects send. A value list under remove takes out those in it, as JumpCloud means it. */
function patched(held: JsonObject, body: JsonObject): JsonObject {
  const operations = Array.isArray(body['Operations']) ? body['Operations'].filter(isObject) : [];
  const resource: Record<string, Json> = { ...held };
  for (const { op, path, value } of operations) {
    const verb = String(op).toLowerCase();
    if (typeof path !== 'string') {
      for (const [name, each] of Object.entries(isObject(value) ? value : {})) set(resource, name, each);
      continue;
    }
    const [, list = '', entry = '', sub] = /^(\w+)\[\w+ eq "(.*)"\](?:\.(\w+))?$/.exec(path) ?? [];
    if (sub !== undefined) {
      resource[list] = [{ type: entry, primary: true, [sub]: value ?? null }];
      continue;
    }
    if (path !== 'members' && list !== 'members') {
      set(resource, path, path === 'active' && typeof value === 'string' ? value === 'True' : (value ?? null));
      continue;
    }
    const members = Array.isArray(resource['members']) ? resource['members'] : [];
    const added = Array.isArray(value) ? value : [];
    const ids = Array.isArray(value) ? value.map(idIn) : [entry];
    const others = members.filter(member => !ids.includes(idIn(member)));
    resource['members'] = verb === 'add' ? [...others, ...added] : others;
  }
  return resource;
}

/** Puts a value where a path of core or extension attributes leads. */
function set(resource: Record<string, Json>, path: string, value: Json): void {
  const [, urn, rest = path] = /^(urn:.+):([^:]+)$/.exec(path) ?? [];
  const [name = '', sub] = urn === undefined ? rest.split('.') : [urn, rest];
  const held = resource[name];
  resource[name] = sub === undefined ? value : { ...(isObject(held) ? held : {}), [sub]: value };
}
