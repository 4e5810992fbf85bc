import { ok, type Answer } from './answer.ts';
import { ApiError, refusalOf } from './api-error.ts';
import type { Context } from './context.ts';
import { isRecord, param, text, type Call, type JsonRecord, type Route } from './route.ts';
import { hire, knownPerson, readPerson } from './system-users.ts';
import { near, quote } from './quote.ts';

/** What became of one row of a job. */
export interface JobResult {
  readonly id: string;
  readonly status: 'finished' | 'failed';
  readonly statusMsg: string;
  readonly meta: { readonly systemUser: { readonly id?: string; readonly username?: string; readonly email?: string } };
}

/** Where people that come in bulk can come from (jumpcloud.md 3.3). */
const SOURCES = [
  'jumpcloud:gapps',
  'jumpcloud:o365',
  'jumpcloud:workday',
  'jumpcloud:scim',
  'jumpcloud:bulk',
  'jumpcloud:custom_integration',
] as const;

function sourceOf(call: Call): string {
  const given = call.header('creation-source') ?? 'jumpcloud:bulk';
  if (SOURCES.some(source => source === given)) return given;
  throw new ApiError(
    400,
    `creation-source cannot be ${quote(given)}${near(given, SOURCES)}; it is ${SOURCES.join(', ')}`,
  );
}

/** A job takes each row by itself: one that is refused keeps no other out. It is done when its id is answered. */
function run(call: Call, context: Context, act: (row: JsonRecord) => { readonly id: string }): Answer {
  if (!Array.isArray(call.body)) throw new ApiError(400, 'the request needs a JSON list of system users as its body');
  const results = (call.body as readonly unknown[]).map((row): JobResult => {
    const id = context.newId();
    const { username, email } = isRecord(row) ? row : {};
    const named = {
      ...(typeof username === 'string' && { username }),
      ...(typeof email === 'string' && { email }),
    };
    try {
      if (!isRecord(row)) throw new ApiError(400, 'a row is a JSON object');
      const meta = { systemUser: { ...named, id: act(row).id } };
      return { id, status: 'finished', statusMsg: '', meta };
    } catch (error) {
      const { status, message } = refusalOf(error);
      if (status >= 500) throw error;
      return { id, status: 'failed', statusMsg: message, meta: { systemUser: named } };
    }
  });
  const jobId = context.newId();
  context.jobs.set(jobId, results);
  return { status: 201, body: { jobId } };
}

const createAll = (call: Call, context: Context): Answer => {
  const creationSource = sourceOf(call);
  return run(call, context, row => hire(row, { creationSource }, context));
};

const changeAll = (call: Call, context: Context): Answer =>
  run(call, context, row => {
    const { id: _id, ...changes } = row;
    const before = knownPerson(text(row, 'id'), context);
    return context.admin.change(before.id, readPerson(changes, before));
  });

function results(call: Call, { jobs }: Context): Answer {
  const id = param(call, 'job');
  const found = jobs.get(id);
  if (!found) throw new ApiError(404, `there is no job with the id ${quote(id)}`);
  return ok(found, { 'X-Total-Count': String(found.length) });
}

const source = 'jumpcloud.md 3.3';

/** People in bulk. How a job tells its results is inferred from its name. */
export const bulkUserRoutes: readonly Route[] = [
  { method: 'POST', path: '/api/v2/bulk/users', source, handle: createAll },
  { method: 'PATCH', path: '/api/v2/bulk/users', source, handle: changeAll },
  { method: 'GET', path: '/api/v2/bulk/users/:job/results', source, handle: results },
];
