import type { Exchange } from '../../reports/record/index.ts';
import type { ScimClient } from '../../scim/client.ts';
import { declares } from '../../scim/message/error.ts';
import { isObject, resourcesOf } from '../../scim/message/list.ts';
import { filterValue, type PatchOperation } from '../../scim/message/patch.ts';
import { LIST_RESPONSE } from '../../scim/message/urn.ts';
import type { HttpResponse, Json, JsonObject } from '../../scim/wire/message.ts';
import type { Clock } from '../../scim/wire/throttle.ts';
import { describeAnswer } from './expect.ts';
import { endpointOf, supports, type CoreType, type Facts, type Fault } from './facts.ts';
import { refusalOf, reporterOf } from './given.ts';
import { declines } from './steps.ts';

/** A user that was made to learn from. */
export interface Sample {
  readonly id: string;
  readonly sent: JsonObject;
  /** When it was made, on the clock. */
  readonly at: number;
}

/** What trying out the basic operations showed. */
export interface Basics {
  readonly faults: readonly Fault[];
  /** How long lists stay behind writes, in milliseconds. */
  readonly lagMs: number;
}

/** Longest that a list may take to show what was written, and how often it is asked, in milliseconds. */
const LONGEST_LAG_MS = 5_000;
const POLL_MS = 50;

/** Part of what was measured that is added to it, and the least, in milliseconds. */
const MARGIN = 0.5;
const LEAST_MARGIN_MS = 50;

/**
 * Tries each basic operation once on a user. One that does not work at all is a fault that a check of its own reports;
 * whatever else runs into it says so, in place of an accusation of its own.
 */
export async function tryBasics(
  scim: ScimClient,
  user: Sample,
  facts: Facts,
  shown: HttpResponse,
  clock: Clock,
): Promise<Basics> {
  const faults: Fault[] = [];
  if (!isResource(shown, user.id)) {
    faults.push(faultOf('read.by-id', 'GET', 'one', shown, response => !isResource(response)));
  }
  const { fault, lagMs } = await tryLists(scim, user, facts, clock);
  if (fault) faults.push(fault);
  const readable = faults.every(({ by }) => by !== 'read.by-id');
  const writing = [
    tryReplace(scim, user, readable),
    tryPatch(scim, user, facts, readable),
    trySearch(scim),
    tryRemove(scim, user, readable),
  ];
  for (const attempt of writing) {
    const found = await attempt();
    if (found) faults.push(found);
  }
  return { faults, lagMs };
}

async function tryLists(
  scim: ScimClient,
  { id, sent, at: written }: Sample,
  facts: Facts,
  clock: Clock,
): Promise<{ readonly fault?: Fault; readonly lagMs: number }> {
  const whole = await scim.list('/Users');
  if (!declines(whole) && !isList(whole)) {
    const by = whole.status === 404 ? 'read.endpoints' : 'list.envelope';
    return { fault: faultOf(by, 'GET', 'list', whole, response => !isList(response)), lagMs: 0 };
  }
  const filters = supports('filter').unmet(facts) === undefined;
  const query = { filter: `userName eq ${filterValue(sent['userName'] ?? '')}` };
  let found = filters ? await scim.list('/Users', query) : whole;
  const declined = filters && (declines(found) || found.status === 501);
  if (filters && !declined && !isList(found)) {
    return { fault: faultOf('filter.user-name-eq', 'GET', 'filter', found, response => !isList(response)), lagMs: 0 };
  }
  const listed = isList(whole) && idsIn(whole).includes(id);
  if (!filters || declined) return { lagMs: await lagOfWhole(scim, id, whole, clock, written) };
  if (!idsIn(found).includes(id) && !listed) {
    while (clock.now() - written < LONGEST_LAG_MS) {
      await clock.sleep(POLL_MS);
      found = await scim.list('/Users', query);
      if (idsIn(found).includes(id)) return { lagMs: withMargin(clock.now() - written) };
    }
  }
  const ids = idsIn(found);
  if (!ids.includes(id)) return { fault: wrongFilter('finds nothing', rows => rows.length === 0), lagMs: 0 };
  if (ids.length > 1) return { fault: wrongFilter('finds what does not match', rows => rows.length > 0), lagMs: 0 };
  return { lagMs: 0 };
}

