import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';
import { assembleBridge } from '../../bridge/http/app.ts';
import type { RuleId } from '../../conformance/clauses/index.ts';
import { isObject, resourcesOf } from '../../scim/message/list.ts';
import { GROUP, PATCH_OP, USER } from '../../scim/message/urn.ts';
import type {
  AccountChange,
  AccountGroup,
  AccountMail,
  AccountPerson,
  Connection,
  Control,
} from '../../scim/target.ts';
import { parseJson, type Json, type JsonObject } from '../../scim/wire/message.ts';
import type { Act, History, Settled } from './steps.ts';

export const start = Date.parse('2026-03-02T09:00:00Z');
const TOKEN = 'first-token';
const CONTROL = 'control-token';

/** All that can be seen of an account from behind. */
export interface Seen {
  readonly people: readonly AccountPerson[];
  readonly groups: readonly AccountGroup[];
  readonly outbox: readonly AccountMail[];
  readonly journal: readonly (AccountChange & JsonObject)[];
  readonly now: string;
}

/** What SCIM shows of it; undefined where it is not served. */
export interface Shown {
  readonly users: readonly JsonObject[];
  readonly groups: readonly JsonObject[];
}

/** What a step was answered. */
export interface Reply {
  /** Of SCIM or of the control API. */
  readonly status: number;
  readonly isScim: boolean;
  readonly json: Json | undefined;
}

/** An account with its two sides. */
export interface World {
  look(): Promise<Seen>;
  show(): Promise<Shown | undefined>;
  play(step: Settled, seen: Seen): Promise<Reply>;
  /** A snapshot, and the way back. Ids that are made afterwards are those that were made before. */
  keep(): Promise<Kept>;
  goBack(to: Kept): Promise<Reply>;
}

interface Kept {
  readonly snapshot: Json;
  readonly connection: Connection;
  readonly count: number;
}

