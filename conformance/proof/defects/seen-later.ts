import { isObject, resourcesOf } from '../../../scim/message/list.ts';
import { parseJson, withJson, type Hop, type Json, type JsonObject } from '../../../scim/wire/message.ts';
import type { Defect } from '../defect.ts';
import { answer, objectOf, onList, onOne, sent, textOf } from '../hops.ts';
import { search, toDefect, type Row } from '../query-hops.ts';

/** Searches show users as they were when a search first found them. */
function staleSearches(): Hop {
  const first = new Map<string, Json>();
  return answer(search, response => {
    const list = objectOf(response);
    if (list['Resources'] === undefined) return response;
    const Resources = resourcesOf(list).map((entry): JsonObject => {
      const { id, userName, displayName } = entry;
      if (userName === undefined || displayName === undefined) return entry;
      const known = first.get(textOf(id)) ?? displayName;
      first.set(textOf(id), known);
      return { ...entry, displayName: known };
    });
    return withJson(response, { ...list, Resources });
  });
}

/** Whoever is made next after a user was deleted, by another name, has the id of that one. */
function handedDown(): Hop {
  const names = new Map<string, Json>();
  /** The id behind each that was given out again. */
  const owners = new Map<string, string>();
  let freed: { readonly id: string; readonly name: Json } | undefined;
  const inside = (text: string) => [...owners].reduce((known, [shown, own]) => known.replaceAll(shown, own), text);
  const outside = (text: string) => [...owners].reduce((known, [shown, own]) => known.replaceAll(own, shown), text);
  return async (request, next) => {
    const { json } = request;
    const response = await next({
      ...request,
      path: inside(request.path),
      ...(json !== undefined && { json: parseJson(inside(JSON.stringify(json))) ?? null }),
    });
    const { id: made, userName = null } = objectOf(response);
    if (onList('POST', 'Users')(request) && response.status === 201) {
      if (freed && freed.name !== userName) owners.set(freed.id, textOf(made));
      names.set(outside(textOf(made)), userName);
      freed = undefined;
    } else if (onOne('DELETE', 'Users')(request) && response.status === 204) {
      const id = request.path.replace('/Users/', '');
      const name = names.get(id);
      if (name !== undefined) freed = { id, name };
    }
    if (owners.size === 0) return response;
    const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, outside(value)]));
    const shown = response.json;
    return shown === undefined
      ? { ...response, headers }
      : withJson({ ...response, headers }, parseJson(outside(JSON.stringify(shown))) ?? null);
  };
}

const rows: readonly Row[] = [
  [
    'searches-grow-old',
    'A search by POST shows users as they were when one first found them',
    'RFC7644-3.4.3-11',
    ['search.after-change'],
    staleSearches,
  ],
  [
    'put-loses-nested-groups',
    'A PUT of a group takes its users and leaves out the groups among its members',
    'RFC7643-4.2-05',
    ['relation.mixed-members'],
    () =>
      sent(onOne('PUT', 'Groups'), request => {
        const { members, ...rest } = objectOf(request);
        if (!Array.isArray(members)) return request;
        const users = (members as readonly Json[]).filter(each => !isObject(each) || each['type'] !== 'Group');
        return { ...request, json: { ...rest, members: users } };
      }),
  ],
  [
    'ids-handed-down',
    'A user who is made after another was deleted has the id of that one',
    'RFC7643-3.1-07',
    ['delete.id-reused'],
    handedDown,
  ],
];

/** What shows only in what comes after it. */
export const seenLaterDefects: readonly Defect[] = rows.map(toDefect);
