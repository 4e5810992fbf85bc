import { expect } from 'chai';
import supertest, { type Test } from 'supertest';
import type { HttpRequest, HttpResponse, Json, JsonObject } from '../../scim/wire/message.ts';
import { jumpcloud } from '../dialects/index.ts';
import { createSimulator, type SimulatorOptions } from '../simulator.ts';
import { createAdminApi } from './app.ts';

const KEY = 'jca_test';

/** A service provider that takes everything, and what it was sent. */
function createProvider() {
  const requests: HttpRequest[] = [];
  const stored = new Map<string, JsonObject>();
  const answer = (status: number, json?: Json): HttpResponse => ({
    status,
    headers: {},
    text: json === undefined ? '' : JSON.stringify(json),
    ...(json !== undefined && { json }),
  });
  const found = (resources: readonly JsonObject[]) =>
    answer(200, { totalResults: resources.length, Resources: resources });
  let always: HttpResponse | undefined;
  const send = async (request: HttpRequest): Promise<HttpResponse> => {
    requests.push(request);
    if (always) return always;
    const { method, path, json } = request;
    const [, endpoint = '', id = ''] = /^\/(\w+)(?:\/([^?]+))?/.exec(path) ?? [];
    const key = `${endpoint}/${id}`;
    if (method === 'GET' && id === '') {
      const wanted = /eq%20%22([^%]*(?:%40[^%]*)?)%22/.exec(path)?.[1];
      const all = [...stored].filter(([name]) => name.startsWith(`${endpoint}/`)).map(([, value]) => value);
      const text = wanted === undefined ? undefined : decodeURIComponent(wanted);
      return found(
        text === undefined ? all : all.filter(value => [value['userName'], value['displayName']].includes(text)),
      );
    }
    if (method === 'POST') {
      const made = { ...(json as JsonObject), id: `sp-${stored.size + 1}` };
      stored.set(`${endpoint}/${made.id}`, made);
      return answer(201, made);
    }
    const held = stored.get(key);
    if (!held) return answer(404);
    if (method === 'DELETE') stored.delete(key);
    if (method === 'PUT') stored.set(key, json as JsonObject);
    return method === 'GET' || method === 'PUT' ? answer(200, stored.get(key)) : answer(204);
  };
  return { send, requests, stored, answerAll: (response: HttpResponse) => void (always = response) };
}

/** An API over a directory of nobody, with a service provider behind it. */
export function setUp(options: Partial<SimulatorOptions> & { readonly start?: number } = {}) {
  const { start = Date.UTC(2026, 2, 1), ...more } = options;
  let at = start;
  const faults: unknown[] = [];
  const provider = createProvider();
  const admin = createSimulator({
    dialect: jumpcloud,
    send: provider.send,
    now: () => at,
    retry: { attempts: 1 },
    ...more,
  });
  const { app, idle } = createAdminApi({ admin, apiKeys: ['other', KEY], onFault: fault => faults.push(fault) });
  const agent = supertest(app);
  const ask = (method: 'get' | 'post' | 'put' | 'patch' | 'delete', path: string, body?: object | string): Test => {
    const request = agent[method](path).set('x-api-key', KEY);
    return body === undefined ? request : request.set('content-type', 'application/json').send(body);
  };
  return {
    agent,
    admin,
    provider,
    faults,
    idle,
    ask,
    get: (path: string) => ask('get', path),
    post: (path: string, body?: object | string) => ask('post', path, body),
    put: (path: string, body: object | string) => ask('put', path, body),
    delete: (path: string) => ask('delete', path),
    /** Hires somebody and answers their id. */
    async hire(username: string, more: object = {}): Promise<string> {
      const body = { username, email: `${username}@orbital.example`, ...more };
      const answer = await ask('post', '/api/systemusers', body);
      expect(answer.status, answer.text).to.equal(200);
      return String((answer.body as { _id: unknown })._id);
    },
    /** Makes a group and answers its id. */
    async group(name: string): Promise<string> {
      const answer = await ask('post', '/api/v2/usergroups', { name });
      expect(answer.status, answer.text).to.equal(201);
      return String((answer.body as { id: unknown }).id);
    },
    advance: (ms: number) => void (at += ms),
  };
}

/** What must hold of any refusal: a JSON body with the status and a message that tells nothing of the inside. */
export function expectRefusal(
  answer: { status: number; body: unknown; text: string },
  status: number,
  message: RegExp,
) {
  expect(answer.status, answer.text).to.equal(status);
  expect(answer.body).to.include.keys('code', 'message', 'status', 'error');
  expect(answer.body).to.have.property('code', status);
  expect(answer.body).to.have.property('message').that.matches(message);
  expect(answer.text).not.to.match(/\bat .*\.ts:\d|node_modules/);
}
