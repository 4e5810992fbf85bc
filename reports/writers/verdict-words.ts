import type { Run, Verdict } from '../record/index.ts';
import { answerOf, decisive } from './cause.ts';

/** `create.status [emails]`: how a verdict is called everywhere. */
export const nameOf = ({ check, case: instance }: Pick<Verdict, 'check' | 'case'>): string =>
  instance === '' ? check : `${check} [${instance}]`;

/** First word of a check, or the story: what verdicts are put together by. */
export const topicOf = ({ check }: Pick<Verdict, 'check'>): string => /^[^.:]+/.exec(check)?.[0] ?? check;

/** The verdict in a sentence or two: what was expected and what came, or why nothing was judged. */
export const messageOf = ({ expected, actual, reason, known }: Verdict): string =>
  [
    expected && `expected ${expected}`,
    actual && `actual ${actual}`,
    reason,
    known &&
      `known: ${[known.reason, known.owner, known.expires && `until ${known.expires}`].filter(Boolean).join(', ')}`,
  ]
    .filter(Boolean)
    .join('; ');

/** What a verdict rests on, each with its label: its clause, its message, the decisive request and answer. */
export function factsOf(verdict: Verdict, run: Run): readonly (readonly [label: string, value: string])[] {
  const clause = run.header.clauses[verdict.clause];
  const exchange = decisive(verdict, run.exchanges);
  const facts: readonly (readonly [string, string])[] = [
    ['clause', `${verdict.clause} ${verdict.level}${clause ? `: ${clause.sentence}` : ''}`.trim()],
    ['expected', verdict.expected],
    ['actual', verdict.actual],
    ['reason', verdict.reason],
    ['fix', verdict.fix ?? ''],
    [
      'request',
      exchange ? `${exchange.request.method} ${exchange.request.path} -> ${answerOf(exchange.response)}` : '',
    ],
  ];
  return facts.filter(([, value]) => value !== '');
}

/** The same as lines, with the exchanges it rests on. */
export const evidenceOf = (verdict: Verdict, run: Run): readonly string[] =>
  [...factsOf(verdict, run), ['exchanges', verdict.exchanges.join(', ')] as const]
    .filter(([, value]) => value !== '')
    .map(([label, value]) => `${label.padEnd(9)} ${value}`);

/** How long the requests of a verdict took together, in milliseconds. */
export const durationOf = ({ exchanges }: Verdict, run: Run): number =>
  exchanges.reduce((sum, id) => sum + (run.exchanges.get(id)?.ms ?? 0), 0);
