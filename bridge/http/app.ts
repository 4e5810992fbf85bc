import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import type { RuleId } from '../../conformance/clauses/index.ts';
import { ScimError } from '../../scim/message/error.ts';
import { groupType, userType, type ResourceType } from '../../scim/schema/index.ts';
import type { Control } from '../../scim/target.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import { createAccount, lawOf } from '../account/account.ts';
import { createClock } from '../account/clock.ts';
import type { Door, Page } from '../account/hooks.ts';
import type { AccountOptions } from '../account/model.ts';
import { accountTypes, offered } from '../account/served.ts';
import { send, type Answer } from './answer.ts';
import { createAuthenticate, requireWrite, type Authenticate, type Caller } from './auth.ts';
import { readBody } from './body.ts';
import { controlApi, CONTROL_PATH } from './control.ts';
import { createDiscovery } from './discovery.ts';
import { logged, type LogEntry } from './log.ts';
import { negotiate } from './negotiate.ts';
import { asks, readQuery } from './parameters.ts';
import { showing, signIn } from './pages.ts';
import { createProvider, type Provider } from './provider.ts';
import { Refusal, refuse } from './refusal.ts';
import { createMatch, routesOf, type Route } from './routes.ts';
import { settle, type BridgeSettings } from './settings.ts';
import type { Call } from './resources.ts';
import { createShelf } from './shelf.ts';

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
  /**
   * Puts a 1Password account behind the service provider, which then serves what that account keeps, to the one token it
   * was given. Left out: plain SCIM.
   */
  readonly account?: AccountOptions;
  /** Makes a further token for the account. Default: a random one. */
  readonly newToken?: () => string;
  /** Lets the account be controlled over HTTP, below `/control`, by whoever has this token. Default: nobody can. */
  readonly controlToken?: string;
}

/** A SCIM service provider that waits for a server. */
export interface Bridge {
  /** Serves SCIM below `/scim/v2`, or where the account has it, and `GET /health`; everything else is a SCIM error 404. */
  readonly app: Express;
  /** Settings as they are in force. */
  readonly settings: BridgeSettings;
  /** The path below which SCIM is served; the longest where there are several. Empty for the root. */
  readonly basePath: string;
  /** What can be done to the account behind; absent without one. */
  readonly control?: Required<Control>;
}

/**
 * Makes a service provider (RFC 7643, RFC 7644, RFC 9865) that keeps its resources in memory.
 *
 * @throws RangeError for settings, TypeError for resource types that cannot be served and for options that exclude each other
 */
export const createBridge = (options: BridgeOptions = {}): Bridge => assembleBridge(options);

/**
 * Makes a service provider.
 *
 * @param without rules that do not hold for the account; tests have some, to see themselves fail
 */
export function assembleBridge(options: BridgeOptions, without: ReadonlySet<RuleId> = new Set()): Bridge {
  const { log } = options;
  const {
    provider,
    doors,
    pages = [],
    control,
    signInHost,
    isOpen,
  } = options.account ? withAccount(options, options.account, without) : plain(options);
  const routes = routesOf(provider, createDiscovery(provider, isOpen));

  const app = express();
  app.disable('x-powered-by');
  if (log) app.use(logged(log, provider.now));
  if (signInHost !== undefined) app.use(signIn(signInHost));
  if (control && options.controlToken !== undefined) app.use(CONTROL_PATH, controlApi(control, options.controlToken));
  for (const page of pages) app.get(page.path, showing(page));
  app.use(serveScim(provider, routes, doors));
  app.get('/health', (_request, response) => {
    response.json({ status: 'ok' });
  });
  const mounts = doors.flatMap(door => door.mounts);
  app.use(neverFound(mounts, control !== undefined));
  app.use(answerError);
  const [first = '/'] = doors.flatMap(door => [...door.mounts].sort((a, b) => b.length - a.length).slice(0, 1));
  const basePath = first === '/' ? '' : first;
  return { app, settings: provider.settings, basePath, ...(control && { control }) };
}

/** What a bridge is assembled from. */
interface Assembly {
  readonly provider: Provider;
  readonly doors: readonly Door[];
  readonly pages?: readonly Page[];
  /** Whether requests pass without a credential. */
  readonly isOpen: boolean;
  readonly control?: Required<Control>;
  readonly signInHost?: string | undefined;
}

function plain(options: BridgeOptions): Assembly {
  if (options.controlToken !== undefined) {
    throw new TypeError('there is nothing to control without an account; leave controlToken out, or give an account');
  }
  const { tokens = [], readOnlyTokens = [], anonymous = false, now = Date.now, newId = randomUUID } = options;
  const settings = settle(options.settings);
  const provider = createProvider(options.resourceTypes ?? [userType, groupType], settings, now, () => newId());
  const authenticate = createAuthenticate({ tokens, readOnlyTokens, anonymous, me: settings.me });
  return { provider, doors: [{ mounts: [BASE_PATH], authenticate }], isOpen: anonymous };
}

