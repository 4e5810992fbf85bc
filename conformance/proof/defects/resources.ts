import { isObject } from '../../../scim/message/list.ts';
import { isErrorMessage } from '../../../scim/message/error.ts';
import { ENTERPRISE_USER, USER } from '../../../scim/message/urn.ts';
import { withJson, type Json, type JsonObject } from '../../../scim/wire/message.ts';
import type { Defect } from '../defect.ts';
import { always, answer, body, objectOf, onList, onOne, refusal, resource, without, textOf } from '../hops.ts';

const oneUser = onOne('GET', 'Users');
const oneGroup = onOne('GET', 'Groups');
const posted = onList('POST', 'Users');

const metaOf = (whole: JsonObject): JsonObject => (isObject(whole['meta']) ? whole['meta'] : {});
const withMeta = (members: JsonObject) => (whole: JsonObject) => ({ ...whole, meta: { ...metaOf(whole), ...members } });

/** A user whose e-mail, or other list, is changed. */
const listed = (name: string, change: (elements: readonly Json[]) => Json) => () =>
  resource(oneUser, user => {
    const elements = user[name];
    return Array.isArray(elements) ? { ...user, [name]: change(elements as Json[]) } : user;
  });

const renamed = (name: string, change: (value: Json) => Json) => () =>
  resource(oneUser, user => (user[name] === undefined ? user : { ...user, [name]: change(user[name]) }));

