import type { Query, ScimClient } from '../../scim/client.ts';
import { isErrorMessage } from '../../scim/message/error.ts';
import { isObject, resourcesOf } from '../../scim/message/list.ts';
import { filterValue } from '../../scim/message/patch.ts';
import type { HttpResponse, Json, JsonObject } from '../../scim/wire/message.ts';
import type { Dialect, Write } from '../dialects/index.ts';
import type { Follows } from './access.ts';
import { memberOf } from './merge.ts';
import { mayHaveBeenProcessed } from './retry.ts';

/** An operation cannot be completed because of what the service provider does. The message is for a person. */
export class Trouble extends Error {
  readonly code = 'service-provider';
  /** No answer at all, however often it was asked. */
  readonly unanswered: boolean;
  /** Of the answer, where there was one. */
  readonly status: number | undefined;
  constructor(message: string, { unanswered = false, status }: { unanswered?: boolean; status?: number } = {}) {
    super(message);
    this.name = 'Trouble';
    this.unanswered = unanswered;
    this.status = status;
  }
}

/** Whether there is nothing under the id that was written to or read. */
export const isGone = (error: unknown): error is Trouble => error instanceof Trouble && error.status === 404;

/** Longest part of a service provider's own words in a reason, in characters. */
const LONGEST_DETAIL = 200;

/** A failed request as a reason: "the user could not be created: 409 (uniqueness), userName is taken". */
export function refusal(what: string, { status, json, failure }: HttpResponse): Trouble {
  if (status === undefined)
    return new Trouble(`${what}: no answer, ${failure?.message ?? 'for no known reason'}`, { unanswered: true });
  if (failure) return new Trouble(`${what}: answered ${status}, but ${failure.message}`, { status });
  if (!isErrorMessage(json)) return new Trouble(`${what}: answered ${status}`, { status });
  const { scimType, detail } = json;
  const keyword = typeof scimType === 'string' ? ` (${scimType})` : '';
  const words = typeof detail === 'string' && detail !== '' ? `, ${detail.slice(0, LONGEST_DETAIL)}` : '';
  return new Trouble(`${what}: answered ${status}${keyword}${words}`, { status });
}

/** Whether a response is a success that can be relied on: bytes behind a complete response do not undo it. */
export const isSuccess = ({ status = 0, failure }: HttpResponse): boolean =>
  status >= 200 && status < 300 && (failure === undefined || failure.code === 'stray-bytes');

/** @throws Trouble when a write failed. */
export function expectSuccess(response: HttpResponse, what: string): void {
  if (!isSuccess(response)) throw refusal(what, response);
}

/** The id of a resource. @throws Trouble when it is missing, or no string (JC-Q39). */
export function idOf(resource: Json | undefined, what: string): string {
  const id = isObject(resource) ? memberOf(resource, 'id') : undefined;
  if (typeof id === 'string' && id !== '') return id;
  if (id === undefined || id === null || id === '') throw new Trouble(`${what}: the answer holds no id`);
  throw new Trouble(`${what}: data type error, id is ${JSON.stringify(id)} and has to be a string`);
}

/** Resources of a list. @throws Trouble when the answer is no usable list. */
export function listed(response: HttpResponse, what: string): readonly JsonObject[] {
  if (!isSuccess(response)) throw refusal(what, response);
  const total = isObject(response.json) ? response.json['totalResults'] : undefined;
  const resources = resourcesOf(response.json);
  if (typeof total !== 'number') throw new Trouble(`${what}: the answer is no list response`);
  if (total > 0 && resources.length === 0) {
    throw new Trouble(`${what}: the answer counts ${total} and shows none`);
  }
  return resources;
}

/** The resource under an id as it stands now. @throws Trouble, one that `isGone` tells where there is none. */
export async function readResource(
  client: ScimClient,
  endpoint: string,
  id: string,
  what: string,
  query: Query = {},
): Promise<JsonObject> {
  const response = await client.read(endpoint, id, { query });
  if (!isSuccess(response)) throw refusal(what, response);
  if (!isObject(response.json)) throw new Trouble(`${what}: the answer is no resource`);
  return response.json;
}

