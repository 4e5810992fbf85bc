import { faultOf, gotPast, type FuzzReply } from './judge.ts';
import { openTarget, type Target } from './open-target.ts';
import { createRandom } from './random.ts';
import { makeRequest, type FuzzRequest, type Known } from './requests.ts';
import { reproduce, toCurl } from './shrink.ts';
import { TOKEN } from './wire.ts';

/** Milliseconds of server CPU that one request may take. */
const CPU_LIMIT = 250;
/** Bytes that the heap may have grown by, once everything that was made is deleted again. */
const GROWTH_LIMIT = 24 * 1024 * 1024;
/** Share of the requests that has to get past authentication and parsing. */
export const PAST_LIMIT = 0.4;

/** A property that does not hold. */
interface Finding {
  /** Requests up to and with the one that showed it. */
  readonly number: number;
  readonly fault: string;
  readonly reply: FuzzReply | undefined;
  /** Where the bridge failed, when it told. */
  readonly stack: string | undefined;
  /** The fewest requests found that show it on a fresh bridge; empty when replaying did not show it. */
  readonly reproduction: readonly FuzzRequest[];
  /** The request that showed it. */
  readonly request: FuzzRequest | undefined;
}

export interface FuzzReport {
  readonly seed: number;
  readonly sent: number;
  /** Answers by status. */
  readonly statuses: ReadonlyMap<number, number>;
  /** Share of the requests that got past authentication and parsing. */
  readonly past: number;
  /** Milliseconds of CPU of the most expensive request; 0 when none was worth telling. */
  readonly slowest: number;
  /** Requests that took too much once, but not when they were sent again right away: the time of each, and its beginning. */
  readonly onceSlow: readonly string[];
  /** Bytes. */
  readonly growth: number;
  readonly finding: Finding | undefined;
}

export interface FuzzOptions {
  readonly seed: number;
  readonly requests: number;
  /** Name of a defect to break the bridge with. */
  readonly defect?: string;
  /** Milliseconds of server CPU that one request may take: 250, unless the machine cannot be trusted to be fast. */
  readonly cpuLimit?: number;
  /** Replays that looking for a short reproduction may take. */
  readonly replays?: number;
  readonly tell?: (text: string) => void;
}

/** Characters shown of a request that was slow once. */
const SHORT = 300;
/** Times the limit from which no compiler or garbage collector explains what a request took. */
const BEYOND_NOISE = 3;
/** After this many requests everything is deleted if there are more resources than that: a crowd makes all that follows slow. */
const CLEARED = 200;
const CROWD = 300;

/** Sends requests made from a seed until one shows that a property does not hold. */
export async function fuzz({
  seed,
  requests,
  defect,
  cpuLimit = CPU_LIMIT,
  replays = 400,
  tell = () => undefined,
}: FuzzOptions): Promise<FuzzReport> {
  const target = await openTarget(defect);
  const limits = { cpuLimit, replays };
  try {
    await target.fresh();
    const prototype = JSON.stringify(await target.ask('prototype'));
    const random = createRandom(seed);
    const known: Known = { users: [], groups: [], tags: [], cursors: [] };
    const statuses = new Map<number, number>();
    const history: FuzzRequest[] = [];
    const warm = Math.min(5000, Math.floor(requests / 3));
    let past = 0;
    let base = 0;
    let growth = 0;
    let slowest = 0;
    const onceSlow: string[] = [];
    const report = (
      finding?: Omit<Finding, 'reproduction' | 'request' | 'stack'>,
      reproduction: readonly FuzzRequest[] = [],
    ) => ({
      seed,
      sent: history.length,
      statuses,
      past: past / history.length,
      slowest,
      onceSlow,
      growth,
      finding: finding && { ...finding, request: history[finding.number], reproduction, stack: target.lastFault() },
    });
    /** Replaying spends the target, so what it told is taken down before. */
    const found = async (number: number, fault: string, reply?: FuzzReply): Promise<FuzzReport> => {
      tell(`found: ${fault}; looking for the shortest reproduction`);
      const told = report({ number, fault, reply });
      const shown = await reproduce(target, history.slice(0, number + 1), fault, limits);
      return { ...told, ...(told.finding && { finding: { ...told.finding, reproduction: shown } }) };
    };

    while (history.length < requests) {
      // One at a time, so that the CPU that is measured is what this request costs.
      const at = history.length;
      const request = makeRequest(random, known);
      history.push(request);
      const reply = await target.send(request, at);
      statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1);
      if (gotPast(reply)) past += 1;
      const fault = faultOf(request, reply);
      if (fault !== undefined) return await found(at, fault, reply);
      learn(known, request, reply);
      const { number, ms } = target.slowest;
      slowest = Math.max(slowest, ms);
      if (ms > cpuLimit) {
        const slow = history[number];
        const isSure = ms > cpuLimit * BEYOND_NOISE || (await isSlowAgain(target, slow, number, cpuLimit));
        if (isSure) return await found(number, `${ms.toFixed(0)} ms of CPU`);
        onceSlow.push(`${ms.toFixed(0)} ms: ${brief(slow)}`);
        Object.assign(target.slowest, { number: -1, ms: 0 });
      }
      const isCrowded = known.users.length + known.groups.length > CROWD;
      if (isCrowded && history.length % CLEARED === 0) await clear(target, known);
      if (base === 0 && history.length >= warm) {
        await clear(target, known);
        base = Number(await target.ask('heap'));
      }
      if (history.length % 10_000 === 0) tell(`${history.length} requests`);
    }
    await clear(target, known);
    growth = Number(await target.ask('heap')) - base;
    if (growth > GROWTH_LIMIT)
      return report({ number: requests, fault: `${growth} bytes of heap are lost`, reply: undefined });
    if (JSON.stringify(await target.ask('prototype')) !== prototype) {
      return report({ number: requests, fault: 'Object.prototype has changed', reply: undefined });
    }
    return report();
  } finally {
    await target.close();
  }
}

