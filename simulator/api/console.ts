import type { OperationResult } from '../admin.ts';
import type { Connection } from '../sync/connector.ts';
import { done, ok, type Answer } from './answer.ts';
import { ApiError } from './api-error.ts';
import type { Context } from './context.ts';
import { bodyOf, optionalBodyOf, optionalFlag, optionalText, param, text, type Call, type Route } from './route.ts';
import type { JsonRecord } from './route.ts';
import { near, quote } from './quote.ts';

/** @throws DirectoryError for an application that is not there */
const idOf = (call: Call, { directory }: Context): string => directory.application(param(call, 'id')).id;

/** Members of the form of an integration. */
const FORM = ['baseUrl', 'token', 'testEmail', 'scimVersion', 'manageGroups'] as const;

/** What the Provisioning tab shows; a token is never shown again. */
function provisioning(id: string, { admin, directory }: Context): JsonRecord {
  const { active, manageGroups } = directory.application(id);
  return { active, manageGroups, ...admin.connection(id) };
}

/** @throws ApiError 400 for members of the wrong kind and for names that are none */
function configure(body: JsonRecord, id: string, { admin }: Context): void {
  const unknown = Object.keys(body).find(name => !FORM.some(known => known === name));
  if (unknown !== undefined) {
    throw new ApiError(400, `the form has no ${quote(unknown)}${near(unknown, FORM)}; it has ${FORM.join(', ')}`);
  }
  const changes = Object.fromEntries(
    FORM.filter(name => name !== 'manageGroups').flatMap(name => {
      const value = optionalText(body, name);
      return value === undefined ? [] : [[name, value]];
    }),
  ) as Connection;
  const manageGroups = optionalFlag(body, 'manageGroups');
  if (Object.keys(changes).length > 0) admin.configure(changes, id);
  if (manageGroups !== undefined) admin.setManageGroups(manageGroups, id);
}

function save(call: Call, context: Context): Answer {
  const id = idOf(call, context);
  configure(bodyOf(call), id, context);
  return ok(provisioning(id, context));
}

/** Configures where a body is sent, then activates; the answer waits for the test of the connection. */
async function activate(call: Call, context: Context): Promise<Answer> {
  const id = idOf(call, context);
  configure(optionalBodyOf(call), id, context);
  context.admin.activate(id);
  return ok({ results: await sent(context), ...provisioning(id, context) });
}

const sent = async ({ pushing }: Context): Promise<readonly OperationResult[]> =>
  pushing.isHeld() ? [] : pushing.now();

function deactivate(call: Call, context: Context): Answer {
  const id = idOf(call, context);
  context.admin.deactivate(id);
  return ok(provisioning(id, context));
}

/** New credentials for an integration that is on (JC-6a). */
async function reauthenticate(call: Call, context: Context): Promise<Answer> {
  const id = idOf(call, context);
  const token = text(bodyOf(call), 'token');
  if (!context.directory.application(id).active) {
    throw new ApiError(409, 'provisioning is off; a token is entered with activate');
  }
  context.admin.configure({ token }, id);
  return ok({ results: await sent(context), ...provisioning(id, context) });
}

/** Deletes applications when the number of them is typed right (JC-8). */
function deleteApplications(call: Call, { admin }: Context): Answer {
  const { applications, count } = bodyOf(call);
  const ids = Array.isArray(applications) ? (applications as readonly unknown[]) : [];
  if (ids.length === 0) throw new ApiError(400, 'applications is a list of the ids of applications to delete');
  if (typeof count !== 'number')
    throw new ApiError(400, `count is the number that was typed, not ${quote(count)}; all stay`);
  admin.deleteApplications(ids.map(String), count);
  return done;
}

const applicationIn = ({ url }: Call, { directory }: Context): string | undefined => {
  const id = url.searchParams.get('application');
  return id === null ? undefined : directory.application(id).id;
};

function hold(call: Call, { pushing }: Context): Answer {
  const held = optionalFlag(bodyOf(call), 'held');
  if (held === undefined) throw new ApiError(400, 'held is required: true or false');
  pushing.hold(held);
  return ok({ held });
}

const one = '/console/applications/:id';
const tab = `${one}/provisioning`;

/** What admins do on screens that no public route stands for, and what tests need. */
export const consoleRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/console/idle',
    source: 'waits until all pushes are done',
    async handle(_call, { pushing }) {
      await pushing.idle();
      return ok({ idle: true });
    },
  },
  {
    method: 'GET',
    path: '/console/pushing',
    source: 'whether changes wait in the queue',
    handle: (_call, { pushing }) => ok({ held: pushing.isHeld() }),
  },
  {
    method: 'PUT',
    path: '/console/pushing',
    source: 'holds changes back for a dry run, or lets them go',
    handle: hold,
  },
  {
    method: 'GET',
    path: '/console/planned',
    source: 'what would be sent, each with the rules that say so',
    handle: (call, context) => ok(context.admin.planned(applicationIn(call, context))),
  },
  {
    method: 'POST',
    path: '/console/sync',
    source: 'sends what waits, held or not',
    handle: async (_call, { pushing }) => ok(await pushing.now()),
  },
  {
    method: 'GET',
    path: tab,
    source: 'Provisioning tab (JC-1a)',
    handle: (call, context) => ok(provisioning(idOf(call, context), context)),
  },
  { method: 'PUT', path: tab, source: 'Update and Save (JC-5), management of groups (JC-10, JC-50)', handle: save },
  { method: 'POST', path: `${tab}/activate`, source: 'Activate (JC-4)', handle: activate },
  { method: 'POST', path: `${tab}/deactivate`, source: 'Deactivate IdM (JC-7)', handle: deactivate },
  { method: 'POST', path: `${tab}/reauthenticate`, source: 'new credentials (JC-6a)', handle: reauthenticate },
  {
    method: 'POST',
    path: '/console/applications/delete',
    source: 'Delete Application, with the count typed (JC-8)',
    handle: deleteApplications,
  },
];
