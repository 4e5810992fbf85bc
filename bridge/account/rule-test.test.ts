import type { RuleId } from '../../conformance/clauses/index.ts';
import { isObject } from '../../scim/message/list.ts';
import { withJson, type Hop, type HttpRequest, type HttpResponse, type JsonObject } from '../../scim/wire/message.ts';
import type { AccountOptions, ProfileId } from './model.ts';
import type { World } from './world.test.ts';

/** The test of one rule: it holds in a world with the rule, and fails in one without. */
export interface RuleTest {
  readonly rule: RuleId;
  readonly prove: (world: World, profile: ProfileId) => Promise<void>;
  /** The profiles it starts in; those that the catalogue names for the rule when left out. */
  readonly profiles?: readonly ProfileId[];
  readonly account?: Partial<AccountOptions>;
  /** How the rule is switched off where plain SCIM keeps it; left out: by its switch in the account. */
  readonly off?: Hop;
}

/** Changes requests on their way. */
export const asks =
  (change: (request: HttpRequest) => HttpRequest): Hop =>
  (request, next) =>
    next(change(request));

/** Changes answers to requests of a method below a path. */
export const answers =
  (method: string, path: RegExp, change: (response: HttpResponse) => HttpResponse): Hop =>
  async (request, next) => {
    const response = await next(request);
    return request.method === method && path.test(request.path) ? change(response) : response;
  };

export const status =
  (code: number) =>
  (response: HttpResponse): HttpResponse => ({ ...response, status: code });

/** Changes the body of an answer that is an object. */
export const body =
  (change: (json: JsonObject) => JsonObject) =>
  (response: HttpResponse): HttpResponse =>
    isObject(response.json) ? withJson(response, change(response.json)) : response;

/** An object without one of its members. */
export const without = <V>(object: Readonly<Record<string, V>>, name: string): Record<string, V> =>
  Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));

export const user = /^\/Users\/[^/?]+$/;
export const users = /^\/Users(?:\?|$)/;
export const group = /^\/Groups\/[^/?]+$/;
export const groups = /^\/Groups(?:\?|$)/;
