import { resourcesOf } from '../../../scim/message/list.ts';
import { GROUP, LIST_RESPONSE, SCHEMA, USER } from '../../../scim/message/urn.ts';
import type { Defect } from '../defect.ts';
import { answer, body, onList, onOne, reply, resource, restatus, swallow, without } from '../hops.ts';
import { ofSchema, schemas } from './schema-definitions.ts';

/** What the published schemas may be as a whole, or what may be missing among them. */
export const schemaDefects: readonly Defect[] = [
  {
    id: 'schema-without-schemas',
    title: 'Schemas do not say what they are',
    breaks: 'RFC7643-7-03',
    noticedBy: ['schema.schemas'],
    hop: () => resource(schemas, schema => without(schema, 'schemas')),
  },
  {
    id: 'schema-id-is-name',
    title: 'The id of a schema is its name',
    breaks: 'RFC7643-7-04',
    noticedBy: ['schema.id'],
    hop: () => ofSchema(GROUP, schema => ({ ...schema, id: 'Group' })),
  },
  {
    id: 'schema-listed-twice',
    title: 'A schema is listed twice',
    breaks: 'RFC7643-7-04',
    noticedBy: ['schema.unique-id'],
    hop: () =>
      body(onList('GET', 'Schemas'), list => {
        const entries = [...resourcesOf(list), ...resourcesOf(list).slice(0, 1)];
        return { ...list, Resources: entries, totalResults: entries.length, itemsPerPage: entries.length };
      }),
  },
  {
    id: 'schema-without-description',
    title: 'A schema is not described',
    breaks: 'RFC7643-7-06',
    noticedBy: ['schema.description'],
    hop: () => ofSchema(USER, schema => without(schema, 'description')),
  },
  {
    id: 'schema-without-attributes',
    title: 'A schema lists no attributes',
    breaks: 'RFC7643-7-07',
    noticedBy: ['schema.attributes'],
    hop: () => ofSchema(GROUP, schema => ({ ...schema, attributes: [] })),
  },
  {
    id: 'schema-uri-in-lower-case',
    title: 'The URI of a schema is written in another case',
    breaks: 'RFC7643-10.4-01',
    noticedBy: ['schema.registered-uri'],
    hop: () => ofSchema(GROUP, schema => ({ ...schema, id: GROUP.toLowerCase() })),
  },
  {
    id: 'schema-urn-of-no-kind',
    title: 'A schema of the provider has a URN that SCIM does not have',
    breaks: 'RFC7643-10.2.1-01',
    noticedBy: ['schema.urn-form'],
    hop: () => ofSchema(SCHEMA, schema => ({ ...schema, id: 'urn:ietf:params:scim:core:2.0:Schema' })),
  },
  {
    id: 'schema-of-message-listed',
    title: 'Messages are listed among the schemas',
    breaks: 'RFC7644-3.1-05',
    noticedBy: ['schema.no-messages'],
    hop: () => ofSchema(SCHEMA, schema => ({ ...schema, id: LIST_RESPONSE })),
  },
  {
    id: 'schema-of-message-readable',
    title: 'The URN of a message leads to a schema',
    breaks: 'RFC7644-3.1-05',
    noticedBy: ['schema.message'],
    hop: () =>
      swallow(
        ({ path }) => path.includes(':PatchOp'),
        () => reply(200, { schemas: [SCHEMA], id: LIST_RESPONSE, attributes: [] }),
      ),
  },
  {
    id: 'schema-extension-not-published',
    title: 'The schema of an extension cannot be read',
    breaks: 'RFC7643-7-01',
    noticedBy: ['schema.used-are-published'],
    hop: () =>
      swallow(
        ({ path }) => path.startsWith(`/Schemas/${USER}`),
        () => reply(404, {}),
      ),
  },
  {
    id: 'schema-of-discovery-missing',
    title: 'The schema of schemas is not published',
    breaks: 'RFC7643-8.7.2-01',
    noticedBy: ['schema.of-discovery'],
    hop: () => restatus(({ path }) => path.endsWith(SCHEMA), 200, 404),
  },
  {
    id: 'schema-single-differs',
    title: 'A schema read alone lacks an attribute of the list',
    breaks: 'RFC7644-4-04',
    noticedBy: ['schema.single-as-listed'],
    hop: () =>
      body(onOne('GET', 'Schemas'), schema => ({
        ...schema,
        attributes: Array.isArray(schema['attributes']) ? schema['attributes'].slice(1) : [],
      })),
  },
  {
    id: 'schema-unknown-is-empty',
    title: 'A schema that nobody published is answered with an empty list',
    breaks: 'RFC7644-3.12-30',
    noticedBy: ['schema.unknown'],
    hop: () =>
      answer(onOne('GET', 'Schemas'), response =>
        response.status === 404 ? reply(200, { schemas: [LIST_RESPONSE], totalResults: 0 }) : response,
      ),
  },
  {
    id: 'schema-meta-elsewhere',
    title: 'meta.location of a schema leads elsewhere',
    breaks: 'RFC7643-3.1-22',
    noticedBy: ['schema.meta'],
    hop: () => resource(schemas, schema => ({ ...schema, meta: { resourceType: 'Schema', location: '/Schemas' } })),
  },
  {
    id: 'schema-total-wrong',
    title: 'The list of schemas counts more than it holds',
    breaks: 'RFC7644-4-03',
    noticedBy: ['schema.total'],
    hop: () => body(onList('GET', 'Schemas'), list => ({ ...list, totalResults: 40 })),
  },
];
