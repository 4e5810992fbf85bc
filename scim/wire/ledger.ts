import type { LedgerEvent } from '../../reports/record/event.ts';
import { requestJson, type Hop, type HttpRequest, type JsonObject } from './message.ts';

/** A collection below the base URL (`/Users`), not a message endpoint (`/Bulk`, `/.search`, `/Me`). */
const COLLECTION = /^(\/[A-Za-z][\w-]*)(?:\?|$)/;
const MESSAGE_ENDPOINTS = new Set(['/bulk', '/me']);
const RESOURCE = /^(\/[A-Za-z][\w-]*)\/([^/?]+)(?:\?|$)/;
const KEYS = ['userName', 'displayName', 'externalId'] as const;

/** Writes down what a client is about to create, has created and has removed. It sits outside the recorder. */
export function ledger(scope: string, write: (event: LedgerEvent) => void): Hop {
  return async (request, next) => {
    const creating = entryOf(scope, request);
    if (creating) write(creating);
    const response = await next(request);
    const { status } = response;
    if (creating && status !== undefined) {
      const id = (response.json as JsonObject | null | undefined)?.['id'];
      const made = status < 300 && typeof id === 'string' && id !== '';
      // A success without a usable id, or a server error, stays open: the resource may be there all the same.
      if (made) write({ ...creating, kind: 'created', id });
      else if (status >= 300 && status < 500) write({ ...creating, kind: 'refused' });
    }
    const [, endpoint, id] = (request.method === 'DELETE' && RESOURCE.exec(request.path)) || [];
    if (endpoint && id && status !== undefined && ((status >= 200 && status < 300) || status === 404)) {
      write({ kind: 'removed', scope, endpoint, key: '', value: '', id: decodeURIComponent(id) });
    }
    return response;
  };
}

function entryOf(scope: string, request: HttpRequest): LedgerEvent | undefined {
  const endpoint = request.method === 'POST' ? COLLECTION.exec(request.path)?.[1] : undefined;
  if (!endpoint || MESSAGE_ENDPOINTS.has(endpoint.toLowerCase())) return undefined;
  const body = requestJson(request) as JsonObject | null | undefined;
  const key = KEYS.find(name => typeof body?.[name] === 'string') ?? '';
  return { kind: 'creating', scope, endpoint, key, value: (body?.[key] as string | undefined) ?? '', id: '' };
}
