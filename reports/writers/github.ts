import type { Run } from '../record/index.ts';
import { causesOf } from './cause.ts';
import { kindOf, type Kind } from './kind.ts';
import { messageOf, nameOf } from './verdict-words.ts';
import { visible } from './visible.ts';
import type { Writer } from './writer.ts';

/** GitHub shows ten errors and ten warnings of a step, and drops the others without a word. */
const MOST = 10;

const data = (text: string): string =>
  visible(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** Workflow commands that GitHub turns into annotations: the first causes of failures, then of warnings. */
export const github = {
  format: 'github',
  extension: 'txt',
  summary: 'annotations for a GitHub workflow, to standard output',
  write: run =>
    [
      ...[...annotations(run, 'failure', 'error'), ...annotations(run, 'error', 'error')].slice(0, MOST),
      ...annotations(run, 'warning', 'warning').slice(0, MOST),
    ].join(''),
} satisfies Writer;

function annotations(run: Run, kind: Kind, command: 'error' | 'warning'): string[] {
  const causes = causesOf(
    run.verdicts.filter(verdict => kindOf(verdict) === kind),
    run,
  );
  return causes.flatMap(({ title, verdicts }) => {
    const [first] = verdicts;
    if (!first) return [];
    const more = verdicts.length > 1 ? ` (and ${verdicts.length - 1} more)` : '';
    return [
      `::${command} title=${property(`${nameOf(first)}${more}`)}::${data(`${title}: ${messageOf(first)} (${first.clause})`)}\n`,
    ];
  });
}