/** What may be wrong about the resources that a provider shows. */
export const resourceDefects = [
  {
    id: 'active-as-text',
    title: 'active is shown as a text',
    breaks: 'RFC7643-2.3.2-01',
    noticedBy: ['value.boolean'],
    hop: renamed('active', value => textOf(value)),
  },
  {
    id: 'text-as-number',
    title: 'A displayName is shown as a number',
    breaks: 'RFC7643-2.3-02',
    noticedBy: ['value.text'],
    hop: renamed('displayName', () => 7),
  },
  {
    id: 'name-as-text',
    title: 'The name is shown as one text',
    breaks: 'RFC7643-2.3-02',
    noticedBy: ['value.complex'],
    hop: renamed('name', () => 'Ada Lovelace'),
  },
  {
    id: 'emails-as-object',
    title: 'A single e-mail is shown without an array around it',
    breaks: 'RFC7644-3.8-12',
    noticedBy: ['value.array'],
    hop: listed('emails', elements => elements[0] ?? null),
  },
  {
    id: 'certificates-with-line-breaks',
    title: 'Certificates are shown with line breaks',
    breaks: 'RFC7643-2.3.6-01',
    noticedBy: ['value.binary'],
    hop: listed('x509Certificates', elements =>
      elements.map(element => (isObject(element) ? { ...element, value: `${textOf(element['value'])}\n` } : element)),
    ),
  },
  {
    id: 'references-with-blanks',
    title: 'A profileUrl is shown with a blank in it',
    breaks: 'RFC7643-2.3.7-02',
    noticedBy: ['value.reference'],
    hop: renamed('profileUrl', value => `${textOf(value)} (page)`),
  },
  {
    id: 'objects-in-simple-lists',
    title: 'The elements of e-mails are published as texts',
    breaks: 'RFC7643-2.4-01',
    noticedBy: ['value.objects-are-complex'],
    hop: () =>
      resource(onList('GET', 'Schemas'), schema => {
        const attributes = schema['attributes'];
        if (schema['id'] !== USER || !Array.isArray(attributes)) return schema;
        const change = (one: Json) => (isObject(one) && one['name'] === 'emails' ? { ...one, type: 'string' } : one);
        return { ...schema, attributes: (attributes as Json[]).map(change) };
      }),
  },
  {
    id: 'two-primaries',
    title: 'Every e-mail is shown as primary',
    breaks: 'RFC7643-2.4-03',
    noticedBy: ['value.primary', 'user.no-primary', 'user.many-elements'],
    hop: listed('emails', elements =>
      elements.map(element => (isObject(element) ? { ...element, primary: true } : element)),
    ),
  },
  {
    id: 'elements-twice',
    title: 'Each e-mail is shown twice',
    breaks: 'RFC7643-2.4-09',
    noticedBy: ['value.pairs-once', 'user.pair-twice'],
    hop: listed('emails', elements => [...elements, ...elements]),
  },
  {
    id: 'password-shown-on-read',
    title: 'A read shows a hash of the password',
    breaks: 'RFC7643-7-25',
    noticedBy: ['value.never-returned', 'wire.secrets'],
    hop: () => resource(oneUser, user => ({ ...user, password: '$2b$10$abcdefghij' })),
  },
  {
    id: 'names-twice',
    title: 'A user shows its userName in two spellings',
    breaks: 'RFC7643-2.1-02',
    noticedBy: ['value.names-once'],
    hop: () => resource(oneUser, user => ({ ...user, username: user['userName'] ?? '' })),
  },
  {
    id: 'foreign-schemas-shown',
    title: 'Users name a schema that their type does not have',
    breaks: 'RFC7643-3-04',
    noticedBy: ['wire.schemas-of-type'],
    hop: () => resource(oneUser, user => ({ ...user, schemas: [USER, 'urn:example:schemas:Legacy'] })),
  },
  {
    id: 'extension-not-named',
    title: 'schemas never names the extension',
    breaks: 'RFC7643-3.3-05',
    noticedBy: ['wire.extension-named'],
    hop: () => resource(oneUser, user => ({ ...user, schemas: [USER] })),
  },
  {
    id: 'extension-flattened',
    title: 'Attributes of the extension stand at the top',
    breaks: 'RFC7643-3.3-07',
    noticedBy: ['wire.extension-container', 'enterprise.round-trip'],
    hop: () =>
      resource(oneUser, user => {
        const held = user[ENTERPRISE_USER];
        return isObject(held) ? { ...without(user, ENTERPRISE_USER), ...held } : user;
      }),
  },
  {
    id: 'base-schema-as-container',
    title: 'A user shows a member named by its base schema',
    breaks: 'RFC7643-3.3-07',
    noticedBy: ['wire.extension-container'],
    hop: () => resource(oneUser, user => ({ ...user, [USER]: { userName: user['userName'] ?? '' } })),
  },
  {
    id: 'ids-with-reserved-word',
    title: 'Ids begin with bulkId',
    breaks: 'RFC7643-3.1-09',
    noticedBy: ['wire.id-word'],
    hop: () => resource(oneGroup, group => ({ ...group, id: `bulkId:${textOf(group['id'])}` })),
  },
  {
    id: 'one-id-for-all-groups',
    title: 'The ids of groups are those of users',
    breaks: 'RFC7643-3.1-06',
    noticedBy: ['wire.id-unique'],
    hop() {
      let last = '';
      const groups = resource(oneGroup, group => ({ ...group, id: last === '' ? (group['id'] ?? '') : last }));
      return async (request, next) => {
        const response = await groups(request, next);
        const { id } = objectOf(response);
        if (posted(request) && typeof id === 'string') last = id;
        return response;
      };
    },
  },
  {
    id: 'ids-in-other-case',
    title: 'A read shows the id in capitals',
    breaks: 'RFC7643-3.1-07',
    noticedBy: ['wire.id-asked-for'],
    hop: () => resource(oneGroup, group => ({ ...group, id: textOf(group['id']).toUpperCase() })),
  },
  {
    id: 'resource-type-in-lower-case',
    title: 'meta.resourceType is written in lower case',
    breaks: 'RFC7643-3.1-18',
    noticedBy: ['wire.resource-type'],
    hop: () => resource(oneUser, withMeta({ resourceType: 'user' })),
  },
  {
    id: 'created-moves',
    title: 'meta.created is the time of the answer',
    breaks: 'RFC7643-3.1-19',
    noticedBy: ['wire.created-stays'],
    hop() {
      let hours = 0;
      return resource(oneUser, user => withMeta({ created: new Date((hours += 1) * 3_600_000).toISOString() })(user));
    },
  },
  {
    id: 'modified-at-epoch',
    title: 'meta.lastModified stands at the epoch',
    breaks: 'RFC7643-3.1-20',
    noticedBy: ['wire.modified-after-created', 'create.modified-is-created'],
    hop: () => resource(oneUser, withMeta({ lastModified: '1970-01-01T00:00:00Z' })),
  },
  {
    id: 'new-users-modified-later',
    title: 'A new user was modified an hour after it was created',
    breaks: 'RFC7643-3.1-21',
    noticedBy: ['create.modified-is-created'],
    hop: () =>
      resource(oneUser, user => {
        const created = Date.parse(textOf(metaOf(user)['created']));
        return withMeta({ lastModified: new Date(created + 3_600_000).toISOString() })(user);
      }),
  },
  {
    id: 'version-not-etag',
    title: 'meta.version is another than the ETag',
    breaks: 'RFC7643-3.1-24',
    noticedBy: ['wire.version-is-etag'],
    hop: () => resource(oneUser, withMeta({ version: 'W/"another"' })),
  },
  {
    id: 'etag-unquoted',
    title: 'An ETag has no quotes',
    breaks: 'RFC7643-3.1-26',
    noticedBy: ['wire.version-form'],
    hop: () =>
      answer(oneUser, response => {
        const { etag } = response.headers;
        return etag === undefined
          ? response
          : { ...response, headers: { ...response.headers, etag: etag.replaceAll('"', '') } };
      }),
  },
  {
    id: 'content-location-of-collection',
    title: 'Content-Location names the collection',
    breaks: 'RFC7643-3.1-23',
    noticedBy: ['wire.content-location'],
    hop: () =>
      answer(oneUser, response => ({ ...response, headers: { ...response.headers, 'content-location': '/Users' } })),
  },
  {
    id: 'challenges-missing',
    title: 'No 401 carries a challenge',
    breaks: 'RFC9110-11.6.1-01',
    noticedBy: ['wire.challenge', 'auth.challenge'],
    hop: () => answer(always, response => ({ ...response, headers: without(response.headers, 'www-authenticate') })),
  },
  {
    id: 'media-type-missing',
    title: 'Errors name no media type',
    breaks: 'RFC9110-8.3-01',
    noticedBy: ['wire.media-type-given'],
    hop: () =>
      answer(always, response =>
        response.status === 404 ? { ...response, headers: without(response.headers, 'content-type') } : response,
      ),
  },
  {
    id: 'list-urn-misspelt',
    title: 'Lists name themselves by a URN of another version',
    breaks: 'RFC7644-8.2-01',
    noticedBy: ['wire.message-urns'],
    hop: () =>
      body(onList('GET', 'Groups'), list => ({
        ...list,
        schemas: ['urn:ietf:params:scim:api:messages:2.0:listResponse'],
      })),
  },
  {
    id: 'unknown-answers-500',
    title: 'What is not there is answered with 500',
    breaks: 'RFC7644-3.12-06',
    noticedBy: ['wire.server-error', 'read.unknown'],
    hop: () => answer(always, response => (response.status === 404 ? refusal(500) : response)),
  },
  {
    id: 'keyword-of-its-own',
    title: 'A 404 carries a keyword of its own',
    breaks: 'RFC7644-3.12-03',
    noticedBy: ['wire.keyword'],
    hop: () =>
      answer(always, response =>
        response.status === 404 && isErrorMessage(response.json)
          ? withJson(response, { ...response.json, scimType: 'notFound' })
          : response,
      ),
  },
  {
    id: 'stack-in-detail',
    title: 'The detail of an error is a stack trace',
    breaks: 'RFC7644-3.12-04',
    noticedBy: ['wire.detail'],
    hop: () =>
      answer(always, response =>
        isErrorMessage(response.json)
          ? withJson(response, { ...response.json, detail: 'Error: no\n    at find (/srv/app/store.js:12:7)' })
          : response,
      ),
  },
] as const satisfies readonly Defect[];
