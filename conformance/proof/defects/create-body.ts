import { isObject, listResponse, resourcesOf } from '../../../scim/message/list.ts';
import { GROUP, USER } from '../../../scim/message/urn.ts';
import { requestJson, type Json } from '../../../scim/wire/message.ts';
import type { Defect } from '../defect.ts';
import { answer, body, objectOf, onList, refusal, reply, swallow, without, textOf } from '../hops.ts';
import { both, draftOf, drafts, ghost, make, posted, refusing, shown } from '../user-hops.ts';

/** A type that no document defines. */
const DEVICE = 'urn:example:params:scim:schemas:core:2.0:Device';

const isShapeless = (json: Json | undefined): boolean => json !== undefined && !isObject(json);

/** What may be wrong about what a POST takes. */
export const createBodyDefects: readonly Defect[] = [
  make('other-types-answer-200', 'A device is made with 200', 'RFC7644-3.3-04', 'create.custom', () =>
    both(
      body(onList('GET', 'ResourceTypes'), listed => ({
        ...listed,
        totalResults: resourcesOf(listed).length + 1,
        Resources: [...resourcesOf(listed), { name: 'Device', endpoint: '/Devices', schema: DEVICE }],
      })),
      swallow(
        ({ path }) => path.startsWith('/Devices'),
        () => reply(200, { schemas: [DEVICE], id: 'device' }),
      ),
    ),
  ),
  make('shapes-crash', 'A body that is no object is answered with 500', 'RFC7644-3.3-09', 'create.shape', () =>
    answer(posted, (response, request) => (isShapeless(requestJson(request)) ? refusal(500) : response)),
  ),
  make(
    'wrong-types-crash',
    'A value of the wrong type is answered with 500',
    'RFC7644-3.3-10',
    'create.wrong-type',
    () => answer(posted, (response, request) => (isObject(draftOf(request)['displayName']) ? refusal(500) : response)),
  ),
  make(
    'booleans-kept-as-text',
    'A boolean that is sent as text is stored as text',
    'RFC7643-2.3.2-01',
    'create.boolean-text',
    () =>
      ghost(request => posted(request) && draftOf(request)['active'] === 'true', {
        userName: 'nobody',
        active: 'true',
      }),
  ),
  make(
    'refused-but-made',
    'A user that is refused is made all the same',
    'RFC7644-3.3-12',
    'create.leaves-nothing',
    () =>
      both(
        answer(
          request => posted(request) && draftOf(request)['emails'] === 'text',
          () => refusal(400, 'invalidValue'),
        ),
        drafts(draft => (draft['emails'] === 'text' ? without(draft, 'emails') : draft)),
      ),
  ),
  make(
    'conflict-overwrites',
    'A create that collides overwrites the user',
    'RFC7644-3.3-12',
    'create.conflict-leaves-first',
    () => {
      let overwritten = false;
      const hide = shown(one => (overwritten ? { ...one, displayName: 'Another' } : one));
      return async (request, next) => {
        if (posted(request) && draftOf(request)['displayName'] === 'Another') overwritten = true;
        return hide(request, next);
      };
    },
  ),
  make(
    'names-by-case',
    'Attribute names are read in their own case only',
    'RFC7643-2.1-01',
    'create.names-other-case',
    () => drafts(draft => without(draft, 'DisplayName')),
  ),
  make(
    'part-names-by-case',
    'Names of parts are read in their own case only',
    'RFC7643-2.1-01',
    'create.part-names-other-case',
    () => drafts(draft => (isObject(draft['name']) ? { ...draft, name: without(draft['name'], 'FAMILYNAME') } : draft)),
  ),
  make(
    'both-spellings-kept',
    'An attribute in two spellings is kept twice',
    'RFC7643-2.1-02',
    'create.name-twice',
    () =>
      ghost(request => posted(request) && draftOf(request)['DISPLAYNAME'] !== undefined, {
        userName: 'nobody',
        displayName: 'First',
        DISPLAYNAME: 'Second',
      }),
  ),
  make('unknown-schemas-kept', 'An unknown schema is stored', 'RFC7643-3-05', 'create.unknown-schema', () =>
    ghost(request => posted(request) && JSON.stringify(draftOf(request)).includes('unknown:1.0'), {
      userName: 'nobody',
      schemas: [USER, 'urn:example:params:scim:schemas:unknown:1.0:X'],
    }),
  ),
  make(
    'schemas-kept-twice',
    'A schema that is named twice is stored twice',
    'RFC7643-3-06',
    'create.schemas-repeated',
    () =>
      ghost(request => posted(request) && textOf(draftOf(request)['schemas']) === JSON.stringify([USER, USER]), {
        userName: 'nobody',
        schemas: [USER, USER],
      }),
  ),
  make(
    'schemas-missing-crash',
    'A user without schemas is answered with 500',
    'RFC7643-3.3-03',
    'create.schemas-missing',
    () =>
      answer(posted, (response, request) =>
        draftOf(request)['userName'] !== undefined && draftOf(request)['schemas'] === undefined
          ? refusal(500)
          : response,
      ),
  ),
  make('groups-among-users', 'A group is made at the endpoint of users', 'RFC7644-3.3.1-02', 'create.other-type', () =>
    ghost(request => posted(request) && textOf(draftOf(request)['schemas']) === JSON.stringify([GROUP]), {
      schemas: [GROUP],
    }),
  ),
  make(
    'create-ignores-choice',
    'A create ignores the choice of attributes',
    'RFC7644-3.3-13',
    'create.chosen-attributes create.excluded-attributes',
    () => async (request, next) =>
      next(request.method === 'POST' ? { ...request, path: request.path.replace(/\?.*/, '') } : request),
  ),
  make('null-refused', 'Null is refused', 'RFC7643-2.5-01', 'create.unset', () =>
    refusing(draft => draft['nickName'] === null),
  ),
  make('external-ids-unique', 'An externalId is taken once', 'RFC7643-3.1-14', 'create.external-id-shared', () => {
    const taken = new Set<Json>();
    return async (request, next) => {
      const { externalId } = draftOf(request);
      if (!posted(request) || externalId === undefined) return next(request);
      if (taken.has(externalId)) return refusal(409, 'uniqueness');
      taken.add(externalId);
      return next(request);
    };
  }),
  make(
    'passwords-in-clear',
    'A filter finds a user by the beginning of its password',
    'RFC7643-4.1.1-22',
    'error.password-filter',
    () => {
      const known = new Map<string, string>();
      return async (request, next) => {
        const { password, filter } = draftOf(request);
        const response = await next(request);
        const { id } = objectOf(response);
        if (posted(request) && typeof password === 'string' && typeof id === 'string') known.set(password, id);
        const part = /^password sw "(.*)"$/.exec(typeof filter === 'string' ? filter : '')?.[1];
        const owners = [...known].filter(([secret]) => part !== undefined && secret.startsWith(part));
        if (owners.length === 0) return response;
        const found = owners.map(([, id]) => ({ id }));
        return reply(200, { ...listResponse(found, found.length, 1) });
      };
    },
  ),
];
