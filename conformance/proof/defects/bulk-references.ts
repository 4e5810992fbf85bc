import { bulkResultsOf, placeOf } from '../../../scim/message/bulk.ts';
import { isObject } from '../../../scim/message/list.ts';
import { withJson, type Hop, type Json, type JsonObject } from '../../../scim/wire/message.ts';
import {
  also,
  hasFailed,
  isMethod,
  onBulk,
  operations,
  referencesIn,
  results,
  textOf,
  withOperation,
  withoutMembers,
} from '../bulk-hops.ts';
import type { Defect } from '../defect.ts';
import { answer, objectOf, onOne, operationsOf, refusal, swallow, without } from '../hops.ts';

const bulkIdOf = (operation: JsonObject): string => `bulkId:${textOf(operation['bulkId'])}`;
const isGroup = ({ path }: JsonObject): boolean => typeof path === 'string' && path.startsWith('/Groups');
const isSelfReferring = (operation: JsonObject): boolean =>
  referencesIn(operation['data']).includes(bulkIdOf(operation));

/** Operations of which two have each other's bulkId in their data. */
const isCircle = (all: readonly JsonObject[]): boolean =>
  all.length === 2 &&
  all.every((operation, at) => referencesIn(operation['data']).includes(bulkIdOf(all[1 - at] ?? {})));

/** A provider that keeps references as they were sent: reads show them in place of the ids, in parts of the resource. */
const verbatim =
  (endpoint: 'Users' | 'Groups', kept: (operation: JsonObject) => boolean): (() => Hop) =>
  () => {
    const names = new Map<string, string>();
    const affected = new Set<string>();
    const shown = (value: Json): Json => {
      if (typeof value === 'string') return names.get(value) ?? value;
      if (Array.isArray(value)) return value.map((entry: Json) => shown(entry));
      if (!isObject(value)) return value;
      return Object.fromEntries(
        Object.entries(value).map(([name, member]) => [name, name === 'id' ? member : shown(member)]),
      );
    };
    return async (request, next) => {
      const response = await next(request);
      if (onBulk(request)) {
        const meant = operationsOf(request).filter(kept);
        for (const { bulkId, location } of bulkResultsOf(response.json) ?? []) {
          const place = placeOf(location);
          if (!place) continue;
          if (bulkId !== undefined) names.set(place.id, `bulkId:${bulkId}`);
          const path = `${place.endpoint}/${place.id}`;
          if (meant.some(operation => operation['path'] === path || operation['bulkId'] === bulkId)) affected.add(path);
        }
      }
      const path = request.path.replace(/\?.*$/, '');
      if (!onOne('GET', endpoint)(request) || !affected.has(path) || !isObject(response.json)) return response;
      return withJson(response, shown(response.json));
    };
  };

const mapped = (change: (operation: JsonObject, all: readonly JsonObject[]) => JsonObject): Hop =>
  operations(all => all.map(operation => change(operation, all)));

/** Members that refer to what some test says are left out on the way. */
const membersDropped = (
  drops: (reference: string, operation: JsonObject, all: readonly JsonObject[]) => boolean,
): Hop =>
  mapped((operation, all) =>
    isGroup(operation) && operation['data'] !== undefined && operation['method'] !== 'PATCH'
      ? { ...operation, data: withoutMembers(operation['data'], reference => drops(reference, operation, all)) }
      : operation,
  );

