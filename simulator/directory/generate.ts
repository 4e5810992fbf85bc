import { departments, type Department } from './departments.ts';
import { idSource } from './ids.ts';
import { locales, type Locale, type Name } from './locales.ts';
import type { Address, Person, PhoneNumber, UserGroup } from './model.ts';

/** What an organisation is made from; equal options give equal organisations. */
export interface OrganisationOptions {
  /** A whole number. */
  readonly seed: number;
  /** How many people, 0 to 100,000. */
  readonly people: number;
  /** Domain of the e-mail addresses; the default is reserved for examples (RFC 2606). */
  readonly domain?: string;
  /** Put behind each group name, so that groups of several runs stay apart on one service provider. */
  readonly groupSuffix?: string;
  /** The time of making, in milliseconds since the epoch: people started before it. */
  readonly now?: number;
}

/** People and user groups for a directory to start with. */
export interface Organisation {
  readonly people: readonly Person[];
  readonly groups: readonly Omit<UserGroup, 'id'>[];
}

/** Domain of the e-mail addresses unless told otherwise. */
export const DEFAULT_DOMAIN = 'orbital.example';

const COMPANY = 'Orbital Instruments';
const MOST_PEOPLE = 100_000;
const DEFAULT_NOW = Date.UTC(2026, 0, 5, 8);
const DAY_MS = 86_400_000;
/** Longest part before the @ that mail systems take is 64 (RFC 5321); a tag and a number still fit behind this. */
const LOCAL_PART = 50;
/** People with one manager. */
const SPAN = 8;
/** Departments with few people are merged away: one for each so many people, up to all. */
const PEOPLE_PER_DEPARTMENT = 4;

/** Every so many-th person is unusual in one way; primes, so that the ways mix. */
const EVERY = { sparse: 13, oneWord: 17, plusAddress: 19, longName: 23, namesake: 29 };
/** Namesakes are so many people apart. */
const APART = 8;
const is = (index: number, every: number): boolean => index % every === every - 1;

const chance = locales[0]?.faker ?? fail();

/**
 * Makes an organisation that one would believe: departments with a head and managers under it, people of several
 * countries with addresses that go with their names, and the odd ones that break software: one-word and very long names,
 * namesakes, plus-addresses, records with hardly anything in them.
 * @throws RangeError when the number of people or the seed is not a whole number in range.
 */
export function generateOrganisation(options: OrganisationOptions): Organisation {
  const { seed, people: size, domain = DEFAULT_DOMAIN, groupSuffix = '', now = DEFAULT_NOW } = options;
  if (!Number.isInteger(size) || size < 0 || size > MOST_PEOPLE) {
    throw new RangeError(`an organisation has 0 to ${MOST_PEOPLE} people, not ${size}`);
  }
  if (!Number.isSafeInteger(seed)) throw new RangeError(`a seed is a whole number, not ${seed}`);
  // The fakers are shared by the process; seeded here and used up without a pause, they owe nothing to others.
  for (const [index, { faker }] of locales.entries()) faker.seed(seed + index);

  const newId = idSource(`organisation ${seed}`, now);
  const used = departments.slice(0, Math.max(1, Math.ceil(size / PEOPLE_PER_DEPARTMENT)));
  const choices = used.map(value => ({ value, weight: value.weight }));
  const staff = new Map<Department, Person[]>(used.map(department => [department, []]));
  const taken = new Set<string>();
  const names: Name[] = [];
  const drafts: { readonly person: Person; readonly department: Department; readonly index: number }[] = [];

  for (let index = 0; index < size; index++) {
    const department = used[index] ?? chance.helpers.weightedArrayElement(choices);
    const locale = chance.helpers.weightedArrayElement(locales.map(value => ({ value, weight: value.weight })));
    const name = (is(index, EVERY.namesake) ? names[index - APART] : undefined) ?? drawName(locale, index);
    names.push(name);
    const localPart = freeLocalPart(name, taken);
    const tag = is(index, EVERY.plusAddress) ? '+scim' : '';
    const person: Person = {
      id: newId(),
      username: localPart,
      email: `${localPart}${tag}@${domain}`,
      firstname: name.given,
      middlename: '',
      lastname: name.family,
      company: COMPANY,
      department: department.name,
      employeeIdentifier: `OI-${String(10_001 + index)}`,
      jobTitle: '',
      manager: '',
      state: 'ACTIVATED',
      passwordExpired: false,
      ...(is(index, EVERY.sparse) ? EMPTY_DETAILS : details(locale, name, department, index, now)),
    };
    drafts.push({ person, department, index: staff.get(department)?.push(person) ?? 0 });
  }

  const leader = drafts[0]?.person.id ?? '';
  const people = drafts.map(({ person, department, index }) =>
    placed(person, department, index - 1, staff.get(department) ?? [], leader),
  );
  return { people, groups: groupsOf(people, drafts, groupSuffix) };
}

