import type { Changed, Difference, Run, Verdict } from '../record/index.ts';
import { kindOf, kinds } from './kind.ts';
import { labelled, paintFor, plain, plainValue } from './terminal-text.ts';
import { messageOf } from './verdict-words.ts';

const sections: readonly { readonly name: keyof Difference; readonly heading: string }[] = [
  { name: 'worse', heading: 'Worse' },
  { name: 'better', heading: 'Better' },
  { name: 'added', heading: 'Judged now and not before' },
  { name: 'gone', heading: 'Judged before and not now' },
  { name: 'other', heading: 'Otherwise than before' },
];

/** Longer lists are not read out. */
const MOST = 50;

/** What changed between two runs, for a terminal. */
export function differenceText(
  before: Run,
  after: Run,
  difference: Difference,
  { color, width = 100 }: { readonly color: boolean; readonly width?: number },
): string {
  const paint = paintFor(color);
  const runLine = ({ header }: Run) =>
    `${header.run} of ${header.started}, ${header.target}, profile ${header.profile}`;
  const lines = [
    ...labelled('before  ', plain(runLine(before)), width),
    ...labelled('after   ', plain(runLine(after)), width),
  ];
  for (const { name, heading } of sections) {
    const changed = difference[name];
    if (changed.length === 0) continue;
    lines.push('', paint.strong(`${heading} (${changed.length})`));
    for (const one of changed.slice(0, MOST)) lines.push(...changedLines(one, width));
    if (changed.length > MOST) lines.push(`  and ${changed.length - MOST} more`);
  }
  const count = sections.map(({ name }) => `${difference[name].length} ${words[name]}`).join(', ');
  lines.push('', sections.every(({ name }) => difference[name].length === 0) ? 'No difference.' : `${count}.`);
  return `${lines.join('\n')}\n`;
}

const words: Readonly<Record<keyof Difference, string>> = {
  worse: 'worse',
  better: 'better',
  added: 'new',
  gone: 'gone',
  other: 'otherwise',
};

function changedLines({ key, before, after }: Changed, width: number): string[] {
  const told = after ?? before;
  const turn = [before, after].flatMap(verdict => (verdict ? [wordOf(verdict)] : [])).join(' -> ');
  return [
    ...labelled(`  ${turn.padEnd(14)} `, plainValue(`${key} ${told?.title ?? ''}`), width),
    ...(after && messageOf(after) !== '' ? labelled('                 ', plainValue(messageOf(after)), width) : []),
  ];
}

const wordOf = (verdict: Verdict): string => kinds.find(({ kind }) => kind === kindOf(verdict))?.word ?? '';
