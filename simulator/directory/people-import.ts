import type { Directory, DirectoryView } from './directory.ts';
import { DirectoryError } from './error.ts';
import type { Organisation } from './generate.ts';
import type { Person, PersonState } from './model.ts';
import type { PeopleFile, PeopleProblem, PersonRow } from './people-file.ts';
import { UNIQUE_FIELDS } from './unique.ts';
import { completePerson, LONGEST, refuseInvalid } from './validate.ts';

/** What the people of a file are held against. */
export interface SettleOptions {
  /** For those who come without an id. */
  readonly newId: () => string;
  /** Where they are to go: nobody there may have the same, and managers may be found there. */
  readonly directory?: DirectoryView;
  /** State of those who come without one; the default is ACTIVATED. */
  readonly state?: PersonState;
}

/** People whose managers are ids, their groups, and what is wrong with the rest of the file. */
export interface SettledPeople extends Organisation {
  readonly problems: readonly PeopleProblem[];
}

/**
 * Makes people of rows: complete records, nobody twice, managers found by id, user name or address. Whoever has something
 * wrong is left out; somebody whose manager is left out has none, and is told about too.
 */
export function settlePeople({ rows, problems: before }: PeopleFile, options: SettleOptions): SettledPeople {
  const { newId, directory, state = 'ACTIVATED' } = options;
  const problems: PeopleProblem[] = [...before];
  const tell = (row: PersonRow, field: string, message: string) =>
    void problems.push({ line: row.lineOf(field), column: row.columnOf(field), field, message });

  const taken = createTaken(directory);
  const candidates = rows.map(row => {
    const person = completePerson(row.id ?? newId(), { state, email: '', firstname: '', lastname: '', ...row.values });
    const objection = objectionTo(person, row) ?? taken.objectionTo(person);
    if (objection) tell(row, objection.field, objection.message);
    else taken.claim(person, row);
    return { row, person, fits: !objection };
  });
  const accepted = candidates.filter(({ fits }) => fits);
  const inFile = byName(accepted.map(({ person }) => person));
  const leftOut = byName(candidates.filter(({ fits }) => !fits).map(({ person }) => person));
  const named = (name: string) =>
    inFile.get(name.toLowerCase()) ?? personIn(directory, name) ?? leftOut.get(name.toLowerCase());

  const found = accepted.flatMap(({ row, person }) => {
    if (person.manager === '') return [{ row, person }];
    const manager = named(person.manager);
    if (!manager || manager.id === person.id) {
      const nobody = 'nobody in the file or the directory has this id, user name or address';
      tell(row, 'manager', manager ? 'a person cannot be their own manager' : nobody);
      return [];
    }
    return [{ row, person: { ...person, manager: manager.id } }];
  });
  const kept = new Set(found.map(({ person }) => person.id));
  const people = found.map(({ row, person }) => {
    if (person.manager === '' || kept.has(person.manager) || directory?.person(person.manager)) return person;
    tell(row, 'manager', 'the manager is in the file and left out; this person comes without one');
    return { ...person, manager: '' };
  });
  problems.sort((a, b) => a.line - b.line || a.column - b.column);
  return { people, groups: groupsOf(found), problems };
}

/** What an import did. */
export interface ImportResult {
  readonly imported: readonly Person[];
  readonly problems: readonly PeopleProblem[];
}

/**
 * Takes the people of a file into a directory, and into user groups, which are made where they are missing.
 * @param mode `all-or-nothing` takes nobody when anything is wrong with the file, `rest` whoever has nothing wrong
 */
export function importPeople(
  directory: Directory,
  file: PeopleFile,
  mode: 'all-or-nothing' | 'rest',
  options: Omit<SettleOptions, 'directory'>,
): ImportResult {
  const { people, groups, problems } = settlePeople(file, { ...options, directory });
  if (mode === 'all-or-nothing' && problems.length > 0) return { imported: [], problems };
  const imported = people.map(person => directory.admitPerson(person));
  for (const { name, members } of groups) {
    const group = directory.groupNamed(name) ?? directory.addGroup(name, '');
    for (const member of members) directory.join(member, group.id);
  }
  return { imported, problems };
}

interface Objection {
  readonly field: string;
  readonly message: string;
}

function objectionTo(person: Person, { id, groups }: PersonRow): Objection | undefined {
  if (id !== undefined && !/^[0-9a-f]{24}$/.test(id)) {
    const message = `${JSON.stringify(id.slice(0, 80))} is no id; write 24 hex digits, or leave it out for a new one`;
    return { field: '_id', message };
  }
  if (person.email === '') return { field: 'email', message: 'everybody needs an e-mail address' };
  try {
    refuseInvalid(person);
  } catch (error) {
    if (!(error instanceof DirectoryError)) throw error;
    return { field: error.field ?? 'email', message: error.message };
  }
  const long = groups.find(name => name.length > LONGEST);
  return long === undefined
    ? undefined
    : { field: 'groups', message: `the name of a group is longer than ${LONGEST} characters` };
}

/** What no two people share, and who has it: rows of the file, or people of the directory. */
function createTaken(directory: DirectoryView | undefined) {
  const owners = new Map<string, number>();
  const keysOf = (person: Person) => [
    { field: '_id', what: 'id', value: person.id },
    ...UNIQUE_FIELDS.map(({ field, name }) => ({ field, what: name, value: person[field].toLowerCase() })),
  ];
  return {
    objectionTo(person: Person): Objection | undefined {
      for (const { field, what, value } of keysOf(person)) {
        if (value === '') continue;
        const line = owners.get(`${field} ${value}`);
        const message = `line ${line} has the ${what} "${value}" already; give each person their own`;
        if (line !== undefined) return { field, message };
      }
      if (directory?.person(person.id)) {
        return { field: '_id', message: `somebody in the directory has the id "${person.id}" already` };
      }
      for (const { field, name } of UNIQUE_FIELDS) {
        if (person[field] === '' || !directory?.personBy(field, person[field])) continue;
        return { field, message: `somebody in the directory has the ${name} "${person[field]}" already` };
      }
      return undefined;
    },
    claim(person: Person, { line }: PersonRow) {
      for (const { field, value } of keysOf(person)) owners.set(`${field} ${value}`, line);
    },
  };
}

/** People by what a manager may be called by: id, user name and address, in lower case. */
const byName = (people: readonly Person[]): ReadonlyMap<string, Person> =>
  new Map(
    people.flatMap(person => [person.id, person.username, person.email].map(name => [name.toLowerCase(), person])),
  );

const personIn = (directory: DirectoryView | undefined, name: string): Person | undefined =>
  directory?.person(name) ?? directory?.personBy('username', name) ?? directory?.personBy('email', name);

function groupsOf(found: readonly { readonly row: PersonRow; readonly person: Person }[]): Organisation['groups'] {
  const members = new Map<string, Set<string>>();
  for (const { row, person } of found) {
    for (const name of row.groups) members.set(name, (members.get(name) ?? new Set()).add(person.id));
  }
  return [...members].map(([name, ids]) => ({ name, description: '', members: [...ids] }));
}
