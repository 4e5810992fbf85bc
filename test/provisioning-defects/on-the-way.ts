import { PATCH_OP } from '../../scim/message/urn.ts';
import {
  withJson,
  type Hop,
  type HttpRequest,
  type HttpResponse,
  type JsonObject,
  type Send,
} from '../../scim/wire/message.ts';
import { createWorld, learn, ownersOf, read, type Asked, type Known, type Word, type World } from './world.ts';

/** One request on the way, and what is known when it passes. */
export interface Passing extends Asked {
  readonly request: HttpRequest;
  readonly next: Send;
  readonly world: World;
  /** The user that it is about, where it is about one. */
  readonly known: Known | undefined;
}

/** Something wrong that is done to requests of a kind, where what they are about has been through something. */
export interface Flaw {
  readonly on: Word;
  /** Has to hold for the past of the user, the group, the membership, or of all users that the address belonged to. */
  readonly user?: RegExp;
  readonly group?: RegExp;
  readonly member?: RegExp;
  readonly address?: RegExp;
  readonly does: (passing: Passing) => Promise<HttpResponse>;
}

/** The flaws as a hop that knows nobody yet. */
export function flawed(flaws: readonly Flaw[]): Hop {
  const world = createWorld();
  return async (request, next) => {
    const asked = read(request, world);
    const past = pastsOf(asked, world);
    const flaw = flaws.find(
      each =>
        asked.words.includes(each.on) &&
        (['user', 'group', 'member', 'address'] as const).every(of => each[of]?.test(past[of]) !== false),
    );
    const response = await (flaw?.does({ ...asked, request, next, world, known: world.users.get(asked.user) }) ??
      next(request));
    if ((response.status ?? 500) < 300) learn(world, asked, response.json);
    return response;
  };
}

const pastsOf = ({ user, group, address }: Asked, world: World) => ({
  user: world.users.get(user)?.past ?? '',
  group: world.groups.get(group)?.past ?? '',
  member: world.memberships.get(`${group} ${user}`) ?? '',
  address: [...ownersOf(world, address)]
    .filter(id => id !== user)
    .map(id => world.users.get(id)?.past ?? '')
    .join(' '),
});

/** Says that it is done, and does nothing. */
export const ignored: Flaw['does'] = async ({ request, body, known }) =>
  request.method === 'PUT' && known
    ? withJson(
        { status: 200, headers: { 'content-type': 'application/scim+json' }, text: '' },
        { ...known.body, ...body, id: known.id },
      )
    : { status: 204, headers: {}, text: '' };

/** Changes the body on the way. */
export const edited =
  (edit: (body: JsonObject, passing: Passing) => JsonObject): Flaw['does'] =>
  passing =>
    passing.next({ ...passing.request, json: edit(passing.body, passing) });

/** Sends something else in its place. */
export const replaced =
  (by: (passing: Passing) => Pick<HttpRequest, 'method'> & Partial<HttpRequest>): Flaw['does'] =>
  passing => {
    const { json: _json, ...request } = passing.request;
    return passing.next({ ...request, ...by(passing) });
  };

/** Sends more after it. */
export const followed =
  (by: (passing: Passing) => readonly Pick<HttpRequest, 'method' | 'path' | 'json'>[]): Flaw['does'] =>
  async passing => {
    const response = await passing.next(passing.request);
    for (const more of by(passing)) await passing.next({ ...passing.request, ...more });
    return response;
  };

/** Changes the answer. */
export const answered =
  (change: (response: HttpResponse, passing: Passing) => HttpResponse): Flaw['does'] =>
  async passing =>
    change(await passing.next(passing.request), passing);

/** A request that puts a user into a group or takes one out. */
export const membership = (op: 'add' | 'remove', group: string, user: string) => ({
  method: 'PATCH',
  path: `/Groups/${group}`,
  json: { schemas: [PATCH_OP], Operations: [{ op, path: 'members', value: [{ value: user }] }] },
});

/** A request that sets the state of a user. */
export const stateOf = (user: Known, active: boolean) => ({
  method: 'PUT',
  path: `/Users/${user.id}`,
  json: { ...user.body, active },
});

/** Groups that somebody is in. */
export const groupsOf = ({ world, user }: Passing): readonly string[] =>
  [...world.members].flatMap(([group, members]) => (members.has(user) ? [group] : []));
