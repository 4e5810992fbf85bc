import type { Json, JsonObject } from '../wire/message.ts';
import { LIST_RESPONSE } from './urn.ts';

/** A list response (RFC 7644 section 3.4.2). */
export interface ListResponse<R = JsonObject> {
  readonly schemas: readonly string[];
  readonly totalResults: number;
  readonly startIndex?: number;
  readonly itemsPerPage?: number;
  readonly Resources?: readonly R[];
}

/** A list response of one page; `startIndex` counts from 1. */
export const listResponse = <R>(
  resources: readonly R[],
  totalResults: number,
  startIndex: number,
): ListResponse<R> => ({
  schemas: [LIST_RESPONSE],
  totalResults,
  startIndex,
  itemsPerPage: resources.length,
  Resources: resources,
});

/** Resources of a list response body as objects; empty when the body is no list. */
export function resourcesOf(body: Json | undefined): readonly JsonObject[] {
  const resources = (body as JsonObject | null | undefined)?.['Resources'];
  return Array.isArray(resources) ? resources.filter(isObject) : [];
}

/** A JSON object: neither array nor null. */
export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
