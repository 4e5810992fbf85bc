import { expect } from 'chai';
import type { RuleId } from '../../conformance/clauses/index.ts';
import { pipe, type Hop, type HttpRequest, type JsonObject } from '../../scim/wire/message.ts';
import { isObject } from '../../scim/message/list.ts';
import type { OperationResult, PersonDraft } from '../admin.ts';
import { jumpcloud } from '../dialects/index.ts';
import { answerWith, createProvider, type Instead, type Provider } from '../provider.test.ts';
import { createSimulator, type Simulator, type SimulatorOptions } from '../simulator.ts';

/** A directory with Ada, who is in no group, the groups Eng and Ops, both bound, and a service provider. */
export interface World {
  readonly admin: Simulator;
  readonly provider: Provider;
  readonly ada: string;
  readonly eng: string;
  readonly ops: string;
  hire(name: string, more?: Partial<PersonDraft>): string;
  /** Sends what is queued; gives the results. */
  sync(): Promise<readonly OperationResult[]>;
  /** What left since the rule is judged, as `METHOD path` with escapes undone. */
  sent(): readonly string[];
  /** The body of the only request of this line that left since then. */
  body(line: string): JsonObject;
  /** Events since then, as `type` or `type failed`. */
  events(): readonly string[];
  /** From now on requests count. */
  judge(): void;
  /** A request beside the simulator, for what a rule forbids. */
  slip(method: string, path: string, json?: JsonObject): Promise<void>;
}

/** How a rule is broken, to see that its proof notices. */
export type Off =
  /** The code of the rule is switched off. */
  | 'switch'
  /** The other value of a setting, or another dialect. */
  | { readonly options: Partial<SimulatorOptions> }
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
  readonly options?: Partial<SimulatorOptions>;
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
  for (const proof of proofs) {
    proved.add(proof.rule);
    it(`${proof.rule} holds, and its proof fails without it`, async () => {
      await run(proof);
      let failure: unknown;
      await run(proof, proof.off ?? 'switch').catch((error: unknown) => (failure = error));
      expect(failure, `${proof.rule} is switched off, and nothing notices`).to.have.property('name', 'AssertionError');
    });
  }
}

async function run(proof: Proof, off?: Off): Promise<void> {
  const without = new Set<RuleId>();
  const breaks = typeof off === 'object' ? off : undefined;
  const hop: Hop = breaks && 'hop' in breaks ? breaks.hop : async (request, next) => next(request);
  const world = createWorld(
    { ...proof.options, ...(breaks && 'options' in breaks && breaks.options) },
    proof.instead,
    without,
    hop,
  );
  await proof.given?.(world);
  if (off === 'switch') without.add(proof.rule);
  if (breaks && 'row' in breaks) {
    world.admin.setMapping(world.admin.mapping().filter(({ target }) => target !== breaks.row));
    await world.sync();
  }
  world.judge();
  await proof.act(world);
  if (breaks && 'breach' in breaks) await world.slip(...breaks.breach);
  await proof.then(world);
}

function createWorld(options: Partial<SimulatorOptions>, instead: Instead | undefined, without: Set<RuleId>, hop: Hop) {
  const provider = createProvider(instead);
  let isJudged = false;
  const send = pipe([async (request, next) => (isJudged ? hop(request, next) : next(request))], provider.send);
  let time = 0;
  const clock = { now: () => time, sleep: async (ms: number) => void (time += ms) };
  const admin = createSimulator(
    {
      dialect: jumpcloud,
      send,
      now: clock.now,
      retry: { sleep: clock.sleep },
      manageGroups: true,
      ...options,
    },
    { without },
  );
  const hire = (name: string, more: Partial<PersonDraft> = {}) =>
    admin.hire({ email: `${name.toLowerCase()}@orbital.example`, firstname: name, lastname: 'Orbit', ...more }).id;
  const ada = hire('Ada');
  const [eng, ops] = ['Eng', 'Ops'].map(name => admin.createGroup(name).id);
  if (!eng || !ops) throw new Error('no groups');
  for (const group of [eng, ops]) admin.bind(group);
  let firstRequest = 0;
  let firstEvent = 0;
  const since = () => provider.sent.slice(firstRequest);
  const world: World = {
    admin,
    provider,
    ada,
    eng,
    ops,
    hire,
    sync: () => admin.sync(),
    sent: () => since().map(lineOf),
    body(line) {
      const found = since().filter(request => lineOf(request) === line);
      expect(found.length, `requests ${line} among ${since().map(lineOf).join(', ')}`).to.equal(1);
      const json = found[0]?.json;
      if (!isObject(json)) throw new Error(`${line} has no body`);
      return json;
    },
    events: () =>
      admin.insights
        .query()
        .slice(firstEvent)
        .map(({ event_type, success }) => (success ? event_type : `${event_type} failed`)),
    judge() {
      firstRequest = provider.sent.length;
      firstEvent = admin.insights.count();
      isJudged = true;
    },
    async slip(method, path, json) {
      await provider.send({ method, path, headers: {}, ...(json && { json }) });
    },
  };
  return world;
}

const lineOf = ({ method, path }: HttpRequest): string => `${method} ${decodeURIComponent(path)}`;

/** Provisioning is on, and nobody is entitled yet. */
export async function active({ admin, sync }: World): Promise<void> {
  admin.activate();
  await sync();
}

/** Ada is in Eng, both at the service provider, as u1 and g2. */
export async function provisioned(world: World): Promise<void> {
  await active(world);
  world.admin.join(world.ada, world.eng);
  await world.sync();
  expect([...world.provider.users.keys(), ...world.provider.groups.keys()]).to.deep.equal(['u1', 'g2']);
}

/** Ada is in Eng and Ops, at the service provider as u1, g2 and g3. */
export async function inBoth(world: World): Promise<void> {
  await provisioned(world);
  world.admin.join(world.ada, world.ops);
  await world.sync();
}

/** Acts and sends. */
export const doing =
  (...acts: readonly ((world: World) => unknown)[]) =>
  async (world: World): Promise<void> => {
    for (const act of acts) {
      await act(world);
      await world.sync();
    }
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
