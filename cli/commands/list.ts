import { checks, isProbe } from '../../conformance/index.ts';
import { clientDefects, defects, variants } from '../../conformance/proof/index.ts';
import { levelOf, requirements, rules } from '../../conformance/clauses/index.ts';
import { EXIT } from '../../harness/exit-code.ts';
import { scenarios, unprovedBecause } from '../../scenarios/index.ts';
import { dialects } from '../../simulator/index.ts';
import type { Io } from '../io.ts';

/** A catalogue: every member for JSON, a few columns for a reader. */
interface Listing {
  readonly items: readonly object[];
  readonly columns: readonly (readonly string[])[];
}

const listings: Readonly<Record<string, () => Listing>> = {
  clauses: () => {
    const items = Object.values(requirements);
    return { items, columns: items.map(row => [row.id, row.level, row.stance, row.requirement]) };
  },
  rules: () => {
    const items = Object.values(rules);
    const provedBy = (id: string) =>
      scenarios.filter(({ proves }) => proves.some(rule => rule === id)).map(story => story.id);
    return {
      items: items.map(row => ({ ...row, provedBy: provedBy(row.id), unproved: unprovedBecause(row.id) })),
      columns: items.map(({ id, mark, side, title }) => [
        id,
        mark,
        side,
        title,
        provedBy(id).join(' ') || `(${unprovedBecause(id)})`,
      ]),
    };
  },
  checks: () => ({
    items: checks,
    columns: checks.map(check => [
      check.id,
      isProbe(check) ? 'probe' : `invariant (${check.judges})`,
      check.clause,
      levelOf(check.clause),
      check.title,
    ]),
  }),
  defects: () => ({
    items: [...defects, ...clientDefects],
    columns: [...defects, ...clientDefects].map(({ id, breaks, noticedBy, title }) => [
      id,
      breaks,
      noticedBy.join(' '),
      title,
    ]),
  }),
  variants: () => ({
    items: variants,
    columns: variants.map(({ id, permittedBy, title }) => [id, permittedBy, title]),
  }),
  scenarios: () => ({
    items: scenarios,
    columns: scenarios.map(({ id, proves, title }) => [id, proves.join(' '), title]),
  }),
  dialects: () => ({
    items: dialects,
    columns: dialects.map(({ id, title, evidence }) => [id, title, Object.values(evidence).flat().join(' ')]),
  }),
};

/** `scimulator list <what>` */
export async function list(what: string, flags: { json?: true }, io: Io): Promise<number> {
  const listing = listings[what]?.() ?? { items: [], columns: [] };
  io.out(flags.json ? `${JSON.stringify(listing.items, null, 2)}\n` : aligned(listing.columns));
  return EXIT.conforms;
}

/** Rows with their columns under each other; the last one runs on. */
function aligned(rows: Listing['columns']): string {
  const widths = rows.reduce<number[]>(
    (all, row) => row.map((text, at) => Math.max(all[at] ?? 0, at === row.length - 1 ? 0 : text.length)),
    [],
  );
  return rows
    .map(
      row =>
        `${row
          .map((text, at) => text.padEnd(widths[at] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
