import { BULK_REQUEST } from '../../scim/message/bulk.ts';
import { declares } from '../../scim/message/error.ts';
import { isObject } from '../../scim/message/list.ts';
import { PATCH_OP } from '../../scim/message/urn.ts';
import type { JsonObject } from '../../reports/record/index.ts';
import type { Check } from '../run/check.ts';
import { expect, show } from '../run/expect.ts';
import { Violation } from '../run/violation.ts';
import { bulkOperationsOf, isBulk, segmentsIn } from './client-request.ts';

const METHODS = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

const methodOf = ({ method }: JsonObject): string => (typeof method === 'string' ? method.toUpperCase() : '');
const creates = (operation: JsonObject): boolean => methodOf(operation) === 'POST';
const carries = (operation: JsonObject): boolean => ['POST', 'PUT', 'PATCH'].includes(methodOf(operation));
const patches = (operation: JsonObject): boolean => methodOf(operation) === 'PATCH' && isObject(operation['data']);

/** What holds of every bulk request. */
export const clientBulk = [
  {
    id: 'client.bulk-message',
    title: 'A bulk request is a BulkRequest message',
    clause: 'RFC7644-3.7-02',
    judges: 'client',
    when: isBulk,
    observe({ request }) {
      expect.that(declares(request.json, BULK_REQUEST), `schemas with ${BULK_REQUEST}`, show(request.json));
    },
  },
  {
    id: 'client.bulk-operations',
    title: 'A bulk request has Operations, a list of objects',
    clause: 'RFC7644-3.7-04',
    judges: 'client',
    when: isBulk,
    observe({ request }) {
      const operations = isObject(request.json) ? request.json['Operations'] : undefined;
      expect.that(Array.isArray(operations) && operations.every(isObject), 'a list of operations', show(operations));
    },
  },
  {
    id: 'client.bulk-method',
    title: 'The method of a bulk operation is POST, PUT, PATCH or DELETE',
    clause: 'RFC7644-3.7-05',
    judges: 'client',
    when: exchange => bulkOperationsOf(exchange).length > 0,
    observe(exchange) {
      for (const operation of bulkOperationsOf(exchange)) {
        expect.that(METHODS.has(methodOf(operation)), [...METHODS].join(', '), show(operation['method']));
      }
    },
  },
  {
    id: 'client.bulk-id',
    title: 'A bulk operation that creates has a bulkId',
    clause: 'RFC7644-3.7-06',
    judges: 'client',
    when: exchange => bulkOperationsOf(exchange).some(creates),
    observe(exchange) {
      for (const operation of bulkOperationsOf(exchange).filter(creates)) {
        const { bulkId } = operation;
        expect.that(typeof bulkId === 'string' && bulkId !== '', 'a bulkId', show(operation));
      }
    },
  },
  {
    id: 'client.bulk-id-unique',
    title: 'A bulkId stands for one operation',
    clause: 'RFC7644-3.7-07',
    judges: 'client',
    when: exchange => bulkOperationsOf(exchange).some(({ bulkId }) => bulkId !== undefined),
    observe(exchange) {
      const ids = bulkOperationsOf(exchange).flatMap(({ bulkId }) => bulkId ?? []);
      const twice = ids.find((id, at) => ids.indexOf(id) !== at);
      expect.that(twice === undefined, 'each bulkId once', `${show(twice)} more than once`);
    },
  },
  {
    id: 'client.bulk-path',
    title: 'A bulk operation names an endpoint to create at, a resource for all else',
    clause: 'RFC7644-3.7-09',
    judges: 'client',
    when: exchange => bulkOperationsOf(exchange).length > 0,
    observe(exchange) {
      for (const operation of bulkOperationsOf(exchange)) {
        const { path } = operation;
        const segments = typeof path === 'string' && path.startsWith('/') ? segmentsIn(path).length : 0;
        const right = creates(operation) ? segments === 1 : segments === 2;
        expect.that(
          right,
          creates(operation) ? '/<endpoint>' : '/<endpoint>/<id>',
          `${methodOf(operation)} ${show(path)}`,
        );
      }
    },
  },
  {
    id: 'client.bulk-data',
    title: 'A bulk operation that creates or changes brings its data',
    clause: 'RFC7644-3.7-10',
    judges: 'client',
    when: exchange => bulkOperationsOf(exchange).some(carries),
    observe(exchange) {
      for (const operation of bulkOperationsOf(exchange).filter(carries)) {
        expect.that(isObject(operation['data']), 'an object as data', show(operation));
      }
    },
  },
  {
    id: 'client.bulk-patch',
    title: 'The data of a PATCH in a bulk request is a PatchOp message',
    clause: 'RFC7644-3.7-11',
    judges: 'client',
    when: exchange => bulkOperationsOf(exchange).some(patches),
    observe(exchange) {
      for (const { data } of bulkOperationsOf(exchange).filter(patches)) {
        // The figure of the RFC shows the bare operations there, and erratum 5050 asks about it.
        if (!declares(data, PATCH_OP))
          throw new Violation(`schemas with ${PATCH_OP}`, show(data), undefined, 'warning');
      }
    },
  },
  {
    id: 'client.bulk-fail-on-errors',
    title: 'failOnErrors is a positive integer',
    clause: 'RFC7644-3.7-03',
    judges: 'client',
    when: exchange => failOnErrors(exchange.request.json) !== undefined && isBulk(exchange),
    observe({ request }) {
      const value = failOnErrors(request.json);
      expect.that(Number.isInteger(value) && Number(value) > 0, 'a positive integer', show(value));
    },
  },
] as const satisfies readonly Check[];

const failOnErrors = (body: JsonObject[string] | undefined) => (isObject(body) ? body['failOnErrors'] : undefined);
