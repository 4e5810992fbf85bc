import { isObject } from '../../../scim/message/list.ts';
import { USER } from '../../../scim/message/urn.ts';
import type { Hop, HttpRequest, Json, JsonObject } from '../../../scim/wire/message.ts';
import { body, isSuccess, objectOf, onList, parameterOf, resource, textOf, without } from '../hops.ts';
import type { Variant } from '../variant.ts';

const users = ({ path, method }: HttpRequest) => /^\/Users(?:[/?]|$)/.test(path) && method !== 'DELETE';
const published = onList('GET', 'Schemas');

const objects = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

const isUser = ({ schemas }: JsonObject) => Array.isArray(schemas) && schemas.includes(USER);

/** The client names what it wants to see. */
const chooses = (request: HttpRequest) =>
  [parameterOf(request, 'attributes'), objectOf(request)['attributes']].some(Boolean);

/** One hop around another. */
const both =
  (outer: Hop, inner: Hop): Hop =>
  async (request, next) =>
    outer(request, async passed => inner(passed, next));

const bothSchemas = (change: (schema: JsonObject) => JsonObject): Hop =>
  both(
    resource(published, change),
    body(({ path, method }) => method === 'GET' && path.startsWith('/Schemas/'), change),
  );

/** The definitions of a schema, each changed. */
const defined = (urn: string, change: (definitions: readonly JsonObject[]) => readonly JsonObject[]): Hop =>
  bothSchemas(schema =>
    schema['id'] === urn ? { ...schema, attributes: change(objects(schema['attributes'])) } : schema,
  );

const text = (name: string, members: JsonObject = {}): JsonObject => ({
  name,
  type: 'string',
  multiValued: false,
  description: name,
  required: false,
  caseExact: false,
  mutability: 'readOnly',
  returned: 'default',
  uniqueness: 'none',
  ...members,
});

/** Parts that every multi-valued attribute may have, taken out of the published definition. */
const withoutPredefined = (definition: JsonObject): JsonObject =>
  definition['multiValued'] === true && definition['subAttributes'] !== undefined
    ? {
        ...definition,
        subAttributes: objects(definition['subAttributes']).filter(
          ({ name }) => !/^(?:\$ref|display)$/.test(textOf(name)),
        ),
      }
    : definition;

/** What is permitted of what resources show beside what is published. */
export const readJudgementVariants = [
  {
    id: 'login-counter-published',
    title: 'Users show an attribute of the provider, which publishes it',
    permittedBy: 'RFC 7643 section 8.7: service providers may publish further attributes',
    hop: () =>
      both(
        defined(USER, definitions => [...definitions, text('lastDevice', { required: true })]),
        resource(
          request => !chooses(request),
          whole => (isUser(whole) ? { ...whole, lastDevice: 'laptop' } : whole),
        ),
      ),
  },
  {
    id: 'predefined-parts-unpublished',
    title: 'The schemas do not list display and $ref of multi-valued attributes',
    permittedBy: 'RFC 7643 section 2.4: default sub-attributes',
    withdraws: ['filter.', 'sort.', 'patch.', 'schema.', 'user.', 'projection.', 'attribute.'],
    hop: () => bothSchemas(schema => ({ ...schema, attributes: objects(schema['attributes']).map(withoutPredefined) })),
  },
  {
    id: 'common-attributes-published',
    title: 'The schemas list id and externalId among the attributes',
    permittedBy: 'RFC 7643 section 3.1: older definitions may list common attributes',
    hop: () =>
      bothSchemas(schema => ({
        ...schema,
        attributes: /:core:2\.0:(?:User|Group)$/.test(textOf(schema['id']))
          ? [
              text('id', { caseExact: true, returned: 'always', uniqueness: 'server', required: true }),
              text('externalId', { caseExact: true, mutability: 'readWrite' }),
              ...objects(schema['attributes']),
            ]
          : (schema['attributes'] ?? null),
      })),
  },
  {
    id: 'nothing-as-null',
    title: 'Attributes without a value come as null or as an empty array',
    permittedBy: 'RFC 7643 section 2.5',
    hop: () =>
      resource(
        request => users(request) && !chooses(request),
        user => ({ nickName: null, title: null, ims: [], photos: [], ...user }),
      ),
  },
  {
    id: 'bulk-shows-resources',
    title: 'Results of a bulk request carry the resources',
    permittedBy: 'RFC 7644 section 3.7: the response may be left out on success, and need not be',
    hop: () => async (request, next) => {
      const response = await next(request);
      if (request.path !== '/Bulk' || !isSuccess(response)) return response;
      const whole = objectOf(response);
      const Operations = await Promise.all(
        objects(whole['Operations']).map(async result => {
          const path = /\/(?:Users|Groups)\/[^/]+$/.exec(textOf(result['location']))?.[0];
          if (path === undefined || result['method'] === 'DELETE' || !textOf(result['status']).startsWith('2'))
            return result;
          const { json } = await next({ method: 'GET', path, headers: without(request.headers, 'content-type') });
          return isObject(json) ? { ...result, response: json } : result;
        }),
      );
      const json = { ...whole, Operations };
      return { ...response, json, text: JSON.stringify(json) };
    },
  },
] as const satisfies readonly Variant[];
