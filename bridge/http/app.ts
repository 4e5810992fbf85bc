import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { ScimError } from '../../scim/message/error.ts';
import { groupType, userType, type ResourceType } from '../../scim/schema/index.ts';
import { send } from './answer.ts';
import { createAuthenticate, requireWrite, type Authenticate, type Caller } from './auth.ts';
import { readBody } from './body.ts';
import { createDiscovery } from './discovery.ts';
import { logged, type LogEntry } from './log.ts';
import { negotiate } from './negotiate.ts';
import { readQuery } from './parameters.ts';
import { createProvider, type Provider } from './provider.ts';
import { Refusal, refuse } from './refusal.ts';
import { createMatch, routesOf, type Route } from './routes.ts';
import { settle, type BridgeSettings } from './settings.ts';

/** Path below which SCIM is served. */
export const BASE_PATH = '/scim/v2';

/** How a bridge is made. */
export interface BridgeOptions {
  /** Bearer tokens that may do everything. */
  readonly tokens?: readonly string[];
  /** Bearer tokens that may read only. */
  readonly readOnlyTokens?: readonly string[];
  /** Lets requests without a token do everything. Default: they are refused. */
  readonly anonymous?: boolean;
  /** The clock, in milliseconds. */
  readonly now?: () => number;
  /** Makes the id of a new resource. Default: a random UUID. */
  readonly newId?: () => string;
  readonly settings?: Partial<BridgeSettings>;
  /** What is served. Default: users with the enterprise extension, and groups. */
  readonly resourceTypes?: readonly ResourceType[];
  /** Told of every request when it is answered. */
  readonly log?: (entry: LogEntry) => void;
}

/** A SCIM service provider that waits for a server. */
export interface Bridge {
  /** Serves SCIM below `/scim/v2` and `GET /health`; everything else is a SCIM error 404. */
  readonly app: Express;
  /** Settings as they are in force. */
  readonly settings: BridgeSettings;
}

/**
 * Makes a service provider (RFC 7643, RFC 7644, RFC 9865) that keeps its resources in memory.
 *
 * @throws RangeError for settings, TypeError for resource types that cannot be served
 */
export function createBridge(options: BridgeOptions = {}): Bridge {
  const { tokens = [], readOnlyTokens = [], anonymous = false, now = Date.now, newId = randomUUID, log } = options;
  const settings = settle(options.settings);
  const provider = createProvider(options.resourceTypes ?? [userType, groupType], settings, now, newId);
  const authenticate = createAuthenticate({ tokens, readOnlyTokens, anonymous, me: settings.me });
  const routes = routesOf(provider, createDiscovery(provider, anonymous));

  const app = express();
  app.disable('x-powered-by');
  if (log) app.use(logged(log, now));
  app.use(serveScim(provider, routes, authenticate));
  app.get('/health', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.use(neverFound);
  app.use(answerError);
  return { app, settings };
}

/**
 * Serves the routes. They are matched here rather than by an Express router: a path has three parts at most, and the
 * answer to another method or path is always the same.
 */
function serveScim(provider: Provider, routes: readonly Route[], authenticate: Authenticate): RequestHandler {
  const match = createMatch(routes);
  const { settings } = provider;
  const shape = { depth: settings.maxDepth, values: settings.maxValues };

  return (request, response, next) => {
    const { url, method, headers } = request;
    if (!url.startsWith(BASE_PATH)) return next();
    const mark = url.indexOf('?');
    const path = url.slice(BASE_PATH.length, mark < 0 ? undefined : mark);
    if (path !== '' && !path.startsWith('/')) return next();

    const matched = match(path);
    const wanted = method === 'HEAD' ? 'GET' : method;
    const route = matched?.methods.get(wanted);
    const caller = callerOf(authenticate, headers.authorization, route);
    if (!matched) throw new ScimError(404, undefined, `there is nothing at ${path}`);
    if (!route) throw notAllowed(method, matched.methods);
    if (route.access === 'write') requireWrite(caller);
    const mediaType = negotiate(headers.accept);
    const call = {
      base: baseOf(request, settings),
      id: matched.id,
      parameters: readQuery(mark < 0 ? '' : url.slice(mark + 1)),
      conditions: { ifMatch: headers['if-match'], ifNoneMatch: headers['if-none-match'] },
      caller,
    };
    if (route.body === 'none') return send(response, route.handle({ ...call, body: null }), mediaType);
    const limits =
      route.body === 'bulk'
        ? { name: 'maxPayloadSize', size: settings.bulkMaxPayloadSize, ...shape }
        : { name: 'the limit', size: settings.maxBodySize, ...shape };
    return readBody(request, limits).then(body => send(response, route.handle({ ...call, body }), mediaType));
  };
}

const openToAll: Caller = { name: '', mayWrite: false, me: undefined };

/** A credential that is sent is looked at, also where none is needed. */
function callerOf(authenticate: Authenticate, authorization: string | undefined, route: Route | undefined): Caller {
  return route?.access === 'open' && authorization === undefined ? openToAll : authenticate(authorization);
}

function notAllowed(method: string, methods: ReadonlyMap<string, Route>): Refusal {
  const allowed = [...methods.keys()].flatMap(each => (each === 'GET' ? ['GET', 'HEAD'] : [each])).join(', ');
  return new Refusal(405, `${method} is not allowed here; allowed are ${allowed}`, { headers: { Allow: allowed } });
}

/** Where the client sees the service provider: as configured, else as this request addresses it. */
function baseOf(request: IncomingMessage & { readonly baseUrl?: string }, { baseUrl }: BridgeSettings): string {
  if (baseUrl !== undefined) return baseUrl.replace(/\/+$/, '');
  const scheme = 'encrypted' in request.socket ? 'https' : 'http';
  const { host = '' } = request.headers;
  // A Host header that is none would make addresses that lead nowhere, or elsewhere.
  const { localAddress = 'localhost', localPort = 80 } = request.socket;
  const authority = /^[\w.-]+(?::\d+)?$|^\[[\da-f:.]+\](?::\d+)?$/i.test(host) ? host : `${localAddress}:${localPort}`;
  return `${scheme}://${authority}${request.baseUrl ?? ''}${BASE_PATH}`;
}

/** What is neither SCIM nor health: another protocol version, or nothing (RFC 7644 section 3.13). */
const neverFound: RequestHandler = request => {
  if (/^\/scim\/v\d+(?:\/|$)/.test(request.path)) {
    throw new ScimError(400, 'invalidVers', `protocol versions other than ${BASE_PATH} are not supported`);
  }
  throw new ScimError(404, undefined, `there is nothing at ${request.path}; SCIM is served below ${BASE_PATH}`);
};

const answerError: ErrorRequestHandler = (error: unknown, request, response, _next) => {
  const answer = refuse(error);
  if (answer.status === 500) response.locals['fault'] = error;
  if (response.headersSent) response.destroy();
  else send(response, answer, mediaTypeOf(request));
};

/** An error is always told, also to a client that takes none of the types it could be told in. */
function mediaTypeOf(request: IncomingMessage): string | undefined {
  try {
    return negotiate(request.headers.accept);
  } catch {
    return undefined;
  }
}
