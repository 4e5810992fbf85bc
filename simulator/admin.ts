import type { RuleId } from '../conformance/clauses/index.ts';
import type { Application, Person, UserGroup } from './directory/model.ts';

/** What a person is hired with; the rest is empty. */
export type PersonDraft = Partial<Omit<Person, 'id'>> & Pick<Person, 'email' | 'firstname' | 'lastname'>;

/** One thing the identity provider means to do at the service provider, and the rules that say so. */
export interface Operation {
  readonly kind:
    /** The reads that activation makes (JC-Q8); when they fail, provisioning stays off. */
    | 'test-connection'
    | 'provision-user'
    | 'update-user'
    | 'deactivate-user'
    | 'ensure-group'
    | 'rename-group'
    | 'delete-group'
    | 'add-member'
    | 'remove-member';
  readonly rules: readonly RuleId[];
  /** Id of the person it is about, where it is about one. */
  readonly person?: string;
  /** Id of the user group it is about. */
  readonly group?: string;
  /** One line for a reader: "deactivate Ada Lovelace". */
  readonly summary: string;
}

/** What became of an operation. */
export interface OperationResult {
  readonly operation: Operation;
  readonly outcome: 'done' | 'unchanged' | 'failed';
  /** Why it failed; empty otherwise. */
  readonly reason: string;
}

/**
 * The verbs an admin has: the one way into the directory, for scenarios, the admin API and the command line. A verb that
 * names something unknown, or breaks a rule of the directory, throws DirectoryError. Verbs change the directory and queue
 * operations; `sync` sends them.
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
  bind(group: string): void;
  unbind(group: string): void;
  /** Switches provisioning on: from now on changes are queued, and everyone entitled is. */
  activate(): void;
  /** Switches it off: nothing is sent any more (JC-7). */
  deactivate(): void;
  setManageGroups(on: boolean): void;
  /** What `sync` would do now. */
  planned(): readonly Operation[];
  /** Sends what is queued, in order, and empties the queue. */
  sync(): Promise<readonly OperationResult[]>;
  people(): readonly Person[];
  groups(): readonly UserGroup[];
  application(): Application;
  /** Id at the service provider of a person or a group, once linked. */
  linkOf(id: string): string | undefined;
}
