import { LIST_RESPONSE } from '../../scim/message/urn.ts';
import type { Hop, HttpRequest } from '../../scim/wire/message.ts';
import { onList, parameterOf, refusal, reply, sent, swallow, withoutParameter, withParameter } from './hops.ts';

const lists = onList('GET', 'Users', 'Groups');
export const askedFor = withParameter(lists, 'filter');
export const filterOf = (request: HttpRequest): string => parameterOf(request, 'filter') ?? '';

/** The request with another filter. */
function withFilter(request: HttpRequest, filter: string): HttpRequest {
  const rest = withoutParameter(request, 'filter');
  return { ...rest, path: `${rest.path}${rest.path.includes('?') ? '&' : '?'}filter=${encodeURIComponent(filter)}` };
}

/** A provider that reads filters as if something else stood there. */
export const misread =
  (pattern: RegExp, instead: string): (() => Hop) =>
  () =>
    sent(askedFor, request => {
      const filter = filterOf(request);
      const read = filter.replace(pattern, instead);
      return read === filter ? request : withFilter(request, read);
    });

/** A provider that finds nobody by filters of a kind. */
export const nobody =
  (pattern: RegExp): (() => Hop) =>
  () =>
    swallow(
      request => askedFor(request) && pattern.test(filterOf(request)),
      () => reply(200, { schemas: [LIST_RESPONSE], totalResults: 0, startIndex: 1, itemsPerPage: 0, Resources: [] }),
    );

/** A provider that gives the whole list for filters of a kind. */
export const everybody =
  (pattern: RegExp): (() => Hop) =>
  () =>
    sent(
      request => askedFor(request) && pattern.test(filterOf(request)),
      request => withoutParameter(request, 'filter'),
    );

export const broken = (pattern: RegExp, status: number): (() => Hop) => {
  return () =>
    swallow(
      request => askedFor(request) && pattern.test(filterOf(request)),
      () => refusal(status),
    );
};
