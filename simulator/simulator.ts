import { createClient } from '../scim/client.ts';
import type { Send } from '../scim/wire/message.ts';
import type { Admin, Operation, OperationResult } from './admin.ts';
import type { Dialect } from './dialects/index.ts';
import type { Change } from './directory/change.ts';
import { createDirectory, type DirectoryView } from './directory/directory.ts';
import type { Organisation } from './directory/generate.ts';
import { idSource } from './directory/ids.ts';
import { defaultMapping } from './mapping/default.ts';
import { isEntitled } from './sync/access.ts';
import { createLinks } from './sync/links.ts';
import { isAboutGroups, plan } from './sync/plan.ts';
import { push, type PushContext, type Pushed } from './sync/push.ts';
import { createQueue } from './sync/queue.ts';
import { retry, type RetryOptions } from './sync/retry.ts';

/** What an identity provider is made with. */
export interface SimulatorOptions {
  readonly dialect: Dialect;
  /** Called for each request, so the caller may route each step elsewhere. Repeats pass through it too. */
  readonly send: Send;
  /** People and groups to start with; the application is bound to none of them. */
  readonly organisation?: Organisation;
  /** For ids that are made up; the default is 0. */
  readonly seed?: number;
  /** Milliseconds since the epoch; the default is the real clock. */
  readonly now?: () => number;
  /** The default makes ids from seed and time. */
  readonly newId?: () => string;
  /** How patient the client is; the clock is that of the simulator. */
  readonly retry?: Omit<RetryOptions, 'now'>;
  readonly applicationName?: string;
  /** Whether groups are managed from the start. Opt-in, as at JumpCloud (JC-10a). */
  readonly manageGroups?: boolean;
}

/** An identity provider in the hands of its admin. */
export type Simulator = Admin;

/** After so many operations in a row without any answer, the rest of a sync is not tried. */
const SILENT_OPERATIONS = 3;

/**
 * An identity provider with one application, not bound to any group and not active. Operations that failed are tried again
 * with the next change of their person or group (JC-Q12, JC-Q44).
 * @throws DirectoryError when the organisation is none that a directory can hold.
 */
export function createSimulator(options: SimulatorOptions): Simulator {
  const { dialect, send, organisation, seed = 0, now = Date.now } = options;
  const newId = options.newId ?? idSource(`simulator ${seed}`, now());
  const links = createLinks();
  const queue = createQueue();
  const again = retry({ ...options.retry, now });
  let underWay: Promise<unknown> = Promise.resolve();

  const onChange = (change: Change) => {
    if (change.kind === 'deactivated') {
      queue.abort(() => true, 'provisioning was switched off before it was sent');
      links.release();
    } else if (change.kind === 'group-management' && !change.on) {
      queue.abort(({ kind }) => isAboutGroups(kind), 'the management of groups was switched off before it was sent');
      links.release();
    } else if (change.kind === 'group-unbound') {
      links.release(change.group.id);
    }
    if (!directory.application().active) return;
    queue.retake(operation => touches(change, operation, directory));
    queue.add(plan(change, { directory, links, mapping: defaultMapping }));
  };
  const directory = createDirectory({
    newId,
    applicationName: options.applicationName ?? '1Password',
    manageGroups: options.manageGroups ?? false,
    onChange,
  });
  for (const person of organisation?.people ?? []) directory.load(person);
  for (const { name, description, members } of organisation?.groups ?? []) {
    const { id } = directory.addGroup(name, description);
    for (const member of members) directory.join(member, id);
  }

  const { headers } = dialect;
  const client = createClient(request => again(request, send), {
    accept: headers.accept,
    contentType: headers.contentType,
    headers: { 'user-agent': headers.userAgent },
  });
  const context: PushContext = { client, dialect, directory, links, mapping: defaultMapping };

  const pushOrOwe = async (operation: Operation) => {
    try {
      return await push(operation, context);
    } catch (error) {
      queue.owe(operation);
      throw error;
    }
  };
  const sendQueue = async (): Promise<readonly OperationResult[]> => {
    const results: OperationResult[] = [];
    let silent = 0;
    for (let operation = queue.take(); operation; operation = queue.take()) {
      const { outcome, reason, unanswered } = silent < SILENT_OPERATIONS ? await pushOrOwe(operation) : NOT_TRIED;
      silent = unanswered ? silent + 1 : 0;
      results.push({ operation, outcome, reason });
      if (outcome !== 'failed') continue;
      if (operation.kind === 'test-connection') {
        queue.abort(() => true, 'the connection test failed, and provisioning stays off');
        directory.setActive(false);
      } else {
        queue.owe(operation);
      }
    }
    return [...results, ...queue.takeAborted()];
  };

  return {
    hire: draft => directory.addPerson(draft),
    change: (person, changes) => directory.changePerson(person, changes),
    suspend: person => directory.changePerson(person, { state: 'SUSPENDED' }),
    reactivate: person => directory.changePerson(person, { state: 'ACTIVATED' }),
    dismiss: person => directory.deletePerson(person),
    createGroup: (name, description = '') => directory.addGroup(name, description),
    renameGroup: (group, name) => directory.renameGroup(group, name),
    deleteGroup: group => directory.deleteGroup(group),
    join: (person, group) => directory.join(person, group),
    leave: (person, group) => directory.leave(person, group),
    bind: group => directory.bind(group),
    unbind: group => directory.unbind(group),
    activate: () => directory.setActive(true),
    deactivate: () => directory.setActive(false),
    setManageGroups: on => directory.setManageGroups(on),
    planned: () => queue.waiting(),
    sync() {
      // One at a time: operations of one person or group keep their order.
      const results = underWay.then(sendQueue);
      underWay = results.catch(() => undefined);
      return results;
    },
    people: () => directory.people(),
    groups: () => directory.groups(),
    application: () => directory.application(),
    linkOf: id => links.userOf(id) ?? links.groupOf(id)?.id,
  };
}

const NOT_TRIED: Pushed = {
  outcome: 'failed',
  unanswered: true,
  reason: `not tried: the service provider gave no answer to ${SILENT_OPERATIONS} operations in a row`,
};

/** Whether a change is about the person or the group of a failed operation that is still due. */
function touches(change: Change, { kind, person, group }: Operation, directory: DirectoryView): boolean {
  // Not due any more; sending it would find that out, with a line in the results that says nothing.
  if (kind === 'deactivate-user' && person !== undefined && isEntitled(directory, person)) return false;
  const changedPerson = 'person' in change ? change.person.id : undefined;
  const changedGroup = 'group' in change ? change.group.id : undefined;
  return (
    (person !== undefined && (person === changedPerson || directory.isMember(person, changedGroup ?? ''))) ||
    (group !== undefined && group === changedGroup)
  );
}
