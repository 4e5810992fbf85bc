import { isObject } from '../../../scim/message/list.ts';
import type { Defect } from '../defect.ts';
import { current, objectOf, onList, onOne, parameterOf, sent, withoutParameter } from '../hops.ts';
import { bare, dropped, elementsOf, on, patchGroup, patchUser } from '../modify-hops.ts';
import { filtered, numberOf, toDefect, type Row } from '../query-hops.ts';

/** Filters of queries, with something in other words. */
const filterWith = (words: RegExp, others: string) => () =>
  sent(filtered, request => ({
    ...request,
    path: request.path.replace(/([?&]filter=)([^&]*)/, (_, name: string, text: string) => {
      const plain = decodeURIComponent(text.replaceAll('+', ' '));
      return name + encodeURIComponent(plain.replace(words, others));
    }),
  }));

const rows: readonly Row[] = [
  [
    'patches-few-attributes',
    'A PATCH of photos or entitlements has no effect',
    'RFC7644-3.5.2.3-03',
    ['attribute.patched'],
    () => dropped(on('replace', /^(?:photos|entitlements)$/), patchUser),
  ],
  [
    'group-takes-its-members-along',
    'Who deletes a group deletes its members',
    'RFC7644-3.1-09',
    ['relation.group-deleted-members-stay'],
    () => async (request, next) => {
      if (!onOne('DELETE', 'Groups')(request)) return next(request);
      for (const { value } of elementsOf(objectOf(await current(request, next)), 'members')) {
        if (typeof value === 'string') await next({ ...request, path: `/Users/${encodeURIComponent(value)}` });
      }
      return next(request);
    },
  ],
  [
    'groups-or-users',
    'A group that gets a group as its member loses the users',
    'RFC7643-4.2-05',
    ['relation.mixed-members'],
    () =>
      sent(onList('POST', 'Groups'), request => {
        const whole = objectOf(request);
        const members = elementsOf(whole, 'members');
        const inner = members.filter(({ type }) => type === 'Group');
        return inner.length > 0 ? { ...request, json: { ...whole, members: inner } } : request;
      }),
  ],
  [
    'put-lost-after-patches',
    'A PUT of a user that was patched twice has no effect',
    'RFC7644-3.5.1-03',
    ['replace.after-patches'],
    () => {
      const patches = new Map<string, number>();
      return async (request, next) => {
        const path = bare(request);
        if (patchUser(request)) patches.set(path, (patches.get(path) ?? 0) + 1);
        const late = onOne('PUT', 'Users')(request) && (patches.get(path) ?? 0) > 1;
        return late ? current(request, next) : next(request);
      };
    },
  ],
  [
    'group-external-id-fixed',
    'A PATCH does not change the externalId of a group',
    'RFC7643-3.1-15',
    ['patch.group-external-id'],
    () => dropped(on('replace', /^externalId$/), patchGroup),
  ],
  [
    'ids-compared-whole',
    'sw compares an id as a whole',
    'RFC7644-3.4.2.2-20',
    ['filter.meta'],
    filterWith(/^id sw /, 'id eq '),
  ],
  [
    'types-never-differ',
    'ne on meta.resourceType finds what eq finds',
    'RFC7644-3.4.2.2-16',
    ['filter.meta'],
    filterWith(/^meta\.resourceType ne /, 'meta.resourceType eq '),
  ],
  [
    'changes-on-one-page',
    'The second page of what was changed since a date is the first again',
    'RFC7644-3.4.2.4-14',
    ['page.changed-since'],
    () =>
      sent(
        request =>
          filtered(request) &&
          numberOf(request, 'startIndex') > 1 &&
          /meta\.lastModified gt/.test(parameterOf(request, 'filter') ?? ''),
        request => withoutParameter(request, 'startIndex'),
      ),
  ],
  [
    'empty-op-taken',
    'A PATCH operation with an empty name is passed over',
    'RFC7644-3.12-09',
    ['patch.broken-message'],
    () => async (request, next) => {
      const operations = objectOf(request)['Operations'];
      const named = Array.isArray(operations) && operations.some(each => isObject(each) && each['op'] === '');
      return patchUser(request) && named ? current(request, next) : next(request);
    },
  ],
];

/** What testers of SCIM servers look at beyond single clauses: combinations of what each is right alone. */
export const unionDefects: readonly Defect[] = rows.map(toDefect);
