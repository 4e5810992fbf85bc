import type { RuleId } from '../../conformance/clauses/index.ts';
import type { Step } from '../step.ts';
import { edit, give } from './edit.ts';
import {
  boundGroupsOf,
  DEFAULT_SOURCES,
  isEntitled,
  isManaged,
  isSame,
  isUsable,
  newGroup,
  newPerson,
  setSource,
  valuesOf,
  type Facts,
  type GroupFacts,
  type PersonFacts,
} from './facts.ts';
import type { Habits } from './habits.ts';
import { settle } from './settle.ts';

/** Lets a step happen that is possible. What it leads to at the service provider shows with the next sync. */
export function happen(facts: Facts, step: Step, habits: Habits): void {
  if (step.verb === 'sync') return settle(facts, habits);
  const before = new Set([...facts.people.values()].filter(person => isEntitled(facts, person)));
  const mapped = 'person' in step ? facts.people.get(step.person) : undefined;
  const values = mapped && valuesOf(facts, mapped);
  // The table is by verb, so a deed only ever gets a step of its verb.
  (DEEDS[step.verb] as Deed | undefined)?.(facts, step);
  if (!facts.active) return;
  for (const person of facts.people.values()) {
    const is = isEntitled(facts, person);
    if (is === before.has(person)) continue;
    person.pending.add(is ? 'gain' : 'loss');
    person.why = (is ? GAINED : LOST)[step.verb] ?? person.why;
    if (is) for (const group of boundGroupsOf(facts, person.alias)) hear(facts, group, person);
  }
  if (mapped && values && before.has(mapped) && isEntitled(facts, mapped)) {
    const now = valuesOf(facts, mapped);
    if ([...now].some(([path, value]) => !isSame(values.get(path), value)) || now.size !== values.size) {
      mapped.pending.add('edit');
    }
  }
}

const GAINED: { readonly [Verb in Step['verb']]?: RuleId } = {
  join: 'JC-12b',
  bind: 'JC-12a',
  reactivate: 'JC-24',
  change: 'JC-24',
};
const LOST: { readonly [Verb in Step['verb']]?: RuleId } = {
  suspend: 'JC-21',
  leave: 'JC-22',
  unbind: 'JC-47c',
  'delete-group': 'JC-48b',
  dismiss: 'JC-Q17',
  change: 'JC-Q15',
};

type Deed = (facts: Facts, step: Step) => void;
type Deeds = {
  readonly [Verb in Step['verb']]?: (facts: Facts, step: Step & { readonly verb: Verb }) => void;
};

