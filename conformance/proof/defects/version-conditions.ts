import { withJson, type Hop, type Json } from '../../../scim/wire/message.ts';
import { onBulk, operations, resultsOf } from '../bulk-hops.ts';
import type { Defect } from '../defect.ts';
import { answer, empty, objectOf, onOne, refusal, restatus, sent, swallow, without, type Match } from '../hops.ts';

const one =
  (...methods: readonly string[]): Match =>
  request =>
    methods.some(method => onOne(method, 'Users', 'Groups')(request));
const oneUser =
  (...methods: readonly string[]): Match =>
  request =>
    methods.some(method => onOne(method, 'Users')(request));
const asking =
  (match: Match, header: string, holds: (value: string) => boolean = () => true): Match =>
  request => {
    const value = request.headers[header];
    return match(request) && value !== undefined && holds(value);
  };
const withoutHeader = (match: Match, header: string): Hop =>
  sent(match, request => ({ ...request, headers: without(request.headers, header) }));

const isList = (value: string): boolean => value.includes(',');

const staleStatuses = new Set([409, 412]);

/** What may be wrong about requests under If-Match and If-None-Match, and about versions in bulk requests. */
export const versionConditionDefects = [
  {
    id: 'none-match-ignored',
    title: 'If-None-Match is ignored when a resource is read',
    breaks: 'RFC7644-3.14-05',
    noticedBy: ['version.not-modified', 'version.not-modified-in-part'],
    hop: () => withoutHeader(one('GET'), 'if-none-match'),
  },
  {
    id: 'none-match-ignored-in-part',
    title: 'If-None-Match is ignored when some attributes are read',
    breaks: 'RFC7644-3.14-05',
    noticedBy: ['version.not-modified-in-part'],
    hop: () => withoutHeader(request => one('GET')(request) && request.path.includes('attributes='), 'if-none-match'),
  },
  {
    id: 'always-not-modified',
    title: 'Whatever If-None-Match says, a read is answered with 304',
    breaks: 'RFC7644-3.14-05',
    noticedBy: ['version.modified', 'version.none-match-strange'],
    hop: () =>
      answer(asking(one('GET'), 'if-none-match'), response =>
        response.status === 200 ? empty(304, response.headers) : response,
      ),
  },
  {
    id: 'not-modified-without-etag',
    title: 'A 304 does not repeat the ETag',
    breaks: 'RFC9110-15.4.5-01',
    noticedBy: ['version.not-modified-body'],
    hop: () => answer(one('GET'), response => (response.status === 304 ? empty(304) : response)),
  },
  {
    id: 'not-modified-with-body',
    title: 'Bytes follow a 304',
    breaks: 'RFC9110-15.4.5-01',
    noticedBy: ['version.not-modified-body'],
    hop: () =>
      answer(one('GET'), response =>
        response.status === 304
          ? { ...response, failure: { code: 'stray-bytes', message: 'a 304 carries no body, yet bytes followed' } }
          : response,
      ),
  },
  {
    id: 'none-match-as-text',
    title: 'If-None-Match is compared as a text',
    breaks: 'RFC9110-13.1.2-01',
    noticedBy: ['version.weak-comparison'],
    hop: () =>
      withoutHeader(
        asking(one('GET'), 'if-none-match', value => value.startsWith('"') && !isList(value)),
        'if-none-match',
      ),
  },
  {
    id: 'none-match-knows-no-list',
    title: 'A list in If-None-Match matches nothing',
    breaks: 'RFC9110-13.1.2-02',
    noticedBy: ['version.none-match-list'],
    hop: () => withoutHeader(asking(one('GET'), 'if-none-match', isList), 'if-none-match'),
  },
  {
    id: 'none-match-knows-no-star',
    title: '* in If-None-Match matches nothing',
    breaks: 'RFC9110-13.1.2-02',
    noticedBy: ['version.none-match-any'],
    hop: () =>
      withoutHeader(
        asking(one('GET'), 'if-none-match', value => value === '*'),
        'if-none-match',
      ),
  },
  ...(['PUT', 'PATCH'] as const).map(method => ({
    id: `match-ignored-by-${method.toLowerCase()}`,
    title: `If-Match is ignored by ${method}`,
    breaks: 'RFC9110-13.2.2-01' as const,
    noticedBy: ['version.stale', 'version.strange'],
    hop: () => withoutHeader(one(method), 'if-match'),
  })),
  {
    id: 'match-only-refuses-strangers',
    title: 'If-Match takes every version that the user once had',
    breaks: 'RFC9110-13.2.2-01',
    noticedBy: ['version.stale'],
    hop: () =>
      withoutHeader(
        asking(one('PUT', 'PATCH'), 'if-match', value => !value.includes('version-')),
        'if-match',
      ),
  },
  {
    id: 'match-always-fails',
    title: 'Every write under If-Match is refused with 409',
    breaks: 'RFC9110-13.2.2-01',
    noticedBy: ['version.current', 'version.match-any', 'version.match-list'],
    hop: () => swallow(asking(oneUser('PUT', 'PATCH'), 'if-match'), () => refusal(409)),
  },
  {
    id: 'match-knows-no-list',
    title: 'A list in If-Match is refused with 400',
    breaks: 'RFC9110-13.2.2-01',
    noticedBy: ['version.match-list'],
    hop: () => swallow(asking(oneUser('PUT'), 'if-match', isList), () => refusal(400)),
  },
  {
    id: 'stale-answers-400',
    title: 'A write on a version that is over is refused with 400',
    breaks: 'RFC9110-13.2.2-01',
    noticedBy: ['version.stale', 'version.strange'],
    hop: () => restatus(one('PUT', 'PATCH'), 412, 400),
  },
  {
    id: 'stale-carried-out',
    title: 'A write on a version that is over is refused, and carried out',
    breaks: 'RFC9110-13.2.2-01',
    noticedBy: ['version.stale-changes-nothing'],
    hop: () => async (request, next) => {
      const response = await next(request);
      if (oneUser('PUT', 'PATCH')(request) && staleStatuses.has(response.status ?? 0)) {
        await next({ ...request, headers: without(request.headers, 'if-match') });
      }
      return response;
    },
  },
  {
    id: 'match-knows-no-star',
    title: '* in If-Match is taken for a tag',
    breaks: 'RFC9110-13.1.1-02',
    noticedBy: ['version.match-any'],
    hop: () =>
      swallow(
        asking(oneUser('PUT', 'PATCH'), 'if-match', value => value === '*'),
        () => refusal(412),
      ),
  },
  {
    id: 'match-star-creates',
    title: 'A PUT under If-Match: * to a user that does not exist is answered with 200',
    breaks: 'RFC9110-13.1.1-02',
    noticedBy: ['version.match-any-unknown'],
    hop: () =>
      answer(
        asking(oneUser('PUT'), 'if-match', value => value === '*'),
        response => (response.status === 404 ? empty(200) : response),
      ),
  },
  {
    id: 'none-match-ignored-by-writes',
    title: 'If-None-Match is ignored by PUT',
    breaks: 'RFC9110-13.2.2-01',
    noticedBy: ['version.none-match-write'],
    hop: () => withoutHeader(one('PUT'), 'if-none-match'),
  },
  {
    id: 'delete-ignores-match',
    title: 'If-Match is ignored by DELETE',
    breaks: 'RFC7644-3.6-08',
    noticedBy: ['version.stale-delete'],
    hop: () => withoutHeader(one('DELETE'), 'if-match'),
  },
  {
    id: 'delete-under-match-pretends',
    title: 'A DELETE under If-Match deletes nothing and says it did',
    breaks: 'RFC7644-3.6-08',
    noticedBy: ['version.current-delete'],
    hop: () => swallow(asking(oneUser('DELETE'), 'if-match'), () => empty(204)),
  },
  {
    id: 'bulk-version-missing',
    title: 'Results of a bulk request have no version',
    breaks: 'RFC7644-3.7.3-04',
    noticedBy: ['bulk.version'],
    hop: () =>
      resultsOf(
        () => true,
        entry => without(entry, 'version'),
      ),
  },
  {
    id: 'bulk-version-before',
    title: 'The result of a PUT in a bulk request has another version than the user',
    breaks: 'RFC7644-3.7.3-04',
    noticedBy: ['bulk.version'],
    hop: () =>
      resultsOf(
        ({ method }) => method === 'PUT',
        entry => ({ ...entry, version: 'W/"before"' }),
      ),
  },
  {
    id: 'bulk-version-ignored',
    title: 'The version of an operation is ignored',
    breaks: 'RFC7644-3.7.3-05',
    noticedBy: ['bulk.stale-version', 'bulk.stale-version-changes-nothing'],
    hop: () => operations(all => all.map(operation => without(operation, 'version'))),
  },
  {
    id: 'bulk-version-always-over',
    title: 'Every version of an operation is taken for one that is over',
    breaks: 'RFC7644-3.7.3-05',
    noticedBy: ['bulk.current-version'],
    hop: () =>
      answer(onBulk, (response, request) => {
        const given = JSON.stringify(objectOf(request)).includes('"version":"W/');
        return given
          ? withJson(response, JSON.parse(response.text.replaceAll(/"status":"20[04]"/g, '"status":"409"')) as Json)
          : response;
      }),
  },
] as const satisfies readonly Defect[];
