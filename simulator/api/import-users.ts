import type { ImportResult } from '../sync/import.ts';
import { ok, type Answer } from './answer.ts';
import { ApiError } from './api-error.ts';
import type { Context } from './context.ts';
import { cut, readPage } from './list.ts';
import { optionalBodyOf, optionalFlag, param, type Call, type Route } from './route.ts';
import { showOnly, type Shape } from './shape.ts';
import { near, quote } from './quote.ts';

/** A user of the service provider who could be imported. */
interface Importable {
  readonly externalId: string;
  readonly username: string;
  readonly email: string;
  readonly firstname: string;
  readonly lastname: string;
  /** Id of the person with the same address, if there is one. */
  readonly systemUser: string | null;
}

const shape: Shape<Importable> = {
  what: 'a user to import',
  always: [],
  fields: {
    externalId: ({ externalId }) => externalId,
    username: ({ username }) => username,
    email: ({ email }) => email,
    firstname: ({ firstname }) => firstname,
    lastname: ({ lastname }) => lastname,
    systemUser: ({ systemUser }) => systemUser,
  },
};

function importables({ matched, unmatched }: ImportResult, { directory }: Context): readonly Importable[] {
  return [
    ...matched.map(({ id, userName, person }) => {
      const { email = userName, firstname = '', lastname = '' } = directory.person(person) ?? {};
      return { externalId: id, username: userName, email, firstname, lastname, systemUser: person };
    }),
    ...unmatched.map(({ id, userName, ...names }) => ({
      externalId: id,
      username: userName,
      ...names,
      systemUser: null,
    })),
  ];
}

const SORTS = ['firstname', 'lastname', 'email'] as const;

/** What the service provider has, a page of it (jumpcloud.md 2.9). Nobody is made. */
async function list(call: Call, context: Context): Promise<Answer> {
  const { id } = context.directory.application(param(call, 'id'));
  const query = call.url.searchParams;
  const page = readPage({ limit: query.get('limit') ?? undefined, skip: query.get('skip') ?? undefined });
  const sort = readChoice(query, 'sort', SORTS);
  const isDescending = readChoice(query, 'sortOrder', ['asc', 'desc'] as const) === 'desc';
  const filter = query.get('filter')?.toLowerCase() ?? '';
  const all = importables(await context.admin.importUsers({}, id), context);
  const order = sort === undefined ? [] : [isDescending ? `-${sort}` : sort];
  const { total, records } = cut(all, { ...page, sort: order }, shape, user => textOf(user).includes(filter));
  const isCount = query.get('isCount') === 'true';
  const users = isCount ? [] : records.map(user => showOnly(user, shape, []));
  return ok({ users, total_count: total, session_id: '', cursor: '' }, { 'X-Total-Count': String(total) });
}

const textOf = ({ username, email, firstname, lastname }: Importable): string =>
  [username, email, firstname, lastname].join('\n').toLowerCase();

function readChoice<Choice extends string>(
  query: URLSearchParams,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const value = query.get(name);
  if (value === null || value === '') return undefined;
  const choice = choices.find(known => known === value);
  if (choice !== undefined) return choice;
  throw new ApiError(400, `${name} cannot be ${quote(value)}${near(value, choices)}; it is ${choices.join(' or ')}`);
}

/** Starts an import; with `create` people are made of those that nobody matches (W-8). */
async function run(call: Call, context: Context): Promise<Answer> {
  const { id } = context.directory.application(param(call, 'id'));
  const create = optionalFlag(optionalBodyOf(call), 'create') ?? true;
  return ok(await context.admin.importUsers({ create }, id));
}

/** Import from the service provider. */
export const importRoutes: readonly Route[] = [
  { method: 'GET', path: '/api/v2/applications/:id/import/users', source: 'jumpcloud.md 2.9, 3.3', handle: list },
  { method: 'POST', path: '/console/applications/:id/import', source: 'Start Import (JC-16, W-8)', handle: run },
];
