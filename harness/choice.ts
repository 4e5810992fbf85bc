import { checks, clausesOf, isProbe, severityOf, type Check, type Profile } from '../conformance/index.ts';
import { rfc } from '../conformance/run/profiles.ts';
import { hash } from '../conformance/run/random.ts';
import { atMost } from '../conformance/run/severity.ts';
import type { Severity } from '../reports/record/index.ts';
import { checksNamed } from './rerun.ts';
import { SelectionError } from './selection.ts';

/** A choice that leaves no check. */
export class NothingChosenError extends Error {
  readonly code = 'selection';
  constructor() {
    super('no check is left to run: --only, --grep, --grep-invert, --level, --skip and --shard together leave none');
    this.name = 'NothingChosenError';
  }
}

/** One of several parts of a run that go on apart. */
export interface Shard {
  /** From 1. */
  readonly part: number;
  readonly of: number;
}

/** How binding a clause is: what breaks a MUST is a failure, what breaks a SHOULD a warning. */
export const checkLevels = { must: 'failure', should: 'warning' } as const satisfies Record<string, Severity>;

export type CheckLevel = keyof typeof checkLevels;

/** Which checks a run is about. */
export interface Choice {
  /**
   * Ids and patterns, in which `*` stands for any text; a topic stands for all its checks, a clause (or a section:
   * `RFC7644-3.5.2`) for all that judge it. All checks by default.
   */
  readonly only?: readonly string[];
  /** Of those, the ones whose id, title or clause matches. */
  readonly grep?: RegExp;
  /** Of those, the ones whose id, title or clause does not match. */
  readonly grepInvert?: RegExp;
  /** Of those, the ones whose deviation weighs at least as much in the profile. */
  readonly level?: CheckLevel;
  /** Ids and patterns of checks that are left out, with why. */
  readonly skip?: readonly { readonly pattern: string; readonly reason: string }[];
  readonly shard?: Shard;
}

/** The checks of a run, and why others are left out, by id. */
export interface Chosen {
  readonly selected: readonly Check[];
  readonly skipped: ReadonlyMap<string, string>;
}

/**
 * Puts the checks of a run together. Probes are dealt to shards by their ids, so a new check moves no other; invariants look
 * at the traffic of every shard.
 * @param profile what a level is told by
 * @throws SelectionError for a pattern that matches nothing, NothingChosenError when no check is left
 */
export function choose({ only, grep, grepInvert, level, skip = [], shard }: Choice, profile: Profile = rfc): Chosen {
  const named = only && new Set(withTraffic(only.flatMap(idsOf)));
  const chosen = checks.filter(
    check =>
      (named === undefined || named.has(check.id)) &&
      (grep === undefined || grep.test(textOf(check))) &&
      !grepInvert?.test(textOf(check)) &&
      (level === undefined || weighs(check, checkLevels[level], profile)),
  );
  const skipped = new Map<string, string>();
  for (const { pattern, reason } of skip) {
    for (const id of idsOf(pattern)) skipped.set(id, reason);
  }
  const selected = chosen.filter(
    check => !skipped.has(check.id) && (!shard || !isProbe(check) || hash(check.id) % shard.of === shard.part - 1),
  );
  if (selected.length === 0) throw new NothingChosenError();
  const chosenIds = new Set(chosen.map(({ id }) => id));
  return { selected, skipped: new Map([...skipped].filter(([id]) => chosenIds.has(id))) };
}

/** Clauses and rules begin so; checks never do, for their ids are in small letters. */
const CLAUSE = /^(?:RFC\d+|JC|OP|IDP)-/;

/**
 * The checks that somebody means.
 * @throws SelectionError for what names none
 */
function idsOf(pattern: string): readonly string[] {
  if (!CLAUSE.test(pattern)) return checksNamed([topicPattern(pattern)]);
  const isMeant = (id: string) => id === pattern || id.startsWith(`${pattern}-`) || id.startsWith(`${pattern}.`);
  const judging = checks.filter(check => clausesOf(check).some(isMeant));
  if (judging.length === 0)
    throw new SelectionError('check of clause', pattern, [...new Set(checks.flatMap(clausesOf))]);
  return judging.map(({ id }) => id);
}

/**
 * A word without a dot is a topic: `filter` is `filter.*`.
 * @throws SelectionError for a topic that no check has
 */
function topicPattern(pattern: string): string {
  if (/[.*]/.test(pattern)) return pattern;
  const topics = [...new Set(checks.map(({ id }) => id.split('.')[0] ?? ''))];
  if (!topics.includes(pattern.toLowerCase())) throw new SelectionError('topic', pattern, topics);
  return `${pattern}.*`;
}

const weighs = (check: Check, least: Severity, profile: Profile): boolean => {
  const side = isProbe(check) ? 'server' : check.judges;
  return atMost(least, severityOf(check.clause, profile, side)) === least;
};

const textOf = ({ id, title, clause }: Check): string => `${id} ${title} ${clause}`;

/** Invariants look at what others send, so where one is asked for some probes run as well. */
export function withTraffic(only: readonly string[]): readonly string[] {
  const wanted = new Set(only);
  if (checks.every(check => isProbe(check) || !wanted.has(check.id))) return only;
  const traffic = checks.filter(({ id }) =>
    /^(?:read|list|delete|error)\.|^(?:create|patch|replace)\.status$/.test(id),
  );
  return [...wanted, ...traffic.map(({ id }) => id)];
}
