import type { Exchange, Run, Verdict } from '../record/index.ts';
import { kindOf } from './kind.ts';
import { STAMP, type Vocabulary } from './script-answer.ts';
import { isObject, textAt, type Json } from './script-json.ts';
import { announcement, comparison, FIELDS, namedFields, pathOf, showing, testOf } from './script-judgement.ts';
import { replayer, type Replay } from './script-replay.ts';
import { prelude } from './script-shell.ts';
import { decoded, givenBy, isBulk, isCreate, literal, REDACTED, speller, type Given } from './script-words.ts';
import { visible } from './visible.ts';

/** Longer bodies stand on one line. */
const LONGEST_PRETTY = 4000;

/** Characters of a file name without its ending. */
const LONGEST_NAME = 120;

const NAMES = ['userName', 'displayName', 'externalId'] as const;

/** A script with the name of its file. */
export interface Script {
  readonly name: string;
  readonly text: string;
}

/** The scripts of a run, for each failure and warning that can be shown again. File names are unique. */
export function scriptsOf(run: Run): ReadonlyMap<Verdict, Script> {
  const scriptOf = scripts(run);
  const taken = new Set<string>();
  const made = new Map<Verdict, Script>();
  for (const verdict of run.verdicts) {
    const text = scriptOf(verdict);
    if (text === undefined) continue;
    const { check, case: instance } = verdict;
    const stem = `${check}${instance && `-${instance}`}`.replace(/[^\w.-]+/g, '-').slice(0, LONGEST_NAME);
    let name = `${stem}.sh`;
    for (let next = 2; taken.has(name.toLowerCase()); next += 1) name = `${stem}-${next}.sh`;
    taken.add(name.toLowerCase());
    made.set(verdict, { name, text });
  }
  return made;
}

/**
 * Makes the shell script that shows a failed verdict again: what the check needed, the decisive request, and a comparison of
 * its answer with what was judged; undefined for verdicts that accuse nobody, and where nothing was sent.
 */
function scripts(run: Run): (verdict: Verdict) => string | undefined {
  const replayOf = replayer(run);
  return verdict => {
    const kind = kindOf(verdict);
    const replay = kind === 'failure' || kind === 'warning' ? replayOf(verdict) : undefined;
    return replay && scriptOf(run, verdict, replay);
  };
}

function scriptOf({ header }: Run, verdict: Verdict, replay: Replay): string {
  const { own, decisive, overlapping } = replay;
  const alone = testOf(verdict, replay);
  const exchanges = alone ? replay.exchanges.slice(0, decisive + 1) : replay.exchanges;
  const { target, run: mark } = header;
  const base = target.replace(/\/+$/, '');
  const given = givenBy(exchanges);
  const spell = speller(given, { base, mark });
  const sends = exchanges.map((exchange, at) => sendOf(exchange, at, spell, at === decisive));
  const fields = [...FIELDS, ...namedFields(verdict, exchanges[decisive])];
  const sent = new Set(
    exchanges.flatMap(
      ({ request }) => `${decoded(request.path)} ${JSON.stringify(request.json ?? '')}`.match(STAMP) ?? [],
    ),
  );
  for (const { kind, value } of given.map(one => ({ kind: one.label.split('_')[0], value: one.value }))) {
    if (kind === 'TIME') sent.delete(value);
  }
  const ids = given.filter(isNamed).map(({ label, value }) => [label, value] as const);
  const ours = new Set(exchanges.flatMap((exchange, at) => (listsOthers(exchange, ids, verdict) ? [at + 1] : [])));
  const words: Vocabulary = {
    base,
    mark,
    ids,
    ours,
    fields,
    sent,
    timed: /modified|created|\btime|date/i.test(
      `${verdict.check} ${verdict.title} ${verdict.expected} ${verdict.actual}`,
    ),
  };
  const steps = exchanges.flatMap((exchange, at) => [
    '',
    ...(at === own && own > 0 ? ['# What the check itself sends.'] : []),
    `# ${at + 1}. ${commented(`${exchange.request.method} ${exchange.request.path}`)}: ${exchange.response.status ?? 'no answer'} in the run`,
    ...(sends[at] ?? []),
    ...afterSend(exchange, at, given, at >= decisive, spell),
    ...(at === decisive ? showing(verdict, exchange) : []),
  ]);
  return [
    ...opening(verdict, header.clauses[verdict.clause]?.sentence ?? '', exchanges),
    `BASE=\${1:-\${SCIM_URL:-${literal(base)}}}`,
    'BASE=${BASE%/}',
    `FIELDS=${literal(fields.join(' '))} TIMED=${words.timed ? '1' : ''} OURS=${literal([...ours].join(' '))}`,
    setUp,
    credential(exchanges),
    prelude,
    'trap tidy EXIT',
    "trap 'exit 130' HUP INT TERM",
    ...[...sent].map(stamp => `printf 'sent\\t%s\\n' ${literal(stamp)} >> "$TMP/names"`),
    ...(own > 0 ? ['', '# What several checks of the run started from.'] : []),
    ...(overlapping
      ? ['', '# In the run some of these were under way at the same time; here they follow each other.']
      : []),
    ...steps,
    '',
    ...announcement(replay, words),
    ...(alone ?? comparison(verdict, replay, words)),
    '[ -z "$ODD" ] || ends 3 "$ODD"',
    'ends 0',
    '',
  ].join('\n');
}

