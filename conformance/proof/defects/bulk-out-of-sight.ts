import { bulkResultsOf, placeOf } from '../../../scim/message/bulk.ts';
import { isObject } from '../../../scim/message/list.ts';
import { withJson, type Hop, type Json, type JsonObject } from '../../../scim/wire/message.ts';
import { onBulk, referencesIn } from '../bulk-hops.ts';
import type { Defect } from '../defect.ts';
import { isSuccess, objectOf, onOne, operationsOf, reply, textOf, withOperations } from '../hops.ts';
import { bare } from '../modify-hops.ts';
import { toDefect, type Row } from '../query-hops.ts';

/** Operations of a kind are answered as if they had been carried out. */
const idle =
  (kind: (operation: JsonObject) => boolean, seen: (operation: JsonObject) => void = () => undefined): (() => Hop) =>
  () =>
  async (request, next) => {
    const idlers = onBulk(request) ? operationsOf(request).filter(kind) : [];
    if (idlers.length === 0) return next(request);
    const others = operationsOf(request).filter(operation => !idlers.includes(operation));
    const response = others.length > 0 ? await next(withOperations(request, others)) : reply(200, { Operations: [] });
    for (const operation of idlers) seen(operation);
    const told = idlers.map(({ method, path }) => ({
      method: method ?? null,
      location: `https://provider.example/scim/v2${textOf(path)}`,
      status: method === 'DELETE' ? '204' : '200',
    }));
    const Operations = [...(bulkResultsOf(response.json) ?? []).map(({ entry }) => entry), ...told];
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:BulkResponse'];
    return reply(200, { schemas, Operations });
  };

/** A reference in a PATCH of a bulk request is a member by that text. */
function literalReferences(): Hop {
  const literal = new Map<string, string>();
  const refers = ({ method, data }: JsonObject) => method === 'PATCH' && referencesIn(data).length > 0;
  const keep = idle(refers, ({ path, data }) => literal.set(textOf(path), referencesIn(data)[0] ?? ''))();
  return async (request, next) => {
    const response = await keep(request, next);
    const value = onOne('GET', 'Groups')(request) ? literal.get(bare(request)) : undefined;
    if (value === undefined || !isSuccess(response)) return response;
    const { members } = objectOf(response);
    const there = Array.isArray(members) ? (members as readonly Json[]) : [];
    return withJson(response, { ...objectOf(response), members: [...there, { value }] });
  };
}

/** The meta of a client, which operations of a method bring, is that of the user. */
function takesMeta(wanted: string): Hop {
  const forged = new Map<string, JsonObject>();
  const metaIn = ({ data }: JsonObject): Json | undefined => {
    const operations = isObject(data) && Array.isArray(data['Operations']) ? data['Operations'] : [];
    const values = (operations as readonly Json[]).map(each => (isObject(each) ? each['value'] : undefined));
    return [data, ...values].flatMap(each => (isObject(each) && isObject(each['meta']) ? [each['meta']] : []))[0];
  };
  return async (request, next) => {
    const takers = onBulk(request)
      ? operationsOf(request).filter(each => each['method'] === wanted && metaIn(each) !== undefined)
      : [];
    if (takers.length > 0 && wanted === 'PATCH') {
      for (const taker of takers) forged.set(textOf(taker['path']), metaIn(taker) as JsonObject);
      return idle(operation => takers.includes(operation))()(request, next);
    }
    const response = await next(request);
    for (const taker of takers) {
      const made = bulkResultsOf(response.json)?.find(({ bulkId }) => bulkId === taker['bulkId']);
      const path = wanted === 'POST' ? `/Users/${placeOf(made?.location)?.id}` : textOf(taker['path']);
      forged.set(path, metaIn(taker) as JsonObject);
    }
    const meta = onOne('GET', 'Users')(request) ? forged.get(bare(request)) : undefined;
    if (meta === undefined || !isSuccess(response)) return response;
    const user = objectOf(response);
    return withJson(response, { ...user, meta: { ...(isObject(user['meta']) ? user['meta'] : {}), ...meta } });
  };
}

const rows: readonly Row[] = [
  [
    'bulk-deletes-no-groups',
    'A DELETE of a group in a bulk request is told and not carried out',
    'RFC7644-3.7.3-02',
    ['bulk.delete-group'],
    idle(({ method, path }) => method === 'DELETE' && textOf(path).startsWith('/Groups/')),
  ],
  [
    'bulk-replaces-no-groups',
    'A PUT of a group in a bulk request is told and not carried out',
    'RFC7644-3.7.3-02',
    ['bulk.replace-group'],
    idle(({ method, path }) => method === 'PUT' && textOf(path).startsWith('/Groups/')),
  ],
  [
    'bulk-patch-value-literal',
    'A reference in the value of a PATCH in a bulk request is stored as it is',
    'RFC7644-3.7.2-01',
    ['bulk.reference-in-patch-value'],
    literalReferences,
  ],
  ...(['POST', 'PUT', 'PATCH'] as const).map((method): Row => [
    `bulk-${method.toLowerCase()}-takes-meta`,
    `A ${method} in a bulk request takes the meta that the client sends`,
    'RFC7643-3.1-16',
    ['bulk.read-only-ignored'],
    () => takesMeta(method),
  ]),
];

/** What goes wrong in bulk requests alone. */
export const bulkOutOfSightDefects: readonly Defect[] = rows.map(toDefect);
