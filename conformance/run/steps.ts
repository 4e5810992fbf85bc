import type { PatchOperation } from '../../scim/message/patch.ts';
import type { HttpResponse, JsonObject } from '../../scim/wire/message.ts';
import { isErrorMessage } from '../../scim/message/error.ts';
import type { Query } from '../../scim/client.ts';
import type { Probe } from './check.ts';
import type { Context, Made } from './context.ts';
import { describeAnswer, expect, show, type Page } from './expect.ts';
import { endpointOf, serves, type CoreType, type Facts } from './facts.ts';
import { createdId, refusalOf } from './given.ts';
import { reporters } from './reporters.ts';
import { metaOf } from './shown.ts';
import { disagreement } from './state.ts';
import { Blocked, NotApplicable, Violation } from './violation.ts';

const coreTypes: readonly CoreType[] = ['User', 'Group'];

/** The part of a probe that runs once for each core resource type the target serves, on a resource made for it. */
export const onEachType = (
  run: (context: Context, endpoint: string, made: Made) => Promise<void>,
): Pick<Probe, 'cases' | 'run'> & { readonly cases: NonNullable<Probe['cases']> } => ({
  cases: (facts: Facts) =>
    coreTypes.filter(type => serves(type).unmet(facts) === undefined).map(type => ({ name: type })),
  async run(context, { name }) {
    const user = name === 'User';
    const made = await (user ? context.given.user() : context.given.group());
    await run(context, user ? endpointOf.User : endpointOf.Group, made);
  },
});

/**
 * The page a filter gives.
 * @throws NotApplicable when the target declines a filter that is grammatical, which it may (RFC 7644 section 3.4.2.2).
 */
export async function filtered({ scim }: Context, endpoint: string, filter: string, query: Query = {}): Promise<Page> {
  const answer = await scim.list(endpoint, { ...query, filter });
  if (declines(answer)) throw new NotApplicable(`the filter ${filter} is declined: ${describeAnswer(answer)}`);
  if (answer.status === 501) throw new Blocked(reporters.filterFlag, describeAnswer(answer));
  expect.status(answer, 200);
  return pageOf(answer);
}

/** A list response as a page. @throws Blocked when it is none, which `wire.list-envelope` reports. */
export function pageOf(answer: HttpResponse): Page {
  try {
    return expect.page(answer);
  } catch (error) {
    if (error instanceof Violation) throw new Blocked(reporters.page, error.message);
    throw error;
  }
}

/** 400 with the keyword for it, or with none: `scimType` is optional. */
export const declines = ({ status, json }: HttpResponse): boolean =>
  status === 400 && isErrorMessage(json) && (json.scimType === undefined || json.scimType === 'invalidFilter');

/** Sends a PATCH to a resource that is there. @throws Blocked by `patch.status` when the target has no PATCH at all. */
export async function patch(
  { scim }: Pick<Context, 'scim'>,
  endpoint: string,
  id: string,
  operations: readonly PatchOperation[],
): Promise<HttpResponse> {
  const answer = await scim.patch(endpoint, id, operations);
  if ([404, 405, 501].includes(answer.status ?? 0))
    throw new Blocked(reporters.write.PATCH, describeAnswer(answer), answer);
  return answer;
}

/** Sends a PATCH that has to succeed. @throws Violation for a refusal, and Blocked as above. */
export async function patched(...call: Parameters<typeof patch>): Promise<void> {
  const answer = await patch(...call);
  const { status } = answer;
  if (status === undefined || status < 200 || status > 299) {
    throw new Violation('the PATCH to succeed with 200 or 204', describeAnswer(answer), answer);
  }
}

/** An id, where a plain user is made and this body should be as good. @throws Violation when it is refused. */
export async function accepted(context: Context, answer: HttpResponse): Promise<string> {
  const id = createdId(answer);
  if (id !== undefined) return id;
  await context.given.user();
  throw new Violation('the user to be made', refusalOf('User', answer), answer);
}

/** Goes on only after a 2xx. @throws Blocked by the check that reports the refusal. */
export function succeeded(answer: HttpResponse, reportedBy: string): void {
  const { status } = answer;
  if (status === undefined || status < 200 || status > 299)
    throw new Blocked(reportedBy, describeAnswer(answer), answer);
}

/** Ids of the members that a group shows; an entry without a usable value stands as an empty text. */
export function memberIds(group: JsonObject): string[] {
  const members = group['members'];
  if (!Array.isArray(members)) return [];
  return members.map((member: JsonObject | null) => (typeof member?.['value'] === 'string' ? member['value'] : ''));
}

/** Ids of the entries of a page. */
export const idsOf = (page: Page): string[] => page.resources.map(({ id }) => (typeof id === 'string' ? id : ''));

/** The body of an answer to a write of a user is the whole user, as a read shows it afterwards. */
export async function showsState(context: Context, id: string, answer: HttpResponse): Promise<void> {
  const body = expect.object(answer);
  const later = await context.stored('/Users', id);
  const other = disagreement(body, later);
  if (other !== undefined) throw new Violation(`${other} ${show(later[other])}`, show(body[other]), answer);
  const missing = Object.keys(later).find(each => body[each] === undefined);
  expect.that(missing === undefined, `the whole resource, with ${missing}`, show(Object.keys(body)), answer);
  expect.equal(metaOf(body)['lastModified'], metaOf(later)['lastModified'], 'meta.lastModified', answer);
}

/** PUT of what a resource was made with, some members changed; null takes one away. @throws Blocked when it is refused */
export async function put(
  { scim }: Context,
  { endpoint, id, sent }: { readonly endpoint: string; readonly id: string; readonly sent: JsonObject },
  members: JsonObject,
): Promise<HttpResponse> {
  const whole = Object.entries({ ...sent, ...members }).filter(([, value]) => value !== null);
  const answer = await scim.replace(endpoint, id, Object.fromEntries(whole));
  succeeded(answer, reporters.write.PUT);
  return answer;
}
