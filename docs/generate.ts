/** Writes the generated pages of this folder; run with `npm run generate`. A test fails while one is stale. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bindsServer, coverage, isOpen, type Coverage } from '../conformance/coverage.ts';
import { checks, isProbe } from '../conformance/index.ts';
import { clientDefects, defects, variants } from '../conformance/proof/index.ts';
import { levelOf, rules } from '../conformance/clauses/index.ts';
import { routes } from '../simulator/api/routes.ts';
import { implementedRules, unprovedRules } from '../simulator/rules/rules.ts';
import { settingsTable } from '../simulator/sync/settings.ts';
import { controlPage } from './control.ts';
import { onePasswordRulesPage } from './onepassword-rules.ts';
import { MADE, table } from './page.ts';

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

function adminApiPage(): string {
  const families = {
    'API v1': /^\/api\/(?!v2\/)/,
    'API v2': /^\/api\/v2\//,
    'Directory Insights': /^\/insights\//,
    'Console: what has no public route': /^\/console\//,
  };
  return [
    '# Admin API of the simulated JumpCloud',
    MADE,
    '',
    'Every request carries the API key as `x-api-key`; bodies are JSON of at most 1 MiB. Each change is provisioned at once and in order; `GET /console/idle` answers when all of it is sent. Refusals are `{code, error, message, status}`.',
    '',
    '- Lists take `limit` (10, at most 100), `skip`, `sort` (`-` for descending), `fields`, and say `X-Total-Count`. API v1 answers `{totalCount, results}`, API v2 a bare list with `Link: <…>; rel="next"`.',
    '- Filters: `filter=department:$eq:IT` in API v1 (`$eq $ne $gt $gte $lt $lte`), `filter=name:eq:Engineering` in API v2 (`eq ne gt ge lt le between search in`), as often as wanted.',
    '- Directory Insights pages by `search_after`, which takes what `X-Search_after` said; the last page is shorter than `X-Limit`.',
    '',
    'The source of a route is a section of the research notes on JumpCloud, or what of the console it stands for.',
    ...Object.entries(families).flatMap(([title, paths]) => [
      '',
      `## ${title}`,
      '',
      ...table(
        ['method', 'path', 'source'],
        routes
          .filter(({ path }) => paths.test(path))
          .map(({ method, path, source }) => [method, `\`${path}\``, source]),
      ),
    ]),
    '',
  ].join('\n');
}

function jumpcloudRulesPage(): string {
  const settings: readonly (readonly [string, { default: string; values?: readonly string[]; title: string }])[] =
    Object.entries(settingsTable);
  return [
    '# Rules of JumpCloud',
    MADE,
    '',
    `${implementedRules.length} rules with an effect on the wire or in Directory Insights. Each has a proof that drives the directory as its admin, by requests to the admin API, and looks at the requests that leave, and that fails once the rule is broken. The marks say how sure a rule is, and how sure the requests are that it leads to: documented by its maker, observed by somebody else, or inferred.`,
    '',
    ...table(
      ['rule', 'what it says', 'mark', 'its requests', 'code', 'proof', 'setting'],
      implementedRules.map(({ id, home, proof, setting = '' }) => [
        id,
        rules[id].title,
        rules[id].mark,
        rules[id].wireMark,
        `\`simulator/${home}\``,
        `\`simulator/rules/${proof}\``,
        setting && `\`${setting}\``,
      ]),
    ),
    '',
    '## Settings',
    '',
    'A setting exists where sources contradict one another, or where a service provider may meet either.',
    '',
    ...table(
      ['setting', 'what it decides', 'values, the default first'],
      settings.map(([name, { title, default: standard, values = [] }]) => [
        `\`${name}\``,
        title,
        [standard, ...values.filter(value => value !== standard)].map(value => `\`${value}\``).join(' '),
      ]),
    ),
    '',
    '## Rules without a proof here',
    '',
    ...table(
      ['rule', 'what it says', 'why'],
      Object.entries(unprovedRules).map(([id, why]) => [id, rules[id as keyof typeof unprovedRules].title, why]),
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
    { path: beside('admin-api.md'), text: adminApiPage() },
    { path: beside('jumpcloud-rules.md'), text: jumpcloudRulesPage() },
    { path: beside('onepassword-rules.md'), text: onePasswordRulesPage() },
    { path: beside('control.md'), text: controlPage() },
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { path, text } of generatePages()) writeFileSync(path, text);
}
