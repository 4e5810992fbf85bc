import type { Json, JsonObject } from '../wire/message.ts';
import { isObject } from './list.ts';

export const BULK_REQUEST = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
export const BULK_RESPONSE = 'urn:ietf:params:scim:api:messages:2.0:BulkResponse';

/** One operation of a bulk request (RFC 7644 section 3.7). */
export interface BulkOperation {
  readonly method: string;
  readonly path: string;
  readonly bulkId?: string;
  readonly version?: string;
  readonly data?: Json;
}

/** The body of a bulk request; `failOnErrors` is left out unless given. */
export const bulkRequest = (operations: readonly BulkOperation[], failOnErrors?: number): JsonObject => ({
  schemas: [BULK_REQUEST],
  ...(failOnErrors !== undefined && { failOnErrors }),
  Operations: operations.map(operation => ({ ...operation })),
});

/** What a bulk response says of one operation. */
export interface BulkResult {
  readonly method: string | undefined;
  readonly bulkId: string | undefined;
  readonly location: string | undefined;
  readonly version: string | undefined;
  /** As a number, whether it came as text, as number or as an object with `code` (RFC 7644 has all three). */
  readonly status: number | undefined;
  readonly response: Json | undefined;
  /** The whole entry as it came. */
  readonly entry: JsonObject;
}

/** The results of a bulk response; undefined when the body is none. */
export function bulkResultsOf(body: Json | undefined): readonly BulkResult[] | undefined {
  if (!isObject(body) || !Array.isArray(body['Operations'])) return undefined;
  return body['Operations'].filter(isObject).map(entry => ({
    method: textOf(entry['method']),
    bulkId: textOf(entry['bulkId']),
    location: textOf(entry['location']),
    version: textOf(entry['version']),
    status: statusOf(entry['status']),
    response: entry['response'],
    entry,
  }));
}

const textOf = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

function statusOf(status: Json | undefined): number | undefined {
  const code = isObject(status) ? status['code'] : status;
  const number = typeof code === 'string' && /^\d{3}$/.test(code) ? Number(code) : code;
  return typeof number === 'number' ? number : undefined;
}

/** Endpoint and id at the end of the address of a resource: `/Users` and `7` of `https://host/v2/Users/7`. */
export function placeOf(location: string | undefined): { readonly endpoint: string; readonly id: string } | undefined {
  const [, endpoint, segment] = /(\/[A-Za-z][\w-]*)\/([^/?#]+)\/?(?:[?#]|$)/.exec(location ?? '') ?? [];
  if (endpoint === undefined || segment === undefined) return undefined;
  try {
    return { endpoint, id: decodeURIComponent(segment) };
  } catch {
    return undefined;
  }
}
