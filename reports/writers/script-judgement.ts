import type { Exchange, Verdict } from '../record/index.ts';
import { cksum, toldOf, type Vocabulary } from './script-answer.ts';
import { isObject, textAt, type Json } from './script-json.ts';
import type { Replay } from './script-replay.ts';
import { LIMITS } from './script-limit.ts';
import { literal, REDACTED } from './script-words.ts';
import { visible } from './visible.ts';

/** Lines of an answer that a script holds; of longer ones it holds a checksum. */
const MOST_LINES = 160;

/** Header fields that every script looks at. */
export const FIELDS: readonly string[] = ['content-type', 'location', 'etag'];

/** Fields of the decisive answer that the verdict speaks of. */
export function namedFields({ title, expected, actual }: Verdict, decisive: Exchange | undefined): string[] {
  const said = `${title} ${expected} ${actual}`.toLowerCase();
  const known = [
    'www-authenticate',
    'allow',
    'retry-after',
    'cache-control',
    'pragma',
    ...Object.keys(decisive?.response.headers ?? {}),
  ];
  const { status, headers = {} } = decisive?.response ?? {};
  const tells = (name: string): boolean =>
    said.includes(name) ||
    headers[name]?.includes(REDACTED) === true ||
    (status === 401 && name === 'www-authenticate');
  return [...new Set(known)].filter(
    name => !FIELDS.includes(name) && /^[\w-]+$/.test(name) && name !== 'date' && tells(name),
  );
}

/** The decisive answer for a reader. */
export function showing({ expected, actual }: Verdict, { response }: Exchange): string[] {
  return [
    `echo; echo ${literal(`Expected: ${visible(expected)}`)}`,
    `echo ${literal(`In the run came: ${visible(actual)}`)}`,
    'echo "Now comes (status $STATUS):"; cat "$TMP/head"; cat "$TMP/came"; echo',
    response.status === undefined
      ? '[ "$STATUS" != 000 ] || ends 1'
      : '[ "$STATUS" != 000 ] || ends 3 "no answer (curl ends with $CURL)"',
  ];
}

