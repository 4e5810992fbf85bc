import { deepStrictEqual } from 'node:assert';
import { createServer, type RequestListener } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { Pool } from 'undici';
import { createBridge } from '../../bridge/index.ts';
import { GROUP, PATCH_OP, SEARCH_REQUEST } from '../../scim/message/urn.ts';
import { stories, type Command } from './commands.ts';
import { render } from './filters.ts';
import { Refused, type Operation } from './model.ts';
import { bodyOf, World, type Body, type ListQuery, type Shown } from './world.ts';

interface Reply {
  readonly status: number;
  readonly body: Body;
}

type Send = (method: string, path: string, body?: unknown) => Promise<Reply>;

const everything: Shown = { mode: 'none', names: [] };

interface Options {
  readonly seed?: number;
  /** What is tested in place of a bridge: called for a new one for each story. */
  readonly listen?: () => RequestListener;
  /** Leaves the first story that shows a difference as long as it is. */
  readonly endOnFailure?: boolean;
}

/**
 * Plays random stories on the bridge and on the model, and compares every answer and, at the end, everything there is.
 *
 * @throws Error with the seed and the shortest story that shows a difference
 */
export async function compareWithModel(
  runs: number,
  { seed, listen = () => createBridge({ anonymous: true }).app, endOnFailure = false }: Options = {},
): Promise<void> {
  let current: RequestListener = listen();
  const server = createServer((request, response) => current(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const pool = new Pool(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { connections: 1 });
  const send: Send = async (method, path, body) => {
    const response = await pool.request({
      method,
      path: `/scim/v2${path}`,
      headers: { 'content-type': 'application/scim+json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.body.text();
    return { status: response.statusCode, body: text === '' ? {} : (JSON.parse(text) as Body) };
  };
  const property = fc.asyncProperty(stories, async story => {
    current = listen();
    const world = new World();
    for (const command of story) await play(command, world, send);
    await compareAll(world, send);
  });
  try {
    await fc.assert(property, { numRuns: runs, endOnFailure, ...(seed !== undefined && { seed }) });
  } finally {
    await pool.destroy();
    server.close();
    await once(server, 'close');
  }
}

const at = (ids: Iterable<string>, index: number): string => {
  const all = [...ids];
  // Now and then nobody is meant.
  return all.length === 0 || index === 7 ? 'nobody' : (all[index % all.length] ?? 'nobody');
};

/** The answer of the model: what it returns, or how it refuses. */
function expected<T>(act: () => T): { value: T } | { refused: string } {
  try {
    return { value: act() };
  } catch (error) {
    if (error instanceof Refused) return { refused: error.answer };
    throw error;
  }
}

/** Compares a refusal, or hands on what the model made of an accepted request. */
function settle<T>(reply: Reply, status: number, act: () => T): T | undefined {
  const answer = expected(act);
  const refusal = `${reply.status} ${typeof reply.body['scimType'] === 'string' ? reply.body['scimType'] : ''}`;
  if ('refused' in answer) {
    deepStrictEqual(refusal, answer.refused, `refusals differ; the bridge says ${JSON.stringify(reply.body)}`);
    return undefined;
  }
  deepStrictEqual(reply.status, status, `the model takes it; the bridge says ${JSON.stringify(reply.body)}`);
  return answer.value;
}

async function play(command: Command, world: World, send: Send): Promise<void> {
  switch (command.kind) {
    case 'create': {
      const reply = await send('POST', '/Users', bodyOf(command.sent));
      const user = settle(reply, 201, () => world.read(command.sent));
      if (!user) return;
      const id = String(reply.body['id']);
      world.users.set(id, user);
      return same(reply.body, world.showUser(id, everything));
    }
    case 'replace': {
      const id = at(world.users.keys(), command.who);
      const reply = await send('PUT', `/Users/${id}`, bodyOf(command.sent));
      const user = settle(reply, 200, () => world.user(id) && world.read(command.sent, id));
      if (!user) return;
      world.users.set(id, user);
      return same(reply.body, world.showUser(id, everything));
    }
    case 'patch': {
      const id = at(world.users.keys(), command.who);
      const body = { schemas: [PATCH_OP], Operations: command.operations.map(toWire) };
      const reply = await send('PATCH', `/Users/${id}${projection(command.shown)}`, body);
      const user = settle(reply, 200, () => world.patched(id, command.operations));
      if (!user) return;
      world.users.set(id, user);
      return same(reply.body, world.showUser(id, command.shown));
    }
    case 'delete': {
      const id = at(world.users.keys(), command.who);
      settle(await send('DELETE', `/Users/${id}`), 204, () => world.deleteUser(id));
      return;
    }
    case 'read': {
      const id = at(world.users.keys(), command.who);
      const reply = await send('GET', `/Users/${id}${projection(command.shown)}`);
      const user = settle(reply, 200, () => world.showUser(id, command.shown));
      if (user) same(reply.body, user);
      return;
    }
    case 'list':
      return compareList(world, send, command.query, command.bySearch);
    default:
      return playGroup(command, world, send);
  }
}

async function playGroup(
  command: Extract<Command, { kind: 'group' | 'members' | 'ungroup' }>,
  world: World,
  send: Send,
): Promise<void> {
  if (command.kind === 'group') {
    const ids = command.who.map(index => at(world.users.keys(), index));
    const members = ids.map(value => ({ value }));
    const reply = await send('POST', '/Groups', { schemas: [GROUP], displayName: command.name, members });
    const made = settle(reply, 201, () => ({ displayName: command.name, members: world.members(ids) }));
    if (!made) return;
    const id = String(reply.body['id']);
    world.groups.set(id, made);
    return same(reply.body, world.showGroup(id));
  }
  const id = at(world.groups.keys(), command.group);
  if (command.kind === 'ungroup') {
    settle(await send('DELETE', `/Groups/${id}`), 204, () => world.group(id) && world.groups.delete(id));
    return;
  }
  const ids = command.who.map(index => at(world.users.keys(), index));
  const reply = await send('PATCH', `/Groups/${id}`, {
    schemas: [PATCH_OP],
    Operations: membersToWire(command.op, ids),
  });
  const members = settle(reply, 204, () => {
    const held = world.group(id).members;
    if (command.op === 'clear') return [];
    if (command.op === 'remove') return held.filter(member => !ids.includes(member));
    return command.op === 'add' ? [...new Set([...held, ...world.members(ids)])] : world.members(ids);
  });
  if (members) world.group(id).members = members;
}

function membersToWire(op: Extract<Command, { kind: 'members' }>['op'], ids: readonly string[]): unknown[] {
  if (op === 'clear') return [{ op: 'remove', path: 'members' }];
  if (op === 'remove') return ids.map(id => ({ op, path: `members[value eq "${id}"]` }));
  return [{ op, path: 'members', value: ids.map(value => ({ value })) }];
}

function toWire(operation: Operation): unknown {
  const { op } = operation;
  if (operation.at === 'none') return { op, value: operation.value };
  const value = op === 'remove' ? {} : { value: operation.value };
  if (operation.at === 'attribute') return { op, path: operation.path, ...value };
  const sub = operation.sub === undefined ? '' : `.${operation.sub}`;
  return { op, path: `emails[${render(operation.filter)}]${sub}`, ...value };
}

const projection = ({ mode, names }: Shown): string =>
  mode === 'none' ? '' : `?${mode}=${encodeURIComponent(names.join(','))}`;

async function compareList(world: World, send: Send, query: ListQuery, bySearch: boolean): Promise<void> {
  const { filter, sortBy, descending, startIndex, count } = query;
  const parameters = {
    ...(filter && { filter: render(filter) }),
    ...(sortBy && { sortBy }),
    ...(descending !== undefined && { sortOrder: descending ? 'descending' : 'ascending' }),
    ...(startIndex !== undefined && { startIndex }),
    ...(count !== undefined && { count }),
  };
  const text = new URLSearchParams(
    Object.entries(parameters).map(([name, value]): [string, string] => [name, String(value)]),
  );
  const reply = bySearch
    ? await send('POST', '/Users/.search', { schemas: [SEARCH_REQUEST], ...parameters })
    : await send('GET', `/Users?${text.toString()}`);
  deepStrictEqual(reply.status, 200, JSON.stringify(reply.body));
  const { total, page } = world.list(query);
  deepStrictEqual(reply.body['totalResults'], total, `totalResults of ${parameters.filter ?? 'all'}`);
  const found = (reply.body['Resources'] ?? []) as readonly Body[];
  deepStrictEqual(
    found.map(({ id }) => id),
    page,
    `page of ${JSON.stringify(parameters)}`,
  );
  for (const user of found) same(user, world.showUser(String(user['id']), everything));
}

/** Everything there is, at the end of a story. */
async function compareAll(world: World, send: Send): Promise<void> {
  await compareList(world, send, {}, false);
  for (const id of world.groups.keys()) same((await send('GET', `/Groups/${id}`)).body, world.showGroup(id));
}

/**
 * Compares resources but for what the model does not have: `meta` and the addresses in references. Members are a set: no
 * clause gives their order a meaning, and a group that is given the members it has may stay as it is.
 */
function same(actual: Body, wanted: Body): void {
  const { meta: _, ...rest } = actual;
  deepStrictEqual(withSortedMembers(withoutReferences(rest) as Body), withSortedMembers(wanted));
}

function withSortedMembers(body: Body): Body {
  const members = body['members'] as readonly { readonly value: string }[] | undefined;
  return members ? { ...body, members: members.toSorted((a, b) => (a.value < b.value ? -1 : 1)) } : body;
}

function withoutReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutReferences);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => name !== '$ref');
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutReferences(inner)]));
}
