import { expect } from 'chai';
import type { RuleId } from '../../conformance/clauses/index.ts';
import { pipe, type Hop, type HttpRequest, type JsonObject } from '../../scim/wire/message.ts';
import { isObject } from '../../scim/message/list.ts';
import { createAdminApi } from '../api/app.ts';
import { jumpcloud } from '../dialects/index.ts';
import type { InsightsEvent } from '../insights/event.ts';
import { answerWith, createProvider, type Instead, type Provider } from '../provider.test.ts';
import { createSimulator, type SimulatorOptions } from '../simulator.ts';
import type { Connection, ConnectorId } from '../sync/connector.ts';
import { createRemoteAdmin, openDoor, type Door, type RemoteAdmin } from './remote-admin.test.ts';

/** A directory with Ada, who is in no group, the groups Eng and Ops, both bound, and a service provider. */
export interface World {
  /** All that is done is done by requests to the admin API. */
  readonly admin: RemoteAdmin;
  readonly provider: Provider;
  readonly ada: string;
  readonly eng: string;
  readonly ops: string;
  /** Hires somebody of that first name; `more` under the names of the admin API. */
  hire(name: string, more?: Readonly<Record<string, unknown>>): Promise<string>;
  /** What left since the rule is judged, as `METHOD path` with escapes undone. */
  sent(): readonly string[];
  /** The body of the only request of this line that left since then. */
  body(line: string): JsonObject;
  /** Events since then, as Directory Insights tells them. */
  told(): Promise<readonly InsightsEvent[]>;
  /** The same, as `type` or `type failed`. */
  events(): Promise<readonly string[]>;
  /** From now on requests count. */
  judge(): Promise<void>;
  /** Waits until all is sent that the deeds so far have caused. */
  idle(): Promise<void>;
  /** A request beside the simulator, for what a rule forbids. */
  slip(method: string, path: string, json?: JsonObject): Promise<void>;
  /** Milliseconds since the epoch; waiting for a repeat takes none in fact. */
  now(): number;
}

/** How the organisation of a proof is set up. */
export interface Setup extends Pick<SimulatorOptions, 'dialect' | 'settings'> {
  /** The application is made anew from this template. */
  readonly connector: ConnectorId;
  readonly connection: Connection;
  /** The default is true. */
  readonly manageGroups: boolean;
}

/** How a rule is broken, to see that its proof notices. */
export type Off =
  /** The code of the rule is switched off. */
  | 'switch'
  /** The other value of a setting, or another dialect. */
  | { readonly options: Partial<Setup> }
  /** A mapping is removed. */
  | { readonly row: string }
  /** A request is changed on its way. */
  | { readonly hop: Hop }
  /** A request that the rule forbids is slipped in. */
  | { readonly breach: readonly [method: string, path: string, json?: JsonObject] };

/** A rule, what an admin does, and the requests that have to leave. */
export interface Proof {
  readonly rule: RuleId;
  /** Where the service provider answers on its own. */
  readonly instead?: Instead;
  readonly options?: Partial<Setup>;
  /** What is there before the rule is judged. */
  readonly given?: (world: World) => unknown;
  readonly act: (world: World) => unknown;
  readonly then: (world: World) => unknown;
  /** `switch` by default. */
  readonly off?: Off;
}

/** Rules that have a proof, as the files of this folder are loaded. */
export const proved = new Set<RuleId>();

/** Both runs of a proof: the rule holds, and without it the proof fails. */
export function prove(proofs: readonly Proof[]): void {
  let door: Door | undefined;
  before(async () => void (door = await openDoor(KEY)));
  after(() => door?.close());
  for (const proof of proofs) {
    proved.add(proof.rule);
    it(`${proof.rule} holds, and its proof fails without it`, async () => {
      if (!door) throw new Error('no door');
      await run(proof, door);
      let failure: unknown;
      await run(proof, door, proof.off ?? 'switch').catch((error: unknown) => (failure = error));
      expect(failure, `${proof.rule} is switched off, and nothing notices`).to.have.property('name', 'AssertionError');
    });
  }
}

const KEY = 'jca_rules';

async function run(proof: Proof, door: Door, off?: Off): Promise<void> {
  const without = new Set<RuleId>();
  const breaks = typeof off === 'object' ? off : undefined;
  const hop: Hop = breaks && 'hop' in breaks ? breaks.hop : async (request, next) => next(request);
  const options = { ...proof.options, ...(breaks && 'options' in breaks && breaks.options) };
  const world = await createWorld(door, options, proof.instead, without, hop);
  await proof.given?.(world);
  if (off === 'switch') without.add(proof.rule);
  if (breaks && 'row' in breaks) await world.admin.removeMapping(breaks.row);
  await world.judge();
  await proof.act(world);
  if (breaks && 'breach' in breaks) await world.slip(...breaks.breach);
  await proof.then(world);
}

