import { isObject, resourcesOf } from '../../scim/message/list.ts';
import { requestJson, type HttpRequest, type Json, type JsonObject } from '../../scim/wire/message.ts';

/** A user or a group as requests and answers have shown it. */
export interface Known {
  readonly id: string;
  body: JsonObject;
  /** What was done to it, as words: `created added off on`. */
  past: string;
}

/** What somebody on the way between identity provider and service provider knows. */
export interface World {
  readonly users: Map<string, Known>;
  readonly groups: Map<string, Known>;
  /** Ids of the members of groups. */
  readonly members: Map<string, Set<string>>;
  /** What was done to memberships, by the ids of group and user. */
  readonly memberships: Map<string, string>;
  /** Ids of the users that an address has belonged to, in order. */
  readonly addresses: Map<string, Set<string>>;
}

export const createWorld = (): World => ({
  users: new Map(),
  groups: new Map(),
  members: new Map(),
  memberships: new Map(),
  addresses: new Map(),
});

/** What a request asks for. */
export type Word =
  | `user ${'created' | 'edited' | 'off' | 'on' | 'moved' | 'renamed' | 'deleted' | 'read' | 'sought'}`
  | `group ${'created' | 'renamed' | 'deleted' | 'read' | 'sought'}`
  | `member ${'added' | 'removed'}`;

/** A request, read. */
export interface Asked {
  readonly words: readonly Word[];
  readonly user: string;
  readonly group: string;
  readonly body: JsonObject;
  /** The address that it names, as the userName of a body or of a filter. */
  readonly address: string;
}

const NAMES = ['displayName', 'name'];
const sameJson = (a: Json | undefined, b: Json | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Reads a request of JumpCloud: users are changed by PUT, groups by PATCH. */
export function read(request: HttpRequest, world: World): Asked {
  const json = requestJson(request);
  const body = isObject(json) ? json : {};
  const [, collection, id = ''] = /^\/+(Users|Groups)(?:\/([^/?]+))?/.exec(request.path) ?? [];
  const [, sought = ''] = /userName eq "([^"]*)"/.exec(decodeURIComponent(request.path)) ?? [];
  const asked = { body, user: '', group: '', address: textAt(body, 'userName') || sought };
  if (collection === 'Users') return { ...asked, user: id, words: userWords(request, id, body, world) };
  if (collection !== 'Groups') return { ...asked, words: [] };
  const [operation] = operationsOf(body);
  const [member = ''] = membersOf(operation?.['value']);
  return { ...asked, group: id, user: member, words: groupWords(request, id, operation) };
}

function userWords({ method }: HttpRequest, id: string, body: JsonObject, { users }: World): readonly Word[] {
  if (method === 'GET') return [id === '' ? 'user sought' : 'user read'];
  if (method === 'POST') return ['user created'];
  if (method === 'DELETE') return ['user deleted'];
  const held = users.get(id)?.body ?? {};
  const wasActive = held['active'] !== false;
  const words: Word[] = [];
  if (body['active'] === false && wasActive) words.push('user off');
  if (body['active'] === true && !wasActive) words.push('user on');
  if (!sameJson(body['userName'], held['userName'])) words.push('user moved');
  if (NAMES.some(name => !sameJson(body[name], held[name]))) words.push('user renamed');
  return words.length > 0 ? words : ['user edited'];
}

function groupWords({ method }: HttpRequest, id: string, operation: JsonObject | undefined): readonly Word[] {
  if (method === 'GET') return [id === '' ? 'group sought' : 'group read'];
  if (method === 'POST') return ['group created'];
  if (method === 'DELETE') return ['group deleted'];
  if (operation?.['path'] === 'displayName') return ['group renamed'];
  return [operation?.['op'] === 'remove' ? 'member removed' : 'member added'];
}

/** Takes note of a request that went well, and of what the answer shows. */
export function learn(world: World, asked: Asked, answer: Json | undefined): void {
  for (const shown of isObject(answer) && Array.isArray(answer['Resources']) ? resourcesOf(answer) : [answer]) {
    if (isObject(shown)) show(world, shown);
  }
  const made = isObject(answer) && typeof answer['id'] === 'string' ? answer['id'] : '';
  for (const word of asked.words) {
    const [kind, what = ''] = word.split(' ');
    if (what === 'read' || what === 'sought') continue;
    if (kind === 'user') note(world.users, asked.user || made, what, asked.body);
    else note(world.groups, asked.group || made, what, {});
    if (kind === 'member') change(world, asked, what);
  }
}

function show(world: World, shown: JsonObject): void {
  const id = textAt(shown, 'id');
  const isUser = textAt(shown, 'userName') !== '';
  if (id === '' || (!isUser && textAt(shown, 'displayName') === '')) return;
  const known = isUser ? world.users : world.groups;
  const held = known.get(id);
  if (held) held.body = shown;
  else known.set(id, { id, body: shown, past: '' });
  if (isUser) ownersOf(world, textAt(shown, 'userName')).add(id);
}

function note(known: Map<string, Known>, id: string, what: string, body: JsonObject): void {
  const held = known.get(id) ?? { id, body, past: '' };
  held.past = `${held.past} ${what}`.trim();
  held.body = { ...held.body, ...body };
  known.set(id, held);
}

function change(world: World, { user, group }: Asked, what: string): void {
  const key = `${group} ${user}`;
  world.memberships.set(key, `${world.memberships.get(key) ?? ''} ${what}`.trim());
  const members = world.members.get(group) ?? new Set();
  if (what === 'added') members.add(user);
  else members.delete(user);
  world.members.set(group, members);
  const known = world.users.get(user);
  if (known) known.past = `${known.past} ${what}`;
}

/** Ids of the users that an address has belonged to. */
export function ownersOf({ addresses }: World, address: string): Set<string> {
  const owners = addresses.get(address) ?? new Set();
  addresses.set(address, owners);
  return owners;
}

const operationsOf = (body: JsonObject): readonly JsonObject[] =>
  Array.isArray(body['Operations']) ? (body['Operations'] as readonly Json[]).filter(isObject) : [];

const membersOf = (value: Json | undefined): readonly string[] =>
  (Array.isArray(value) ? (value as readonly Json[]) : []).filter(isObject).map(member => textAt(member, 'value'));

const textAt = (object: JsonObject, name: string): string => {
  const value = object[name];
  return typeof value === 'string' ? value : '';
};
