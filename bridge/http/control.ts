import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import { controlActNames, controlActs, isControlAct, type ControlAct, type Member } from '../../scim/control-acts.ts';
import { ScimError } from '../../scim/message/error.ts';
import { isObject } from '../../scim/message/list.ts';
import { ControlError, type Control } from '../../scim/target.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import { suggest } from '../../text/suggest.ts';
import { createAuthenticate } from './auth.ts';
import { readBody } from './body.ts';

/** Path below which an account is controlled over HTTP, where that is asked for. */
export const CONTROL_PATH = '/control';

/** A request that is not carried out; what the client reads as `{code, message}`. */
interface Refused {
  readonly status: number;
  readonly code: 'unauthorized' | 'unknown-act' | 'method' | 'body' | 'control' | 'fault';
  readonly message: string;
  /** The rule of the catalogue that refuses, where one does. */
  readonly rule?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One row of the table of what is served. */
interface ControlRoute extends ControlAct {
  readonly name: string;
  readonly act: (given: JsonObject) => Promise<unknown>;
}

type Outcome = { readonly body: unknown } | Refused;

const usual = { name: 'the limit', size: 1_048_576, depth: 24, values: 65_536 };
/** A snapshot holds a whole account. */
const large = { name: 'the limit', size: 67_108_864, depth: 64, values: 8_388_608 };

/**
 * Serves a control over HTTP: `GET /` lists its acts, each of which is a path with its name and takes and gives JSON.
 * Whatever is refused is `{code, message}`, with `rule` where a rule refuses it.
 *
 * @param token the one bearer token that is taken
 */
export function controlApi(control: Control, token: string): RequestHandler {
  const authenticate = createAuthenticate({ tokens: [token], readOnlyTokens: [], anonymous: false, me: {} });
  const routes = new Map(routesOf(control).map(route => [route.name, route]));
  const acts = [...routes.values()].map(({ name, method, takes, title }) => ({ name, method, takes, title }));

  const answer = async (request: IncomingMessage): Promise<Outcome> => {
    const refusal = unauthorized(() => authenticate(request.headers.authorization));
    if (refusal) return refusal;
    const name = nameIn(request.url ?? '');
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    if (name === '') return method === 'GET' ? { body: { acts } } : wrongMethod('the list of acts', 'GET');
    const route = routes.get(name);
    if (!route) return unknownAct(name, [...routes.keys()]);
    if (method !== route.method) return wrongMethod(name, route.method);
    const given = await bodyOf(request, route);
    const wrong = given && whyWrong(route, given);
    if (!given || wrong !== undefined) return { status: 400, code: 'body', message: wrong ?? 'send a JSON object' };
    return { body: await route.act(given) };
  };
  return (request, response) =>
    answer(request)
      .catch((error: unknown) => {
        const refused = refusedBy(error);
        if (refused.code === 'fault') response.locals['fault'] = error;
        return refused;
      })
      .then(outcome => send(response, outcome));
}

function routesOf(control: Control): readonly ControlRoute[] {
  return controlActNames.flatMap(name => {
    const act = control[name] as ((given: JsonObject) => Promise<unknown>) | undefined;
    return act ? [{ ...controlActs[name], name, act: given => act.call(control, given) }] : [];
  });
}

/** The act that a path names, without what surrounds it. */
const nameIn = (url: string): string => url.replace(/\?.*$/s, '').replace(/^\/|\/$/g, '');

function unauthorized(check: () => unknown): Refused | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    const headers = { 'WWW-Authenticate': 'Bearer realm="control"' };
    return { status: 401, code: 'unauthorized', message: `${error.message}; the control has one of its own`, headers };
  }
}

const wrongMethod = (what: string, method: string): Refused => ({
  status: 405,
  code: 'method',
  message: `${what} is asked for with ${method}`,
  headers: { Allow: method },
});

function unknownAct(name: string, known: readonly string[]): Refused {
  const is = isControlAct(name) ? 'is not offered here' : 'is no act';
  const message = `${JSON.stringify(name)} ${is}${suggest(name, known)}; GET ${CONTROL_PATH} lists all ${known.length}`;
  return { status: 404, code: 'unknown-act', message };
}

/** The body of a request, `{}` for none; undefined for one that is no object. */
async function bodyOf(request: IncomingMessage, { takes }: ControlAct): Promise<JsonObject | undefined> {
  const { 'content-length': length = '0', 'transfer-encoding': coding } = request.headers;
  if (length === '0' && coding === undefined) return {};
  const json = await readBody(request, Object.values(takes).includes('JSON') ? large : usual);
  return isObject(json) ? json : undefined;
}

const texts = (value: Json): boolean => Array.isArray(value) && value.every(one => typeof one === 'string');

const kinds: Readonly<Record<string, { readonly fits: (value: Json) => boolean; readonly words: string }>> = {
  text: { fits: value => typeof value === 'string', words: 'a text' },
  texts: { fits: texts, words: 'a list of texts' },
  'texts or any': { fits: value => value === 'any' || texts(value), words: 'a list of texts, or "any"' },
  flag: { fits: value => typeof value === 'boolean', words: 'true or false' },
  number: { fits: value => typeof value === 'number', words: 'a number' },
  JSON: { fits: () => true, words: 'what snapshot gave' },
};

/** What is wrong with the body of an act, naming the member; undefined when nothing is. */
function whyWrong({ name, takes, takesMore }: ControlRoute, given: JsonObject): string | undefined {
  const known = Object.keys(takes);
  const odd = takesMore ? undefined : Object.keys(given).find(member => !known.includes(member));
  if (odd !== undefined) {
    const all = known.length > 0 ? `it takes ${known.join(', ')}` : 'it takes nothing';
    return `${name} has no member ${JSON.stringify(odd)}${suggest(odd, known)}; ${all}`;
  }
  for (const [member, what] of Object.entries<Member>(takes)) {
    const value = Object.hasOwn(given, member) ? given[member] : undefined;
    const isOptional = what.endsWith('?');
    const kind = kinds[isOptional ? what.slice(0, -1) : what];
    if (value === undefined ? isOptional : kind?.fits(value)) continue;
    return `${name} takes ${kind?.words ?? what} as ${JSON.stringify(member)}`;
  }
  return undefined;
}

function refusedBy(error: unknown): Refused {
  if (error instanceof ControlError) {
    const { status, message, rule } = error;
    return { status, code: 'control', message, ...(rule !== undefined && { rule }) };
  }
  if (error instanceof ScimError) return { status: error.status, code: 'body', message: error.message };
  return { status: 500, code: 'fault', message: 'the server failed on this act; its log tells more' };
}

/** Answers hold tokens, so nobody on the way keeps them. */
const always = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' };

function send(response: ServerResponse, outcome: Outcome): void {
  if (response.headersSent || response.destroyed) return;
  if ('status' in outcome) {
    const { status, headers, ...said } = outcome;
    return write(response, status, said, headers);
  }
  write(response, outcome.body === undefined ? 204 : 200, outcome.body);
}

function write(response: ServerResponse, status: number, body: unknown, headers: Refused['headers'] = {}): void {
  if (body === undefined) return void response.writeHead(status, { 'Cache-Control': 'no-store', ...headers }).end();
  const text = JSON.stringify(body);
  response.writeHead(status, { ...always, 'Content-Length': Buffer.byteLength(text), ...headers }).end(text);
}
