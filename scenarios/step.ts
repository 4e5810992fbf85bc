import type { JsonObject } from '../reports/record/exchange.ts';
import type { ControlActName } from '../scim/control-acts.ts';
import type { Person } from '../simulator/directory/model.ts';
import type { AttributeMapping } from '../simulator/mapping/attribute-mapping.ts';
import type { Connection } from '../simulator/sync/connector.ts';
import { durationOf } from './duration.ts';
import type { Expectation } from './expectation.ts';
import type { FaultName } from './play/way.ts';

/**
 * What a step says about a person. An `email` without `@` is a local part: the player completes it, so that addresses
 * stay apart from those of other stories and runs.
 */
export type Details = Partial<Omit<Person, 'id' | 'manager'>>;

/** Stands for everybody of the crowd, wherever a step names a person. */
export const CROWD = 'crowd';

/** What happens in a step. Names are aliases of the story. */
export type Deed =
  | { readonly verb: 'hire'; readonly person: string; readonly details: Details }
  | { readonly verb: 'join' | 'leave'; readonly person: string; readonly groups: readonly string[] }
  | { readonly verb: 'change'; readonly person: string; readonly details: Details }
  | { readonly verb: 'suspend' | 'reactivate' | 'dismiss'; readonly person: string }
  | { readonly verb: 'create-group' | 'rename-group'; readonly group: string; readonly name: string }
  | { readonly verb: 'delete-group' | 'bind' | 'unbind' | 'touch-group'; readonly group: string }
  | { readonly verb: 'manage-groups'; readonly on: boolean }
  | { readonly verb: 'activate' | 'deactivate' | 'reauthenticate' | 'sync' | 'restore-mapping' }
  | { readonly verb: 'configure'; readonly given: Connection }
  /** Without a person it shows whoever the console shows. */
  | { readonly verb: 'preview'; readonly person?: string }
  /** The integration gets the address and the token that the account answered last. */
  | { readonly verb: 'reconnect' }
  | { readonly verb: 'map'; readonly mapping: AttributeMapping }
  | { readonly verb: 'unmap'; readonly target: string }
  | { readonly verb: 'import'; readonly create: boolean }
  | { readonly verb: 'delete-application'; readonly count: number }
  /** On the other side, past the identity provider. */
  | { readonly verb: 'present'; readonly person: string; readonly attributes: JsonObject }
  | { readonly verb: 'present-group'; readonly group: string; readonly members: readonly string[] }
  | { readonly verb: 'vanish'; readonly person: string }
  | { readonly verb: 'vanish-group'; readonly group: string }
  /** On the account behind the endpoint. `{ada}` and `{ada.email}` in what is given stand for what they name. */
  | { readonly verb: 'account'; readonly act: ControlActName; readonly of: string; readonly given: JsonObject }
  /**
   * A request past the identity provider. It answers `status`, the scheme of a `challenge`, and the `body`. In `token` and
   * `at`, as in whatever is sent, `{answer.token}` stands for what an answer before it had.
   */
  | ({ readonly verb: 'ask'; readonly line: string; readonly body?: JsonObject } & Asking)
  /** On time, in milliseconds, and on the way. */
  | { readonly verb: 'wait'; readonly ms: number }
  | { readonly verb: 'fault'; readonly fault: FaultName; readonly on: string; readonly times: number }
  /** From here on requests, events and mails are looked at; what came before counts no more. */
  | { readonly verb: 'watch' }
  | { readonly verb: 'expect'; readonly expectations: readonly Expectation[] };

/** With what credential a story asks, and where. */
export interface Asking {
  /** In place of the credential of the run; empty for none. */
  readonly token?: string;
  /** Path or URL of another address of the same server. */
  readonly at?: string;
}

