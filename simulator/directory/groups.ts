import type { Change } from './change.ts';
import { DirectoryError } from './error.ts';
import type { GroupEdit, Person, UserGroup } from './model.ts';
import { completeGroup, refuseInvalidGroup } from './validate.ts';

/** User groups and who is in them. */
export interface Groups {
  get(id: string): UserGroup | undefined;
  /** @throws DirectoryError when there is none */
  known(id: string): UserGroup;
  named(name: string): UserGroup | undefined;
  nameOf(id: string): string | undefined;
  list(): readonly UserGroup[];
  /** Ids of the groups a person is in, in the order of joining. */
  of(person: string): readonly string[];
  isMember(person: string, group: string): boolean;
  add(group: GroupEdit & Pick<UserGroup, 'name'>): UserGroup;
  change(id: string, changes: GroupEdit): UserGroup;
  /** The group as it was. Tells nobody. */
  delete(id: string): UserGroup;
  join(person: Person, group: string): void;
  leave(person: Person, group: string): void;
  /** Takes a person out of all groups and answers their ids. Tells nobody. */
  forgetPerson(person: string): readonly string[];
}

type StoredGroup = Omit<UserGroup, 'members'> & { readonly members: Set<string> };

/** User groups of a directory, none at first. */
export function createGroups(options: { newId: () => string; onChange: (change: Change) => void }): Groups {
  const { newId, onChange } = options;
  const groups = new Map<string, StoredGroup>();
  const names = new Map<string, string>();
  const memberships = new Map<string, Set<string>>();

  const stored = (id: string): StoredGroup => {
    const group = groups.get(id);
    if (!group) throw new DirectoryError('unknown-group', id, `no user group in the directory has the id "${id}"`);
    return group;
  };
  const get = (id: string): UserGroup | undefined => {
    const group = groups.get(id);
    return group && view(group);
  };
  const refuse = (group: Omit<UserGroup, 'members'>) => {
    refuseInvalidGroup(group);
    const owner = names.get(group.name);
    if (owner === undefined || owner === group.id) return;
    throw new DirectoryError('duplicate-group', group.name, `there is a user group "${group.name}" already`, 'name');
  };

  return {
    get,
    known: id => view(stored(id)),
    named: name => get(names.get(name) ?? ''),
    nameOf: id => groups.get(id)?.name,
    list: () => [...groups.values()].map(view),
    of: person => [...(memberships.get(person) ?? [])],
    isMember: (person, group) => groups.get(group)?.members.has(person) ?? false,

    add(draft) {
      const fields = completeGroup('', draft);
      refuse(fields);
      const group = { ...fields, id: newId(), members: new Set<string>() };
      groups.set(group.id, group);
      names.set(group.name, group.id);
      onChange({ kind: 'group-created', group: view(group) });
      return view(group);
    },
    change(id, changes) {
      const before = stored(id);
      const fields = completeGroup(id, { ...before, ...changes });
      refuse(fields);
      const group = { ...fields, members: before.members };
      groups.set(id, group);
      names.delete(before.name);
      names.set(group.name, id);
      if (before.name !== group.name) onChange({ kind: 'group-renamed', group: view(group) });
      // Built with their members in one order, so equal text means equal fields.
      if (JSON.stringify({ ...fields, name: '' }) !== JSON.stringify(completeGroup(id, { ...before, name: '' }))) {
        onChange({ kind: 'group-changed', before: view(before), group: view(group) });
      }
      return view(group);
    },
    delete(id) {
      const group = stored(id);
      groups.delete(id);
      names.delete(group.name);
      for (const person of group.members) memberships.get(person)?.delete(id);
      return view(group);
    },
    join(person, id) {
      const { name, members } = stored(id);
      if (members.has(person.id)) {
        throw new DirectoryError('already-member', person.id, `${person.email} is in "${name}" already`);
      }
      members.add(person.id);
      memberships.set(person.id, (memberships.get(person.id) ?? new Set()).add(id));
      onChange({ kind: 'member-added', person, group: { id, name } });
    },
    leave(person, id) {
      const { name, members } = stored(id);
      if (!members.delete(person.id)) {
        throw new DirectoryError('not-member', person.id, `${person.email} is not in "${name}"`);
      }
      memberships.get(person.id)?.delete(id);
      onChange({ kind: 'member-removed', person, group: { id, name } });
    },
    forgetPerson(person) {
      const left = [...(memberships.get(person) ?? [])];
      for (const group of left) groups.get(group)?.members.delete(person);
      memberships.delete(person);
      return left;
    },
  };
}

const view = (group: StoredGroup): UserGroup => ({ ...group, members: [...group.members] });
