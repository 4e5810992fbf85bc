import { checks, type Check } from '../conformance/index.ts';
import type { Verdict } from '../reports/record/index.ts';
import type { Session } from '../scim/wire/session.ts';

/** The day of the first release: checks without a day of their own are as old as this. */
export const FIRST_REQUIREMENTS = '2026-11-22';

/** A day by which requirements cannot be told; the message says why. */
export class RequirementsError extends Error {
  readonly code = 'requirements';
  constructor(message: string) {
    super(message);
    this.name = 'RequirementsError';
  }
}

/**
 * A day as requirements are named by.
 * @param today the latest day there can be requirements of, as YYYY-MM-DD
 * @throws RequirementsError for what is no day, lies before the first release, or in the future.
 */
export function requirementsDay(text: string, today: string): string {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  if (!day || Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text) {
    throw new RequirementsError(`--requirements ${text}: write a day as YYYY-MM-DD, for example ${FIRST_REQUIREMENTS}`);
  }
  if (text < FIRST_REQUIREMENTS) {
    throw new RequirementsError(`--requirements ${text}: there were none then; the first are of ${FIRST_REQUIREMENTS}`);
  }
  if (text > today) throw new RequirementsError(`--requirements ${text}: that day is still to come`);
  return text;
}

/** Ids of the checks that did not exist on the day. */
export const newerThan = (day: string, all: readonly Check[] = checks): ReadonlySet<string> =>
  new Set(all.filter(({ since = FIRST_REQUIREMENTS }) => since > day).map(({ id }) => id));

/** The verdict, marked as not scored where its check is among the newer ones. */
export const scoredBy = (verdict: Verdict, newer: ReadonlySet<string>): Verdict =>
  newer.has(verdict.check) ? { ...verdict, scored: false } : verdict;

/** The session, whose record says of each verdict whether it is scored. */
export const scoring = (session: Session, newer: ReadonlySet<string>): Session => ({
  ...session,
  emit: event => session.emit(event.kind === 'verdict' ? { ...event, verdict: scoredBy(event.verdict, newer) } : event),
});