/** One step of a story. */
export type Step = Deed & {
  /** It may be refused, and what is expected next says whether it had to be. */
  readonly attempt?: true;
  /** It is left out where there are no means for it: accounts that have people accept invitations, and those that do not. */
  readonly ifOffered?: true;
};

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
/** Edits the description of a group, which sends its members again (JC-36b). */
export const touchGroup = (group: string): Step => ({ verb: 'touch-group', group });
/** Switches the management of groups and memberships. */
export const manageGroups = (on: boolean): Step => ({ verb: 'manage-groups', on });
/** Switches provisioning on. */
export const activate = (): Step => ({ verb: 'activate' });
/** Switches provisioning off. */
export const deactivate = (): Step => ({ verb: 'deactivate' });
/** Gives the active integration another token. */
export const reauthenticate = (): Step => ({ verb: 'reauthenticate' });
/** Fills in the form of the integration. */
export const configure = (given: Connection): Step => ({ verb: 'configure', given });
/** Looks at the user that the mappings make of somebody. */
export const preview = (person?: string): Step => ({ verb: 'preview', ...(person !== undefined && { person }) });
/** Gives the integration the address and the token that the account answered last. */
export const reconnect = (): Step => ({ verb: 'reconnect' });
/** Sends what has been queued since the last sync. */
export const sync = (): Step => ({ verb: 'sync' });
/** Adds a row to the attribute mappings, in place of the one with the same target. */
export const map = (mapping: AttributeMapping): Step => ({ verb: 'map', mapping });
/** Takes the row of a target out of the attribute mappings. */
export const unmap = (target: string): Step => ({ verb: 'unmap', target });
/** Brings the default mappings back. */
export const restoreMapping = (): Step => ({ verb: 'restore-mapping' });
/** Reads the users of the service provider; `create` makes people of those that nobody is known for. */
export const importUsers = (create = false): Step => ({ verb: 'import', create });
/** Deletes the application from the identity provider; `count` is what the admin types when asked how many. */
export const deleteApplication = (count = 1): Step => ({ verb: 'delete-application', count });
/** The service provider has a user with the person's address already, made past the identity provider. */
export const present = (person: string, attributes: JsonObject = {}): Step => ({ verb: 'present', person, attributes });
/** The service provider has a group of that name already, with these members of its own. */
export const presentGroup = (group: string, ...members: string[]): Step => ({ verb: 'present-group', group, members });
/** The person's user is gone at the service provider. */
export const vanish = (person: string): Step => ({ verb: 'vanish', person });
/** Something is done to the account behind the endpoint; `of` is whom it is done to, empty for nobody. */
export const onAccount = (act: ControlActName, of = '', given: JsonObject = {}): Step => ({
  verb: 'account',
  act,
  of,
  given,
});
/** A request past the identity provider: `GET /Users/{ada}`. */
export const ask = (line: string, body?: JsonObject, asking: Asking = {}): Step => ({
  verb: 'ask',
  line,
  ...(body && { body }),
  ...asking,
});
/** Time passes on both sides: "90 seconds", "2 days". @throws RangeError for what is no duration */
export const wait = (duration: string): Step => {
  const ms = durationOf(duration);
  if (ms === undefined) throw new RangeError(`"${duration}" is no duration; write 90 seconds, 5 minutes or 2 days`);
  return { verb: 'wait', ms };
};
/** The next requests of the identity provider that begin like `on` ("POST /Users", or "*" for any) meet trouble. */
export const fault = (name: FaultName, on = '*', times = 1): Step => ({ verb: 'fault', fault: name, on, times });
/** From here on requests, events and mails are looked at. */
export const watch = (): Step => ({ verb: 'watch' });
/** Looks at the service provider, and back at the wire, in the middle of a story. */
export const expects = (...expectations: Expectation[]): Step => ({ verb: 'expect', expectations });
/** The same step, left out where there are no means for it. */
export const ifOffered = (step: Step): Step => ({ ...step, ifOffered: true });
/** The same step, which may be refused. */
export const attempt = (step: Step): Step => ({ ...step, attempt: true });

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
