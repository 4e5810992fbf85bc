import { ScimError, declares } from '../../scim/message/error.ts';
import { isObject } from '../../scim/message/list.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import { countElements, spendOnChange } from '../resource/work.ts';
import type { Answer } from './answer.ts';
import { noParameters } from './parameters.ts';
import { locationOf, versionOf } from './present.ts';
import type { Provider, ServedType } from './provider.ts';
import { idOf, referencesIn, resolve, supply, withhold } from './references.ts';
import { refuse } from './refusal.ts';
import { create, patch, remove, replace, type Call, type Operation } from './resources.ts';

const BULK_REQUEST = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
const BULK_RESPONSE = 'urn:ietf:params:scim:api:messages:2.0:BulkResponse';

const operations: ReadonlyMap<string, Operation> = new Map([
  ['POST', create],
  ['PUT', replace],
  ['PATCH', patch],
  ['DELETE', remove],
]);

const none: ReadonlySet<string> = new Set();

/** One operation of a bulk request and how far it has come. */
interface Job {
  readonly method: string;
  readonly path: string;
  readonly bulkId: string | undefined;
  readonly given: JsonObject;
  /** Another operation has the same bulkId already. */
  readonly isDouble: boolean;
  answer?: Answer;
  served?: ServedType;
  /** Id of the resource, once known. */
  id?: string;
  /** What is left out of a created resource until those it refers to exist; empty once it has it. */
  later: JsonObject;
  /** How many resources it waits for. */
  open: number;
}

/**
 * A bulk request (RFC 7644 section 3.7). Operations run in the order given. What refers to a resource that is created
 * further down waits for it: a creation goes ahead without the reference and gets it as soon as it can be had, which
 * resolves circles too; another operation waits as a whole. A creation whose reference never comes is taken back.
 *
 * Each operation has what lists it goes through count towards one limit; those past it are refused with 413.
 *
 * @throws ScimError 400 for another message, 413 for too many operations
 */
export function bulk(served: Provider, request: Call): Answer {
  const call = { ...request, spend: spendOnChange() };
  // One instant for all of it, so that a creation that gets its references later has still not been modified.
  const now = served.now();
  const provider: Provider = { ...served, now: () => now };
  const { jobs, failOnErrors } = read(call.body, provider.settings.bulkMaxOperations);
  const ids = new Map<string, string>();
  /** BulkIds whose resource may still come. */
  const promised = new Set(
    jobs.flatMap(({ method, bulkId, isDouble }) => (method === 'POST' && !isDouble && bulkId) || []),
  );
  /** Operations by the bulkIds they wait for. */
  const waiting = new Map<string, Job[]>();

  const missing = (value: Json): ReadonlySet<string> => new Set(referencesIn(value).filter(name => promised.has(name)));
  const wait = (job: Job, names: ReadonlySet<string>): void => {
    job.open = names.size;
    for (const name of names) {
      const others = waiting.get(name);
      if (others) others.push(job);
      else waiting.set(name, [job]);
    }
  };
  let errors = 0;
  const isOver = (): boolean => errors >= failOnErrors;
  const fail = (job: Job, error: unknown): void => {
    job.answer = refuse(error);
    errors += 1;
  };
  const takeBack = (job: Job, error: unknown): void => {
    fail(job, error);
    const { served, id } = job;
    if (served && id !== undefined && provider.store.get(id)) remove(provider, served, { ...call, id, conditions: {} });
    if (job.bulkId !== undefined) ids.delete(job.bulkId);
  };
  const complete = (job: Job): void => {
    const { served, id, later } = job;
    job.later = {};
    const entry = provider.store.get(id ?? '');
    if (!served || id === undefined || !entry) return;
    try {
      const body = supply(entry.resource, resolve(later, ids) as JsonObject);
      replace(provider, served, { ...call, id, body, parameters: noParameters, conditions: {} });
    } catch (error) {
      takeBack(job, error);
    }
  };
  const run = (job: Job): void => {
    const isCreation = job.method === 'POST';
    const open = isCreation ? missing(job.given['data'] ?? null) : none;
    try {
      job.answer = perform(provider, call, job, ids, open);
      if (isCreation) wait(job, open);
    } catch (error) {
      fail(job, error);
    }
    if (!isCreation || job.isDouble || job.bulkId === undefined) return;
    promised.delete(job.bulkId);
    if (job.id !== undefined) ids.set(job.bulkId, job.id);
    resume(job.bulkId);
  };
  /** Takes up what waited for a resource that has come, or will not come. */
  const resume = (bulkId: string): void => {
    for (const job of waiting.get(bulkId) ?? []) {
      job.open -= 1;
      if (job.open > 0 || isOver()) continue;
      if (job.answer) complete(job);
      else run(job);
    }
  };

  provider.graph.together(() => {
    for (const job of jobs) {
      if (isOver()) break;
      const names = job.method === 'POST' ? none : missing([job.given, job.path.split('/').at(-1) ?? '']);
      if (names.size > 0) wait(job, names);
      else run(job);
    }
    for (const job of jobs) {
      if (Object.keys(job.later).length === 0) continue;
      takeBack(job, new ScimError(409, undefined, 'a resource this one refers to was not created'));
    }
  });
  return {
    status: 200,
    body: { schemas: [BULK_RESPONSE], Operations: jobs.flatMap(job => report(provider, call.base, job)) },
  };
}

