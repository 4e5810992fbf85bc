import type { Exchange, Json } from '../record/index.ts';
import { isSecret, second } from './script-head.ts';
import { textAt } from './script-json.ts';
import { isDiscoveryPath, type Replay } from './script-replay.ts';
import { isBulk, isCreate, literal, REDACTED, type Given, type speller } from './script-words.ts';

/** Longer bodies stand on one line. */
const LONGEST_PRETTY = 4000;

const NAMES = ['userName', 'displayName', 'externalId'] as const;

/** A request as a command. */
export function sendOf(
  { request }: Exchange,
  at: number,
  spell: ReturnType<typeof speller>,
  decisive: boolean,
): string[] {
  const { method, path, headers, json, text, presented, as } = request;
  const lines: string[] = [];
  const options: string[] = [];
  const fields = Object.entries(headers);
  const isShown = ([name, value]: [string, string]) => name !== 'authorization' && value !== REDACTED;
  if (presented !== undefined) options.push(`-H 'authorization: '${spell(presented, 'header', at)}`);
  else if (as !== undefined) options.push(`-H "authorization: Bearer \${${second(as)}:?}"`);
  else if (fields.some(field => isSecret(field))) options.push('--config "$AS"');
  for (const [name, value] of fields.filter(isShown)) {
    options.push(
      value === '' ? `-H ${literal(`${name};`)}` : `-H ${literal(`${name}: `)}${spell(value, 'header', at)}`,
    );
  }
  if (headers['accept'] === undefined) options.push("-H 'accept:'");
  const body = json === undefined ? text : written(json);
  if (body !== undefined) {
    lines.push(`body ${spell(body, 'json', at)}`);
    if (headers['content-type'] === undefined) options.push("-H 'content-type:'");
    options.push("-H 'expect:'", '--data-binary "@$TMP/sent"');
  }
  const asked = spell(path, 'url', at);
  if (decisive) lines.push(`echo; echo ${literal('The decisive request:')}`);
  lines.push(
    `send ${/^[A-Z]+$/.test(method) ? method : literal(method)} ${asked}${options.map(option => ` \\\n  ${option}`).join('')}`,
  );
  return lines;
}

function written(json: Json): string {
  const pretty = JSON.stringify(json, undefined, 2);
  return pretty.length <= LONGEST_PRETTY ? pretty : JSON.stringify(json);
}

/** At most so many requests go out at the same time. */
const MOST_AT_ONCE = 20;

const READING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What requests race for: the resource itself, or for changes the collection, where one may get what another wants. */
const raced = ({ method, path }: Exchange['request']): string =>
  method === 'PUT' || method === 'PATCH' ? path.replace(/\/[^/?]*(?:\?.*)?$/, '') : path;

/**
 * Indices of writes to one place that were under way at the same time, so that a script sends them at the same time too.
 * @param isNeeded whether later requests hold what the answer with this index gave
 */
export function togetherIn(
  { exchanges, own, decisive }: Pick<Replay, 'exchanges' | 'own' | 'decisive'>,
  isNeeded: (at: number) => boolean,
): readonly (readonly number[])[] {
  const groups: number[][] = [];
  let until = -Infinity;
  for (const [at, { request, at: start, ms }] of exchanges.entries()) {
    if (at < own || at === decisive || READING.has(request.method) || isNeeded(at)) continue;
    const group = groups.at(-1);
    const before = exchanges[at - 1]?.request;
    const follows = group?.at(-1) === at - 1 && before?.method === request.method && raced(before) === raced(request);
    if (group && follows && start < until && group.length < MOST_AT_ONCE) group.push(at);
    else groups.push([at]);
    const end = start + (ms ?? 0);
    until = groups.at(-1)?.length === 1 ? end : Math.max(until, end);
  }
  return groups.filter(({ length }) => length > 1);
}

/** What an answer is kept for. */
interface Keeping {
  readonly given: readonly Given[];
  /** Those of them that go by their names in comparisons. */
  readonly named: readonly Given[];
  readonly spell: ReturnType<typeof speller>;
  /** What follows is worth nothing unless the request succeeds. */
  readonly isUnsure: boolean;
}

/** Notes for the end what a request may have made, with its name where it has one. */
function madeBy(request: Exchange['request'], status: number | undefined, spelled: (name: string) => string): string[] {
  const [endpoint = ''] = /^\/[^/?]+/.exec(request.path) ?? [];
  const key = NAMES.find(name => textAt(request.json, name) !== undefined);
  const name = key === undefined ? "''" : spelled(textAt(request.json, key) ?? '');
  if (isBulk(request)) return ['made_in_bulk'];
  // A search that holds the name of a resource may have made it, and so may a PUT to an address where nothing was.
  const mayMake = isCreate(request) || (request.method === 'POST' && key !== undefined);
  if (mayMake) return [`made ${literal(endpoint)} ${literal(key ?? '')} ${name}`];
  return request.method === 'PUT' && status === 201 ? [`made ${literal(endpoint)} '' ''`] : [];
}

/** What is kept of an answer: what it made, what later requests need, and whether it is as it was. */
export function afterSend(
  { request, response }: Exchange,
  at: number,
  { given, named, spell, isUnsure }: Keeping,
): string[] {
  const lines = madeBy(request, response.status, name => spell(name, 'json', at));
  for (const one of given.filter(one => one.from === at && (one.used || named.includes(one)))) {
    lines.push(`${one.label}=${one.source}`);
    if (named.includes(one)) lines.push(`printf '${one.label}\\t%s\\n' "$${one.label}" >> "$TMP/names"`);
  }
  const changesClaims = request.method !== 'GET' && isDiscoveryPath(request.path);
  const usable = response.status !== undefined && response.status < 300 && !changesClaims;
  if (isUnsure && usable) {
    lines.push(
      `case $STATUS in 2??) ;; *) ODD="$ODD request ${at + 1} was answered with $STATUS and in the run with ${response.status};" ;; esac`,
    );
  }
  return lines;
}
