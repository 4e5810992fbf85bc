import { isObject, resourcesOf } from '../../../scim/message/list.ts';
import { GROUP } from '../../../scim/message/urn.ts';
import type { JsonObject } from '../../../scim/wire/message.ts';
import { configCheckId, configMembers } from '../../checks/discovery.ts';
import type { Defect } from '../defect.ts';
import { answer, body, isSuccess, onList, onOne, reply, restatus, without } from '../hops.ts';

const config = onList('GET', 'ServiceProviderConfig');
const types = onList('GET', 'ResourceTypes');
const schemas = onList('GET', 'Schemas');

/** An object without the member at a dotted path. */
function withoutPath(object: JsonObject, [name = '', ...rest]: readonly string[]): JsonObject {
  const inner = object[name];
  if (rest.length === 0 || !isObject(inner)) return without(object, name);
  return { ...object, [name]: withoutPath(inner, rest) };
}

const entries = (change: (entries: readonly JsonObject[]) => readonly JsonObject[]) => (list: JsonObject) => ({
  ...list,
  Resources: change(resourcesOf(list)),
});

/** What a provider may say wrongly about itself. */
export const discoveryDefects = [
  {
    id: 'config-without-schema',
    title: 'ServiceProviderConfig does not say by a schema what it is',
    breaks: 'RFC7643-5-01',
    noticedBy: ['discovery.service-provider-config'],
    hop: () => body(config, whole => without(whole, 'schemas')),
  },
  ...configMembers.map(([path, , clause]): Defect => ({
    id: `config-without-${path.replaceAll('.', '-').toLowerCase()}`,
    title: `ServiceProviderConfig lacks ${path}`,
    breaks: clause,
    noticedBy: [configCheckId(path)],
    hop: () => body(config, whole => withoutPath(whole, path.split('.'))),
  })),
  {
    id: 'resource-types-as-array',
    title: 'ResourceTypes come as a bare array',
    breaks: 'RFC7644-4-06',
    noticedBy: ['discovery.resource-types', 'wire.list-envelope'],
    hop: () => answer(types, response => (isSuccess(response) ? reply(200, resourcesOf(response.json)) : response)),
  },
  {
    id: 'resource-type-without-endpoint',
    title: 'Resource types do not say where they live',
    breaks: 'RFC7643-6-02',
    noticedBy: ['discovery.resource-type-members'],
    hop: () =>
      body(
        types,
        entries(list => list.map(type => without(type, 'endpoint'))),
      ),
  },
  {
    id: 'schemas-lack-group',
    title: 'Schemas leave out the schema of a resource type that is served',
    breaks: 'RFC7644-4-03',
    noticedBy: ['discovery.schemas'],
    hop: () =>
      body(schemas, list => {
        const kept = resourcesOf(list).filter(({ id }) => id !== GROUP);
        return { ...list, totalResults: kept.length, Resources: kept };
      }),
  },
  {
    id: 'schema-not-readable-alone',
    title: 'A schema cannot be read by its URI',
    breaks: 'RFC7644-4-04',
    noticedBy: ['discovery.schema-by-id'],
    hop: () => restatus(onOne('GET', 'Schemas'), 200, 404),
  },
] as const satisfies readonly Defect[];
