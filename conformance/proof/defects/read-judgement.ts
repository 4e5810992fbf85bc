import { isObject } from '../../../scim/message/list.ts';
import { ENTERPRISE_USER, USER } from '../../../scim/message/urn.ts';
import type { Json, JsonObject } from '../../../scim/wire/message.ts';
import type { Defect } from '../defect.ts';
import { body, isSuccess, objectOf, onList, onOne, parameterOf, resource, textOf, without } from '../hops.ts';

const oneUser = onOne('GET', 'Users');
const listedUsers = onList('GET', 'Users');
const published = onList('GET', 'Schemas');

const objects = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];
const metaOf = ({ meta }: JsonObject): JsonObject => (isObject(meta) ? meta : {});

/** One published schema with its attributes changed. */
const republished = (urn: string, change: (attributes: readonly JsonObject[]) => readonly JsonObject[]) =>
  resource(published, schema =>
    schema['id'] === urn ? { ...schema, attributes: change(objects(schema['attributes'])) } : schema,
  );

/** The published attribute with some members other than they were. */
const redefined = (urn: string, name: string, members: JsonObject) =>
  republished(urn, attributes => attributes.map(one => (one['name'] === name ? Object.assign({}, one, members) : one)));

/** The schemas cannot be read at all, and a user shows an attribute in another form. */
const unpublished = (change: (user: JsonObject) => JsonObject) => () => {
  const gone = body(
    ({ path }) => path.startsWith('/Schemas'),
    list => ({ ...list, totalResults: 0, Resources: [] }),
  );
  const shown = resource(oneUser, change);
  return async (...[request, next]: Parameters<typeof gone>) => gone(request, async inner => shown(inner, next));
};

/** A resource that says another location. */
const relocated = (from: RegExp, to: string) => (whole: JsonObject) => {
  const { location } = metaOf(whole);
  return typeof location === 'string'
    ? { ...whole, meta: { ...metaOf(whole), location: location.replace(from, to) } }
    : whole;
};

/** Elements of a list of a group or user with other members. */
const elementsOf = (name: string, change: (element: JsonObject) => JsonObject) => (whole: JsonObject) =>
  Array.isArray(whole[name]) ? { ...whole, [name]: objects(whole[name]).map(change) } : whole;

