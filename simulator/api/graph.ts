import { done, type Answer } from './answer.ts';
import { ApiError } from './api-error.ts';
import type { Context } from './context.ts';
import { answerV2, cut, readPage } from './list.ts';
import { bodyOf, param, text, type Call, type Route } from './route.ts';
import type { Shape } from './shape.ts';
import { near, quote } from './quote.ts';

/** A node of the graph of API v2: people, user groups and applications (jumpcloud.md 3.3). */
interface Node {
  readonly type: 'user' | 'user_group' | 'application';
  readonly id: string;
}

/** A way from one node to another over their connections. */
type Path = readonly Node[];

/** What of the graph a route shows, starting from the node in its path. */
type Reach = (id: string, context: Context) => readonly Path[];

const user = (id: string): Node => ({ type: 'user', id });
const userGroup = (id: string): Node => ({ type: 'user_group', id });
const application = (id: string): Node => ({ type: 'application', id });

/** Ends of connections are shown with the attributes that a connection may have; none has any here. */
const end = (node: Node) => ({ ...node, attributes: null });
const edge = (from: Node, to: Node) => ({ attributes: null, from: end(from), to: end(to) });

const connections: Shape<Path> = {
  what: 'a connection',
  always: [],
  fields: {
    attributes: () => null,
    from: ([from]) => from && end(from),
    to: path => {
      const last = path.at(-1);
      return last && end(last);
    },
  },
};

/** The ends of paths, each with all ways there. */
const objects: Shape<readonly Path[]> = {
  what: 'an object of the graph',
  always: ['type', 'id'],
  fields: {
    type: ([first]) => first?.at(-1)?.type,
    id: ([first]) => first?.at(-1)?.id,
    compiledAttributes: () => ({}),
    paths: paths =>
      paths.map(path => path.slice(1).flatMap((to, index) => (path[index] ? [edge(path[index], to)] : []))),
  },
};

/** Paths with one end, together; in the order in which each end is met first. */
function byEnd(paths: readonly Path[]): readonly (readonly Path[])[] {
  const ends = new Map<string, Path[]>();
  for (const path of paths) {
    const id = path.at(-1)?.id ?? '';
    const ways = ends.get(id);
    if (ways) ways.push(path);
    else ends.set(id, [path]);
  }
  return [...ends.values()];
}

const membersOf: Reach = (id, { directory }) =>
  (directory.group(id)?.members ?? []).map(person => [userGroup(id), user(person)]);

const applicationsOfGroup: Reach = (id, { directory }) =>
  directory.boundTo(id).map(bound => [userGroup(id), application(bound)]);

const groupsOfApplication: Reach = (id, { directory }) =>
  directory.application(id).boundGroups.map(group => [application(id), userGroup(group)]);

const usersOfApplication: Reach = (id, context) =>
  groupsOfApplication(id, context).flatMap(([app, group]) =>
    app && group ? membersOf(group.id, context).map(path => [app, ...path]) : [],
  );

const groupsOfUser: Reach = (id, { directory }) => directory.groupsOf(id).map(group => [user(id), userGroup(group)]);

const applicationsOfUser: Reach = (id, context) =>
  groupsOfUser(id, context).flatMap(([person, group]) =>
    person && group ? applicationsOfGroup(group.id, context).map(path => [person, ...path]) : [],
  );

/** Refuses an id that nothing of the kind has. */
type Known = (id: string, context: Context) => void;

const missing = (what: string, id: string) => new ApiError(404, `there is no ${what} with the id ${quote(id)}`);
const knownUser: Known = (id, { directory }) => {
  if (!directory.person(id)) throw missing('user', id);
};
const knownGroup: Known = (id, { directory }) => {
  if (directory.groupName(id) === undefined) throw missing('user group', id);
};
/** `application` throws the same refusal by itself. */
const knownApplication: Known = (id, { directory }) => void directory.application(id);

/** A list of direct connections. */
const connected =
  (known: Known, reach: Reach) =>
  (call: Call, context: Context): Answer => {
    const id = param(call, 'id');
    known(id, context);
    const page = readPage(Object.fromEntries(call.url.searchParams));
    return answerV2(
      cut(reach(id, context), page, connections, () => true),
      page,
      connections,
      call.url,
    );
  };

