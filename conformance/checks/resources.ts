import { isErrorMessage, declares, schemasOf } from '../../scim/message/error.ts';
import { isObject, resourcesOf } from '../../scim/message/list.ts';
import { GROUP, LIST_RESPONSE, USER } from '../../scim/message/urn.ts';
import type { Exchange, JsonObject } from '../../reports/record/index.ts';
import type { Check } from '../run/check.ts';
import { expect, show } from '../run/expect.ts';
import { lastSegment } from '../run/given.ts';

/** Endpoints whose answers are no resources with the common attributes. */
const OTHER_ENDPOINTS = new Set(['', 'serviceproviderconfig', 'resourcetypes', 'schemas', 'bulk']);

/** The base schema of the types that RFC 7643 fixes. */
const baseSchemas: Readonly<Record<string, string>> = { Users: USER, Groups: GROUP };

const DATE_TIME = /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/;

const segmentsOf = ({ request }: Exchange) => request.path.replace(/\?.*$/, '').split('/').slice(1);

/** The resources that a response shows: the one that was asked for, or the entries of a list. */
function shownBy(exchange: Exchange): readonly JsonObject[] {
  const { response, request } = exchange;
  const { status = 0, json } = response;
  const [endpoint = '', id] = segmentsOf(exchange);
  if (status < 200 || status > 299 || OTHER_ENDPOINTS.has(endpoint.toLowerCase()) || isErrorMessage(json)) return [];
  if (declares(json, LIST_RESPONSE)) return resourcesOf(json);
  const single = id === undefined ? request.method === 'POST' : id !== '.search';
  return single && isObject(json) ? [json] : [];
}

/** Shown without a choice of attributes by the client. */
const whollyShownBy = (exchange: Exchange): readonly JsonObject[] =>
  /[?&](?:excludedA|a)ttributes=/i.test(exchange.request.path) ? [] : shownBy(exchange);

const metaOf = ({ meta }: JsonObject): JsonObject => (isObject(meta) ? meta : {});

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
] as const satisfies readonly Check[];
