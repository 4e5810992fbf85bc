import { ENTERPRISE_USER } from '../../../scim/message/urn.ts';
import { withJson } from '../../../scim/wire/message.ts';
import type { Defect } from '../defect.ts';
import {
  answer,
  isSuccess,
  objectOf,
  onList,
  onOne,
  operationsOf,
  refusal,
  resource,
  sent,
  swallow,
  withOperations,
  without,
} from '../hops.ts';
import { toDefect, type Row } from '../query-hops.ts';

const rows: readonly Row[] = [
  [
    'names-kept-for-ever',
    'A userName that was given up stays taken',
    'RFC7643-7-31',
    ['replace.name-given-up'],
    () => {
      const given = new Set<string>();
      return async (request, next) => {
        const name = objectOf(request)['userName'];
        if (onList('POST', 'Users')(request) && typeof name === 'string' && given.has(name))
          return refusal(409, 'uniqueness');
        if (!onOne('PUT', 'Users')(request)) return next(request);
        const before = await next({
          method: 'GET',
          path: request.path,
          headers: without(request.headers, 'content-type'),
        });
        const old = objectOf(before)['userName'];
        const response = await next(request);
        if (isSuccess(response) && typeof old === 'string' && old !== name) given.add(old);
        return response;
      };
    },
  ],
  [
    'conflict-with-itself',
    'A user that writes its userName in another case collides with itself',
    'RFC7643-7-31',
    ['replace.own-name-other-case'],
    () =>
      swallow(onOne('PUT', 'Users'), async (request, next) => {
        const name = objectOf(request)['userName'];
        return typeof name === 'string' && name.startsWith('USER-') ? refusal(409, 'uniqueness') : next(request);
      }),
  ],
  [
    'failures-passed-over',
    'A PATCH of several operations passes over those that fail',
    'RFC7644-3.5.2-23',
    ['patch.failure-told'],
    () => async (request, next) => {
      const response = await next(request);
      const operations = operationsOf(request);
      if (!onOne('PATCH', 'Users')(request) || operations.length < 2 || isSuccess(response)) return response;
      return next(
        withOperations(
          request,
          operations.filter(({ path }) => path === 'displayName'),
        ),
      );
    },
  ],
  [
    'removal-takes-a-neighbour',
    'A remove takes nickName along',
    'RFC7644-3.5.2.2-02',
    ['patch.others-untouched'],
    () =>
      sent(
        request =>
          onOne('PATCH', 'Users')(request) &&
          operationsOf(request).some(({ op, path }) => op === 'remove' && path === 'timezone'),
        request => withOperations(request, [...operationsOf(request), { op: 'remove', path: 'nickName' }]),
      ),
  ],
  [
    'schemas-removable',
    'remove takes the schemas away',
    'RFC7644-3.5.2.2-07',
    ['patch.remove-schemas'],
    () => {
      const bare = new Set<string>();
      return async (request, next) => {
        const path = request.path.replace(/\?.*$/, '');
        if (
          onOne('PATCH', 'Users')(request) &&
          operationsOf(request).some(one => one['op'] === 'remove' && one['path'] === 'schemas')
        ) {
          bare.add(path);
          return { status: 204, headers: {}, text: '' };
        }
        const response = await next(request);
        return bare.has(path) && request.method === 'GET'
          ? withJson(response, without(objectOf(response), 'schemas'))
          : response;
      };
    },
  ],
  [
    'read-only-parts-pass',
    'A PATCH of a readOnly part is answered with success',
    'RFC7644-3.5.2-12',
    ['patch.read-only-part'],
    () =>
      answer(onOne('PATCH', 'Users'), (response, request) =>
        operationsOf(request).some(({ path }) => path === `${ENTERPRISE_USER}:manager.displayName`)
          ? { status: 204, headers: {}, text: '' }
          : response,
      ),
  ],
  [
    'excluded-parts-ignored',
    'excludedAttributes takes no sub-attributes',
    'RFC7644-3.9-08',
    ['projection.excluded-parts'],
    () =>
      sent(onOne('GET', 'Users'), request => ({
        ...request,
        path: request.path.replace(/excludedAttributes=(?:name|emails|addresses)\.\w+/, 'x=y'),
      })),
  ],
  [
    'excluded-parts-take-the-whole',
    'excludedAttributes with a sub-attribute takes its siblings along',
    'RFC7644-3.9-08',
    ['projection.excluded-parts'],
    () =>
      sent(onOne('GET', 'Users'), request => ({
        ...request,
        path: request.path.replace(/(excludedAttributes=(?:name|emails|addresses))\.\w+/, '$1'),
      })),
  ],
  [
    'groups-shown-whole',
    'attributes is ignored on groups',
    'RFC7644-3.9-03',
    ['projection.group'],
    () => sent(onOne('GET', 'Groups'), request => ({ ...request, path: request.path.replace(/\?attributes=.*$/, '') })),
  ],
  [
    'lists-without-members',
    'Groups in a list come without their members',
    'RFC7644-3.9-01',
    ['projection.default-group'],
    () => resource(onList('GET', 'Groups'), group => without(group, 'members')),
  ],
];

/** Writes and projections that touch more, or less, than they name. */
export const patchWholeDefects: readonly Defect[] = rows.map(toDefect);
