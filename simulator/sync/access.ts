import type { DirectoryView } from '../directory/directory.ts';
import type { Person } from '../directory/model.ts';

/** Whether a person's state lets their account be active: neither staged nor suspended, password not expired (JC-Q15, JC-Q16). */
export const isUsable = ({ state, passwordExpired }: Person): boolean => state === 'ACTIVATED' && !passwordExpired;

/** Ids of the bound groups a person is in: what gives them access (JC-11). */
export const boundGroupsOf = (directory: DirectoryView, person: string): readonly string[] =>
  directory.groupsOf(person).filter(group => directory.isBound(group));

/** Whether a person's account is to be active now: they are there, their state allows it, and a bound group gives access. */
export function isEntitled(directory: DirectoryView, id: string): boolean {
  const person = directory.person(id);
  return person !== undefined && isUsable(person) && boundGroupsOf(directory, id).length > 0;
}
