/** The model of a whole service provider, and what it answers. */
import { ENTERPRISE_USER, GROUP, USER } from '../../scim/message/urn.ts';
import { matchesUser, type Filter } from './filters.ts';
import { patchUser, readUser, Refused, schemasOf, type Operation, type Sent, type User } from './model.ts';

export interface Group {
  displayName: string;
  /** Keys of users. */
  members: string[];
}

/** What a request asks of the answer. */
export interface Shown {
  readonly mode: 'attributes' | 'excludedAttributes' | 'none';
  readonly names: readonly string[];
}

export interface ListQuery {
  readonly filter?: Filter;
  readonly sortBy?: 'userName' | 'displayName' | 'externalId' | 'emails';
  readonly descending?: boolean;
  readonly startIndex?: number;
  readonly count?: number;
}

export type Body = Record<string, unknown>;

/** Users and groups by id, in the order of creation. Every method throws `Refused` where a request is refused. */
export class World {
  readonly users = new Map<string, User>();
  readonly groups = new Map<string, Group>();

  /** Reads a user for a POST or PUT; `id` is that of the user it replaces. */
  read(sent: Sent, id?: string): User {
    const user = readUser(sent);
    this.refuseTaken(user, id);
    return user;
  }

  patched(id: string, operations: readonly Operation[]): User {
    const user = patchUser(this.user(id), operations);
    this.refuseTaken(user, id);
    return user;
  }

  user(id: string): User {
    const user = this.users.get(id);
    if (!user) throw new Refused(404);
    return user;
  }

  group(id: string): Group {
    const group = this.groups.get(id);
    if (!group) throw new Refused(404);
    return group;
  }

  deleteUser(id: string): void {
    this.user(id);
    this.users.delete(id);
    for (const group of this.groups.values()) group.members = group.members.filter(member => member !== id);
  }

  /** Members of a group that are users, none twice. */
  members(ids: readonly string[]): string[] {
    for (const id of ids) if (!this.users.has(id)) throw new Refused(400, 'invalidValue');
    return [...new Set(ids)];
  }

  /** A user as it is shown, without `meta`, `id` and addresses. */
  showUser(id: string, { mode, names }: Shown): Body {
    const user = this.user(id);
    const groups = [...this.groups]
      .filter(([, { members }]) => members.includes(id))
      .map(([value, { displayName }]) => ({ value, display: displayName, type: 'direct' }));
    const whole: Body = { ...user, ...(groups.length > 0 && { groups }) };
    const always = { schemas: schemasOf(user), id };
    if (mode === 'none') return { ...whole, ...always };
    const isAmong = (path: string): boolean => names.includes(path);
    const shown: Body = {};
    for (const [name, value] of Object.entries(whole)) {
      const separator = name === ENTERPRISE_USER ? ':' : '.';
      const part = pick(value, sub => {
        const isNamed = isAmong(name) || (sub !== undefined && isAmong(`${name}${separator}${sub}`));
        return mode === 'attributes' ? isNamed : !isNamed;
      });
      if (part !== undefined) shown[name] = part;
    }
    return { ...shown, ...always };
  }

  showGroup(id: string): Body {
    const { displayName, members } = this.group(id);
    const shown = members.map(value => {
      const user = this.user(value);
      return { value, type: 'User', display: user.displayName ?? user.userName };
    });
    return { schemas: [GROUP], id, displayName, ...(shown.length > 0 && { members: shown }) };
  }

  /** Ids of all users that a query finds, and of those on its page. */
  list({ filter, sortBy, descending = false, startIndex = 1, count = 100 }: ListQuery): {
    total: number;
    page: string[];
  } {
    let found = [...this.users].filter(([, user]) => !filter || matchesUser(filter, user));
    if (sortBy) {
      const keyed = found.map(entry => ({ entry, key: sortKey(entry[1], sortBy) }));
      keyed.sort((a, b) =>
        a.key === b.key
          ? 0
          : (b.key === undefined || (a.key !== undefined && a.key < b.key) ? -1 : 1) * (descending ? -1 : 1),
      );
      found = keyed.map(({ entry }) => entry);
    }
    const from = Math.max(startIndex, 1) - 1;
    return { total: found.length, page: found.slice(from, from + Math.max(count, 0)).map(([id]) => id) };
  }

  private refuseTaken({ userName }: User, own: string | undefined): void {
    for (const [id, other] of this.users) {
      if (id !== own && other.userName.toLowerCase() === userName.toLowerCase()) throw new Refused(409, 'uniqueness');
    }
  }
}

function sortKey(user: User, sortBy: NonNullable<ListQuery['sortBy']>): string | undefined {
  if (sortBy === 'externalId') return user.externalId;
  if (sortBy !== 'emails') return user[sortBy]?.toLowerCase();
  return (user.emails?.find(({ primary }) => primary) ?? user.emails?.[0])?.value?.toLowerCase();
}

/** What is left of a value when only some of its members are kept; undefined when nothing is. */
function pick(value: unknown, keep: (sub: string | undefined) => boolean): unknown {
  if (Array.isArray(value)) {
    const elements = value.map(one => pick(one, keep)).filter(one => one !== undefined);
    return elements.length > 0 ? elements : undefined;
  }
  if (typeof value !== 'object' || value === null) return keep(undefined) ? value : undefined;
  const left = Object.entries(value).filter(([sub]) => keep(sub));
  return left.length > 0 ? Object.fromEntries(left) : undefined;
}

export const bodyOf = (sent: Sent): Body => ({ schemas: [USER], ...sent });
