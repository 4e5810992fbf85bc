import { randomBytes } from 'node:crypto';
import type { RuleId } from '../conformance/clauses/index.ts';
import type { Admin, GroupDetails } from './admin.ts';
import type { Dialect } from './dialects/index.ts';
import { createDirectory, type DirectoryView } from './directory/directory.ts';
import { DirectoryError } from './directory/error.ts';
import type { Organisation } from './directory/generate.ts';
import { idSource } from './directory/ids.ts';
import type { Application, ApplicationDraft, GroupEdit, UserGroup } from './directory/model.ts';
import { happeningsOf } from './insights/admin-events.ts';
import { createInsights, type InsightsView } from './insights/log.ts';
import { mapPerson, type AttributeMapping } from './mapping/attribute-mapping.ts';
import type { Follows } from './sync/access.ts';
import type { SendTo } from './sync/connection.ts';
import { connectorOf, type Connection, type ConnectorId } from './sync/connector.ts';
import type { ImportOptions, ImportResult } from './sync/import.ts';
import { createIntegration, type Integration, type Preview, type Revise } from './sync/integration.ts';
import type { RetryOptions } from './sync/retry.ts';
import { settingsFrom, type JumpCloudSettings } from './sync/settings.ts';

/** What an identity provider is made with. */
export interface SimulatorOptions {
  readonly dialect: Dialect;
  /** Called for each request, so the caller may route each step, and each application, elsewhere. Repeats pass through it. */
  readonly send: SendTo;
  /** People and groups to start with; the application is bound to none of them. */
  readonly organisation?: Organisation;
  /** For ids that are made up; the default is 0. */
  readonly seed?: number;
  /** Milliseconds since the epoch; the default is the real clock. */
  readonly now?: () => number;
  /** The default makes ids from seed and time. */
  readonly newId?: () => string;
  /** How patient the client is; the clock is that of the simulator. */
  readonly retry?: Omit<RetryOptions, 'now' | 'signal'>;
  readonly applicationName?: string;
  /** Whether groups are managed from the start. Opt-in, as at JumpCloud (JC-10a). */
  readonly manageGroups?: boolean;
  /** Connector of the application; the default is that of 1Password. */
  readonly connector?: ConnectorId;
  /** What the form of the integration holds; without a Base URL `send` knows the way, and who asks. */
  readonly connection?: Connection;
  /** The default is what the dialect says, else what the rules name. */
  readonly settings?: Partial<JumpCloudSettings>;
  /** Passwords that some dialects send with a new user and never again; the default draws them. */
  readonly newPassword?: () => string;
  /**
   * Operations under way at once, for each application. What concerns one person or one group keeps its order; the order of
   * requests is the same for the same seed with 1 only, which is the default.
   */
  readonly inFlight?: number;
  /** Events of Directory Insights kept; the default is 100,000. */
  readonly eventsKept?: number;
}

/** What an application is added with, its integration included. */
export interface NewApplication extends ApplicationDraft {
  readonly connector?: ConnectorId;
  readonly connection?: Connection;
}

