import { createHash } from 'node:crypto';
import { checks, clausesOf, defects, isInvariant, variants, type Check } from '../conformance/index.ts';

/** How one defect or variant went. */
export interface Crossed {
  readonly id: string;
  /** Checks that noticed it. */
  readonly noticedBy: readonly string[];
  /** Checks that had to and did not. */
  readonly missedBy: readonly string[];
  /** For a variant: verdicts that it turned red or took a pass from. */
  readonly reddened: readonly string[];
  /** For a variant: it changed nothing. */
  readonly isIdle: boolean;
}

/** Why a check that a defect does not name noticed it. */
type Reason = 'judges the same clause' | 'judges the same section' | 'looks at every exchange' | 'rests on it';

const sectionOf = (clause: string): string => clause.replace(/-\d+$/, '');

function reasonOf(check: Check, breaks: string): Reason {
  const clauses = clausesOf(check);
  if (clauses.some(clause => clause === breaks)) return 'judges the same clause';
  if (isInvariant(check)) return 'looks at every exchange';
  return clauses.some(clause => sectionOf(clause) === sectionOf(breaks)) ? 'judges the same section' : 'rests on it';
}

/** What the proof is about; another one makes docs/proof.json stale. */
export function fingerprint(): string {
  const subject = [
    checks.map(check => [check.id, clausesOf(check)]),
    defects.map(({ id, breaks, noticedBy }) => [id, breaks, noticedBy]),
    variants.map(({ id }) => id),
  ];
  return createHash('sha256').update(JSON.stringify(subject)).digest('hex');
}

/** The content of docs/proof.json: who noticed which defect and why, and the variants that all checks let pass. */
export function proofOf(crossed: readonly Crossed[]) {
  const byId = new Map(crossed.map(each => [each.id, each]));
  const byCheck = new Map<string, Check>(checks.map(check => [check.id, check]));
  return {
    fingerprint: fingerprint(),
    checks: checks.length,
    defects: Object.fromEntries(
      defects.map(({ id, breaks, noticedBy }) => {
        const { noticedBy: noticed = [], missedBy = [] } = byId.get(id) ?? {};
        const others = noticed.filter(check => !noticedBy.includes(check));
        const also = others.sort().map(id => {
          const check = byCheck.get(id);
          return [id, check ? reasonOf(check, breaks) : 'rests on it'] as const;
        });
        return [id, { breaks, noticedBy, ...(missedBy.length > 0 && { missedBy }), also: Object.fromEntries(also) }];
      }),
    ),
    variants: Object.fromEntries(variants.map(({ id }) => [id, byId.get(id)?.reddened ?? []])),
  };
}
