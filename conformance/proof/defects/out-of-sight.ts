import { isObject, listResponse, resourcesOf } from '../../../scim/message/list.ts';
import { ENTERPRISE_USER } from '../../../scim/message/urn.ts';
import { withJson, type Hop, type HttpRequest, type Json, type JsonObject } from '../../../scim/wire/message.ts';
import type { Defect } from '../defect.ts';
import {
  body,
  current,
  isSuccess,
  objectOf,
  onList,
  onOne,
  operationsOf,
  parameterOf,
  reply,
  sent,
  textOf,
  withOperations,
  without,
  type Match,
} from '../hops.ts';
import { bare } from '../modify-hops.ts';
import { toDefect, type Row } from '../query-hops.ts';

const posted = onList('POST', 'Users');
const isSearch: Match = ({ method, path }) => method === 'POST' && path.endsWith('/.search');

/** What a request filters by, wherever it says so. */
const filterOf = (request: HttpRequest): string =>
  isSearch(request) ? textOf(objectOf(request)['filter'] ?? '') : (parameterOf(request, 'filter') ?? '');

/** Keeps a secret of each resource that a POST makes, by id, for another hop to show. */
function keeping(
  endpoint: string,
  name: string,
  show: (request: HttpRequest, list: JsonObject, secrets: ReadonlyMap<string, Json>) => JsonObject,
): Hop {
  const secrets = new Map<string, Json>();
  return async (request, next) => {
    const response = await next(request);
    const secret = objectOf(request)[name];
    const { id } = objectOf(response);
    const isMade = request.method === 'POST' && bare(request) === endpoint && isSuccess(response);
    if (isMade && typeof id === 'string' && secret !== undefined) secrets.set(id, secret);
    if (!isSuccess(response) || !Array.isArray(objectOf(response)['Resources'])) return response;
    return withJson(response, show(request, objectOf(response), secrets));
  };
}

/** Lists of a kind whose entries show the secret under a name. */
const listed = (endpoint: string, name: string, match: Match, under = name): Hop =>
  keeping(endpoint, name, (request, list, secrets) => {
    if (!match(request)) return list;
    const withSecret = (entry: JsonObject) => {
      const secret = secrets.get(textOf(entry['id'] ?? ''));
      return secret === undefined ? entry : { ...entry, [under]: secret };
    };
    return { ...list, Resources: resourcesOf(list).map(withSecret) };
  });

/** Members of groups with all that is known of them. */
const embedded = (): Hop =>
  keeping('/Users', 'password', (request, list, secrets) => {
    if (!onList('GET', 'Groups')(request)) return list;
    const whole = (member: Json) =>
      isObject(member) && secrets.has(textOf(member['value'] ?? ''))
        ? { ...member, user: { secret: secrets.get(textOf(member['value'] ?? '')) ?? null } }
        : member;
    const Resources = resourcesOf(list).map(group =>
      Array.isArray(group['members']) ? { ...group, members: (group['members'] as readonly Json[]).map(whole) } : group,
    );
    return { ...list, Resources };
  });

/** A filter by the password finds those whose password begins as it says. */
const found =
  (asked: RegExp, match: Match, entry: (id: string, password: string) => JsonObject): (() => Hop) =>
  () => {
    const owners = new Map<string, string>();
    return async (request, next) => {
      const response = await next(request);
      const { password } = objectOf(request);
      const { id } = objectOf(response);
      if (posted(request) && typeof password === 'string' && typeof id === 'string') owners.set(id, password);
      const value = match(request) ? asked.exec(filterOf(request))?.[1] : undefined;
      const entries = [...owners].flatMap(([owner, secret]) =>
        value !== undefined && secret.startsWith(value) ? [entry(owner, secret)] : [],
      );
      return entries.length === 0 ? response : reply(200, { ...listResponse(entries, entries.length, 1) });
    };
  };

/** Whoever takes a name while another is taking it has it as well. */
const renamesRaced =
  (method: 'PUT' | 'PATCH'): (() => Hop) =>
  () => {
    const busy = new Set<string>();
    const raced = new Map<string, string>();
    const nameIn = (request: HttpRequest) =>
      textOf(
        objectOf(request)['userName'] ?? operationsOf(request).find(({ path }) => path === 'userName')?.['value'] ?? '',
      );
    return async (request, next) => {
      const path = bare(request);
      const isRename = onOne(method, 'Users')(request) && nameIn(request) !== '';
      if (!isRename) {
        const response = await next(request);
        const userName = request.method === 'GET' ? raced.get(path) : undefined;
        return userName === undefined ? response : withJson(response, { ...objectOf(response), userName });
      }
      const name = nameIn(request);
      if (busy.has(name)) {
        raced.set(path, name);
        return next({ ...request, method: 'GET', path, headers: without(request.headers, 'content-type') });
      }
      busy.add(name);
      const response = await next(request);
      busy.delete(name);
      return response;
    };
  };

/** The name of a manager as it was when it was first shown. */
function staleManagers(): Hop {
  const names = new Map<string, Json>();
  return body(onOne('GET', 'Users'), user => {
    const extension = user[ENTERPRISE_USER];
    const manager = isObject(extension) ? extension['manager'] : undefined;
    if (!isObject(extension) || !isObject(manager) || typeof manager['value'] !== 'string') return user;
    const { value, displayName } = manager;
    const first = names.get(value) ?? displayName;
    if (first === undefined) return user;
    names.set(value, first);
    return { ...user, [ENTERPRISE_USER]: { ...extension, manager: { ...manager, displayName: first } } };
  });
}

