import { kindOf, kinds } from '../writers/kind.ts';
import type { Report } from '../writers/report.ts';
import { topicOf } from '../writers/verdict-words.ts';
import type { Row } from './model.ts';
import { sectionTopic } from './sections.ts';
import { providers, strays, weightWith } from './works-with.ts';

/** Verdicts under a heading, or headings under a heading. */
export interface Group {
  /** Unique in its tree. */
  readonly key: string;
  readonly label: string;
  readonly note: string;
  readonly rows: readonly Row[];
  readonly groups: readonly Group[];
}

/** One line of a tree as it is shown. */
export type Item =
  | { readonly kind: 'heading'; readonly group: Group; readonly depth: number; readonly open: boolean }
  | { readonly kind: 'row'; readonly row: Row; readonly depth: number };

/** What a row is put under, from the outermost heading to the innermost. */
type Branch = readonly { readonly label: string; readonly note?: string }[];

/** Marks of provisioning rules; every other level is that of a clause of a document. */
const marks: ReadonlySet<string> = new Set(['documented', 'observed', 'inferred']);

/** `RFC7644` as people write it. */
export const documentName = (document: string): string => document.replace(/^RFC(?=\d)/, 'RFC ');

const sectionName = (section: string): string => (/^\d/.test(section) ? `Section ${section}` : section);

function clauseBranches(report: Report, { verdict }: Row): readonly Branch[] {
  return [verdict.clause, ...verdict.also].map(id => {
    const clause = report.clauses[id];
    if (!clause) return [{ label: 'Not in the record' }, { label: id }];
    const { document, section, sentence } = clause;
    return [
      { label: documentName(document), note: sectionTopic(document, '') },
      { label: sectionName(section), note: sectionTopic(document, section) },
      { label: id, note: sentence },
    ];
  });
}

function ruleBranches({ clauses }: Report, { verdict }: Row): readonly Branch[] {
  return [verdict.clause, ...verdict.also]
    .filter(id => marks.has(clauses[id]?.level ?? ''))
    .map(id => [{ label: clauses[id]?.document ?? '' }, { label: id, note: clauses[id]?.sentence ?? '' }]);
}

/** What becomes of the points that a provider counts on, those first that stand in its way. */
const ways = ['Breaks', 'Done differently', 'Not judged', 'Holds'] as const;

function wayOf({ text, verdict }: Row, weight: string): (typeof ways)[number] {
  if (verdict.outcome === 'fail' && weight === 'failure') return 'Breaks';
  if (strays(verdict)) return 'Done differently';
  return text.kind === 'pass' || text.kind === 'observed' ? 'Holds' : 'Not judged';
}

function providerBranches(report: Report, row: Row): readonly Branch[] {
  if (row.verdict.outcome === 'not-applicable') return [];
  return providers.flatMap(provider => {
    const weight = weightWith(provider, report, row.verdict);
    if (weight !== 'failure' && weight !== 'warning') return [];
    return [[{ label: provider.name }, { label: wayOf(row, weight) }]];
  });
}

/** How verdicts are put together in each view that has headings. */
export const branchings = {
  topics: (_report, { verdict }) => [[{ label: topicOf(verdict) }]],
  clauses: clauseBranches,
  rules: ruleBranches,
  providers: providerBranches,
} satisfies Record<string, (report: Report, row: Row) => readonly Branch[]>;

interface Growing {
  readonly key: string;
  readonly label: string;
  readonly note: string;
  readonly rows: Set<Row>;
  readonly groups: Map<string, Growing>;
}

/** The tree of a view, its headings in the order of their numbers and letters. */
export function treeOf(view: keyof typeof branchings, report: Report, rows: readonly Row[]): readonly Group[] {
  const root: Growing = { key: view, label: '', note: '', rows: new Set(), groups: new Map() };
  for (const row of rows) {
    const branches: readonly Branch[] = branchings[view](report, row);
    for (const branch of branches) {
      let at = root;
      for (const { label, note = '' } of branch) {
        const next = at.groups.get(label) ?? {
          key: `${at.key}/${label}`,
          label,
          note,
          rows: new Set(),
          groups: new Map(),
        };
        at.groups.set(label, next);
        next.rows.add(row);
        at = next;
      }
    }
  }
  return grown(root);
}

const collator = new Intl.Collator('en', { numeric: true });

/** Documents of the IETF come before the rules of a vendor, what breaks before what holds. */
const rankOf = ({ label }: Growing): number => {
  const way = (ways as readonly string[]).indexOf(label);
  return label.startsWith('RFC ') ? 0 : way === -1 ? ways.length : way;
};

const grown = ({ groups }: Growing): readonly Group[] =>
  [...groups.values()]
    .sort((a, b) => rankOf(a) - rankOf(b) || collator.compare(a.label, b.label))
    .map(group => ({
      key: group.key,
      label: group.label,
      note: group.note,
      rows: [...group.rows],
      groups: grown(group),
    }));

/** The lines of a tree, those below a folded heading left out. */
export function itemsOf(groups: readonly Group[], isOpen: (group: Group, depth: number) => boolean, depth = 0): Item[] {
  return groups.flatMap((group): Item[] => {
    const open = isOpen(group, depth);
    const heading: Item = { kind: 'heading', group, depth, open };
    if (!open) return [heading];
    if (group.groups.length > 0) return [heading, ...itemsOf(group.groups, isOpen, depth + 1)];
    return [heading, ...group.rows.map((row): Item => ({ kind: 'row', row, depth: depth + 1 }))];
  });
}

/** How many clauses lie below a heading, and how many of them a verdict speaks about. */
export interface Coverage {
  readonly judged: number;
  /** Those of the catalogue that the run was made with; those of the run where the record does not tell. */
  readonly clauses: number;
}

const judging: ReadonlySet<string> = new Set(['pass', 'fail', 'observed']);

/** The coverage of documents and sections, by the key of their heading in the tree of clauses or rules. */
export function coverageOf(view: 'clauses' | 'rules', report: Report): ReadonlyMap<string, Coverage> {
  const judged = new Set(
    report.verdicts.flatMap(({ clause, also, outcome }) => (judging.has(outcome) ? [clause, ...also] : [])),
  );
  const counts = new Map<string, { judged: number; run: number; catalogue: number }>();
  for (const [id, { document, section }] of Object.entries(report.clauses)) {
    const of = report.catalogue?.[document];
    const name = documentName(document);
    const places = [
      { key: `${view}/${name}`, catalogue: of ? Object.values(of).reduce((sum, each) => sum + each, 0) : 0 },
      ...(view === 'clauses'
        ? [{ key: `${view}/${name}/${sectionName(section)}`, catalogue: of?.[section] ?? 0 }]
        : []),
    ];
    for (const { key, catalogue } of places) {
      const held = counts.get(key) ?? { judged: 0, run: 0, catalogue };
      held.run += 1;
      if (judged.has(id)) held.judged += 1;
      counts.set(key, held);
    }
  }
  return new Map(
    Array.from(counts, ([key, { judged, run, catalogue }]) => [key, { judged, clauses: Math.max(run, catalogue) }]),
  );
}

/** How many verdicts of each kind there are, those that need attention first. */
export function countsOf(rows: readonly Row[]) {
  return kinds
    .map(text => ({ text, count: rows.filter(({ verdict }) => kindOf(verdict) === text.kind).length }))
    .filter(({ count }) => count > 0);
}
