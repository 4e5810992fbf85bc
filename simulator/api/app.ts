import express, { type ErrorRequestHandler, type Express, type Request, type RequestHandler } from 'express';
import { idSource } from '../directory/ids.ts';
import { ORGANIZATION, type Simulator } from '../simulator.ts';
import { ApiError, errorBody, refusalOf } from './api-error.ts';
import { send } from './answer.ts';
import { createAuthenticate } from './authenticate.ts';
import type { Context } from './context.ts';
import { createPushing } from './pushing.ts';
import type { Call, Route } from './route.ts';
import { routes } from './routes.ts';

/** How the admin API of a directory is made. */
export interface AdminApiOptions {
  /** The directory and its provisioning; the API is a way in for its admin. */
  readonly admin: Simulator;
  /** Keys of admins. */
  readonly apiKeys: readonly string[];
  /** Lets requests without a key do everything. Default: they are refused. */
  readonly anonymous?: boolean;
  /** Told of what should not happen: a handler or a push that ends with an exception. */
  readonly onFault?: (error: unknown) => void;
}

/** An admin API that waits for a server. */
export interface AdminApi {
  /** Serves API v1 below `/api`, v2 below `/api/v2`, Directory Insights below `/insights/directory/v1`, and `/console`. */
  readonly app: Express;
  /** Resolves when everything that changes have caused is sent. */
  idle(): Promise<void>;
}

const BODY_LIMIT = '1mb';
/** Levels of lists and objects in a body: what walks one calls itself once for each. */
const DEEPEST = 32;

/**
 * JumpCloud's admin API over a simulated directory (jumpcloud.md Part 3). Every change made through it is provisioned at
 * once (JC-Q41).
 */
export function createAdminApi(options: AdminApiOptions): AdminApi {
  const { admin, apiKeys, anonymous = false, onFault = () => undefined } = options;
  const { directory, insights, now } = admin;
  const pushing = createPushing(() => admin.sync(), onFault);
  const newId = idSource('admin api', now());
  const context: Context = {
    admin,
    directory,
    insights,
    pushing,
    organization: ORGANIZATION,
    now,
    newId,
    jobs: new Map(),
  };
  const authenticate = createAuthenticate(apiKeys);

  const app = express();
  app.disable('x-powered-by').enable('case sensitive routing').disable('etag');
  app.get('/health', (_request, response) => void response.json({ status: 'ok' }));
  app.use((request, _response, next) => {
    if (!anonymous) authenticate(request.get('x-api-key'));
    refuseMalformedOrganization(request.get('x-org-id'));
    next();
  });
  // Scripts send JSON under whatever name their client gives it.
  app.use(express.json({ limit: BODY_LIMIT, strict: false, type: () => true }));
  app.use((request, _response, next) => {
    refuseDeep(request.body, DEEPEST);
    next();
  });
  for (const [path, methods] of byPath(routes)) {
    const route = app.route(path);
    for (const { method, handle } of methods) route[LOWER[method]](answered(handle, context));
    route.all(refuseMethod(methods));
  }
  app.use(request => {
    throw new ApiError(404, `there is nothing at ${request.path}`);
  });
  app.use(answerError(onFault));
  return { app, idle: pushing.idle };
}

const LOWER = { GET: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'delete' } as const;

function byPath(all: readonly Route[]): ReadonlyMap<string, readonly Route[]> {
  const table = new Map<string, Route[]>();
  for (const route of all) table.set(route.path, [...(table.get(route.path) ?? []), route]);
  return table;
}

const answered =
  (handle: Route['handle'], context: Context): RequestHandler =>
  async (request, response) => {
    try {
      send(response, await handle(callOf(request), context));
    } finally {
      // A handler that failed half-way has changed something too.
      if (request.method !== 'GET') context.pushing.start();
    }
  };

function callOf(request: Request): Call {
  return {
    params: request.params as Readonly<Record<string, string>>,
    url: new URL(`${request.protocol}://${authorityOf(request)}${request.originalUrl}`),
    body: request.body as unknown,
    header: name => request.get(name),
  };
}

/** A Host header that is none would make addresses of further pages that lead nowhere. */
function authorityOf(request: Request): string {
  const host = request.get('host') ?? '';
  return /^[\w.-]+(?::\d{1,5})?$|^\[[\da-f:.]+\](?::\d{1,5})?$/i.test(host) ? host : 'localhost';
}

/**
 * One id, or several as administrators of many organizations send them; there is one organization here.
 * @throws ApiError 400, as jumpcloud.md 3.1 has it
 */
function refuseMalformedOrganization(ids: string | undefined): void {
  if (ids === undefined || ids.split(',').every(id => /^[0-9a-f]{24}$/i.test(id.trim()))) return;
  throw new ApiError(400, 'x-org-id is the id of an organization: 24 hex digits');
}

/** @throws ApiError 400 */
function refuseDeep(body: unknown, levels: number): void {
  if (typeof body !== 'object' || body === null) return;
  if (levels === 0) throw new ApiError(400, `the body nests deeper than ${DEEPEST} levels`);
  for (const inner of Object.values(body)) refuseDeep(inner, levels - 1);
}

const refuseMethod = (methods: readonly Route[]): RequestHandler => {
  const allowed = methods.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ');
  return request => {
    throw new ApiError(405, `${request.method} is not allowed here; allowed are ${allowed}`, { Allow: allowed });
  };
};

const answerError =
  (onFault: (error: unknown) => void): ErrorRequestHandler =>
  (error: unknown, _request, response, next) => {
    const refusal = refusalOf(error);
    if (refusal.status === 500) onFault(error);
    if (response.headersSent) next(error);
    else send(response, { status: refusal.status, body: errorBody(refusal), headers: refusal.headers });
  };
