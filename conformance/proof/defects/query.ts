import { resourcesOf } from '../../../scim/message/list.ts';
import { LIST_RESPONSE } from '../../../scim/message/urn.ts';
import type { JsonObject } from '../../../scim/wire/message.ts';
import type { Defect } from '../defect.ts';
import {
  answer,
  body,
  objectOf,
  onList,
  onOne,
  parameterOf,
  refusal,
  reply,
  restatus,
  sent,
  swallow,
} from '../hops.ts';
import { wantedBy, withoutParameter, withParameter, without } from '../hops.ts';

const users = onList('GET', 'Users');
const filtered = withParameter(users, 'filter');
const paged = withParameter(users, 'count', '1');
const oneUser = onOne('GET', 'Users');
const lists = onList('GET', 'Users', 'Groups');

const narrowed = (list: JsonObject, keep: (entry: JsonObject) => boolean): JsonObject => {
  const Resources = resourcesOf(list).filter(keep);
  return { ...list, Resources, totalResults: Resources.length, itemsPerPage: Resources.length };
};

/** What may be wrong about reading: one resource, lists, pages, filters. */
export const queryDefects = [
  {
    id: 'read-answers-list',
    title: 'A read by id is answered with a list of one',
    breaks: 'RFC7644-3.4.1-01',
    noticedBy: ['read.by-id'],
    hop: () => body(oneUser, user => ({ schemas: [LIST_RESPONSE], totalResults: 1, Resources: [user] })),
  },
  {
    id: 'unknown-user-answers-400',
    title: 'A user that does not exist is answered with 400',
    breaks: 'RFC7644-3.4.1-02',
    noticedBy: ['read.unknown'],
    hop: () => restatus(oneUser, 404, 400),
  },
  {
    id: 'list-without-envelope',
    title: 'A list does not say that it is a list response',
    breaks: 'RFC7644-3.4.2-04',
    noticedBy: ['list.envelope', 'wire.list-envelope'],
    hop: () => body(lists, list => without(list, 'schemas')),
  },
  {
    id: 'filtered-list-as-array',
    title: 'A filter is answered with a bare array',
    breaks: 'RFC7644-3.4.2-04',
    noticedBy: ['wire.list-envelope'],
    hop: () =>
      answer(filtered, response => (response.status === 200 ? reply(200, resourcesOf(response.json)) : response)),
  },
  {
    id: 'count-ignored',
    title: 'A page holds everything whatever count says',
    breaks: 'RFC7644-3.4.2.4-06',
    noticedBy: ['page.count'],
    hop: () => sent(paged, request => withoutParameter(request, 'count')),
  },
  {
    id: 'total-of-the-page',
    title: 'totalResults counts the entries of the page',
    breaks: 'RFC7644-3.4.2-05',
    noticedBy: ['page.total'],
    hop: () => body(paged, list => ({ ...list, totalResults: resourcesOf(list).length })),
  },
  {
    id: 'page-without-start-index',
    title: 'A page does not say where it starts',
    breaks: 'RFC7644-3.4.2-07',
    noticedBy: ['page.start-index'],
    hop: () => body(paged, list => without(list, 'startIndex')),
  },
  {
    id: 'page-without-items-per-page',
    title: 'A page does not say how many entries it holds',
    breaks: 'RFC7644-3.4.2-08',
    noticedBy: ['page.items-per-page'],
    hop: () => body(paged, list => without(list, 'itemsPerPage')),
  },
  {
    id: 'count-zero-is-no-limit',
    title: 'count=0 gives entries',
    breaks: 'RFC7644-3.4.2.4-08',
    noticedBy: ['page.count-zero'],
    hop: () => sent(withParameter(users, 'count', '0'), request => withoutParameter(request, 'count')),
  },
  {
    id: 'second-page-repeats-first',
    title: 'The second page of a filtered list is the first again',
    breaks: 'RFC7644-3.4.2.4-14',
    noticedBy: ['page.walk'],
    hop: () => sent(withParameter(filtered, 'startIndex'), request => withoutParameter(request, 'startIndex')),
  },
  {
    id: 'eq-matches-parts',
    title: 'eq finds values that only contain what was asked for',
    breaks: 'RFC7644-3.4.2.2-03',
    noticedBy: ['filter.user-name-eq'],
    hop: () =>
      swallow(
        request => filtered(request) && /^userName eq/i.test(parameterOf(request, 'filter') ?? ''),
        async (request, next) => {
          const wanted = (wantedBy(request) ?? '').toLowerCase();
          const all = objectOf(await next(withoutParameter(request, 'filter')));
          return reply(
            200,
            narrowed(all, ({ userName }) => typeof userName === 'string' && userName.toLowerCase().includes(wanted)),
          );
        },
      ),
  },
  {
    id: 'user-name-eq-case-exact',
    title: 'A filter on userName misses a name written in other letters of case',
    breaks: 'RFC7643-4.1.1-03',
    noticedBy: ['filter.user-name-other-case'],
    hop: () =>
      body(filtered, (list, request) => {
        const wanted = wantedBy(request) ?? '';
        if (wanted === wanted.toLowerCase()) return list;
        return narrowed(list, ({ userName }) => userName === wanted);
      }),
  },
  {
    id: 'filter-attribute-case-exact',
    title: 'A filter with the attribute in capitals is refused',
    breaks: 'RFC7644-3.4.2.2-04',
    noticedBy: ['filter.attribute-other-case'],
    hop: () =>
      swallow(
        request => (parameterOf(request, 'filter') ?? '').startsWith('USERNAME'),
        () => refusal(400, 'invalidFilter'),
      ),
  },
  {
    id: 'no-match-answers-404',
    title: 'A filter without a match is answered with 404',
    breaks: 'RFC7644-3.4.2-10',
    noticedBy: ['filter.no-match'],
    hop: () =>
      answer(filtered, response =>
        response.status === 200 && resourcesOf(response.json).length === 0 ? refusal(404) : response,
      ),
  },
  {
    id: 'unknown-operator-ignored',
    title: 'A filter with an operator that does not exist gives everything',
    breaks: 'RFC7644-3.4.2.2-56',
    noticedBy: ['filter.unknown-operator'],
    hop: () =>
      sent(
        request => (parameterOf(request, 'filter') ?? '').includes(' resembles '),
        request => withoutParameter(request, 'filter'),
      ),
  },
  {
    id: 'filter-not-implemented',
    title: 'Filters are announced and answered with 501',
    breaks: 'RFC7643-5-13',
    noticedBy: ['filter.flag'],
    hop: () => swallow(filtered, () => refusal(501)),
  },
] as const satisfies readonly Defect[];