/** Sends one change of a resource. @throws Trouble where it has to be read for that, and cannot be */
export async function sendWrite(
  client: ScimClient,
  endpoint: string,
  id: string,
  write: Write,
  what: string,
): Promise<HttpResponse> {
  switch (write.kind) {
    case 'patch':
      return client.patch(endpoint, id, write.operations);
    case 'put':
      return client.replace(endpoint, id, write.body);
    case 'merge': {
      const { meta: _meta, ...held } = await readResource(client, endpoint, id, what);
      return client.replace(endpoint, id, { ...held, ...write.changes });
    }
  }
}

/** A look-up: which resource of an endpoint has this value. */
export interface LookUp {
  readonly endpoint: string;
  /** What the filter compares. */
  readonly attribute: string;
  readonly value: string;
  /** A service provider that ignores the filter shows others too; they are told apart here. */
  readonly matches: (held: JsonObject) => boolean;
  /** "the user could not be looked up" */
  readonly what: string;
  /** Whether 404 says that there is none; it is a problem otherwise. */
  readonly notFoundIsMiss: boolean;
  /** What is asked for, made of the filter; nothing beside it at JumpCloud (JC-Q5). */
  readonly asks: (filter: string) => Query;
}

/**
 * The one resource that matches, with an id that can be used.
 * @throws Trouble when the look-up fails, or more than one matches.
 */
export async function lookUp(client: ScimClient, look: LookUp): Promise<JsonObject | undefined> {
  const { endpoint, attribute, value, matches, what, notFoundIsMiss, asks } = look;
  const response = await client.list(endpoint, asks(`${attribute} eq ${filterValue(value)}`));
  if (response.status === 404 && notFoundIsMiss) return undefined;
  const [hit, ...others] = listed(response, what).filter(matches);
  if (others.length > 0) throw new Trouble(`${what}: ${others.length + 1} match ${attribute} ${filterValue(value)}`);
  if (hit) idOf(hit, what);
  return hit;
}

/** What to create, and what is done about it. */
export interface Creation {
  readonly body: JsonObject;
  readonly look: LookUp;
  /** "the user could not be created" */
  readonly what: string;
  /** Hears of each attempt: of its trouble, or of nothing when it went well (JC-54a). */
  readonly report: (trouble?: Trouble) => void;
  readonly dialect: Pick<Dialect, 'conflict'>;
  readonly follows: Follows;
}

/**
 * Creates a resource and gives its id. Where the service provider says that it exists (JC-Q11a), or a lost answer leaves
 * open whether it was created, it is looked up, and what is found is given back as `found`; after a lost answer and a
 * look-up without a hit the create is sent once more.
 * @throws Trouble when it cannot be created, or is said to exist and cannot be found (JC-Q11b).
 */
export async function createOrFind(
  client: ScimClient,
  { body, look, what, report, dialect, follows }: Creation,
): Promise<{ readonly id: string; readonly found?: JsonObject }> {
  for (let again = false; ; again = true) {
    const response = await client.create(look.endpoint, body);
    const trouble = isSuccess(response) ? troubleOf(() => idOf(response.json, what)) : refusal(what, response);
    report(trouble);
    if (!trouble) return { id: idOf(response.json, what) };
    const exists = response.status === 409 && dialect.conflict === 'look-up' && follows('JC-Q11a');
    if (isSuccess(response) || (!exists && !mayHaveBeenProcessed(response))) throw trouble;
    const found = await lookUp(client, look);
    if (found) return { id: idOf(found, what), found };
    if (again || (exists && follows('JC-Q11b'))) {
      throw exists ? refusal(`${what}, and a look-up finds none`, response) : trouble;
    }
  }
}

function troubleOf(work: () => void): Trouble | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof Trouble) return error;
    throw error;
  }
}
