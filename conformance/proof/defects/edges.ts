import { bulkResultsOf, placeOf } from '../../../scim/message/bulk.ts';
import { isObject, resourcesOf } from '../../../scim/message/list.ts';
import { ENTERPRISE_USER, LIST_RESPONSE } from '../../../scim/message/urn.ts';
import { withJson, type HttpRequest, type Hop, type Json, type JsonObject } from '../../../scim/wire/message.ts';
import { objects } from '../../run/membership.ts';
import { onBulk, referencesIn, results, textOf, withOperation, withoutMembers } from '../bulk-hops.ts';
import type { Defect } from '../defect.ts';
import {
  body,
  isSuccess,
  mapOperations,
  objectOf,
  onList,
  onOne,
  operationsOf,
  parameterOf,
  refusal,
  reply,
  resource,
  sent,
  swallow,
  withOperations,
  without,
} from '../hops.ts';
import { listing, refiltering, toDefect, users, type Row } from '../query-hops.ts';

const BADGE = 'urn:scimulator:params:scim:schemas:test:1.0:Badge';

const isRoot = ({ path }: HttpRequest): boolean => /^\/?(?:\?|$)/.test(path) || path === '/.search';
const hasFilter = (request: HttpRequest): boolean =>
  parameterOf(request, 'filter') !== null || objectOf(request)['filter'] !== undefined;

/** Every page by cursor but the first. */
const laterPage = (request: HttpRequest): boolean => users(request) && (parameterOf(request, 'cursor') ?? '') !== '';

const isCreationOf = (endpoint: string) => (operation: JsonObject) =>
  operation['method'] === 'POST' && operation['path'] === endpoint;

/** Members that refer to what is further down are left out on the way, as by one who links afterwards. */
const linkedLater: Hop = sent(withOperation(isCreationOf('/Groups')), request => {
  const all = operationsOf(request);
  const isLater = (reference: string, at: number) =>
    all.findIndex(({ bulkId }) => `bulkId:${textOf(bulkId)}` === reference) > at;
  return withOperations(
    request,
    all.map((operation, at) =>
      isCreationOf('/Groups')(operation)
        ? { ...operation, data: withoutMembers(operation['data'], reference => isLater(reference, at)) }
        : operation,
    ),
  );
});

const managedBy = (operation: JsonObject | undefined): string => {
  const [reference = ''] = referencesIn(operation?.['data']);
  return reference;
};

/** Of two who manage each other the first is made with the reference as it was sent, and the second is refused. */
function halfCircle(): Hop {
  const kept = new Map<string, string>();
  return async (request, next) => {
    const [one, two, more] = onBulk(request) ? operationsOf(request) : [];
    if (one && two && !more && managedBy(one) !== '' && managedBy(two) !== '' && isObject(one['data'])) {
      const data = without(one['data'], ENTERPRISE_USER);
      const response = await next(withOperations(request, [Object.assign({}, one, { data })]));
      const [made] = bulkResultsOf(response.json) ?? [];
      const place = placeOf(made?.location);
      if (!place || !made) return response;
      kept.set(`/Users/${place.id}`, managedBy(one));
      const failed = {
        method: 'POST',
        bulkId: two['bulkId'] ?? null,
        status: '409',
        response: refusal(409).json ?? null,
      };
      return withJson(response, { ...objectOf(response), Operations: [made.entry, failed] });
    }
    const response = await next(request);
    const value = onOne('GET', 'Users')(request) ? kept.get(request.path) : undefined;
    if (value === undefined || !isSuccess(response)) return response;
    return withJson(response, { ...objectOf(response), [ENTERPRISE_USER]: { manager: { value } } });
  };
}