const setUp = `set -u
export LC_ALL=C
umask 077
RUN=$(printf '%04d%04d' $(($(date +%s) % 10000)) $(($$ % 10000)))
TMP=\${TMPDIR:-/tmp}/scim-$RUN
mkdir "$TMP" || exit 3
AS=$TMP/credential N=0 STATUS=000 ODD=
: > "$AS"; : > "$TMP/names"; : > "$TMP/made"; : > "$TMP/lines"`;

function opening(
  { check, case: instance, title, clause, level, expected, actual }: Verdict,
  sentence: string,
  exchanges: readonly Exchange[],
): string[] {
  const needs = secretsOf(exchanges);
  return [
    '#!/bin/sh',
    ...[
      `${check}${instance && ` [${instance}]`}: ${title}`,
      `${clause} ${level}${sentence && `: ${sentence}`}`,
      `expected: ${expected}`,
      `came:     ${actual}`,
    ].map(line => `# ${commented(line)}`),
    '#',
    '# Makes what it needs, shows the fault and removes what it made. Exit code: 1 the fault shows, 0 it does not, 3 it could not be judged.',
    `# The base URL is the first argument or SCIM_URL.${needs === undefined ? '' : ` ${needs}`}`,
    '# SCIM_CURL_OPTIONS: further options of curl, for example --cacert file.',
    '',
  ];
}

const commented = (text: string): string => visible(text.replace(/[\r\n\t]+/g, ' '));

const isSecret = ([, value]: readonly [string, string]): boolean => value.includes(REDACTED);

/** Which variables hold the credential, in words. */
function secretsOf(exchanges: readonly Exchange[]): string | undefined {
  const name = credentialName(exchanges);
  if (name === undefined) return undefined;
  if (name !== 'authorization') return `The value of the header ${name} comes from SCIM_SECRET.`;
  return 'The credential: SCIM_TOKEN (bearer), SCIM_USER and SCIM_PASSWORD (basic), or SCIM_AUTHORIZATION (the whole value).';
}

const credentialName = (exchanges: readonly Exchange[]): string | undefined =>
  exchanges.flatMap(({ request }) =>
    request.presented === undefined && request.as === undefined ? Object.entries(request.headers).filter(isSecret) : [],
  )[0]?.[0];