/** What may be wrong about bulkId in place of an id. */
export const bulkReferenceDefects = [
  {
    id: 'bulk-reference-kept',
    title: 'The members of a group keep the bulkId in place of the id',
    breaks: 'RFC7644-3.7.2-01',
    noticedBy: ['bulk.reference', 'bulk.reference-many', 'bulk.reference-forward'],
    hop: verbatim('Groups', isMethod('POST')),
  },
  {
    id: 'bulk-reference-kept-in-put',
    title: 'A group that is replaced keeps the bulkId in place of the id',
    breaks: 'RFC7644-3.7.2-01',
    noticedBy: ['bulk.reference-in-replace'],
    hop: verbatim('Groups', isMethod('PUT')),
  },
  {
    id: 'bulk-reference-kept-in-extension',
    title: 'A manager keeps the bulkId in place of the id',
    breaks: 'RFC7644-3.7.2-02',
    noticedBy: ['bulk.reference-in-extension'],
    hop: verbatim('Users', operation => !isSelfReferring(operation)),
  },
  {
    id: 'bulk-reference-to-itself-kept',
    title: 'A user who is their own manager keeps the bulkId in place of the id',
    breaks: 'RFC7644-3.7.2-01',
    noticedBy: ['bulk.reference-to-itself'],
    hop: verbatim('Users', isSelfReferring),
  },
  {
    id: 'bulk-reference-dropped',
    title: 'A reference by bulkId among members is dropped',
    breaks: 'RFC7644-3.7.2-01',
    noticedBy: ['bulk.reference', 'bulk.reference-many', 'bulk.reference-forward', 'bulk.reference-in-replace'],
    hop: () => membersDropped(() => true),
  },
  {
    id: 'bulk-reference-once',
    title: 'A bulkId is replaced where it occurs first, and dropped where it occurs again',
    breaks: 'RFC7644-3.7.2-01',
    noticedBy: ['bulk.reference-many'],
    hop: () =>
      membersDropped((reference, operation, all) => {
        const first = all.find(({ data }) => referencesIn(data).includes(reference));
        return first?.['bulkId'] !== operation['bulkId'];
      }),
  },
  {
    id: 'bulk-reference-forward-dropped',
    title: 'A reference to a resource further down is dropped',
    breaks: 'RFC7644-3.7.2-01',
    noticedBy: ['bulk.reference-forward'],
    hop: () =>
      membersDropped((reference, operation, all) => {
        const target = all.findIndex(other => bulkIdOf(other) === reference);
        return target > all.findIndex(({ bulkId }) => bulkId === operation['bulkId']);
      }),
  },
  {
    id: 'bulk-waiting-group-doubled',
    title: 'A group that waits for a user further down is created twice',
    breaks: 'RFC7644-3.7-22',
    noticedBy: ['bulk.created-once'],
    hop: () => async (request, next) => {
      const [first] = onBulk(request) ? operationsOf(request) : [];
      if (first && isGroup(first) && referencesIn(first['data']).length > 0 && first['method'] === 'POST') {
        await also(
          next,
          request,
          'POST',
          '/Groups',
          withoutMembers(first['data'], () => true),
        );
      }
      return next(request);
    },
  },
  {
    id: 'bulk-circle-as-500',
    title: 'A circle of references is answered with 500',
    breaks: 'RFC7644-3.7.1-01',
    noticedBy: ['bulk.circle'],
    hop: () =>
      swallow(
        request => onBulk(request) && isCircle(operationsOf(request)),
        () => refusal(500),
      ),
  },
  {
    id: 'bulk-circle-cut',
    title: 'Of a circle of references one is dropped',
    breaks: 'RFC7644-3.7.1-02',
    noticedBy: ['bulk.circle-linked'],
    hop: () =>
      operations(all =>
        isCircle(all)
          ? all.map((operation, at) =>
              at === 0 && isObject(operation['data'])
                ? { ...operation, data: withoutExtension(operation['data']) }
                : operation,
            )
          : all,
      ),
  },
  {
    id: 'bulk-reference-unknown-dropped',
    title: 'A reference to a bulkId that no operation has is dropped',
    breaks: 'RFC7644-3.7.2-04',
    noticedBy: ['bulk.reference-unknown'],
    hop: () => membersDropped((reference, _operation, all) => !all.some(other => bulkIdOf(other) === reference)),
  },
  {
    id: 'bulk-reference-to-failed-accepted',
    title: 'A group whose member could not be created is reported as created',
    breaks: 'RFC7644-3.7.2-04',
    noticedBy: ['bulk.reference-to-failed'],
    hop: () =>
      results(
        (entry, result, at) =>
          at === 1 && hasFailed(result)
            ? { ...without(entry, 'response'), status: '201', location: '/Groups/none' }
            : entry,
        withOperation(operation => isGroup(operation) && referencesIn(operation['data']).length > 0),
      ),
  },
  {
    id: 'bulk-id-holds-the-word',
    title: 'The id of what a bulk request created holds the word bulkId',
    breaks: 'RFC7643-3.1-09',
    noticedBy: ['bulk.id-is-no-reference'],
    hop: () =>
      answer(onBulk, response => {
        const { Operations } = objectOf(response);
        if (!Array.isArray(Operations)) return response;
        const changed = Operations.filter(isObject).map(entry =>
          Object.assign({}, entry, { location: textOf(entry['location']).replace(/([^/]+)$/, 'bulkId-$1') }),
        );
        return withJson(response, { ...objectOf(response), Operations: changed });
      }),
  },
] as const satisfies readonly Defect[];

const withoutExtension = (resource: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(resource).filter(([name]) => !name.startsWith('urn:')));
