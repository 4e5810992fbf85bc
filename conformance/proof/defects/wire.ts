import { isErrorMessage } from '../../../scim/message/error.ts';
import { isObject, listResponse, resourcesOf } from '../../../scim/message/list.ts';
import type { HttpRequest, HttpResponse, JsonObject } from '../../../scim/wire/message.ts';
import type { Defect } from '../defect.ts';
import {
  always,
  answer,
  body,
  current,
  empty,
  isSuccess,
  objectOf,
  onList,
  onOne,
  refusal,
  reply,
  resource,
  restatus,
  wantedBy,
  withParameter,
  without,
} from '../hops.ts';

const groups = onList('GET', 'Groups');
const oneGroup = onOne('GET', 'Groups');
const users = onList('POST', 'Users');

const typed = (response: HttpResponse, type: string): HttpResponse =>
  response.headers['content-type'] === undefined
    ? response
    : { ...response, headers: { ...response.headers, 'content-type': type } };

const metaChanged = (change: (meta: JsonObject) => JsonObject) => (whole: JsonObject) =>
  isObject(whole['meta']) ? { ...whole, meta: change(whole['meta']) } : whole;

const isBare = ({ headers }: HttpRequest) => headers['authorization'] === undefined;

/** What may be wrong about the wire, errors and authentication, and what outlives a DELETE. */
export const wireDefects = [
  {
    id: 'deleted-still-found',
    title: 'A filter finds a user after its deletion',
    breaks: 'RFC7644-3.6-04',
    noticedBy: ['delete.not-found-by-filter'],
    hop() {
      const gone: JsonObject[] = [];
      const filtered = withParameter(onList('GET', 'Users'), 'filter');
      return async (request, next) => {
        if (onOne('DELETE', 'Users')(request)) gone.push(objectOf(await current(request, next)));
        const response = await next(request);
        if (!filtered(request) || resourcesOf(response.json).length > 0) return response;
        const ghosts = gone.filter(({ userName }) => userName === wantedBy(request));
        return ghosts.length === 0 ? response : reply(200, { ...listResponse(ghosts, ghosts.length, 1) });
      };
    },
  },
  {
    id: 'deleted-name-stays-taken',
    title: 'The userName of a deleted user cannot be used again',
    breaks: 'RFC7644-3.6-05',
    noticedBy: ['delete.re-create'],
    hop() {
      const taken = new Set<unknown>();
      return async (request, next) => {
        if (onOne('DELETE', 'Users')(request)) taken.add(objectOf(await current(request, next))['userName'] ?? null);
        const again = users(request) && taken.has(objectOf(request)['userName']);
        return again ? refusal(409, 'uniqueness') : next(request);
      };
    },
  },
  {
    id: 'open-to-everybody',
    title: 'Reading needs no credential',
    breaks: 'RFC7642-4-02',
    noticedBy: ['auth.required'],
    hop() {
      let known = '';
      return async (request, next) => {
        known = request.headers['authorization'] ?? known;
        const read = request.method === 'GET' && isBare(request);
        return next(read ? { ...request, headers: { ...request.headers, authorization: known } } : request);
      };
    },
  },
  {
    id: 'no-credential-answers-403',
    title: 'A request without or with a wrong credential is answered with 403',
    breaks: 'RFC7644-2-07',
    noticedBy: ['auth.missing', 'auth.wrong-token'],
    hop: () => restatus(always, 401, 403),
  },
  {
    id: 'challenge-missing',
    title: 'A 401 comes without WWW-Authenticate',
    breaks: 'RFC7644-2-06',
    noticedBy: ['auth.challenge'],
    hop: () =>
      answer(always, response =>
        response.status === 401 ? { ...response, headers: without(response.headers, 'www-authenticate') } : response,
      ),
  },
  {
    id: 'not-json-answers-500',
    title: 'A body that is no JSON is answered with 500',
    breaks: 'RFC7644-3.3-08',
    noticedBy: ['error.not-json'],
    hop: () => answer(users, (response, request) => (request.text?.startsWith('{oops') ? refusal(500) : response)),
  },
  {
    id: 'unknown-endpoint-answers-400',
    title: 'An endpoint that does not exist is answered with 400',
    breaks: 'RFC7644-3.12-30',
    noticedBy: ['error.unknown-endpoint'],
    hop: () => restatus(({ path }) => path.startsWith('/Nothing'), 404, 400),
  },
  {
    id: 'put-on-collection-accepted',
    title: 'A PUT to the collection is answered with 200',
    breaks: 'RFC7644-3.2-08',
    noticedBy: ['error.method'],
    hop: () => answer(onList('PUT', 'Users'), response => (isSuccess(response) ? response : empty(200))),
  },
  {
    id: 'body-cut-short',
    title: 'The JSON of a list stops in the middle',
    breaks: 'RFC7644-3.8-01',
    noticedBy: ['wire.framing'],
    hop: () =>
      answer(groups, ({ status, headers, text }) => ({
        status: status ?? 200,
        headers,
        text: text.slice(0, text.length / 2),
        failure: { code: 'invalid-json', message: 'the body says it is JSON and does not parse' },
      })),
  },
  {
    id: 'bytes-after-204',
    title: 'Bytes follow a 204',
    breaks: 'RFC9110-15.3.5-01',
    noticedBy: ['wire.no-content'],
    hop: () =>
      answer(always, response =>
        response.status === 204
          ? { ...response, failure: { code: 'stray-bytes', message: 'a 204 carries no body, yet bytes followed' } }
          : response,
      ),
  },
  {
    id: 'errors-as-html',
    title: 'Errors are marked text/html',
    breaks: 'RFC7644-3.8-07',
    noticedBy: ['wire.accept'],
    hop: () => answer(always, response => (isSuccess(response) ? response : typed(response, 'text/html'))),
  },
  {
    id: 'plain-json-type',
    title: 'Bodies are marked application/json',
    breaks: 'RFC7644-3.1-01',
    noticedBy: ['wire.media-type'],
    hop: () => answer(always, response => typed(response, 'application/json')),
  },
  {
    id: 'errors-of-its-own',
    title: 'A 404 carries a body that is no SCIM error',
    breaks: 'RFC7644-3.12-01',
    noticedBy: ['wire.error-shape'],
    hop: () => answer(always, response => (response.status === 404 ? reply(404, { message: 'not here' }) : response)),
  },
  {
    id: 'error-status-as-number',
    title: 'An error repeats its status as a number',
    breaks: 'RFC7644-3.12-02',
    noticedBy: ['wire.error-status'],
    hop: () =>
      answer(always, response =>
        isErrorMessage(response.json) && response.status !== undefined
          ? {
              ...response,
              ...reply(response.status, { ...response.json, status: response.status }),
              headers: response.headers,
            }
          : response,
      ),
  },
  {
    id: 'error-under-200',
    title: 'What is refused is answered with 200 and an error message',
    breaks: 'RFC7644-3.12-05',
    noticedBy: ['wire.success-is-no-error'],
    hop: () => answer(onList('PUT', 'Users'), response => ({ ...response, status: 200 })),
  },
  {
    id: 'total-as-text',
    title: 'totalResults is a text',
    breaks: 'RFC7644-3.4.2-05',
    noticedBy: ['wire.list-total'],
    hop: () => body(groups, list => ({ ...list, totalResults: String(Number(list['totalResults'])) })),
  },
  {
    id: 'allow-missing',
    title: 'A 405 does not say what is allowed',
    breaks: 'RFC9110-15.5.6-01',
    noticedBy: ['wire.allow'],
    hop: () => answer(always, response => ({ ...response, headers: without(response.headers, 'allow') })),
  },
  {
    id: 'credential-echoed',
    title: 'Responses repeat the credential in a header',
    breaks: 'RFC7643-4.1.1-16',
    noticedBy: ['wire.secrets'],
    hop: () =>
      answer(always, (response, { headers }) => ({
        ...response,
        headers: { ...response.headers, 'x-request-authorization': headers['authorization'] ?? '' },
      })),
  },
  {
    id: 'group-entries-without-id',
    title: 'Entries of a list of groups have no id',
    breaks: 'RFC7643-3.1-05',
    noticedBy: ['wire.resource-id'],
    hop: () => resource(groups, group => without(group, 'id')),
  },
  {
    id: 'group-without-schemas',
    title: 'A group that is read does not name its schema',
    breaks: 'RFC7643-3-03',
    noticedBy: ['wire.resource-schemas'],
    hop: () => resource(oneGroup, group => without(group, 'schemas')),
  },
  {
    id: 'meta-with-bare-dates',
    title: 'meta.created is a date without a time',
    breaks: 'RFC7643-2.3.5-01',
    noticedBy: ['wire.meta'],
    hop: () =>
      resource(
        oneGroup,
        metaChanged(meta => ({ ...meta, created: '2026-01-01' })),
      ),
  },
  {
    id: 'meta-location-of-collection',
    title: 'meta.location names the collection',
    breaks: 'RFC7643-3.1-22',
    noticedBy: ['wire.location'],
    hop: () =>
      resource(
        oneGroup,
        metaChanged(meta => ({ ...meta, location: '/scim/v2/Groups' })),
      ),
  },
] as const satisfies readonly Defect[];
