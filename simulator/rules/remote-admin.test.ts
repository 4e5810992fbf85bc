import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client } from 'undici';
import type { InsightsEvent } from '../insights/event.ts';
import type { AttributeMapping } from '../mapping/attribute-mapping.ts';
import type { ImportResult } from '../sync/import.ts';
import type { Preview } from '../sync/integration.ts';
import type { Connection } from '../sync/connector.ts';

/** Members of a system user, user group or application, as the admin API names them. */
type Members = Readonly<Record<string, unknown>>;

/** A refusal of the admin API. */
export class RefusedError extends Error {
  readonly code = 'refused';
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.name = 'RefusedError';
    this.status = status;
  }
}

/** One request to the admin API, and the JSON of its answer. @throws RefusedError */
export type Ask = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) => Promise<unknown>;

/** A server on loopback that answers with one admin API after the other. */
export interface Door {
  readonly ask: Ask;
  /** From now on this one answers. */
  serve(listener: RequestListener): void;
  close(): Promise<void>;
}

/** Opens the door; requests carry the key. */
export async function openDoor(key: string): Promise<Door> {
  let answer: RequestListener = (_request, response) => response.destroy();
  const server = createServer((request, response) => answer(request, response));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const client = new Client(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return {
    serve: listener => void (answer = listener),
    async ask(method, path, body) {
      const sent = body === undefined ? null : JSON.stringify(body);
      const headers = { 'x-api-key': key, 'content-type': 'application/json' };
      const response = await client.request({ method, path, headers, body: sent });
      const text = await response.body.text();
      const { statusCode } = response;
      if (statusCode >= 400) throw new RefusedError(statusCode, String((JSON.parse(text) as Members)['message']));
      return text === '' ? undefined : (JSON.parse(text) as unknown);
    },
    async close() {
      await client.destroy();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

/** What an admin does, each deed a request to the admin API; people and groups by their ids, one application. */
export type RemoteAdmin = ReturnType<typeof createRemoteAdmin>;

/** The verbs of an admin over HTTP. */
export function createRemoteAdmin(ask: Ask, application: string) {
  const tab = `/console/applications/${application}`;
  const provisioning = `${tab}/provisioning`;
  const user = (id: string) => `/api/systemusers/${id}`;
  const group = (id: string) => `/api/v2/usergroups/${id}`;
  const member = (op: 'add' | 'remove') => (person: string, of: string) =>
    ask('POST', `${group(of)}/members`, { op, type: 'user', id: person });
  const association = (op: 'add' | 'remove') => (of: string) =>
    ask('POST', `${group(of)}/associations`, { op, type: 'application', id: application });
  const rows = async () => (await ask('GET', `${tab}/mapping`)) as readonly AttributeMapping[];
  const people = async (create: boolean) => (await ask('POST', `${tab}/import`, { create })) as ImportResult;

  return {
    async hire(body: Members): Promise<string> {
      return String(((await ask('POST', '/api/systemusers', body)) as Members)['_id']);
    },
    person: async (id: string) => (await ask('GET', user(id))) as Members,
    change: (id: string, changes: Members) => ask('PUT', user(id), changes),
    suspend: (id: string) => ask('PUT', user(id), { state: 'SUSPENDED' }),
    reactivate: (id: string) => ask('PUT', user(id), { state: 'ACTIVATED' }),
    dismiss: (id: string) => ask('DELETE', user(id)),
    async createGroup(name: string): Promise<string> {
      return String(((await ask('POST', '/api/v2/usergroups', { name })) as Members)['id']);
    },
    changeGroup: (id: string, changes: Members) => ask('PUT', group(id), changes),
    renameGroup: (id: string, name: string) => ask('PUT', group(id), { name }),
    deleteGroup: (id: string) => ask('DELETE', group(id)),
    join: member('add'),
    leave: member('remove'),
    bind: association('add'),
    unbind: association('remove'),
    addApplication: (name: string) => ask('POST', '/api/applications', { name }),
    applications: async () => ((await ask('GET', '/api/applications')) as Members)['results'] as readonly Members[],
    deleteApplication: (count = 1) =>
      ask('POST', '/console/applications/delete', { applications: [application], count }),
    configure: (changes: Connection) => ask('PUT', provisioning, changes),
    setManageGroups: (manageGroups: boolean) => ask('PUT', provisioning, { manageGroups }),
    activate: () => ask('POST', `${provisioning}/activate`),
    deactivate: () => ask('POST', `${provisioning}/deactivate`),
    reauthenticate: (token: string) => ask('POST', `${provisioning}/reauthenticate`, { token }),
    isActive: async () => ((await ask('GET', provisioning)) as Members)['active'],
    mapping: rows,
    setMapping: (mapping: readonly AttributeMapping[]) => ask('PUT', `${tab}/mapping`, mapping),
    async removeMapping(target: string): Promise<void> {
      const all = await rows();
      await ask(
        'PUT',
        `${tab}/mapping`,
        all.filter(row => row.target !== target),
      );
    },
    restoreMapping: () => ask('POST', `${tab}/mapping/restore`),
    preview: async () => (await ask('GET', `${tab}/mapping/preview`)) as Preview,
    match: () => people(false),
    importPeople: () => people(true),
    hold: (held: boolean) => ask('PUT', '/console/pushing', { held }),
    async events(): Promise<readonly InsightsEvent[]> {
      const search = { service: ['all'], start_time: '1970-01-01T00:00:00Z', limit: 10_000 };
      return (await ask('POST', '/insights/directory/v1/events', search)) as readonly InsightsEvent[];
    },
  };
}
