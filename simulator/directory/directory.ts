import type { PersonDraft } from '../admin.ts';
import type { Change } from './change.ts';
import { DirectoryError } from './error.ts';
import type { Application, Person, UserGroup } from './model.ts';
import { createUniqueFields } from './unique.ts';
import { completePerson, refuseInvalid } from './validate.ts';

/** The directory as readers see it. Look-ups by id give undefined for what is not there (any more). */
export interface DirectoryView {
  person(id: string): Person | undefined;
  group(id: string): UserGroup | undefined;
  /** The same as `group(id)?.name`, without a copy of its members. */
  groupName(id: string): string | undefined;
  people(): readonly Person[];
  groups(): readonly UserGroup[];
  application(): Application;
  /** Ids of the groups a person is in, in the order of joining. */
  groupsOf(person: string): readonly string[];
  isMember(person: string, group: string): boolean;
  isBound(group: string): boolean;
}

/** The directory with what changes it. Every method throws DirectoryError and then has changed nothing. */
export interface Directory extends DirectoryView {
  addPerson(draft: PersonDraft): Person;
  changePerson(id: string, changes: Partial<Omit<Person, 'id'>>): Person;
  deletePerson(id: string): void;
  addGroup(name: string, description: string): UserGroup;
  renameGroup(id: string, name: string): UserGroup;
  deleteGroup(id: string): void;
  join(person: string, group: string): void;
  leave(person: string, group: string): void;
  bind(group: string): void;
  unbind(group: string): void;
  setActive(active: boolean): void;
  setManageGroups(on: boolean): void;
  /** Puts a person in as they are, id included, and tells nobody: for what the directory starts with. */
  load(person: Person): void;
}

/** What a directory is made with. */
export interface DirectoryOptions {
  readonly newId: () => string;
  readonly applicationName: string;
  readonly manageGroups: boolean;
  /** Hears of each change once it is made. */
  readonly onChange: (change: Change) => void;
}

interface StoredGroup {
  readonly id: string;
  name: string;
  readonly description: string;
  readonly members: Set<string>;
}