/** Parts that are null in the value of an operation are passed over. */
const withoutNulls = (value: Json): Json =>
  isObject(value)
    ? Object.fromEntries(
        Object.entries(value).flatMap(([name, part]) =>
          part === null ? [] : [[name, name === 'name' ? withoutNulls(part) : part] as const],
        ),
      )
    : value;

const capitalBeyondAscii = (text: string): boolean => /[\u00c0-\u00de]/.test(text);

const rows: readonly Row[] = [
  [
    'password-in-whole-list',
    'The list of all users shows their passwords',
    'RFC7643-4.1.1-16',
    ['list.password-hidden'],
    () => listed('/Users', 'password', request => onList('GET', 'Users')(request) && filterOf(request) === ''),
  ],
  [
    'password-in-filtered-list',
    'A list by a filter shows the passwords of users under another name',
    'RFC7643-4.1.1-16',
    ['list.password-hidden'],
    () => listed('/Users', 'password', request => onList('GET', 'Users')(request) && filterOf(request) !== '', 'hash'),
  ],
  [
    'password-by-search',
    'A search by POST shows the passwords of users',
    'RFC7643-4.1.1-16',
    ['list.password-hidden'],
    () => listed('/Users', 'password', isSearch),
  ],
  [
    'password-in-group-list',
    'A list of groups shows what is kept of their members, passwords included',
    'RFC7643-4.1.1-16',
    ['list.password-hidden'],
    embedded,
  ],
  [
    'password-found-and-shown',
    'Who is found by a filter on the password is shown with it',
    'RFC7643-4.1.1-16',
    ['list.password-hidden'],
    found(/password pr()$/, isSearch, (id, credential) => ({ id, credential })),
  ],
  [
    'password-guessed-by-get',
    'A filter of a GET finds a user by the beginning of its password',
    'RFC7643-4.1.1-22',
    ['error.password-filter'],
    found(/^password sw "(.*)"$/, onList('GET', 'Users'), id => ({ id })),
  ],
  [
    'never-returned-when-listed',
    'Lists show an attribute that is published as never returned',
    'RFC7643-7-25',
    ['attribute.never-named'],
    () => listed('/Items', 'pin', request => request.method === 'GET'),
  ],
  [
    'renames-raced-by-put',
    'Of two users who are given one userName by PUT at once both have it',
    'RFC7643-4.1.1-02',
    ['user.renamed-at-once'],
    renamesRaced('PUT'),
  ],
  [
    'renames-raced-by-patch',
    'Of two users who are given one userName by PATCH at once both have it',
    'RFC7643-4.1.1-02',
    ['user.renamed-at-once'],
    renamesRaced('PATCH'),
  ],
  [
    'manager-name-stale',
    'The displayName of a manager stays as it was when that user is renamed',
    'RFC7643-4.3-10',
    ['enterprise.manager-renamed'],
    staleManagers,
  ],
  [
    'null-parts-passed-over',
    'A part that is null in the value of a PATCH stays as it was',
    'RFC7643-2.5-02',
    ['patch.null-part'],
    () =>
      sent(onOne('PATCH', 'Users'), request =>
        withOperations(
          request,
          operationsOf(request).map(operation => {
            const { path, value } = operation;
            const whole = path === 'name' || (path === undefined && isObject(value) && isObject(value['name']));
            return whole && value !== undefined ? { ...operation, value: withoutNulls(value) } : operation;
          }),
        ),
      ),
  ],
  [
    'parts-of-absent-lost',
    'A PATCH of a sub-attribute is passed over where the complex attribute has no value',
    'RFC7644-3.5.2.3-04',
    ['patch.part-of-absent'],
    () => async (request, next) => {
      const isPart = operationsOf(request).some(({ path }) => textOf(path).startsWith('name.'));
      if (!onOne('PATCH', 'Users')(request) || !isPart) return next(request);
      const user = await current(request, next);
      return isObject(objectOf(user)['name']) ? next(request) : user;
    },
  ],
  [
    'names-folded-in-ascii',
    'The case of letters beyond ASCII counts in a userName that is to be taken',
    'RFC7643-4.1.1-03',
    ['user.name-beyond-ascii-other-case'],
    () =>
      sent(posted, request => {
        const draft = objectOf(request);
        const { userName } = draft;
        return typeof userName === 'string' && capitalBeyondAscii(userName)
          ? { ...request, json: { ...draft, userName: `other.${userName}` } }
          : request;
      }),
  ],
  [
    'lookups-folded-in-ascii',
    'A filter on userName folds the case of no letter beyond ASCII',
    'RFC7644-3.4.2.2-57',
    ['user.name-beyond-ascii-other-case'],
    () =>
      body(
        request => onList('GET', 'Users')(request) && capitalBeyondAscii(filterOf(request)),
        () => ({ ...listResponse([], 0, 1) }),
      ),
  ],
];

/** What goes wrong where single requests and single resources look right. */
export const outOfSightDefects: readonly Defect[] = rows.map(toDefect);
