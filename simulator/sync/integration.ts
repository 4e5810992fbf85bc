import { createClient } from '../../scim/client.ts';
import type { JsonObject } from '../../scim/wire/message.ts';
import type { Operation, OperationResult } from '../admin.ts';
import type { Change } from '../directory/change.ts';
import type { Directory } from '../directory/directory.ts';
import type { Application, Person } from '../directory/model.ts';
import type { InsightsLog } from '../insights/log.ts';
import { mappingMistake, type AttributeMapping, type MappedPerson } from '../mapping/attribute-mapping.ts';
import { defaultMapping } from '../mapping/default.ts';
import type { Dialect } from '../dialects/index.ts';
import { viewOf, type Follows } from './access.ts';
import { clientDefaults, connected, encoded, refuseConnection, type SendTo } from './connection.ts';
import type { Connection, Connector } from './connector.ts';
import { drain } from './drain.ts';
import { IntegrationError } from './error.ts';
import { createEvents } from './events.ts';
import { concernsAnother, isDue } from './due.ts';
import { importUsers, type ImportOptions, type ImportResult } from './import.ts';
import { createLater } from './later.ts';
import { createLinks } from './links.ts';
import { newUser } from './merge.ts';
import { isAboutConnection, isAboutGroups, onConnection, onPerson } from './operation.ts';
import { plan, planRelinked, planResend } from './plan.ts';
import { push, type PushContext } from './push.ts';
import { createQueue } from './queue.ts';
import { retry, type RetryOptions } from './retry.ts';
import type { JumpCloudSettings } from './settings.ts';

/** The SCIM user that the mappings make of somebody, and what went wrong with some of them. */
export interface Preview {
  /** Id of the person. */
  readonly person: string;
  readonly user: JsonObject;
  readonly problems: readonly string[];
}

/** Provisioning of one application: its queue, what it has linked, its mappings, its credentials. */
export interface Integration {
  /** To be told of every change of the directory, after it happened. */
  hear(change: Change): void;
  planned(): readonly Operation[];
  sync(): Promise<readonly OperationResult[]>;
  linkOf(id: string): string | undefined;
  /** @throws IntegrationError */
  activate(): void;
  deactivate(): void;
  /** @throws IntegrationError */
  setManageGroups(on: boolean): void;
  connection(): Omit<Connection, 'token'>;
  /** @throws IntegrationError where the integration is active and could not be activated so */
  configure(changes: Connection): void;
  mapping(): readonly AttributeMapping[];
  /** @throws IntegrationError when userName is missing, or a row says nothing that can be worked out */
  setMapping(rows: readonly AttributeMapping[]): void;
  restoreMapping(): void;
  preview(person?: string): Preview | undefined;
  /** @throws IntegrationError */
  importUsers(options?: ImportOptions): Promise<ImportResult>;
}

/** What an integration is made with. */
export interface IntegrationOptions {
  readonly directory: Directory;
  readonly application: Application;
  readonly connector: Connector;
  readonly connection: Connection;
  /** Whether the pipe knows the way without a Base URL. */
  readonly hasPipe: boolean;
  readonly dialect: Dialect;
  readonly settings: JumpCloudSettings;
  readonly insights: InsightsLog;
  readonly send: SendTo;
  readonly retry: RetryOptions;
  readonly inFlight: number;
  /** A throw-away password, for dialects that send one. */
  readonly newPassword: () => string;
  /** What the mappings make of somebody. */
  readonly map: (rows: readonly AttributeMapping[], person: Person, providerUser: JsonObject) => MappedPerson;
  readonly follows: Follows;
  readonly revise: Revise;
}

/** Puts other operations in the place of those that a change leads to. */
export type Revise = (operations: readonly Operation[], change: Change) => readonly Operation[];

