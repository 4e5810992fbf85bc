import {
  boundGroupsOf,
  isEntitled,
  isManaged,
  isSame,
  valuesOf,
  type Facts,
  type GroupFacts,
  type PersonFacts,
} from './facts.ts';
import type { Habits } from './habits.ts';

/** What the rules make of the service provider once everything is sent that was heard. Nothing while provisioning is off. */
export function settle(facts: Facts, habits: Habits): void {
  facts.dropped = false;
  facts.touched.clear();
  if (!facts.active) return;
  for (const group of facts.groups.values()) {
    if (!isAbout(group)) continue;
    facts.touched.add(group);
    for (const person of facts.people.values()) {
      if (group.joining.has(person.alias) || group.leaving.has(person.alias)) facts.touched.add(person);
    }
  }
  for (const person of facts.people.values()) settlePerson(facts, person, habits);
  for (const group of facts.groups.values()) settleGroup(facts, group);
  facts.refused = undefined;
}

function settlePerson(facts: Facts, person: PersonFacts, habits: Habits): void {
  const { pending, alias } = person;
  const isEntitledNow = isEntitled(facts, person);
  const isGiven = isEntitledNow && (pending.has('gain') || pending.has('edit'));
  const isTaken = !isEntitledNow && pending.has('loss');
  if (pending.size > 0) facts.touched.add(person);
  pending.clear();
  if (facts.refused?.person === alias) {
    person.owed = true;
    person.user = 'unknown';
    person.held.clear();
    for (const { inside, members } of facts.groups.values()) if (members.has(alias)) inside.set(alias, 'unknown');
  } else if (isGiven) provision(facts, person, habits);
  else if (isTaken) deprovision(person);
}

function provision(facts: Facts, person: PersonFacts, { addressAtOnce, inactiveStay }: Habits): void {
  const { user, owed, joined } = person;
  const values = valuesOf(facts, person);
  const isCreated = user === 'none';
  const isPerhapsNew = isCreated || user === 'unknown' || (user === 'inactive' && !inactiveStay && !joined);
  const isMoved = person.held.has('userName') && !isSame(person.held.get('userName'), values.get('userName'));
  if (isPerhapsNew) begin(facts, person, isCreated);
  if (owed) rejoin(facts, person);
  person.held = new Map([...(isPerhapsNew ? [] : person.held), ...values]);
  if (!addressAtOnce && (isMoved || person.waiting)) {
    for (const path of ['userName', 'emails.value']) person.held.delete(path);
    person.waiting = values.get('userName');
    // Whoever cannot confirm and comes back with another address is somebody else to the account (OP-29a).
    if (user !== 'active') person.odd = true;
  }
  Object.assign(person, { user: 'active', managed: true, owed: false, vanished: false });
}

/** The user is new, or may be: memberships were those of one who may be gone. */
function begin({ groups }: Facts, person: PersonFacts, isCreated: boolean): void {
  if (!isCreated || person.creations === undefined) person.creations = undefined;
  else person.creations += 1;
  if (person.managed) for (const { inside } of groups.values()) inside.set(person.alias, 'unknown');
  person.joined = false;
}

/** What failed about the memberships of somebody is tried again with everything else (JC-Q44). */
function rejoin(facts: Facts, { alias }: PersonFacts): void {
  for (const group of boundGroupsOf(facts, alias)) {
    if (!isManaged(facts, group)) continue;
    group.inside.delete(alias);
    group.joining.add(alias);
  }
}

function deprovision(person: PersonFacts): void {
  const { user, vanished, owed } = person;
  if (user === 'active' && person.managed && person.deactivations !== undefined) person.deactivations += 1;
  if (person.managed) person.user = user === 'active' || owed ? 'inactive' : user;
  // Somebody who was there before: whether an import has linked them by now is no matter of the rules. Nor is what becomes
  // of somebody whose creation was refused and who is to have no access any more.
  else if (user === 'active' || owed) person.user = 'unknown';
  if (vanished) person.user = 'unknown';
  person.vanished = false;
  person.owed = false;
}

const isAbout = ({ joining, leaving, renamed, ensured, deleted }: GroupFacts): boolean =>
  joining.size > 0 || leaving.size > 0 || renamed || ensured || deleted;

function settleGroup(facts: Facts, group: GroupFacts): void {
  if (group.deleted) {
    if (group.there === 'exists' && group.linked) group.there = 'none';
    group.deleted = false;
  }
  if (!isManaged(facts, group)) return;
  const { inside, joining, leaving, members } = group;
  const entitled = [...facts.people.values()].filter(person => members.has(person.alias) && isEntitled(facts, person));
  if (group.ensured && entitled.length > 0) {
    if (group.there === 'none' && group.creations !== undefined) group.creations += 1;
    Object.assign(group, { there: 'exists', named: true, linked: true });
  }
  if (group.renamed && group.linked) group.named = true;
  for (const person of entitled) {
    const { alias } = person;
    const isUnclear = inside.get(alias) === 'unknown' || person.user !== 'active';
    if (joining.has(alias)) inside.set(alias, isUnclear ? 'unknown' : 'in');
  }
  for (const alias of leaving) if (!members.has(alias)) inside.set(alias, 'out');
  joining.clear();
  leaving.clear();
  Object.assign(group, { renamed: false, ensured: false });
}

/** Whether the next sync meets something that fails through no fault of the service provider. */
export const isTroubled = ({ people, refused, dropped }: Facts): boolean =>
  dropped || refused !== undefined || [...people.values()].some(({ owed, vanished }) => owed || vanished);