const DEEDS: Deeds = {
  hire(facts, { person: alias, details }) {
    const local = details.email ?? alias;
    const formers = [...facts.people.values()].filter(each => each.local === local);
    const isOld = facts.addresses.has(local);
    const { email: _given, username = local, ...others } = details;
    const person = newPerson(alias, local, username);
    facts.people.set(alias, person);
    give(facts, person, local);
    // Requests call people by their address: whose they were is not told.
    if (isOld) person.creations = undefined;
    edit(facts, person, { firstname: capitalised(alias), ...others });
    if (formers.length === 0) return;
    for (const former of formers) former.odd = true;
    person.user = 'unknown';
    for (const { inside } of facts.groups.values()) {
      if (formers.some(former => (inside.get(former.alias) ?? 'out') !== 'out')) inside.set(alias, 'unknown');
    }
  },
  change(facts, { person: alias, details }) {
    const person = personOf(facts, alias);
    edit(facts, person, details);
    person.moved ||= details.email !== undefined;
    if (facts.active && person.owed && !isEntitled(facts, person)) person.pending.add('loss');
  },
  suspend: (facts, { person }) => void (personOf(facts, person).state = 'SUSPENDED'),
  reactivate: (facts, { person }) => void (personOf(facts, person).state = 'ACTIVATED'),
  dismiss(facts, { person: alias }) {
    const person = personOf(facts, alias);
    for (const group of facts.groups.values()) if (group.members.delete(alias)) takeOut(facts, group, person);
    person.gone = true;
  },
  join(facts, { person: alias, groups }) {
    for (const name of groups) {
      const group = groupOf(facts, name);
      group.members.add(alias);
      const isBack = group.leaving.delete(alias);
      // Of a member who comes back before the leaving was sent nothing is sent.
      if (!isBack || group.inside.get(alias) !== 'in') hear(facts, group, personOf(facts, alias));
    }
  },
  leave(facts, { person, groups }) {
    for (const name of groups) {
      const group = groupOf(facts, name);
      group.members.delete(person);
      takeOut(facts, group, personOf(facts, person));
    }
  },
  'create-group'(facts, { group: alias, name }) {
    const formers = [...facts.groups.values()].filter(each => each.name === name);
    const group = newGroup(alias, name);
    facts.groups.set(alias, group);
    if (formers.length === 0) return;
    group.creations = undefined;
    for (const former of formers) {
      former.odd = true;
      const isClear = former.there === 'none' && !former.deleted;
      if (!isClear) group.there = 'unknown';
      for (const person of former.inside.keys()) {
        if (!isClear || !group.inside.has(person)) group.inside.set(person, isClear ? 'out' : 'unknown');
      }
    }
  },
  'rename-group'(facts, { group: alias, name }) {
    const group = groupOf(facts, alias);
    group.name = name;
    group.had.add(name);
    if (isManaged(facts, group)) group.renamed = true;
    else group.named = false;
  },
  'touch-group'(facts, { group: alias }) {
    const group = groupOf(facts, alias);
    if (!facts.active || !group.bound) return;
    for (const person of usableIn(facts, group)) person.pending.add('edit');
  },
  'delete-group'(facts, { group: alias }) {
    const group = groupOf(facts, alias);
    if (isManaged(facts, group)) group.deleted = true;
    group.gone = true;
    forget(group);
  },
  bind(facts, { group: alias }) {
    const group = groupOf(facts, alias);
    group.bound = true;
    group.foreign = false;
    sendWhole(facts, group);
  },
  unbind(facts, { group: alias }) {
    const group = groupOf(facts, alias);
    group.bound = false;
    forget(group);
  },
  'manage-groups'(facts, { on }) {
    if (facts.managing === on) return;
    facts.managing = on;
    facts.dropped ||= facts.active && !on;
    for (const group of facts.groups.values()) {
      if (on) sendWhole(facts, group);
      else drop(group);
    }
  },
  activate(facts) {
    if (facts.active) return;
    facts.active = true;
    for (const person of facts.people.values()) {
      if (isEntitled(facts, person)) {
        person.pending.add('gain');
        person.why = 'JC-12a';
      } else if (person.managed && person.user === 'active') person.user = 'unknown';
    }
    for (const group of facts.groups.values()) sendWhole(facts, group);
  },
  deactivate(facts) {
    facts.active = false;
    facts.dropped = true;
    for (const person of facts.people.values()) {
      if (person.pending.size === 0) continue;
      // What waits is dropped (JC-Q42); who was never sent stays unknown to the service provider.
      if (person.user !== 'none') person.user = 'unknown';
      person.held.clear();
      person.pending.clear();
    }
    for (const group of facts.groups.values()) drop(group);
  },
  map: (facts, { mapping }) =>
    setSource(facts, mapping.target, mapping.kind === 'constant' ? { constant: mapping.value } : undefined),
  unmap: (facts, { target }) => setSource(facts, target, undefined),
  'restore-mapping': facts => void (facts.sources = new Map(Object.entries(DEFAULT_SOURCES))),
  present(facts, { person: alias }) {
    const person = personOf(facts, alias);
    person.user = 'active';
    person.why = 'JC-11';
    person.creations = undefined;
    for (const path of ['userName', 'name.givenName', 'name.familyName']) {
      const value = valuesOf(facts, person).get(path);
      if (value) person.held.set(path, value);
    }
  },
  'present-group'(facts, { group: alias, members }) {
    const group = groupOf(facts, alias);
    Object.assign(group, { there: 'exists', named: true, foreign: true, creations: undefined });
    for (const member of members) group.inside.set(member, 'in');
  },
  vanish(facts, { person: alias }) {
    const person = personOf(facts, alias);
    Object.assign(person, { user: 'unknown', vanished: true, creations: undefined, deactivations: undefined });
    person.held.clear();
    for (const { inside } of facts.groups.values()) if (inside.has(alias)) inside.set(alias, 'unknown');
  },
  account(facts, { act, of }) {
    const person = personOf(facts, of);
    if (act === 'accept' && person.user === 'active') person.joined = true;
    if (act === 'suspend' && person.user === 'active') person.user = 'unknown';
    if (act === 'suspend') person.deactivations = undefined;
  },
  fault(facts, { fault, on }) {
    facts.noisy = true;
    const what = on === 'POST /Users' ? 'creation' : 'deactivation';
    const waits = what === 'creation' ? 'gain' : 'loss';
    const person = [...facts.people.values()].find(({ pending }) => pending.has(waits));
    if (person && REFUSALS.has(fault)) facts.refused = { person: person.alias, what };
  },
};

