import type { Verdict } from '../../reports/record/index.ts';
import type { Hop } from '../../scim/wire/message.ts';
import { checks } from '../checks/index.ts';
import { isProbe } from '../run/check.ts';
import type { Defect } from './defect.ts';
import type { Variant } from './variant.ts';

/** Runs checks on a right provider behind the hop, or without one: those of the given ids, or all. */
export type RunWith = (hop?: Hop, only?: readonly string[]) => Promise<readonly Verdict[]>;

/** How the checks took one defect. */
export interface Missed {
  readonly defect: string;
  /** Checks that had to fail and did not. */
  readonly by: readonly string[];
  /** Checks that failed without being named. */
  readonly alsoNoticedBy: readonly string[];
}

/** Checks that a variant turned red, or took a pass from without its saying so. */
export interface Reddened {
  readonly variant: string;
  readonly verdicts: readonly Verdict[];
  /** It changed no exchange at all, so its green says nothing. */
  readonly idle: boolean;
}

const probes: ReadonlySet<string> = new Set(checks.filter(isProbe).map(({ id }) => id));
const traffic: readonly string[] = [...probes].filter(id => /^(?:create|read|list|delete|error|auth|group)\./.test(id));

/** A fault, or what would be one if its clause weighed more than an observation. */
const isNoticed = ({ outcome, expected }: Verdict) => outcome === 'fail' || (outcome === 'observed' && expected !== '');

const keyOf = (verdict: Verdict) => `${verdict.check}/${verdict.case}`;

/** Runs the checks on each defect; gives what named checks did not notice, with what others did. */
export async function proveDefects(runWith: RunWith, defects: readonly Defect[]): Promise<Missed[]> {
  const proofs: Missed[] = [];
  for (const defect of defects) {
    const { id, noticedBy } = defect;
    const failed = new Set((await runWith(defect.hop())).filter(isNoticed).map(({ check }) => check));
    const by = noticedBy.filter(check => !failed.has(check));
    proofs.push({ defect: id, by, alsoNoticedBy: [...failed].filter(check => !noticedBy.includes(check)) });
  }
  return proofs;
}

/**
 * The defects that some check had to notice and did not. Each is tried on the probes it names first; an invariant needs the
 * traffic of others, so it gets that of a few topics, and the whole suite only when that does not show it.
 */
export async function missedDefects(runWith: RunWith, defects: readonly Defect[]): Promise<Missed[]> {
  const suspects: Defect[] = [];
  for (const defect of defects) {
    const { noticedBy } = defect;
    const only = noticedBy.every(check => probes.has(check)) ? noticedBy : [...noticedBy, ...traffic];
    const [proof] = await proveDefects((hop = defect.hop()) => runWith(hop, only), [defect]);
    if (proof && proof.by.length > 0) suspects.push(defect);
  }
  return (await proveDefects(runWith, suspects)).filter(({ by }) => by.length > 0);
}

/**
 * The variants that turned a check red, took a pass away beyond what they withdraw, or changed nothing.
 * @param parts in how many parts the suite is cut: each variant meets one part, the next variant the next one, so that all
 *   checks meet many variants in a fraction of the time. 1 runs the whole suite on each.
 */
export async function reddenedByVariants(
  runWith: RunWith,
  variants: readonly Variant[],
  parts = 1,
): Promise<Reddened[]> {
  const clean = new Set((await runWith()).filter(({ outcome }) => outcome === 'pass').map(keyOf));
  const found: Reddened[] = [];
  for (const [index, variant] of variants.entries()) {
    const part = await meet(runWith, variant, clean, parts === 1 ? undefined : partOf(index % parts, parts));
    const met = part.idle && parts > 1 ? await meet(runWith, variant, clean) : part;
    if (met.verdicts.length > 0 || met.idle) found.push(met);
  }
  return found;
}

async function meet(
  runWith: RunWith,
  variant: Variant,
  clean: ReadonlySet<string>,
  only?: readonly string[],
): Promise<Reddened> {
  const { id, withdraws = [] } = variant;
  let changed = false;
  const all = await runWith(
    watched(variant.hop(), () => (changed = true)),
    only,
  );
  const verdicts = all.filter(verdict => {
    if (['fail', 'error', 'inconclusive'].includes(verdict.outcome)) return true;
    // A part of the suite does not provoke all that the whole does.
    const unprovoked = only !== undefined && verdict.reason === 'never provoked';
    const lost = verdict.outcome !== 'pass' && clean.has(keyOf(verdict)) && !unprovoked;
    return lost && !withdraws.some(start => keyOf(verdict).startsWith(start) || verdict.reason.startsWith(start));
  });
  return { variant: id, verdicts, idle: !changed };
}

/** One part of the checks, with the traffic that invariants live on. */
const partOf = (part: number, parts: number): readonly string[] => [
  ...traffic,
  ...checks.filter((check, at) => at % parts === part || !isProbe(check)).map(({ id }) => id),
];

/** The hop, with a word whenever it changed a request or a response. */
function watched(hop: Hop, onChange: () => void): Hop {
  return async (request, next) => {
    let inner: unknown;
    const response = await hop(request, async passed => {
      if (JSON.stringify(passed) !== JSON.stringify(request)) onChange();
      const came = await next(passed);
      inner = came;
      return came;
    });
    if (JSON.stringify(response) !== JSON.stringify(inner)) onChange();
    return response;
  };
}