/** The same by the list without a filter; where the user may be on another page nothing is known. */
async function lagOfWhole(
  scim: ScimClient,
  id: string,
  whole: HttpResponse,
  clock: Clock,
  written: number,
): Promise<number> {
  const isWhole = (answer: HttpResponse) =>
    isList(answer) && isObject(answer.json) && answer.json['totalResults'] === resourcesOf(answer.json).length;
  if (!isWhole(whole) || idsIn(whole).includes(id)) return 0;
  while (clock.now() - written < LONGEST_LAG_MS) {
    await clock.sleep(POLL_MS);
    const again = await scim.list('/Users');
    if (!isWhole(again)) return 0;
    if (idsIn(again).includes(id)) return withMargin(clock.now() - written);
  }
  return 0;
}

const withMargin = (ms: number): number => Math.ceil(ms + Math.max(ms * MARGIN, LEAST_MARGIN_MS));

const tryReplace =
  (scim: ScimClient, { id, sent }: Sample, readable: boolean) =>
  async (): Promise<Fault | undefined> => {
    let answer: HttpResponse | undefined;
    for (const [name, value] of changes) {
      const came = await scim.replace('/Users', id, { ...sent, [name]: value });
      answer ??= came;
      if (!isSuccess(came)) continue;
      answer = came;
      if (!readable || (await shownNow(scim, id, name)) === value) return undefined;
    }
    if (answer === undefined) return undefined;
    const { status } = answer;
    if (isSuccess(answer))
      return idle('replace.read-back', 'PUT', 'a PUT is answered with success and changes nothing');
    if (isSuccess(await scim.replace('/Users', id, sent))) return undefined;
    return faultOf('replace.status', 'PUT', 'one', answer, response => response.status === status);
  };

/** The value of an attribute, now. */
async function shownNow(scim: ScimClient, id: string, name: string): Promise<Json | undefined> {
  const { json } = await scim.read('/Users', id);
  return isObject(json) ? json[name] : undefined;
}

/** One change after the other: a target may not let clients change the first. */
const changes: readonly (readonly [string, Json])[] = [
  ['displayName', 'Changed To Learn'],
  ['active', false],
];

const tryPatch =
  (scim: ScimClient, { id }: Sample, facts: Facts, readable: boolean) =>
  async () => {
    if (supports('patch').unmet(facts) !== undefined) return undefined;
    let answer: HttpResponse | undefined;
    for (const [path, changed] of changes) {
      // The PUT before has set the plain value.
      const value = typeof changed === 'string' ? `${changed} Again` : changed;
      const operations: readonly PatchOperation[] = [{ op: 'replace', path, value }];
      const came = await scim.patch('/Users', id, operations);
      answer ??= came;
      if (!isSuccess(came)) continue;
      answer = came;
      if (!readable || (await shownNow(scim, id, path)) === value) return undefined;
    }
    if (answer === undefined) return undefined;
    const { status } = answer;
    return isSuccess(answer)
      ? idle('patch.replace-read-back', 'PATCH', 'a PATCH is answered with success and changes nothing')
      : faultOf('patch.status', 'PATCH', 'one', answer, response => response.status === status);
  };

/** A search by POST is announced nowhere, so only a server error says that it does not work. */
const trySearch = (scim: ScimClient) => async (): Promise<Fault | undefined> => {
  const answer = await scim.search('/Users', { count: 1 });
  const { status = 0 } = answer;
  if (status < 500 || status === 501) return undefined;
  return {
    by: 'search.same-as-get',
    reason: `a search by POST does not work: ${describeAnswer(answer)}`,
    shows: ({ request, response }) =>
      request.method === 'POST' && /\/\.search(?:\?|$)/.test(request.path) && response.status === status,
  };
};

