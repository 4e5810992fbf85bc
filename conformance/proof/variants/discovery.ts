import { isObject, resourcesOf } from '../../../scim/message/list.ts';
import type { Hop, HttpRequest, Json, JsonObject } from '../../../scim/wire/message.ts';
import { answer, body, onList, onOne, reply, resource, without, type Match } from '../hops.ts';
import type { Variant } from '../variant.ts';

const config = onList('GET', 'ServiceProviderConfig');
const types: Match = request => onList('GET', 'ResourceTypes')(request) || onOne('GET', 'ResourceTypes')(request);
const schemas: Match = request => onList('GET', 'Schemas')(request) || onOne('GET', 'Schemas')(request);
const discovery = ({ path }: HttpRequest) => /^\/(?:ServiceProviderConfig|ResourceTypes|Schemas)/.test(path);

/** The definitions of a schema, sub-attributes included, changed. */
const eachDefinition = (change: (definition: JsonObject) => JsonObject): Hop => {
  const through = (list: Json | undefined): Json => {
    if (!Array.isArray(list)) return list ?? null;
    return list.filter(isObject).map((definition): Json => {
      const parts = through(definition['subAttributes']);
      return Object.assign(
        {},
        change(without(definition, 'subAttributes')),
        parts !== null && { subAttributes: parts },
      );
    });
  };
  return resource(schemas, schema => ({ ...schema, attributes: through(schema['attributes']) }));
};

/** Ways to describe oneself, and to answer what asks for it, that the RFC permits. */
export const discoveryVariants = [
  {
    id: 'discovery-without-meta',
    title: 'Discovery resources carry no meta',
    permittedBy: 'RFC 7643 section 3.1: resource types and configurations are excepted',
    withdraws: ['config.meta', 'type.meta'],
    hop: () =>
      resource(
        request => config(request) || types(request) || schemas(request),
        entry => without(entry, 'meta'),
      ),
  },
  {
    id: 'config-without-optional-members',
    title: 'ServiceProviderConfig has what is required and nothing else',
    permittedBy: 'RFC 7643 section 5',
    withdraws: ['config.meta', 'cursor.', 'page.', 'auth.', 'access.reader-challenge/', 'tenant.cursor'],
    hop: () =>
      body(config, whole => ({
        ...without(whole, 'meta', 'documentationUri', 'pagination'),
        authenticationSchemes: [{ type: 'httpbasic', name: 'Basic', description: 'Name and password' }],
      })),
  },
  {
    id: 'resource-types-without-id',
    title: 'Resource types have no id',
    permittedBy: 'RFC 7643 section 6',
    hop: () => resource(types, entry => without(entry, 'id')),
  },
  {
    id: 'endpoints-without-slash',
    title: 'Endpoints of resource types begin without a slash',
    permittedBy: 'RFC 7643 section 6: the text shows it so',
    hop: () =>
      resource(types, entry => ({
        ...entry,
        ...(typeof entry['endpoint'] === 'string' && { endpoint: entry['endpoint'].replace(/^\//, '') }),
      })),
  },
  {
    id: 'definitions-rely-on-defaults',
    title: 'Definitions leave out what has its default',
    permittedBy: 'RFC 7643 section 2.2',
    withdraws: ['schema.case-exact-filter'],
    hop: () => {
      const defaults: JsonObject = {
        required: false,
        caseExact: false,
        mutability: 'readWrite',
        returned: 'default',
        uniqueness: 'none',
      };
      return eachDefinition(definition =>
        Object.fromEntries(Object.entries(definition).filter(([name, value]) => defaults[name] !== value)),
      );
    },
  },
  {
    id: 'definitions-with-nulls',
    title: 'Definitions carry null and empty lists for what does not apply, and members of their own',
    permittedBy: 'RFC 7643 section 2.5',
    hop: () =>
      eachDefinition(definition => ({
        referenceTypes: [],
        canonicalValues: null,
        'x-label': 'more',
        ...definition,
      })),
  },
  {
    id: 'discovery-open',
    title: 'Every discovery endpoint can be read without a credential',
    permittedBy: 'RFC 7644 section 4',
    hop: () => {
      let shown: HttpRequest['headers'] | undefined;
      return async (request, next) => {
        if (!discovery(request) || request.method !== 'GET') return next(request);
        if (request.headers['authorization'] !== undefined) shown = request.headers;
        return next(shown ? { ...request, headers: shown } : request);
      };
    },
  },
  {
    id: 'discovery-write-answers-404',
    title: 'Requests that write to discovery are answered with 404 or 403',
    permittedBy: 'RFC 7644 section 3.12, table 8',
    withdraws: ['wire.allow'],
    hop: () =>
      answer(
        request => discovery(request) && request.method !== 'GET',
        (response, { method }) =>
          response.status === 405 ? reply(method === 'POST' ? 403 : 404, errorOf(method)) : response,
      ),
  },
  {
    id: 'discovery-in-other-order',
    title: 'Schemas and resource types come in another order',
    permittedBy: 'RFC 7644 section 4',
    hop: () =>
      body(onList('GET', 'Schemas', 'ResourceTypes'), list => ({
        ...list,
        Resources: [...resourcesOf(list)].reverse(),
      })),
  },
] as const satisfies readonly Variant[];

const errorOf = (method: string): JsonObject => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
  status: method === 'POST' ? '403' : '404',
});
