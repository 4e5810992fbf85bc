import { request } from 'node:http';
import type { RuleId } from '../../conformance/clauses/index.ts';
import { createClient, type ScimClient } from '../../scim/client.ts';
import { isObject, resourcesOf } from '../../scim/message/list.ts';
import type { PatchOperation } from '../../scim/message/patch.ts';
import { GROUP, USER } from '../../scim/message/urn.ts';
import type { Connection, Control } from '../../scim/target.ts';
import { pipe, type Hop, type HttpResponse, type JsonObject } from '../../scim/wire/message.ts';
import { createTransport } from '../../scim/wire/transport.ts';
import { assembleBridge } from '../http/app.ts';
import { listen } from '../http/serve.ts';
import type { AccountOptions } from './model.ts';

/** When the clock of every world starts, in milliseconds. */
export const start = Date.UTC(2026, 0, 1);

export const TOKEN = 'token-0';
export const DAY = 86_400_000;

/** An account with a bridge that listens, its clock and ids counted. */
export interface World {
  readonly control: Required<Control>;
  /** At the last of the mounts. */
  readonly scim: ScimClient;
  readonly origin: string;
  /** A client below another path, with another token or with none. */
  at(path: string, token?: string | null): ScimClient;
  /** A client as an identity provider has it that is given this. */
  connect(connection: Connection): ScimClient;
  /** Status and media type of a GET of the users under another Host header. */
  asHost(host: string): Promise<{ status: number; type: string | undefined }>;
  /** POSTs a user and gives its id. */
  hire(address: string, more?: JsonObject): Promise<string>;
  /** The same, joined and confirmed. */
  join(address: string, more?: JsonObject): Promise<string>;
  push(name: string, members?: readonly string[]): Promise<string>;
  user(id: string): Promise<JsonObject>;
  group(id: string): Promise<JsonObject>;
  patch(endpoint: string, id: string, ...operations: readonly PatchOperation[]): Promise<HttpResponse>;
  /** Ids that a filter finds. */
  find(endpoint: string, filter: string): Promise<readonly unknown[]>;
  /** State of somebody in the account; undefined for nobody. */
  state(key: string): Promise<string | undefined>;
  /** Mails as kind and address. */
  mails(): Promise<readonly string[]>;
}

interface Making {
  readonly account: AccountOptions;
  readonly without?: ReadonlySet<RuleId>;
  readonly hop?: Hop | undefined;
}

/** Does something in a world of its own. */
export async function inWorld<T>({ account, without, hop }: Making, work: (world: World) => Promise<T>): Promise<T> {
  let count = 0;
  const options = {
    tokens: [TOKEN],
    now: () => start,
    newId: () => `id-${(count += 1)}`,
    newToken: () => `token-${(count += 1)}`,
    account,
  };
  const { app, control, settings } = assembleBridge(options, without);
  if (!control) throw new Error('a bridge with an account has a control');
  const { origin, close } = await listen(app, settings, {});
  const transports = new Map<string, ReturnType<typeof createTransport>>();
  const at: World['at'] = (path, token = TOKEN) => {
    const baseUrl = path === '/' ? origin : new URL(path, origin).href;
    const transport = transports.get(baseUrl) ?? createTransport({ baseUrl });
    transports.set(baseUrl, transport);
    const headers = token === null ? {} : { authorization: `Bearer ${token}` };
    return createClient(pipe(hop ? [hop] : [], transport.send), { headers });
  };
  const scim = at('/scim/v2');
  const made = async (endpoint: string, body: JsonObject): Promise<string> => {
    const answer = await scim.create(endpoint, body);
    const id = isObject(answer.json) ? answer.json['id'] : undefined;
    if (answer.status !== 201 || typeof id !== 'string') throw new Error(`not made: ${answer.status} ${answer.text}`);
    return id;
  };
  const shown = async (endpoint: string, id: string): Promise<JsonObject> => {
    const { status, json } = await scim.read(endpoint, id);
    if (status !== 200 || !isObject(json)) throw new Error(`not shown: ${status}`);
    return json;
  };
  const hire: World['hire'] = (userName, more = {}) => made('/Users', person(userName, more));
  const world: World = {
    control,
    scim,
    origin,
    at,
    connect: ({ url, token }) => at(url, token),
    asHost: host => getAs(origin, host),
    hire,
    async join(address, more) {
      const id = await hire(address, more);
      const { state } = await control.accept({ person: id });
      if (state === 'pending') await control.confirm({ person: id });
      return id;
    },
    push: (displayName, members = []) =>
      made('/Groups', { schemas: [GROUP], displayName, members: members.map(value => ({ value })) }),
    user: id => shown('/Users', id),
    group: id => shown('/Groups', id),
    patch: (endpoint, id, ...operations) => scim.patch(endpoint, id, operations),
    async find(endpoint, filter) {
      const { status, json } = await scim.list(endpoint, { filter });
      if (status !== 200) throw new Error(`not searched: ${status}`);
      return resourcesOf(json).map(({ id }) => id);
    },
    async state(key) {
      const people = await control.people();
      return people.find(({ id, address }) => id === key || address === key)?.state;
    },
    mails: async () => (await control.outbox()).map(({ kind, to }) => `${kind} ${to}`),
  };
  try {
    return await work(world);
  } finally {
    await Promise.all([...transports.values()].map(transport => transport.close()));
    await close();
  }
}

/** The body of a POST of a user. */
export const person = (userName: string, more: JsonObject = {}): JsonObject => ({
  schemas: [USER],
  userName,
  name: { givenName: 'Ada', familyName: 'Byron' },
  ...more,
});

/** The identity provider deactivates somebody. */
export const suspend = ({ patch }: World, id: string): Promise<HttpResponse> =>
  patch('/Users', id, { op: 'replace', path: 'active', value: false });

/** Status and error keyword of an answer. */
export const refusal = ({ status, json }: HttpResponse): string =>
  [status, isObject(json) ? json['scimType'] : undefined].filter(part => part !== undefined).join(' ');

/** Status and rule of an act that is refused; `done` when it is not. */
export const refused = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'done',
    (error: { status?: number; rule?: string }) => [error.status, error.rule].filter(Boolean).join(' '),
  );

const getAs = (origin: string, host: string): Promise<{ status: number; type: string | undefined }> =>
  new Promise((resolve, reject) => {
    const headers = { host, authorization: `Bearer ${TOKEN}` };
    const asked = request(`${origin}/scim/v2/Users`, { headers }, response => {
      response.resume();
      response.on('end', () => resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'] }));
    });
    asked.on('error', reject);
    asked.end();
  });
