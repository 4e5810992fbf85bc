import type { Operation } from '../../simulator/index.ts';
import type { Change } from '../../simulator/directory/change.ts';
import type { Revise } from '../../simulator/sync/integration.ts';

/** What happens to people and groups in the directory. */
type Deed =
  | 'hired'
  | 'edited'
  | 'moved'
  | 'suspended'
  | 'reactivated'
  | 'dismissed'
  | 'joined'
  | 'left'
  | 'renamed'
  | 'bound'
  | 'unbound'
  | 'deleted';

/** Operations that are not sent after a deed, where whom it is done to has been through something. */
export interface Omission {
  readonly on: Deed;
  readonly person?: RegExp;
  readonly group?: RegExp;
  /** Without it nothing is sent. */
  readonly omits?: Operation['kind'];
}

/** The omissions as a revision of plans that knows nobody yet. */
export function omitting(omissions: readonly Omission[]): Revise {
  const people = new Map<string, string>();
  const groups = new Map<string, string>();
  return (operations, change) => {
    const deed = deedOf(change);
    const person = 'person' in change ? change.person.id : '';
    const group = 'group' in change ? change.group.id : '';
    const past = { person: people.get(person) ?? '', group: groups.get(group) ?? '' };
    const omission = omissions.find(
      each => each.on === deed && each.person?.test(past.person) !== false && each.group?.test(past.group) !== false,
    );
    people.set(person, `${past.person} ${deed ?? ''}`);
    groups.set(group, `${past.group} ${deed ?? ''}`);
    if (!omission) return operations;
    return omission.omits === undefined ? [] : operations.filter(({ kind }) => kind !== omission.omits);
  };
}

function deedOf(change: Change): Deed | undefined {
  if (change.kind !== 'person-changed') return DEEDS[change.kind];
  const { before, person } = change;
  if (before.state !== person.state) return person.state === 'SUSPENDED' ? 'suspended' : 'reactivated';
  return before.email === person.email ? 'edited' : 'moved';
}

const DEEDS: Readonly<Partial<Record<Change['kind'], Deed>>> = {
  'person-created': 'hired',
  'person-deleted': 'dismissed',
  'member-added': 'joined',
  'member-removed': 'left',
  'group-renamed': 'renamed',
  'group-bound': 'bound',
  'group-unbound': 'unbound',
  'group-deleted': 'deleted',
};
