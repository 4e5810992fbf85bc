import { isErrorMessage } from '../../scim/message/error.ts';
import { isObject, resourcesOf } from '../../scim/message/list.ts';
import { withJson, type Json, type JsonObject } from '../../scim/wire/message.ts';
import type { Variant } from './variant.ts';
import { discoveryVariants } from './variants/discovery.ts';
import { groupVariants } from './variants/groups.ts';
import { idpVariants } from './variants/idp.ts';
import { meVariants } from './variants/me.ts';
import { needVariants } from './variants/needs.ts';
import { publishedWayVariants } from './variants/published-ways.ts';
import { queryVariants } from './variants/query.ts';
import { readJudgementVariants } from './variants/read-judgement.ts';
import { refusalVariants } from './variants/refusals.ts';
import { resourceVariants } from './variants/resources.ts';
import { serverHabitVariants } from './variants/server-habits.ts';
import { serverLimitVariants } from './variants/server-limits.ts';
import { versionVariants } from './variants/versions.ts';
import {
  always,
  answer,
  body,
  empty,
  onList,
  onOne,
  parameterOf,
  refusal,
  resource,
  restatus,
  sent,
  swallow,
  withParameter,
  without,
  withoutParameter,
} from './hops.ts';

const lists = onList('GET', 'Users', 'Groups');
const oneOf = (method: string) => onOne(method, 'Users', 'Groups');
const shown = (request: Parameters<typeof always>[0]) =>
  /^\/(?:Users|Groups)/.test(request.path) && request.method !== 'DELETE';

/** Members of every object in the opposite order. */
function turned(value: Json): Json {
  if (Array.isArray(value)) return value.map((entry: Json) => turned(entry));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, member]) => [name, turned(member)] as const)
      .reverse(),
  );
}

const declaring = (feature: string) => (config: JsonObject) => ({
  ...config,
  [feature]: { ...(isObject(config[feature]) ? config[feature] : {}), supported: false },
});

/** The same instant on a clock two hours ahead, to the microsecond. */
function elsewhere(instant: Json | undefined): Json {
  const time = typeof instant === 'string' ? Date.parse(instant) : NaN;
  if (Number.isNaN(time)) return instant ?? null;
  return `${new Date(time + 7_200_000).toISOString().slice(0, -1)}000+02:00`;
}

