import type { Run, Verdict } from '../record/index.ts';
import { causesOf, type Cause } from './cause.ts';
import { byKind, conclusion, countOf, kindOf, type Kind } from './kind.ts';
import { evidenceOf, messageOf, nameOf } from './verdict-words.ts';
import { visible } from './visible.ts';
import type { Writer } from './writer.ts';

/** GitHub drops a step summary over 1 MiB; in characters, most of them one byte. */
const LONGEST = 900_000;

/** Verdicts of one cause that are shown with their evidence. */
const SHOWN_PER_CAUSE = 5;

/** Text that means nothing to Markdown or HTML, on one line. */
const plain = (text: string): string =>
  visible(text)
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]()#+!|<>~@:&-]/g, char => `&#${char.charCodeAt(0)};`);

/** A code block that its content cannot end. */
function block(lines: readonly string[]): string {
  const text = visible(lines.join('\n'));
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${fence}text\n${text}\n${fence}\n`;
}

/** A page for `GITHUB_STEP_SUMMARY` and for pull requests. */
export const markdown = {
  format: 'markdown',
  extension: 'md',
  summary: 'a page for GITHUB_STEP_SUMMARY and pull requests',
  write(run) {
    const { target, profile, run: mark, seed, tool, command } = run.header;
    const of = (kind: Kind): readonly Verdict[] => run.verdicts.filter(verdict => kindOf(verdict) === kind);
    const parts = [
      `## ${plain(conclusion(run.footer))}: ${plain(`${tool} ${command}`)}\n`,
      `Target ${plain(target)}, profile ${plain(profile)}, run ${plain(mark)}, seed ${seed}\n`,
      table(run),
      ...(run.footer?.baseline ?? []).map(problem => `- **The baseline is out of date:** ${plain(problem)}\n`),
      ...section('Failures', of('failure'), run),
      ...section('Warnings', of('warning'), run),
      ...listed('Inconclusive', of('inconclusive')),
      ...listed('Known deviations', of('known')),
    ];
    return cut(parts);
  },
} satisfies Writer;

const table = ({ verdicts }: Run): string =>
  `| verdicts | |\n| --- | ---: |\n${byKind(verdicts)
    .map(([{ mark, many, one }, { length }]) => `| ${mark} ${length === 1 ? one : many} | ${length} |\n`)
    .join('')}`;

function section(heading: string, failed: readonly Verdict[], run: Run): string[] {
  if (failed.length === 0) return [];
  const causes = causesOf(failed, run);
  return [
    `### ${heading}: ${countOf({ one: 'cause', many: 'causes' }, causes.length)}\n`,
    ...causes.map(cause => causeText(cause, run)),
  ];
}

function causeText({ title, verdicts, blocked }: Cause, run: Run): string {
  const reach = [
    verdicts.length > 1 ? `${verdicts.length} verdicts` : '',
    blocked.length > 0 ? `in the way of ${blocked.length} more` : '',
  ].filter(Boolean);
  const shown = verdicts.slice(0, SHOWN_PER_CAUSE);
  const rest = verdicts.length - shown.length;
  const bodies = shown.map(
    verdict => `**${plain(nameOf(verdict))}** ${plain(verdict.title)}\n\n${block(evidenceOf(verdict, run))}`,
  );
  return `<details><summary>${plain(title)}${reach.length > 0 ? ` (${reach.join(', ')})` : ''}</summary>\n\n${bodies.join('\n')}${rest > 0 ? `\nand ${rest} more\n` : ''}\n</details>\n`;
}

const listed = (heading: string, verdicts: readonly Verdict[]): string[] =>
  verdicts.length === 0
    ? []
    : [
        `<details><summary>${heading}: ${verdicts.length}</summary>\n\n${verdicts
          .map(verdict => `- ${plain(nameOf(verdict))}: ${plain(messageOf(verdict) || verdict.title)}\n`)
          .join('')}\n</details>\n`,
      ];

/** As many parts as a summary may hold, and a word about the others. */
function cut(parts: readonly string[]): string {
  const kept: string[] = [];
  let size = 0;
  for (const [index, part] of parts.entries()) {
    size += Buffer.byteLength(part) + 1;
    if (size > LONGEST)
      return [...kept, `\n${parts.length - index} parts did not fit; the other reports have them.\n`].join('\n');
    kept.push(part);
  }
  return kept.join('\n');
}
