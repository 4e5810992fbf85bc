import type { ScimClient } from '../../scim/client.ts';
import type { Operation, OperationResult } from '../admin.ts';
import type { Dialect } from '../dialects/index.ts';
import type { DirectoryView } from '../directory/directory.ts';
import type { AttributeMapping } from '../mapping/attribute-mapping.ts';
import { isEntitled } from './access.ts';
import { idOf, listed, Trouble } from './answer.ts';
import type { Links } from './links.ts';
import { isAboutGroups } from './plan.ts';
import { addMember, deleteGroup, ensureGroup, removeMember, renameGroup } from './push-group.ts';
import { deactivateUser, upsertUser, type Effect } from './push-user.ts';

/** What operations are sent with. */
export interface PushContext {
  readonly client: ScimClient;
  readonly dialect: Dialect;
  readonly directory: DirectoryView;
  readonly links: Links;
  readonly mapping: readonly AttributeMapping[];
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
  if (group !== undefined && isAboutGroups(kind)) return sendAboutGroup(kind, group, person, context);
  return person === undefined ? 'unchanged' : sendAboutPerson(kind, person, context);
}

function sendAboutPerson(kind: Operation['kind'], person: string, context: PushContext): Promise<Effect> | Effect {
  const record = context.directory.person(person);
  const entitled = record && isEntitled(context.directory, person);
  if (kind === 'deactivate-user') return entitled ? 'unchanged' : deactivateUser(person, context);
  return entitled ? upsertUser(record, context) : 'unchanged';
}

function sendAboutGroup(
  kind: Operation['kind'],
  group: string,
  person: string | undefined,
  context: PushContext,
): Promise<Effect> | Effect {
  const { directory } = context;
  if (kind === 'delete-group') return deleteGroup(group, context);
  const name = directory.groupName(group);
  // A group that is not bound any more is left as it is (JC-47a).
  if (name === undefined || !directory.isBound(group)) return 'unchanged';
  if (kind === 'ensure-group') {
    // Nobody may be left in it since this was planned, and an empty group is not created (JC-41a).
    const isNeeded = directory.group(group)?.members.some(member => isEntitled(directory, member));
    return isNeeded ? ensureGroup(group, name, context) : 'unchanged';
  }
  if (kind === 'rename-group') return renameGroup(group, name, context);
  if (person === undefined) return 'unchanged';
  const isMember = directory.isMember(person, group);
  if (kind === 'remove-member') return isMember ? 'unchanged' : removeMember(person, group, context);
  return isMember && isEntitled(directory, person) ? addMember(person, group, name, context) : 'unchanged';
}

/** The reads of an activation (JC-Q8): lists that come, with ids that are text (JC-Q39). */
async function testConnection({ client, directory }: PushContext): Promise<Effect> {
  const endpoints = directory.application().manageGroups ? ['/Users', '/Groups'] : ['/Users'];
  for (const endpoint of endpoints) {
    const what = `the connection test on ${endpoint} failed`;
    const resources = listed(await client.list(endpoint, { startIndex: 1, count: 1 }), what);
    for (const resource of resources) idOf(resource, what);
  }
  return 'done';
}
