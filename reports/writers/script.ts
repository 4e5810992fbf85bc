import type { Run, Verdict } from '../record/index.ts';
import { kindOf } from './kind.ts';
import { commented, credential, opening, setUp } from './script-head.ts';
import { announcement, comparison, showing, testOf } from './script-judgement.ts';
import { limitOf, type Limit } from './script-limit.ts';
import { replayer, type Replay } from './script-replay.ts';
import { afterSend, sendOf, togetherIn } from './script-send.ts';
import { prelude } from './script-shell.ts';
import { vocabularyOf } from './script-vocabulary.ts';
import { givenBy, literal, speller } from './script-words.ts';

/** Characters of a file name without its ending. */
const LONGEST_NAME = 120;

/** A script with the name of its file. */
export interface Script {
  readonly name: string;
  readonly text: string;
  /** Why it cannot show the fault. */
  readonly limit?: Limit;
}

/** The scripts of a run, for each failure and warning that can be shown again. File names are unique. */
export function scriptsOf(run: Run): ReadonlyMap<Verdict, Script> {
  const scriptOf = scripts(run);
  const taken = new Set<string>();
  const made = new Map<Verdict, Script>();
  for (const verdict of run.verdicts) {
    const script = scriptOf(verdict);
    if (script === undefined) continue;
    const { check, case: instance } = verdict;
    const stem = `${check}${instance && `-${instance}`}`.replace(/[^\w.-]+/g, '-').slice(0, LONGEST_NAME);
    let name = `${stem}.sh`;
    for (let next = 2; taken.has(name.toLowerCase()); next += 1) name = `${stem}-${next}.sh`;
    taken.add(name.toLowerCase());
    made.set(verdict, { name, ...script });
  }
  return made;
}

/**
 * Makes the shell script that shows a failed verdict again: what the check needed, the decisive request, and a comparison of
 * its answer with what was judged; undefined for verdicts that accuse nobody, and where nothing was sent.
 */
function scripts(run: Run): (verdict: Verdict) => Omit<Script, 'name'> | undefined {
  const replayOf = replayer(run);
  return verdict => {
    const kind = kindOf(verdict);
    // Without what was done on the account in between, requests show nothing (LIMITS.acts).
    const isWhole = verdict.acts === undefined && (kind === 'failure' || kind === 'warning');
    const replay = isWhole ? replayOf(verdict) : undefined;
    return replay && scriptOf(run, verdict, replay);
  };
}

function scriptOf(run: Run, verdict: Verdict, replay: Replay): Omit<Script, 'name'> {
  const { own, decisive } = replay;
  const { header } = run;
  const alone = testOf(verdict, replay);
  const exchanges = alone ? replay.exchanges.slice(0, decisive + 1) : replay.exchanges;
  const given = givenBy(exchanges);
  const words = vocabularyOf(run, verdict, exchanges, decisive, given);
  const { base, fields, sent, veiled, ours } = words;
  const spell = speller(given, words);
  const sends = exchanges.map((exchange, at) => sendOf(exchange, at, spell, at === decisive));
  const together = togetherIn({ exchanges, own, decisive }, at => given.some(one => one.from === at && one.used));
  const limit = limitOf(exchanges[decisive], together);
  const steps = exchanges.flatMap((exchange, at) => {
    const group = together.find(members => members.includes(at));
    const kept = { given, named: words.named, spell, isUnsure: at < decisive && !group };
    const commands = [...(sends[at] ?? []), ...afterSend(exchange, at, kept)];
    const { request, response } = exchange;
    return [
      '',
      ...(at === own && own > 0 ? ['# What the check itself sends.'] : []),
      ...(at === group?.[0] ? ['# At the same time, as in the run.'] : []),
      `# ${at + 1}. ${commented(`${request.method} ${request.path}`)}: ${response.status ?? 'no answer'} in the run`,
      ...(group ? [`(TMP=$TMP/once.${at + 1} N=0; mkdir "$TMP"`, ...commands, ') &'] : commands),
      ...(at === group?.at(-1) ? [`joined ${group.map(member => member + 1).join(' ')}`] : []),
      ...(at === decisive ? showing(verdict, exchange) : []),
    ];
  });
  const lists = [...ours].map(([at, whose]) => (whose === 'own' ? String(at) : `${at}-`));
  const text = [
    ...opening(verdict, header.clauses[verdict.clause]?.sentence ?? '', exchanges, limit),
    `BASE=\${1:-\${SCIM_URL:-${literal(base)}}}`,
    'BASE=${BASE%/}',
    `FIELDS=${literal(fields.join(' '))} OURS=${literal(lists.join(' '))}`,
    `TIMED=${flag(words.timed)} VERSIONED=${flag(words.versioned)} WORDED=${flag(words.worded)} SPELLED=${flag(words.spelled)}`,
    setUp,
    credential(exchanges),
    prelude,
    'trap tidy EXIT',
    "trap 'exit 130' HUP INT TERM",
    ...[...sent].map(stamp => `printf 'sent\\t%s\\n' ${literal(stamp)} >> "$TMP/names"`),
    ...[...veiled].map(place => `printf 'veiled\\t%s\\n' ${literal(place)} >> "$TMP/names"`),
    ...(own > 0 ? ['', '# What several checks of the run started from.'] : []),
    ...(replay.overlapping && together.length === 0
      ? ['', '# In the run some of these were under way at the same time; here they follow each other.']
      : []),
    ...steps,
    '',
    ...announcement(replay, words),
    ...(alone ?? comparison(verdict, replay, words)),
    '[ -z "$ODD" ] || ends 3 "$ODD"',
    limit === undefined ? 'ends 0' : `ends 3 ${literal(limit)}`,
    '',
  ].join('\n');
  return { text, ...(limit !== undefined && { limit }) };
}

const flag = (is: boolean): string => (is ? '1' : '');
