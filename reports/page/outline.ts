import { kindOf, kinds } from '../writers/kind.ts';
import type { Report } from '../writers/report.ts';
import { topicOf } from '../writers/verdict-words.ts';
import type { Row } from './model.ts';

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

/** What a row is put under: the labels from the outermost heading to the innermost, and a note for the last. */
interface Branch {
  readonly labels: readonly string[];
  readonly note: string;
}

/** Marks of provisioning rules; every other level is that of a clause of a document. */
const marks: ReadonlySet<string> = new Set(['documented', 'observed', 'inferred']);

/** `RFC7644` as people write it. */
export const documentName = (document: string): string => document.replace(/^RFC(?=\d)/, 'RFC ');

function clauseBranches(report: Report, { verdict }: Row): readonly Branch[] {
  return [verdict.clause, ...verdict.also].map(id => {
    const clause = report.clauses[id];
    return {
      labels: clause
        ? [documentName(clause.document), /^\d/.test(clause.section) ? `Section ${clause.section}` : clause.section, id]
        : ['Not in the record', id],
      note: clause?.sentence ?? '',
    };
  });
}

function ruleBranches({ clauses }: Report, { verdict }: Row): readonly Branch[] {
  return [verdict.clause, ...verdict.also]
    .filter(id => marks.has(clauses[id]?.level ?? ''))
    .map(id => ({ labels: [clauses[id]?.document ?? '', id], note: clauses[id]?.sentence ?? '' }));
}

/** How verdicts are put together in each view that has headings. */
export const branchings = {
  topics: (_report, { verdict }) => [{ labels: [topicOf(verdict)], note: '' }],
  clauses: clauseBranches,
  rules: ruleBranches,
} satisfies Record<string, (report: Report, row: Row) => readonly Branch[]>;

interface Growing {
  readonly key: string;
  readonly label: string;
  note: string;
  readonly rows: Set<Row>;
  readonly groups: Map<string, Growing>;
}

/** The tree of a view, its headings in the order of their numbers and letters. */
export function treeOf(view: keyof typeof branchings, report: Report, rows: readonly Row[]): readonly Group[] {
  const root: Growing = { key: view, label: '', note: '', rows: new Set(), groups: new Map() };
  for (const row of rows) {
    for (const { labels, note } of branchings[view](report, row)) {
      let at = root;
      for (const label of labels) {
        const next = at.groups.get(label) ?? {
          key: `${at.key}/${label}`,
          label,
          note: '',
          rows: new Set(),
          groups: new Map(),
        };
        at.groups.set(label, next);
        next.rows.add(row);
        at = next;
      }
      at.note = note;
    }
  }
  return grown(root);
}

const collator = new Intl.Collator('en', { numeric: true });

/** Documents of the IETF come before the rules of a vendor. */
const rankOf = ({ label }: Growing): number => (label.startsWith('RFC ') ? 0 : 1);

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

/** How many verdicts of each kind there are, those that need attention first. */
export function countsOf(rows: readonly Row[]) {
  return kinds
    .map(text => ({ text, count: rows.filter(({ verdict }) => kindOf(verdict) === text.kind).length }))
    .filter(({ count }) => count > 0);
}
