import { isObject } from '../../../scim/message/list.ts';
import { ENTERPRISE_USER } from '../../../scim/message/urn.ts';
import { requestJson, type HttpRequest, type Json, type JsonObject } from '../../../scim/wire/message.ts';
import type { Defect } from '../defect.ts';
import {
  answer,
  current,
  empty,
  isSuccess,
  objectOf,
  operationsOf,
  refusal,
  reply,
  restatus,
  swallow,
  withOperations,
} from '../hops.ts';
import {
  accepting,
  afterwards,
  dropped,
  elementsOf,
  json,
  message,
  on,
  patchAny,
  patchGroup,
  patchUser,
  pathOf,
  pathless,
  refusing,
  withOperation,
  writesUser,
} from '../modify-hops.ts';

const opsOf = (request: HttpRequest) => operationsOf(request).map(({ op }) => op);
const isMessage = (request: HttpRequest): boolean => {
  const json = requestJson(request);
  const operations = isObject(json) ? json['Operations'] : undefined;
  return (
    Array.isArray(operations) &&
    operations.every((each: Json) => isObject(each) && ['add', 'remove', 'replace'].some(op => op === each['op']))
  );
};
const ofMeta =
  (change: (meta: JsonObject, before: JsonObject) => JsonObject) => (shown: JsonObject, before: JsonObject) => ({
    ...shown,
    meta: change(isObject(shown['meta']) ? shown['meta'] : {}, isObject(before['meta']) ? before['meta'] : {}),
  });
const reads = (request: HttpRequest) => request.method === 'GET' || patchUser(request) || request.method === 'PUT';

