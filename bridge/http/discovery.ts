import { ScimError } from '../../scim/message/error.ts';
import { listResponse } from '../../scim/message/list.ts';
import { RESOURCE_TYPE, SCHEMA, SERVICE_PROVIDER_CONFIG } from '../../scim/message/urn.ts';
import type { Attribute, ResourceType, Schema } from '../../scim/schema/index.ts';
import type { JsonObject } from '../../scim/wire/message.ts';
import type { Answer } from './answer.ts';
import { discoverySchemas } from './discovery-schemas.ts';
import type { Provider } from './provider.ts';
import type { Call } from './resources.ts';
import type { BridgeSettings } from './settings.ts';

/** The discovery endpoints (RFC 7644 section 4). */
export interface Discovery {
  readonly config: (call: Call) => Answer;
  readonly resourceTypes: (call: Call) => Answer;
  readonly resourceType: (call: Call) => Answer;
  readonly schemas: (call: Call) => Answer;
  readonly schema: (call: Call) => Answer;
}

/** @param isOpen whether requests pass without a credential */
export function createDiscovery({ settings, types }: Provider, isOpen: boolean): Discovery {
  const served = [...types.values()].map(({ type }) => type);
  const used = served.flatMap(type => [type.schema, ...type.extensions.map(({ schema }) => schema)]);
  const schemas = new Map([...used, ...discoverySchemas].map(schema => [schema.id.toLowerCase(), schema]));
  const config = describeProvider(settings, isOpen);

  const all = (call: Call, found: readonly JsonObject[]): Answer => {
    refuseFilter(call);
    return { status: 200, body: listResponse(found, found.length, 1) };
  };
  const one = (call: Call, found: JsonObject | undefined, what: string): Answer => {
    refuseFilter(call);
    if (!found) throw new ScimError(404, undefined, `there is no ${what} ${JSON.stringify(call.id)}`);
    return { status: 200, body: found, location: locationIn(found) };
  };

  return {
    config: call =>
      one(call, withMeta(config, 'ServiceProviderConfig', `${call.base}/ServiceProviderConfig`), 'config'),
    resourceTypes: call =>
      all(
        call,
        served.map(type => describeType(type, call.base)),
      ),
    resourceType: call => {
      const type = types.get(call.id)?.type;
      return one(call, type && describeType(type, call.base), 'resource type');
    },
    schemas: call =>
      all(
        call,
        [...schemas.values()].map(schema => describeSchema(schema, call.base)),
      ),
    schema: call => {
      const schema = schemas.get(call.id.toLowerCase());
      return one(call, schema && describeSchema(schema, call.base), 'schema');
    },
  };
}

/** RFC 7644 section 4: other parameters of a query are ignored here, a filter is refused. */
function refuseFilter({ parameters }: Call): void {
  if (parameters.filter === undefined) return;
  throw new ScimError(403, undefined, 'discovery endpoints are not filtered; ask without a filter');
}

function locationIn({ meta }: JsonObject): string {
  const location = (meta as JsonObject)['location'];
  return typeof location === 'string' ? location : '';
}

const withMeta = (resource: JsonObject, resourceType: string, location: string): JsonObject => ({
  ...resource,
  meta: { resourceType, location },
});

const describeType = ({ name, description, endpoint, schema, extensions }: ResourceType, base: string): JsonObject =>
  withMeta(
    {
      schemas: [RESOURCE_TYPE],
      id: name,
      name,
      description,
      endpoint,
      schema: schema.id,
      ...(extensions.length > 0 && {
        schemaExtensions: extensions.map(({ schema, required }) => ({ schema: schema.id, required })),
      }),
    },
    'ResourceType',
    `${base}/ResourceTypes/${encodeURIComponent(name)}`,
  );

const describeSchema = ({ id, name, description, attributes }: Schema, base: string): JsonObject =>
  withMeta(
    { schemas: [SCHEMA], id, name, description, attributes: attributes.map(describeAttribute) },
    'Schema',
    `${base}/Schemas/${id}`,
  );

const describeAttribute = ({ canonicalValues, referenceTypes, subAttributes, ...rest }: Attribute): JsonObject => ({
  ...rest,
  ...(canonicalValues && { canonicalValues }),
  ...(referenceTypes && { referenceTypes }),
  ...(subAttributes && { subAttributes: subAttributes.map(describeAttribute) }),
});

function describeProvider(settings: BridgeSettings, isOpen: boolean): JsonObject {
  return {
    schemas: [SERVICE_PROVIDER_CONFIG],
    patch: { supported: settings.patch },
    bulk: {
      supported: settings.bulk,
      maxOperations: settings.bulkMaxOperations,
      maxPayloadSize: settings.bulkMaxPayloadSize,
    },
    filter: { supported: settings.filter, maxResults: settings.filterMaxResults },
    changePassword: { supported: settings.changePassword },
    sort: { supported: settings.sort },
    etag: { supported: settings.etag },
    pagination: {
      cursor: settings.cursorPaging,
      index: settings.indexPaging,
      defaultPaginationMethod: settings.defaultPaginationMethod,
      defaultPageSize: settings.defaultPageSize,
      maxPageSize: settings.filterMaxResults,
      cursorTimeout: settings.cursorTimeout,
    },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'Bearer token',
        description: isOpen
          ? 'A bearer token in the Authorization header; requests without one pass too.'
          : 'A bearer token in the Authorization header.',
        specUri: 'https://www.rfc-editor.org/info/rfc6750',
        primary: true,
      },
    ],
  };
}