function withAccount(options: BridgeOptions, account: AccountOptions, without: ReadonlySet<RuleId>): Assembly {
  const { tokens = [], readOnlyTokens = [], anonymous = false, now = Date.now, newId = randomUUID } = options;
  const [token, ...more] = tokens;
  if (token === undefined || more.length > 0 || readOnlyTokens.length > 0 || anonymous) {
    throw new TypeError(
      'an account has one bearer token, which may do everything; give one in tokens and nothing else',
    );
  }
  const { controlToken } = options;
  if (controlToken === token || (controlToken !== undefined && !/^\S+$/.test(controlToken))) {
    throw new TypeError('the control has a bearer token of its own: without blanks, and not that of the endpoint');
  }
  if (options.resourceTypes)
    throw new TypeError('an account serves resource types of its own; leave resourceTypes out');
  const law = lawOf(account, without);
  const settings = settle({ ...offered, ...options.settings });
  const clock = createClock(now);
  const idOf = (type: string): string => law.wire.idOf(type, newId());
  const provider = createProvider(accountTypes, settings, clock.now, idOf, 'ignore');
  const newToken = options.newToken ?? (() => randomBytes(24).toString('base64url'));
  const parts = { clock, shelf: createShelf(provider), token, newToken };
  const { hooks, ...behind } = createAccount(account, law, parts, without);
  return { provider: { ...provider, account: hooks }, isOpen: false, ...behind };
}

/** A path that SCIM is served below; empty for the root. */
interface Mount {
  readonly path: string;
  readonly authenticate: Authenticate;
}

/**
 * Serves the routes. They are matched here rather than by an Express router: a path has three parts at most, and the
 * answer to another method or path is always the same.
 */
function serveScim(provider: Provider, routes: readonly Route[], doors: readonly Door[]): RequestHandler {
  const match = createMatch(routes);
  const { settings } = provider;
  const shape = { depth: settings.maxDepth, values: settings.maxValues };
  const finish = finishOf(provider);
  const mounts = doors
    .flatMap(({ mounts, authenticate }) => mounts.map(path => ({ path: path === '/' ? '' : path, authenticate })))
    .sort((a, b) => b.path.length - a.path.length);

  return (request, response, next) => {
    const { url, method, headers } = request;
    const mark = url.indexOf('?');
    const whole = mark < 0 ? url : url.slice(0, mark);
    const mount = mountOf(mounts, whole);
    if (!mount) return next();
    const path = whole.slice(mount.path.length);

    const matched = match(path);
    // What the root does not know may be known to others.
    if (!matched && mount.path === '') return next();
    const wanted = method === 'HEAD' ? 'GET' : method;
    const route = matched?.methods.get(wanted);
    const caller = callerOf(mount.authenticate, headers.authorization, route);
    if (!matched) throw new ScimError(404, undefined, `there is nothing at ${path}`);
    if (!route) throw notAllowed(method, matched.methods);
    if (route.access === 'write') requireWrite(caller);
    const mediaType = negotiate(headers.accept);
    const call = {
      base: baseOf(request, settings, mount.path),
      id: matched.id,
      parameters: readQuery(mark < 0 ? '' : url.slice(mark + 1)),
      conditions: { ifMatch: headers['if-match'], ifNoneMatch: headers['if-none-match'] },
      caller,
    };
    const answer = (body: Json): void => send(response, finish(route.handle({ ...call, body }), call), mediaType);
    if (route.body === 'none') return answer(null);
    const limits =
      route.body === 'bulk'
        ? { name: 'maxPayloadSize', size: settings.bulkMaxPayloadSize, ...shape }
        : { name: 'the limit', size: settings.maxBodySize, ...shape };
    return readBody(request, limits).then(answer);
  };
}

/** What an answer becomes before it goes out: as the account behind has it, if there is one. */
function finishOf({ account }: Provider): (answer: Answer, call: Pick<Call, 'parameters'>) => Answer {
  if (!account) return answer => answer;
  return (answer, { parameters }) =>
    answer.body ? { ...answer, body: account.wire.shape(answer.body as JsonObject, asks(parameters)) } : answer;
}

/** The longest of the mounts that a path is below. */
function mountOf(mounts: readonly Mount[], path: string): Mount | undefined {
  for (const mount of mounts) {
    const { length } = mount.path;
    if (path.startsWith(mount.path) && (path.length === length || path[length] === '/')) return mount;
  }
  return undefined;
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
function baseOf(
  request: IncomingMessage & { readonly baseUrl?: string },
  { baseUrl }: BridgeSettings,
  mount: string,
): string {
  if (baseUrl !== undefined) return baseUrl.replace(/\/+$/, '');
  const scheme = 'encrypted' in request.socket ? 'https' : 'http';
  const { host = '' } = request.headers;
  // A Host header that is none would make addresses that lead nowhere, or elsewhere.
  const { localAddress = 'localhost', localPort = 80 } = request.socket;
  const authority = /^[\w.-]+(?::\d+)?$|^\[[\da-f:.]+\](?::\d+)?$/i.test(host) ? host : `${localAddress}:${localPort}`;
  return `${scheme}://${authority}${request.baseUrl ?? ''}${mount}`;
}

/**
 * What is neither SCIM nor health: another protocol version (RFC 7644 section 3.13), or nothing. An account knows no
 * versions: whatever is elsewhere is not there (research note, section 5).
 */
const neverFound =
  (mounts: readonly string[], hasAccount: boolean): RequestHandler =>
  request => {
    const served = mounts.join(', ');
    if (!hasAccount && /^\/scim\/v\d+(?:\/|$)/.test(request.path)) {
      throw new ScimError(400, 'invalidVers', `protocol versions other than ${served} are not supported`);
    }
    throw new ScimError(404, undefined, `there is nothing at ${request.path}; SCIM is served below ${served}`);
  };

const answerError: ErrorRequestHandler = (error: unknown, request, response, _next) => {
  const answer = refuse(error);
  // A refusal may be a 500 too, where the account answers so; only what nobody foresaw is a fault.
  if (answer.status === 500 && !(error instanceof ScimError)) response.locals['fault'] = error;
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
