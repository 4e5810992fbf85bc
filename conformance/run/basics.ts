import type { ScimClient } from '../../scim/client.ts';
import { isObject, resourcesOf } from '../../scim/message/list.ts';
import { filterValue, type PatchOperation } from '../../scim/message/patch.ts';
import type { HttpResponse, Json, JsonObject } from '../../scim/wire/message.ts';
import type { Clock } from '../../scim/wire/throttle.ts';
import { describeAnswer } from './expect.ts';
import { endpointOf, supports, type CoreType, type Facts, type Fault } from './facts.ts';
import { faultOf, idle, isCollection, isList, isResource, isSuccess, wrongFilter } from './fault.ts';
import { refusalOf, reporterOf } from './given.ts';
import { reporters } from './reporters.ts';
import { declines } from './steps.ts';
import { NotApplicable } from './violation.ts';

/** A resource that was made to learn from. */
export interface Sample {
  readonly type: CoreType;
  readonly id: string;
  readonly sent: JsonObject;
  /** What a read of it shows. */
  readonly shown: HttpResponse;
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
 * Tries each basic operation once. One that does not work at all is a fault that a check of its own reports; whatever else
 * runs into it says so, in place of an accusation of its own.
 * @param before what was found on resources of another type; it is not looked for again, and lists are waited for no longer
 */
export async function tryBasics(
  scim: ScimClient,
  sample: Sample,
  facts: Facts,
  clock: Clock,
  before?: Basics,
): Promise<Basics> {
  const { type, id, shown } = sample;
  const faults: Fault[] = [];
  const known = new Set(before?.faults.map(({ by }) => by));
  const isKnown = (...ids: readonly string[]) => ids.some(each => known.has(each));
  const readable = !known.has(reporters.read) && isResource(shown, id);
  if (!readable && !known.has(reporters.read)) {
    faults.push(faultOf(reporters.read, type, 'GET', 'one', shown, response => !isResource(response)));
  }
  let lagMs = before?.lagMs ?? 0;
  if (!isKnown(reporters.endpoint, reporters.list, reporters.filter.User)) {
    const patience = before?.lagMs ?? LONGEST_LAG_MS;
    const tried = await unlessForbidden(async () => tryLists(scim, sample, facts, clock, patience));
    if (tried?.fault) faults.push(tried.fault);
    else lagMs = Math.max(lagMs, tried?.lagMs ?? 0);
  }
  const writing = [
    ['PUT', async () => tryReplace(scim, sample, readable)],
    ['PATCH', async () => tryPatch(scim, sample, facts, readable)],
    ['DELETE', async () => tryRemove(scim, sample, readable)],
  ] as const;
  if (before === undefined) faults.push(...((await unlessForbidden(async () => trySearch(scim))) ?? []));
  for (const [method, attempt] of writing) {
    if (isKnown(reporters.write[method], reporters.idle.User[method])) continue;
    const found = await unlessForbidden(attempt);
    if (found) faults.push(found);
  }
  return { faults, lagMs };
}

/** What comes of an attempt, or nothing where the target may not be asked for it. */
export async function unlessForbidden<T>(attempt: () => Promise<T>): Promise<T | undefined> {
  try {
    return await attempt();
  } catch (error) {
    if (error instanceof NotApplicable) return undefined;
    throw error;
  }
}

/** @param patience how long to wait for a list to show the sample, in milliseconds */
async function tryLists(
  scim: ScimClient,
  { type, id, sent, at: written }: Sample,
  facts: Facts,
  clock: Clock,
  patience: number,
): Promise<{ readonly fault?: Fault; readonly lagMs: number }> {
  const endpoint = endpointOf[type];
  const key = type === 'User' ? 'userName' : 'displayName';
  const by = reporters.filter[type];
  const whole = await scim.list(endpoint);
  if (!declines(whole) && !isList(whole)) {
    const reporter = whole.status === 404 ? reporters.endpoint : reporters.list;
    return { fault: faultOf(reporter, type, 'GET', 'list', whole, response => !isList(response)), lagMs: 0 };
  }
  const filters = supports('filter').unmet(facts) === undefined;
  const query = { filter: `${key} eq ${filterValue(sent[key] ?? '')}` };
  const ask = async () => scim.list(endpoint, filters ? query : {});
  let found = filters ? await ask() : whole;
  const declined = filters && (declines(found) || found.status === 501);
  const listed = isList(whole) && idsIn(whole).includes(id);
  if (!filters || declined) return { lagMs: await lagOfWhole(scim, endpoint, id, whole, clock, written, patience) };
  const longest = listed ? 0 : patience;
  while (isList(found) && !idsIn(found).includes(id) && clock.now() - written < longest) {
    await clock.sleep(POLL_MS);
    found = await ask();
    if (idsIn(found).includes(id)) return { lagMs: withMargin(clock.now() - written) };
  }
  if (!isList(found)) {
    return { fault: faultOf(by, type, 'GET', 'filter', found, response => !isList(response)), lagMs: 0 };
  }
  const ids = idsIn(found);
  if (!ids.includes(id)) return { fault: wrongFilter(by, type, 'finds nothing', rows => rows.length === 0), lagMs: 0 };
  if (ids.length > 1) {
    return { fault: wrongFilter(by, type, 'finds what does not match', rows => rows.length > 0), lagMs: 0 };
  }
  return { lagMs: 0 };
}

/** The same by the list without a filter; where the resource may be on another page nothing is known. */
async function lagOfWhole(
  scim: ScimClient,
  endpoint: string,
  id: string,
  whole: HttpResponse,
  clock: Clock,
  written: number,
  patience: number,
): Promise<number> {
  const isWhole = (answer: HttpResponse) =>
    isList(answer) && isObject(answer.json) && answer.json['totalResults'] === resourcesOf(answer.json).length;
  if (!isWhole(whole) || idsIn(whole).includes(id)) return 0;
  while (clock.now() - written < patience) {
    await clock.sleep(POLL_MS);
    const again = await scim.list(endpoint);
    if (!isWhole(again)) return 0;
    if (idsIn(again).includes(id)) return withMargin(clock.now() - written);
  }
  return 0;
}

const withMargin = (ms: number): number => Math.ceil(ms + Math.max(ms * MARGIN, LEAST_MARGIN_MS));

/** One change after the other: a target may not let clients change the first. */
const changesOf = ({ type, sent }: Sample): readonly (readonly [string, Json])[] => {
  const { displayName } = sent;
  return type === 'User'
    ? [
        ['displayName', 'Changed To Learn'],
        // A display name may be made of the parts of the name; and whoever is made inactive may be gone.
        ['name.familyName', 'Changed-To-Learn'],
        ['active', false],
      ]
    : [
        ['displayName', `${typeof displayName === 'string' ? displayName : ''}-changed`],
        ['externalId', 'changed-to-learn'],
      ];
};

async function tryReplace(scim: ScimClient, sample: Sample, readable: boolean): Promise<Fault | undefined> {
  const { type, id, sent } = sample;
  const endpoint = endpointOf[type];
  let answer: HttpResponse | undefined;
  for (const [name, value] of changesOf(sample)) {
    const came = await scim.replace(endpoint, id, withValue(sent, name, value));
    answer ??= came;
    if (!isSuccess(came)) continue;
    answer = came;
    if (!readable || (await shownNow(scim, sample, name)) === value) return undefined;
  }
  if (answer === undefined) return undefined;
  if (isSuccess(answer)) return idle(reporters.idle[type].PUT, type, 'PUT');
  if (isSuccess(await scim.replace(endpoint, id, sent))) return undefined;
  return faultOf(reporters.write.PUT, type, 'PUT', 'one', answer);
}

async function tryPatch(scim: ScimClient, sample: Sample, facts: Facts, readable: boolean): Promise<Fault | undefined> {
  if (supports('patch').unmet(facts) !== undefined) return undefined;
  const { type, id } = sample;
  let answer: HttpResponse | undefined;
  for (const [path, changed] of changesOf(sample)) {
    // The PUT before has set the plain value.
    const value = typeof changed === 'string' ? `${changed} Again` : changed;
    const operations: readonly PatchOperation[] = [{ op: 'replace', path, value }];
    const came = await scim.patch(endpointOf[type], id, operations);
    answer ??= came;
    if (!isSuccess(came)) continue;
    answer = came;
    if (!readable || (await shownNow(scim, sample, path)) === value) return undefined;
  }
  if (answer === undefined) return undefined;
  return isSuccess(answer)
    ? idle(reporters.idle[type].PATCH, type, 'PATCH')
    : faultOf(reporters.write.PATCH, type, 'PATCH', 'one', answer);
}

/** The value of an attribute, or of a sub-attribute, now. */
async function shownNow(scim: ScimClient, { type, id }: Sample, path: string): Promise<Json | undefined> {
  const { json } = await scim.read(endpointOf[type], id);
  return path.split('.').reduce((value, name) => (isObject(value) ? value[name] : undefined), json);
}

/** A body with another value of an attribute, or of a sub-attribute. */
function withValue(body: JsonObject, path: string, value: Json): JsonObject {
  const [name = '', part] = path.split('.');
  const held = body[name];
  return { ...body, [name]: part === undefined ? value : { ...(isObject(held) ? held : {}), [part]: value } };
}

/** A search by POST is announced nowhere, so only a server error says that it does not work. */
async function trySearch(scim: ScimClient): Promise<readonly Fault[]> {
  const answer = await scim.search('/Users', { count: 1 });
  const { status = 0 } = answer;
  if (status < 500 || status === 501) return [];
  return [
    {
      by: reporters.search,
      reason: `a search by POST does not work: ${describeAnswer(answer)}`,
      shows: ({ request, response }) =>
        request.method === 'POST' && /\/\.search(?:\?|$)/.test(request.path) && response.status === status,
    },
  ];
}

async function tryRemove(scim: ScimClient, { type, id }: Sample, readable: boolean): Promise<Fault | undefined> {
  const endpoint = endpointOf[type];
  const answer = await scim.remove(endpoint, id);
  if (!isSuccess(answer)) return faultOf(reporters.write.DELETE, type, 'DELETE', 'one', answer);
  if (!readable || !isResource(await scim.read(endpoint, id), id)) return undefined;
  return idle(reporters.idle[type].DELETE, type, 'DELETE');
}

/**
 * Creates that are refused, whatever the body. One answer with 500 to users and groups alike is one fault, of every type.
 * @param answers what came instead of a resource
 */
export function brokenCreates(answers: Readonly<Partial<Record<CoreType, HttpResponse>>>): readonly Fault[] {
  const { User, Group } = answers;
  const isOne = User?.status !== undefined && User.status >= 500 && User.status === Group?.status;
  const to = (
    isThere: (path: string) => boolean,
    answer: HttpResponse | undefined,
    endpoint: string,
  ): readonly Fault[] =>
    answer === undefined || isSuccess(answer)
      ? []
      : [
          {
            by: reporterOf(endpoint, answer),
            reason: refusalOf(endpoint, answer),
            shows: ({ request, response }) =>
              request.method === 'POST' && isThere(request.path) && response.status === answer.status,
          },
        ];
  if (isOne) return to(isCollection, User, endpointOf.User);
  const at = (endpoint: string) => (path: string) => new RegExp(`^${endpoint}(?:\\?|$)`).test(path);
  return [...to(at(endpointOf.User), User, endpointOf.User), ...to(at(endpointOf.Group), Group, endpointOf.Group)];
}

const idsIn = ({ json }: HttpResponse): readonly (Json | undefined)[] => resourcesOf(json).map(entry => entry['id']);
