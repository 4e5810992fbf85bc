import { isObject } from '../../../scim/message/list.ts';
import type { HttpRequest, Json } from '../../../scim/wire/message.ts';
import type { Defect } from '../defect.ts';
import {
  current,
  objectOf,
  onList,
  onOne,
  operationsOf,
  parameterOf,
  refusal,
  sent,
  swallow,
  answer,
} from '../hops.ts';
import { refiltered } from '../query-hops.ts';
import { make } from '../user-hops.ts';

const onGroups = onOne('PUT', 'Groups');
const groupList = onList('GET', 'Groups');
const crash = () => refusal(500);

/** What a database takes for an id that has a type of its own for them. */
const isOfOwnForm = (id: Json | undefined): boolean => typeof id === 'string' && /^[\da-f]+(?:-[\da-f]+){4}$/i.test(id);
const idOf = ({ path }: HttpRequest): string => decodeURIComponent(/^\/\w+\/([^/?]+)/.exec(path)?.[1] ?? '');

const hasStrangeMember = (value: Json | undefined): boolean =>
  Array.isArray(value) && value.some((one: Json) => isObject(one) && !isOfOwnForm(one['value']));

const crashing = (match: (request: HttpRequest) => boolean) => () => swallow(match, crash);

const numberBeyond = (name: string) => (request: HttpRequest) =>
  onList('GET', 'Users')(request) && Number(parameterOf(request, name) ?? 0) > 2_147_483_647;

const findingNobody = (sign: RegExp) => () =>
  sent(
    request => groupList(request) && sign.test(parameterOf(request, 'filter') ?? ''),
    request => refiltered(request, () => 'displayName eq "nobody-at-all"'),
  );

const namesChanged = (change: (name: string) => string) => () =>
  sent(onList('POST', 'Groups'), request => {
    const { displayName } = objectOf(request);
    return typeof displayName === 'string'
      ? { ...request, json: { ...objectOf(request), displayName: change(displayName) } }
      : request;
  });

/** What breaks where a request is of a form that few clients send. */
export const unusualFormDefects: readonly Defect[] = [
  make(
    'writes-choke-on-ids',
    'A write to an id that is no UUID is answered with 500',
    'RFC7644-3.12-12',
    'error.id-of-other-form',
    crashing(request => onOne('PUT', 'Users')(request) && !isOfOwnForm(idOf(request))),
  ),
  make(
    'deletes-choke-on-ids',
    'A DELETE of an id that is no UUID is answered with 500',
    'RFC7644-3.12-12',
    'error.id-of-other-form',
    crashing(request => onOne('DELETE', 'Users', 'Groups')(request) && !isOfOwnForm(idOf(request))),
  ),
  make(
    'group-reads-choke-on-ids',
    'A read of a group whose id is no UUID is answered with 500',
    'RFC7644-3.12-12',
    'error.id-of-other-form',
    crashing(request => onOne('GET', 'Groups')(request) && !isOfOwnForm(idOf(request))),
  ),
  make(
    'members-choke-on-values',
    'A group with a member whose value is no UUID is answered with 500',
    'RFC7644-3.12-09',
    'group.member-of-other-form',
    crashing(request => onList('POST', 'Groups')(request) && hasStrangeMember(objectOf(request)['members'])),
  ),
  make(
    'added-members-choke-on-values',
    'A PATCH that adds a member whose value is no UUID is answered with 500',
    'RFC7644-3.12-09',
    'group.member-of-other-form',
    crashing(
      request =>
        onOne('PATCH', 'Groups')(request) && operationsOf(request).some(({ value }) => hasStrangeMember(value)),
    ),
  ),
  make(
    'count-overflows',
    'A count beyond 32 bits is answered with 500',
    'RFC7644-3.4.2.4-10',
    'page.large-numbers',
    crashing(numberBeyond('count')),
  ),
  make(
    'start-index-overflows',
    'A startIndex beyond 32 bits is answered with 500',
    'RFC7644-3.4.2.4-05',
    'page.large-numbers',
    crashing(numberBeyond('startIndex')),
  ),
  make(
    'own-name-is-taken',
    'A PATCH that brings the userName of the user itself is refused as a conflict',
    'RFC7644-3.5.2.3-09',
    'patch.own-user-name',
    () => async (request, next) => {
      const names = onOne('PATCH', 'Users')(request)
        ? operationsOf(request).flatMap(({ path, value }) =>
            path === 'userName' ? [value] : isObject(value) ? [value['userName']] : [],
          )
        : [];
      if (!names.some(name => typeof name === 'string')) return next(request);
      const { userName } = objectOf(await current(request, next));
      return names.includes(userName) ? refusal(409, 'uniqueness') : next(request);
    },
  ),
  make(
    'own-group-name-is-taken',
    'A PUT of a group under its own name is refused as a conflict',
    'RFC7644-3.5.1-03',
    'replace.group-own-name',
    () => async (request, next) => {
      if (!onGroups(request)) return next(request);
      const { displayName } = objectOf(await current(request, next));
      return displayName !== undefined && displayName === objectOf(request)['displayName']
        ? refusal(409, 'uniqueness')
        : next(request);
    },
  ),
  make(
    'quotes-hide-groups',
    'A group whose name holds a quotation mark is not found by it',
    'RFC7644-3.4.2.2-47',
    'filter.group-name-text',
    findingNobody(/"[^"]*\\"/),
  ),
  make(
    'backslashes-hide-groups',
    'A group whose name holds a backslash is not found by it',
    'RFC7644-3.4.2.2-47',
    'filter.group-name-text',
    findingNobody(/\\\\/),
  ),
  make(
    'letters-hide-groups',
    'A group whose name is not ASCII is not found by it',
    'RFC7644-3.4.2.2-12',
    'filter.group-name-text',
    findingNobody(/[^\0-\x7f]/),
  ),
  make(
    'group-names-in-ascii',
    'Letters beyond ASCII in the name of a group become question marks',
    'RFC7643-2.3.1-03',
    'group.name-kept',
    namesChanged(name => name.replace(/[^\x20-\x7e]/gu, '?')),
  ),
  make(
    'group-names-cut',
    'The name of a group is cut after 64 characters',
    'RFC7643-2.3.1-03',
    'group.name-kept',
    namesChanged(name => name.slice(0, 64)),
  ),
  make(
    'parts-of-nothing-crash',
    'A read of part of what does not exist is answered with 500',
    'RFC7644-3.4.1-02',
    'read.unknown-in-part',
    () =>
      answer(
        request => onOne('GET', 'Users', 'Groups')(request) && /[?&](?:excludedA|a)ttributes=/.test(request.path),
        response => (response.status === 404 ? refusal(500) : response),
      ),
  ),
];
