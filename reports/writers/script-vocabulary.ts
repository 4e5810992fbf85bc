import type { Exchange, Json, Run, Verdict } from '../record/index.ts';
import { STAMP, veiledIn, type Vocabulary } from './script-answer.ts';
import { isObject, textAt } from './script-json.ts';
import { FIELDS, namedFields, pathOf, STATUS_ALONE } from './script-judgement.ts';
import { isDiscovery } from './script-replay.ts';
import { decoded, REDACTED, type Given } from './script-words.ts';

/** What stands for a value of somebody else in a record. */
const MASKED = '[masked]';

/** The words in which the answers of a script are compared with those of the run, with what goes by a name in them. */
export function vocabularyOf(
  { header }: Pick<Run, 'header'>,
  verdict: Verdict,
  exchanges: readonly Exchange[],
  decisive: number,
  given: readonly Given[],
): Vocabulary & { readonly named: readonly Given[] } {
  const said = `${verdict.check} ${verdict.title} ${verdict.expected} ${verdict.actual}`;
  const fields = [...FIELDS, ...namedFields(verdict, exchanges[decisive])];
  const named = given.filter(one => isNamed(one) && !isAccused(one, verdict));
  const ids = named.map(({ label, value }) => [label, value] as const);
  return {
    base: header.target.replace(/\/+$/, ''),
    mark: header.run,
    named,
    ids,
    ours: new Map(
      exchanges.flatMap((exchange, at) => {
        const whose = listsOthers(exchange, ids, verdict);
        return whose ? [[at + 1, whose] as const] : [];
      }),
    ),
    fields,
    sent: sentTimes(exchanges, given),
    veiled: veiledIn(exchanges, fields, [REDACTED, MASKED]),
    spelled: exchanges.some(({ response: { json } }) =>
      ['nextCursor', 'previousCursor'].some(name => JSON.stringify(textAt(json, name)) === verdict.actual),
    ),
    worded: isWorded(verdict, exchanges),
    timed: /modified|created|\btime|date/i.test(said),
    versioned: /version|\be?tag|\bmatch\b|same twice|unchanged|\b(?:304|412|428)\b/i.test(said),
  };
}

/** Times that the client made up: those it had from answers are others each time. */
function sentTimes(exchanges: readonly Exchange[], given: readonly Given[]): ReadonlySet<string> {
  const sent = exchanges.flatMap(
    ({ request }) => `${decoded(request.path)} ${JSON.stringify(request.json ?? '')}`.match(STAMP) ?? [],
  );
  const taken = new Set(
    given.flatMap(({ label, value }) => (label.startsWith('TIME_') ? (value.match(STAMP) ?? []) : [])),
  );
  return new Set(sent.filter(stamp => !taken.has(stamp)));
}

/** Ids go by their names in comparisons, whatever they are used for. */
const isNamed = ({ label, made, used }: Given): boolean => label.startsWith('ID_') && (made || used);

/** Whether the verdict speaks of the words of an error. */
function isWorded({ title, expected, actual }: Verdict, exchanges: readonly Exchange[]): boolean {
  if (/detail|\bbody\b|secret|password|repeat|disclos/i.test(`${title} ${expected}`)) return true;
  const details = exchanges.map(({ response }) => textAt(response.json, 'detail') ?? '');
  return !STATUS_ALONE.test(actual) && details.some(detail => detail !== '' && actual.includes(detail));
}

/** Whether it is the id itself that the verdict speaks of, and not which resource has it. */
const isAccused = ({ value }: Given, { title, expected, actual }: Verdict): boolean =>
  actual === JSON.stringify(value) && /\bid\b/i.test(title) && !expected.includes('"');

/** Whether a list holds or counts something that the exchanges did not make, and that the verdict does not speak of. */
function listsOthers(
  exchange: Exchange,
  ids: readonly (readonly [string, string])[],
  { actual }: Verdict,
): 'own' | 'none' | undefined {
  const { request, response } = exchange;
  // What it says of the target itself is the same for everybody.
  if (isDiscovery(exchange)) return undefined;
  const entries = isObject(response.json) ? response.json['Resources'] : response.json;
  if (!Array.isArray(entries)) return undefined;
  const own = new Set(ids.map(([, id]) => id));
  const isOwn = (entry: Json) => own.has(textAt(entry, 'id') ?? '');
  const isAccused = (entry: Json) => actual.includes(JSON.stringify(textAt(entry, 'id') ?? null));
  if (entries.some((entry: Json) => !isOwn(entry) && isAccused(entry))) return undefined;
  const whose = entries.some(isOwn) || entries.length === 0 ? 'own' : 'none';
  const aroundThem = pathOf(response.json, actual)?.startsWith('/Resources') === false;
  const total = Number(isObject(response.json) ? response.json['totalResults'] : NaN);
  const isOpen = request.method === 'GET' && !/[?&]filter=/i.test(request.path);
  if (isOpen && (total > own.size || !isObject(response.json))) return whose;
  return (aroundThem || entries.some(isOwn)) && !entries.every(isOwn) ? whose : undefined;
}
