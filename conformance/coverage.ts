import { requirements, type RequirementId, type RequirementRow } from './clauses/index.ts';
import { checks } from './checks/index.ts';
import { clausesOf } from './run/check.ts';
import { unchecked, type UncheckedReason } from './unchecked.ts';

/** Documents whose rows a target here can announce. */
const DOCUMENTS: ReadonlySet<string> = new Set(['RFC7642', 'RFC7643', 'RFC7644', 'RFC9865', 'RFC6750', 'RFC9110']);

/** How a clause stands: judged by checks, left with a reason, or open. */
export interface Coverage {
  readonly row: RequirementRow;
  readonly checks: readonly string[];
  /** Set when no check names the clause and there is a reason for that. */
  readonly reason: UncheckedReason | 'binds the client' | undefined;
}

const judgedBy = new Map<string, string[]>();
for (const check of checks) {
  for (const clause of clausesOf(check)) judgedBy.set(clause, [...(judgedBy.get(clause) ?? []), check.id]);
}
const written = new Map(unchecked.map(({ clause, reason }) => [clause, reason]));

/** Every row of the catalogue with the checks that judge it. */
export const coverage: readonly Coverage[] = Object.values(requirements).map(row => ({
  row,
  checks: judgedBy.get(row.id) ?? [],
  reason: judgedBy.has(row.id) ? undefined : reasonOf(row),
}));

function reasonOf(row: RequirementRow): Coverage['reason'] {
  if (!DOCUMENTS.has(row.document)) return 'no target here announces it';
  if (row.subject === 'client') return 'binds the client';
  if (row.testable === 'no') return 'not visible from outside';
  return written.get(row.id as RequirementId);
}

/** True for a row of a document in scope that binds a server (or a published schema). */
export const bindsServer = ({ row }: Coverage): boolean => DOCUMENTS.has(row.document) && row.subject !== 'client';

/** Neither a check nor a reason. */
export const isOpen = ({ checks: judges, reason }: Coverage): boolean => judges.length === 0 && reason === undefined;
