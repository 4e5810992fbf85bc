import type { ScimClient } from '../../scim/client.ts';
import { isErrorMessage } from '../../scim/message/error.ts';
import { isObject, resourcesOf } from '../../scim/message/list.ts';
import { filterValue } from '../../scim/message/patch.ts';
import type { HttpResponse, Json, JsonObject } from '../../scim/wire/message.ts';
import { memberOf } from './merge.ts';
import { mayHaveBeenProcessed } from './retry.ts';

/** An operation cannot be completed because of what the service provider does. The message is for a person. */
export class Trouble extends Error {
  readonly code = 'service-provider';
  /** No answer at all, however often it was asked. */
  readonly unanswered: boolean;
  constructor(message: string, unanswered = false) {
    super(message);
    this.name = 'Trouble';
    this.unanswered = unanswered;
  }
}

/** Longest part of a service provider's own words in a reason, in characters. */
const LONGEST_DETAIL = 200;

/** A failed request as a reason: "the user could not be created: 409 (uniqueness), userName is taken". */
export function refusal(what: string, { status, json, failure }: HttpResponse): Trouble {
  if (status === undefined)
    return new Trouble(`${what}: no answer, ${failure?.message ?? 'for no known reason'}`, true);
  if (failure) return new Trouble(`${what}: answered ${status}, but ${failure.message}`);
  if (!isErrorMessage(json)) return new Trouble(`${what}: answered ${status}`);
  const { scimType, detail } = json;
  const keyword = typeof scimType === 'string' ? ` (${scimType})` : '';
  const words = typeof detail === 'string' && detail !== '' ? `, ${detail.slice(0, LONGEST_DETAIL)}` : '';
  return new Trouble(`${what}: answered ${status}${keyword}${words}`);
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

/** The resource under an id as it stands now; undefined when there is none. @throws Trouble for any other answer. */
export async function readResource(
  client: ScimClient,
  endpoint: string,
  id: string,
  what: string,
): Promise<JsonObject | undefined> {
  const response = await client.read(endpoint, id);
  if (response.status === 404) return undefined;
  if (!isSuccess(response)) throw refusal(what, response);
  if (!isObject(response.json)) throw new Trouble(`${what}: the answer is no resource`);
  return response.json;
}

/** A look-up: which resource of an endpoint has this value. */
export interface LookUp {
  readonly endpoint: string;
  readonly attribute: string;
  readonly value: string;
  /** A service provider that ignores the filter shows others too; they are told apart here. */
  readonly matches: (held: Json | undefined) => boolean;
  /** "the user could not be looked up" */
  readonly what: string;
}

/**
 * The one resource that matches, with an id that can be used. The filter is the only parameter (JC-Q5).
 * @throws Trouble when the look-up fails, or more than one matches.
 */
export async function lookUp(client: ScimClient, look: LookUp): Promise<JsonObject | undefined> {
  const { endpoint, attribute, value, matches, what } = look;
  const response = await client.list(endpoint, { filter: `${attribute} eq ${filterValue(value)}` });
  const [hit, ...others] = listed(response, what).filter(resource => matches(memberOf(resource, attribute)));
  if (others.length > 0) throw new Trouble(`${what}: ${others.length + 1} match ${attribute} ${filterValue(value)}`);
  if (hit) idOf(hit, what);
  return hit;
}

/**
 * Creates a resource and gives its id. Where the service provider says that it exists (JC-Q11a), or a lost answer leaves
 * open whether it was created, it is looked up, and what is found is given back as `found`; after a lost answer and a
 * look-up without a hit the create is sent once more.
 * @throws Trouble when it cannot be created, or is said to exist and cannot be found (JC-Q11b).
 */
export async function createOrFind(
  client: ScimClient,
  body: JsonObject,
  look: LookUp,
  what: string,
): Promise<{ readonly id: string; readonly found?: JsonObject }> {
  for (let again = false; ; again = true) {
    const response = await client.create(look.endpoint, body);
    if (isSuccess(response)) return { id: idOf(response.json, what) };
    const exists = response.status === 409;
    if (!exists && !mayHaveBeenProcessed(response)) throw refusal(what, response);
    const found = await lookUp(client, look);
    if (found) return { id: idOf(found, what), found };
    if (exists || again) throw refusal(exists ? `${what}, and a look-up finds none` : what, response);
  }
}
