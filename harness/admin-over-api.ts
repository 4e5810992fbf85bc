import type { Actor } from '../scenarios/index.ts';
import {
  completePerson,
  createAdminApi,
  DirectoryError,
  IntegrationError,
  toSystemUserChanges,
  type Simulator,
} from '../simulator/index.ts';
import { fetchFrom } from './fetch-listener.ts';

/** An admin whose acts are requests to the admin API. */
export interface ApiAdmin {
  /** What is looked at, such as the people there are, is read past the API. */
  readonly actor: Actor;
  /** Any other request to the admin API; answers the JSON that comes. */
  readonly call: (method: string, path: string, body?: object) => Promise<unknown>;
}

type Answer = Readonly<Record<string, unknown>>;

const API_KEY = 'jca_admin';

/**
 * Acts on an identity provider as the scripts of its admin do: every verb is a request to the admin API. What it changes
 * waits for `sync`.
 * @param onRequest told of each request
 * @throws DirectoryError and IntegrationError, as the verbs of the identity provider itself, where the API refuses
 */
export function adminOverApi(admin: Simulator, onRequest: () => void): ApiAdmin {
  const faults: unknown[] = [];
  const { app } = createAdminApi({ admin, apiKeys: [API_KEY], onFault: error => void faults.push(error) });
  const ask = fetchFrom(app);
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    onRequest();
    const headers = { 'x-api-key': API_KEY, 'content-type': 'application/json' };
    const url = `http://directory.example${path}`;
    const response = await ask(new Request(url, { method, headers, ...(body && { body: JSON.stringify(body) }) }));
    const text = await response.text();
    if (response.ok) return text === '' ? undefined : JSON.parse(text);
    if (response.status === 500 && faults.length > 0) throw faults.at(-1);
    throw refusalIn(response.status, path, text);
  };
  let holding: Promise<unknown> | undefined;
  /** Nothing is sent before `sync`, from the first request on. */
  const act = async (method: string, path: string, body?: object): Promise<unknown> => {
    holding ??= call('PUT', '/console/pushing', { held: true });
    await holding;
    return call(method, path, body);
  };
  const idOf = (answer: unknown, name: string): string => String((answer as Answer)[name]);
  const person = (id: string) => known(admin.directory.person(id), id);
  const group = (id: string) => known(admin.directory.group(id), id);
  const one = (application?: string): string => admin.application(application).id;
  const tab = (application?: string): string => `/console/applications/${one(application)}/provisioning`;
  const mappings = (application?: string): string => `/console/applications/${one(application)}/mapping`;
  const people = (id: string): string => `/api/systemusers/${id}`;
  const groups = (id: string): string => `/api/v2/usergroups/${id}`;
  const changed = async (id: string, changes: object) => {
    await act('PUT', people(id), changes);
    return person(id);
  };
  const edited = async (id: string, changes: object) => {
    await act('PUT', groups(id), changes);
    return group(id);
  };
  const connected = async (id: string, other: Answer, op: 'add' | 'remove'): Promise<void> => {
    const list = other['type'] === 'user' ? 'members' : 'associations';
    await act('POST', `${groups(id)}/${list}`, { op, ...other });
  };
  const user = (id: string) => ({ type: 'user', id });
  const application = (id?: string) => ({ type: 'application', id: one(id) });

  const actor: Actor = {
    people: admin.people,
    groups: admin.groups,
    application: admin.application,
    linkOf: admin.linkOf,
    planned: admin.planned,
    mapping: admin.mapping,
    insights: admin.insights,
    async hire(draft) {
      // A script has to say the user name that the directory itself would give.
      const { username } = completePerson('', draft);
      return person(idOf(await act('POST', '/api/systemusers', { ...toSystemUserChanges(draft), username }), '_id'));
    },
    change: (id, changes) => changed(id, toSystemUserChanges(changes)),
    suspend: id => changed(id, { state: 'SUSPENDED' }),
    reactivate: id => changed(id, { state: 'ACTIVATED' }),
    async dismiss(id) {
      await act('DELETE', people(id));
    },
    createGroup: async (name, description = '') =>
      group(idOf(await act('POST', '/api/v2/usergroups', { name, description }), 'id')),
    renameGroup: (id, name) => edited(id, { name }),
    changeGroup: edited,
    async deleteGroup(id) {
      await act('DELETE', groups(id));
    },
    join: (who, where) => connected(where, user(who), 'add'),
    leave: (who, where) => connected(where, user(who), 'remove'),
    bind: (id, to) => connected(id, application(to), 'add'),
    unbind: (id, from) => connected(id, application(from), 'remove'),
    async activate(id) {
      await act('POST', `${tab(id)}/activate`, {});
    },
    async deactivate(id) {
      await act('POST', `${tab(id)}/deactivate`);
    },
    async setManageGroups(on, id) {
      await act('PUT', tab(id), { manageGroups: on });
    },
    async configure(changes, id) {
      await act('PUT', tab(id), changes);
    },
    async setMapping(rows, id) {
      await act('PUT', mappings(id), rows);
    },
    async restoreMapping(id) {
      await act('POST', `${mappings(id)}/restore`);
    },
    async preview(who, id) {
      const query = who === undefined ? '' : `?user=${who}`;
      return (await act('GET', `${mappings(id)}/preview${query}`)) as Awaited<ReturnType<Simulator['preview']>>;
    },
    importUsers: async (options, id) =>
      (await act('POST', `/console/applications/${one(id)}/import`, options)) as Awaited<
        ReturnType<Simulator['importUsers']>
      >,
    addApplication: async draft => admin.application(idOf(await act('POST', '/api/applications', draft), '_id')),
    async deleteApplication(id, count = 1) {
      await act('POST', '/console/applications/delete', { applications: [one(id)], count });
    },
    sync: async () => (await act('POST', '/console/sync')) as Awaited<ReturnType<Simulator['sync']>>,
  };
  return { actor, call };
}

/** A refusal of the admin API as the identity provider itself would put it. */
function refusalIn(status: number, path: string, text: string): Error {
  const { message = text } = JSON.parse(text) as { readonly message?: string };
  return status === 502 ? new IntegrationError('import', message) : new DirectoryError('invalid-value', path, message);
}

function known<T>(found: T | undefined, id: string): T {
  if (found === undefined) throw new Error(`the admin API answered with the id ${id}, which is not in the directory`);
  return found;
}
