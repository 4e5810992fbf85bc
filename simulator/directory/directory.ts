import type { PersonDraft } from '../admin.ts';
import { createApplications } from './applications.ts';
import type { Change } from './change.ts';
import { DirectoryError } from './error.ts';
import { createGroups } from './groups.ts';
import type { Application, ApplicationDraft, GroupEdit, Person, PersonState, UserGroup } from './model.ts';
import { createUniqueFields, type UniqueField } from './unique.ts';
import { completePerson, refuseInvalid } from './validate.ts';

/** The directory as readers see it. Look-ups by id give undefined for what is not there (any more). */
export interface DirectoryView {
  person(id: string): Person | undefined;
  /** The person with a user name, an e-mail address or an employee identifier, whatever its case. */
  personBy(field: UniqueField, value: string): Person | undefined;
  group(id: string): UserGroup | undefined;
  /** The group of exactly this name. */
  groupNamed(name: string): UserGroup | undefined;
  /** The same as `group(id)?.name`, without a copy of its members. */
  groupName(id: string): string | undefined;
  people(): readonly Person[];
  groups(): readonly UserGroup[];
  /** In the order of adding. */
  applications(): readonly Application[];
  /** The first application where no id is given. @throws DirectoryError when there is none */
  application(id?: string): Application;
  /** Ids of the groups a person is in, in the order of joining. */
  groupsOf(person: string): readonly string[];
  isMember(person: string, group: string): boolean;
  /** False for an application that is not there; the first one where no id is given. */
  isBound(group: string, application?: string): boolean;
  /** Ids of the applications that a group is bound to. */
  boundTo(group: string): readonly string[];
}

/** Where somebody comes from, as far as the state of new people depends on it (jumpcloud.md 3.2). */
export type PersonSource = 'manualEntry' | 'csvImport' | 'applicationImport';

/**
 * The directory with what changes it. Every method throws DirectoryError and then has changed nothing. An application that
 * is not named is the first one.
 */
export interface Directory extends DirectoryView {
  addPerson(draft: PersonDraft, source?: PersonSource): Person;
  /** Adds a person as they are, id and manager included, as an import brings them. */
  admitPerson(person: Person): Person;
  changePerson(id: string, changes: Partial<Omit<Person, 'id'>>): Person;
  deletePerson(id: string): void;
  addGroup(name: string, description: string, more?: Omit<GroupEdit, 'name' | 'description'>): UserGroup;
  changeGroup(id: string, changes: GroupEdit): UserGroup;
  /** The same as `changeGroup(id, { name })`. */
  renameGroup(id: string, name: string): UserGroup;
  deleteGroup(id: string): void;
  join(person: string, group: string): void;
  leave(person: string, group: string): void;
  addApplication(draft: ApplicationDraft): Application;
  /** @throws DirectoryError for another name or SSO URL too: these are fixed (JC-9b) */
  changeApplication(changes: Partial<ApplicationDraft>, application?: string): Application;
  /** `typedCount`: how many applications the admin says are deleted; anything but 1 keeps it (JC-8c). */
  deleteApplication(application?: string, typedCount?: number): void;
  bind(group: string, application?: string): void;
  unbind(group: string, application?: string): void;
  setActive(active: boolean, application?: string): void;
  setManageGroups(on: boolean, application?: string): void;
  /** Puts a person in as they are, id included, and tells nobody: for what the directory starts with. */
  load(person: Person): void;
}

/** What a directory is made with. */
export interface DirectoryOptions {
  readonly newId: () => string;
  /** Name of an application to start with; without it there is none. */
  readonly applicationName?: string;
  readonly manageGroups?: boolean;
  /** Milliseconds since the epoch, for when people were made; without it that stays empty. */
  readonly now?: () => number;
  /** State of new people who come without one; activated where nothing is said. */
  readonly newPersonStates?: Partial<Readonly<Record<PersonSource, PersonState>>>;
  /** Hears of each change once it is made. */
  readonly onChange: (change: Change) => void;
}

