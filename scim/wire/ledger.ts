import type { LedgerEvent } from '../../reports/record/event.ts';
import { bulkResultsOf, placeOf, type BulkResult } from '../message/bulk.ts';
import { isObject } from '../message/list.ts';
import type { SecondKind } from './session.ts';
import { requestJson, type Hop, type HttpRequest, type HttpResponse, type Json } from './message.ts';

/** A collection below the base URL (`/Users`), not a message endpoint (`/Bulk`, `/.search`, `/Me`). */
const COLLECTION = /^(\/[A-Za-z][\w-]*)(?:\?|$)/;
const MESSAGE_ENDPOINTS = new Set(['/bulk', '/me']);
const RESOURCE = /^(\/[A-Za-z][\w-]*)\/([^/?]+)(?:\?|$)/;
const KEYS = ['userName', 'displayName', 'externalId'] as const;

/** Answers to a bulk request as a whole that leave no doubt: none of its operations was carried out. */
const NOTHING_DONE = new Set([401, 403, 404, 405, 429, 501]);

/** A resource that a request is about to create, with the name it has among the operations of a bulk request. */
interface Creation {
  readonly event: LedgerEvent;
  readonly bulkId?: Json;
}

/** Writes down what a client is about to create, has created and has removed. It sits outside the recorder. */
export function ledger(scope: string, put: (event: LedgerEvent) => void, as?: SecondKind): Hop {
  // What another tenant has only that tenant can remove; what a reader was allowed to make belongs to the run.
  const write = (event: LedgerEvent) => put(as === 'other-tenant' ? { ...event, as } : event);
  return async (request, next) => {
    const inBulk = isBulk(request);
    const creations = creationsOf(scope, request);
    for (const { event } of creations) write(event);
    const response = await next(request);
    if (response.status === undefined) {
      // What a limit kept back further in was never sent.
      if (response.failure?.code === 'limit') for (const { event } of creations) write({ ...event, kind: 'refused' });
      return response;
    }
    for (const event of inBulk ? settledInBulk(scope, creations, response) : settledAlone(creations, response)) {
      write(event);
    }
    const [, endpoint, id] = (request.method === 'DELETE' && RESOURCE.exec(request.path)) || [];
    if (endpoint && id && isGone(response.status)) write(removed(scope, endpoint, decodeURIComponent(id)));
    return response;
  };
}

/** What a request is about to create, as the ledger writes it down. */
export const creationsIn = (request: HttpRequest): LedgerEvent[] => creationsOf('', request).map(({ event }) => event);

const creationsOf = (scope: string, request: HttpRequest): Creation[] =>
  isBulk(request) ? creationsInBulk(scope, request) : creationAlone(scope, request);

/** The resources that a bulk request made, where its answer names them. */
export const createdInBulk = (request: HttpRequest, { json }: HttpResponse): { endpoint: string; id: string }[] =>
  isBulk(request)
    ? (bulkResultsOf(json) ?? []).flatMap(result => (isCreated(result) && placeOf(result.location)) || [])
    : [];

const isBulk = ({ method, path }: HttpRequest): boolean => method === 'POST' && /^\/bulk(?:\?|$)/i.test(path);
const isSuccess = (status: number | undefined): boolean => status !== undefined && status >= 200 && status < 300;
const isGone = (status: number | undefined): boolean => isSuccess(status) || status === 404;
const isCreated = ({ method = 'POST', status }: BulkResult): boolean => method === 'POST' && isSuccess(status);

const removed = (scope: string, endpoint: string, id: string): LedgerEvent => ({
  kind: 'removed',
  scope,
  endpoint,
  key: '',
  value: '',
  id,
});

function creating(scope: string, endpoint: string, body: Json | undefined): LedgerEvent {
  const resource = isObject(body) ? body : {};
  const key = KEYS.find(name => typeof resource[name] === 'string') ?? '';
  const value = resource[key];
  return { kind: 'creating', scope, endpoint, key, value: typeof value === 'string' ? value : '', id: '' };
}

function creationAlone(scope: string, request: HttpRequest): Creation[] {
  const endpoint = request.method === 'POST' ? COLLECTION.exec(request.path)?.[1] : undefined;
  if (!endpoint || MESSAGE_ENDPOINTS.has(endpoint.toLowerCase())) return [];
  return [{ event: creating(scope, endpoint, requestJson(request)) }];
}

function settledAlone(creations: readonly Creation[], { status = 0, json }: HttpResponse): LedgerEvent[] {
  const id = isObject(json) ? json['id'] : undefined;
  const made = status < 300 && typeof id === 'string' && id !== '';
  // A success without a usable id, or a server error, stays open: the resource may be there all the same.
  if (made) return creations.map(({ event }) => ({ ...event, kind: 'created', id }));
  return status >= 300 && status < 500 ? creations.map(({ event }) => ({ ...event, kind: 'refused' })) : [];
}

function creationsInBulk(scope: string, request: HttpRequest): Creation[] {
  const body = requestJson(request);
  const operations = isObject(body) ? body['Operations'] : undefined;
  return (Array.isArray(operations) ? operations.filter(isObject) : []).flatMap(({ method, path, bulkId, data }) => {
    const endpoint = typeof path === 'string' ? COLLECTION.exec(path)?.[1] : undefined;
    if (method !== 'POST' || endpoint === undefined) return [];
    return [{ event: creating(scope, endpoint, data), ...(typeof bulkId === 'string' && { bulkId }) }];
  });
}

/** What the results tell. Of an operation without a result nothing is known, so its creation stays open. */
function settledInBulk(scope: string, creations: readonly Creation[], response: HttpResponse): LedgerEvent[] {
  if (NOTHING_DONE.has(response.status ?? 0)) return creations.map(({ event }) => ({ ...event, kind: 'refused' }));
  return (bulkResultsOf(response.json) ?? []).flatMap((result): LedgerEvent[] => {
    const place = placeOf(result.location);
    if (result.method === 'DELETE') {
      return place && isGone(result.status) ? [removed(scope, place.endpoint, place.id)] : [];
    }
    const meant = creations.filter(({ bulkId }) => bulkId !== undefined && bulkId === result.bulkId);
    const event = meant.length === 1 ? meant[0]?.event : undefined;
    if (isCreated(result)) {
      return place ? [{ ...(event ?? creating(scope, place.endpoint, undefined)), kind: 'created', id: place.id }] : [];
    }
    const isRefused = result.status !== undefined && result.status >= 300 && result.status < 500;
    return event && isRefused ? [{ ...event, kind: 'refused' }] : [];
  });
}
