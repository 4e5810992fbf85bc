import type { RuleId } from '../../conformance/clauses/index.ts';
import { ControlError, type Control } from '../../scim/target.ts';
import { fixedRows } from '../store/rows.ts';
import { oddIn } from './address.ts';
import type { Clock } from './clock.ts';
import { createControl } from './control.ts';
import { createCore, type Core, type Ground } from './core.ts';
import { createDoors, mountsOf } from './doors.ts';
import type { AccountHooks, Door, Page } from './hooks.ts';
import { createLaw, type Law } from './law.ts';
import type { AccountOptions, Cause, Person, ProfileId } from './model.ts';
import { afterMigration, settleAccount } from './profiles.ts';
import { setUpProvisioning, type SetUpStep } from './set-up/index.ts';
import type { Shelf } from './shelf.ts';
import { peopleOf, unlockWithSso, type Settled } from './sso/index.ts';
import { createState, type Facts } from './state.ts';
import type { Timer } from './timers.ts';
import { createPages } from './status.ts';
import { viewAccount } from './view.ts';
import { createWire } from './wire/index.ts';

/** An account behind a service provider. */
export interface AccountBehind {
  readonly hooks: AccountHooks;
  readonly doors: readonly Door[];
  readonly pages: readonly Page[];
  readonly control: Required<Control>;
  /** Host that people sign in at, where nothing SCIM answers (OP-2). */
  readonly signInHost: string | undefined;
}

/** What an account is made of beside its options. */
export interface AccountParts {
  readonly clock: Clock;
  readonly shelf: Shelf;
  /** The bearer token of the endpoint. */
  readonly token: string;
  /** Makes a further token. */
  readonly newToken: () => string;
}

/** The law of an account as it is made. @throws RangeError for options that it does not take */
export function lawOf(options: AccountOptions, without: ReadonlySet<RuleId>): Law {
  const { profile, settings } = settleAccount(options);
  return createLaw(profile, settings, createWire(options.wire ?? 'normal', profile.id, settings), without);
}

/**
 * Makes an account: one owner, provisioning set up and switched on, nobody provisioned yet.
 *
 * @param without rules that do not hold; only tests have any
 * @throws RangeError for one that cannot be set up as it is
 */
