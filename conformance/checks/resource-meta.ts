import type { Exchange, JsonObject } from '../../reports/record/index.ts';
import type { Check } from '../run/check.ts';
import { declaredTypes } from '../run/declared.ts';
import { expect, show } from '../run/expect.ts';
import type { Facts } from '../run/facts.ts';
import { lastSegment } from '../run/given.ts';
import { metaOf, segmentsOf, shownBy, singleShownBy } from '../run/shown.ts';
import { Violation } from '../run/violation.ts';

/** What `meta` says of a resource, against the exchange that shows it (RFC 7643 section 3.1). */
export const resourceMeta = [
  {
    id: 'wire.resource-type',
    title: 'meta.resourceType is the name of the type whose endpoint was asked',
    clause: 'RFC7643-3.1-18',
    also: ['RFC7644-3.3.1-01'],
    judges: 'server',
    when: (exchange, { facts }) => typeAsked(exchange, facts) !== undefined && shownBy(exchange).some(isTyped),
    observe(exchange, { facts }) {
      const right = typeAsked(exchange, facts);
      for (const resource of shownBy(exchange).filter(isTyped)) {
        expect.equal(metaOf(resource)['resourceType'], right ?? '', 'meta.resourceType');
      }
    },
  },
  {
    id: 'wire.created-stays',
    title: 'meta.created of a resource never changes',
    clause: 'RFC7643-3.1-19',
    judges: 'server',
    when: exchange => shownBy(exchange).some(resource => instantOf(resource, 'created') !== undefined),
    observe(exchange, { memory }) {
      for (const resource of shownBy(exchange)) {
        const created = instantOf(resource, 'created');
        const { id } = resource;
        if (created === undefined || typeof id !== 'string') continue;
        const known = memory.get(id);
        memory.set(id, known ?? String(created));
        // Some stores keep whole seconds only, and the first answer comes from before the store.
        const near = known === undefined || Math.abs(Number(known) - created) < 1000;
        expect.that(near, `meta.created as it was shown before`, show(resource['meta']));
      }
    },
  },
  {
    id: 'wire.modified-after-created',
    title: 'No resource was modified before it was created',
    clause: 'RFC7643-3.1-20',
    judges: 'server',
    when: exchange => shownBy(exchange).some(resource => instantOf(resource, 'lastModified') !== undefined),
    observe(exchange) {
      for (const resource of shownBy(exchange)) {
        const [created, modified] = [instantOf(resource, 'created'), instantOf(resource, 'lastModified')];
        if (created === undefined || modified === undefined) continue;
        expect.that(modified >= created - 999, 'meta.lastModified not before created', show(resource['meta']));
      }
    },
  },
  {
    id: 'wire.version-is-etag',
    title: 'meta.version is the ETag of the same response',
    clause: 'RFC7643-3.1-24',
    judges: 'server',
    when: exchange => versionsOf(exchange) !== undefined,
    observe(exchange) {
      const { version, tag } = versionsOf(exchange) ?? { version: '', tag: '' };
      const bare = (text: string) => text.replace(/^W\//, '');
      if (version === tag) return;
      const weight = bare(version) === bare(tag) ? 'warning' : 'failure';
      throw new Violation(`meta.version ${show(tag)}`, show(version), undefined, weight);
    },
  },
  {
    id: 'wire.version-form',
    title: 'A version is a quoted entity-tag, weak ones with W/ in front',
    clause: 'RFC7643-3.1-26',
    judges: 'server',
    when: ({ response }) => Boolean(response.headers['etag']),
    observe({ response }) {
      const tag = response.headers['etag'] ?? '';
      expect.that(/^(?:W\/)?"[^"\s]*"$/.test(tag), 'an ETag of the form "…" or W/"…"', show(tag));
    },
  },
  {
    id: 'wire.content-location',
    title: 'Content-Location names the same resource as meta.location',
    clause: 'RFC7643-3.1-23',
    also: ['RFC9110-8.7-01'],
    judges: 'server',
    when: exchange => located(exchange) !== undefined,
    observe(exchange) {
      const { header, location } = located(exchange) ?? { header: '', location: '' };
      const right = `Content-Location for ${show(location)}`;
      expect.that(lastSegment(header) === lastSegment(location), right, show(header));
    },
  },
] as const satisfies readonly Check[];

/** The name of the type that lives at the endpoint asked; undefined for a root query, and where none is listed. */
const typeAsked = (exchange: Exchange, facts: Facts | undefined): string | undefined => {
  const wanted = `/${segmentsOf(exchange)[0] ?? ''}`.toLowerCase();
  return facts && declaredTypes(facts).find(({ endpoint }) => endpoint.toLowerCase() === wanted)?.name;
};

const isTyped = (resource: JsonObject) => metaOf(resource)['resourceType'] !== undefined;
function instantOf(resource: JsonObject, name: string): number | undefined {
  const value = metaOf(resource)[name];
  const instant = typeof value === 'string' ? Date.parse(value) : NaN;
  return Number.isNaN(instant) ? undefined : instant;
}

/** What a POST to a collection shows; a list or a bulk response has an ETag of its own. */
const createdBy = (exchange: Exchange): JsonObject | undefined => {
  const [endpoint = '', more] = segmentsOf(exchange);
  const creates = exchange.request.method === 'POST' && more === undefined && !/^(?:bulk|\.search)$/i.test(endpoint);
  return creates ? shownBy(exchange)[0] : undefined;
};

function versionsOf(exchange: Exchange): { version: string; tag: string } | undefined {
  const resource = singleShownBy(exchange) ?? createdBy(exchange);
  const version = resource && metaOf(resource)['version'];
  const tag = exchange.response.headers['etag'];
  return typeof version === 'string' && tag ? { version, tag } : undefined;
}

function located(exchange: Exchange): { header: string; location: string } | undefined {
  const resource = singleShownBy(exchange);
  const location = resource && metaOf(resource)['location'];
  const header = exchange.response.headers['content-location'];
  return typeof location === 'string' && header ? { header, location } : undefined;
}
