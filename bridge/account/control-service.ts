import { createHash } from 'node:crypto';
import { isObject } from '../../scim/message/list.ts';
import type { Json } from '../../scim/wire/message.ts';
import { ControlError, type AccountService, type Connection, type Control } from '../../scim/target.ts';
import { addressKey, oddIn } from './address.ts';
import { personOf, type Desk, type Offer } from './desk.ts';
import type { Draft, Person } from './model.ts';
import type { SetUpStep } from './set-up/index.ts';
import type { Shelved } from './shelf.ts';
import type { Facts, Stock } from './state.ts';
import { viewAccount } from './view.ts';

type ServiceControl = Required<
  Pick<
    Control,
    | 'service'
    | 'setDomains'
    | 'setProvisioning'
    | 'regenerateToken'
    | 'restart'
    | 'removeBridge'
    | 'bounce'
    | 'setUp'
    | 'turnOff'
    | 'migrate'
    | 'leavePage'
    | 'outbox'
    | 'journal'
    | 'advance'
    | 'snapshot'
    | 'restore'
    | 'reset'
  >
>;

/** What a snapshot is, so that another JSON file is not taken for one. */
const FORMAT = 'scimulator-account-1';

/** As far as the clock goes: what can be written as RFC 3339 text. */
const LATEST = Date.parse('9999-12-31T23:59:59Z');

/** All of an account as plain data. */
interface Kept {
  readonly format: typeof FORMAT;
  readonly stock: Stock;
  /** What is visible over SCIM. */
  readonly resources: readonly Shelved[];
}

/** What administrators do about the service itself, the mails and the clock. */
export function serviceControl(desk: Desk, offer: Offer): ServiceControl {
  const { state, clock, shelf, core, setUp, seen } = desk;

  const note = (step: (Draft & { kind: 'account' })['step'], rule: Draft['rule'], says: string): void =>
    state.note({ kind: 'account', step, rule, cause: 'administrator', says });
  const connect = (step: SetUpStep): Connection => {
    desk.take(step);
    if (!step.connection) throw new Error('set-up gave no connection');
    return step.connection;
  };
  const asker = (by: string | undefined): Person => {
    if (by !== undefined) return personOf(desk, by);
    const owner = [...state.people.values()].find(({ role }) => role === 'owner');
    if (!owner) throw new Error('the account has no owner');
    return owner;
  };
  const save = (): Kept => ({ format: FORMAT, stock: state.take(), resources: shelf.all() });
  const load = ({ stock, resources }: Kept, time?: number): void => {
    shelf.reset(resources);
    state.put(stock);
    if (time === undefined) clock.restart();
    else clock.set(time);
    seen.until = clock.now();
    desk.setCore(stock.facts.profile);
  };
  const made = save();

  return {
    service: offer(() => serviceOf(state.facts)),
    setDomains: offer(({ domains }) => {
      const odd = oddIn(domains);
      if (odd !== undefined) throw new ControlError(400, odd);
      state.facts = { ...state.facts, domains };
      note('domains', 'OP-33', `allowed domains: ${domains === 'any' ? 'any' : domains.join(', ')}`);
    }),
    setProvisioning: offer(({ on }) => {
      if (state.facts.provisioning === on) return;
      state.facts = { ...state.facts, provisioning: on };
      const rule = core().law.applies('OP-4a') ? 'OP-4a' : 'OP-4b';
      note(on ? 'switched-on' : 'switched-off', rule, `provisioning is switched ${on ? 'on' : 'off'}`);
    }),
    regenerateToken: offer(() => connect(setUp.regenerate(state.facts.setUp, clock.now()))),
    restart: offer(() => {
      desk.take(setUp.reload(state.facts.setUp, clock.now()));
      if (!core().law.profile.locksOnRestart || state.facts.locked) return;
      state.facts = { ...state.facts, locked: true };
      note('locked', 'Q18', 'the bridge was started again and is locked');
    }),
    removeBridge: offer(() => desk.take(setUp.removeBridge(state.facts.setUp, clock.now()))),
    bounce: offer(({ address, on }) => {
      if (on) state.bouncing.add(addressKey(address));
      else state.bouncing.delete(addressKey(address));
    }),
    setUp: offer(({ by, identityProvider }) => {
      const request = { by: asker(by), identityProvider };
      return connect(setUp.setUpHosted(state.facts.setUp, clock.now(), request, viewAccount(state, core())));
    }),
    turnOff: offer(() => desk.take(setUp.turnOff(state.facts.setUp, clock.now()))),
    migrate: offer(({ by, identityProvider }) => {
      const request = { by: asker(by), identityProvider };
      return connect(setUp.migrate(state.facts.setUp, clock.now(), request, viewAccount(state, core())));
    }),
    leavePage: offer(() => desk.take(setUp.leavePage(state.facts.setUp, clock.now()))),
    outbox: offer(() => [...state.outbox]),
    journal: offer(() => [...state.journal]),
    advance: offer(({ ms }) => {
      if (!Number.isFinite(ms) || ms < 0) throw new ControlError(400, `the clock moves on by milliseconds, not ${ms}`);
      if (clock.now() + ms > LATEST) throw new ControlError(400, 'the clock does not go past the year 9999');
      clock.move(ms);
      core().catchUp();
      return { now: new Date(clock.now()).toISOString() };
    }),
    snapshot: offer((): Json => {
      const kept = save();
      // The seal tells a snapshot that was changed: an account that never was would fail later, and nobody could say why.
      return { ...kept, seal: sealOf(kept) } as unknown as Json;
    }),
    restore: offer(({ snapshot }) => {
      const kept = keptIn(snapshot);
      if (kept) return load(kept, kept.stock.now);
      throw new ControlError(400, `this is no snapshot of an account (format ${FORMAT}), or it was changed since`);
    }),
    reset: offer(() => load(made)),
  };
}

/** Where provisioning stands, without any credential. */
function serviceOf({ profile, provisioning, locked, domains, setUp }: Facts): AccountService {
  const { hosted, beta, bridge, migration } = setUp;
  const time = (ms: number): string => new Date(ms).toISOString();
  return {
    profile,
    on: provisioning,
    bridge: !bridge ? 'none' : hosted === 'on' || hosted === 'off' ? 'refused' : locked ? 'locked' : 'ready',
    hosted,
    beta,
    domains,
    ...(migration && {
      migration: {
        state: hosted === 'migrating' ? 'running' : 'done',
        startedAt: time(migration.startedAt),
        ...(Number.isFinite(migration.doneAt) && { doneAt: time(migration.doneAt) }),
        page: migration.page,
      },
    }),
  };
}

/** The account in a snapshot; undefined for what is none, or was changed since. */
function keptIn(snapshot: Json): Kept | undefined {
  if (!isObject(snapshot) || snapshot['format'] !== FORMAT) return undefined;
  const { seal, ...kept } = snapshot;
  return seal === sealOf(kept) ? (kept as unknown as Kept) : undefined;
}

/** The same for what JSON takes for the same, whatever the order of members. */
function sealOf(kept: object): string {
  const sorted = (_: string, value: Json): Json =>
    isObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
  return createHash('sha256').update(JSON.stringify(kept, sorted)).digest('base64url');
}
