import type { RuleId } from '../../conformance/clauses/index.ts';
import { account, creates, deletes, group, logs, proving, wire, type Expectation } from '../expectation.ts';
import { boundGroupsOf, isEntitled, type Field, type Facts, type GroupFacts, type PersonFacts } from './facts.ts';
import type { Habits } from './habits.ts';

/**
 * What has to be seen at the service provider, on the wire and in the log, at a point where everything is sent: entitled
 * people active and others not, groups equal, nobody twice, nothing unmanaged touched, attributes equal, events true.
 * @param whole everybody, and what the requests so far amount to; in the middle of a history only whom the last sync was about
 */
export function look(facts: Facts, habits: Habits, whole: boolean): readonly Expectation[] {
  const isMeant = (each: PersonFacts | GroupFacts): boolean => !each.odd && (whole || facts.touched.has(each));
  const everybody = [...facts.people.values()].filter(({ odd }) => !odd);
  const people = everybody.filter(isMeant);
  const groups = [...facts.groups.values()].filter(isMeant);
  return [
    ...people.flatMap(person => [...ofState(facts, person, habits), ...ofAttributes(person, habits)]),
    ...groups.flatMap(ofGroup),
    // Whoever was ever in a group that somebody joins or leaves may be lost on the way.
    ...groups.flatMap(each =>
      everybody
        .filter(person => isMeant(person) || each.inside.has(person.alias))
        .flatMap(person => ofMembership(each, person, habits)),
    ),
    ...(whole
      ? [...people.flatMap(person => ofPast(facts, person)), ...groups.flatMap(each => ofGroupLog(facts, each))]
      : []),
  ];
}

function ofState(facts: Facts, person: PersonFacts, habits: Habits): readonly Expectation[] {
  const { alias, user, why } = person;
  const { is } = account(alias);
  switch (user) {
    case 'none':
      return [proving('JC-11', is('absent'))];
    case 'active': {
      const access = isEntitled(facts, person);
      const rule: RuleId = !access && person.managed ? 'JC-7a' : why;
      const isKept = access && boundGroupsOf(facts, alias).length > 0 && LEFT.has(rule);
      return [proving(isKept ? 'JC-49a' : rule, is('active'))];
    }
    case 'inactive':
      return [proving(why, stays(person, habits) ? is('inactive') : is('inactive', 'absent'))];
    case 'unknown':
      return [];
  }
}

const stays = ({ joined }: PersonFacts, { inactiveStay }: Habits): boolean => inactiveStay || joined;

/** Whether the user is certainly there to be looked at. */
const isSeen = (person: PersonFacts, habits: Habits): boolean =>
  person.user === 'active' || (person.user === 'inactive' && stays(person, habits));

/** Rules by which access is lost: who has it still has another group. */
const LEFT: ReadonlySet<RuleId> = new Set(['JC-22', 'JC-47c', 'JC-48b']);

const NAMES: ReadonlySet<string> = new Set(['displayName', 'name.givenName', 'name.familyName']);

function ofAttributes(person: PersonFacts, habits: Habits): readonly Expectation[] {
  if (!isSeen(person, habits)) return [];
  const { unkept, namesApart } = habits;
  const given = person.fields.get('displayname');
  const isMixed = !namesApart && given?.text !== '';
  const mirrors: Record<string, Field> = {};
  const texts: Record<string, string> = {};
  for (const [path, value] of person.held) {
    if (unkept.has(path) || (isMixed && NAMES.has(path))) continue;
    const field = [...person.fields].find(([, now]) => now.key === value.key)?.[0];
    if (field !== undefined && path !== 'displayName') mirrors[path] = field;
    else if (value.text !== undefined) texts[path] = value.text;
  }
  const { alias } = person;
  return [
    ...(Object.keys(mirrors).length > 0 ? [proving('JC-17', account(alias).mirrors(mirrors))] : []),
    ...(Object.keys(texts).length > 0 ? [proving('JC-17', account(alias).has(texts))] : []),
  ];
}

function ofGroup({ alias, there, named, gone }: GroupFacts): readonly Expectation[] {
  const { exists, absent, isNamed } = group(alias);
  if (there === 'none') return [proving(gone ? 'JC-48a' : 'JC-41a', absent())];
  if (there === 'unknown') return [];
  return [named && !gone ? proving('JC-46', isNamed()) : proving('JC-44a', exists())];
}

function ofMembership(
  { alias, there, inside, bound, gone }: GroupFacts,
  person: PersonFacts,
  habits: Habits,
): readonly Expectation[] {
  if (there !== 'exists' || !isSeen(person, habits)) return [];
  const state = inside.get(person.alias) ?? 'out';
  if (state === 'unknown') return [];
  const { has, lacks } = group(alias);
  const left: RuleId = bound && !gone ? 'JC-45b' : 'JC-47b';
  const member: RuleId = bound && !gone ? 'JC-45a' : 'JC-47b';
  return [state === 'in' ? proving(member, has(person.alias)) : proving(left, lacks(person.alias))];
}

function ofPast({ noisy }: Facts, person: PersonFacts): readonly Expectation[] {
  const { alias, creations, deactivations, managed, moved } = person;
  if (noisy) return [];
  return [
    ...(creations === undefined
      ? []
      : [
          // Where nothing at all is sent, nobody can tell what was left out.
          ...(creations > 0 && !moved ? [proving('JC-14', wire.count(creates(alias), creations))] : []),
          proving('JC-53b', logs('user_create_provision', { about: alias, success: true, times: creations })),
        ]),
    ...(deactivations === undefined
      ? []
      : [proving('JC-53d', logs('user_deprovision', { about: alias, success: true, times: deactivations }))]),
    ...(managed ? [proving('JC-23', wire.never(deletes(alias)))] : []),
  ];
}

const ofGroupLog = ({ noisy }: Facts, { alias, creations }: GroupFacts): readonly Expectation[] =>
  noisy || creations === undefined
    ? []
    : [proving('JC-53g', logs('group_create_provision', { about: alias, success: true, times: creations }))];
