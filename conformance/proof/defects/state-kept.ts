import { isObject } from '../../../scim/message/list.ts';
import { ENTERPRISE_USER } from '../../../scim/message/urn.ts';
import type { Hop, HttpRequest, Json, JsonObject } from '../../../scim/wire/message.ts';
import { onBulk } from '../bulk-hops.ts';
import type { Defect } from '../defect.ts';
import {
  current,
  objectOf,
  onList,
  onOne,
  operationsOf,
  refusal,
  sent,
  swallow,
  textOf,
  withOperations,
  without,
} from '../hops.ts';
import { toDefect, type Row } from '../query-hops.ts';

const patchOfUser = onOne('PATCH', 'Users');
const createOfUser = onList('POST', 'Users');

/** A PATCH of which operations get lost. */
const losing =
  (lost: (operation: JsonObject) => boolean): (() => Hop) =>
  () =>
  async (request, next) => {
    if (!patchOfUser(request)) return next(request);
    const operations = operationsOf(request);
    const kept = operations.filter(operation => !lost(operation));
    if (kept.length === operations.length) return next(request);
    return kept.length === 0 ? current(request, next) : next(withOperations(request, kept));
  };

/** Whoever comes while another of the kind is under way is treated in another way. */
const busily =
  (match: (request: HttpRequest) => boolean, second: Hop): (() => Hop) =>
  () => {
    const busy = new Map<string, number>();
    return async (request, next) => {
      if (!match(request)) return next(request);
      const before = busy.get(request.path) ?? 0;
      busy.set(request.path, before + 1);
      try {
        return await (before > 0 ? second(request, next) : next(request));
      } finally {
        busy.set(request.path, (busy.get(request.path) ?? 1) - 1);
      }
    };
  };

/** Memberships that hang on the userName come back with it. */
function inherited(): Hop {
  const names = new Map<string, string>();
  const joined = new Map<string, string[]>();
  return async (request, next) => {
    const { members, userName } = objectOf(request);
    const response = await next(request);
    const { id } = objectOf(response);
    if (typeof id !== 'string' || request.method !== 'POST') return response;
    if (onList('POST', 'Groups')(request) && Array.isArray(members)) {
      for (const member of (members as readonly Json[]).filter(isObject)) {
        const name = names.get(textOf(member['value']));
        if (name !== undefined) joined.set(name, [...(joined.get(name) ?? []), id]);
      }
    }
    if (!createOfUser(request) || typeof userName !== 'string') return response;
    names.set(id, userName);
    for (const group of joined.get(userName) ?? []) {
      const value = [{ value: id }];
      const Operations = [{ op: 'add', path: 'members', value }];
      const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
      await next({ ...request, method: 'PATCH', path: `/Groups/${group}`, json: { schemas, Operations } });
    }
    return response;
  };
}

const EXACT = new Set(['DISPLAYNAME', 'FAMILYNAME']);

