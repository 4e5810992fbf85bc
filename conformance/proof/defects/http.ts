import { resourcesOf } from '../../../scim/message/list.ts';
import { GROUP } from '../../../scim/message/urn.ts';
import { withJson, type Hop, type HttpRequest, type HttpResponse } from '../../../scim/wire/message.ts';
import type { Defect } from '../defect.ts';
import {
  always,
  answer,
  empty,
  objectOf,
  onList,
  onOne,
  refusal,
  reply,
  resource,
  restatus,
  sent,
  swallow,
  without,
  textOf,
} from '../hops.ts';
import { draftOf, make, oneUser, posted, refusing, shown, waving } from '../user-hops.ts';

const isBare = ({ headers }: HttpRequest) => headers['authorization'] === undefined;
const accepting = (accept: string | undefined, change: (request: HttpRequest) => ReturnType<typeof refusal>): Hop =>
  swallow(request => oneUser(request) && request.headers['accept'] === accept, change);

/** What may be wrong about HTTP, about reads and about credentials. */
export const httpDefects: readonly Defect[] = [
  make('json-not-served', 'Who accepts application/json is refused', 'RFC7644-3.8-08', 'http.accept-json', () =>
    accepting('application/json', () => refusal(406)),
  ),
  make('html-without-accept', 'Without Accept the answer is a page', 'RFC7644-3.8-09', 'http.accept-nothing', () =>
    accepting(undefined, () => ({ status: 200, headers: { 'content-type': 'text/html' }, text: '<p>user</p>' })),
  ),
  make('html-for-anything', 'Who accepts anything gets a page', 'RFC7644-3.8-09', 'http.accept-anything', () =>
    accepting('*/*', () => ({ status: 200, headers: { 'content-type': 'text/html' }, text: '<p>user</p>' })),
  ),
  make('accept-as-one-word', 'A list in Accept is not understood', 'RFC7644-3.8-07', 'http.accept-list', () =>
    swallow(
      request => (request.headers['accept'] ?? '').includes(','),
      () => refusal(406),
    ),
  ),
  make('charset-refused', 'A charset in the media type is refused', 'RFC7644-3.8-06', 'http.content-type-charset', () =>
    swallow(
      request => (request.headers['content-type'] ?? '').includes('charset'),
      () => refusal(415),
    ),
  ),
  make('any-media-type-read', 'A body of any media type is read', 'RFC7644-3.8-04', 'http.content-type-other', () =>
    sent(posted, request => ({ ...request, headers: { ...request.headers, 'content-type': 'application/scim+json' } })),
  ),
  make('head-with-content', 'A HEAD is answered with content', 'RFC9110-9.3.2-01', 'http.head', () =>
    answer(
      ({ method }) => method === 'HEAD',
      response => ({ ...response, failure: { code: 'stray-bytes', message: 'bytes followed' } }),
    ),
  ),
  make(
    'everything-carried-out',
    'Undefined methods are answered with 200',
    'RFC7644-3.2-08',
    'http.undefined-method',
    () => waving(request => /^(?:DELETE|PATCH)$/.test(request.method) && request.path === '/Users'),
  ),
  make('no-put', 'PUT is not offered', 'RFC7644-3.2-06', 'http.methods', () =>
    swallow(
      ({ method }) => method === 'PUT',
      () => refusal(501),
    ),
  ),
  make('put-counts', 'Each PUT appends to the displayName', 'RFC9110-9.2.2-01', 'http.put-idempotent', () => {
    let puts = 0;
    return sent(onOne('PUT', 'Users'), request => {
      const draft = draftOf(request);
      return { ...request, json: { ...draft, displayName: `${textOf(draft['displayName'])} ${(puts += 1)}` } };
    });
  }),
  make(
    'second-delete-restores',
    'A second DELETE brings back what the first removed',
    'RFC9110-9.2.2-01',
    'http.delete-idempotent',
    () => {
      const made = new Map<string, HttpResponse>();
      const gone = new Set<string>();
      const back = new Set<string>();
      return async (request, next) => {
        const path = request.path.replace(/\?.*$/, '');
        const before = made.get(path);
        if (before && back.has(path) && request.method === 'GET') return before;
        const response = await next(request);
        const { id } = objectOf(response);
        if (posted(request) && typeof id === 'string') made.set(`/Users/${id}`, { ...response, status: 200 });
        if (onOne('DELETE', 'Users')(request)) (gone.has(path) ? back : gone).add(path);
        return response;
      };
    },
  ),
  make('location-leads-nowhere', 'The address in Location is not served', 'RFC7644-3.3-06', 'http.location-read', () =>
    answer(posted, response => ({
      ...response,
      headers: { ...response.headers, location: 'https://provider.example/scim/v2/Users/nobody-at-all' },
    })),
  ),
  make('names-first', 'Members have to come in one order', 'RFC7643-2.3.8-01', 'http.member-order', () =>
    refusing(draft => Object.keys(draft)[0] !== 'schemas' && draft['schemas'] !== undefined),
  ),
  make('read-fails', 'A read of one resource is answered with 404', 'RFC7644-3.4.1-01', 'read.by-id', () =>
    restatus(oneUser, 200, 404),
  ),
  make('odd-ids-answer-400', 'An id of another form is refused with 400', 'RFC7644-3.4.1-02', 'read.unknown-form', () =>
    restatus(request => request.path === '/Users/not-an-id', 404, 400),
  ),
  make(
    'unknown-groups-empty',
    'Unknown groups are answered with 200',
    'RFC7644-3.4.1-02',
    'read.unknown-group read.other-type',
    () =>
      answer(onOne('GET', 'Groups'), (response, { path }) =>
        response.status === 404 ? reply(200, { schemas: [GROUP], id: path.split('/')[2] ?? '' }) : response,
      ),
  ),
  make('ids-without-case', 'Ids are found in any case', 'RFC7643-3.1-10', 'read.id-other-case', () =>
    sent(oneUser, request => ({ ...request, path: request.path.replace(/[^/]+$/, id => id.toLowerCase()) })),
  ),
  make('ids-up-to-a-letter', 'An id is read as far as it is known', 'RFC7644-3.4.1-02', 'read.id-whole', () =>
    sent(oneUser, request => ({ ...request, path: request.path.replace(/(?:x|%20)$/, '') })),
  ),
  make('reads-differ', 'Each read shows another nickName', 'RFC7643-3.1-07', 'read.same-twice', () => {
    let reads = 0;
    return shown(one => ({ ...one, nickName: `Nick ${(reads += 1)}` }));
  }),
  make('endpoints-elsewhere', 'The list of users is not at /Users', 'RFC7644-3.2-01', 'read.endpoints', () =>
    swallow(onList('GET', 'Users'), () => refusal(404)),
  ),
  make('delete-status-200', 'A DELETE is answered with 200', 'RFC7644-3.6-01', 'delete.status', () =>
    answer(always, response => (response.status === 204 ? { ...response, status: 200 } : response)),
  ),
  make(
    'unknown-deletes-succeed',
    'A DELETE of an unknown id is answered with 204',
    'RFC7644-3.6-06',
    'delete.unknown delete.gone',
    () => answer(onOne('DELETE', 'Users'), response => (response.status === 404 ? empty(204) : response)),
  ),
  make('anonymous-patch', 'A PATCH needs no credential', 'RFC7642-4-02', 'auth.each-method', () => {
    let known = '';
    return async (request, next) => {
      known = request.headers['authorization'] ?? known;
      const open = request.method === 'PATCH' && isBare(request);
      return next(open ? { ...request, headers: { ...request.headers, authorization: known } } : request);
    };
  }),
  make(
    'anonymous-delete-404',
    'A DELETE without a credential is answered with 404',
    'RFC7644-2-07',
    'auth.status',
    () => restatus(({ method }) => method === 'DELETE', 401, 404),
  ),
  make(
    'malformed-answers-500',
    'A malformed Authorization is answered with 500',
    'RFC7644-2-07',
    'auth.malformed',
    () =>
      answer(always, (response, { headers }) =>
        headers['authorization']?.trim() === 'Bearer' ? refusal(500) : response,
      ),
  ),
  make(
    'challenge-of-another-kind',
    'The challenge names Basic',
    'RFC6750-3-01',
    'auth.bearer-challenge auth.invalid-token',
    () =>
      answer(always, response =>
        response.status === 401
          ? { ...response, headers: { ...response.headers, 'www-authenticate': 'Basic realm="scim"' } }
          : response,
      ),
  ),
  make('members-dropped', 'Groups drop their members', 'RFC7643-4.2-05', 'group.members', () =>
    resource(onOne('GET', 'Groups'), group => without(group, 'members')),
  ),
  make('bare-lists', 'A list of groups is a bare array', 'RFC7644-3.4.2-04', 'wire.list-envelope', () =>
    answer(onList('GET', 'Groups'), response => withJson(response, [...resourcesOf(response.json)])),
  ),
];