/** What may be wrong about refusals and answers of a PATCH. */
export const patchRefusalDefects = [
  {
    id: 'member-value-accepted',
    title: 'A PATCH of the value of a member is answered well',
    breaks: 'RFC7643-4.2-04',
    noticedBy: ['patch.member-sub-attribute'],
    hop: () => accepting(withOperation(on('replace', /^members\[.*\]\.value$/), patchGroup)),
  },
  {
    id: 'json-patch-accepted',
    title: 'Operations of JSON Patch and unknown ones are answered well',
    breaks: 'RFC7644-3.5.2-02',
    noticedBy: ['patch.json-patch-op', 'patch.broken-message'],
    hop: () => accepting(request => patchUser(request) && !isMessage(request)),
  },
  {
    id: 'broken-paths-accepted',
    title: 'Paths that are malformed are ignored',
    breaks: 'RFC7644-3.5.2-10',
    noticedBy: ['patch.broken-path', 'patch.index-path', 'patch.no-target-element'],
    hop: () =>
      accepting(
        request => patchUser(request) && operationsOf(request).some(each => /[[/ ]|\.\.|^1|\.$/.test(pathOf(each))),
      ),
  },
  {
    id: 'loose-message-breaks-provider',
    title: 'A PATCH without schemas is answered with 500',
    breaks: 'RFC7644-3.12-09',
    noticedBy: ['patch.loose-message'],
    hop: () =>
      swallow(
        request => patchUser(request) && isObject(requestJson(request)) && objectOf(request)['schemas'] === undefined,
        () => refusal(500),
      ),
  },
  {
    id: 'wrong-types-accepted',
    title: 'Values of the wrong type are ignored',
    breaks: 'RFC7644-3.5.2-29',
    noticedBy: ['patch.wrong-type', 'patch.value-not-an-object', 'patch.required-null'],
    hop: () =>
      accepting(request => {
        const keyword = operationsOf(request).some(
          ({ op, path }) =>
            op !== 'remove' &&
            (path === undefined || /^(?:active|name|emails|userName|displayName)/.test(pathOf({ path }))),
        );
        return patchUser(request) && keyword && isMessage(request);
      }),
  },
  {
    id: 'broken-json-accepted',
    title: 'A write whose body is no JSON is answered well',
    breaks: 'RFC7644-3.12-09',
    noticedBy: ['patch.broken-json', 'replace.broken-json'],
    hop: () => accepting(request => writesUser(request) && requestJson(request) === undefined),
  },
  {
    id: 'read-only-accepted',
    title: 'A PATCH of a readOnly attribute is answered well',
    breaks: 'RFC7644-3.5.2-12',
    noticedBy: ['patch.read-only-attribute', 'patch.read-only-groups', 'patch.remove-groups', 'patch.remove-mandatory'],
    hop: () => accepting(withOperation(each => /^(?:id|meta|groups|userName)\b/.test(pathOf(each)), patchUser)),
  },
  {
    id: 'remove-required-other-keyword',
    title: 'The removal of a required attribute is refused as invalidValue',
    breaks: 'RFC7644-3.5.2.2-07',
    noticedBy: ['patch.remove-mandatory'],
    hop: () => restatus(withOperation(on('remove', /^userName$/), patchUser), 400, 400, 'invalidValue'),
  },
  {
    id: 'remove-stranger-refused',
    title: 'The removal of a member that is not there is refused',
    breaks: 'RFC7644-3.5.2.2-08',
    noticedBy: ['patch.remove-member-not-there'],
    hop: () => async (request, next) => {
      const id = withOperation(on('remove', /^members\[value eq "[^"]+"\]$/), patchGroup)(request)
        ? /"([^"]+)"/.exec(pathOf(operationsOf(request)[0] ?? {}))?.[1]
        : undefined;
      if (id === undefined) return next(request);
      const members = elementsOf(objectOf(await current(request, next)), 'members');
      return members.some(({ value }) => value === id) ? next(request) : refusal(400, 'noTarget');
    },
  },
  {
    id: 'no-target-creates',
    title: 'A replacement that is refused for want of a target makes the element all the same',
    breaks: 'RFC7644-3.5.2-23',
    noticedBy: ['patch.no-target-changes-nothing'],
    hop: () => async (request, next) => {
      const response = await next(request);
      const wanted = withOperation(on('replace', /^emails\[type eq "other"\]/), patchUser)(request);
      if (!wanted || response.status !== 400) return response;
      const value = [{ value: 'half@scimulator.example', type: 'other' }];
      await next({ ...request, ...json(message({ op: 'add', path: 'emails', value }), request) });
      return response;
    },
  },
  {
    id: 'null-ignored',
    title: 'A replacement by null is answered well and changes nothing',
    breaks: 'RFC7643-2.5-02',
    noticedBy: ['patch.null'],
    hop: () => dropped(({ value }) => value === null || (isObject(value) && value['nickName'] === null), patchUser),
  },
  {
    id: 'taken-name-other-status',
    title: 'A write onto a userName that is taken is refused with 422',
    breaks: 'RFC7644-3.5.2-27',
    noticedBy: ['patch.conflict', 'replace.conflict'],
    hop: () => restatus(writesUser, 409, 422),
  },
  {
    id: 'taken-name-shared',
    title: 'A user can be given the userName of another',
    breaks: 'RFC7643-4.1.1-02',
    noticedBy: ['patch.user-name-unique', 'replace.user-name-unique'],
    hop() {
      const shared = new Map<string, string>();
      return async (request, next) => {
        const response = await next(request);
        if (writesUser(request) && response.status === 409) {
          shared.set(request.path, 'taken@scimulator.example');
          return current(request, next);
        }
        const userName = request.method === 'GET' ? shared.get(request.path) : undefined;
        return userName === undefined ? response : reply(200, { ...objectOf(response), userName });
      };
    },
  },
  {
    id: 'refused-half-done',
    title: 'A PATCH that is refused has carried out its first operations, on users and groups',
    breaks: 'RFC7644-3.5.2-23',
    noticedBy: ['patch.atomic-whole', 'patch.atomic-members'],
    hop: () => async (request, next) => {
      const response = await next(request);
      const first = operationsOf(request).slice(0, 1);
      if (patchAny(request) && response.status === 400 && opsOf(request).length > 1) {
        await next(withOperations(request, first));
      }
      return response;
    },
  },
  {
    id: 'refusal-without-body',
    title: 'A PATCH that is refused has no body',
    breaks: 'RFC7644-3.5.2-16',
    noticedBy: ['patch.refused-as-scim'],
    hop: () => answer(patchUser, response => (response.status === 400 ? empty(400, response.headers) : response)),
  },
  {
    id: 'write-answered-with-old-state',
    title: 'A write is answered with the resource as it was',
    breaks: 'RFC7644-3.5.2-24',
    noticedBy: ['patch.answer-is-state', 'patch.group-answer-is-state', 'replace.answer-is-state'],
    hop: () => async (request, next) => {
      if (!patchAny(request) && request.method !== 'PUT') return next(request);
      const before = await current(request, next);
      const response = await next(request);
      return isSuccess(response) ? before : response;
    },
  },
  {
    id: 'write-moves-created',
    title: 'A write moves meta.created',
    breaks: 'RFC7643-3.1-20',
    noticedBy: ['patch.meta', 'replace.meta'],
    hop: () =>
      afterwards(
        writesUser,
        ofMeta(meta => ({ ...meta, created: '2098-01-01T00:00:00Z' })),
        reads,
      ),
  },
  {
    id: 'last-modified-stands',
    title: 'meta.lastModified and the version stay as they were at the beginning',
    breaks: 'RFC7644-3.5.2-31',
    noticedBy: ['patch.last-modified', 'patch.version', 'replace.meta', 'replace.version'],
    hop: () =>
      afterwards(
        writesUser,
        ofMeta((meta, { lastModified = null, version = null }) => ({ ...meta, lastModified, version })),
        reads,
      ),
  },
  {
    id: 'write-shows-password',
    title: 'The answer to a write shows the password that it sets',
    breaks: 'RFC7643-4.1.1-16',
    noticedBy: ['patch.password', 'replace.password'],
    hop: () => async (request, next) => {
      const response = await next(request);
      const value =
        operationsOf(request).find(each => pathOf(each) === 'password')?.['value'] ?? objectOf(request)['password'];
      return writesUser(request) && value !== undefined && response.status === 200
        ? reply(200, { ...objectOf(response), password: value })
        : response;
    },
  },
  {
    id: 'rename-refused',
    title: 'A userName cannot be changed',
    breaks: 'RFC7643-3.1-07',
    noticedBy: ['patch.rename'],
    hop: () => refusing(on('replace', /^userName$/), 'mutability', patchUser),
  },
  {
    id: 'pathless-replace-ignored',
    title: 'Members in an operation without path are left out',
    breaks: 'RFC7644-3.5.2.3-03',
    noticedBy: ['patch.replace-members'],
    hop: () => dropped(pathless('replace'), patchGroup),
  },
  {
    id: 'extension-of-manager-dropped',
    title: 'A manager cannot be replaced',
    breaks: 'RFC7644-3.5.2.3-10',
    noticedBy: ['patch.replace-manager'],
    hop: () => dropped(each => pathOf(each).startsWith(`${ENTERPRISE_USER}:manager`), patchUser),
  },
] as const satisfies readonly Defect[];