/** A status and what the error says: nothing else is wrong. */
export const STATUS_ALONE = /^status (\d{3})(?: "[^"]*")?(?:: "(?:[^"\\]|\\.)*")?$/;

/** How curl shows what is wrong with an answer as such, by the code of the failure. */
const TEST_OF_FAILURE: Readonly<Record<string, string>> = {
  'stray-bytes': `ends 3 ${literal(LIMITS.bytes)}`,
  'invalid-json': `grep -q '^text' "$TMP/lines" && ends 1`,
  'wrong-length': '[ "$CURL" = 0 ] || ends 1',
  cut: '[ "$CURL" = 0 ] || ends 1',
};

/** The test where the decisive answer alone tells; undefined where bodies have to be compared. */
export function testOf({ expected, actual }: Verdict, { exchanges, decisive }: Replay): string[] | undefined {
  const { status, json, failure } = exchanges[decisive]?.response ?? {};
  if (status === undefined) return [];
  const ofFailure = failure && TEST_OF_FAILURE[failure.code];
  if (ofFailure !== undefined) return [ofFailure];
  const most = mostEntries(expected);
  if (most !== undefined && /^\d+ entr(?:y|ies)$/.test(actual)) {
    return [
      `[ "$(sed -n 's/^\\/Resources\\/\\([0-9]*\\).*/\\1/p' "$TMP/lines" | sort -u | wc -l)" -le ${most} ] || ends 1`,
    ];
  }
  // Otherwise the statuses are those of operations, or a field of the head is what is wrong.
  if (STATUS_ALONE.exec(actual)?.[1] !== String(status)) return undefined;
  const right = rightStatuses(expected);
  if (right.length > 0 && !right.includes(status))
    return [`case $STATUS in ${wrongStatuses(status, right)}) ends 1 ;; esac`];
  if (status < 300 || /\bbody\b/.test(expected)) return undefined;
  const keyword = /scimType/.test(expected)
    ? ` || [ "$(get /scimType)" != ${literal(textAt(json, 'scimType') ?? '')} ]`
    : '';
  return [`[ "$STATUS" != ${status} ]${keyword} || ends 1`];
}

/** How many entries a page may hold, where the verdict counts them. */
function mostEntries(expected: string): number | undefined {
  if (expected === 'no entries') return 0;
  const [, most] = /^(?:at most|\d+ to) (\d+) entr(?:y|ies)$/.exec(expected) ?? [];
  return most === undefined ? undefined : Number(most);
}

/** What shows the fault: the status that was judged, one of its kind where that cannot be right, and that of a broken target. */
function wrongStatuses(status: number, right: readonly number[]): string {
  const kindOf = (one: number) => Math.floor(one / 100);
  const kind = right.some(one => kindOf(one) === kindOf(status)) ? String(status) : `${kindOf(status)}??`;
  return [...new Set([kind, ...(right.some(one => one >= 500) ? [] : ['5??'])])].join('|');
}

/**
 * Compares what the check saw, from the first answer it looks at, with what was judged: many a fault is that two answers do
 * not go together.
 */
export function comparison(verdict: Verdict, replay: Replay, words: Vocabulary): string[] {
  const { exchanges, decisive, from } = replay;
  const { actual } = verdict;
  const other = likeBefore(verdict, replay);
  if (other !== undefined) {
    return [
      `# The body of answer ${decisive + 1} has to be that of answer ${other + 1}.`,
      `for k in ${other + 1} ${decisive + 1}; do sed '/^\\//!d; ${SAME_STATE.test(verdict.expected) ? '/^\\/meta\\//d' : ''}' "$TMP/answer.$k" | sort > "$TMP/body.$k"; done`,
      `cmp -s "$TMP/body.${other + 1}" "$TMP/body.${decisive + 1}" || ends 1`,
    ];
  }
  const wrong = toldOf(exchanges, from + 1, words);
  const place = `${decisive + 1} ${pathOf(exchanges[decisive]?.response.json, actual)}`;
  const piece = wrong.filter(line => line.startsWith(`${place}\t`) || line.startsWith(`${place}/`));
  const earlier = wrong.filter(line => Number.parseInt(line, 10) <= decisive);
  const compared =
    wrong.length > MOST_LINES
      ? [`[ "$(cksum < "$TMP/now" | cut -d ' ' -f 1)" != ${sumOf(wrong)} ] || ends 1`]
      : [
          '# What was judged, with names for what differs from run to run.',
          `cat > "$TMP/wrong" <<'END OF THE ANSWER'`,
          ...wrong,
          'END OF THE ANSWER',
          'cmp -s "$TMP/wrong" "$TMP/now" && ends 1',
          `echo 'What was judged (<) and what comes now (>) differ:'; diff "$TMP/wrong" "$TMP/now" | head -n 20`,
        ];
  // Names stand for values that are right or wrong only beside others, so a piece with one in it says nothing alone.
  const telling =
    piece.length > 0 && piece.length <= MOST_LINES && piece.every(line => !/\{(?:version|time|uuid|cursor)/.test(line));
  return [
    `told ${from + 1} > "$TMP/now"`,
    ...compared,
    ...(telling
      ? [
          '# The piece that was judged, should only what stands beside it have changed.',
          `cat > "$TMP/wrong" <<'END OF THE PIECE'`,
          ...piece,
          'END OF THE PIECE',
          `if [ "$(awk '$1 <= ${decisive}' "$TMP/now" | cksum | cut -d ' ' -f 1)" = ${sumOf(earlier)} ]; then`,
          `  awk -v p=${literal(place)} 'index($0, p "\\t") == 1 || index($0, p "/") == 1' "$TMP/now" | cmp -s "$TMP/wrong" - && ends 1`,
          'fi',
        ]
      : []),
  ];
}

/** How a verdict begins that leaves out `meta`, which moves with every write. */
const SAME_STATE = /^the same state: (?=\{)/;

/** The answer whose body is what the verdict expects of the decisive one. Long bodies are cut short in verdicts. */
function likeBefore({ expected, actual }: Verdict, { exchanges, decisive }: Replay): number | undefined {
  const bodyOf = (at: number) => JSON.stringify(exchanges[at]?.response.json ?? null);
  const starts = (text: string) => text.replace(/…$/, '');
  const right = expected.replace(SAME_STATE, '');
  if (!right.startsWith('{') || !bodyOf(decisive).startsWith(starts(actual))) return undefined;
  const all = exchanges.slice(0, decisive).map((_, at) => at);
  return all.findLast(at => bodyOf(at).startsWith(starts(right)) && bodyOf(at) !== bodyOf(decisive));
}

/** Where the fault is that a target does not do what it announces: nothing is shown once it announces something else. */
export function announcement({ exchanges, announced }: Replay, words: Vocabulary): string[] {
  if (announced.length === 0) return [];
  const numbers = announced.map(at => at + 1);
  const lines = toldOf(exchanges, 1, words).filter(line => numbers.includes(Number.parseInt(line, 10)));
  const test = numbers.map(number => `$1 == ${number}`).join(' || ');
  return [
    `[ "$(told 1 | awk '${test}' | cksum | cut -d ' ' -f 1)" = ${sumOf(lines)} ] ||`,
    "  ends 3 'the target announces something else than in the run'",
  ];
}

const sumOf = (lines: readonly string[]): number => cksum(lines.map(line => `${line}\n`).join(''));

/** Statuses that the verdict says are right. */
const rightStatuses = (expected: string): number[] => {
  const [, list = ''] = /^status (\d{3}(?: or \d{3})*)/.exec(expected) ?? [];
  return list.split(' or ').filter(Boolean).map(Number);
};

/** Where in the answer stands what the verdict shows, if that is one place. */
export function pathOf(json: Json | undefined, actual: string): string | undefined {
  if (json === undefined || actual.length < 2 || /^(?:true|false|null|\d|\[\]|\{\})$/.test(actual)) return undefined;
  const found: string[] = [];
  const isWhole = /^[[{]/.test(actual);
  const look = (value: Json, path: string) => {
    const isAlike = value === actual || ((isWhole || typeof value !== 'object') && JSON.stringify(value) === actual);
    if (path !== '' && isAlike) found.push(path);
    if (Array.isArray(value)) for (const [at, entry] of value.entries()) look(entry as Json, `${path}/${at}`);
    else if (isObject(value))
      for (const [name, member] of Object.entries(value)) look(member, `${path}/${JSON.stringify(name).slice(1, -1)}`);
  };
  look(json, '');
  return found.length === 1 ? found[0] : undefined;
}
