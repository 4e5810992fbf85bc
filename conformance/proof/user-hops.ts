import { isObject } from '../../scim/message/list.ts';
import { USER } from '../../scim/message/urn.ts';
import type { Hop, HttpRequest, Json, JsonObject } from '../../scim/wire/message.ts';
import type { Defect } from './defect.ts';
import { answer, empty, objectOf, onList, onOne, refusal, reply, resource, sent, swallow } from './hops.ts';

export const posted = onList('POST', 'Users');
export const oneUser = onOne('GET', 'Users');

export const draftOf = (request: HttpRequest): JsonObject => objectOf(request);

/** Requests of users changed on their way. */
export const drafts = (change: (draft: JsonObject) => JsonObject): Hop =>
  sent(posted, request => {
    const draft = draftOf(request);
    return Object.keys(draft).length === 0 ? request : { ...request, json: change(draft) };
  });

/** Users that carry such a member are refused. */
export const refusing = (has: (draft: JsonObject) => boolean, status = 400): Hop =>
  swallow(
    request => posted(request) && has(draftOf(request)),
    () => refusal(status, status === 400 ? 'invalidValue' : undefined),
  );

/** What the target refuses is said to be done. */
export const waving = (match: (request: HttpRequest) => boolean, json?: JsonObject): Hop =>
  answer(match, response =>
    (response.status ?? 500) >= 400 ? (json ? reply(201, json) : { ...empty(200), text: '' }) : response,
  );

/** The definition of an attribute at /Schemas, changed. */
export const redefined = (urn: string, name: string, members: JsonObject): Hop =>
  resource(onList('GET', 'Schemas'), schema => {
    const attributes = schema['attributes'];
    if (schema['id'] !== urn || !Array.isArray(attributes)) return schema;
    const change = (one: Json) => (isObject(one) && one['name'] === name ? { ...one, ...members } : one);
    return { ...schema, attributes: (attributes as Json[]).map(change) };
  });

/** Two hops, the first the outer one. */
export const both =
  (outer: Hop, inner: Hop): Hop =>
  async (request, next) =>
    outer(request, async passed => inner(passed, next));

export const shown = (change: (user: JsonObject) => JsonObject): Hop => resource(oneUser, change);
export const user = (members: JsonObject): JsonObject => ({
  schemas: [USER],
  id: 'nobody',
  meta: {
    resourceType: 'User',
    created: '2026-01-01T00:00:00Z',
    lastModified: '2026-01-01T00:00:00Z',
    location: 'https://provider.example/scim/v2/Users/nobody',
  },
  ...members,
});

/** A user that only the provider's answer, and one read, know. */
export const ghost = (match: (request: HttpRequest) => boolean, members: JsonObject): Hop =>
  both(
    answer(match, () => reply(201, user(members))),
    swallow(
      request => oneUser(request) && request.path === '/Users/nobody',
      () => reply(200, user(members)),
    ),
  );

export const list = (name: string, change: (elements: readonly Json[]) => Json): Hop =>
  shown(one => (Array.isArray(one[name]) ? { ...one, [name]: change(one[name] as Json[]) } : one));

export const text = (name: string, change: (value: string) => string): Hop =>
  shown(one => (typeof one[name] === 'string' ? { ...one, [name]: change(one[name]) } : one));

export const make = (
  id: string,
  title: string,
  breaks: Defect['breaks'],
  noticedBy: string,
  hop: () => Hop,
): Defect => ({
  id,
  title,
  breaks,
  noticedBy: noticedBy.split(' '),
  hop,
});
