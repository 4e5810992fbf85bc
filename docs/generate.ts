/** Writes the generated pages of this folder; run with `npm run generate`. A test fails while one is stale. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bindsServer, coverage, isOpen, type Coverage } from '../conformance/coverage.ts';
import { checks, clientDefects, defects, isProbe, variants } from '../conformance/index.ts';
import { levelOf } from '../conformance/clauses/index.ts';

const MADE = '<!-- Made by `npm run generate`; change the tables, not this page. -->';

const cell = (text: string) => text.replaceAll('|', '\\|');
const table = (header: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  `| ${header.join(' | ')} |`,
  `| ${header.map(() => '---').join(' | ')} |`,
  ...rows.map(row => `| ${row.map(cell).join(' | ')} |`),
];

function coveragePage(): string {
  const inScope = coverage.filter(bindsServer);
  const yes = inScope.filter(({ row }) => row.testable === 'yes');
  const checked = ({ checks: judges }: Coverage) => judges.length > 0;
  const share = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
  const documents = [...new Set(inScope.map(({ row }) => row.document))];
  return [
    '# Coverage of the catalogue',
    MADE,
    '',
    `${inScope.length} rows of the documents in scope bind a server or a published schema. Of the ${yes.length} marked testable \`yes\`, ${yes.filter(checked).length} have a check (${share(yes.filter(checked).length, yes.length)}); the others have a reason.`,
    '',
    ...table(
      ['document', 'rows', 'with a check', 'with a reason', 'open', 'testable yes', 'of these with a check'],
      documents.map(document => {
        const rows = inScope.filter(({ row }) => row.document === document);
        const sure = rows.filter(({ row }) => row.testable === 'yes');
        const counts = [
          rows.length,
          rows.filter(checked).length,
          rows.filter(({ reason }) => reason !== undefined).length,
          rows.filter(isOpen).length,
          sure.length,
          sure.filter(checked).length,
        ];
        return [document].concat(counts.map(String));
      }),
    ),
    '',
    'Rows of other documents carry the reason "no target here announces it"; rows that bind a client alone are judged on the requests of a client.',
    ...documents.flatMap(document => [
      '',
      `## ${document}`,
      '',
      ...table(
        ['clause', 'level', 'stance', 'requirement', 'checks, or why there is none'],
        inScope
          .filter(({ row }) => row.document === document)
          .map(({ row, checks: judges, reason }) => [
            row.id,
            row.level,
            row.stance,
            row.requirement,
            judges.length > 0 ? judges.map(id => `\`${id}\``).join(' ') : `*${reason ?? 'open'}*`,
          ]),
      ),
    ]),
    '',
  ].join('\n');
}

function checksPage(): string {
  const all = [...defects, ...clientDefects];
  const provedBy = (id: string) => all.filter(({ noticedBy }) => noticedBy.includes(id)).length;
  return [
    '# Checks',
    MADE,
    '',
    `${checks.length} checks, proved on ${all.length} defects and ${variants.length} permitted variants.`,
    '',
    ...table(
      ['id', 'what is right', 'clause', 'level', 'kind', 'defects'],
      checks.map(check => [
        `\`${check.id}\``,
        check.title,
        check.clause,
        levelOf(check.clause),
        isProbe(check) ? 'probe' : `invariant (${check.judges})`,
        String(provedBy(check.id)),
      ]),
    ),
    '',
    '## Defects',
    '',
    ...table(
      ['id', 'what is changed', 'breaks', 'noticed by'],
      all.map(({ id, title, breaks, noticedBy }) => [
        `\`${id}\``,
        title,
        breaks,
        noticedBy.map(n => `\`${n}\``).join(' '),
      ]),
    ),
    '',
    '## Permitted variants',
    '',
    ...table(
      ['id', 'what is changed', 'permitted by'],
      variants.map(({ id, title, permittedBy }) => [`\`${id}\``, title, permittedBy]),
    ),
    '',
  ].join('\n');
}

/** Path and text of every generated page. */
export function generatePages(): readonly { path: string; text: string }[] {
  const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url));
  return [
    { path: beside('coverage.md'), text: coveragePage() },
    { path: beside('checks.md'), text: checksPage() },
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { path, text } of generatePages()) writeFileSync(path, text);
}
