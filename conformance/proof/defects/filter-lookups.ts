import { resourcesOf } from '../../../scim/message/list.ts';
import { withJson } from '../../../scim/wire/message.ts';
import type { Hop, HttpRequest, JsonObject } from '../../../scim/wire/message.ts';
import type { Defect } from '../defect.ts';
import {
  isSuccess,
  objectOf,
  onList,
  onOne,
  operationsOf,
  parameterOf,
  refusal,
  swallow,
  type Match,
} from '../hops.ts';
import { toDefect, refiltered, refiltering, type Row } from '../query-hops.ts';

const usersList = onList('GET', 'Users');

/** The attribute stays what it was first, as long as filters are asked. */
const indexOnce =
  (attribute: string): (() => Hop) =>
  () => {
    const first = new Map<string, string>();
    return async (request, next) => {
      const response = await next(request);
      const { id } = objectOf(response);
      const value = objectOf(response)[attribute];
      const known = typeof id === 'string' && typeof value === 'string';
      if (known && !onOne('GET', 'Users')(request) && !first.has(id)) first.set(id, value);
      const filter = parameterOf(request, 'filter') ?? '';
      if (!usersList(request) || !filter.startsWith(`${attribute} eq `) || !isSuccess(response)) return response;
      const wanted = filter.slice(`${attribute} eq `.length);
      const there = resourcesOf(response.json).filter(user => {
        const before = first.get(typeof user['id'] === 'string' ? user['id'] : '');
        return before === undefined || JSON.stringify(before) === wanted;
      });
      return withJson(response, { ...objectOf(response), totalResults: there.length, Resources: [...there] });
    };
  };

/** Deleted resources stay in answers that a match takes. */
const undead =
  (endpoint: 'Users' | 'Groups', stays: (request: HttpRequest, dead: JsonObject) => boolean): (() => Hop) =>
  () => {
    const dead: JsonObject[] = [];
    return async (request, next) => {
      const isDelete = onOne('DELETE', endpoint)(request);
      const before = isDelete ? await next({ method: 'GET', path: request.path, headers: request.headers }) : undefined;
      const response = await next(request);
      if (isDelete && isSuccess(response) && before && isSuccess(before)) dead.push(objectOf(before));
      if (!onList('GET', endpoint)(request) || !isSuccess(response)) return response;
      const more = dead.filter(one => stays(request, one));
      const list = objectOf(response);
      const total = typeof list['totalResults'] === 'number' ? list['totalResults'] : 0;
      const resources = [...resourcesOf(list), ...more];
      return withJson(response, {
        ...list,
        totalResults: total + more.length,
        itemsPerPage: resources.length,
        Resources: resources,
      });
    };
  };

/** Declines filters of a form. */
const swallowing = (match: Match, form: RegExp): Hop =>
  swallow(
    request => match(request) && form.test(parameterOf(request, 'filter') ?? ''),
    () => refusal(400, 'invalidFilter'),
  );

const rows: readonly Row[] = [
  [
    'capital-operators-declined',
    'Operators in capitals are declined',
    'RFC7644-3.4.2.2-05',
    ['filter.operator-other-case'],
    () => swallowing(usersList, / (?:EQ|NE|CO|EW|GT|LT|PR)\b/),
  ],
  [
    'and-case-exact',
    'AND is declined',
    'RFC7644-3.4.2.2-06',
    ['filter.logic-other-case'],
    () => swallowing(usersList, / AND /),
  ],
  [
    'names-case-exact-in-filters',
    'Names of sub-attributes in another case are declined',
    'RFC7644-3.4.2.2-04',
    ['filter.sub-attribute-other-case'],
    () => swallowing(usersList, /NAME\.familyname/),
  ],
  [
    'core-urn-declined',
    'Filters with the URN of the core schema are declined',
    'RFC7644-3.4.2.2-48',
    ['filter.core-urn'],
    () => swallowing(usersList, /core:2\.0:User:/),
  ],
  [
    'percent-is-a-wildcard',
    'A percent sign in a filter stands for any text',
    'RFC7644-3.4.2.2-12',
    ['filter.no-pattern'],
    refiltering(usersList, filter => filter.replace(/ eq "u%er/, ' eq "user')),
  ],
  [
    'dot-is-a-wildcard',
    'A dot in a filter stands for any letter',
    'RFC7644-3.4.2.2-19',
    ['filter.no-pattern'],
    refiltering(usersList, filter => filter.replace(/ co "u\.er/, ' co "user')),
  ],
  [
    'operands-trimmed',
    'Blanks around the operand of a filter do not count',
    'RFC7644-3.4.2.2-12',
    ['filter.identical'],
    refiltering(usersList, filter => filter.replace(/ +"$/, '"').replace(/ eq " +/, ' eq "')),
  ],
  [
    'accents-do-not-count',
    'Accents in the operand of a filter do not count',
    'RFC7644-3.4.2.2-12',
    ['filter.identical'],
    refiltering(usersList, filter => filter.normalize('NFD').replace(/\p{M}/gu, '')),
  ],
  [
    'or-looks-up-the-first',
    'Of two userNames that are joined by or only the first is looked up',
    'RFC7644-3.4.2.2-35',
    ['filter.either'],
    refiltering(usersList, filter => filter.replace(/^((?:userName|externalId|id) eq "[^"]*") or .*$/, '$1')),
  ],
  [
    'or-in-brackets-looks-up-the-first',
    'Inside of brackets only the first side of or counts',
    'RFC7644-3.4.2.2-35',
    ['filter.either-in-brackets'],
    refiltering(usersList, filter => filter.replace(/^(emails\[value eq "[^"]*") or [^\]]*\]$/, '$1]')),
  ],
  [
    'index-keeps-the-first-value',
    'Filters find a user by the displayName that it was made with',
    'RFC7644-3.4.2.2-03',
    ['filter.after-change'],
    indexOnce('displayName'),
  ],
  [
    'groups-keep-their-name-in-filters',
    'A renamed group is not found by its new name',
    'RFC7644-3.4.2.2-03',
    ['filter.after-group-change'],
    refiltering(onList('GET', 'Groups'), filter =>
      filter.replace(/^displayName eq "renamed-/, 'displayName eq "lost-'),
    ),
  ],
  [
    'members-lost-in-filters',
    'A group that lost a member is not found by those it has',
    'RFC7644-3.4.2.2-03',
    ['filter.after-members-change'],
    () => {
      let left = false;
      return async (request, next) => {
        left ||= onOne('PATCH', 'Groups')(request) && operationsOf(request).some(({ op }) => op === 'remove');
        const declined = left && onList('GET', 'Groups')(request);
        return next(
          declined
            ? refiltered(request, filter => filter.replace('members.value eq "', 'members.value eq "x'))
            : request,
        );
      };
    },
  ],
  [
    'deleted-found-by-external-id',
    'A deleted user is found by its externalId',
    'RFC7644-3.6-04',
    ['filter.deleted'],
    undead(
      'Users',
      (request, { externalId }) => parameterOf(request, 'filter') === `externalId eq ${JSON.stringify(externalId)}`,
    ),
  ],
  [
    'deleted-users-in-lists',
    'A deleted user stays in the list of all users',
    'RFC7644-3.6-04',
    ['delete.not-listed'],
    undead('Users', request => parameterOf(request, 'filter') === null && parameterOf(request, 'count') === '1000'),
  ],
];

/** Filters that find too much, too little, or what is no longer so. */
export const filterLookupDefects: readonly Defect[] = rows.map(toDefect);