/** An empty directory in memory with one application that is not active yet. */
export function createDirectory({ newId, applicationName, manageGroups, onChange }: DirectoryOptions): Directory {
  const people = new Map<string, Person>();
  const groups = new Map<string, StoredGroup>();
  const memberships = new Map<string, Set<string>>();
  const bound = new Set<string>();
  const unique = createUniqueFields();
  const application = { id: newId(), name: applicationName, active: false, manageGroups };

  const knownPerson = (id: string): Person => {
    const person = people.get(id);
    if (!person) throw new DirectoryError('unknown-person', id, `nobody in the directory has the id "${id}"`);
    return person;
  };
  const knownGroup = (id: string): StoredGroup => {
    const group = groups.get(id);
    if (!group) throw new DirectoryError('unknown-group', id, `no user group in the directory has the id "${id}"`);
    return group;
  };
  const refuseTakenName = (name: string, self?: string) => {
    if (name === '') throw new DirectoryError('invalid-value', name, 'a user group needs a name');
    const other = [...groups.values()].find(group => group.name === name && group.id !== self);
    if (other) throw new DirectoryError('duplicate-group', name, `there is a user group "${name}" already`);
  };
  const refuseUnknownManager = (manager: string | undefined, self?: string) => {
    if (!manager) return;
    if (manager === self) {
      throw new DirectoryError('invalid-value', manager, 'a person cannot be their own manager');
    }
    knownPerson(manager);
  };
  const store = (person: Person) => {
    unique.claim(person);
    people.set(person.id, person);
    memberships.set(person.id, memberships.get(person.id) ?? new Set());
  };
  const change = (before: Person, changes: Partial<Omit<Person, 'id'>>): Person => {
    const person = completePerson(before.id, { ...before, ...changes });
    if (sameRecord(before, person)) return before;
    refuseInvalid(person);
    refuseUnknownManager(changes.manager, before.id);
    unique.refuseTaken(person);
    unique.free(before);
    store(person);
    onChange({ kind: 'person-changed', before, person });
    return person;
  };

  return {
    person: id => people.get(id),
    group: id => view(groups.get(id)),
    groupName: id => groups.get(id)?.name,
    people: () => [...people.values()],
    groups: () => [...groups.values()].map(group => view(group)),
    application: () => ({ ...application, boundGroups: [...bound] }),
    groupsOf: person => [...(memberships.get(person) ?? [])],
    isMember: (person, group) => groups.get(group)?.members.has(person) ?? false,
    isBound: group => bound.has(group),

    load(person) {
      refuseInvalid(person);
      unique.refuseTaken(person);
      store(person);
    },
    addPerson(draft) {
      const person = completePerson(newId(), draft);
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
      const left = [...(memberships.get(id) ?? [])];
      for (const group of left) groups.get(group)?.members.delete(id);
      memberships.delete(id);
      people.delete(id);
      unique.free(person);
      onChange({ kind: 'person-deleted', person, groups: left });
      for (const report of people.values()) if (report.manager === id) change(report, { manager: '' });
    },
    addGroup(name, description) {
      refuseTakenName(name);
      const group = { id: newId(), name, description, members: new Set<string>() };
      groups.set(group.id, group);
      onChange({ kind: 'group-created', group: view(group) });
      return view(group);
    },
    renameGroup(id, name) {
      const group = knownGroup(id);
      refuseTakenName(name, id);
      if (group.name === name) return view(group);
      group.name = name;
      onChange({ kind: 'group-renamed', group: view(group) });
      return view(group);
    },
    deleteGroup(id) {
      const group = knownGroup(id);
      groups.delete(id);
      for (const person of group.members) memberships.get(person)?.delete(id);
      const wasBound = bound.delete(id);
      onChange({ kind: 'group-deleted', group: view(group), bound: wasBound });
    },
    join(personId, groupId) {
      const person = knownPerson(personId);
      const group = knownGroup(groupId);
      if (group.members.has(personId)) {
        throw new DirectoryError('already-member', personId, `${person.email} is in "${group.name}" already`);
      }
      group.members.add(personId);
      memberships.get(personId)?.add(groupId);
      onChange({ kind: 'member-added', person, group: { id: groupId, name: group.name } });
    },
    leave(personId, groupId) {
      const person = knownPerson(personId);
      const group = knownGroup(groupId);
      if (!group.members.delete(personId)) {
        throw new DirectoryError('not-member', personId, `${person.email} is not in "${group.name}"`);
      }
      memberships.get(personId)?.delete(groupId);
      onChange({ kind: 'member-removed', person, group: { id: groupId, name: group.name } });
    },
    bind(id) {
      const group = knownGroup(id);
      if (bound.has(id)) {
        throw new DirectoryError('already-bound', id, `"${group.name}" is bound to ${application.name} already`);
      }
      bound.add(id);
      onChange({ kind: 'group-bound', group: view(group) });
    },
    unbind(id) {
      const group = knownGroup(id);
      if (!bound.delete(id)) {
        throw new DirectoryError('not-bound', id, `"${group.name}" is not bound to ${application.name}`);
      }
      onChange({ kind: 'group-unbound', group: view(group) });
    },
    setActive(active) {
      if (application.active === active) return;
      application.active = active;
      onChange({ kind: active ? 'activated' : 'deactivated' });
    },
    setManageGroups(on) {
      if (application.manageGroups === on) return;
      application.manageGroups = on;
      onChange({ kind: 'group-management', on });
    },
  };
}

function view(group: StoredGroup): UserGroup;
function view(group: StoredGroup | undefined): UserGroup | undefined;
function view(group: StoredGroup | undefined): UserGroup | undefined {
  return group && { ...group, members: [...group.members] };
}

/** Records are built with their members in one order, so equal text means equal records. */
const sameRecord = (a: Person, b: Person): boolean => JSON.stringify(a) === JSON.stringify(b);