async function createWorld(
  door: Door,
  { connector, connection, manageGroups = true, ...options }: Partial<Setup>,
  instead: Instead | undefined,
  without: ReadonlySet<RuleId>,
  hop: Hop,
): Promise<World> {
  const provider = createProvider(instead);
  let isJudged = false;
  const send = pipe([async (request, next) => (isJudged ? hop(request, next) : next(request))], provider.send);
  let time = 0;
  const clock = { now: () => time, sleep: async (ms: number) => void (time += ms) };
  const simulator = createSimulator(
    { dialect: jumpcloud, send, now: clock.now, retry: { sleep: clock.sleep }, ...options },
    { without },
  );
  const { app, idle } = createAdminApi({ admin: simulator, apiKeys: [KEY] });
  door.serve(app);
  const admin = await applicationOf(door, connector);
  if (connection) await admin.configure(connection);
  if (manageGroups) await admin.setManageGroups(true);
  const hire: World['hire'] = (name, more = {}) => {
    const username = name.toLowerCase();
    return admin.hire({ username, email: `${username}@orbital.example`, firstname: name, lastname: 'Orbit', ...more });
  };
  const ada = await hire('Ada');
  const eng = await admin.createGroup('Eng');
  const ops = await admin.createGroup('Ops');
  for (const group of [eng, ops]) await admin.bind(group);
  let firstRequest = 0;
  let firstEvent = 0;
  const since = () => provider.sent.slice(firstRequest);
  const told = async () => (await admin.events()).slice(firstEvent);
  return {
    admin,
    provider,
    ada,
    eng,
    ops,
    hire,
    told,
    idle,
    now: clock.now,
    sent: () => since().map(lineOf),
    body(line) {
      const found = since().filter(request => lineOf(request) === line);
      expect(found.length, `requests ${line} among ${since().map(lineOf).join(', ')}`).to.equal(1);
      const json = found[0]?.json;
      if (!isObject(json)) throw new Error(`${line} has no body`);
      return json;
    },
    events: async () =>
      (await told()).map(({ event_type, success }) => (success ? event_type : `${event_type} failed`)),
    async judge() {
      await idle();
      firstRequest = provider.sent.length;
      firstEvent = simulator.insights.count();
      isJudged = true;
    },
    async slip(method, path, json) {
      await provider.send({ method, path, headers: {}, ...(json && { json }) });
    },
  };
}

/** The admin of the application that is there, or of one made from a template in its place. */
async function applicationOf({ ask }: Door, connector: ConnectorId | undefined): Promise<RemoteAdmin> {
  const { results } = (await ask('GET', '/api/applications')) as { results: readonly { id: string }[] };
  const first = createRemoteAdmin(ask, results[0]?.id ?? '');
  if (connector === undefined) return first;
  const { id } = (await first.addApplication(connector)) as { id: string };
  await first.deleteApplication();
  return createRemoteAdmin(ask, id);
}

const lineOf = ({ method, path }: HttpRequest): string => `${method} ${decodeURIComponent(path)}`;

/** Provisioning is on, and nobody is entitled yet. */
export const active = async ({ admin }: World): Promise<void> => void (await admin.activate());

/** Ada is in Eng, both at the service provider, as u1 and g2. */
export async function provisioned(world: World): Promise<void> {
  await active(world);
  await doing(({ admin, ada, eng }) => admin.join(ada, eng))(world);
  expect([...world.provider.users.keys(), ...world.provider.groups.keys()]).to.deep.equal(['u1', 'g2']);
}

/** Ada is in Eng and Ops, at the service provider as u1, g2 and g3. */
export async function inBoth(world: World): Promise<void> {
  await provisioned(world);
  await doing(({ admin, ada, ops }) => admin.join(ada, ops))(world);
}

/** Acts, one after the other, and waits after each until all is sent that it has caused. */
export const doing =
  (...acts: readonly ((world: World) => unknown)[]) =>
  async (world: World): Promise<void> => {
    for (const act of acts) {
      await act(world);
      await world.idle();
    }
  };

/** A deed that the admin API refuses with 400 and these words. */
export const refused =
  (act: (world: World) => Promise<unknown>, words: RegExp) =>
  async (world: World): Promise<void> => {
    const refusal = await act(world).catch((error: unknown) => error);
    expect(refusal, 'it is refused').to.have.property('status', 400);
    expect(refusal).to.have.property('message').that.matches(words);
  };

/** A hop that changes the bodies of some requests. */
export const rewriting =
  (methods: string, change: (body: JsonObject) => JsonObject): Hop =>
  (request, next) =>
    next(
      methods.split(' ').includes(request.method) && isObject(request.json)
        ? { ...request, json: change(request.json) }
        : request,
    );

/** A hop that answers for the service provider, which hears nothing. */
export const swallowing =
  (line: RegExp, answer: JsonObject = {}): Hop =>
  async (request, next) =>
    line.test(lineOf(request)) ? answerWith(200, answer) : next(request);

/** Lines that have to be among what left, in this order. */
export function expectInOrder(world: World, ...lines: readonly string[]): void {
  const sent = world.sent();
  let from = 0;
  for (const line of lines) {
    const at = sent.indexOf(line, from);
    expect(at, `${line} from place ${from} of ${sent.join(', ')}`).to.be.at.least(0);
    from = at + 1;
  }
}

/** Nothing that left matches. */
export function expectNone(world: World, line: RegExp): void {
  expect(world.sent().filter(sent => line.test(sent))).to.deep.equal([]);
}
