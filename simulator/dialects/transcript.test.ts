import type { HttpRequest } from '../../scim/wire/message.ts';
import { createProvider, type Provider } from '../provider.test.ts';
import { createSimulator, type Simulator } from '../simulator.ts';
import type { Dialect } from './dialect.ts';

const DAY = 24 * 60 * 60 * 1000;

/** What each step sends, a line for each request. */
export type Transcript = Readonly<Record<string, readonly string[]>>;

/** A month at a company of two, step by step, each with what it sends. */
export async function transcriptOf(dialect: Dialect, provider: Provider = createProvider()): Promise<Transcript> {
  let now = 0;
  const admin: Simulator = createSimulator({
    dialect,
    send: provider.send,
    now: () => now,
    manageGroups: true,
    newPassword: () => 'throw-away',
    retry: { sleep: async () => undefined },
  });
  admin.setMapping([
    { target: 'userName', kind: 'direct', source: 'email' },
    { target: 'name.givenName', kind: 'direct', source: 'firstname' },
    { target: 'name.familyName', kind: 'direct', source: 'lastname' },
    { target: 'emails', kind: 'expression', expression: 'toScimEmails(jcUser.email)' },
    { target: 'externalId', kind: 'constant', value: 'x1' },
    { target: '$enterpriseUser.department', kind: 'direct', source: 'department' },
  ]);
  const eng = admin.createGroup('Eng').id;
  admin.bind(eng);
  let ada = '';
  let ben = '';
  const steps: Readonly<Record<string, () => void>> = {
    test: () => admin.activate(),
    hire() {
      ada = admin.hire({ email: 'ada@orbital.example', firstname: 'Ada', lastname: 'Lovelace' }).id;
      admin.join(ada, eng);
    },
    change: () => void admin.change(ada, { lastname: 'King', department: 'Engines' }),
    move: () => void admin.change(ada, { email: 'ada.king@orbital.example' }),
    suspend: () => void admin.suspend(ada),
    reactivate: () => void admin.reactivate(ada),
    join() {
      ben = admin.hire({ email: 'ben@orbital.example', firstname: 'Ben', lastname: 'Moon' }).id;
      admin.join(ben, eng);
    },
    leave: () => admin.leave(ben, eng),
    rename: () => void admin.renameGroup(eng, 'Engines'),
    dismiss: () => admin.dismiss(ada),
    'a month later'() {
      now = 30 * DAY;
    },
    'delete group': () => admin.deleteGroup(eng),
  };
  const transcript: Record<string, readonly string[]> = {};
  for (const [name, step] of Object.entries(steps)) {
    provider.sent.length = 0;
    step();
    await admin.sync();
    transcript[name] = provider.sent.map(line);
  }
  return transcript;
}

/** A request on one line; what PATCH is wrapped in is left out, and how schemas of the RFC begin. */
function line({ method, path, json }: HttpRequest): string {
  const text = json === undefined ? '' : ` ${JSON.stringify(json)}`;
  const operations = /^ \{"schemas":\["urn:ietf:params:scim:api:messages:2.0:PatchOp"\],"Operations":(.*)\}$/s;
  return `${method} ${path}${text.replace(operations, ' $1').replaceAll('urn:ietf:params:scim:schemas:', '')}`;
}