/** An empty directory in memory. Its application, where it has one, is bound to nothing and not active. */
export function createDirectory(options: DirectoryOptions): Directory {
  const { newId, applicationName, manageGroups = false, now, newPersonStates = {}, onChange } = options;
  const people = new Map<string, Person>();
  const reports = new Map<string, Set<string>>();
  const unique = createUniqueFields();
  const groups = createGroups({ newId, onChange });
  const applications = createApplications({ newId, group: groups.known, onChange });
  // What is there from the start is no change.
  if (applicationName !== undefined) applications.load({ name: applicationName, manageGroups });

  const knownPerson = (id: string): Person => {
    const person = people.get(id);
    if (!person) throw new DirectoryError('unknown-person', id, `nobody in the directory has the id "${id}"`);
    return person;
  };
  const refuseUnknownManager = (manager: string | undefined, self?: string) => {
    if (!manager) return;
    if (manager === self) {
      throw new DirectoryError('invalid-value', manager, 'a person cannot be their own manager', 'manager');
    }
    if (people.has(manager)) return;
    const message = `the manager "${manager}" is the id of nobody in the directory`;
    throw new DirectoryError('unknown-person', manager, message, 'manager');
  };
  const store = (person: Person, before?: Person) => {
    if (before) unique.free(before);
    unique.claim(person);
    people.set(person.id, person);
    if (before?.manager === person.manager) return;
    if (before) reports.get(before.manager)?.delete(before.id);
    if (person.manager === '') return;
    reports.set(person.manager, (reports.get(person.manager) ?? new Set()).add(person.id));
  };
  const load = (person: Person) => {
    refuseInvalid(person);
    unique.refuseTaken(person);
    store(person, people.get(person.id));
  };
  const change = (before: Person, changes: Partial<Omit<Person, 'id'>>): Person => {
    const person = completePerson(before.id, { ...before, ...changes });
    if (sameRecord(before, person)) return before;
    refuseInvalid(person);
    if (person.state === 'STAGED' && before.state !== 'STAGED') {
      const message = `${before.email} was activated already; the state can be ACTIVATED or SUSPENDED`;
      throw new DirectoryError('invalid-value', person.state, message, 'state');
    }
    if (person.manager !== before.manager) refuseUnknownManager(person.manager, before.id);
    unique.refuseTaken(person);
    store(person, before);
    onChange({ kind: 'person-changed', before, person });
    return person;
  };

  return {
    person: id => people.get(id),
    personBy: (field, value) => people.get(unique.ownerOf(field, value) ?? ''),
    group: groups.get,
    groupNamed: groups.named,
    groupName: groups.nameOf,
    people: () => [...people.values()],
    groups: groups.list,
    applications: applications.list,
    application: applications.get,
    groupsOf: groups.of,
    isMember: groups.isMember,
    isBound: applications.isBound,
    boundTo: applications.boundTo,

    load,
    admitPerson(person) {
      if (people.has(person.id)) {
        const message = `there is somebody with the id "${person.id}" already`;
        throw new DirectoryError('duplicate-id', person.id, message, 'id');
      }
      load(person);
      onChange({ kind: 'person-created', person });
      return person;
    },
    addPerson(draft, source = 'manualEntry') {
      const person = completePerson(newId(), {
        state: newPersonStates[source] ?? 'ACTIVATED',
        created: now ? new Date(now()).toISOString() : '',
        ...draft,
      });
      refuseInvalid(person);
      refuseUnknownManager(person.manager);
      unique.refuseTaken(person);
      store(person);
      onChange({ kind: 'person-created', person });
      return person;
    },
    changePerson: (id, changes) => change(knownPerson(id), changes),
    deletePerson(id) {
      const person = knownPerson(id);
      const left = groups.forgetPerson(id);
      people.delete(id);
      unique.free(person);
      reports.get(person.manager)?.delete(id);
      onChange({ kind: 'person-deleted', person, groups: left });
      const orphans = [...(reports.get(id) ?? [])];
      reports.delete(id);
      for (const orphan of orphans) change(knownPerson(orphan), { manager: '' });
    },
    addGroup: (name, description, more) => groups.add({ name, description, ...more }),
    changeGroup: groups.change,
    renameGroup: (id, name) => groups.change(id, { name }),
    deleteGroup(id) {
      const group = groups.delete(id);
      onChange({ kind: 'group-deleted', group, applications: applications.forgetGroup(id) });
    },
    join: (person, group) => groups.join(knownPerson(person), group),
    leave: (person, group) => groups.leave(knownPerson(person), group),
    addApplication: applications.add,
    changeApplication: applications.change,
    deleteApplication: applications.delete,
    bind: applications.bind,
    unbind: applications.unbind,
    setActive: applications.setActive,
    setManageGroups: applications.setManageGroups,
  };
}

/** Records are built with their members in one order, so equal text means equal records. */
const sameRecord = (a: Person, b: Person): boolean => JSON.stringify(a) === JSON.stringify(b);
