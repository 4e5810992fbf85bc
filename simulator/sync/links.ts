/** A group as it is known to stand at the service provider. */
export interface GroupLink {
  readonly id: string;
  readonly displayName: string;
  /** Ids of people whose membership was sent. */
  readonly members: Set<string>;
  /** Left alone for a while (unbound, provisioning or group management off): has to be looked at again (JC-Q27). */
  readonly released: boolean;
}

/** Who and what at the service provider belongs to which person and user group. */
export interface Links {
  userOf(person: string): string | undefined;
  groupOf(group: string): GroupLink | undefined;
  linkUser(person: string, id: string): void;
  /** Forgets the memberships of the user too. */
  dropUser(person: string): void;
  linkGroup(group: string, id: string, displayName: string): void;
  dropGroup(group: string): void;
  /** The new name of a linked group, once sent. */
  renamed(group: string, displayName: string): void;
  /** Forgets what is known of a group but its id; without argument, of all. */
  release(group?: string): void;
}

/** The ledger of an application that has linked nobody yet. */
export function createLinks(): Links {
  const users = new Map<string, string>();
  const groups = new Map<string, GroupLink>();
  const releaseOne = (group: string) => {
    const link = groups.get(group);
    if (link) groups.set(group, { ...link, members: new Set(), released: true });
  };
  return {
    userOf: person => users.get(person),
    groupOf: group => groups.get(group),
    linkUser: (person, id) => void users.set(person, id),
    dropUser(person) {
      users.delete(person);
      for (const { members } of groups.values()) members.delete(person);
    },
    linkGroup: (group, id, displayName) =>
      void groups.set(group, { id, displayName, members: new Set(), released: false }),
    dropGroup: group => void groups.delete(group),
    renamed(group, displayName) {
      const link = groups.get(group);
      if (link) groups.set(group, { ...link, displayName });
    },
    release(group) {
      for (const id of group === undefined ? groups.keys() : [group]) releaseOne(id);
    },
  };
}
