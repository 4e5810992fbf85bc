import type { Step } from '../step.ts';
import { isEntitled, isFreeAddress, isFreeName, type Facts, type GroupFacts, type PersonFacts } from './facts.ts';
import { REFUSALS } from './happen.ts';
import type { Habits } from './habits.ts';
import { isTroubled } from './settle.ts';

/**
 * Whether a step can happen: the directory takes it, and the rules say what has to come of it. Steps whose outcome no rule
 * tells are left to stories.
 */
export function isPossible(facts: Facts, step: Step, habits: Habits): boolean {
  const condition = POSSIBLE[step.verb] as ((facts: Facts, step: Step, habits: Habits) => boolean) | undefined;
  return condition?.(facts, step, habits) === true && !losesAgain(facts, step);
}

/** Steps that can take access from somebody. */
const TAKING: ReadonlySet<Step['verb']> = new Set(['suspend', 'leave', 'dismiss', 'change', 'unbind', 'delete-group']);

/** Whether somebody might lose access for the second time, or what came back and was not sent: no rule says how often. */
function losesAgain(facts: Facts, step: Step): boolean {
  if (!TAKING.has(step.verb)) return false;
  const members = 'group' in step ? facts.groups.get(step.group)?.members : undefined;
  return [...facts.people.values()].some(
    person =>
      (person.pending.has('loss') || (person.pending.has('gain') && person.managed && person.user !== 'active')) &&
      isEntitled(facts, person) &&
      (members?.has(person.alias) ?? ('person' in step && step.person === person.alias)),
  );
}

type Conditions = {
  readonly [Verb in Step['verb']]?: (facts: Facts, step: Step & { readonly verb: Verb }, habits: Habits) => boolean;
};

const POSSIBLE: Conditions = {
  hire(facts, { person, details }) {
    const local = details.email ?? person;
    const formers = [...facts.people.values()].filter(each => each.local === local);
    const isFree =
      formers.length > 0
        ? formers.every(each => each.gone && isSettled(each) && !each.odd && each.waiting === undefined)
        : isFreeAddress(facts, person, local);
    const username = details.username ?? local;
    const isNamed = [...facts.people.values()].every(each => each.gone || each.username !== username);
    return !facts.people.has(person) && isFree && isNamed;
  },
  change(facts, { person: alias, details }) {
    const { people } = facts;
    const person = people.get(alias);
    if (!isThere(person)) return false;
    if (details.state !== undefined && person.state !== 'STAGED') return false;
    if (details.passwordExpired !== undefined && details.passwordExpired === person.expired) return false;
    const { email } = details;
    if (email === undefined) return true;
    const isFree = [...people.values()].every(({ local }) => local !== email) && isFreeAddress(facts, alias, email);
    const isLinked = person.managed || person.user === 'none';
    return isFree && isLinked && !person.owed && !person.vanished && person.user !== 'unknown';
  },
  suspend: ({ people }, { person }) => isThere(people.get(person)) && people.get(person)?.state === 'ACTIVATED',
  reactivate: ({ people }, { person }) => isThere(people.get(person)) && people.get(person)?.state === 'SUSPENDED',
  dismiss: ({ people }, { person }) => isThere(people.get(person)) && people.get(person)?.owed === false,
  join: (facts, { person, groups }) => areInside(facts, person, groups, false),
  leave: (facts, { person, groups }) => areInside(facts, person, groups, true),
  'create-group'(facts, { group, name }) {
    const { groups } = facts;
    const sameName = [...groups.values()].filter(each => each.name === name);
    const isFree = sameName.every(({ gone, deleted }) => gone && !deleted) && isFreeName(facts, group, name);
    return !groups.has(group) && isFree;
  },
  'rename-group'(facts, { group: alias, name }) {
    const { groups } = facts;
    const group = groups.get(alias);
    const isFree = [...groups.values()].every(each => each.name !== name) && isFreeName(facts, alias, name);
    return isStanding(group) && isFound(group) && isFree;
  },
  'touch-group': ({ groups }, { group }) => isStanding(groups.get(group)),
  'delete-group': ({ groups }, { group }) => isStanding(groups.get(group)),
  bind: ({ groups }, { group }) => isStanding(groups.get(group)) && groups.get(group)?.bound === false,
  unbind: ({ groups }, { group }) => isStanding(groups.get(group)) && groups.get(group)?.bound === true,
  'manage-groups': ({ managing }, { on }) => managing !== on,
  activate: ({ active }) => !active,
  deactivate: ({ active }) => active,
  reauthenticate: ({ active }) => active,
  // What fails because of the history is no fault of the service provider, and the step says so.
  sync: (facts, { attempt }) => isTroubled(facts) === (attempt === true),
  map: () => true,
  unmap: ({ sources }) => sources.size > 0,
  'restore-mapping': () => true,
  import: ({ active }, { create }) => active && !create,
  present(facts, { person: alias }) {
    const person = facts.people.get(alias);
    return (
      isThere(person) && person.user === 'none' && !person.managed && !isEntitled(facts, person) && isSettled(person)
    );
  },
  'present-group'({ groups, people }, { group: alias, members }) {
    const group = groups.get(alias);
    const known = members.every(member => people.get(member)?.user === 'active' && people.get(member)?.odd === false);
    return isStanding(group) && !group.bound && !group.linked && group.there === 'none' && known;
  },
  vanish({ people }, { person: alias }, { deletes }) {
    const person = people.get(alias);
    return deletes && isThere(person) && person.managed && person.user === 'active' && isSettled(person);
  },
  account: ({ people }, { act, of }) => {
    const person = people.get(of);
    if (act !== 'suspend' || !person) return isThere(person) && person.managed;
    return isThere(person) && person.managed && isSettled(person) && person.waiting === undefined;
  },
  wait: () => true,
  fault(facts, { fault, on, times }) {
    if (facts.refused || !facts.active) return false;
    if (!REFUSALS.has(fault)) return times === 1 && !facts.noisy;
    const waiting = [...facts.people.values()].filter(({ pending }) => pending.size > 0);
    const [person] = waiting;
    if (waiting.length !== 1 || !person || person.owed || person.odd || person.vanished || times !== 1) return false;
    if (on === 'POST /Users') return isEntitled(facts, person) && person.user === 'none' && person.creations === 0;
    return on === 'PUT /Users/' && !isEntitled(facts, person) && person.pending.has('loss') && person.user === 'active';
  },
};

const isThere = (person: PersonFacts | undefined): person is PersonFacts => person !== undefined && !person.gone;
const isStanding = (group: GroupFacts | undefined): group is GroupFacts => group !== undefined && !group.gone;
const isSettled = ({ pending, owed, vanished }: PersonFacts): boolean => pending.size === 0 && !owed && !vanished;

/** Whether a look finds the group under another name: by its id, where it is linked. */
const isFound = ({ there, linked }: GroupFacts): boolean => there !== 'exists' || linked;

/** Whether somebody is in a group; undefined where one of them is not there. */
function isInside({ people, groups }: Facts, alias: string, name: string): boolean | undefined {
  const group = groups.get(name);
  return isThere(people.get(alias)) && isStanding(group) ? group.members.has(alias) : undefined;
}

const areInside = (facts: Facts, alias: string, names: readonly string[], wanted: boolean): boolean =>
  names.length > 0 &&
  new Set(names).size === names.length &&
  names.every(name => isInside(facts, alias, name) === wanted);
