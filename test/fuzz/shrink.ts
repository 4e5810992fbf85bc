import { faultOf } from './judge.ts';
import type { Target } from './open-target.ts';
import type { FuzzRequest } from './requests.ts';

/** Milliseconds after which no shorter reproduction is looked for. */
const PATIENCE = 20_000;

/**
 * Finds few requests that show a fault on a fresh bridge, sent one after the other, the last of which shows it; then makes
 * that last one smaller. Empty when replaying everything does not show it.
 *
 * @param limits milliseconds of CPU that one request may take, and replays that this may take
 */
export async function reproduce(
  target: Target,
  history: readonly FuzzRequest[],
  fault: string,
  { cpuLimit, replays }: { readonly cpuLimit: number; readonly replays: number },
): Promise<readonly FuzzRequest[]> {
  let budget = replays;
  const end = performance.now() + PATIENCE;
  const shows = async (requests: readonly FuzzRequest[]): Promise<boolean> => {
    budget -= 1;
    return budget >= 0 && performance.now() < end && (await showsFault(target, requests, fault, cpuLimit));
  };
  let shortest: readonly FuzzRequest[] = [];
  for (let length = 1; shortest.length === 0; length *= 8) {
    const tail = history.slice(-length);
    if (await shows(tail)) shortest = tail;
    else if (length >= history.length) return [];
  }
  shortest = await withoutNeedless(shortest, shows);
  const last = shortest.at(-1);
  if (!last) return shortest;
  const before = shortest.slice(0, -1);
  return [...before, await smallest(last, request => shows([...before, request]))];
}

/** Milliseconds of CPU vary; all else about a fault is the same each time. */
const kindOf = (fault: string): string => fault.replace(/^\d+ ms/, 'too many ms');

async function showsFault(
  target: Target,
  requests: readonly FuzzRequest[],
  fault: string,
  cpuLimit: number,
): Promise<boolean> {
  await target.fresh();
  for (const [index, request] of requests.entries()) {
    const reply = await target.send(request, index);
    if (index < requests.length - 1) continue;
    const shown = faultOf(request, reply);
    if (shown !== undefined) return kindOf(shown) === kindOf(fault);
  }
  await target.ask('heap');
  const { number, ms } = target.slowest;
  return fault.endsWith('ms of CPU') && number === requests.length - 1 && ms > cpuLimit;
}

/** Takes out ever smaller runs of requests that the fault does not need. */
async function withoutNeedless(
  requests: readonly FuzzRequest[],
  shows: (requests: readonly FuzzRequest[]) => Promise<boolean>,
): Promise<readonly FuzzRequest[]> {
  let needed = requests;
  for (let run = Math.floor(needed.length / 2); run >= 1; run = Math.floor(run / 2)) {
    for (let from = 0; from < needed.length - 1;) {
      const fewer = [...needed.slice(0, from), ...needed.slice(Math.min(from + run, needed.length - 1))];
      if (await shows(fewer)) needed = fewer;
      else from += run;
    }
  }
  return needed;
}

/** Takes headers, query parameters and parts of the body away, one at a time, as long as the fault still shows. */
async function smallest(request: FuzzRequest, shows: (request: FuzzRequest) => Promise<boolean>): Promise<FuzzRequest> {
  let best = request;
  for (let isSmaller = true; isSmaller;) {
    isSmaller = false;
    for (const candidate of smaller(best)) {
      if (!(await shows(candidate))) continue;
      best = candidate;
      isSmaller = true;
      break;
    }
  }
  return best;
}

function* smaller(request: FuzzRequest): Generator<FuzzRequest> {
  const { body, ...bare } = request;
  if (body !== undefined) yield bare;
  for (const name of Object.keys(request.headers)) {
    const { [name]: _, ...headers } = request.headers;
    yield { ...request, headers };
  }
  const [path = '', query = ''] = request.path.split('?');
  const parameters = query === '' ? [] : query.split('&');
  for (const [index] of parameters.entries()) {
    const rest = parameters.toSpliced(index, 1).join('&');
    yield { ...request, path: rest === '' ? path : `${path}?${rest}` };
  }
  const json = jsonOf(body);
  if (json === undefined) return;
  for (const part of parts(json)) yield { ...request, body: Buffer.from(JSON.stringify(part)) };
}

/** A value with one part of it missing, outermost parts first. */
function* parts(value: unknown): Generator {
  if (Array.isArray(value)) {
    if (value.length > 8) yield* [value.slice(0, value.length >> 1), value.slice(value.length >> 1)];
    for (const index of value.keys()) yield value.toSpliced(index, 1);
    for (const [index, element] of value.entries()) for (const part of parts(element)) yield value.with(index, part);
  } else if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    for (const index of entries.keys()) yield Object.fromEntries(entries.toSpliced(index, 1));
    for (const [index, [name, member]] of entries.entries()) {
      for (const part of parts(member)) yield Object.fromEntries(entries.with(index, [name, part]));
    }
  } else if (typeof value === 'string' && value.length > 8) yield value.slice(0, value.length >> 1);
}

function jsonOf(body: Buffer | undefined): unknown {
  try {
    return body === undefined ? undefined : JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

/** A request as a line for a shell. */
export function toCurl({ method, path, headers, body }: FuzzRequest): string {
  const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
  const given = Object.entries(headers).map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`);
  const text = body?.toString();
  const isPlain = text !== undefined && Buffer.from(text).equals(body ?? Buffer.of()) && !text.includes('\0');
  const command = `curl -sS -i --path-as-is -X ${method} "$ORIGIN"${quote(path)} ${given.join(' ')}`;
  if (text === undefined || body === undefined) return command;
  if (isPlain) return `${command} --data-binary ${quote(text)}`;
  return `echo ${body.toString('base64')} | base64 -d | ${command} --data-binary @-`;
}