const tryRemove =
  (scim: ScimClient, { id }: Sample, readable: boolean) =>
  async () => {
    const answer = await scim.remove('/Users', id);
    const { status } = answer;
    if (!isSuccess(answer)) {
      return faultOf('delete.status', 'DELETE', 'one', answer, response => response.status === status);
    }
    if (!readable || !isResource(await scim.read('/Users', id), id)) return undefined;
    return idle('delete.gone', 'DELETE', 'a DELETE is answered with success and removes nothing');
  };

/**
 * Creates that are refused, whatever the body. One answer with 500 to users and groups alike is one fault, of every type.
 * @param answers what came instead of a resource
 */
export function brokenCreates(answers: Readonly<Partial<Record<CoreType, HttpResponse>>>): readonly Fault[] {
  const { User, Group } = answers;
  const isOne = User?.status !== undefined && User.status >= 500 && User.status === Group?.status;
  const to = (path: RegExp, answer: HttpResponse | undefined, endpoint: string): readonly Fault[] =>
    answer === undefined || isSuccess(answer)
      ? []
      : [
          {
            by: reporterOf(endpoint, answer),
            reason: refusalOf(endpoint, answer),
            shows: ({ request, response }) =>
              request.method === 'POST' && path.test(request.path) && response.status === answer.status,
          },
        ];
  if (isOne) return to(kinds.list, User, endpointOf.User);
  return [...to(/^\/Users(?:\?|$)/, User, endpointOf.User), ...to(/^\/Groups(?:\?|$)/, Group, endpointOf.Group)];
}

type Kind = 'one' | 'list' | 'filter';

/** `/Users/<id>`, `/Users`, `/Users?filter=…`; other resource types likewise, discovery not. */
const kinds: Readonly<Record<Kind, RegExp>> = {
  one: /^\/(?!Schemas|ResourceTypes|ServiceProviderConfig|Me\b)[A-Za-z]+\/(?!\.search)[^/?]+(?:\?|$)/,
  list: /^\/(?!Schemas|ResourceTypes|ServiceProviderConfig|Me\b)[A-Za-z]+(?:\?|$)/,
  filter: /^\/(?!Schemas|ResourceTypes|ServiceProviderConfig|Me\b)[A-Za-z]+\?(?:.*&)?filter=/,
};

function faultOf(
  by: string,
  method: string,
  kind: Kind,
  answer: HttpResponse,
  fails: (response: Exchange['response']) => boolean,
): Fault {
  return {
    by,
    reason: `${method} of a ${kind === 'one' ? 'user' : kind} does not work: ${describeAnswer(answer)}`,
    shows: ({ request, response }) =>
      request.method === method &&
      kinds[kind].test(request.path) &&
      response.status === answer.status &&
      fails(response),
  };
}

const wrongFilter = (how: string, isSuch: (rows: readonly JsonObject[]) => boolean): Fault => ({
  by: 'filter.user-name-eq',
  reason: `a filter ${how}`,
  shows: ({ request, response }) =>
    request.method === 'GET' &&
    kinds.filter.test(request.path) &&
    isList(response) &&
    isSuch(resourcesOf(response.json)),
});

/** A write that claims to have been done and was not. */
const idle = (by: string, method: string, reason: string): Fault => ({
  by,
  reason,
  shows: ({ request, response }) => request.method === method && kinds.one.test(request.path) && isSuccess(response),
});

type Response = Pick<Exchange['response'], 'status' | 'json'>;

const isSuccess = ({ status }: Response): boolean => status !== undefined && status >= 200 && status < 300;
const isList = ({ status, json }: Response): boolean => status === 200 && declares(json, LIST_RESPONSE);
const isResource = ({ status, json }: Response, id?: string): boolean =>
  status === 200 && isObject(json) && (id === undefined ? typeof json['id'] === 'string' : json['id'] === id);
const idsIn = ({ json }: HttpResponse): readonly (Json | undefined)[] => resourcesOf(json).map(entry => entry['id']);
