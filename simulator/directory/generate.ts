import { detailsOf } from './details.ts';
import { createDraws, type Draws } from './draw.ts';
import { createMemberships, groupLayout } from './group-layout.ts';
import { idTable } from './ids.ts';
import type { Person, UserGroup } from './model.ts';
import { createLocalParts, createNames } from './names.ts';
import { createPositions } from './positions.ts';
import { completeProfile, type GeneratorProfile } from './profile.ts';
import { completePerson } from './validate.ts';

/** What an organisation is made from; equal options give equal organisations. */
export interface OrganisationOptions {
  /** A whole number. */
  readonly seed: number;
  /** How many people, 0 to 100,000. */
  readonly people: number;
  /** What it is a mix of. */
  readonly profile?: GeneratorProfile;
  /** Domain of the e-mail addresses, before that of the profile. */
  readonly domain?: string;
  /** Put behind each group name, so that groups of several runs stay apart on one service provider. */
  readonly groupSuffix?: string;
  /** The time of making, in milliseconds since the epoch: people started before it. */
  readonly now?: number;
}

/** People and user groups for a directory to start with. */
export interface Organisation {
  readonly people: readonly Person[];
  readonly groups: readonly Pick<UserGroup, 'name' | 'description' | 'members'>[];
}

/** Somebody, and the names of the groups they are in. */
export interface Placed {
  readonly person: Person;
  readonly groups: readonly string[];
}

/** Most people of an organisation. */
export const MOST_PEOPLE = 100_000;

const DEFAULT_NOW = Date.UTC(2026, 0, 5, 8);

/** The default, with everybody able to use their account: what nobody asked for does not stand in a story's way. */
const everybodyActive = completeProfile({ shares: { suspended: 0, staged: 0, passwordExpired: 0, mixedCase: 0 } });

/**
 * Makes an organisation that one would believe: departments with a head and managers under it, people of several
 * countries with addresses that go with their names, and the odd ones that break software: one-word and very long names,
 * namesakes, plus-addresses, records with hardly anything in them. Everybody is active unless a profile says otherwise.
 * @throws RangeError when the number of people or the seed is not a whole number in range.
 */
export function generateOrganisation(options: OrganisationOptions): Organisation {
  const { profile = everybodyActive, groupSuffix = '' } = options;
  const people: Person[] = [];
  const groups = groupLayout(profile, groupSuffix).map(group => ({ ...group, members: [] as string[] }));
  const byName = new Map(groups.map(group => [group.name, group.members]));
  for (const { person, groups } of generatePeople(options)) {
    people.push(person);
    for (const name of groups) byName.get(name)?.push(person.id);
  }
  return { people, groups: groups.filter(({ members }) => members.length > 0) };
}

/**
 * The same people one after the other, each with the names of their groups. Somebody depends on those before, and not on
 * how many come after: a larger organisation of the same seed begins with the smaller one. What is kept meanwhile is a few
 * numbers for each person and the local parts in use.
 * @throws RangeError as `generateOrganisation`
 */
export function* generatePeople(options: OrganisationOptions): Generator<Placed, void, undefined> {
  const { seed, people: size, profile = everybodyActive, groupSuffix = '', now = DEFAULT_NOW } = options;
  if (!Number.isInteger(size) || size < 0 || size > MOST_PEOPLE) {
    throw new RangeError(`an organisation has 0 to ${MOST_PEOPLE} people, not ${size}`);
  }
  if (!Number.isSafeInteger(seed)) throw new RangeError(`a seed is a whole number, not ${seed}`);
  const draws = createDraws(seed, profile.shares);
  const idAt = idTable(`organisation ${seed}`, now);
  const positions = createPositions(profile.departments, draws);
  const names = createNames(profile, draws);
  const localParts = createLocalParts();
  const groupsOf = createMemberships(profile, groupSuffix, draws);
  const domain = options.domain ?? profile.domain;

  for (let index = 0; index < size; index++) {
    const { name, locale } = names(index);
    const position = positions.next(index);
    const localPart = localParts.take(name, draws.is(index, 'dotTwin') ? '' : '.');
    const tag = draws.is(index, 'plusAddress') ? '+scim' : '';
    draws.begin(index, 'details');
    const person = completePerson(idAt(index + 1), {
      username: draws.is(index, 'mixedCase') ? capitalised(localPart) : localPart,
      email: `${localPart}${tag}@${domain}`,
      firstname: name.given,
      lastname: name.family,
      company: profile.company,
      department: position.department.name,
      employeeIdentifier: `OI-${String(10_001 + index)}`,
      manager: position.manager === undefined ? '' : idAt(position.manager + 1),
      // Heads of departments can work.
      ...(position.place > 0 && stateOf(index, draws)),
      ...detailsOf({ index, locale, name, position, profile, draws, now }),
    });
    yield { person, groups: groupsOf(index, person, position) };
  }
}

function stateOf(index: number, draws: Draws): Pick<Person, 'state' | 'passwordExpired'> {
  const waiting = draws.is(index, 'staged') ? 'STAGED' : 'ACTIVATED';
  return {
    state: draws.is(index, 'suspended') ? 'SUSPENDED' : waiting,
    passwordExpired: draws.is(index, 'passwordExpired'),
  };
}

/** `Ada.Lovelace` for `ada.lovelace`. */
const capitalised = (localPart: string): string => localPart.replace(/(^|\.)[a-z]/g, letter => letter.toUpperCase());