/** Trouble that no client repeats a request for (JC-Q13). */
export const REFUSALS: ReadonlySet<string> = new Set(['refused', 'unauthorized', 'forbidden']);

/** @throws Error for an alias that no step has made: the step is not possible */
export const personOf = ({ people }: Facts, alias: string): PersonFacts => known(people, alias);
const groupOf = ({ groups }: Facts, alias: string): GroupFacts => known(groups, alias);

function known<T>(all: ReadonlyMap<string, T>, alias: string): T {
  const found = all.get(alias);
  if (!found) throw new Error(`${alias} is not part of the history`);
  return found;
}

const usableIn = ({ people }: Facts, { members }: GroupFacts): readonly PersonFacts[] =>
  [...people.values()].filter(person => members.has(person.alias) && isUsable(person));

/** Takes note of a membership to be sent. */
function hear(facts: Facts, group: GroupFacts, person: PersonFacts): void {
  if (!isManaged(facts, group) || !isUsable(person)) return;
  group.ensured = true;
  group.joining.add(person.alias);
}

/** Everybody in a group is sent, whatever is there already (JC-Q27, JC-Q28). */
function sendWhole(facts: Facts, group: GroupFacts): void {
  if (!isManaged(facts, group)) return;
  for (const person of usableIn(facts, group)) {
    hear(facts, group, person);
    if (group.inside.get(person.alias) === 'unknown') group.inside.set(person.alias, 'out');
  }
}

function takeOut(facts: Facts, group: GroupFacts, person: PersonFacts): void {
  const isUnsent = group.joining.delete(person.alias);
  // Nobody tells what becomes of a member that the service provider took in by itself.
  if (isUnsent && !group.linked && group.inside.get(person.alias) === 'in') group.inside.set(person.alias, 'unknown');
  else if (isManaged(facts, group) && person.state !== 'STAGED') group.leaving.add(person.alias);
  else if (group.inside.get(person.alias) === 'in') group.inside.set(person.alias, 'unknown');
}

/** The group is left alone from here on; what has not been sent is not sent. */
function forget(group: GroupFacts): void {
  for (const alias of group.leaving) if (group.inside.has(alias)) group.inside.set(alias, 'unknown');
  group.leaving.clear();
  group.joining.clear();
  if (group.renamed) group.named = false;
  group.renamed = false;
  group.ensured = false;
}

/** What waits is dropped (JC-Q42), a deletion too. */
function drop(group: GroupFacts): void {
  forget(group);
  if (group.deleted) group.there = 'unknown';
  group.deleted = false;
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
