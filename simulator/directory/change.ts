import type { Person, UserGroup } from './model.ts';

/** Something that happened in the directory, told after it happened. */
export type Change =
  | { readonly kind: 'person-created'; readonly person: Person }
  | { readonly kind: 'person-changed'; readonly before: Person; readonly person: Person }
  /** `groups`: ids of the groups the person was in until then. */
  | { readonly kind: 'person-deleted'; readonly person: Person; readonly groups: readonly string[] }
  | { readonly kind: 'group-created'; readonly group: UserGroup }
  | { readonly kind: 'group-renamed'; readonly group: UserGroup }
  /** `group` as it was, members included; `bound`: whether the application was bound to it. */
  | { readonly kind: 'group-deleted'; readonly group: UserGroup; readonly bound: boolean }
  | {
      readonly kind: 'member-added' | 'member-removed';
      readonly person: Person;
      // Without its members: a group of thousands would be copied for each one that joins.
      readonly group: Pick<UserGroup, 'id' | 'name'>;
    }
  | { readonly kind: 'group-bound' | 'group-unbound'; readonly group: UserGroup }
  | { readonly kind: 'activated' | 'deactivated' }
  | { readonly kind: 'group-management'; readonly on: boolean };
