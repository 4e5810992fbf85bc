import type { Known, Verdict } from '../reports/record/index.ts';
import type { Session } from '../scim/wire/session.ts';

/** A deviation that somebody knows of and answers for: what it is about, and why it may stay. */
export interface KnownDeviation extends Known {
  /** Id of a check; with `case`, one of its cases. */
  readonly check?: string;
  readonly case?: string;
  /** Id of a clause or of a provisioning rule: every judgement that rests on it. */
  readonly clause?: string;
  /** Id of a story: every expectation of it. */
  readonly scenario?: string;
}

/** The known deviations of a target, held against a run. */
export interface Baseline {
  /** The verdict, marked where it is a deviation that is known. */
  readonly mark: (verdict: Verdict) => Verdict;
  /**
   * What is wrong with the baseline itself, one line each: entries that have expired, and entries that stand for nothing
   * any more though what they name was judged.
   */
  readonly problems: (verdicts: readonly Verdict[]) => readonly string[];
}

/**
 * @param entries what is known
 * @param today YYYY-MM-DD; an entry counts up to and including its last day
 */
export function createBaseline(entries: readonly KnownDeviation[], today: string): Baseline {
  const isOver = ({ expires }: KnownDeviation) => expires !== undefined && expires < today;
  const inForce = entries.filter(entry => !isOver(entry));
  return {
    mark(verdict) {
      const entry = isRed(verdict) ? inForce.find(one => covers(one, verdict)) : undefined;
      if (!entry) return verdict;
      const { reason, owner, expires } = entry;
      return { ...verdict, known: { reason, ...(owner && { owner }), ...(expires && { expires }) } };
    },
    problems: verdicts =>
      entries.flatMap(entry => {
        const about = verdicts.filter(verdict => covers(entry, verdict));
        const judged = about.some(({ outcome }) => outcome === 'pass' || outcome === 'observed');
        if (about.some(isRed))
          return isOver(entry) ? [`${nameOf(entry)} expired on ${entry.expires}: ${entry.reason}`] : [];
        return judged ? [`${nameOf(entry)} is no deviation any more; take it out`] : [];
      }),
  };
}

/** Whether a verdict speaks against the target, or was kept from speaking. */
export const isRed = ({ outcome }: Verdict): boolean => outcome === 'fail' || outcome === 'inconclusive';

/** Whether an entry is about what a verdict judges. */
export function covers(entry: KnownDeviation, verdict: Verdict): boolean {
  const { check, clause, scenario } = entry;
  return (
    (check === undefined || check === verdict.check) &&
    (entry.case === undefined || entry.case === verdict.case) &&
    (clause === undefined || clause === verdict.clause) &&
    (scenario === undefined || verdict.check.startsWith(`${scenario}:`))
  );
}

/** How a person would call an entry: `check filter.ne [userName]`. */
const nameOf = ({ check, case: instance, clause, scenario }: KnownDeviation): string =>
  [
    ...(scenario === undefined ? [] : [`scenario ${scenario}`]),
    ...(check === undefined ? [] : [`check ${check}${instance === undefined ? '' : ` [${instance}]`}`]),
    ...(clause === undefined ? [] : [`clause ${clause}`]),
  ].join(', ');

/** The session, whose record says of each verdict whether it is known. */
export const marking = (session: Session, { mark }: Baseline): Session => ({
  ...session,
  emit: event => session.emit(event.kind === 'verdict' ? { ...event, verdict: mark(event.verdict) } : event),
});