/** What providers show beside or against what they publish, and what answers of one run say against each other. */
export const readJudgementDefects = [
  {
    id: 'attribute-out-of-nowhere',
    title: 'A read shows an attribute that no schema has',
    breaks: 'RFC7643-7-07',
    noticedBy: ['value.declared'],
    hop: () => resource(oneUser, user => ({ ...user, internalKey: 'k-1' })),
  },
  {
    id: 'attribute-out-of-nowhere-in-lists',
    title: 'Entries of a list show an attribute that no schema has',
    breaks: 'RFC7643-7-07',
    noticedBy: ['value.declared'],
    hop: () => resource(listedUsers, user => ({ ...user, _rev: 3 })),
  },
  {
    id: 'attribute-out-of-nowhere-in-extension',
    title: 'The enterprise extension shows an attribute that its schema has not',
    breaks: 'RFC7643-7-07',
    noticedBy: ['value.declared'],
    hop: () =>
      resource(oneUser, user => {
        const held = user[ENTERPRISE_USER];
        return isObject(held) ? { ...user, [ENTERPRISE_USER]: { ...held, payGrade: 'A' } } : user;
      }),
  },
  {
    id: 'emails-not-published',
    title: 'Users have e-mail addresses, and the published schema has not',
    breaks: 'RFC7643-7-07',
    noticedBy: ['value.declared'],
    hop: () => republished(USER, attributes => attributes.filter(({ name }) => name !== 'emails')),
  },
  {
    id: 'part-out-of-nowhere',
    title: 'E-mail addresses show a sub-attribute that no schema has',
    breaks: 'RFC7643-7-09',
    noticedBy: ['value.parts-declared'],
    hop: () =>
      resource(
        oneUser,
        elementsOf('emails', email => ({ ...email, verifiedBy: 'link' })),
      ),
  },
  {
    id: 'family-name-not-published',
    title: 'Names have a familyName, and the published schema has not',
    breaks: 'RFC7643-7-09',
    noticedBy: ['value.parts-declared'],
    hop: () =>
      republished(USER, attributes =>
        attributes.map(one =>
          one['name'] === 'name'
            ? { ...one, subAttributes: objects(one['subAttributes']).filter(({ name }) => name !== 'familyName') }
            : one,
        ),
      ),
  },
  {
    id: 'user-name-left-out-of-lists',
    title: 'Entries of a list lack the userName',
    breaks: 'RFC7644-3.4-02',
    noticedBy: ['value.required'],
    hop: () =>
      resource(listedUsers, (user, request) => (parameterOf(request, 'attributes') ? user : without(user, 'userName'))),
  },
  {
    id: 'user-name-left-out-of-put-answers',
    title: 'The answer to a PUT lacks the userName',
    breaks: 'RFC7644-3.4-02',
    noticedBy: ['value.required'],
    hop: () => resource(onOne('PUT', 'Users'), user => without(user, 'userName')),
  },
  {
    id: 'required-title-missing',
    title: 'The published title is required, and users come without one',
    breaks: 'RFC7644-3.4-02',
    noticedBy: ['value.required'],
    hop: () => redefined(USER, 'title', { required: true, mutability: 'readOnly' }),
  },
  {
    id: 'external-id-as-number',
    title: 'An externalId comes as a number',
    breaks: 'RFC7643-2.3-02',
    noticedBy: ['value.common'],
    hop: () => resource(oneUser, user => (user['externalId'] === undefined ? user : { ...user, externalId: 4711 })),
  },
  {
    id: 'version-as-number',
    title: 'meta.version comes as a number',
    breaks: 'RFC7643-2.3-02',
    noticedBy: ['value.common'],
    hop: () => resource(oneUser, user => ({ ...user, meta: { ...metaOf(user), version: 3 } })),
  },
  {
    id: 'dates-of-chosen-meta-as-numbers',
    title: 'Where a client chooses what to see, dates are milliseconds',
    breaks: 'RFC7643-2.3-02',
    noticedBy: ['value.common'],
    hop: () =>
      resource(
        request => /[?&](?:excludedA|a)ttributes=/.test(request.path),
        whole =>
          isObject(whole['meta'])
            ? { ...whole, meta: { ...whole['meta'], created: Date.parse(textOf(whole['meta']['created'])) } }
            : whole,
      ),
  },
  {
    id: 'active-as-text-unpublished',
    title: 'No schema is published, and active is shown as a text',
    breaks: 'RFC7643-2.3-02',
    noticedBy: ['value.standard'],
    hop: unpublished(user => ({ ...user, active: textOf(user['active']) })),
  },
  {
    id: 'emails-as-object-unpublished',
    title: 'No schema is published, and the only e-mail is shown without an array around it',
    breaks: 'RFC7643-2.3-02',
    noticedBy: ['value.standard'],
    hop: unpublished(user => ({ ...user, emails: objects(user['emails'])[0] ?? null })),
  },
  {
    id: 'active-as-published-text',
    title: 'active is shown as a text, and published as one',
    breaks: 'RFC7643-2.3-02',
    noticedBy: ['value.standard'],
    hop: () => {
      const told = redefined(USER, 'active', { type: 'string' });
      const shown = resource(oneUser, user => ({ ...user, active: textOf(user['active']) }));
      return async (request, next) => told(request, async inner => shown(inner, next));
    },
  },
  {
    id: 'extension-as-list',
    title: 'The data of the extension come in an array',
    breaks: 'RFC7643-2.3-02',
    noticedBy: ['value.standard'],
    hop: () =>
      resource(oneUser, user =>
        isObject(user[ENTERPRISE_USER]) ? { ...user, [ENTERPRISE_USER]: [user[ENTERPRISE_USER]] } : user,
      ),
  },
  {
    id: 'groups-located-among-users',
    title: 'A read gives groups a location below /Users',
    breaks: 'RFC7643-3.1-22',
    noticedBy: ['wire.location-of-type'],
    hop: () => resource(onOne('GET', 'Groups'), relocated(/\/Groups\//, '/Users/')),
  },
  {
    id: 'location-of-entries-elsewhere',
    title: 'Entries of a list have a location under another beginning',
    breaks: 'RFC7643-3.1-22',
    noticedBy: ['wire.location-stays'],
    hop: () => resource(listedUsers, relocated(/^.+(?=\/Users\/)/, '/internal/api')),
  },
  {
    id: 'references-to-the-group-itself',
    title: 'The $ref of every member leads to the group',
    breaks: 'RFC7643-2.3.7-05',
    noticedBy: ['value.reference-and-value'],
    hop: () =>
      resource(onOne('GET', 'Groups'), group =>
        elementsOf('members', member => ({ ...member, $ref: textOf(metaOf(group)['location']) }))(group),
      ),
  },
  {
    id: 'references-of-users-among-groups',
    title: 'The $ref of members that are users lies below /Groups',
    breaks: 'RFC7643-2.3.7-05',
    noticedBy: ['value.reference-and-value'],
    hop: () =>
      resource(
        onOne('GET', 'Groups'),
        elementsOf('members', member => ({
          ...member,
          type: 'User',
          $ref: textOf(member['$ref']).replace('/Users/', '/Groups/'),
        })),
      ),
  },
  {
    id: 'put-answers-with-old-version',
    title: 'The answer to a PUT has the version from before',
    breaks: 'RFC7644-3.14-07',
    noticedBy: ['version.one-content'],
    hop: () => {
      const versions = new Map<string, string>();
      return async (request, next) => {
        const response = await next(request);
        const whole = objectOf(response);
        const { version } = metaOf(whole);
        const id = textOf(whole['id']);
        const old = versions.get(id);
        if (isSuccess(response) && typeof version === 'string') versions.set(id, version);
        if (!onOne('PUT', 'Users')(request) || old === undefined || !isSuccess(response)) return response;
        const json = { ...whole, meta: { ...metaOf(whole), version: old } };
        return { ...response, json, text: JSON.stringify(json), headers: { ...response.headers, etag: old } };
      };
    },
  },
  {
    id: 'password-kept-in-title',
    title: 'A read shows the password under another name',
    breaks: 'RFC7643-4.1.1-16',
    noticedBy: ['value.password-later'],
    hop: () => {
      const known = new Map<string, Json>();
      return async (request, next) => {
        const response = await next(request);
        const whole = objectOf(response);
        const id = textOf(whole['id']);
        const { password } = objectOf(request);
        if (isSuccess(response) && typeof password === 'string') known.set(id, password);
        const kept = request.method === 'GET' ? known.get(id) : undefined;
        if (kept === undefined) return response;
        const json = { ...whole, nickName: kept };
        return { ...response, json, text: JSON.stringify(json) };
      };
    },
  },
  {
    id: 'bulk-shows-active-as-text',
    title: 'Resources in bulk results show active as a text',
    breaks: 'RFC7643-2.3.2-01',
    noticedBy: ['value.boolean'],
    hop: () => async (request, next) => {
      const response = await next(request);
      if (request.path !== '/Bulk' || !isSuccess(response)) return response;
      const whole = objectOf(response);
      const Operations = await Promise.all(
        objects(whole['Operations']).map(async result => {
          const path = /\/Users\/[^/]+$/.exec(textOf(result['location']))?.[0];
          if (path === undefined || result['method'] === 'DELETE') return result;
          const { json } = await next({ method: 'GET', path, headers: without(request.headers, 'content-type') });
          return isObject(json) && json['active'] !== undefined
            ? { ...result, response: { ...json, active: textOf(json['active']) } }
            : result;
        }),
      );
      const json = { ...whole, Operations };
      return { ...response, json, text: JSON.stringify(json) };
    },
  },
] as const satisfies readonly Defect[];