const rows: readonly Row[] = [
  [
    'attribute-updates-lost',
    'Of several PATCH requests of a user at once the first alone takes effect',
    'RFC7644-3.5.2.3-02',
    ['patch.attributes-at-once'],
    busily(patchOfUser, async () => ({ status: 204, headers: {}, text: '' })),
  ],
  [
    'versions-raced',
    'Of several writes at once the version that they name counts for the first alone',
    'RFC9110-13.2.2-01',
    ['version.at-once'],
    busily(
      request => onOne('PUT', 'Users')(request) && request.headers['if-match'] !== undefined,
      async (request, next) => next({ ...request, headers: without(request.headers, 'if-match') }),
    ),
  ],
  [
    'put-names-of-one-case',
    'A PUT leaves out attributes whose names are written in another case',
    'RFC7643-2.1-01',
    ['replace.names-other-case'],
    () => sent(onOne('PUT', 'Users'), request => ({ ...request, json: without(objectOf(request), ...EXACT) })),
  ],
  [
    'patch-keys-of-one-case',
    'A PATCH without path leaves out attributes whose names are written in another case',
    'RFC7644-3.5.2-30',
    ['patch.path-other-case'],
    () =>
      sent(patchOfUser, request =>
        withOperations(
          request,
          operationsOf(request).map(operation => {
            const { path, value = null } = operation;
            return path === undefined && isObject(value)
              ? { ...operation, value: without(value, ...EXACT) }
              : operation;
          }),
        ),
      ),
  ],
  [
    'bracket-in-text-ends-path',
    'A bracket in a text ends the filter of a path',
    'RFC7644-3.5.2-09',
    ['patch.value-path-logic'],
    () =>
      swallow(
        request =>
          patchOfUser(request) && operationsOf(request).some(({ path }) => /"[^"]*\][^"]*"/.test(textOf(path))),
        () => refusal(400, 'invalidPath'),
      ),
  ],
  [
    'own-name-in-capitals-taken',
    'A PATCH that writes the userName of the user itself in another case is refused as a conflict',
    'RFC7644-3.5.2.3-09',
    ['patch.own-user-name'],
    () => async (request, next) => {
      const names = operationsOf(request).filter(({ path }) => path === 'userName');
      if (!patchOfUser(request) || names.length === 0) return next(request);
      const own = textOf(objectOf(await current(request, next))['userName']);
      const isOwn = names.some(
        ({ value }) => textOf(value) !== own && textOf(value).toLowerCase() === own.toLowerCase(),
      );
      return isOwn ? refusal(409, 'uniqueness') : next(request);
    },
  ],
  [
    'attribute-not-added',
    'A PATCH does not add roles',
    'RFC7644-3.5.2.1-04',
    ['attribute.added'],
    losing(({ op, path }) => op === 'add' && path === 'roles'),
  ],
  [
    'attribute-not-removed',
    'A PATCH does not remove entitlements',
    'RFC7644-3.5.2.2-02',
    ['attribute.removed'],
    losing(({ op, path }) => op === 'remove' && path === 'entitlements'),
  ],
  [
    'group-rename-drops-external-id',
    'A PATCH of the name of a group takes its externalId away',
    'RFC7644-3.5.2.3-02',
    ['patch.rename-group'],
    () =>
      sent(
        request =>
          onOne('PATCH', 'Groups')(request) && operationsOf(request).every(({ path }) => path === 'displayName'),
        request => withOperations(request, [...operationsOf(request), { op: 'remove', path: 'externalId' }]),
      ),
  ],
  [
    'membership-by-name',
    'A new user with the userName of a deleted one is in its groups',
    'RFC7644-3.6-05',
    ['delete.nothing-handed-down'],
    inherited,
  ],
  [
    'one-element-of-a-type',
    'Of the e-mails of one type a create keeps the first',
    'RFC7643-7-27',
    ['user.all-elements'],
    () =>
      sent(createOfUser, request => {
        const { emails } = objectOf(request);
        if (!Array.isArray(emails)) return request;
        const all = (emails as readonly Json[]).filter(isObject);
        const first = all.filter(
          ({ type }, at) => type === undefined || all.findIndex(one => one['type'] === type) === at,
        );
        return { ...request, json: { ...objectOf(request), emails: first } };
      }),
  ],
  [
    'bulk-put-drops-extension',
    'A PUT in a bulk request loses the extension',
    'RFC7644-3.7.3-02',
    ['bulk.replace'],
    () =>
      sent(onBulk, request =>
        withOperations(
          request,
          operationsOf(request).map(operation => {
            const { method, data = null } = operation;
            return method === 'PUT' && isObject(data)
              ? { ...operation, data: without(data, ENTERPRISE_USER) }
              : operation;
          }),
        ),
      ),
  ],
  [
    'bulk-patch-in-halves',
    'A PATCH in a bulk request keeps what came before the operation that failed',
    'RFC7644-3.5.2-23',
    ['bulk.patch-atomic'],
    () => async (request, next) => {
      if (!onBulk(request)) return next(request);
      for (const { method, path, data = null } of operationsOf(request)) {
        const operations = isObject(data) ? data['Operations'] : undefined;
        if (method !== 'PATCH' || !Array.isArray(operations) || operations.length < 2) continue;
        const Operations = (operations as readonly Json[]).slice(0, 1);
        await next({ ...request, method: 'PATCH', path: textOf(path), json: { ...(data as JsonObject), Operations } });
      }
      return next(request);
    },
  ],
];

/** What a provider keeps that it should have let go, and what gets lost beside what a request is about. */
export const stateKeptDefects: readonly Defect[] = rows.map(toDefect);