/** Adding takes a value for one that is there, in whatever case. */
const foldingAdds: Hop = async (request, next) => {
  const [operation] = request.method === 'PATCH' ? operationsOf(request) : [];
  const text = JSON.stringify(operation?.['value'] ?? null);
  if (operation?.['op'] !== 'add' || !/"MIXED-/.test(text)) return next(request);
  return next(mapOperations(request, one => one === operation, { value: [] as readonly Json[] }));
};

const rows: readonly Row[] = [
  [
    'root-counts-users-only',
    'A query at the root without a filter counts users only',
    'RFC7644-3.4.2.1-01',
    ['search.root-total'],
    () =>
      sent(
        request => isRoot(request) && !hasFilter(request),
        request => ({
          ...request,
          path: request.path.startsWith('/.') ? '/Users/.search' : `/Users${request.path.replace(/^\//, '')}`,
        }),
      ),
  ],
  [
    'cursor-back-to-the-first',
    'Every previousCursor leads to the first page',
    'RFC9865-2-17',
    ['cursor.walk-back'],
    () => {
      let first: JsonObject = {};
      return async (request, next) => {
        const cursor = parameterOf(request, 'cursor');
        if (users(request) && cursor === 'backwards') return reply(200, first);
        const response = await next(request);
        if (!users(request) || cursor === null || !isSuccess(response)) return response;
        const list = objectOf(response);
        if (cursor === '') first = list;
        return withJson(
          response,
          list['previousCursor'] === undefined ? list : { ...list, previousCursor: 'backwards' },
        );
      };
    },
  ],
  [
    'cursor-back-to-all-before',
    'A previousCursor leads to all that came before, however little is asked for',
    'RFC9865-2-05',
    ['cursor.count'],
    () => {
      let before: readonly JsonObject[] = [];
      return async (request, next) => {
        const cursor = parameterOf(request, 'cursor');
        if (users(request) && cursor === 'backwards') {
          return reply(200, { schemas: [LIST_RESPONSE], totalResults: before.length, Resources: before });
        }
        const response = await next(request);
        if (!users(request) || cursor === null || !isSuccess(response)) return response;
        const list = objectOf(response);
        before = cursor === '' ? resourcesOf(list) : [...before, ...resourcesOf(list)];
        return withJson(
          response,
          list['previousCursor'] === undefined ? list : { ...list, previousCursor: 'backwards' },
        );
      };
    },
  ],
  [
    'cursor-total-of-what-is-left',
    'totalResults of a page by cursor counts what is left',
    'RFC7644-3.4.2-05',
    ['cursor.total'],
    listing(laterPage, list => ({ ...list, totalResults: Number(list['totalResults']) - resourcesOf(list).length })),
  ],
  [
    'bulk-waiting-group-made-without-its-member',
    'A group that waits for a user whose creation fails is made without it',
    'RFC7644-3.7.2-04',
    ['bulk.reference-to-failed-forward'],
    () => linkedLater,
  ],
  [
    'bulk-waiting-group-left-behind',
    'A group that waits for a user whose creation fails is refused, and made all the same',
    'RFC7644-3.7.2-04',
    ['bulk.reference-to-failed-forward'],
    () => {
      const refused = results((entry, result) => {
        const isGroup = textOf(entry['location']).includes('/Groups/') && (result.status ?? 0) < 300;
        return isGroup ? { ...without(entry, 'location'), status: '409', response: refusal(409).json ?? null } : entry;
      });
      return async (request, next) => refused(request, async inner => linkedLater(inner, next));
    },
  ],
  [
    'bulk-given-up-group-without-its-member',
    'Of a request that is given up a group stays that waited for a member',
    'RFC7644-3.7.2-01',
    ['bulk.reference-to-unreached'],
    () => linkedLater,
  ],
  [
    'bulk-circle-half-made',
    'Of a circle one user is made, with its reference by bulkId unresolved',
    'RFC7644-3.7.1-01',
    ['bulk.circle-linked'],
    halfCircle,
  ],
  [
    'required-extension-not-asked-for',
    'An extension is published as required, and users are made without it',
    'RFC7643-6-11',
    ['attribute.required-extension'],
    () =>
      body(onList('GET', 'ResourceTypes'), list => ({
        ...list,
        Resources: resourcesOf(list).map(type =>
          type['name'] === 'User'
            ? Object.assign({}, type, { schemaExtensions: [{ schema: BADGE, required: true }] })
            : type,
        ),
      })),
  ],
  [
    'computed-values-not-found',
    'Filters on the groups of a user find nobody',
    'RFC7644-3.4.2.2-03',
    ['filter.provider-values'],
    refiltering(users, filter => filter.replace(/^groups\.value eq "/, 'groups.value eq "-')),
  ],
  [
    'computed-values-ignored',
    'Conditions on the groups of a user are left out of filters',
    'RFC7644-3.4.2.2-03',
    ['filter.provider-values'],
    refiltering(users, filter => filter.replace(/^groups\.display eq "(?:[^"\\]|\\.)*" and /, '')),
  ],
  [
    'indirect-groups-direct',
    'Groups that a user is in by way of another are shown as direct',
    'RFC7643-4.1.2-16',
    ['relation.indirect'],
    () =>
      resource(onOne('GET', 'Users'), user =>
        user['groups'] === undefined
          ? user
          : { ...user, groups: objects(user['groups']).map(group => Object.assign({}, group, { type: 'direct' })) },
      ),
  ],
  [
    'extension-lost-in-other-case',
    'Data of an extension under its URI in another case is dropped',
    'RFC7643-2.1-01',
    ['enterprise.urn-other-case'],
    () =>
      sent(onList('POST', 'Users'), request => ({
        ...request,
        json: without(objectOf(request), ENTERPRISE_USER.toUpperCase()),
      })),
  ],
  [
    'ids-taken-as-encoded',
    'Ids in addresses are not decoded',
    'RFC7644-1.2-01',
    ['read.id-encoded'],
    () =>
      swallow(
        request => onOne('GET', 'Users')(request) && /%/.test(request.path),
        () => refusal(404),
      ),
  ],
  [
    'exact-values-folded-on-add',
    'A value that differs from one that is there in case only is not added',
    'RFC7644-3.5.2.1-06',
    ['patch.add-other-case'],
    () => foldingAdds,
  ],
  [
    'total-keeps-counting-the-deleted',
    'totalResults of a whole list counts users that were deleted',
    'RFC7644-3.4.2-05',
    ['page.total-whole'],
    () => {
      let deleted = 1;
      const counting = body(
        request => users(request) && parameterOf(request, 'filter') === null,
        list => ({ ...list, totalResults: Number(list['totalResults']) + deleted }),
      );
      return async (request, next) => {
        if (onOne('DELETE', 'Users')(request)) deleted += 1;
        return counting(request, next);
      };
    },
  ],
];

/** What is wrong only at the edge: without a filter, on the last page, further down, in another case. */
export const edgeDefects: readonly Defect[] = rows.map(toDefect);
