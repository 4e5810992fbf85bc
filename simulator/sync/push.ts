import type { ScimClient } from '../../scim/client.ts';
import type { JsonObject } from '../../scim/wire/message.ts';
import type { Operation, OperationResult } from '../admin.ts';
import type { Dialect } from '../dialects/index.ts';
import type { Person } from '../directory/model.ts';
import type { ApplicationView, Follows } from './access.ts';
import { checkConnection, testConnection } from './activation.ts';
import { Trouble } from './answer.ts';
import type { Effect, Tell } from './attempt.ts';
import type { Connector } from './connector.ts';
import type { Links } from './links.ts';
import type { MappedPerson } from '../mapping/attribute-mapping.ts';
import { isAboutGroups } from './operation.ts';
import { addMembers, deleteGroup, ensureGroup, removeMember, renameGroup } from './push-group.ts';
import { deactivateUser, deleteUser, upsertUser } from './push-user.ts';
import type { JumpCloudSettings } from './settings.ts';

/** What operations are sent with. */
export interface PushContext {
  readonly client: ScimClient;
  readonly dialect: Dialect;
  readonly view: ApplicationView;
  readonly links: Links;
  readonly settings: JumpCloudSettings;
  readonly connector: Connector;
  /** Address of the test user of an activation. */
  readonly testEmail: () => string;
  /** What the mappings make of a person; `providerUser` has no members on create. */
  readonly map: (person: Person, providerUser: JsonObject) => MappedPerson;
  /** A throw-away password, for dialects that send one. */
  readonly newPassword: () => string;
  readonly tell: Tell;
  readonly follows: Follows;
}

/** What became of an operation, and whether the service provider answered at all. */
export type Pushed = Pick<OperationResult, 'outcome' | 'reason'> & { readonly unanswered: boolean };

/**
 * Sends one operation: a person or group goes out as the directory has it now, so an operation that a later change has
 * overtaken sends nothing. Whatever the service provider does becomes an outcome; what `send` throws passes through.
 */
export async function push(operation: Operation, context: PushContext): Promise<Pushed> {
  try {
    return { outcome: await send(operation, context), reason: '', unanswered: false };
  } catch (error) {
    if (error instanceof Trouble) return { outcome: 'failed', reason: error.message, unanswered: error.unanswered };
    throw error;
  }
}

function send(operation: Operation, context: PushContext): Promise<Effect> | Effect {
  const { kind, person, group } = operation;
  if (kind === 'test-connection') return testConnection(context);
  if (kind === 'check-connection' || kind === 'check-credentials') return checkConnection(context);
  if (group !== undefined && isAboutGroups(kind)) return sendAboutGroup(operation, group, context);
  return person === undefined ? 'unchanged' : sendAboutPerson(operation, person, context);
}

function sendAboutPerson({ kind, always }: Operation, person: string, context: PushContext): Promise<Effect> | Effect {
  const { view, follows } = context;
  const record = view.person(person);
  const isEntitled = view.isEntitled(person);
  if (kind === 'delete-user') return record ? 'unchanged' : deleteUser(person, context);
  if (kind === 'deactivate-user') {
    return isEntitled && follows('JC-49a') && follows('JC-49b') ? 'unchanged' : deactivateUser(person, context);
  }
  const isSent = record && (isEntitled || !follows('JC-Q14') || !follows('JC-20a'));
  return isSent ? upsertUser(record, context, always) : 'unchanged';
}

function sendAboutGroup(
  { kind, person, people, always }: Operation,
  group: string,
  context: PushContext,
): Promise<Effect> | Effect {
  const { view, follows } = context;
  if (kind === 'delete-group') return deleteGroup(group, context);
  const name = view.groupName(group);
  // A group that is not bound any more is left as it is.
  if (name === undefined || (!view.isBound(group) && follows('JC-47a'))) return 'unchanged';
  if (kind === 'ensure-group') {
    // Nobody may be left in it since this was planned, and an empty group is not created.
    const isNeeded = view.group(group)?.members.some(view.isEntitled) || !follows('JC-41a');
    return isNeeded ? ensureGroup(group, name, context) : 'unchanged';
  }
  if (kind === 'rename-group') return renameGroup(group, name, context);
  if (kind === 'remove-member') {
    return person === undefined || view.isMember(person, group) ? 'unchanged' : removeMember(person, group, context);
  }
  const wanted = (people ?? [person ?? '']).filter(each => view.isMember(each, group) && view.isEntitled(each));
  return addMembers(wanted, group, name, context, always);
}