/** A server for many worlds, one at a time; in each of them some rules may not hold. */
export async function openServer(): Promise<{
  enter(account: History['account'], without: ReadonlySet<RuleId>): World;
  close(): Promise<void>;
}> {
  let listener: RequestListener = () => {};
  const server = createServer((request, response) => listener(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const pool = new Pool(origin, { connections: 1 });
  const ask: Ask = async (method, path, token, json) => {
    const answer = await pool.request({
      method,
      path,
      headers: { authorization: `Bearer ${token}`, ...(json !== undefined && { 'content-type': 'application/json' }) },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    });
    return { status: answer.statusCode, json: parseJson(await answer.body.text()) };
  };
  return {
    enter(account, without) {
      let count = 0;
      const options = {
        tokens: [TOKEN],
        controlToken: CONTROL,
        now: () => start,
        newId: () => `id-${(count += 1)}`,
        newToken: () => `token-${(count += 1)}`,
        account,
      };
      const { app, control } = assembleBridge(options, without);
      if (!control) throw new Error('an account has a control');
      listener = app;
      return createWorld(ask, control, { get: () => count, set: next => (count = next) });
    },
    async close() {
      await pool.close();
      server.close();
    },
  };
}

type Ask = (
  method: string,
  path: string,
  token: string,
  json?: unknown,
) => Promise<{ status: number; json: Json | undefined }>;

function createWorld(
  ask: Ask,
  control: Required<Control>,
  count: { readonly get: () => number; readonly set: (next: number) => void },
): World {
  const first: Connection = { url: '/scim/v2', token: TOKEN };
  let connection = first;
  let kept: Kept | undefined;
  const fresh = count.get();

  const scim = async (method: string, path: string, json?: unknown, token = connection.token): Promise<Reply> => {
    const base = connection.url === '/' ? '' : connection.url;
    return { ...(await ask(method, base + path, token, json)), isScim: true };
  };
  const order = async (act: Act['act'], given?: unknown): Promise<Reply> => {
    const answer = await ask(given === undefined ? 'GET' : 'POST', `/control/${act}`, CONTROL, given);
    const { json } = answer;
    if (isObject(json) && typeof json['token'] === 'string' && typeof json['url'] === 'string') {
      connection = { url: json['url'], token: json['token'] };
    }
    return { ...answer, isScim: false };
  };
  const keep = async (): Promise<Kept> => ({ snapshot: await control.snapshot(), connection, count: count.get() });
  const goBack = async (to: Kept): Promise<Reply> => {
    ({ connection } = to);
    count.set(to.count);
    return order('restore', { snapshot: to.snapshot });
  };

  return {
    keep,
    goBack,
    look: async () => ({
      people: await control.people(),
      groups: await control.groups(),
      outbox: await control.outbox(),
      journal: (await control.journal()) as Seen['journal'],
      now: (await control.advance({ ms: 0 })).now,
    }),
    async show() {
      const users = await scim('GET', '/Users');
      if (users.status !== 200) return undefined;
      return { users: resourcesOf(users.json), groups: resourcesOf((await scim('GET', '/Groups')).json) };
    },
    async play(step, seen) {
      const person = (at: number): string =>
        at < 0 ? 'nobody' : (seen.people[at % seen.people.length]?.id ?? 'nobody');
      const group = (at: number): string => seen.groups[at % seen.groups.length]?.id ?? 'nothing';
      switch (step.do) {
        case 'post-user':
          return scim('POST', '/Users', {
            schemas: [USER],
            userName: step.address,
            ...names(step.name),
            active: step.active,
          });
        case 'put-user': {
          const { who, address, name, active } = step;
          const userName = address ?? seen.people[who % seen.people.length]?.address;
          return scim('PUT', `/Users/${person(who)}`, { schemas: [USER], userName, ...names(name), active });
        }
        case 'patch-user':
          return scim(
            'PATCH',
            `/Users/${person(step.who)}`,
            patch({ op: 'replace', path: step.path, value: step.value }),
          );
        case 'delete-user':
          return scim('DELETE', `/Users/${person(step.who)}`);
        case 'find-user':
          return scim('GET', `/Users?filter=${encodeURIComponent(`userName eq "${step.address}"`)}`);
        case 'post-group':
          return scim('POST', '/Groups', {
            schemas: [GROUP],
            displayName: step.name,
            members: step.members.map(at => ({ value: person(at) })),
          });
        case 'patch-group': {
          const value = step.members.map(at => ({ value: person(at) }));
          return scim('PATCH', `/Groups/${group(step.group)}`, patch({ op: step.op, path: 'members', value }));
        }
        case 'rename-group':
          return scim(
            'PATCH',
            `/Groups/${group(step.group)}`,
            patch({ op: 'replace', path: 'displayName', value: step.name }),
          );
        case 'delete-group':
          return scim('DELETE', `/Groups/${group(step.group)}`);
        case 'wrong-token':
          return scim('DELETE', `/Users/${person(step.who)}`, undefined, 'no-such-token');
        case 'act':
          return order(step.act, named(step.given, person, group));
        case 'keep':
          kept = await keep();
          return { status: 200, isScim: false, json: undefined };
        case 'return':
          return kept ? goBack(kept) : { status: 200, isScim: false, json: undefined };
        case 'reset':
          connection = first;
          count.set(fresh);
          return order('reset', {});
      }
    },
  };
}

const names = (name: string): object => ({
  displayName: name,
  name: { givenName: name.split(' ')[0], familyName: name.split(' ').slice(1).join(' ') },
});

const patch = (operation: object): object => ({ schemas: [PATCH_OP], Operations: [operation] });

/** What an act is given, with ids in the place of numbers. */
function named(given: Act['given'], person: (at: number) => string, group: (at: number) => string): object {
  const ways: Readonly<Record<string, (at: number) => string>> = {
    person,
    by: person,
    group,
    members: person,
    groups: group,
  };
  const name = ([key, value]: [string, unknown]): [string, unknown] => {
    const way = ways[key];
    if (!way) return [key, value];
    return [key, Array.isArray(value) ? value.map((at: number) => way(at)) : way(value as number)];
  };
  return Object.fromEntries(Object.entries(given).map(name));
}
