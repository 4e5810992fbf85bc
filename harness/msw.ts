import { http, type HttpHandler } from 'msw';
import { createBridge, type BridgeOptions } from '../bridge/index.ts';
import type { Control } from '../scim/target.ts';
import { parseJson, type HttpRequest, type HttpResponse } from '../scim/wire/message.ts';
import {
  createAdminApi,
  createSimulator,
  generateOrganisation,
  jumpcloud,
  type Organisation,
  type SendTo,
  type Simulator,
  type SimulatorOptions,
} from '../simulator/index.ts';
import { fetchFrom, type Fetch } from './fetch-listener.ts';

export type { Fetch } from './fetch-listener.ts';

/** Something that answers in this process: by handlers for msw, or asked directly. */
export interface Simulated {
  /** For `setupServer(...handlers)` or `server.use(...handlers)`. */
  readonly handlers: readonly HttpHandler[];
  readonly fetch: Fetch;
}

/** A SCIM endpoint and how to reach it. */
export interface ServiceProvider {
  readonly baseUrl: string;
  readonly token: string;
  /** The global `fetch` by default, which msw sees too. */
  readonly fetch?: Fetch;
}

/** What a simulated JumpCloud is made with. */
export interface JumpCloudOptions extends Pick<SimulatorOptions, 'now' | 'settings' | 'connector'> {
  /** The API key to ask for. */
  readonly apiKey: string;
  /** How many people are made up; none by default. */
  readonly people?: number;
  /** People and groups in place of made-up ones. */
  readonly organisation?: Organisation;
  /** Of everything that is made up. The default is 1. */
  readonly seed?: number;
  /** Whether groups and memberships are managed. */
  readonly manageGroups?: boolean;
  /** Where people and groups go; provisioning is switched on then. A bridge of `simulateBridge` fits. */
  readonly provisionTo?: ServiceProvider;
  /** Origins that are answered for; those of JumpCloud by default. */
  readonly origins?: readonly string[];
  /** Told of what should not happen: a handler or a push that ends with an exception. */
  readonly onFault?: (error: unknown) => void;
}

export interface SimulatedJumpCloud extends Simulated {
  /** The same directory without HTTP; changes made here are sent by `admin.sync()`. */
  readonly admin: Simulator;
  /** Resolves when everything that changes through the API have caused is sent. */
  idle(): Promise<void>;
}

/** Where JumpCloud's APIs are (jumpcloud.md 3.1). */
const ORIGINS = ['https://console.jumpcloud.com', 'https://console.eu.jumpcloud.com', 'https://api.jumpcloud.com'];

/**
 * A JumpCloud with its admin API, in this process: code under test calls `https://console.jumpcloud.com`, and the people
 * and groups it binds are provisioned.
 * @throws DirectoryError, SettingsError, RangeError for options that cannot be
 */
export function simulateJumpCloud(options: JumpCloudOptions): SimulatedJumpCloud {
  const { apiKey, people = 0, seed = 1, provisionTo, manageGroups = false, origins = ORIGINS, onFault } = options;
  const { now, settings, connector } = options;
  const admin = createSimulator({
    dialect: jumpcloud,
    send: sendTo(provisionTo),
    organisation: options.organisation ?? generateOrganisation({ people, seed }),
    seed,
    manageGroups,
    ...(now && { now }),
    ...(settings && { settings }),
    ...(connector && { connector }),
  });
  if (provisionTo) admin.activate();
  const { app, idle } = createAdminApi({ admin, apiKeys: [apiKey], ...(onFault && { onFault }) });
  const answer = fetchFrom(app);
  return {
    handlers: handlersFor(
      origins.map(origin => `${origin}/*`),
      answer,
    ),
    fetch: answer,
    admin,
    idle,
  };
}

/** What a simulated service provider is made with; with an `account`, a 1Password account stands behind it. */
export interface SimulatedBridgeOptions extends Pick<
  BridgeOptions,
  'now' | 'newId' | 'settings' | 'resourceTypes' | 'account'
> {
  readonly token: string;
  /** Origin that is answered for; SCIM lies below `/scim/v2` of it. */
  readonly origin?: string;
}

export interface SimulatedBridge extends Simulated, Required<ServiceProvider> {
  /** Acts as people and administrators of the account do; absent without one. */
  readonly control?: Required<Control>;
}

/**
 * The reference bridge in this process: code under test provisions to its `baseUrl` with its `token`.
 * @throws RangeError, TypeError for options that cannot be
 */
export function simulateBridge(options: SimulatedBridgeOptions): SimulatedBridge {
  const { token, origin = 'https://scim.orbital.example', settings, ...made } = options;
  const baseUrl = `${origin}/scim/v2`;
  const { app, control } = createBridge({ ...made, tokens: [token], settings: { baseUrl, ...settings } });
  const answer = fetchFrom(app);
  const handlers = handlersFor([`${baseUrl}/*`, `${origin}/health`], answer);
  return { handlers, fetch: answer, baseUrl, token, ...(control && { control }) };
}

const handlersFor = (paths: readonly string[], answer: Fetch): readonly HttpHandler[] =>
  paths.map(path => http.all(path, ({ request }) => answer(request)));

/** Requests of the application go to the service provider, unless an admin typed another Base URL. */
const sendTo =
  (provider: ServiceProvider | undefined): SendTo =>
  async (request, { baseUrl }) => {
    const base = baseUrl ?? provider?.baseUrl;
    if (base === undefined) return failed('refused', 'there is no service provider; give provisionTo');
    const answer = (baseUrl === undefined ? provider?.fetch : undefined) ?? fetch;
    const proof = provider && baseUrl === undefined ? { authorization: `Bearer ${provider.token}` } : {};
    try {
      return await exchange(answer, base, { ...request, headers: { ...proof, ...request.headers } });
    } catch (error) {
      return failed('cut', error instanceof Error ? error.message : String(error));
    }
  };

async function exchange(answer: Fetch, base: string, request: HttpRequest): Promise<HttpResponse> {
  const { method, path, headers, json } = request;
  const body = request.text ?? (json === undefined ? undefined : JSON.stringify(json));
  const url = base.replace(/\/+$/, '') + path;
  const response = await answer(new Request(url, { method, headers, ...(body !== undefined && { body }) }));
  const text = await response.text();
  const answered = parseJson(text);
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    text,
    ...(answered !== undefined && { json: answered }),
  };
}

const failed = (code: 'refused' | 'cut', message: string): HttpResponse => ({
  headers: {},
  text: '',
  failure: { code, message },
});
