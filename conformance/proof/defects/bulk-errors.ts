import { bulkResultsOf } from '../../../scim/message/bulk.ts';
import { isErrorMessage } from '../../../scim/message/error.ts';
import { isObject } from '../../../scim/message/list.ts';
import { withJson, type Hop, type JsonObject } from '../../../scim/wire/message.ts';
import { also, announced, hasFailed, isMethod, onBulk, reading, results, resultsOf, textOf } from '../bulk-hops.ts';
import type { Defect } from '../defect.ts';
import { answer, objectOf, operationsOf, refusal, reply, restatus, sent, swallow, without } from '../hops.ts';

const errorIn = (result: JsonObject): JsonObject => (isObject(result['response']) ? result['response'] : {});
const pathOf = ({ path }: JsonObject): string => textOf(path);

/** failOnErrors as another number. */
const failOnErrors = (change: (given: number) => number | undefined): Hop =>
  sent(onBulk, request => {
    const message = objectOf(request);
    const given = message['failOnErrors'];
    if (typeof given !== 'number') return request;
    const changed = change(given);
    const rest = without(message, 'failOnErrors');
    return { ...request, json: changed === undefined ? rest : { ...rest, failOnErrors: changed } };
  });

const hasNoUserName = ({ data }: JsonObject): boolean => isObject(data) && data['userName'] === undefined;