/** Carries one operation out as the request of its own that it stands for. */
function perform(
  provider: Provider,
  call: Call,
  job: Job,
  ids: ReadonlyMap<string, string>,
  open: ReadonlySet<string>,
): Answer {
  const { method, given } = job;
  const operation = operations.get(method);
  if (!operation)
    throw new ScimError(400, 'invalidSyntax', `method ${method} is none of ${[...operations.keys()].join(', ')}`);
  locate(provider, job, ids);
  if (!job.served) throw new ScimError(404, undefined, `path ${JSON.stringify(job.path)} leads to no resource type`);
  const isCreation = method === 'POST';
  if (isCreation !== (job.id === undefined)) {
    const wanted = isCreation ? 'a resource type' : 'a resource';
    throw new ScimError(400, 'invalidSyntax', `path ${JSON.stringify(job.path)} has to name ${wanted} for ${method}`);
  }
  if (isCreation && job.bulkId === undefined) throw new ScimError(400, 'invalidSyntax', 'bulkId is missing');
  if (job.isDouble) throw new ScimError(400, 'invalidSyntax', `bulkId ${JSON.stringify(job.bulkId)} is used twice`);
  const version = given['version'];
  let data = given['data'] ?? null;
  if (method !== 'DELETE' && !isObject(data)) throw new ScimError(400, 'invalidSyntax', 'data is missing or no object');
  let later: JsonObject = {};
  if (isObject(data) && open.size > 0) ({ now: data, later } = withhold(data, open));
  spendOn(provider, call, job);
  const answer = operation(provider, job.served, {
    ...call,
    id: job.id ?? '',
    body: resolve(data, ids),
    parameters: noParameters,
    conditions: typeof version === 'string' ? { ifMatch: version } : {},
  });
  if (isCreation) {
    const id = (answer.body as JsonObject | undefined)?.['id'];
    if (typeof id === 'string') job.id = id;
    job.later = later;
  }
  return answer;
}

/** An operation on a resource goes through its lists at least once; a removal through those of all that hold it. */
function spendOn({ store, graph, types }: Provider, { spend }: Call, { method, id }: Job): void {
  const entry = store.get(id ?? '');
  if (!entry) return;
  spend?.(countElements(entry.resource));
  if (method !== 'DELETE') return;
  for (const { entry: holder, direct } of graph.holders(entry, [...types.keys()])) {
    if (direct) spend?.(countElements(holder.resource));
  }
}

/** Finds the resource type and the id that the path of an operation names. */
function locate(provider: Provider, job: Job, ids: ReadonlyMap<string, string>): void {
  for (const served of provider.types.values()) {
    const { endpoint } = served.type;
    if (job.path !== endpoint && !job.path.startsWith(`${endpoint}/`)) continue;
    job.served = served;
    const id = job.path.slice(endpoint.length + 1);
    if (id === '') return;
    const [reference] = referencesIn(id);
    job.id = reference === undefined ? id : idOf(reference, ids);
  }
}

/** What the response says of one operation; nothing of one that was not carried out. */
function report(provider: Provider, base: string, { method, bulkId, answer, served, id }: Job): JsonObject[] {
  if (!answer) return [];
  const hasFailed = answer.status >= 400;
  const entry = provider.store.get(id ?? '');
  const version = entry && !hasFailed ? versionOf(provider, entry) : undefined;
  return [
    {
      method,
      ...(bulkId !== undefined && { bulkId }),
      ...(version !== undefined && { version }),
      ...(served &&
        id !== undefined &&
        !(method === 'POST' && hasFailed) && { location: locationOf(served, base, id) }),
      status: String(answer.status),
      ...(hasFailed && { response: answer.body as JsonObject }),
    },
  ];
}

function read(body: Json, most: number): { jobs: readonly Job[]; failOnErrors: number } {
  const refusal = (detail: string): ScimError => new ScimError(400, 'invalidSyntax', detail);
  if (!declares(body, BULK_REQUEST)) {
    throw refusal(`the body is no bulk request: "schemas" has to hold ${BULK_REQUEST}`);
  }
  const { Operations: given, failOnErrors = null } = body;
  if (!Array.isArray(given)) throw refusal('Operations is missing or no array');
  if (given.length > most) {
    throw new ScimError(413, undefined, `the request has ${given.length} operations; maxOperations is ${most}`);
  }
  if (failOnErrors !== null && (!Number.isInteger(failOnErrors) || Number(failOnErrors) < 1)) {
    throw refusal('failOnErrors has to be a whole number above 0');
  }
  const seen = new Set<string>();
  const jobs = given.map((operation: Json, index): Job => {
    const { method, path, bulkId } = isObject(operation) ? operation : {};
    if (!isObject(operation) || typeof method !== 'string') throw refusal(`operation ${index + 1} has no method`);
    const own = typeof bulkId === 'string' && bulkId !== '' ? bulkId : undefined;
    const isDouble = own !== undefined && seen.has(own);
    if (own !== undefined) seen.add(own);
    const text = typeof path === 'string' ? path : '';
    return { method: method.toUpperCase(), path: text, bulkId: own, given: operation, isDouble, later: {}, open: 0 };
  });
  return { jobs, failOnErrors: failOnErrors === null ? Number.POSITIVE_INFINITY : Number(failOnErrors) };
}
