import type { Exchange } from '../reports/record/index.ts';
import type { Send } from '../scim/wire/message.ts';
import type { Scope, Session } from '../scim/wire/session.ts';
import { createSimulator, jumpcloud, type Organisation, type Simulator } from '../simulator/index.ts';
import type { ApiAdmin } from './admin-over-api.ts';

/** What became of the organisation, and what was sent for it. */
export interface Provisioned {
  readonly exchanges: readonly Exchange[];
  readonly notes: readonly string[];
}

/** Name of the story that the requests are recorded under. */
const STORY = 'organisation';

/**
 * Sets an organisation up and lets happen in it what happens in a company, all of it by requests to the admin API, as an
 * admin's scripts would; the directory provisions to the target of the session.
 * @throws Error when the admin API refuses a request: that is ours to mend
 */
export async function provisionOrganisation(
  session: Session,
  organisation: Organisation,
  adminOf: (simulator: Simulator) => ApiAdmin,
): Promise<Provisioned> {
  let scope: Scope = session.open(`${STORY}/00-before`);
  const exchanges: Exchange[] = [];
  const send: Send = request => scope.send(request);
  const admin = adminOf(createSimulator({ dialect: jumpcloud, send, seed: session.seed }));
  const { actor } = admin;
  const step = async (n: number, name: string, title: string, act: () => Promise<unknown>) => {
    scope = session.open(`${STORY}/${String(n).padStart(2, '0')}-${name}`);
    session.emit({ kind: 'step', scenario: STORY, scope: scope.name, n, title });
    await act();
    await actor.sync();
    for (const exchange of scope.exchanges) session.emit({ kind: 'exchange', exchange });
    exchanges.push(...scope.exchanges);
  };

  const people: string[] = [];
  await step(1, 'set-up', 'An admin imports people, makes user groups and binds them to the application', async () => {
    const idOf = new Map<string, string>();
    for (const { id: known, manager: _later, ...draft } of organisation.people) {
      const { id } = await actor.hire(draft);
      idOf.set(known, id);
      people.push(id);
    }
    for (const { id, manager } of organisation.people) {
      const [own = '', above] = [idOf.get(id), idOf.get(manager)];
      if (above !== undefined) await actor.change(own, { manager: above });
    }
    for (const { name, description, members } of organisation.groups) {
      const { id } = await actor.createGroup(name, description);
      for (const member of members) await actor.join(idOf.get(member) ?? '', id);
      await actor.bind(id);
    }
  });
  await step(2, 'activate', 'Provisioning is activated, with the management of groups', async () => {
    await actor.setManageGroups(true);
    await actor.activate();
  });
  const [first = '', second = ''] = people;
  await step(3, 'change', 'Someone takes another name', async () => actor.change(first, { lastname: 'Newname' }));
  await step(4, 'suspend', 'Someone is suspended', async () => actor.suspend(second));
  await step(5, 'reactivate', 'and comes back', async () => actor.reactivate(second));

  const { failed, done } = await attempts(admin);
  return {
    exchanges,
    notes: [`Directory Insights tells of ${done + failed} attempts to provision, ${failed} of them failed`],
  };
}

/** What Directory Insights says of provisioning. */
async function attempts({ call }: ApiAdmin) {
  const search = { service: ['all'], start_time: '1970-01-01T00:00:00Z', limit: 10_000 };
  const events = (await call('POST', '/insights/directory/v1/events', search)) as readonly Readonly<
    Record<string, unknown>
  >[];
  const told = events.filter(({ event_type: type }) => /_(?:de)?provision$/.test(String(type)));
  const failed = told.filter(({ success }) => success === false).length;
  return { failed, done: told.length - failed };
}
