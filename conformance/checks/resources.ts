import { schemasOf } from '../../scim/message/error.ts';
import { isObject } from '../../scim/message/list.ts';
import { GROUP, USER } from '../../scim/message/urn.ts';
import type { Exchange, JsonObject } from '../../reports/record/index.ts';
import type { Check } from '../run/check.ts';
import { attributeNamed } from '../run/declared.ts';
import { expect, show } from '../run/expect.ts';
import { lastSegment } from '../run/given.ts';
import { memberOf, metaOf, segmentsOf, shownBy, singleShownBy, typeShown, whollyShownBy } from '../run/shown.ts';

/** The base schema of the types that RFC 7643 fixes. */
const baseSchemas: Readonly<Record<string, string>> = { Users: USER, Groups: GROUP };

const DATE_TIME = /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/;

/** What holds of every user, group or other resource in a response (RFC 7643 section 3). */
export const resources = [
  {
    id: 'wire.resource-id',
    title: 'Every resource that is shown has an id',
    clause: 'RFC7643-3.1-05',
    judges: 'server',
    when: exchange => shownBy(exchange).length > 0,
    observe(exchange) {
      for (const { id } of shownBy(exchange)) {
        expect.that(typeof id === 'string' && id !== '', 'id as a text that is not empty', show(id));
      }
    },
  },
  {
    id: 'wire.resource-schemas',
    title: 'Every resource that is shown names its schemas, its base schema among them, each once',
    clause: 'RFC7643-3-03',
    also: ['RFC7643-3-02', 'RFC7643-3-06', 'RFC7643-3.3-02'],
    judges: 'server',
    when: exchange => whollyShownBy(exchange).length > 0,
    observe(exchange) {
      const base = baseSchemas[segmentsOf(exchange)[0] ?? ''];
      for (const resource of whollyShownBy(exchange)) {
        const written = resource['schemas'];
        const schemas = schemasOf(resource).map(urn => urn.toLowerCase());
        const texts = Array.isArray(written) && written.length === schemas.length && schemas.length > 0;
        expect.that(texts, 'schemas as a list of URIs that is not empty', show(written));
        expect.that(new Set(schemas).size === schemas.length, 'schemas without repetition', show(written));
        expect.that(base === undefined || schemas.includes(base.toLowerCase()), `schemas with ${base}`, show(written));
      }
    },
  },
  {
    id: 'wire.meta',
    title: 'Every resource that is shown whole carries meta with type, dates and location',
    clause: 'RFC7643-3.1-02',
    also: ['RFC7643-3.1-17', 'RFC7643-3.1-19', 'RFC7643-2.3.5-01'],
    judges: 'server',
    when: exchange => whollyShownBy(exchange).length > 0,
    observe(exchange) {
      for (const resource of whollyShownBy(exchange)) {
        const { resourceType, created, lastModified, location } = metaOf(resource);
        for (const value of [resourceType, location]) {
          expect.that(
            typeof value === 'string' && value !== '',
            'meta.resourceType and meta.location',
            show(resource['meta']),
          );
        }
        for (const value of [created, lastModified]) {
          const right = typeof value === 'string' && DATE_TIME.test(value);
          expect.that(right, 'meta.created and meta.lastModified as dateTime', show(resource['meta']));
        }
      }
    },
  },
  {
    id: 'wire.location',
    title: 'meta.location is the URI of the resource that carries it',
    clause: 'RFC7643-3.1-22',
    judges: 'server',
    when: exchange => shownBy(exchange).some(resource => metaOf(resource)['location'] !== undefined),
    observe(exchange) {
      for (const resource of shownBy(exchange)) {
        const { location } = metaOf(resource);
        const { id } = resource;
        if (typeof location !== 'string' || typeof id !== 'string') continue;
        expect.that(lastSegment(location) === id, `meta.location that ends in the id ${show(id)}`, show(location));
      }
    },
  },
  {
    id: 'wire.schemas-of-type',
    title: 'A resource names only schemas that its resource type lists',
    clause: 'RFC7643-3-04',
    also: ['RFC7643-3-05'],
    judges: 'server',
    when: (exchange, { facts }) =>
      facts?.resourceTypes !== undefined &&
      shownBy(exchange).some(resource => typeShown(exchange, resource, facts) !== undefined),
    observe(exchange, { facts }) {
      for (const resource of shownBy(exchange)) {
        const type = typeShown(exchange, resource, facts);
        if (type === undefined) continue;
        const listed = new Set([type.base, ...type.extensions].map(({ urn }) => urn.toLowerCase()));
        const foreign = schemasOf(resource).find(urn => !listed.has(urn.toLowerCase()));
        expect.that(foreign === undefined, `only schemas of the type ${type.name}`, show(foreign));
      }
    },
  },
  {
    id: 'wire.extension-named',
    title: 'A resource that holds data of an extension names it in schemas',
    clause: 'RFC7643-3.3-05',
    judges: 'server',
    when: exchange => whollyShownBy(exchange).some(resource => containersOf(resource).length > 0),
    observe(exchange) {
      for (const resource of whollyShownBy(exchange)) {
        const schemas = new Set(schemasOf(resource).map(urn => urn.toLowerCase()));
        for (const urn of containersOf(resource)) {
          expect.that(schemas.has(urn.toLowerCase()), `schemas with ${urn}`, show(resource['schemas']));
        }
      }
    },
  },
  {
    id: 'wire.extension-container',
    title: 'Attributes of the base schema stand at the top, those of an extension under its URI',
    clause: 'RFC7643-3.3-07',
    also: ['RFC7643-3-09'],
    judges: 'server',
    when: (exchange, { facts }) =>
      shownBy(exchange).some(resource => typeShown(exchange, resource, facts) !== undefined),
    observe(exchange, { facts }) {
      for (const resource of shownBy(exchange)) {
        const type = typeShown(exchange, resource, facts);
        if (type === undefined) continue;
        const own = memberOf(resource, type.base.urn);
        expect.that(own === undefined, 'no member named by the base schema', show(own));
        if (!type.base.published) continue;
        for (const { attributes } of type.extensions) {
          for (const { name } of attributes) {
            if (attributeNamed(type.base.attributes, name)) continue;
            expect.that(!(name in resource), `${name} under the URI of its extension`, `${name} at the top`);
          }
        }
      }
    },
  },
  {
    id: 'wire.id-word',
    title: 'No id holds the reserved word bulkId',
    clause: 'RFC7643-3.1-09',
    judges: 'server',
    when: exchange => shownBy(exchange).length > 0,
    observe(exchange) {
      for (const { id } of shownBy(exchange)) {
        expect.that(typeof id !== 'string' || !id.includes('bulkId'), 'an id without bulkId', show(id));
      }
    },
  },
  {
    id: 'wire.id-unique',
    title: 'An id stands for one resource, whatever its type',
    clause: 'RFC7643-3.1-06',
    judges: 'server',
    when: exchange => placesOf(exchange).length > 0,
    observe(exchange, { memory }) {
      for (const [id, type] of placesOf(exchange)) {
        const known = memory.get(id);
        expect.that(known === undefined || known === type, `${show(id)} for the ${known} alone`, `a ${type} with it`);
        memory.set(id, type);
      }
    },
  },
  {
    id: 'wire.id-asked-for',
    title: 'What is read, replaced or patched by its id comes back with that id',
    clause: 'RFC7643-3.1-07',
    judges: 'server',
    when: exchange => askedFor(exchange) !== undefined,
    observe(exchange) {
      const [resource] = shownBy(exchange);
      expect.equal(resource?.['id'], askedFor(exchange), 'id');
    },
  },
] as const satisfies readonly Check[];

const containersOf = (resource: JsonObject): readonly string[] =>
  Object.keys(resource).filter(name => /^urn:/i.test(name) && isObject(resource[name]));

/** The id in the path of a request that shows one resource; `/Me` stands for an id. */
function askedFor(exchange: Exchange): string | undefined {
  const [endpoint = '', id, more] = segmentsOf(exchange);
  if (id === undefined || more !== undefined || /^me$/i.test(endpoint)) return undefined;
  return singleShownBy(exchange) === undefined ? undefined : decoded(id);
}

const decoded = (segment: string): string | undefined => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
};

/** Ids with the type that each is said to be of. */
const placesOf = (exchange: Exchange): readonly (readonly [id: string, type: string])[] =>
  shownBy(exchange).flatMap(resource => {
    const { id } = resource;
    const { resourceType } = metaOf(resource);
    return typeof id === 'string' && typeof resourceType === 'string' ? [[id, resourceType] as const] : [];
  });