/** The integration of an application that is not active yet. */
export function createIntegration(options: IntegrationOptions): Integration {
  const { directory, connector, dialect, settings, insights, inFlight, follows } = options;
  const { id } = options.application;
  const { now } = options.retry;
  const links = createLinks();
  const queue = createQueue();
  const later = createLater();
  const view = viewOf(directory, id, { settings, hasGroups: connector.groups, follows });
  let { application, connection } = options;
  let mapping: readonly AttributeMapping[] = defaultMapping;
  let underWay: Promise<unknown> = Promise.resolve();
  let stop = new AbortController();
  const isActive = (): boolean => directory.applications().some(each => each.id === id && each.active);

  const events = createEvents(insights, () => application, follows);
  const enter = connected(() => connection, settings, follows);
  const client = createClient(request => {
    const { signal } = stop;
    const again = follows('JC-Q12') ? retry({ ...options.retry, signal }) : undefined;
    const leave = async (sent: typeof request) =>
      signal.aborted && follows('JC-Q42') && !isHeardWhileOff(follows)
        ? SWITCHED_OFF
        : options.send(sent, { application: id, baseUrl: connection.baseUrl });
    return enter(encoded(request, dialect), sent => (again ? again(sent, leave) : leave(sent)));
  }, clientDefaults(dialect));
  const map = (person: Person, providerUser: JsonObject = {}): MappedPerson =>
    options.map(mapping, person, providerUser);
  const context: PushContext = {
    client,
    dialect,
    view,
    links,
    settings,
    connector,
    testEmail: () => connection.testEmail ?? '',
    map,
    newPassword: options.newPassword,
    tell: events.tell,
    follows,
  };

  const abort = (reason: string, concerns: (operation: Operation) => boolean = () => true) =>
    events.onDropped(queue.abort(concerns, reason), reason);
  const release = (reason: string) => {
    if (follows('JC-Q42')) abort(reason);
    stop.abort();
    links.release();
  };
  const takeDue = () => {
    if (isActive()) queue.add(later.take(now()));
  };
  const check = (kind: 'check-connection' | 'check-credentials', rule: 'JC-5' | 'JC-6a') => {
    const summary = kind === 'check-connection' ? 'check the connection' : 'check the new credentials';
    const operation = onConnection(kind, summary, [rule]);
    if (isActive() && operation.rules.every(follows)) queue.add([operation]);
  };
  const refuse = (type: 'idm_integration_activate' | 'idm_integration_update', wanted: Connection) => {
    try {
      refuseConnection(wanted, settings, follows);
      if (wanted.baseUrl === undefined && !options.hasPipe) {
        throw new IntegrationError('base-url', `${application.displayLabel} has no Base URL; configure it first`);
      }
      if (connector.testsWithUser && !wanted.testEmail) {
        const what = `${connector.title} is tested with a user of its own: configure a test e-mail address`;
        throw new IntegrationError('test-email', what);
      }
    } catch (error) {
      if (error instanceof IntegrationError) events.onIntegration(type, error.message);
      throw error;
    }
  };
  const saveMapping = (rows: readonly AttributeMapping[], rule: 'JC-36a' | 'JC-38b') => {
    if (!rows.some(({ target }) => target === 'userName') && follows('JC-28a')) {
      throw new IntegrationError('required-mapping', 'the mapping of userName is required and stays');
    }
    const mistake = rows.map(mappingMistake).find(found => found !== undefined);
    if (mistake !== undefined) throw new IntegrationError('mapping', mistake);
    mapping = rows;
    check('check-connection', 'JC-5');
    if (isActive() && !follows(rule)) queue.add(planResend(view, []));
  };

  const pushed = async (operation: Operation) => {
    const { person = '' } = operation;
    const before = links.userOf(person);
    const ended = await push(operation, context);
    const after = links.userOf(person);
    if (before !== undefined && after !== undefined && after !== before) queue.add(planRelinked(person, view));
    return ended;
  };
  const sendQueue = async (): Promise<readonly OperationResult[]> => {
    const results = await drain({
      queue,
      inFlight,
      push: pushed,
      onBreak: operation => queue.owe(operation),
      onEnd(operation, { outcome, reason }, wasTried) {
        const { kind } = operation;
        if (!wasTried) events.onDropped([operation], reason);
        else if (isAboutConnection(kind)) events.onChecked(kind, reason);
        if (outcome !== 'failed') return;
        if (kind === 'test-connection') {
          abort('the connection test failed, and provisioning stays off');
          directory.setActive(false, id);
        } else if (!isAboutConnection(kind) && isActive() && follows('JC-Q44')) {
          queue.owe(operation);
        }
      },
    });
    return [...results, ...queue.takeAborted()];
  };

  return {
    hear(change) {
      if (concernsAnother(change, id)) return;
      if (change.kind === 'deactivated') {
        release('provisioning was switched off before it was sent');
      } else if (change.kind === 'application-deleted') {
        release('the application was deleted before it was sent');
      } else if (change.kind === 'application-changed') {
        ({ application } = change);
      } else if (change.kind === 'group-management' && !change.on) {
        abort('the management of groups was switched off before it was sent', ({ kind }) => isAboutGroups(kind));
        links.release();
      } else if (change.kind === 'group-unbound') {
        links.release(change.group.id);
      } else if (change.kind === 'activated') {
        stop = new AbortController();
      }
      if (change.kind === 'application-deleted' || !(isActive() || isHeardWhileOff(follows))) return;
      queue.retake(operation => isDue(change, operation, view));
      queue.add(options.revise(plan(change, { view, links, map, settings, follows }), change));
      // Whoever had no access when they were deleted is not deleted at the service provider.
      if (change.kind === 'person-deleted' && change.groups.some(view.isBound) && dialect.deletesAfter !== undefined) {
        later.add(onPerson('delete-user', change.person, []), now() + dialect.deletesAfter);
      }
    },
    planned() {
      takeDue();
      return queue.waiting();
    },
    sync() {
      takeDue();
      // One at a time: operations of one person or group keep their order.
      const results = underWay.then(sendQueue);
      underWay = results.catch(() => undefined);
      return results;
    },
    linkOf: each => links.userOf(each) ?? links.groupOf(each)?.id,
    activate() {
      if (isActive()) return;
      refuse('idm_integration_activate', connection);
      directory.setActive(true, id);
    },
    deactivate() {
      if (!isActive()) return;
      directory.setActive(false, id);
      events.onIntegration('idm_integration_delete');
    },
    setManageGroups(on) {
      if (on && !connector.groups && follows('JC-51')) {
        throw new IntegrationError('no-groups', `${connector.title} has no groups to manage`);
      }
      if (directory.application(id).manageGroups === on) return;
      check('check-connection', 'JC-5');
      directory.setManageGroups(on, id);
    },
    connection() {
      const { token: _token, ...shown } = connection;
      return shown;
    },
    configure(changes) {
      const { token, ...others } = changes;
      const wanted = { ...connection, ...others, ...(token !== undefined && follows('JC-6b') && { token }) };
      if (isActive()) refuse('idm_integration_update', wanted);
      const isNewToken = token !== undefined && token !== connection.token;
      connection = isActive() && isNewToken && !follows('JC-6a') ? { ...connection, ...others } : wanted;
      if (Object.keys(others).length > 0) check('check-connection', 'JC-5');
      if (isNewToken) check('check-credentials', 'JC-6a');
    },
    mapping: () => mapping,
    setMapping: rows => saveMapping(rows, 'JC-36a'),
    restoreMapping: () => saveMapping(follows('JC-38a') ? defaultMapping : mapping, 'JC-38b'),
    preview(person) {
      const shown = person === undefined ? directory.people()[0] : directory.person(person);
      if (!shown) return undefined;
      const { values, problems } = map(shown);
      return { person: shown.id, user: newUser(values), problems };
    },
    async importUsers(importing) {
      if (!isActive()) {
        throw new IntegrationError('inactive', `provisioning of ${application.displayLabel} is off; activate it first`);
      }
      const { signal } = stop;
      return importUsers({ client, dialect, directory, links, isStopped: () => signal.aborted, follows }, importing);
    },
  };
}

/** The answer to what would be sent after provisioning was switched off (JC-Q42). */
const SWITCHED_OFF = {
  headers: {},
  text: '',
  failure: { code: 'interrupted' as const, message: 'provisioning was switched off' },
};

/** Only the tests that switch the silence of an inactive integration off hear it. */
const isHeardWhileOff = (follows: Follows): boolean => !follows('JC-7b') || !follows('JC-7c');
