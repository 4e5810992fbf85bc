import { isObject } from '../../../scim/message/list.ts';
import { ENTERPRISE_USER, USER } from '../../../scim/message/urn.ts';
import type { Hop, Json, JsonObject } from '../../../scim/wire/message.ts';
import { createdId } from '../../run/given.ts';
import type { Defect } from '../defect.ts';
import {
  answer,
  mapOperations,
  objectOf,
  onList,
  onOne,
  operationsOf,
  parameterOf,
  patching,
  refusal,
  reply,
  resource,
  sent,
  withOperations,
  without,
  textOf,
} from '../hops.ts';

const postedUser = onList('POST', 'Users');
const postedGroup = onList('POST', 'Groups');
const oneUser = onOne('GET', 'Users');
const oneGroup = onOne('GET', 'Groups');

const container = (match: typeof oneUser, change: (held: JsonObject) => JsonObject | undefined): Hop =>
  sent(match, request => {
    const draft = objectOf(request);
    const held = draft[ENTERPRISE_USER];
    if (!isObject(held)) return request;
    const changed = change(held);
    const rest = without(draft, ENTERPRISE_USER);
    return { ...request, json: changed === undefined ? rest : { ...rest, [ENTERPRISE_USER]: changed } };
  });

const manager = (members: JsonObject): Hop =>
  resource(oneUser, user => {
    const held = user[ENTERPRISE_USER];
    const boss = isObject(held) ? held['manager'] : undefined;
    return isObject(held) && isObject(boss)
      ? { ...user, [ENTERPRISE_USER]: { ...held, manager: { ...boss, ...members } } }
      : user;
  });

/** What may be wrong about groups of their own, and about the enterprise extension. */
export const groupDefects = [
  {
    id: 'new-groups-have-members',
    title: 'A new group has its maker as a member',
    breaks: 'RFC7643-4.2-08',
    noticedBy: ['group.empty'],
    hop: () => resource(oneGroup, group => ({ members: [{ value: 'maker' }], ...group })),
  },
  {
    id: 'groups-without-name',
    title: 'A group without displayName is accepted',
    breaks: 'RFC7643-4.2-02',
    noticedBy: ['group.display-name-required'],
    hop() {
      const nameless = new Set<string>();
      return async (request, next) => {
        const draft = objectOf(request);
        const response = await next(
          postedGroup(request) && draft['displayName'] === undefined
            ? { ...request, json: { ...draft, displayName: 'none' } }
            : request,
        );
        const id = createdId(response);
        if (postedGroup(request) && draft['displayName'] === undefined && id !== undefined)
          nameless.add(`/Groups/${id}`);
        const shows = oneGroup(request) && nameless.has(request.path) && response.status === 200;
        return shows ? reply(200, without(objectOf(response), 'displayName')) : response;
      };
    },
  },
  {
    id: 'group-names-unique',
    title: 'A second group of one displayName is refused',
    breaks: 'RFC7643-4.2-09',
    noticedBy: ['group.same-name'],
    hop() {
      const taken = new Set<Json>();
      return async (request, next) => {
        const name = objectOf(request)['displayName'];
        if (!postedGroup(request) || name === undefined) return next(request);
        if (taken.has(name)) return refusal(409, 'uniqueness');
        taken.add(name);
        return next(request);
      };
    },
  },
  {
    id: 'member-value-replaced',
    title: 'A PATCH turns one member into another',
    breaks: 'RFC7643-4.2-04',
    noticedBy: ['group.member-immutable'],
    hop: () =>
      sent(
        patching(onOne('PATCH', 'Groups'), ({ path }) => /^members\[.*\]\.value$/.test(textOf(path))),
        request =>
          withOperations(
            request,
            operationsOf(request).map(({ value }) => ({
              op: 'replace',
              path: 'members',
              value: [{ value: value ?? '' }],
            })),
          ),
      ),
  },
  {
    id: 'extension-lost-on-put',
    title: 'A PUT leaves the extension as it was',
    breaks: 'RFC7643-4.3-02',
    noticedBy: ['enterprise.replace'],
    hop: () =>
      resource(oneUser, user => {
        const held = user[ENTERPRISE_USER];
        if (!isObject(held)) return user;
        const old = Object.entries(held).map(
          ([name, value]) => [name, typeof value === 'string' ? value.replace('Second', 'First') : value] as const,
        );
        return { ...user, [ENTERPRISE_USER]: Object.fromEntries(old) };
      }),
  },
  {
    id: 'extension-filter-finds-nothing',
    title: 'A filter with the URI of the extension finds nothing',
    breaks: 'RFC7643-4.3-02',
    noticedBy: ['enterprise.filter'],
    hop: () =>
      answer(onList('GET', 'Users'), (response, request) =>
        (parameterOf(request, 'filter') ?? '').startsWith(ENTERPRISE_USER)
          ? reply(200, { ...objectOf(response), totalResults: 0, Resources: [] })
          : response,
      ),
  },
  {
    id: 'extension-removal-ignored',
    title: 'A PATCH that removes an attribute of the extension does nothing',
    breaks: 'RFC7643-4.3-02',
    noticedBy: ['enterprise.patch-remove'],
    hop: () =>
      sent(
        patching(
          onOne('PATCH', 'Users'),
          ({ op, path }) => op === 'remove' && textOf(path).startsWith(ENTERPRISE_USER),
        ),
        request => mapOperations(request, () => true, { op: 'add', path: 'nickName', value: 'unchanged' }),
      ),
  },
  {
    id: 'first-schema-rules',
    title: 'Data of the extension is lost where schemas names it first',
    breaks: 'RFC7643-3-07',
    noticedBy: ['enterprise.schemas-order'],
    hop: () => async (request, next) => {
      const schemas = objectOf(request)['schemas'];
      const turned = Array.isArray(schemas) && schemas[0] === ENTERPRISE_USER;
      return turned ? container(postedUser, () => undefined)(request, next) : next(request);
    },
  },
  {
    id: 'unnamed-extension-stored',
    title: 'Data of an extension is stored without its name in schemas',
    breaks: 'RFC7643-3.3-05',
    noticedBy: ['enterprise.unnamed'],
    hop: () => resource(oneUser, user => (user[ENTERPRISE_USER] === undefined ? user : { ...user, schemas: [USER] })),
  },
  {
    id: 'manager-lost',
    title: 'The manager is dropped',
    breaks: 'RFC7643-4.3-07',
    noticedBy: ['enterprise.manager'],
    hop: () => container(postedUser, held => (held['manager'] === undefined ? held : without(held, 'manager'))),
  },
  {
    id: 'manager-ref-astray',
    title: 'The $ref of a manager leads to nobody',
    breaks: 'RFC7643-4.3-08',
    noticedBy: ['enterprise.manager-ref'],
    hop: () => manager({ $ref: '../Users/nobody' }),
  },
  {
    id: 'manager-name-of-client',
    title: 'The displayName of a manager is what the client sent',
    breaks: 'RFC7643-4.3-09',
    noticedBy: ['enterprise.manager-name'],
    hop: () => manager({ displayName: 'Zz Nobody' }),
  },
] as const satisfies readonly Defect[];
