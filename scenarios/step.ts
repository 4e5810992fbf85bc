import type { Person } from '../simulator/directory/model.ts';
import { listed, type Expectation } from './expectation.ts';

/**
 * What a step says about a person. An `email` without `@` is a local part: the player completes it, so that addresses
 * stay apart from those of other stories and runs.
 */
export type Details = Partial<Omit<Person, 'id' | 'manager'>>;

/** Stands for everybody of the crowd, wherever a step names a person. */
export const CROWD = 'crowd';

/** One action of an admin, or a look at the other side in the middle of a story. Names are aliases of the story. */
export type Step =
  | { readonly verb: 'hire'; readonly person: string; readonly details: Details }
  | { readonly verb: 'join' | 'leave'; readonly person: string; readonly groups: readonly string[] }
  | { readonly verb: 'change'; readonly person: string; readonly details: Details }
  | { readonly verb: 'suspend' | 'reactivate' | 'dismiss'; readonly person: string }
  | { readonly verb: 'create-group' | 'rename-group'; readonly group: string; readonly name: string }
  | { readonly verb: 'delete-group' | 'bind' | 'unbind'; readonly group: string }
  | { readonly verb: 'manage-groups'; readonly on: boolean }
  | { readonly verb: 'activate' | 'deactivate' | 'sync' }
  | { readonly verb: 'expect'; readonly expectations: readonly Expectation[] };

/** Adds a person to the directory; what `details` leave open is made up from the alias and the seed. */
export const hire = (person: string, details: Details = {}): Step => ({ verb: 'hire', person, details });
/** Adds a person (or the crowd) to groups. */
export const join = (person: string, ...groups: string[]): Step => ({ verb: 'join', person, groups });
/** Takes a person (or the crowd) out of groups. */
export const leave = (person: string, ...groups: string[]): Step => ({ verb: 'leave', person, groups });
/** Edits the record of a person. */
export const change = (person: string, details: Details): Step => ({ verb: 'change', person, details });
/** Takes all access from a person for the time being. */
export const suspend = (person: string): Step => ({ verb: 'suspend', person });
/** Ends a suspension. */
export const reactivate = (person: string): Step => ({ verb: 'reactivate', person });
/** Deletes a person from the directory. */
export const dismiss = (person: string): Step => ({ verb: 'dismiss', person });
/** Adds a user group; the player marks its name with story and run. */
export const createGroup = (group: string, name: string = capitalised(group)): Step => ({
  verb: 'create-group',
  group,
  name,
});
/** Gives a user group another name, marked as at its creation. */
export const renameGroup = (group: string, name: string): Step => ({ verb: 'rename-group', group, name });
/** Deletes a user group from the directory. */
export const deleteGroup = (group: string): Step => ({ verb: 'delete-group', group });
/** Gives the members of a group access to the application. */
export const bind = (group: string): Step => ({ verb: 'bind', group });
/** Takes the access away that a binding gave. */
export const unbind = (group: string): Step => ({ verb: 'unbind', group });
/** Switches the management of groups and memberships. */
export const manageGroups = (on: boolean): Step => ({ verb: 'manage-groups', on });
/** Switches provisioning on. */
export const activate = (): Step => ({ verb: 'activate' });
/** Switches provisioning off. */
export const deactivate = (): Step => ({ verb: 'deactivate' });
/** Sends what has been queued since the last sync. */
export const sync = (): Step => ({ verb: 'sync' });
/** Looks at the service provider, and back at the wire, in the middle of a story. */
export const expects = (...expectations: Expectation[]): Step => ({ verb: 'expect', expectations });

/** A step as one line for a reader: "ada joins eng and ops". */
export function describeStep(step: Step): string {
  switch (step.verb) {
    case 'hire':
      return `${step.person} is hired${withDetails(step.details)}`;
    case 'join':
    case 'leave':
      return `${step.person} ${step.verb}s ${listed(step.groups)}`;
    case 'change':
      return `the record of ${step.person} is edited${withDetails(step.details)}`;
    case 'suspend':
      return `${step.person} is suspended`;
    case 'reactivate':
      return `${step.person} is reactivated`;
    case 'dismiss':
      return `${step.person} is deleted from the directory`;
    case 'create-group':
      return `the group ${step.group} is created as "${step.name}"`;
    case 'rename-group':
      return `the group ${step.group} is renamed to "${step.name}"`;
    case 'delete-group':
      return `the group ${step.group} is deleted`;
    case 'bind':
      return `the group ${step.group} is bound to the application`;
    case 'unbind':
      return `the group ${step.group} is unbound from the application`;
    case 'manage-groups':
      return `management of groups is switched ${step.on ? 'on' : 'off'}`;
    case 'activate':
      return 'provisioning is switched on';
    case 'deactivate':
      return 'provisioning is switched off';
    case 'sync':
      return 'the changes are sent';
    case 'expect':
      return 'a look at the service provider';
  }
}

function withDetails(details: Details): string {
  const parts = Object.entries(details).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return parts.length > 0 ? `: ${listed(parts)}` : '';
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
