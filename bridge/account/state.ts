import { addressKey } from './address.ts';
import type { Clock } from './clock.ts';
import type { Account, Change, Draft, Group, Mail, Person, ProfileId } from './model.ts';
import type { Resource } from '../resource/resource.ts';
import type { SetUpState } from './set-up/index.ts';
import type { SsoState } from './sso/index.ts';

/** What the account keeps of a group beside its resource. */
export interface GroupRecord extends Pick<Group, 'id' | 'origin' | 'managed' | 'permissions'> {
  /** The resource while SCIM does not see it. */
  readonly parked: Resource | undefined;
  /** Members that SCIM does not see. */
  readonly guests: readonly string[];
}

/** The plain values of an account: all that one assignment changes. */
export interface Facts {
  readonly profile: ProfileId;
  readonly plan: Account['plan'];
  readonly domains: Account['domains'];
  /** The switch of provisioning. */
  readonly provisioning: boolean;
  /** Set-up, credentials and migration. */
  readonly setUp: SetUpState;
  /** Whether the customer's own bridge waits for a request with a valid token before it can reach the account. */
  readonly locked: boolean;
  /** From when the runs of the watcher are counted, in milliseconds (Q19). */
  readonly unlockedAt: number;
}

/** Everything an account holds, as plain data: what a snapshot is. */
export interface Stock {
  readonly now: number;
  readonly facts: Facts;
  readonly people: readonly Person[];
  readonly groups: readonly GroupRecord[];
  readonly outbox: readonly Mail[];
  readonly journal: readonly Change[];
  readonly bouncing: readonly string[];
  readonly sso: SsoState;
  /** In the order in which they are taken up, which nothing else tells. */
  readonly waiting: readonly string[];
  readonly invitations: readonly Invitation[];
}

/** Whether provisioning is set up and switched on. */
export const provisions = ({ provisioning, setUp: { hosted, bridge } }: Facts): boolean =>
  provisioning && (hosted === 'on' || (hosted === 'never' && bridge !== undefined));

/** An invitation that has left. */
export interface Invitation {
  readonly person: string;
  /** In milliseconds. */
  readonly at: number;
}

/** What an account holds. Objects in it are never changed, only replaced. */
export interface State {
  facts: Facts;
  sso: SsoState;
  readonly people: ReadonlyMap<string, Person>;
  readonly groups: ReadonlyMap<string, GroupRecord>;
  readonly outbox: readonly Mail[];
  /** Mails about a person. */
  mailsAbout(person: string): readonly Mail[];
  readonly journal: readonly Change[];
  /** People who wait for the watcher. */
  readonly waiting: ReadonlySet<string>;
  readonly bouncing: Set<string>;
  /** Active owners. */
  readonly owners: number;
  /** The earliest invitation that may have to be reminded of. */
  firstInvitation(): Invitation | undefined;
  /** Done with that one. */
  passInvitation(): void;
  personAt(address: string): Person | undefined;
  /** Ids of the people whose change to this address waits for confirmation. */
  pendingAt(address: string): readonly string[];
  /** Ids of the people for whom the client sent this `externalId`. */
  sentBy(externalId: string): readonly string[];
  setPerson(person: Person): void;
  dropPerson(id: string): void;
  setGroup(group: GroupRecord): void;
  dropGroup(id: string): void;
  /** Adds to the journal. */
  note(draft: Draft): void;
  /** Sends a mail and notes it. */
  mail(mail: Pick<Mail, 'kind' | 'to' | 'person' | 'rule'>, cause: Change['cause']): void;
  take(): Stock;
  put(stock: Stock): void;
}

