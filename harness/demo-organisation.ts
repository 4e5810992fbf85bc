import type { Exchange } from '../reports/record/index.ts';
import type { Send } from '../scim/wire/message.ts';
import type { Scope, Session } from '../scim/wire/session.ts';
import { createAdminApi, createSimulator, jumpcloud, toSystemUser, type Organisation } from '../simulator/index.ts';
import { fetchFrom } from './fetch-listener.ts';

/** What became of the organisation, and what was sent for it. */
export interface Provisioned {
  readonly exchanges: readonly Exchange[];
  readonly notes: readonly string[];
}

type Members = Readonly<Record<string, unknown>>;

/** Name of the story that the requests are recorded under. */
const STORY = 'organisation';

const API_KEY = 'jca_demo';

/** Members of a system user that only the directory sets, or that wait until everybody is there. */
const LATER = new Set(['_id', 'manager']);

/**
 * Sets an organisation up and lets happen in it what happens in a company, all of it by requests to the admin API, as an
 * admin's scripts would; the directory provisions to the target of the session.
 * @throws Error when the admin API refuses a request: that is ours to mend
 */
export async function provisionOrganisation(session: Session, organisation: Organisation): Promise<Provisioned> {
  let scope: Scope = session.open(`${STORY}/00-before`);
  const exchanges: Exchange[] = [];
  const send: Send = request => scope.send(request);
  const admin = createSimulator({ dialect: jumpcloud, send, seed: session.seed });
  const ask = fetchFrom(createAdminApi({ admin, apiKeys: [API_KEY] }).app);
  let asked = 0;
  const call = async (method: string, path: string, body?: Members): Promise<Members> => {
    asked += 1;
    const headers = { 'x-api-key': API_KEY, 'content-type': 'application/json' };
    const response = await ask(
      new Request(`http://directory.example${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) }),
    );
    const text = await response.text();
    if (!response.ok)
      throw new Error(`${method} ${path} of the admin API was answered with ${response.status}: ${text}`);
    return text === '' ? {} : (JSON.parse(text) as Members);
  };
  const step = async (n: number, name: string, title: string, act: () => Promise<unknown>) => {
    scope = session.open(`${STORY}/${String(n).padStart(2, '0')}-${name}`);
    session.emit({ kind: 'step', scenario: STORY, scope: scope.name, n, title });
    await act();
    await call('GET', '/console/idle');
    for (const exchange of scope.exchanges) session.emit({ kind: 'exchange', exchange });
    exchanges.push(...scope.exchanges);
  };

  const { results = [] } = (await call('GET', '/api/applications')) as { results?: readonly { _id: string }[] };
  const application = results[0]?._id ?? '';
  const tab = `/console/applications/${application}/provisioning`;
  const people: string[] = [];
  await step(1, 'set-up', 'An admin imports people, makes user groups and binds them to the application', async () => {
    const idOf = new Map<string, string>();
    for (const person of organisation.people) {
      const body = Object.fromEntries(Object.entries(toSystemUser(person)).filter(([name]) => !LATER.has(name)));
      const id = String((await call('POST', '/api/systemusers', body))['_id']);
      idOf.set(person.id, id);
      people.push(id);
    }
    for (const { id, manager } of organisation.people) {
      const [own = '', above] = [idOf.get(id), idOf.get(manager)];
      if (above !== undefined) await call('PUT', `/api/systemusers/${own}`, { manager: above });
    }
    for (const { name, description, members } of organisation.groups) {
      const { id } = await call('POST', '/api/v2/usergroups', { name, description });
      for (const member of members) {
        await call('POST', `/api/v2/usergroups/${String(id)}/members`, {
          op: 'add',
          type: 'user',
          id: idOf.get(member),
        });
      }
      await call('POST', `/api/v2/usergroups/${String(id)}/associations`, {
        op: 'add',
        type: 'application',
        id: application,
      });
    }
  });
  await step(2, 'activate', 'Provisioning is activated, with the management of groups', () =>
    call('POST', `${tab}/activate`, { manageGroups: true }),
  );
  const [first = '', second = ''] = people;
  await step(3, 'change', 'Someone takes another name', () =>
    call('PUT', `/api/systemusers/${first}`, { lastname: 'Newname' }),
  );
  await step(4, 'suspend', 'Someone is suspended', () =>
    call('PUT', `/api/systemusers/${second}`, { state: 'SUSPENDED' }),
  );
  await step(5, 'reactivate', 'and comes back', () =>
    call('PUT', `/api/systemusers/${second}`, { state: 'ACTIVATED' }),
  );

  const { failed, done } = await attempts(call);
  return {
    exchanges,
    notes: [
      `${asked} requests to the admin API set the organisation up`,
      `Directory Insights tells of ${done + failed} attempts to provision, ${failed} of them failed`,
    ],
  };
}

/** What Directory Insights says of provisioning. */
async function attempts(call: (method: string, path: string, body?: Members) => Promise<unknown>) {
  const search = { service: ['all'], start_time: '1970-01-01T00:00:00Z', limit: 10_000 };
  const events = (await call('POST', '/insights/directory/v1/events', search)) as readonly Members[];
  const told = events.filter(({ event_type: type }) => /_(?:de)?provision$/.test(String(type)));
  const failed = told.filter(({ success }) => success === false).length;
  return { failed, done: told.length - failed };
}
