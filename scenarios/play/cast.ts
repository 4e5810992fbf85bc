import { createHash } from 'node:crypto';
import { Faker } from '@faker-js/faker';
import { faker as english } from '@faker-js/faker/locale/en';
import type { JsonObject } from '../../reports/record/exchange.ts';
import type { PersonDraft } from '../../simulator/admin.ts';
import { generateOrganisation } from '../../simulator/directory/generate.ts';
import type { Person, UserGroup } from '../../simulator/directory/model.ts';
import { CROWD, type Details } from '../step.ts';
import type { Actor } from './actor.ts';

/** What sets the names of a story apart from those of other stories and runs. */
export interface Marks {
  readonly scenario: string;
  readonly run: string;
  readonly seed: number;
  /** Domain of every address; by default one that carries story and run. */
  readonly domain?: string;
}

/** The people and groups behind the aliases of a story, as the directory has them and as it had them last. */
export interface Cast {
  hire(alias: string, details: Details): Promise<void>;
  hireCrowd(size: number): Promise<void>;
  createGroup(alias: string, name: string): Promise<void>;
  /** Ids in the directory behind an alias: several for the crowd. */
  ids(alias: string): readonly string[];
  /** The one id behind an alias. */
  id(alias: string): string;
  /** The alias of an id in the directory; undefined for who came from elsewhere, an import for example. */
  aliasOf(id: string): string | undefined;
  /** The latest record of somebody, kept after a dismissal. */
  person(alias: string): Person;
  group(alias: string): UserGroup;
  /** Ids at the service provider that a person or a group was ever linked with, the latest last. */
  links(alias: string): readonly string[];
  /** Whether a person or a group, given its id in the directory, was ever linked. */
  isLinked(id: string | undefined): boolean;
  /** What requests call a person or a group by, given its id in the directory: address or name, and links. */
  calledBy(id: string): readonly string[];
  /** Details with a local part completed to an address. */
  completed(details: Details): Details;
  /** The name of a group, marked with story and run. */
  marked(name: string): string;
  /** A field of the directory, as text: `email` of a person, `name` of a group. */
  field(alias: string, field: string): string;
  /** Takes note of a resource that was made for an alias past the identity provider. */
  seen(alias: string, resource: JsonObject): void;
  /** Id at the service provider of what was made past the identity provider, or else is linked. */
  seenId(alias: string): string;
  /** Looks up everybody anew; called after each step. */
  remember(): void;
}

export function createCast(admin: Actor, marks: Marks): Cast {
  const ids = new Map<string, readonly string[]>();
  const aliases = new Map<string, string>();
  const people = new Map<string, Person>();
  const groups = new Map<string, UserGroup>();
  const links = new Map<string, string[]>();
  const made = new Map<string, string>();

  const mark = marks.run + digest(marks.scenario).toString('hex', 0, 2);
  const addressOf = (local: string): string =>
    marks.domain === undefined
      ? `${local}@${marks.scenario}.${marks.run}.example`
      : `${local.slice(0, LOCAL_PART)}.${mark}@${marks.domain}`;
  const marked = (name: string): string => `${name} ${marks.scenario} ${marks.run}`;
  const completed = (details: Details): Details =>
    details.email === undefined || details.email.includes('@')
      ? details
      : { ...details, email: addressOf(details.email) };
  const idsOf = (alias: string): readonly string[] => {
    const found = ids.get(alias);
    if (!found) throw new Error(`${alias} is not part of the story`);
    return found;
  };
  const idOf = (alias: string): string => idsOf(alias)[0] ?? '';
  const latest = <T>(map: ReadonlyMap<string, T>, alias: string): T => {
    const found = map.get(idOf(alias));
    if (found === undefined) throw new Error(`the directory does not know ${alias}`);
    return found;
  };

  const call = (alias: string, all: readonly string[]): void => {
    ids.set(alias, all);
    for (const id of all) aliases.set(id, alias);
  };

  return {
    async hire(alias, details) {
      const draft = { ...draftOf(alias, addressOf(alias), marks), ...completed(details) };
      call(alias, [(await admin.hire(draft)).id]);
    },
    async hireCrowd(size) {
      const seed = digest(`${marks.seed}/${marks.scenario}`).readUInt32BE();
      const { people: drafts } = generateOrganisation({ seed, people: size });
      const hired: string[] = [];
      for (const { id: _id, manager: _manager, email, ...draft } of drafts) {
        const { id } = await admin.hire({ ...draft, email: addressOf(email.slice(0, email.lastIndexOf('@'))) });
        hired.push(id);
      }
      call(CROWD, hired);
    },
    async createGroup(alias, name) {
      call(alias, [(await admin.createGroup(marked(name))).id]);
    },
    ids: idsOf,
    id: idOf,
    aliasOf: id => aliases.get(id),
    person: alias => latest(people, alias),
    group: alias => latest(groups, alias),
    links: alias => links.get(idOf(alias)) ?? [],
    isLinked: id => id !== undefined && links.has(id),
    calledBy: id => [people.get(id)?.email ?? groups.get(id)?.name ?? '', ...(links.get(id) ?? [])],
    completed,
    marked,
    field(alias, field) {
      const record: object = people.get(idOf(alias)) ?? latest(groups, alias);
      return String(Object.entries(record).find(([name]) => name === field)?.[1] ?? '');
    },
    seen: (alias, { id }) => void made.set(alias, typeof id === 'string' ? id : ''),
    seenId: alias => links.get(idOf(alias))?.at(-1) ?? made.get(alias) ?? '',
    remember() {
      for (const person of admin.people()) people.set(person.id, person);
      for (const group of admin.groups()) groups.set(group.id, group);
      for (const id of [...ids.values()].flat()) {
        const link = admin.linkOf(id);
        if (link === undefined) continue;
        links.set(id, [...(links.get(id) ?? []).filter(each => each !== link), link]);
      }
    },
  };
}

const DEPARTMENTS = ['Engineering', 'Finance', 'Legal', 'Marketing', 'People', 'Research', 'Sales', 'Support'];
/** As much of a local part as fits beside the mark below the 64 characters of RFC 5321. */
const LOCAL_PART = 51;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Somebody one would believe, with every mapped field filled; the same for the same seed, story and alias. */
function draftOf(alias: string, email: string, { seed, scenario }: Marks): PersonDraft {
  const faker = new Faker({
    locale: english.rawDefinitions,
    seed: digest(`${seed}/${scenario}/${alias}`).readUInt32BE(),
  });
  return {
    email,
    firstname: alias.charAt(0).toUpperCase() + alias.slice(1),
    lastname: faker.person.lastName(),
    company: faker.company.name(),
    costCenter: faker.string.numeric(4),
    department: faker.helpers.arrayElement(DEPARTMENTS),
    employeeIdentifier: faker.string.numeric(6),
    employeeType: faker.helpers.arrayElement(['Full-time', 'Part-time', 'Contractor']),
    jobTitle: faker.person.jobTitle(),
    location: faker.location.city(),
    addresses: [
      {
        type: 'work',
        streetAddress: faker.location.streetAddress(),
        locality: faker.location.city(),
        region: faker.location.state({ abbreviated: true }),
        postalCode: faker.location.zipCode('#####'),
        country: 'US',
      },
    ],
    phoneNumbers: [{ type: 'work', number: faker.helpers.replaceSymbols('+1 617-555-01##') }],
  };
}
