import { createHash } from 'node:crypto';
import { checks, clausesOf, isInvariant, type Check } from '../conformance/index.ts';
import { defects, variants } from '../conformance/proof/index.ts';

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

/** What docs/proof.json says of a defect. */
interface Proven {
  readonly breaks: string;
  readonly noticedBy: readonly string[];
  readonly missedBy?: readonly string[];
  /** Checks that noticed it without being named, each with the reason. */
  readonly also: Readonly<Record<string, Reason>>;
}

/** The content of docs/proof.json: who noticed which defect and why, and what each variant turned red. */
export interface Proof {
  readonly fingerprint: string;
  readonly checks: number;
  readonly defects: Readonly<Record<string, Proven>>;
  readonly variants: Readonly<Record<string, readonly string[]>>;
}

/**
 * @param before what was written earlier, for all that was not crossed again
 * @throws Error for a defect or variant that was never crossed
 */
export function proofOf(crossed: readonly Crossed[], before?: Proof): Proof {
  const byId = new Map(crossed.map(each => [each.id, each]));
  const byCheck = new Map<string, Check>(checks.map(check => [check.id, check]));
  const proven = ({ id, breaks, noticedBy }: (typeof defects)[number]): Proven => {
    const met = byId.get(id);
    if (!met) return before?.defects[id] ?? unknown(id);
    const others = met.noticedBy.filter(check => !noticedBy.includes(check)).sort();
    const also = others.map(other => {
      const check = byCheck.get(other);
      return [other, check ? reasonOf(check, breaks) : 'rests on it'] as const;
    });
    const { missedBy } = met;
    return { breaks, noticedBy, ...(missedBy.length > 0 && { missedBy }), also: Object.fromEntries(also) };
  };
  return {
    fingerprint: fingerprint(),
    checks: checks.length,
    defects: Object.fromEntries(defects.map(defect => [defect.id, proven(defect)])),
    variants: Object.fromEntries(
      variants.map(({ id }) => [id, byId.get(id)?.reddened ?? before?.variants[id] ?? unknown(id)]),
    ),
  };
}

function unknown(id: string): never {
  throw new Error(`${id} was not crossed yet: run it, or all`);
}
