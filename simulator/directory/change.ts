import type { Application, Person, UserGroup } from './model.ts';

/**
 * Something that happened in the directory, told after it happened. `application` is the id of the one it is about;
 * changes of people, groups and memberships are about every application that a group of theirs is bound to.
 */
export type Change =
  | { readonly kind: 'person-created'; readonly person: Person }
  | { readonly kind: 'person-changed'; readonly before: Person; readonly person: Person }
  /** `groups`: ids of the groups the person was in until then. */
  | { readonly kind: 'person-deleted'; readonly person: Person; readonly groups: readonly string[] }
  | { readonly kind: 'group-created'; readonly group: UserGroup }
  | { readonly kind: 'group-renamed'; readonly group: UserGroup }
  /** Something other than the name or the members is new, such as the description (JC-36, JC-40). */
  | { readonly kind: 'group-changed'; readonly before: UserGroup; readonly group: UserGroup }
  /** `group` as it was, members included; `applications`: ids of those that were bound to it. */
  | { readonly kind: 'group-deleted'; readonly group: UserGroup; readonly applications: readonly string[] }
  | {
      readonly kind: 'member-added' | 'member-removed';
      readonly person: Person;
      // Without its members: a group of thousands would be copied for each one that joins.
      readonly group: Pick<UserGroup, 'id' | 'name'>;
    }
  | { readonly kind: 'group-bound' | 'group-unbound'; readonly group: UserGroup; readonly application: string }
  | { readonly kind: 'activated' | 'deactivated'; readonly application: string }
  | { readonly kind: 'group-management'; readonly on: boolean; readonly application: string }
  /** The application as it is, or as it was, bindings included. */
  | {
      readonly kind: 'application-created' | 'application-changed' | 'application-deleted';
      readonly application: Application;
    };
