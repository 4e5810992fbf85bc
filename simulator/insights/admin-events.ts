import type { Change } from '../directory/change.ts';
import type { DirectoryView } from '../directory/directory.ts';
import type { Person, UserGroup } from '../directory/model.ts';
import type { AdminEventType, Happening } from './event.ts';

/** Names of the directory's own fields whose values are not repeated in an event: they hold a list or an object. */
const withoutValue = (value: unknown): boolean => typeof value === 'object';

/** What an admin did, as events: none for what belongs to an integration, which has events of its own (JC-53a). */
export function happeningsOf(change: Change, directory: DirectoryView): readonly Happening[] {
  switch (change.kind) {
    case 'person-created':
      return [onPerson('user_create', change.person)];
    case 'person-deleted':
      return [onPerson('user_delete', change.person)];
    case 'person-changed':
      return changesOf(change.before, change.person);
    case 'group-created':
      return [onGroup('group_create', change.group)];
    case 'group-deleted':
      return [onGroup('group_delete', change.group)];
    case 'group-renamed':
    case 'group-changed':
      return [onGroup('group_update', change.group)];
    case 'member-added':
    case 'member-removed':
      return [
        association(change.kind === 'member-added' ? 'add' : 'remove', change.group, {
          type: 'user',
          object_id: change.person.id,
          name: change.person.username,
        }),
      ];
    case 'group-bound':
    case 'group-unbound':
      return [
        association(change.kind === 'group-bound' ? 'add' : 'remove', change.group, {
          type: 'application',
          object_id: change.application,
          name: directory.application(change.application).displayLabel,
        }),
      ];
    case 'application-created':
    case 'application-changed':
    case 'application-deleted': {
      const { id, name, displayLabel } = change.application;
      return [
        {
          by: 'admin',
          event_type: APPLICATION_EVENTS[change.kind],
          success: true,
          resource: { type: 'application', id, name },
          application: { id, name, display_label: displayLabel },
        },
      ];
    }
    case 'activated':
    case 'deactivated':
    case 'group-management':
      return [];
  }
}

const APPLICATION_EVENTS = {
  'application-created': 'application_create',
  'application-changed': 'application_update',
  'application-deleted': 'application_delete',
} as const;

/** A change of state has an event of its own beside what else changed. */
function changesOf(before: Person, person: Person): readonly Happening[] {
  const fields = (Object.keys(person) as readonly (keyof Person)[]).filter(
    field => JSON.stringify(before[field]) !== JSON.stringify(person[field]),
  );
  const changes = fields
    .filter(field => field !== 'state')
    .map(field => (withoutValue(person[field]) ? { field } : { field, from: before[field], to: person[field] }));
  const state = stateEvent(before, person);
  return [
    ...(changes.length > 0 ? [{ ...onPerson('user_update', person), changes }] : []),
    ...(state ? [onPerson(state, person)] : []),
  ];
}

function stateEvent(before: Person, { state }: Person): AdminEventType | undefined {
  if (before.state === state) return undefined;
  if (state === 'SUSPENDED') return 'user_suspended';
  return before.state === 'SUSPENDED' ? 'user_unsuspended' : 'user_activated';
}

const onPerson = (event_type: AdminEventType, { id, username }: Person): Happening => ({
  by: 'admin',
  event_type,
  success: true,
  resource: { type: 'user', id, username },
});

const onGroup = (event_type: AdminEventType, { id, name }: UserGroup): Happening => ({
  by: 'admin',
  event_type,
  success: true,
  resource: { type: 'user_group', id, name },
});

const association = (
  op: 'add' | 'remove',
  { id, name }: Pick<UserGroup, 'id' | 'name'>,
  to: NonNullable<Happening['association']>['connection']['to'],
): Happening => ({
  by: 'admin',
  event_type: 'association_change',
  success: true,
  resource: { type: 'user_group', id, name },
  association: {
    op,
    action_source: 'ui',
    connection: { from: { type: 'user_group', object_id: id, name }, to },
  },
});
