import type { Operation } from '../admin.ts';
import type { Change } from '../directory/change.ts';
import type { ApplicationView } from './access.ts';

/** Whether a change is about an application other than this one. */
export const concernsAnother = (change: Change, id: string): boolean =>
  'application' in change &&
  (typeof change.application === 'string' ? change.application : change.application.id) !== id;

/** Whether a change is about the person or the group of a failed operation that is still due. */
export function isDue(change: Change, { kind, person, people = [], group }: Operation, view: ApplicationView): boolean {
  // Not due any more; sending it would find that out, with a line in the results that says nothing.
  if (kind === 'deactivate-user' && person !== undefined && view.isEntitled(person)) return false;
  // Whoever is gone from the directory has no changes of their own any more: any other will do.
  if (person !== undefined && !view.person(person)) return true;
  if (person === undefined && group !== undefined && view.groupName(group) === undefined) return true;
  const changedPerson = 'person' in change ? change.person.id : undefined;
  const changedGroup = 'group' in change ? change.group.id : undefined;
  return (
    (person !== undefined && (person === changedPerson || view.isMember(person, changedGroup ?? ''))) ||
    (group !== undefined && group === changedGroup) ||
    (changedPerson !== undefined && people.includes(changedPerson))
  );
}
