import type { Admin, OperationResult } from '../../simulator/admin.ts';
import type { Step } from '../step.ts';
import type { Cast } from './cast.ts';

/** Does what a step says; gives what it sent, where it is a sync. @throws DirectoryError where the directory refuses. */
export async function act(step: Step, admin: Admin, cast: Cast): Promise<readonly OperationResult[]> {
  if (step.verb === 'sync') return admin.sync();
  if ('person' in step) actOnPeople(step, admin, cast);
  else if ('group' in step) actOnGroup(step, admin, cast);
  else if (step.verb === 'manage-groups') admin.setManageGroups(step.on);
  else if (step.verb !== 'expect') admin[step.verb]();
  return [];
}

function actOnPeople(step: Extract<Step, { person: string }>, admin: Admin, cast: Cast): void {
  if (step.verb === 'hire') return cast.hire(step.person, step.details);
  for (const person of cast.ids(step.person)) {
    if (step.verb === 'change') admin.change(person, cast.completed(step.details));
    else if ('groups' in step) for (const group of step.groups) admin[step.verb](person, cast.id(group));
    else admin[step.verb](person);
  }
}

function actOnGroup(step: Extract<Step, { group: string }>, admin: Admin, cast: Cast): void {
  switch (step.verb) {
    case 'create-group':
      return cast.createGroup(step.group, step.name);
    case 'rename-group':
      admin.renameGroup(cast.id(step.group), cast.marked(step.name));
      return;
    case 'delete-group':
      return admin.deleteGroup(cast.id(step.group));
    case 'bind':
    case 'unbind':
      return admin[step.verb](cast.id(step.group));
  }
}
