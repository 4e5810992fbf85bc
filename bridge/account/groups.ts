import { ScimError } from '../../scim/message/error.ts';
import { isObject } from '../../scim/message/list.ts';
import { GROUP } from '../../scim/message/urn.ts';
import { ControlError } from '../../scim/target.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import type { Resource } from '../resource/resource.ts';
import { list } from '../store/value-index.ts';
import type { Law } from './law.ts';
import type { Cause, Draft, Ground, Group } from './model.ts';
import type { Shelf } from './shelf.ts';
import type { GroupRecord, State } from './state.ts';

/** Groups of the account: those that provisioning manages are on the shelf, all others are kept out of its sight. */
export interface Groups {
  /** POST. @throws ScimError 400, 403, 409 */
  create(given: Resource): void;
  /** PUT and PATCH. @throws ScimError 400 */
  write(before: Resource, given: Resource): void;
  /** DELETE. */
  remove(id: string): void;
  /** Takes somebody who is gone out of the groups that are out of sight. */
  forget(person: string): void;
  view(record: GroupRecord): Group;
  /** The groups that somebody is in, each with all its members. */
  of(person: string): readonly { readonly record: GroupRecord; readonly members: readonly string[] }[];
  /** Puts a group in by hand, out of the sight of provisioning. */
  add(name: string, members: readonly string[], permissions: readonly string[], origin: Group['origin']): GroupRecord;
  setMembers(record: GroupRecord, members: readonly string[]): void;
  setPermissions(record: GroupRecord, permissions: readonly string[]): void;
  /** Selects all of them or none. @throws ControlError 403 for a group that is never managed */
  select(records: readonly GroupRecord[]): void;
  unselect(record: GroupRecord, rule: Ground): void;
  /** Lets go of every group that must not be managed. */
  protect(): void;
}

interface Parts {
  readonly law: Law;
  readonly state: State;
  readonly shelf: Shelf;
}

