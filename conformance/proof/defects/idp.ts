import { isObject } from '../../../scim/message/list.ts';
import { withJson } from '../../../scim/wire/message.ts';
import type { JsonObject } from '../../../scim/wire/message.ts';
import type { Defect } from '../defect.ts';
import {
  answer,
  empty,
  objectOf,
  onList,
  onOne,
  operationsOf,
  parameterOf,
  refusal,
  resource,
  sent,
  swallow,
  textOf,
  withOperations,
  withoutParameter,
  type Match,
} from '../hops.ts';
import { broken, everybody, filterOf, nobody } from '../filter-hops.ts';
import {
  dropped,
  elementsOf,
  on,
  patchAny,
  patchGroup,
  patchUser,
  pathless,
  refusing,
  turned,
  type Kind,
} from '../modify-hops.ts';
import { toDefect, users, type Row } from '../query-hops.ts';

const posts = (endpoint: 'Users' | 'Groups', has: (draft: JsonObject) => boolean): Match => {
  const match = onList('POST', endpoint);
  return request => match(request) && has(objectOf(request));
};
const refused = (match: Match, scimType = 'invalidValue') => swallow(match, () => refusal(400, scimType));

const dotted: Kind = operation =>
  pathless('replace')(operation) &&
  isObject(operation['value']) &&
  Object.keys(operation['value']).some(name => /[.:]/.test(name));
const brings =
  (...names: readonly string[]): Kind =>
  operation =>
    pathless('replace')(operation) &&
    isObject(operation['value']) &&
    names.every(name => isObject(operation['value']) && name in operation['value']);
/** Texts where something else is wanted. */
const isText =
  (kind: Kind): Kind =>
  operation =>
    kind(operation) && typeof operation['value'] === 'string';
const isActiveText = isText(on('replace', /^active$/));
const isManagerText = isText(on('add', /:manager$/));
const isEmptyList = (draft: JsonObject, name: string) => Array.isArray(draft[name]) && draft[name].length === 0;

const patchless = async (request: Parameters<Match>[0], next: Parameters<ReturnType<Defect['hop']>>[1]) => {
  if (patchAny(request)) return refusal(501);
  const response = await next(request);
  if (request.path !== '/ServiceProviderConfig' || !isObject(response.json)) return response;
  return withJson(response, { ...response.json, patch: { supported: false } });
};

