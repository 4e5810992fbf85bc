import type { RuleId } from '../conformance/clauses/index.ts';
import type { Application, GroupEdit, Person, UserGroup } from './directory/model.ts';

/** What a person is hired with; the rest is empty. */
export type PersonDraft = Partial<Omit<Person, 'id'>> & Pick<Person, 'email' | 'firstname' | 'lastname'>;

/** One thing the identity provider means to do at the service provider, and the rules that say so. */
export interface Operation {
  readonly kind:
    /** The requests of an activation (JC-Q8); when they fail, provisioning stays off. */
    | 'test-connection'
    /** The reads of an edit of active settings (JC-5) and of new credentials (JC-6a). */
    | 'check-connection'
    | 'check-credentials'
    | 'provision-user'
    | 'update-user'
    | 'deactivate-user'
    | 'delete-user'
    | 'ensure-group'
    | 'rename-group'
    | 'delete-group'
    | 'add-member'
    | 'remove-member';
  readonly rules: readonly RuleId[];
  /** Id of the person it is about, where it is about one. */
  readonly person?: string;
  /** Ids of those it is about, where they go in one request. */
  readonly people?: readonly string[];
  /** Id of the user group it is about. */
  readonly group?: string;
  /** Sent even where the service provider has it already (JC-Q29). */
  readonly always?: true;
  /** Ids of people whose operations go first although it is not about them (JC-12c). */
  readonly after?: readonly string[];
  /** One line for a reader: "deactivate Ada Lovelace". */
  readonly summary: string;
}

/** What became of an operation. */
export interface OperationResult {
  readonly operation: Operation;
  readonly outcome: 'done' | 'unchanged' | 'failed';
  /** Why it failed; empty otherwise. */
  readonly reason: string;
  /** It was dropped before anything was sent. */
  readonly isUnsent?: true;
}

/**
 * The verbs an admin has: the one way into the directory, for scenarios, the admin API and the command line. A verb that
 * names something unknown, or breaks a rule of the directory, throws DirectoryError. Verbs change the directory and queue
 * operations; `sync` sends them. An application that is not named is the first one.
 */
export interface Admin {
  hire(draft: PersonDraft): Person;
  change(person: string, changes: Partial<Omit<Person, 'id'>>): Person;
  suspend(person: string): Person;
  reactivate(person: string): Person;
  /** Deletes a person from the directory. */
  dismiss(person: string): void;
  createGroup(name: string, description?: string): UserGroup;
  renameGroup(group: string, name: string): UserGroup;
  deleteGroup(group: string): void;
  join(person: string, group: string): void;
  leave(person: string, group: string): void;
  bind(group: string, application?: string): void;
  unbind(group: string, application?: string): void;
  /**
   * Switches provisioning on: from now on changes are queued, and everyone entitled is.
   * @throws IntegrationError when the settings do not allow it (JC-3, JC-Q43)
   */
  activate(application?: string): void;
  /** Switches it off: nothing is sent any more (JC-7). */
  deactivate(application?: string): void;
  /** @throws IntegrationError for a connector whose service provider has no groups (JC-51) */
  setManageGroups(on: boolean, application?: string): void;
  /** What `sync` would do now; without a name, for every application in their order. */
  planned(application?: string): readonly Operation[];
  /** Sends what is queued, in order, and empties the queue; without a name, for one application after the other. */
  sync(application?: string): Promise<readonly OperationResult[]>;
  people(): readonly Person[];
  groups(): readonly UserGroup[];
  application(application?: string): Application;
  /** Id at the service provider of a person or a group, once linked. */
  linkOf(id: string, application?: string): string | undefined;
}

/** What a group is given beside its name and description. */
export type GroupDetails = Omit<GroupEdit, 'name' | 'description'>;
