import { ENTERPRISE_USER } from '../../../scim/message/urn.ts';
import { isObject } from '../../../scim/message/list.ts';
import { withJson, type Json } from '../../../scim/wire/message.ts';
import type { Defect } from '../defect.ts';
import {
  answer,
  body,
  isSuccess,
  objectOf,
  onList,
  onOne,
  operationsOf,
  refusal,
  resource,
  sent,
  swallow,
  textOf,
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
    'RFC7644-3.5.2-16',
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
  [
    'immutable-values-change',
    'A PUT or PATCH changes an immutable value',
    'RFC7643-7-20',
    ['attribute.immutable-kept'],
    () => {
      const changed = new Map<string, Json>();
      return async (request, next) => {
        const path = request.path.replace(/\?.*$/, '');
        const asked = operationsOf(request).find(one => textOf(one['path']).endsWith(':origin'))?.['value'];
        const origin = /^\/Items\/./.test(path) ? (asked ?? objectOf(request)['origin']) : undefined;
        if (origin !== undefined && request.method !== 'GET') {
          changed.set(path, origin);
          return { status: 204, headers: {}, text: '' };
        }
        const response = await next(request);
        const held = changed.get(path);
        return held === undefined || request.method !== 'GET'
          ? response
          : withJson(response, { ...objectOf(response), origin: held });
      };
    },
  ],
  [
    'required-parts-left-out',
    'Elements are taken without a part that is required',
    'RFC7644-3.3-11',
    ['attribute.required-part'],
    () => {
      const bare = new Set<string>();
      const lacks = (one: Json) => isObject(one) && one['value'] === undefined;
      return async (request, next) => {
        const { parts } = objectOf(request);
        const items = /^\/Items(?:[/?]|$)/.test(request.path);
        const poor = items && request.method === 'POST' && Array.isArray(parts) && (parts as Json[]).some(lacks);
        const { parts: _, ...others } = objectOf(request);
        const response = await next(poor ? { ...request, json: others } : request);
        const { id } = objectOf(response);
        if (poor && typeof id === 'string') bare.add(id);
        return items && typeof id === 'string' && bare.has(id)
          ? withJson(response, { ...objectOf(response), parts: [{ type: 'spare' }] })
          : response;
      };
    },
  ],
  [
    'updates-lost',
    'Of several PATCH requests at once the first alone takes effect',
    'RFC7644-3.5.2.1-06',
    ['patch.at-once'],
    () => {
      const busy = new Set<string>();
      return async (request, next) => {
        if (!onOne('PATCH', 'Groups')(request)) return next(request);
        if (busy.has(request.path)) return { status: 204, headers: {}, text: '' };
        busy.add(request.path);
        const response = await next(request);
        busy.delete(request.path);
        return response;
      };
    },
  ],
  [
    'names-raced',
    'Of several creates of one userName at once each makes a user',
    'RFC7643-7-31',
    ['create.at-once'],
    () => {
      const busy = new Set<string>();
      return async (request, next) => {
        const name = textOf(objectOf(request)['userName']);
        if (!onList('POST', 'Users')(request) || name === '') return next(request);
        const raced = busy.has(name);
        busy.add(name);
        const userName = raced ? `${busy.size}.${Date.now()}.${Math.random()}.${name}` : name;
        const response = await next({ ...request, json: { ...objectOf(request), userName } });
        if (!raced) busy.delete(name);
        return response;
      };
    },
  ],
  [
    'text-is-true',
    'A PATCH of a boolean takes any text for true',
    'RFC7643-2.3.2-01',
    ['patch.boolean-text'],
    () =>
      sent(
        request => onOne('PATCH', 'Users')(request) && operationsOf(request).some(({ value }) => value === 'False'),
        request => withOperations(request, [{ op: 'replace', path: 'active', value: true }]),
      ),
  ],
  [
    'password-demanded-again',
    'A PUT of a user that has a password is refused without it',
    'RFC7644-3.5.1-10',
    ['replace.without-password'],
    () => {
      const locked = new Set<string>();
      return async (request, next) => {
        const path = request.path.replace(/\?.*$/, '');
        const { password } = objectOf(request);
        if (onOne('PUT', 'Users')(request) && locked.has(path) && password === undefined)
          return refusal(400, 'invalidValue');
        const response = await next(request);
        const { id } = objectOf(response);
        if (password !== undefined && typeof id === 'string') locked.add(`/Users/${id}`);
        return response;
      };
    },
  ],
  [
    'total-counts-one-too-many',
    'totalResults of a whole list counts one that is not there',
    'RFC7644-3.4.2-05',
    ['page.total-whole'],
    () =>
      body(
        request => onList('GET', 'Users')(request) && !request.path.includes('filter'),
        list => ({ ...list, totalResults: Number(list['totalResults']) + 1 }),
      ),
  ],
];

/** Writes and projections that touch more, or less, than they name. */
export const patchWholeDefects: readonly Defect[] = rows.map(toDefect);
