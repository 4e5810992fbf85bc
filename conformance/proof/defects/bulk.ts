import { bulkResultsOf } from '../../../scim/message/bulk.ts';
import { isObject } from '../../../scim/message/list.ts';
import { LIST_RESPONSE } from '../../../scim/message/urn.ts';
import { type Hop, type JsonObject } from '../../../scim/wire/message.ts';
import {
  announced,
  eachOperation,
  hasFailed,
  isFailedCreation,
  isMethod,
  onBulk,
  operations,
  reading,
  results,
  resultsOf,
  textOf,
} from '../bulk-hops.ts';
import type { Defect } from '../defect.ts';
import { answer, body, without } from '../hops.ts';

const pathOf = ({ path }: JsonObject): string => textOf(path);

/** One hop after the other, the first outermost. */
const both =
  (outer: Hop, inner: Hop): Hop =>
  async (request, next) =>
    outer(request, async passed => inner(passed, next));

/** What may be wrong about bulk requests. */
export const bulkDefects = [
  {
    id: 'bulk-serves-what-it-denies',
    title: 'Bulk requests are carried out although ServiceProviderConfig denies it',
    breaks: 'RFC7644-3.7-01',
    noticedBy: ['bulk.unsupported'],
    hop: () => announced({ supported: false }),
  },
  {
    id: 'bulk-answers-201',
    title: 'A bulk request is answered with 201',
    breaks: 'RFC7644-3.7-15',
    noticedBy: ['bulk.status'],
    hop: () => restatusOk(201),
  },
  {
    id: 'bulk-answers-with-worst-status',
    title: 'A bulk request is answered with the status of the operation that failed',
    breaks: 'RFC7644-3.7-15',
    noticedBy: ['bulk.status-with-failures'],
    hop: () =>
      answer(onBulk, response => {
        const failed = bulkResultsOf(response.json)?.find(hasFailed);
        return failed?.status === undefined ? response : { ...response, status: failed.status };
      }),
  },
  {
    id: 'bulk-answers-with-list',
    title: 'A bulk response calls itself a list response',
    breaks: 'RFC7644-3.7-02',
    noticedBy: ['bulk.response-schema'],
    hop: () => body(onBulk, message => ({ ...message, schemas: [LIST_RESPONSE], totalResults: 1 })),
  },
  {
    id: 'bulk-results-elsewhere',
    title: 'The results of a bulk request come as Resources',
    breaks: 'RFC7644-3.7-04',
    noticedBy: ['bulk.response-operations'],
    hop: () => body(onBulk, ({ Operations, ...message }) => ({ ...message, Resources: Operations ?? [] })),
  },
  {
    id: 'bulk-repeats-fail-on-errors',
    title: 'A bulk response repeats failOnErrors',
    breaks: 'RFC7644-3.7-02',
    noticedBy: ['bulk.response-without-fail-on-errors'],
    hop: () => body(onBulk, message => ({ ...message, failOnErrors: 1 })),
  },
  {
    id: 'bulk-reports-failures-only',
    title: 'Of several operations only the failures are reported',
    breaks: 'RFC7644-3.7.3-01',
    noticedBy: ['bulk.all-reported'],
    hop: () => results((entry, result) => (hasFailed(result) || result.method === 'POST' ? entry : undefined)),
  },
  {
    id: 'bulk-reports-no-failed-deletions',
    title: 'A deletion that fails is not reported',
    breaks: 'RFC7644-3.7.3-01',
    noticedBy: ['bulk.all-reported'],
    hop: () => results((entry, result) => (result.method === 'DELETE' && hasFailed(result) ? undefined : entry)),
  },
  {
    id: 'bulk-method-missing',
    title: 'Results do not name the method',
    breaks: 'RFC7644-3.7-05',
    noticedBy: ['bulk.method-named'],
    hop: () => results(entry => without(entry, 'method')),
  },
  {
    id: 'bulk-method-in-small-letters',
    title: 'The result of a deletion names its method in small letters',
    breaks: 'RFC7644-3.7-05',
    noticedBy: ['bulk.method-named'],
    hop: () => resultsOf(isMethod('DELETE'), entry => ({ ...entry, method: 'delete' })),
  },
  {
    id: 'bulk-creates-with-200',
    title: 'A creation in a bulk request has status 200',
    breaks: 'RFC7644-3.7.3-02',
    noticedBy: ['bulk.operation-status'],
    hop: () =>
      resultsOf(
        ({ status }) => status === 201,
        entry => ({ ...entry, status: '200' }),
      ),
  },
  {
    id: 'bulk-deletes-with-200',
    title: 'A deletion in a bulk request has status 200',
    breaks: 'RFC7644-3.7.3-02',
    noticedBy: ['bulk.operation-status'],
    hop: () => resultsOf(isMethod('DELETE'), entry => ({ ...entry, status: '200' })),
  },
  {
    id: 'bulk-status-missing',
    title: 'The result of a PUT has no status',
    breaks: 'RFC7644-3.7.3-02',
    noticedBy: ['bulk.operation-status'],
    hop: () => resultsOf(isMethod('PUT'), entry => without(entry, 'status')),
  },
  {
    id: 'bulk-create-pretends',
    title: 'A bulk request creates nothing and says it did',
    breaks: 'RFC7644-3.7.3-02',
    noticedBy: ['bulk.create'],
    hop: () => async (request, next) => {
      const response = await next(request);
      for (const { method, status, location = '' } of onBulk(request) ? (bulkResultsOf(response.json) ?? []) : []) {
        const path = /\/Users\/[^/]+$/.exec(location)?.[0];
        if (method === 'POST' && status === 201 && path) await next({ ...reading(request, path), method: 'DELETE' });
      }
      return response;
    },
  },
  {
    id: 'bulk-create-loses-names',
    title: 'A user that a bulk request creates loses its display name',
    breaks: 'RFC7644-3.7.3-02',
    noticedBy: ['bulk.create'],
    hop: () =>
      operations(all =>
        all.map(operation =>
          operation['method'] === 'POST' && operation['path'] === '/Users' && isObject(operation['data'])
            ? { ...operation, data: without(operation['data'], 'displayName') }
            : operation,
        ),
      ),
  },
  {
    id: 'bulk-put-pretends',
    title: 'A PUT in a bulk request changes nothing and says it did',
    breaks: 'RFC7644-3.7.3-02',
    noticedBy: ['bulk.replace'],
    hop: () =>
      eachOperation(async (operation, look) =>
        operation['method'] === 'PUT' && pathOf(operation).startsWith('/Users/')
          ? { ...operation, data: { ...(await look(pathOf(operation))) } }
          : operation,
      ),
  },
  {
    id: 'bulk-patch-pretends',
    title: 'A PATCH in a bulk request changes nothing and says it did',
    breaks: 'RFC7644-3.7.3-02',
    noticedBy: ['bulk.patch'],
    hop: () =>
      eachOperation(async (operation, look) => {
        if (operation['method'] !== 'PATCH' || !pathOf(operation).startsWith('/Users/')) return operation;
        const { displayName = '' } = await look(pathOf(operation));
        const Operations = [{ op: 'replace', path: 'displayName', value: displayName }];
        return { ...operation, data: { ...(isObject(operation['data']) && operation['data']), Operations } };
      }),
  },
  {
    id: 'bulk-delete-pretends',
    title: 'A deletion in a bulk request deletes nothing and says it did',
    breaks: 'RFC7644-3.7.3-02',
    noticedBy: ['bulk.delete'],
    hop: () =>
      both(
        results((entry, result) =>
          result.method === 'PUT' && result.status === 200
            ? { ...without(entry, 'version'), method: 'DELETE', status: '204' }
            : entry,
        ),
        eachOperation(async (operation, look) => {
          const before = operation['method'] === 'DELETE' ? await look(pathOf(operation)) : {};
          return before['userName'] === undefined ? operation : { ...operation, method: 'PUT', data: before };
        }),
      ),
  },
  {
    id: 'bulk-id-not-repeated',
    title: 'Results do not repeat the bulkId',
    breaks: 'RFC7644-3.7-20',
    noticedBy: ['bulk.bulk-id-returned'],
    hop: () => results(entry => without(entry, 'bulkId')),
  },
  {
    id: 'bulk-ids-mixed-up',
    title: 'The bulkIds of two creations are mixed up in the results',
    breaks: 'RFC7644-3.7-20',
    noticedBy: ['bulk.bulk-id-of-its-own'],
    hop: () =>
      body(onBulk, message => {
        const read = bulkResultsOf(message) ?? [];
        const turned = read.map(({ bulkId }) => bulkId).reverse();
        const isPair = read.length === 2 && read.every(({ method }) => method === 'POST');
        const mixed = read.map(({ entry }, at) => Object.assign({}, entry, { bulkId: turned[at] ?? '' }));
        return isPair ? { ...message, Operations: mixed } : message;
      }),
  },
  ...['POST', 'PUT', 'PATCH', 'DELETE'].map(method => ({
    id: `bulk-${method.toLowerCase()}-without-location`,
    title: `The result of a ${method} has no location`,
    breaks: 'RFC7644-3.7-12' as const,
    noticedBy: ['bulk.location'],
    hop: () => resultsOf(isMethod(method), entry => without(entry, 'location')),
  })),
  {
    id: 'bulk-location-of-collection',
    title: 'The location of a result is that of the collection',
    breaks: 'RFC7644-3.7-12',
    noticedBy: ['bulk.location'],
    hop: () => results(entry => ({ ...entry, location: textOf(entry['location']).replace(/\/[^/]+$/, '') })),
  },
  {
    id: 'bulk-failed-change-without-location',
    title: 'The result of a change that failed has no location',
    breaks: 'RFC7644-3.7-12',
    noticedBy: ['bulk.location-of-failed-change'],
    hop: () => resultsOf(hasFailed, entry => without(entry, 'location')),
  },
  {
    id: 'bulk-failed-create-with-location',
    title: 'The result of a creation that failed has a location',
    breaks: 'RFC7644-3.7-12',
    noticedBy: ['bulk.no-location-of-failed-create'],
    hop: () => resultsOf(isFailedCreation, entry => ({ ...entry, location: '/scim/v2/Users/none' })),
  },
  {
    id: 'bulk-turns-order',
    title: 'Changes in a bulk request are carried out from last to first',
    breaks: 'RFC7644-3.7-22',
    noticedBy: ['bulk.order'],
    hop: () => operations(all => (all.every(isMethod('PUT')) ? [...all].reverse() : all)),
  },
] as const satisfies readonly Defect[];

/** The status of bulk requests that are answered with 200 as another. */
function restatusOk(status: number): Hop {
  return answer(onBulk, response => (response.status === 200 ? { ...response, status } : response));
}