/** What counts only where an identity provider sends it. */
const counted: readonly (readonly [profile: string, rows: readonly Row[]])[] = [
  [
    'jumpcloud',
    [
      [
        'patch-not-offered',
        'There is no PATCH, and that is announced',
        'RFC7644-3.5.2-01',
        ['patch.announced'],
        () => patchless,
      ],
      [
        'user-name-filter-declined',
        'The filter on userName is declined',
        'IDP-1',
        ['idp.look-up-user'],
        () => {
          const declined = broken(/^userName eq/, 400)();
          return async (request, next) => (users(request) ? declined(request, next) : next(request));
        },
      ],
      [
        'group-filter-passed-over',
        'A filter on the displayName of groups gives all of them',
        'IDP-4',
        ['idp.look-up-group'],
        () => {
          const whole = everybody(/^displayName eq/)();
          return async (request, next) => (onList('GET', 'Groups')(request) ? whole(request, next) : next(request));
        },
      ],
    ],
  ],
  [
    'okta',
    [
      [
        'filter-with-page-finds-nobody',
        'A filter together with a page of 100 finds nobody',
        'IDP-2',
        ['idp.look-up-page'],
        () => {
          const none = nobody(/ eq /)();
          return async (request, next) =>
            parameterOf(request, 'count') === '100' ? none(request, next) : next(request);
        },
      ],
      [
        'empty-groups-refused',
        'A user that comes with an empty list of groups is refused',
        'IDP-13',
        ['idp.user-of-okta'],
        () =>
          refused(
            posts('Users', draft => isEmptyList(draft, 'groups')),
            'mutability',
          ),
      ],
      [
        'create-with-password-without-body',
        'A user that is made with a password is not shown in the answer',
        'IDP-13',
        ['idp.user-of-okta'],
        () =>
          answer(
            posts('Users', draft => 'password' in draft && 'groups' in draft),
            ({ headers }) => empty(201, headers),
          ),
      ],
      [
        'id-in-value-refused',
        'A PATCH of a group whose value holds the id is refused',
        'IDP-14',
        ['idp.rename-with-id'],
        () => refusing(brings('id'), 'mutability', patchGroup),
      ],
      [
        'empty-members-beside-name-ignored',
        'An empty list of members beside a name is passed over',
        'IDP-15',
        ['idp.emptied-without-path'],
        () =>
          turned(
            brings('displayName', 'members'),
            ({ op = 'replace', value }) => ({
              op,
              value: isObject(value) ? { displayName: value['displayName'] ?? '' } : {},
            }),
            patchGroup,
          ),
      ],
      [
        'first-change-of-members-alone',
        'Of several changes of members in one request the first is carried out',
        'IDP-16',
        ['idp.members-in-one-request'],
        () =>
          sent(
            request => patchGroup(request) && operationsOf(request).length > 1,
            request => withOperations(request, operationsOf(request).slice(0, 1)),
          ),
      ],
      [
        'empty-members-refused',
        'A group with an empty list of members is refused',
        'IDP-17',
        ['idp.group-without-members'],
        () => refused(posts('Groups', draft => isEmptyList(draft, 'members'))),
      ],
    ],
  ],
  [
    'entra',
    [
      [
        'external-id-filter-declined',
        'The filter on externalId is declined',
        'IDP-3',
        ['idp.look-up-external-id'],
        () => broken(/^externalId eq/, 400)(),
      ],
      [
        'members-in-filtered-lists',
        'Groups that are looked up show their members, whatever is excluded',
        'IDP-5',
        ['idp.look-up-group-without-members'],
        () =>
          sent(
            request => onList('GET', 'Groups')(request) && filterOf(request) !== '',
            request => withoutParameter(request, 'excludedAttributes'),
          ),
      ],
      [
        'plus-is-a-plus',
        'A plus in a query stands for itself',
        'IDP-6',
        ['idp.look-up-form-encoded'],
        () =>
          swallow(
            request => users(request) && /filter=[^&]*\+eq\+/.test(request.path),
            () => refusal(400, 'invalidFilter'),
          ),
      ],
      [
        'active-text-refused',
        'A state that comes as text is refused',
        'IDP-7',
        ['idp.active-text'],
        () => refusing(isActiveText, 'invalidValue', patchUser),
      ],
      [
        'every-text-is-true',
        'A state that comes as text is taken for true',
        'IDP-7',
        ['idp.active-text'],
        () => turned(isActiveText, operation => ({ ...operation, value: true }), patchUser),
      ],
      [
        'dotted-keys-passed-over',
        'Names with dots or URNs in a value are passed over',
        'IDP-8',
        ['idp.dotted-keys'],
        () => dropped(dotted, patchUser),
      ],
      [
        'manager-text-refused',
        'A manager that comes as a text is refused',
        'IDP-9',
        ['idp.manager-text'],
        () => refusing(isManagerText, 'invalidValue', patchUser),
      ],
      [
        'manager-text-mistaken',
        'A manager that comes as a text becomes somebody else',
        'IDP-9',
        ['idp.manager-text'],
        () => turned(isManagerText, operation => ({ ...operation, value: { value: 'somebody-else' } }), patchUser),
      ],
      [
        'empty-ref-refused',
        'A member with an empty $ref is refused',
        'IDP-10',
        ['idp.members-with-empty-ref'],
        () =>
          refusing(
            operation => elementsOf(operation, 'value').some(({ $ref }) => $ref === null),
            'invalidValue',
            patchGroup,
          ),
      ],
      [
        'foreign-schema-of-group-refused',
        'A group that names a schema of Microsoft is refused',
        'IDP-11',
        ['idp.group-with-foreign-schema'],
        () =>
          refused(posts('Groups', ({ schemas }) => JSON.stringify(schemas ?? '').includes('schemas.microsoft.com'))),
      ],
      [
        'nulls-beside-meta-refused',
        'A user that comes with null in it is refused',
        'IDP-12',
        ['idp.user-of-entra'],
        () => refused(posts('Users', draft => Object.values(draft).includes(null))),
      ],
      [
        'nulls-as-words',
        'A null that a user comes with is kept as a word',
        'IDP-12',
        ['idp.user-of-entra'],
        () => {
          const made = new Set<string>();
          const shows = resource(onOne('GET', 'Users'), one =>
            made.has(textOf(one['id'])) ? { ...one, nickName: 'null' } : one,
          );
          return async (request, next) => {
            const response = await shows(request, next);
            const { id } = objectOf(response);
            if (posts('Users', draft => draft['nickName'] === null)(request) && typeof id === 'string') made.add(id);
            return response;
          };
        },
      ],
    ],
  ],
];

export const idpDefects: readonly Defect[] = counted.flatMap(([profile, rows]) =>
  rows.map(row => Object.assign({ profile }, toDefect(row))),
);
