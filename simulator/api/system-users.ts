import type { Person } from '../directory/model.ts';
import { readSystemUser, systemUserFields } from '../directory/system-user.ts';
import { ok, type Answer } from './answer.ts';
import { ApiError } from './api-error.ts';
import type { Context } from './context.ts';
import { parseFilters, v1Filters, type Predicate } from './filter.ts';
import { answerV1, cut, readPage } from './list.ts';
import { bodyOf, optionalBodyOf, param, text, type Call, type JsonRecord, type Route } from './route.ts';
import { parseSearch, parseSearchFilter } from './search.ts';
import { show, showOnly, type Shape } from './shape.ts';
import { quote } from './quote.ts';

/**
 * Members of the published description that the directory keeps nothing of, as they are for somebody who has never touched
 * them.
 */
const UNTOUCHED = {
  account_locked_date: null,
  admin: null,
  allow_public_key: true,
  badLoginAttempts: 0,
  delegatedAuthority: null,
  enable_managed_uid: false,
  password_date: '',
  password_expiration_date: null,
  public_key: '',
  samba_service_user: false,
  ssh_keys: [],
} as const;

/** People as API v1 shows them (jumpcloud.md 3.2). */
const shapeIn = ({ organization }: Context): Shape<Person> => ({
  what: 'a system user',
  // Scripts read either name of the id.
  always: ['_id', 'id'],
  fields: {
    ...systemUserFields,
    id: ({ id }) => id,
    organization: () => organization,
    ...Object.fromEntries(Object.entries(UNTOUCHED).map(([name, value]) => [name, () => value])),
  },
});

const personOf = (call: Call, context: Context): Person => knownPerson(param(call, 'id'), context);

/** @throws ApiError 404 */
export function knownPerson(id: string, { directory }: Context): Person {
  const person = directory.person(id);
  if (!person) throw new ApiError(404, `there is no system user with the id ${quote(id)}`);
  return person;
}

function list({ url }: Call, context: Context): Answer {
  const shape = shapeIn(context);
  const query = Object.fromEntries(url.searchParams);
  const page = readPage(query);
  const meets = parseFilters(url.searchParams.getAll('filter'), v1Filters, shape);
  const found = searchIn(url.searchParams, shape);
  const people = context.directory.people();
  return answerV1(
    cut(people, page, shape, person => meets(person) && found(person)),
    page,
    shape,
  );
}

/** The text search in a query: `search[searchTerm]=ada&search[fields]=username`, fields as often as wanted. */
function searchIn(query: URLSearchParams, shape: Shape<Person>): Predicate<Person> {
  const fields = [...query.getAll('search[fields]'), ...query.getAll('search[fields][]')];
  const terms = [...query.getAll('search[searchTerm]'), ...query.getAll('search[searchTerm][]')];
  if (fields.length === 0 && terms.length === 0) return () => true;
  const names = fields.flatMap(names => names.split(/[\s,]+/)).filter(Boolean);
  return parseSearchFilter({ searchTerm: terms, fields: names }, shape);
}

function search(call: Call, context: Context): Answer {
  const shape = shapeIn(context);
  const body = optionalBodyOf(call);
  const page = readPage(body);
  return answerV1(cut(context.directory.people(), page, shape, parseSearch(body, shape)), page, shape);
}

const get = (call: Call, context: Context): Answer => {
  const { fields } = readPage(Object.fromEntries(call.url.searchParams));
  return ok(showOnly(personOf(call, context), shapeIn(context), fields));
};

/**
 * What a body says of a person.
 * @throws ApiError 400 with everything that is wrong
 */
export function readPerson(body: JsonRecord, current?: Person): Partial<Omit<Person, 'id'>> {
  const { values, problems, unknown } = readSystemUser(body, current);
  const wrong = [...problems, ...unknown];
  if (wrong.length > 0) throw new ApiError(400, wrong.map(({ message }) => message).join('; '));
  // A password is not kept, but a new one has not expired.
  const renewed = typeof body['password'] === 'string' && body['password'] !== '' && body['password_expired'] !== true;
  return renewed ? { ...values, passwordExpired: false } : values;
}

/** @throws ApiError 400 without a user name or an address, and for whatever else is wrong */
export function hire(body: JsonRecord, more: Partial<Person>, { admin }: Context): Person {
  const named = { username: text(body, 'username'), email: text(body, 'email') };
  return admin.hire({ firstname: '', lastname: '', ...readPerson(body), ...named, ...more });
}

const create = (call: Call, context: Context): Answer => ok(show(hire(bodyOf(call), {}, context), shapeIn(context)));

function change(call: Call, context: Context): Answer {
  const before = personOf(call, context);
  const person = context.admin.change(before.id, readPerson(bodyOf(call), before));
  return ok(show(person, shapeIn(context)));
}

function remove(call: Call, context: Context): Answer {
  const person = personOf(call, context);
  context.admin.dismiss(person.id);
  return ok(show(person, shapeIn(context)));
}

/** STAGED becomes ACTIVATED. Mail is not simulated: `email` in the body is looked at by nobody. */
function activate(call: Call, context: Context): Answer {
  const { id, email, state } = personOf(call, context);
  optionalBodyOf(call);
  if (state !== 'STAGED')
    throw new ApiError(400, `${email} is not staged but ${state}, so there is nothing to activate`);
  context.admin.change(id, { state: 'ACTIVATED' });
  return ok({});
}

/** An action on somebody that changes one thing and answers an empty object. */
const act =
  (changes: Partial<Omit<Person, 'id'>>) =>
  (call: Call, context: Context): Answer => {
    context.admin.change(personOf(call, context).id, changes);
    return ok({});
  };

const source = 'jumpcloud.md 3.2';
const one = '/api/systemusers/:id';

/** People: the system users of API v1. */
export const systemUserRoutes: readonly Route[] = [
  { method: 'GET', path: '/api/systemusers', source, handle: list },
  { method: 'POST', path: '/api/systemusers', source, handle: create },
  { method: 'POST', path: '/api/search/systemusers', source, handle: search },
  { method: 'GET', path: one, source, handle: get },
  { method: 'PUT', path: one, source, handle: change },
  { method: 'DELETE', path: one, source, handle: remove },
  { method: 'POST', path: `${one}/state/activate`, source, handle: activate },
  { method: 'POST', path: `${one}/expire`, source, handle: act({ passwordExpired: true }) },
  { method: 'POST', path: `${one}/unlock`, source, handle: act({ accountLocked: false }) },
  { method: 'POST', path: `${one}/resetmfa`, source, handle: act({ mfaConfigured: false }) },
  { method: 'POST', path: `${one}/mfasync`, source, handle: act({}) },
];
