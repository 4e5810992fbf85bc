import type { Verdict } from '../../reports/record/index.ts';
import type { Hop } from '../../scim/wire/message.ts';
import { checks } from '../checks/index.ts';
import { isProbe } from '../run/check.ts';
import type { Defect } from './defect.ts';
import { createReach, type CleanRun, type Reach } from './reach.ts';
import type { Variant } from './variant.ts';

/** Runs checks on a right provider behind the hop, or without one: those of the given ids, or all; as `rfc` unless told. */
export type RunWith = (hop?: Hop, only?: readonly string[], profile?: string) => Promise<CleanRun>;

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
const invariants: readonly string[] = checks.filter(check => !isProbe(check)).map(({ id }) => id);
const traffic: readonly string[] = [...probes].filter(id => /^(?:create|read|list|delete|error|auth|group)\./.test(id));

/** A fault, or what would be one if its clause weighed more than an observation. */
const isNoticed = ({ outcome, expected }: Verdict) => outcome === 'fail' || (outcome === 'observed' && expected !== '');

/** About as many as wanted, evenly spread; another start gives others. */
function some(all: readonly string[], wanted: number, start = 0): readonly string[] {
  const stride = Math.max(1, Math.ceil(all.length / wanted));
  return all.filter((_, at) => at % stride === start % stride);
}

const keyOf = (verdict: Verdict) => `${verdict.check}/${verdict.case}`;

/**
 * Runs on each defect the checks that it reaches; gives what named checks did not notice, with what others did.
 * @param reach of a clean run; without it every check is run on every defect
 */
export async function proveDefects(runWith: RunWith, defects: readonly Defect[], reach?: Reach): Promise<Missed[]> {
  const proofs: Missed[] = [];
  for (const defect of defects) proofs.push(await proveDefect(runWith, defect, await reachedBy(defect, reach)));
  return proofs;
}

async function proveDefect(runWith: RunWith, defect: Defect, only?: readonly string[]): Promise<Missed> {
  const { id, noticedBy, profile } = defect;
  const { verdicts } = await runWith(defect.hop(), only, profile);
  const failed = new Set(verdicts.filter(isNoticed).map(({ check }) => check));
  const by = noticedBy.filter(check => !failed.has(check));
  return { defect: id, by, alsoNoticedBy: [...failed].filter(check => !noticedBy.includes(check)) };
}

/** The checks to be run on a defect or a variant: those it reaches, and all invariants with traffic to look at. */
async function reachedBy(
  { hop, noticedBy = [] }: { hop(): Hop; readonly noticedBy?: readonly string[] },
  reach: Reach | undefined,
): Promise<readonly string[] | undefined> {
  const reached = await reach?.of(hop());
  return reached && [...new Set([...noticedBy, ...reached, ...traffic, ...invariants])];
}

/**
 * The defects that some check had to notice and did not. Each is tried on the probes it names first; an invariant needs the
 * traffic of others, so it gets some of that of a few topics, then all of it, and the whole suite only when that does not
 * show it.
 */
export async function missedDefects(runWith: RunWith, defects: readonly Defect[]): Promise<Missed[]> {
  const missed: Missed[] = [];
  for (const defect of defects) {
    const { noticedBy } = defect;
    const isProbed = noticedBy.every(check => probes.has(check));
    const widening = [
      ...(isProbed ? [[]] : [some(traffic, 12), traffic]).map(more => [...noticedBy, ...more]),
      undefined,
    ];
    for (const only of widening) {
      const proof = await proveDefect(runWith, defect, only);
      if (proof.by.length === 0) break;
      if (only === undefined) missed.push(proof);
    }
  }
  return missed;
}

/**
 * The variants that turned a check red, took a pass away beyond what they withdraw, or changed nothing. Each meets the
 * checks that it reaches.
 * @param most of those checks, about as many: from the next variant on others of them, so that all checks meet many variants
 *   in a fraction of the time. A variant that changes nothing of what these exchange meets all.
 */
export async function reddenedByVariants(
  runWith: RunWith,
  variants: readonly Variant[],
  most?: number,
): Promise<Reddened[]> {
  const clean = await runWith();
  const reach = createReach(clean);
  const found: Reddened[] = [];
  for (const [index, variant] of variants.entries()) {
    const met = await reddenedByVariant(
      runWith,
      variant,
      clean,
      reach,
      most === undefined ? undefined : { most, index },
    );
    if (met.verdicts.length > 0 || met.idle) found.push(met);
  }
  return found;
}

/** Which of the checks that a variant reaches it meets. */
interface Sample {
  readonly most: number;
  /** Place of the variant: others meet other checks. */
  readonly index: number;
}

/** What one variant does to the checks it reaches, or to some of them. */
export async function reddenedByVariant(
  runWith: RunWith,
  variant: Variant,
  clean: CleanRun,
  reach: Reach,
  sample?: Sample,
): Promise<Reddened> {
  const passed = new Set(clean.verdicts.filter(({ outcome }) => outcome === 'pass').map(keyOf));
  const only = sample ? await sampleOf(variant, reach, sample) : await reachedBy(variant, reach);
  const met = await meet(runWith, variant, passed, only);
  if (met.idle && only) return meet(runWith, variant, passed);
  // What others are blocked by tells them that they do not apply; a sample may lack it.
  const blockers = met.verdicts
    .map(({ blockedBy }) => blockedBy)
    .filter(id => id !== '' && only?.includes(id) === false);
  return only && blockers.length > 0 ? meet(runWith, variant, passed, [...only, ...blockers]) : met;
}

/** Some of the probes that a variant reaches, and all invariants with some of the traffic they live on. */
async function sampleOf({ hop }: Variant, reach: Reach, { most, index }: Sample): Promise<readonly string[]> {
  const reached = [...((await reach.of(hop())) ?? probes)].filter(id => probes.has(id));
  return [...new Set([...some(reached, most, index), ...some(traffic, most / 3, index), ...invariants])];
}

async function meet(
  runWith: RunWith,
  variant: Variant,
  clean: ReadonlySet<string>,
  only?: readonly string[],
): Promise<Reddened> {
  const { id, withdraws = [] } = variant;
  let changed = false;
  const run = await runWith(
    watched(variant.hop(), () => (changed = true)),
    only,
  );
  const verdicts = run.verdicts.filter(verdict => {
    if (['fail', 'error', 'inconclusive'].includes(verdict.outcome)) return true;
    // A part of the suite does not provoke all that the whole does.
    const unprovoked = only !== undefined && verdict.reason === 'never provoked';
    const lost = verdict.outcome !== 'pass' && clean.has(keyOf(verdict)) && !unprovoked;
    return lost && !withdraws.some(start => keyOf(verdict).startsWith(start) || verdict.reason.startsWith(start));
  });
  return { variant: id, verdicts, idle: !changed };
}

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