export function createAccount(
  options: AccountOptions,
  law: Law,
  { clock, shelf, token, newToken }: AccountParts,
  without: ReadonlySet<RuleId>,
): AccountBehind {
  const mounts = mountsOf(law);
  const urls = { bridge: mounts.bridge[0] ?? '', hosted: mounts.hosted[0] ?? '' };
  let own: string | undefined = token;
  /** The token that the account was made with goes first. */
  const issue = (): string => {
    const next = own ?? newToken();
    own = undefined;
    return next;
  };
  const setUp = setUpProvisioning({ issue, urls, without });
  const sso = unlockWithSso({ without });
  const { plan = 'business', domains = 'any' } = options;
  const odd = oddIn(domains);
  if (odd !== undefined) throw new RangeError(odd);
  const facts: Facts = {
    profile: law.profile.id,
    domains,
    plan,
    provisioning: true,
    setUp: setUp.initial,
    locked: law.profile.locksOnRestart,
    unlockedAt: clock.now(),
  };
  const state = createState(clock, facts, sso.initial);
  const seen = { until: clock.now() };
  const ground: Ground = { state, clock, shelf, setUp, sso, seen };

  const take = ({ state: next, makes, notes }: SetUpStep): void => {
    const was = state.facts.setUp.hosted;
    state.facts = { ...state.facts, setUp: next };
    for (const note of notes) state.note(note);
    if (next.hosted === 'on' && was !== 'on') comeToHosted();
    for (const { name, members } of makes) core.groups.add(name, members, [], 'built-in');
  };
  const migration: Timer = {
    next: () => setUp.nextDue(state.facts.setUp),
    run: () => take(setUp.settle(state.facts.setUp, clock.now())),
  };
  const unlock: Timer = {
    next: () => sso.nextDue(state.sso, seen.until),
    run: () => settleSso('clock'),
  };
  const cores = new Map<ProfileId, Core>();
  const coreOf = (id: ProfileId): Core => {
    const known = cores.get(id);
    if (known) return known;
    const settled = id === law.profile.id ? law : lawOf({ ...options, profile: id }, without);
    const made = createCore(settled, ground, [migration, unlock], () => core);
    cores.set(id, made);
    return made;
  };
  let core = coreOf(law.profile.id);

  /**
   * The account has come to hosted provisioning: whoever waits for confirmation has it, since there is no watcher any more;
   * groups that hosted provisioning must not manage are let go; names and ids show as the profile has them (Q16).
   */
  const comeToHosted = (): void => {
    for (const id of state.waiting) {
      const person = state.people.get(id);
      if (person) core.people.move(person, 'confirm', 'clock');
    }
    core = coreOf(afterMigration);
    state.facts = { ...state.facts, profile: afterMigration };
    core.groups.protect();
    for (const person of state.people.values()) core.people.save(person);
  };
  const takeSso = ({ state: next, changes }: Settled, cause: Cause): void => {
    state.sso = next;
    for (const {
      at,
      person,
      step,
      rules: [rule = 'OP-70'],
    } of changes) {
      const says = `Unlock with SSO: ${state.people.get(person)?.address ?? person} is ${step}`;
      clock.at(at, () => state.note({ kind: 'account', step: 'policy', rule, cause, says }));
    }
  };
  const settleSso = (cause: Cause): void => {
    if (!state.sso.provider) return;
    takeSso(sso.settle(state.sso, peopleOf(viewAccount(state, core)), clock.now()), cause);
  };

  const start = (): void => {
    const { address = `owner@${firstDomain(domains)}`, name = 'Olivia Owner' } = options.owner ?? {};
    const owner = ownerOf(shelf.newId('User'), address, name, clock.now());
    core.people.add(owner);
    if (options.setUp === false) return;
    const [now, request] = [clock.now(), { by: owner }];
    const { initial, setUpBridge, setUpHosted } = setUp;
    const isBridge = law.profile.door === 'bridge';
    take(isBridge ? setUpBridge(initial, now, request) : setUpHosted(initial, now, request, viewAccount(state, core)));
  };
  try {
    start();
  } catch (cause) {
    if (!(cause instanceof ControlError)) throw cause;
    throw new RangeError(
      `the account cannot be set up so: ${cause.message} (setUp: false or --not-set-up begins without provisioning)`,
      { cause },
    );
  }

  let calls = 0;
  const hooks: AccountHooks = {
    create(type, given) {
      core.catchUp();
      (type === 'User' ? core.people : core.groups).create(given);
      settleSso('provisioning');
    },
    write(type, before, given, isWhole) {
      core.catchUp();
      const last = type === 'User' ? core.people.write(before, given, isWhole) : core.groups.write(before, given);
      settleSso('provisioning');
      return last ?? undefined;
    },
    remove(type, id) {
      core.catchUp();
      (type === 'User' ? core.people : core.groups).remove(id);
      settleSso('provisioning');
    },
    readFilter: (type, text, parse) => core.readFilter(type, text, parse),
    arrange(type, rows) {
      if (core.law.settings.listOrder === 'stable' || type !== 'User' || rows.size < 2) return rows;
      const by = (calls += 1) % rows.size;
      return fixedRows([...rows.slice(by, rows.size - by), ...rows.slice(0, by)]);
    },
    get wire() {
      return core.law.wire;
    },
    get patchAnswer() {
      return core.law.settings.patchAnswer;
    },
  };
  const control = createControl({
    ...ground,
    core: () => core,
    take,
    takeSso,
    settleSso,
    setCore: id => void (core = coreOf(id)),
  });
  const doors = createDoors(mounts, ground, () => core);
  return {
    hooks,
    doors,
    pages: law.profile.statusPages ? createPages(ground, doors[0].admit) : [],
    control,
    signInHost: without.has('OP-2') ? undefined : options.signInHost,
  };
}

const firstDomain = (domains: AccountOptions['domains']): string =>
  domains === undefined || domains === 'any' ? 'example.com' : (domains[0] ?? 'example.com');

const ownerOf = (id: string, address: string, name: string, now: number): Person => ({
  id,
  address,
  name,
  givenName: name.split(' ')[0],
  familyName: name.split(' ').slice(1).join(' ') || undefined,
  state: 'active',
  role: 'owner',
  externalId: undefined,
  preferredLanguage: undefined,
  provisioned: false,
  joined: true,
  invitedAt: undefined,
  joinedAt: now,
  reminded: false,
});
