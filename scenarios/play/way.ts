import { faultKinds, trouble, type FaultKind } from '../../simulator/faults/faults.ts';
import type { Exchange } from '../../reports/record/exchange.ts';
import { pathText } from './wire.ts';
import { isObject } from '../../scim/message/list.ts';
import { withJson, type Hop, type HttpResponse, type Json, type JsonObject } from '../../scim/wire/message.ts';

/** Trouble that an answer makes, with its status. */
const REFUSALS = {
  refused: 400,
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'server-error': 500,
} as const;

/** Trouble in an answer that says something else than it should. */
const ALTERED = {
  /** A list without what is in it. */
  'finds-nobody': ({ schemas = [], startIndex = 1 }: JsonObject): Json => ({
    schemas,
    totalResults: 0,
    startIndex,
    itemsPerPage: 0,
    Resources: [],
  }),
  'numeric-id': (body: JsonObject): Json => ({ ...body, id: 42 }),
} as const satisfies Readonly<Record<string, (body: JsonObject) => Json>>;

/** Trouble that a story can ask for: on the connection, or as an answer that the service provider would not give. */
export type FaultName = FaultKind | keyof typeof REFUSALS | keyof typeof ALTERED;

/** Every trouble there is. */
export const faultNames: readonly string[] = [...faultKinds, ...Object.keys(REFUSALS), ...Object.keys(ALTERED)];

/** What passes while a story is played, and what a story can make of it. */
export interface StoryClock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Moves it; nothing waits. */
  readonly advance: (ms: number) => void;
}

/** A clock that stands still but for those who wait on it and those who move it. */
export function createStoryClock(start: number): StoryClock {
  let time = start;
  const advance = (ms: number): void => void (time += ms);
  return { now: () => time, sleep: async ms => advance(ms), advance };
}

/** The way from the identity provider to the service provider, on which a story can make trouble. */
export interface Way {
  /** Sits next to the transport, so that the record has the trouble. */
  readonly hop: Hop;
  /** Lets the next requests that begin like `on` meet trouble; `*` for any request. */
  trouble(name: FaultName, on: string, times: number): void;
  /** While `isOpen` is false nothing meets trouble: looks at the service provider are no part of a story. */
  open(isOpen: boolean): void;
  /** Whether the last request met trouble: a pause for it need not be waited for. */
  isTroubled(): boolean;
  /** The exchange, marked where what came of it is trouble that the story made. */
  marked(exchange: Exchange): Exchange;
}

/** A way with no trouble on it yet. */
export function createWay(clock: StoryClock): Way {
  let ahead: { readonly name: FaultName; readonly on: string; left: number }[] = [];
  let isOpen = false;
  let isTroubled = false;
  // The recorder keeps the headers object as it is, so that is what tells requests apart.
  const troubled = new WeakMap<object, NonNullable<Exchange['staged']>>();
  const hop: Hop = async (request, next) => {
    const line = `${request.method} ${pathText(request.path)}`;
    const met = isOpen ? ahead.find(({ on }) => on === '*' || line.startsWith(on)) : undefined;
    isTroubled = met !== undefined;
    if (!met) return next(request);
    met.left -= 1;
    troubled.set(request.headers, 'kept-back');
    ahead = ahead.filter(({ left }) => left > 0);
    const { name } = met;
    if (name in REFUSALS) return answer(REFUSALS[name as keyof typeof REFUSALS]);
    if (isAltered(name)) {
      troubled.set(request.headers, 'passed-on');
      const response = await next(request);
      return isObject(response.json) ? withJson(response, ALTERED[name](response.json)) : response;
    }
    // Names differ from run to run, so they have no say in what comes.
    return trouble(name as FaultKind, { clock, draw: 1 / (2 + met.left) })(request, passed => {
      troubled.set(request.headers, 'passed-on');
      return next(passed);
    });
  };
  return {
    hop,
    trouble: (name, on, times) => void ahead.push({ name, on, left: times }),
    open: state => void (isOpen = state),
    isTroubled: () => isTroubled,
    marked(exchange) {
      const staged = troubled.get(exchange.request.headers);
      return staged ? { ...exchange, staged } : exchange;
    },
  };
}

const isAltered = (name: FaultName): name is keyof typeof ALTERED => Object.hasOwn(ALTERED, name);

function answer(status: number): HttpResponse {
  const json = {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(status),
    detail: 'trouble of the story',
  };
  return {
    status,
    headers: { 'content-type': 'application/scim+json', ...(status === 401 && { 'www-authenticate': 'Bearer' }) },
    text: JSON.stringify(json),
    json,
  };
}

/** Whether there is such trouble. */
export const isFaultName = (name: string): name is FaultName => faultNames.includes(name);