/** An identity provider in the hands of its admin, everything that a console offers included. */
export interface Simulator extends Admin {
  createGroup(name: string, description?: string, details?: GroupDetails): UserGroup;
  /** Any edit of the record of a bound group sends its members again (JC-36b). */
  changeGroup(group: string, changes: GroupEdit): UserGroup;
  addApplication(draft: NewApplication): Application;
  changeApplication(changes: Partial<ApplicationDraft>, application?: string): Application;
  /**
   * Deletes an application; whoever has an account keeps it (JC-8b).
   * @param typedCount how many the admin says are deleted; a wrong number keeps it (JC-8c)
   */
  deleteApplication(application?: string, typedCount?: number): void;
  /** The same for several at once: all of them, or none where the number is wrong (JC-8c). */
  deleteApplications(applications: readonly string[], typedCount: number): void;
  /** What the form of the integration holds, but for the token. */
  connection(application?: string): Omit<Connection, 'token'>;
  /**
   * Changes what the form of the integration holds. While it is active, settings are checked again (JC-5), and a new token
   * is a re-authentication (JC-6a).
   * @throws IntegrationError when an active integration could not be activated so
   */
  configure(changes: Connection, application?: string): void;
  mapping(application?: string): readonly AttributeMapping[];
  /** Nobody is sent again for it (JC-36a). @throws IntegrationError when userName is missing (JC-28a) */
  setMapping(rows: readonly AttributeMapping[], application?: string): void;
  /** Back to the defaults (JC-38a); nobody is sent again for it (JC-38b). */
  restoreMapping(application?: string): void;
  /** The user that the mappings make of somebody, the first person by default (JC-35); undefined when there is nobody. */
  preview(person?: string, application?: string): Preview | undefined;
  /** Reads the users of the service provider and matches them by address (JC-16). @throws IntegrationError */
  importUsers(options?: ImportOptions, application?: string): Promise<ImportResult>;
  readonly directory: DirectoryView;
  readonly insights: InsightsView;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** What only the tests of the rules change. */
export interface SimulatorSeams {
  /** Rules that are switched off. */
  readonly without?: ReadonlySet<RuleId>;
  /** Sends something other than what the rules say. */
  readonly revise?: Revise;
}

/** Id of the organisation, in events and in the admin API. */
export const ORGANIZATION = '5d35e14eb90ad46e65ba0739';
/** The admin who stands in events. */
const ADMIN = { id: '5d35e14eb90ad46e65ba0740', email: 'admin@scimulator.example' };

const asPlanned: Revise = operations => operations;

/** Nobody is to guess it; the characters at the end are for those who ask for every kind. */
const throwAway = (): string => `${randomBytes(18).toString('base64url')}aA1!`;

/**
 * An identity provider with one application, not bound to any group and not active. Operations that failed are tried again
 * with the next change of their person or group (JC-Q12, JC-Q44).
 * @throws DirectoryError when the organisation is none that a directory can hold
 * @throws SettingsError for a setting that is none
 */
export function createSimulator(options: SimulatorOptions, seams: SimulatorSeams = {}): Simulator {
  const { dialect, send, organisation, seed = 0, now = Date.now, inFlight = 1, eventsKept } = options;
  const { without, revise = asPlanned } = seams;
  const follows: Follows = rule => without?.has(rule) !== true;
  const settings = settingsFrom({ ...dialect.settings, ...options.settings });
  const newId = options.newId ?? idSource(`simulator ${seed}`, now());
  const newEventId = idSource(`insights ${seed}`, now());
  const integrations = new Map<string, Integration>();

  const insights = createInsights({
    now,
    newId: newEventId,
    organization: ORGANIZATION,
    admin: ADMIN,
    ...(eventsKept !== undefined && { capacity: eventsKept }),
  });
  const directory = createDirectory({
    newId,
    applicationName: options.applicationName ?? '1Password',
    manageGroups: options.manageGroups ?? false,
    now,
    onChange(change) {
      for (const happening of happeningsOf(change, directory)) insights.record(happening);
      for (const integration of integrations.values()) integration.hear(change);
      if (change.kind === 'application-deleted') integrations.delete(change.application.id);
    },
  });
  const integrate = (application: Application, hasPipe: boolean, connector: ConnectorId, connection: Connection) =>
    integrations.set(
      application.id,
      createIntegration({
        directory,
        application,
        connector: connectorOf(connector),
        connection,
        hasPipe,
        dialect,
        settings,
        insights,
        send,
        retry: { ...options.retry, now },
        inFlight,
        newPassword: options.newPassword ?? throwAway,
        map: (rows, person, user) => mapPerson(rows, person, user, now),
        follows,
        revise,
      }),
    );
  /** @throws DirectoryError for an application that is not there */
  const integrationOf = (application?: string): Integration => {
    const { id } = directory.application(application);
    const found = integrations.get(id);
    if (!found) throw new Error(`the application ${id} has no integration`);
    return found;
  };

  integrate(directory.application(), true, options.connector ?? '1password', options.connection ?? {});
  for (const person of organisation?.people ?? []) directory.load(person);
  for (const { name, description, members } of organisation?.groups ?? []) {
    const { id } = directory.addGroup(name, description);
    for (const member of members) directory.join(member, id);
  }
  const every = (application?: string): readonly Integration[] =>
    application === undefined ? [...integrations.values()] : [integrationOf(application)];

  return {
    hire: draft => directory.addPerson(draft),
    change: (person, changes) => directory.changePerson(person, changes),
    suspend: person => directory.changePerson(person, { state: 'SUSPENDED' }),
    reactivate: person => directory.changePerson(person, { state: 'ACTIVATED' }),
    dismiss: person => directory.deletePerson(person),
    createGroup: (name, description = '', details = {}) => directory.addGroup(name, description, details),
    changeGroup: (group, changes) => directory.changeGroup(group, changes),
    renameGroup: (group, name) => directory.renameGroup(group, name),
    deleteGroup: group => directory.deleteGroup(group),
    join: (person, group) => directory.join(person, group),
    leave: (person, group) => directory.leave(person, group),
    addApplication({ connector = '1password', connection = {}, ...draft }) {
      const application = directory.addApplication(draft);
      integrate(application, false, connector, connection);
      return application;
    },
    changeApplication: (changes, application) => directory.changeApplication(changes, application),
    deleteApplication: (application, typedCount) =>
      directory.deleteApplication(application, follows('JC-8c') ? typedCount : 1),
    deleteApplications(applications, typedCount) {
      const ids = new Set(applications.map(id => directory.application(id).id));
      if (typedCount !== ids.size && follows('JC-8c')) {
        const what = ids.size === 1 ? '1 application' : `${ids.size} applications`;
        const message = `${what} would be deleted, not ${typedCount}; all stay`;
        throw new DirectoryError('wrong-count', String(typedCount), message);
      }
      for (const id of ids) directory.deleteApplication(id);
    },
    bind: (group, application) => directory.bind(group, application),
    unbind: (group, application) => directory.unbind(group, application),
    activate: application => integrationOf(application).activate(),
    deactivate: application => integrationOf(application).deactivate(),
    setManageGroups: (on, application) => integrationOf(application).setManageGroups(on),
    connection: application => integrationOf(application).connection(),
    configure: (changes, application) => integrationOf(application).configure(changes),
    mapping: application => integrationOf(application).mapping(),
    setMapping: (rows, application) => integrationOf(application).setMapping(rows),
    restoreMapping: application => integrationOf(application).restoreMapping(),
    preview: (person, application) => integrationOf(application).preview(person),
    importUsers: (importing, application) => integrationOf(application).importUsers(importing),
    planned: application => every(application).flatMap(integration => integration.planned()),
    async sync(application) {
      const all = every(application);
      const [only] = all;
      if (only && all.length === 1) return only.sync();
      const results = [];
      for (const integration of all) results.push(...(await integration.sync()));
      return results;
    },
    people: directory.people,
    groups: directory.groups,
    application: directory.application,
    linkOf: (id, application) => integrationOf(application).linkOf(id),
    directory,
    insights,
    now,
  };
}
