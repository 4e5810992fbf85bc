import supertest from 'supertest';
import { GROUP, PATCH_OP, USER } from '../../scim/message/urn.ts';
import type { JsonObject } from '../../scim/wire/message.ts';
import { createBridge, type BridgeOptions } from './app.ts';

/** A fixed instant, and a clock that starts there and stands still until it is moved. */
export const START = Date.UTC(2026, 0, 5, 12);

/** What clients see as base URL: supertest has another port for each request. */
export const BASE = 'http://scim.test/scim/v2';

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: JsonObject;
  readonly text: string;
}

/** A resource as it was answered. */
export type Made = JsonObject & { readonly id: string; readonly meta: Record<string, string> };

/** A bridge with one token and a client that holds it. */
export function createClient(options: BridgeOptions = {}) {
  let time = START;
  const bridge = createBridge({
    tokens: ['token-one'],
    now: () => time,
    ...options,
    settings: { baseUrl: BASE, ...options.settings },
  });
  const agent = supertest(bridge.app);
  const send = async (
    method: 'get' | 'head' | 'post' | 'put' | 'patch' | 'delete',
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answered> => {
    const request = agent[method](`/scim/v2${path}`).set({ Authorization: 'Bearer token-one', ...headers });
    if (body !== undefined) {
      if (headers['Content-Type'] === undefined) request.set('Content-Type', 'application/scim+json');
      request.send(typeof body === 'string' ? body : JSON.stringify(body));
    }
    const { status, headers: answered, text } = await request.buffer(true);
    const isJson = /json/.test(answered['content-type'] ?? '') && text;
    return { status, headers: answered, body: isJson ? (JSON.parse(text) as JsonObject) : {}, text };
  };
  return {
    agent,
    get: (path: string, headers = {}) => send('get', path, undefined, headers),
    head: (path: string, headers = {}) => send('head', path, undefined, headers),
    post: (path: string, body: unknown, headers = {}) => send('post', path, body, headers),
    put: (path: string, body: unknown, headers = {}) => send('put', path, body, headers),
    patch: (path: string, operations: readonly unknown[], headers = {}) =>
      send('patch', path, { schemas: [PATCH_OP], Operations: operations }, headers),
    delete: (path: string, headers = {}) => send('delete', path, undefined, headers),
    find: (path: string, filter: string) => send('get', `${path}?filter=${encodeURIComponent(filter)}`),
    async user(userName: string, more: object = {}): Promise<Made> {
      const { status, body, text } = await send('post', '/Users', { schemas: [USER], userName, ...more });
      if (status !== 201) throw new Error(`user ${userName} was not created: ${text}`);
      return body as Made;
    },
    async group(displayName: string, members: readonly Made[] = [], more: object = {}): Promise<Made> {
      const values = members.map(member => ({ value: member.id }));
      const { status, body, text } = await send('post', '/Groups', {
        schemas: [GROUP],
        displayName,
        members: values,
        ...more,
      });
      if (status !== 201) throw new Error(`group ${displayName} was not created: ${text}`);
      return body as Made;
    },
    /** Lets time pass, in milliseconds. */
    advance(ms: number): void {
      time += ms;
    },
  };
}