export function createState(clock: Clock, facts: Facts, sso: SsoState): State {
  const people = new Map<string, Person>();
  const byAddress = new Map<string, string>();
  const byPending = createGathering();
  const bySentId = createGathering();
  const groups = new Map<string, GroupRecord>();
  const waiting = new Set<string>();
  const owners = new Set<string>();
  const bouncing = new Set<string>();
  /** In order of time; those before `passed` are done with. */
  let invitations: Invitation[] = [];
  let passed = 0;
  const outbox: Mail[] = [];
  const mailsOf = new Map<string, Mail[]>();
  const journal: Change[] = [];
  const time = (): string => new Date(clock.now()).toISOString();

  const unlist = (person: Person): void => {
    byAddress.delete(addressKey(person.address));
    waiting.delete(person.id);
    owners.delete(person.id);
    if (person.pendingAddress !== undefined) byPending.drop(addressKey(person.pendingAddress), person.id);
    if (person.externalId !== undefined) bySentId.drop(person.externalId, person.id);
  };
  const enlist = (person: Person): void => {
    people.set(person.id, person);
    byAddress.set(addressKey(person.address), person.id);
    if (person.state === 'pending') waiting.add(person.id);
    if (person.role === 'owner' && person.state === 'active') owners.add(person.id);
    if (person.pendingAddress !== undefined) byPending.add(addressKey(person.pendingAddress), person.id);
    if (person.externalId !== undefined) bySentId.add(person.externalId, person.id);
  };
  const file = (mail: Mail): void => {
    outbox.push(mail);
    const others = mailsOf.get(mail.person);
    if (others) others.push(mail);
    else mailsOf.set(mail.person, [mail]);
  };
  const note = (draft: Draft): void => {
    journal.push({ number: journal.length + 1, at: time(), ...draft });
  };

  return {
    facts,
    sso,
    people,
    groups,
    outbox,
    mailsAbout: person => mailsOf.get(person) ?? [],
    journal,
    waiting,
    bouncing,
    get owners() {
      return owners.size;
    },
    personAt: address => people.get(byAddress.get(addressKey(address)) ?? ''),
    pendingAt: address => byPending.get(addressKey(address)),
    sentBy: externalId => bySentId.get(externalId),
    setPerson(person) {
      const before = people.get(person.id);
      if (before) unlist(before);
      enlist(person);
      const { id, state, invitedAt: at } = person;
      if (state === 'invited' && at !== undefined && at !== before?.invitedAt) invitations.push({ person: id, at });
    },
    dropPerson(id) {
      const before = people.get(id);
      if (!before) return;
      unlist(before);
      people.delete(id);
    },
    setGroup(group) {
      groups.set(group.id, group);
    },
    dropGroup(id) {
      groups.delete(id);
    },
    note,
    mail({ kind, to, person, rule }, cause) {
      const number = outbox.length + 1;
      const delivered = !bouncing.has(addressKey(to));
      file({ number, at: time(), kind, to, person, rule, delivered });
      const says = `${kind} to ${to}${delivered ? '' : ', which bounced'}`;
      note({ kind: 'mail', mail: number, person, mailKind: kind, rule, cause, says });
    },
    firstInvitation: () => invitations[passed],
    passInvitation() {
      passed += 1;
      if (passed < 1024 || passed * 2 < invitations.length) return;
      invitations = invitations.slice(passed);
      passed = 0;
    },
    take() {
      return {
        now: clock.now(),
        facts: this.facts,
        people: [...people.values()],
        groups: [...groups.values()],
        outbox: [...outbox],
        journal: [...journal],
        bouncing: [...bouncing],
        sso: this.sso,
        waiting: [...waiting],
        invitations: invitations.slice(passed),
      };
    },
    put(stock) {
      for (const index of [mailsOf, people, byAddress, byPending, bySentId, groups, waiting, owners, bouncing])
        index.clear();
      this.facts = stock.facts;
      this.sso = stock.sso;
      for (const person of stock.people) enlist(person);
      for (const group of stock.groups) groups.set(group.id, group);
      for (const address of stock.bouncing) bouncing.add(address);
      waiting.clear();
      for (const id of stock.waiting) waiting.add(id);
      invitations = [...stock.invitations];
      passed = 0;
      outbox.length = 0;
      for (const mail of stock.outbox) file(mail);
      journal.length = 0;
      for (const change of stock.journal) journal.push(change);
    },
  };
}

/** Which ids share which text. */
function createGathering() {
  const held = new Map<string, Set<string>>();
  return {
    get: (key: string): readonly string[] => [...(held.get(key) ?? [])],
    add(key: string, id: string): void {
      const ids = held.get(key);
      if (ids) ids.add(id);
      else held.set(key, new Set([id]));
    },
    drop(key: string, id: string): void {
      const ids = held.get(key);
      ids?.delete(id);
      if (ids?.size === 0) held.delete(key);
    },
    clear: (): void => held.clear(),
  };
}