/** What is permitted: none of it may turn a check red. */
export const variants = [
  {
    id: 'patch-answers-204',
    title: 'A PATCH is answered with 204',
    permittedBy: 'RFC 7644 section 3.5.2',
    withdraws: ['patch.answer-is-state/', 'patch.group-answer-is-state/', 'projection.write-excluded/PATCH'],
    hop: () =>
      answer(
        request => oneOf('PATCH')(request) && parameterOf(request, 'attributes') === null,
        response => (response.status === 200 ? empty(204, response.headers) : response),
      ),
  },
  {
    id: 'media-type-with-charset',
    title: 'The media type carries a charset and is written in capitals',
    permittedBy: 'RFC 9110 section 8.3.1',
    hop: () =>
      answer(always, response =>
        response.headers['content-type'] === undefined
          ? response
          : { ...response, headers: { ...response.headers, 'content-type': 'Application/SCIM+JSON; charset=UTF-8' } },
      ),
  },
  {
    id: 'more-headers',
    title: 'Responses carry headers of infrastructure',
    permittedBy: 'RFC 9110 section 5.1',
    hop: () =>
      answer(always, response => ({
        ...response,
        headers: { ...response.headers, 'x-request-id': '1-2-3', 'cache-control': 'no-store', vary: 'Accept' },
      })),
  },
  {
    id: 'other-member-order',
    title: 'Members of objects come in another order',
    permittedBy: 'RFC 8259 section 4',
    hop: () =>
      answer(always, response => (response.json === undefined ? response : withJson(response, turned(response.json)))),
  },
  {
    id: 'whole-list-without-numbers',
    title: 'A list that holds everything leaves out startIndex and itemsPerPage',
    permittedBy: 'RFC 7644 section 3.4.2',
    hop: () =>
      body(lists, list =>
        resourcesOf(list).length === list['totalResults'] ? without(list, 'startIndex', 'itemsPerPage') : list,
      ),
  },
  {
    id: 'empty-list-without-resources',
    title: 'A list without entries leaves out Resources',
    permittedBy: 'RFC 7644 section 3.4.2',
    hop: () => body(lists, list => (resourcesOf(list).length === 0 ? without(list, 'Resources') : list)),
  },
  {
    id: 'small-pages',
    title: 'A page holds one entry at most',
    permittedBy: 'RFC 7644 section 3.4.2.4',
    withdraws: ['page.start-one-based', 'page.items-filtered', 'filter.typed/', 'sort.typed/', 'delete.not-listed/'],
    hop: () =>
      sent(
        request => lists(request) && /^(?:[1-9]\d*)?$/.test(parameterOf(request, 'count') ?? ''),
        request => {
          const rest = withoutParameter(request, 'count');
          return { ...rest, path: `${rest.path}${rest.path.includes('?') ? '&' : '?'}count=1` };
        },
      ),
  },
  {
    id: 'nulls-for-nothing',
    title: 'Attributes without a value come as null or as an empty list',
    permittedBy: 'RFC 7643 section 2.5',
    hop: () => resource(shown, whole => ({ nickName: null, externalId: null, password: null, groups: [], ...whole })),
  },
  {
    id: 'names-in-capitals',
    title: 'userName comes back in capitals',
    permittedBy: 'RFC 7643 section 7: case may be altered where caseExact is false',
    hop: () =>
      resource(shown, ({ userName, ...whole }) =>
        typeof userName === 'string' ? { ...whole, userName: userName.toUpperCase() } : whole,
      ),
  },
  {
    id: 'dates-with-fractions',
    title: 'Dates carry fractions of seconds and an offset',
    permittedBy: 'RFC 7643 section 2.3.5',
    hop: () =>
      resource(shown, whole => {
        const { meta } = whole;
        if (!isObject(meta)) return whole;
        return {
          ...whole,
          meta: { ...meta, created: elsewhere(meta['created']), lastModified: elsewhere(meta['lastModified']) },
        };
      }),
  },
  {
    id: 'errors-without-detail',
    title: 'Errors have no detail',
    permittedBy: 'RFC 7644 section 3.12',
    withdraws: ['wire.detail'],
    hop: () =>
      answer(always, response =>
        // Section 3.4.2.2 asks for words about a filter and 3.7.4 for the limit that was passed; nothing else does.
        isErrorMessage(response.json) && response.json.scimType !== 'invalidFilter' && response.status !== 413
          ? withJson(response, without<JsonObject>(response.json, 'detail'))
          : response,
      ),
  },
  {
    id: 'unknown-method-answers-404',
    title: 'A method that a collection does not have is answered with 404',
    permittedBy: 'RFC 7644 section 3.12, table 8',
    // Nothing is left to hold against a 405.
    withdraws: ['wire.allow'],
    hop: () => restatus(always, 405, 404),
  },
  {
    id: 'filters-declined',
    title: 'No filter is offered, and ServiceProviderConfig says so',
    permittedBy: 'RFC 7644 section 3.4.2.2',
    withdraws: [
      'group.',
      'version.group-in-list/',
      'version.in-list',
      'bulk.stops-at-first-error',
      'bulk.stops-at-second-error',
      'bulk.too-many-does-nothing',
      'bulk.created-once',
      'bulk.reference-to-failed-forward',
      'page.',
      'list.unknown-parameter',
      'list.last-modified',
      'sort.',
      'search.',
      'cursor.',
      'projection.',
      'filter.',
      'page.walk',
      'delete.not-found-by-filter',
      'create.leaves-nothing',
      'patch.remove-last-unassigns',
      'error.password-filter',
      'config.flag.sort',
      'config.max-results',
      'query.',
      'schema.',
      'tenant.external-id-filter/',
      'tenant.cursor',
    ],
    hop: () => {
      const declined = swallow(withParameter(lists, 'filter'), () => refusal(400, 'invalidFilter'));
      const config = body(onList('GET', 'ServiceProviderConfig'), declaring('filter'));
      return async (request, next) => declined(request, async inner => config(inner, next));
    },
  },
  {
    id: 'one-filter-declined',
    title: 'A filter on displayName is declined',
    permittedBy: 'RFC 7644 section 3.12, table 9',
    withdraws: [
      'group.',
      'version.group-in-list/',
      'bulk.created-once',
      'bulk.reference-to-failed-forward',
      'filter.',
      'projection.members',
      'search.root',
      'page.walk',
      'config.flag.sort',
      'schema.case-exact-filter/displayName',
      'projection.default-group/',
      'tenant.cursor',
    ],
    hop: () =>
      swallow(
        request => (parameterOf(request, 'filter') ?? '').startsWith('displayName'),
        () => refusal(400),
      ),
  },
  {
    id: 'no-patch',
    title: 'PATCH is not offered, and ServiceProviderConfig says so',
    permittedBy: 'RFC 7644 section 3.5.2',
    withdraws: [
      'projection.group-write/PATCH',
      'version.',
      'bulk.',
      'patch.',
      'projection.write',
      'user.external-id-changes',
      'group.member-immutable',
      'group.member-of-other-form/PATCH',
      'error.id-of-other-form/PATCH',
      'relation.',
      'auth.',
      'replace.after-patches/',
      'attribute.added',
      'attribute.removed',
      'filter.after-group-change/',
      'filter.after-members-change/',
    ],
    hop: () => {
      const refused = swallow(
        ({ method }) => method === 'PATCH',
        () => refusal(501),
      );
      const config = body(onList('GET', 'ServiceProviderConfig'), declaring('patch'));
      return async (request, next) => refused(request, async inner => config(inner, next));
    },
  },
  ...groupVariants,
  ...discoveryVariants,
  ...versionVariants,
  ...meVariants,
  ...needVariants,
  ...queryVariants,
  ...resourceVariants,
  ...readJudgementVariants,
  ...refusalVariants,
  ...serverHabitVariants,
  ...serverLimitVariants,
  ...publishedWayVariants,
  ...idpVariants,
] as const satisfies readonly Variant[];