/** A list of what can be reached, with the ways there. */
const reached =
  (known: Known, reach: Reach) =>
  (call: Call, context: Context): Answer => {
    const id = param(call, 'id');
    known(id, context);
    const page = readPage(Object.fromEntries(call.url.searchParams));
    return answerV2(
      cut(byEnd(reach(id, context)), page, objects, () => true),
      page,
      objects,
      call.url,
    );
  };

/** Connections to the kinds of nodes that `targets` names; which there are depends on where they start. */
const associated =
  (known: Known, targets: Readonly<Record<string, Reach>>) =>
  (call: Call, context: Context): Answer => {
    const names = call.url.searchParams.getAll('targets').flatMap(text => text.split(',').filter(Boolean));
    if (names.length === 0) throw new ApiError(400, `targets is required: ${Object.keys(targets).join(', ')}`);
    const reaches = names.map(name => reachOf(targets, name));
    const all: Reach = (id, context) => reaches.flatMap(reach => reach(id, context));
    return connected(known, all)(call, context);
  };

function reachOf(targets: Readonly<Record<string, Reach>>, name: string): Reach {
  const reach = Object.hasOwn(targets, name) ? targets[name] : undefined;
  if (reach) return reach;
  const names = Object.keys(targets);
  throw new ApiError(400, `targets cannot be ${quote(name)}${near(name, names)}; there are ${names.join(', ')}`);
}

/** What each operation on a connection does. */
type Operations = Readonly<Record<string, (id: string, other: string, context: Context) => void>>;

/** A change of one connection: `{op, type, id}`, answered with 204. */
const connect =
  (known: Known, type: Node['type'], operations: Operations) =>
  (call: Call, context: Context): Answer => {
    const id = param(call, 'id');
    known(id, context);
    const body = bodyOf(call);
    const [op, other] = [text(body, 'op'), text(body, 'id')];
    if (text(body, 'type') !== type) {
      const why = 'people get access to applications through user groups alone';
      throw new ApiError(400, `type has to be ${type} here, not ${quote(body['type'])}; ${why}`);
    }
    const run = Object.hasOwn(operations, op) ? operations[op] : undefined;
    if (!run) throw new ApiError(400, `op is one of ${Object.keys(operations).join(', ')}, not ${quote(op)}`);
    run(id, other, context);
    return done;
  };

const memberships: Operations = {
  add: (group, person, { admin }) => admin.join(person, group),
  remove: (group, person, { admin }) => admin.leave(person, group),
  // Attributes of a membership are not kept, so all there is to say is that it is there.
  update(group, person, context) {
    knownUser(person, context);
    if (!context.directory.isMember(person, group)) throw missing('member', person);
  },
};

const bindings: Operations = {
  add: (group, app, { admin }) => admin.bind(group, app),
  remove: (group, app, { admin }) => admin.unbind(group, app),
};

const bindingsOfApplication: Operations = {
  add: (app, group, { admin }) => admin.bind(group, app),
  remove: (app, group, { admin }) => admin.unbind(group, app),
};

const source = 'jumpcloud.md 3.3';
const groups = '/api/v2/usergroups/:id';
const applications = '/api/v2/applications/:id';

const get = (path: string, handle: Route['handle']): Route => ({ method: 'GET', path, source, handle });
const post = (path: string, handle: Route['handle']): Route => ({ method: 'POST', path, source, handle });

/** Memberships and bindings: the graph of API v2. */
export const graphRoutes: readonly Route[] = [
  get(`${groups}/members`, connected(knownGroup, membersOf)),
  post(`${groups}/members`, connect(knownGroup, 'user', memberships)),
  get(`${groups}/membership`, reached(knownGroup, membersOf)),
  get(`${groups}/associations`, associated(knownGroup, { application: applicationsOfGroup })),
  post(`${groups}/associations`, connect(knownGroup, 'application', bindings)),
  get(`${groups}/applications`, reached(knownGroup, applicationsOfGroup)),
  // Direct bindings of people are possible in the graph; here nobody has one.
  get(
    `${applications}/associations`,
    associated(knownApplication, { user_group: groupsOfApplication, user: () => [] }),
  ),
  post(`${applications}/associations`, connect(knownApplication, 'user_group', bindingsOfApplication)),
  get(`${applications}/usergroups`, reached(knownApplication, groupsOfApplication)),
  get(`${applications}/users`, reached(knownApplication, usersOfApplication)),
  get('/api/v2/users/:id/memberof', reached(knownUser, groupsOfUser)),
  get('/api/v2/users/:id/applications', reached(knownUser, applicationsOfUser)),
];