/** What may be wrong about bulk requests that fail, wholly or in part. */
export const bulkErrorDefects = [
  {
    id: 'bulk-conflict-as-400',
    title: 'A userName that is taken fails with 400 inside a bulk request',
    breaks: 'RFC7644-3.7.3-02',
    noticedBy: ['bulk.conflict'],
    hop: () =>
      resultsOf(
        ({ status }) => status === 409,
        entry => ({ ...entry, status: '400', response: { ...errorIn(entry), status: '400' } }),
      ),
  },
  {
    id: 'bulk-invalid-data-as-500',
    title: 'A user without userName fails with 500 inside a bulk request',
    breaks: 'RFC7644-3.7.3-02',
    noticedBy: ['bulk.invalid-data'],
    hop: () =>
      results(
        (entry, { status }) => (status === 400 ? { ...entry, status: '500' } : entry),
        request => onBulk(request) && operationsOf(request).some(hasNoUserName),
      ),
  },
  {
    id: 'bulk-error-as-text',
    title: 'The response of an operation that failed is a text',
    breaks: 'RFC7644-3.7-13',
    noticedBy: ['bulk.error-response'],
    hop: () => resultsOf(hasFailed, entry => ({ ...entry, response: 'it failed' })),
  },
  {
    id: 'bulk-error-missing',
    title: 'An operation that failed has no response',
    breaks: 'RFC7644-3.7-13',
    noticedBy: ['bulk.error-response'],
    hop: () => resultsOf(hasFailed, entry => without(entry, 'response')),
  },
  {
    id: 'bulk-error-without-schemas',
    title: 'The error of an operation does not say that it is one',
    breaks: 'RFC7644-3.7-13',
    noticedBy: ['bulk.error-response'],
    hop: () => resultsOf(hasFailed, entry => ({ ...entry, response: without(errorIn(entry), 'schemas') })),
  },
  {
    id: 'bulk-error-with-number',
    title: 'The error of an operation has its status as a number',
    breaks: 'RFC7644-3.7-13',
    noticedBy: ['bulk.error-status'],
    hop: () =>
      resultsOf(hasFailed, entry => ({ ...entry, response: { ...errorIn(entry), status: Number(entry['status']) } })),
  },
  {
    id: 'bulk-error-without-words',
    title: 'The error of an operation says nothing in words',
    breaks: 'RFC7644-3.7.3-03',
    noticedBy: ['bulk.error-detail'],
    hop: () => resultsOf(hasFailed, entry => ({ ...entry, response: without(errorIn(entry), 'detail') })),
  },
  ...['PUT', 'PATCH', 'DELETE'].map(method => ({
    id: `bulk-${method.toLowerCase()}-of-unknown-as-400`,
    title: `A ${method} of a resource that does not exist fails with 400 inside a bulk request`,
    breaks: 'RFC7644-3.7.3-05' as const,
    noticedBy: ['bulk.unknown-resource'],
    hop: () =>
      resultsOf(
        result => result.method === method && result.status === 404,
        entry => ({ ...entry, status: '400' }),
      ),
  })),
  {
    id: 'bulk-stops-by-itself',
    title: 'Without failOnErrors a bulk request stops at the first error',
    breaks: 'RFC7644-3.7-17',
    noticedBy: ['bulk.goes-on'],
    hop: () => sent(onBulk, request => ({ ...request, json: { failOnErrors: 1, ...objectOf(request) } })),
  },
  {
    id: 'bulk-rolls-back',
    title: 'A failure takes back the changes before it',
    breaks: 'RFC7644-3.7-17',
    noticedBy: ['bulk.no-roll-back'],
    hop: () => async (request, next) => {
      const before: [string, JsonObject][] = [];
      for (const operation of onBulk(request) ? operationsOf(request).filter(isMethod('PUT')) : []) {
        const path = pathOf(operation);
        if (path.startsWith('/Users/')) before.push([path, objectOf(await next(reading(request, path)))]);
      }
      const response = await next(request);
      if (bulkResultsOf(response.json)?.some(hasFailed) !== true) return response;
      for (const [path, resource] of before) {
        if (resource['userName'] !== undefined) await also(next, request, 'PUT', path, resource);
      }
      return response;
    },
  },
  {
    id: 'bulk-never-stops',
    title: 'failOnErrors has no effect',
    breaks: 'RFC7644-3.7-18',
    noticedBy: ['bulk.stops-at-first-error', 'bulk.stops-at-second-error'],
    hop: () => failOnErrors(() => undefined),
  },
  {
    id: 'bulk-stops-one-later',
    title: 'A bulk request stops one error after the number of failOnErrors',
    breaks: 'RFC7644-3.7-18',
    noticedBy: ['bulk.stops-at-first-error', 'bulk.stops-at-second-error'],
    hop: () => failOnErrors(given => given + 1),
  },
  {
    id: 'bulk-stops-at-once',
    title: 'Whatever failOnErrors says, a bulk request stops at the first error',
    breaks: 'RFC7644-3.7-18',
    noticedBy: ['bulk.stops-at-second-error'],
    hop: () => failOnErrors(() => 1),
  },
  {
    id: 'bulk-malformed-as-500',
    title: 'A bulk request with a method that does not exist is answered with 500',
    breaks: 'RFC7644-3.12-09',
    noticedBy: ['bulk.malformed'],
    hop: () =>
      swallow(
        request => onBulk(request) && operationsOf(request).some(isMethod('FOO')),
        () => refusal(500),
      ),
  },
  {
    id: 'bulk-without-operations-accepted',
    title: 'A bulk request without Operations is answered with 200',
    breaks: 'RFC7644-3.12-09',
    noticedBy: ['bulk.malformed'],
    hop: () =>
      swallow(
        request => onBulk(request) && request.text === undefined && objectOf(request)['Operations'] === undefined,
        () => reply(200, { schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkResponse'], Operations: [] }),
      ),
  },
  {
    id: 'bulk-not-json-accepted',
    title: 'A bulk request that is no JSON is answered with 200',
    breaks: 'RFC7644-3.7-16',
    noticedBy: ['bulk.not-json'],
    hop: () =>
      answer(onBulk, (response, request) =>
        request.text?.startsWith('{oops') ? reply(200, { schemas: [], Operations: [] }) : response,
      ),
  },
  {
    id: 'bulk-not-json-as-500',
    title: 'A bulk request that is no JSON is answered with 500',
    breaks: 'RFC7644-3.7-16',
    noticedBy: ['bulk.not-json'],
    hop: () => answer(onBulk, (response, request) => (request.text?.startsWith('{oops') ? refusal(500) : response)),
  },
  {
    id: 'bulk-open-to-everybody',
    title: 'A bulk request needs no credential',
    breaks: 'RFC7644-3.7-16',
    noticedBy: ['bulk.credential-required'],
    hop() {
      let known = '';
      return async (request, next) => {
        known = request.headers['authorization'] ?? known;
        return next(onBulk(request) ? { ...request, headers: { ...request.headers, authorization: known } } : request);
      };
    },
  },
  {
    id: 'bulk-limit-of-zero',
    title: 'maxOperations is 0',
    breaks: 'RFC7644-3.7.4-01',
    noticedBy: ['bulk.limits'],
    hop: () => announced({ maxOperations: 0 }),
  },
  {
    id: 'bulk-takes-more-operations',
    title: 'More operations than announced are carried out',
    breaks: 'RFC7644-3.7.4-02',
    noticedBy: ['bulk.max-operations'],
    hop: () => announced({ maxOperations: 20 }),
  },
  {
    id: 'bulk-takes-longer-bodies',
    title: 'Longer bodies than announced are taken',
    breaks: 'RFC7644-3.7.4-02',
    noticedBy: ['bulk.max-payload-size'],
    hop: () => announced({ maxPayloadSize: 50_000 }),
  },
  {
    id: 'bulk-too-large-as-400',
    title: 'A bulk request past a limit is answered with 400',
    breaks: 'RFC7644-3.7.4-02',
    noticedBy: ['bulk.max-operations', 'bulk.max-payload-size'],
    hop: () => restatus(onBulk, 413, 400),
  },
  {
    id: 'bulk-takes-one-less',
    title: 'As many operations as announced are one too many',
    breaks: 'RFC7644-3.7.4-02',
    noticedBy: ['bulk.within-limit'],
    hop: () => announced({ maxOperations: 1001 }),
  },
  {
    id: 'bulk-too-many-carried-out',
    title: 'The first operation of too many is carried out before the refusal',
    breaks: 'RFC7644-3.7.4-02',
    noticedBy: ['bulk.too-many-does-nothing'],
    hop: () => async (request, next) => {
      const response = await next(request);
      const [first] = onBulk(request) ? operationsOf(request) : [];
      if (response.status === 413 && first?.['method'] === 'POST') {
        await also(next, request, 'POST', pathOf(first), first['data'] ?? null);
      }
      return response;
    },
  },
  {
    id: 'bulk-limit-not-named',
    title: 'A 413 does not say which limit was exceeded',
    breaks: 'RFC7644-3.7.4-03',
    noticedBy: ['bulk.limit-named'],
    hop: () =>
      answer(onBulk, response =>
        response.status === 413 && isErrorMessage(response.json)
          ? withJson(response, { ...response.json, detail: 'too large' })
          : response,
      ),
  },
] as const satisfies readonly Defect[];