function credential(exchanges: readonly Exchange[]): string {
  const name = credentialName(exchanges);
  if (name === undefined) return '';
  const missing = (what: string) => `{ echo "set ${what}" >&2; rm -rf "$TMP"; exit 3; }`;
  const field = (name: string, value: string) =>
    `printf 'header = "${name}: %s"\\n' "$(printf '%s' "${value}" | sed 's/[\\\\"]/\\\\&/g')" > "$AS"`;
  if (name !== 'authorization')
    return `[ -n "\${SCIM_SECRET:-}" ] || ${missing('SCIM_SECRET')}\n${field(name, '$SCIM_SECRET')}`;
  return [
    `if [ -n "\${SCIM_AUTHORIZATION:-}" ]; then ${field('authorization', '$SCIM_AUTHORIZATION')}`,
    `elif [ -n "\${SCIM_USER:-}" ]; then printf 'user = "%s"\\n' "$(printf '%s' "$SCIM_USER:\${SCIM_PASSWORD:-}" | sed 's/[\\\\"]/\\\\&/g')" > "$AS"`,
    `elif [ -n "\${SCIM_TOKEN:-}" ]; then ${field('authorization', 'Bearer $SCIM_TOKEN')}`,
    `else ${missing('SCIM_TOKEN')}`,
    'fi',
  ].join('\n');
}

/** The variable that holds a further credential. */
const second = (as: string): string => `SCIM_TOKEN_${as.toUpperCase().replace(/\W/g, '_')}`;

/** A request as a command. */
function sendOf({ request }: Exchange, at: number, spell: ReturnType<typeof speller>, decisive: boolean): string[] {
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

/** Ids go by their names in comparisons, whatever they are used for. */
const isNamed = ({ label, made, used }: Given): boolean => label.startsWith('ID_') && (made || used);

/** What is kept of an answer: what it made, what later requests need, and whether it is as it was. */
function afterSend(
  { request, response }: Exchange,
  at: number,
  given: readonly Given[],
  decisive: boolean,
  spell: ReturnType<typeof speller>,
): string[] {
  const lines: string[] = [];
  if (isCreate(request)) {
    const key = NAMES.find(name => textAt(request.json, name) !== undefined);
    const name = key === undefined ? "''" : spell(textAt(request.json, key) ?? '', 'json', at);
    const endpoint = request.path.replace(/\?.*$/, '');
    lines.push(`made ${literal(endpoint)} ${literal(key ?? '')} ${name}`);
  }
  if (isBulk(request)) lines.push('made_in_bulk');
  for (const one of given.filter(one => one.from === at && (one.used || isNamed(one)))) {
    lines.push(`${one.label}=${one.source}`);
    if (isNamed(one)) lines.push(`printf '${one.label}\\t%s\\n' "$${one.label}" >> "$TMP/names"`);
  }
  const usable = response.status !== undefined && response.status < 300;
  if (!decisive && usable) {
    lines.push(
      `case $STATUS in 2??) ;; *) ODD="$ODD request ${at + 1} was answered with $STATUS and in the run with ${response.status};" ;; esac`,
    );
  }
  return lines;
}

/** A list that holds or counts something that the exchanges did not make, and that the verdict does not speak of. */
function listsOthers(
  { request, response }: Exchange,
  ids: readonly (readonly [string, string])[],
  { actual }: Verdict,
): boolean {
  const entries = isObject(response.json) ? response.json['Resources'] : undefined;
  if (!Array.isArray(entries)) return false;
  const own = new Set(ids.map(([, id]) => id));
  const isOwn = (entry: Json) => own.has(textAt(entry, 'id') ?? '');
  const aroundThem = pathOf(response.json, actual)?.startsWith('/Resources') === false;
  const total = Number(isObject(response.json) ? response.json['totalResults'] : NaN);
  const isOpen = request.method === 'GET' && !/[?&]filter=/i.test(request.path);
  if (isOpen && total > own.size) return true;
  return (aroundThem || entries.some(isOwn)) && !entries.every(isOwn);
}
