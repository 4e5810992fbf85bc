import type { ClauseId, RuleId } from '../../clauses/index.ts';

/** What a provider that is right in another sense breaks of the RFC, or keeps a check from judging. */
export interface DeclaredDeviation {
  readonly check: string;
  /** One case of the check; all of it when left out. */
  readonly case?: string;
  readonly clause: ClauseId;
  readonly reason: string;
}

/** What a deviation rests on: a rule of the catalogue, a question or a section of the research note. */
export type Source = RuleId | `Q${number}` | `section ${number}` | `section ${number}.${number}`;

/** A check with the clause it judges, and the cases of it that deviate. */
type Place = readonly [check: string, clause: ClauseId, ...cases: readonly string[]];

/** Deviations that have one reason. */
export const because = (source: Source, why: string, ...places: readonly Place[]): readonly DeclaredDeviation[] =>
  places.flatMap(([check, clause, ...cases]) => {
    const entry = { check, clause, reason: `${source}: ${why}` };
    return cases.length === 0 ? [entry] : cases.map(name => ({ ...entry, case: name }));
  });