export function createGroups({ law, state, shelf }: Parts): Groups {
  const { profile, settings, on } = law;
  // The bridge of a customer bars none (OP-44d).
  const barred: ReadonlySet<string> = new Set(on('OP-44a') && on('OP-44b') ? profile.protectedPermissions : []);
  const isHidden = (origin: Group['origin']): boolean =>
    origin === 'built-in' ? on('OP-45d') : on('OP-37a') && on('OP-37b');
  const isUnique = settings.duplicateGroup === 409 || !on('OP-37c');
  const isPowerful = ({ permissions }: GroupRecord): boolean => permissions.some(permission => barred.has(permission));

  const resourceOf = (record: GroupRecord): Resource => {
    const resource = record.parked ?? shelf.get(record.id);
    if (!resource) throw new Error(`group ${record.id} is neither in sight nor out of it`);
    return resource;
  };
  const nameOf = (record: GroupRecord): string => text(resourceOf(record)['displayName']);
  const note = (
    record: Pick<GroupRecord, 'id'>,
    step: (Draft & { kind: 'group' })['step'],
    rule: Ground,
    cause: Cause,
    name: string,
  ): void => {
    state.note({ kind: 'group', group: record.id, step, rule, cause, says: `group ${name}: ${step}` });
  };
  const park = (record: GroupRecord): GroupRecord => {
    const parked = resourceOf(record);
    shelf.take(record.id);
    const next = { ...record, managed: false, parked };
    state.setGroup(next);
    return next;
  };
  const show = (record: GroupRecord): GroupRecord => {
    const next = { ...record, managed: true, parked: undefined };
    shelf.put('Group', resourceOf(record));
    state.setGroup(next);
    return next;
  };
  const store = (record: GroupRecord, resource: Resource): void => {
    if (record.parked) state.setGroup({ ...record, parked: resource });
    else shelf.change(record.id, resource);
  };
  const refuseBarred = (record: GroupRecord): void => {
    if (on('OP-44c') && isPowerful(record)) {
      const held = record.permissions.filter(permission => barred.has(permission)).join(', ');
      throw new ControlError(
        403,
        `${nameOf(record)} has ${held}, and provisioning never manages such a group`,
        'OP-44c',
      );
    }
    if (on('OP-45d') && record.origin === 'built-in') {
      throw new ControlError(403, `${nameOf(record)} belongs to 1Password itself and is not managed`, 'OP-45d');
    }
  };
  const unselect: Groups['unselect'] = (record, rule) => {
    if (!record.managed) return;
    const next = park(record);
    note(next, 'unselected', rule, 'administrator', nameOf(next));
  };
  const view = (record: GroupRecord): Group => {
    const { id, origin, managed, permissions, guests } = record;
    const resource = resourceOf(record);
    const members = [...membersOf(resource), ...guests];
    return { id, name: text(resource['displayName']), members, managed, permissions, origin };
  };

  return {
    view,
    of: person =>
      [...state.groups.values()].flatMap(record => {
        const { members } = view(record);
        return members.includes(person) ? [{ record, members }] : [];
      }),
    create(given) {
      const name = text(given['displayName']);
      if (isUnique && [...state.groups.values()].some(record => nameOf(record) === name)) {
        throw new ScimError(409, 'uniqueness', `the account has a group ${JSON.stringify(name)} already`);
      }
      const record: GroupRecord = {
        id: given.id,
        origin: 'provisioning',
        managed: true,
        permissions: [],
        parked: undefined,
        guests: [],
      };
      shelf.put('Group', given);
      state.setGroup(record);
      note(record, 'created', 'OP-35', 'provisioning', name);
    },
    write(before, given) {
      shelf.change(before.id, given);
      const after = shelf.get(before.id);
      if (!after) return;
      const [was, is] = [text(before['displayName']), text(after['displayName'])];
      if (was !== is) note(before, 'renamed', 'OP-38', 'provisioning', is);
      if (before['members'] === after['members']) return;
      const grows = list(after['members']).length > list(before['members']).length;
      note(before, 'members', grows ? 'OP-36a' : 'OP-36b', 'provisioning', is);
    },
    remove(id) {
      const record = state.groups.get(id);
      if (!record) return;
      const name = nameOf(record);
      shelf.take(id);
      state.dropGroup(id);
      note(record, 'deleted', 'OP-39', 'provisioning', name);
    },
    forget(person) {
      for (const record of state.groups.values()) {
        const { parked, guests } = record;
        if (guests.includes(person)) state.setGroup({ ...record, guests: guests.filter(id => id !== person) });
        else if (parked && membersOf(parked).includes(person)) {
          state.setGroup({
            ...record,
            parked: withMembers(
              parked,
              membersOf(parked).filter(id => id !== person),
            ),
          });
        }
      }
    },
    add(name, members, permissions, origin) {
      const id = shelf.newId('Group');
      const [seen, guests] = split(state, members);
      const bare: Resource = { schemas: [GROUP], id, displayName: name, meta: shelf.meta('Group') };
      const record: GroupRecord = {
        id,
        origin,
        managed: false,
        permissions,
        parked: withMembers(bare, seen),
        guests,
      };
      state.setGroup(record);
      note(record, 'created', origin === 'built-in' ? 'OP-45a' : 'control', 'administrator', name);
      return isHidden(origin) ? record : show(record);
    },
    setMembers(record, members) {
      const [seen, guests] = split(state, members);
      const next = { ...record, guests };
      state.setGroup(next);
      store(next, withMembers(resourceOf(record), seen));
      note(record, 'members', 'control', 'administrator', nameOf(next));
    },
    setPermissions(record, permissions) {
      const next = { ...record, permissions };
      state.setGroup(next);
      note(record, 'permissions', 'control', 'administrator', nameOf(next));
      if (isPowerful(next)) unselect(next, 'OP-44a');
    },
    select(records) {
      for (const record of records) refuseBarred(record);
      for (const record of records) {
        if (!record.managed) note(show(record), 'selected', 'OP-37d', 'administrator', nameOf(record));
      }
    },
    unselect,
    protect() {
      for (const record of state.groups.values()) if (isPowerful(record)) unselect(record, 'OP-44a');
    },
  };
}

/** Ids of the members of a group resource. */
const membersOf = (resource: JsonObject): readonly string[] =>
  list(resource['members']).flatMap((member: Json) =>
    isObject(member) && typeof member['value'] === 'string' ? [member['value']] : [],
  );

function withMembers(resource: Resource, ids: readonly string[]): Resource {
  const { members: _, ...rest } = resource;
  const members = [...new Set(ids)].map(value => ({ value, type: 'User' }));
  return { ...rest, id: resource.id, ...(members.length > 0 && { members }) };
}

/** People by whether provisioning sees them. */
function split({ people }: State, ids: readonly string[]): [seen: readonly string[], guests: readonly string[]] {
  const isGuest = (id: string): boolean => people.get(id)?.role === 'guest';
  return [ids.filter(id => !isGuest(id)), ids.filter(isGuest)];
}

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