/** Most entries that are kept of what was seen. */
const SEEN = 30;

/**
 * Sends a request that took too much again, to the same bridge in the state it is in: a replay from the start would give
 * other ids, and so another state.
 */
async function isSlowAgain(
  target: Target,
  request: FuzzRequest | undefined,
  number: number,
  cpuLimit: number,
): Promise<boolean> {
  if (!request) return false;
  for (let time = 0; time < 2; time += 1) {
    Object.assign(target.slowest, { number: -1, ms: 0 });
    await target.send(request, number);
    await target.ask('prototype');
    if (target.slowest.ms > cpuLimit) return true;
  }
  return false;
}

const brief = (request: FuzzRequest | undefined): string =>
  request ? toCurl(request).slice(0, SHORT) : 'a request of the clean-up';

/** Takes note of what an answer tells: new ids, ids that are gone, entity-tags, cursors. */
function learn(known: Known, { method, path }: FuzzRequest, { status, headers, text }: FuzzReply): void {
  const tag = headers['etag'];
  if (typeof tag === 'string') known.tags.push(tag);
  for (const [, cursor = ''] of text.matchAll(/"(?:next|previous)Cursor":"([^"]+)"/g)) known.cursors.push(cursor);
  for (const seen of [known.tags, known.cursors]) seen.splice(0, seen.length - SEEN);
  const made = status === 201 ? [String(headers['location'])] : path.endsWith('/Bulk') ? locations(text) : [];
  for (const location of made) note(known, location);
  if ((method === 'DELETE' && status === 204) || status === 404) forget(known, path.split('?')[0] ?? '');
}

const locations = (text: string): string[] =>
  [...text.matchAll(/"method":"POST"[^}]*?"location":"([^"]+)"/g)].map(([, location = '']) => location);

function note(known: Known, location: string): void {
  const [kind, id = ''] = location.split('/').slice(-2);
  const ids = kind === 'Users' ? known.users : known.groups;
  if (!ids.includes(id)) ids.push(id);
}

function forget(known: Known, path: string): void {
  const id = path.split('/').at(-1) ?? '';
  for (const ids of [known.users, known.groups]) {
    const at = ids.indexOf(id);
    if (at >= 0) ids.splice(at, 1);
  }
}

/** Deletes everything there is. */
async function clear(target: Target, known: Known): Promise<void> {
  const headers = { authorization: `Bearer ${TOKEN}` };
  for (const endpoint of ['/scim/v2/Users', '/scim/v2/Groups']) {
    for (;;) {
      const path = `${endpoint}?count=200&attributes=id`;
      const { text } = await target.send({ method: 'GET', path, headers }, -1);
      const { Resources } = JSON.parse(text) as { Resources: readonly { id: string }[] };
      if (Resources.length === 0) break;
      for (const { id } of Resources) await target.send({ method: 'DELETE', path: `${endpoint}/${id}`, headers }, -1);
    }
  }
  forgetAll(known);
}

function forgetAll(known: Known): void {
  for (const seen of [known.users, known.groups, known.tags, known.cursors]) seen.length = 0;
}