function drawName(locale: Locale, index: number): Name {
  const sex = chance.helpers.arrayElement(['female', 'male'] as const);
  const name = locale.name(sex);
  if (is(index, EVERY.oneWord)) return { ...name, family: '', asciiFamily: '' };
  if (!is(index, EVERY.longName)) return name;
  const more = [locale.name(sex), locale.name(sex), locale.name(sex)];
  return {
    ...name,
    given: [name, ...more].map(({ given }) => given).join(' '),
    family: [name, ...more].map(({ family }) => family).join('-'),
  };
}

function freeLocalPart({ asciiGiven, asciiFamily }: Name, taken: Set<string>): string {
  const wanted = [asciiGiven, asciiFamily].filter(Boolean).join('.').slice(0, LOCAL_PART) || 'user';
  let free = wanted;
  for (let number = 2; taken.has(free); number++) free = `${wanted}${number}`;
  taken.add(free);
  return free;
}

type Details = Pick<
  Person,
  'displayname' | 'costCenter' | 'employeeType' | 'location' | 'addresses' | 'phoneNumbers' | 'attributes'
>;

const EMPTY_DETAILS: Details = {
  displayname: '',
  costCenter: '',
  employeeType: '',
  location: '',
  addresses: [],
  phoneNumbers: [],
  attributes: [],
};

function details(locale: Locale, name: Name, department: Department, index: number, now: number): Details {
  const { faker, office } = locale;
  const started = new Date(now - chance.number.int({ min: 20, max: 4400 }) * DAY_MS);
  const whole = locale.familyFirst ? [name.family, name.given] : [name.given, name.family];
  const home: Address = { ...office, type: 'home', streetAddress: faker.location.streetAddress() };
  const phone = (type: string): PhoneNumber => ({ type, number: chance.helpers.replaceSymbols(locale.phone) });
  return {
    displayname: chance.datatype.boolean(0.6) ? whole.filter(Boolean).join(' ') : '',
    costCenter: department.costCenter,
    employeeType: chance.helpers.weightedArrayElement([
      { value: 'FTE', weight: 8 },
      { value: 'Contractor', weight: 1 },
      { value: 'Intern', weight: 1 },
    ]),
    location: office.locality ?? '',
    addresses: pick([[home, office], [home], [office], [office], [office]], index),
    phoneNumbers: pick([[phone('mobile'), phone('work')], [phone('mobile')], [phone('work')], [phone('work')]], index),
    attributes: [{ name: 'startDate', value: started.toISOString().slice(0, 10) }],
  };
}

/** Title and manager follow from the place in the department: a tree of the given span under its head. */
function placed(
  person: Person,
  department: Department,
  index: number,
  colleagues: readonly Person[],
  leader: string,
): Person {
  if (index === 0) {
    return { ...person, jobTitle: department.head, employeeType: 'FTE', manager: person.id === leader ? '' : leader };
  }
  const manager = colleagues[Math.floor((index - 1) / SPAN)]?.id ?? '';
  // A sparse record has no title either.
  if (person.costCenter === '') return { ...person, manager };
  const leads = SPAN * index + 1 < colleagues.length;
  return { ...person, manager, jobTitle: leads ? department.lead : pick(department.titles, index) };
}

const ON_CALL: ReadonlySet<string> = new Set(['Engineering', 'Information Technology', 'Customer Support']);

function groupsOf(
  people: readonly Person[],
  drafts: readonly { readonly department: Department; readonly index: number }[],
  suffix: string,
): Organisation['groups'] {
  const group = (name: string, description: string, belongs: (place: number, person: Person) => boolean) => ({
    name: suffix ? `${name} ${suffix}` : name,
    description,
    members: people.filter((person, place) => belongs(place, person)).map(({ id }) => id),
  });
  const used = [...new Set(drafts.map(({ department }) => department))];
  return [
    group('All Staff', 'Everyone at the company', () => true),
    ...used.map(department =>
      group(department.name, `Department, ${department.costCenter}`, place => drafts[place]?.department === department),
    ),
    group('Leadership', 'Heads of departments', place => drafts[place]?.index === 1),
    group('On-Call', 'Takes turns outside office hours', place => {
      const draft = drafts[place];
      return draft !== undefined && ON_CALL.has(draft.department.name) && draft.index % 3 === 1;
    }),
    group('Contractors', 'People who are not employed', (_, { employeeType }) => employeeType === 'Contractor'),
  ].filter(({ members }) => members.length > 0);
}

function pick<T>(list: readonly T[], index: number): T {
  return list[index % list.length] ?? fail();
}

function fail(): never {
  throw new Error('a table of the generator is empty');
}
