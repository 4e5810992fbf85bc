import type { GroupEdit, MembershipMethod, UserGroup } from '../directory/model.ts';
import { MEMBERSHIP_METHODS } from '../directory/model.ts';
import { done, ok, type Answer } from './answer.ts';
import { ApiError } from './api-error.ts';
import type { Context } from './context.ts';
import { parseFilters, v2Filters } from './filter.ts';
import { answerV2, cut, readPage } from './list.ts';
import { bodyOf, isRecord, optionalText, param, text, type Call, type JsonRecord, type Route } from './route.ts';
import { show, type Shape } from './shape.ts';
import { near, quote } from './quote.ts';

/** User groups as API v2 shows them (jumpcloud.md 3.3). Dynamic membership is not worked out, so its query is empty. */
const shape: Shape<UserGroup> = {
  what: 'a user group',
  always: ['id'],
  fields: {
    id: ({ id }) => id,
    type: () => 'user_group',
    name: ({ name }) => name,
    description: ({ description }) => description,
    email: ({ email }) => email,
    attributes: ({ attributes }) => Object.fromEntries(attributes.map(({ name, value }) => [name, value])),
    membershipMethod: ({ membershipMethod }) => membershipMethod,
    memberQuery: () => null,
    memberQueryExemptions: () => [],
    memberSuggestionsNotify: () => false,
  },
};

/** @throws ApiError 404 */
export function groupOf(call: Call, { directory }: Context): UserGroup {
  const id = param(call, 'id');
  const group = directory.group(id);
  if (!group) throw new ApiError(404, `there is no user group with the id ${quote(id)}`);
  return group;
}

function list({ url }: Call, { directory }: Context): Answer {
  const page = readPage(Object.fromEntries(url.searchParams));
  const meets = parseFilters(url.searchParams.getAll('filter'), v2Filters, shape);
  return answerV2(cut(directory.groups(), page, shape, meets), page, shape, url);
}

/** @throws ApiError 400 for members of the wrong kind and for names that are no member */
function read(body: JsonRecord): GroupEdit {
  const unknown = Object.keys(body).find(name => !Object.hasOwn(shape.fields, name));
  if (unknown !== undefined) {
    throw new ApiError(400, `a user group has no field ${quote(unknown)}${near(unknown, Object.keys(shape.fields))}`);
  }
  const [name, description, email] = ['name', 'description', 'email'].map(member => optionalText(body, member));
  const method = optionalText(body, 'membershipMethod');
  return {
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(email !== undefined && { email }),
    ...(method !== undefined && { membershipMethod: readMethod(method) }),
    ...(body['attributes'] !== undefined && { attributes: readAttributes(body['attributes']) }),
  };
}

function readMethod(value: string): MembershipMethod {
  const method = MEMBERSHIP_METHODS.find(known => known === value);
  if (method) return method;
  throw new ApiError(400, `membershipMethod is one of ${MEMBERSHIP_METHODS.join(', ')}, not ${quote(value)}`);
}

/** Attributes are an object; what is no text in it is kept as JSON. */
function readAttributes(value: unknown): UserGroup['attributes'] {
  if (value === null) return [];
  if (!isRecord(value)) throw new ApiError(400, 'attributes is an object');
  return Object.entries(value).map(([name, held]) => ({
    name,
    value: typeof held === 'string' ? held : JSON.stringify(held),
  }));
}

function create(call: Call, { admin }: Context): Answer {
  const body = bodyOf(call);
  const { name: _name, description = '', ...more } = read(body);
  const group = admin.createGroup(text(body, 'name'), description, more);
  return { status: 201, body: show(group, shape) };
}

function change(call: Call, context: Context): Answer {
  const { id } = groupOf(call, context);
  const body = bodyOf(call);
  if (body['name'] !== undefined) text(body, 'name');
  return ok(show(context.admin.changeGroup(id, read(body)), shape));
}

function remove(call: Call, context: Context): Answer {
  context.admin.deleteGroup(groupOf(call, context).id);
  return done;
}

const source = 'jumpcloud.md 3.3';

/** User groups of API v2. */
export const userGroupRoutes: readonly Route[] = [
  { method: 'GET', path: '/api/v2/usergroups', source, handle: list },
  { method: 'POST', path: '/api/v2/usergroups', source, handle: create },
  {
    method: 'GET',
    path: '/api/v2/usergroups/:id',
    source,
    handle: (call, context) => ok(show(groupOf(call, context), shape)),
  },
  { method: 'PUT', path: '/api/v2/usergroups/:id', source, handle: change },
  { method: 'DELETE', path: '/api/v2/usergroups/:id', source, handle: remove },
];
