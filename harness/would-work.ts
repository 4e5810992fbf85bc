import { rules } from '../conformance/clauses/index.ts';
import type { Finding } from '../scenarios/index.ts';
import type { Dialect } from '../simulator/index.ts';

/** Whether an identity provider would work with an endpoint, and why not. */
export interface Answer {
  readonly answer: 'yes' | 'no' | 'not known';
  /** What stands against it; empty where nothing does. Each names where it was found. */
  readonly reasons: readonly string[];
}

/** Refusals that say nothing of what was sent: credentials, permissions, throttling, an endpoint in trouble. */
const OPEN_REFUSAL = /answered (?:40[138]|429|5\d\d)\b/;
const REFUSAL = /answered 4\d\d\b/;

/** Reasons that the one line names. */
const MOST_NAMED = 3;

/**
 * Folds the stories that were played in a dialect. What also goes wrong on an endpoint that is known to be right is a
 * matter of the dialect, or of the story, and does not count. `no` takes a rule that is documented or observed: a broken
 * one, or a request for it that is refused; what rests on an inferred rule, or could not be judged, leaves it open.
 * @param elsewhere what the same stories found on an endpoint that is known to be right
 */
export function wouldWork(findings: readonly Finding[], elsewhere: readonly Finding[]): Answer {
  const isRight = (check: string): boolean => elsewhere.find(other => other.check === check)?.outcome !== 'fail';
  const counted = findings.filter(({ check }) => isRight(check));
  const against = counted.filter(({ outcome }) => outcome !== 'pass' && outcome !== 'not-applicable');
  const broken = against.filter(isBroken);
  if (broken.length > 0) return { answer: 'no', reasons: reasonsOf(broken) };
  if (against.length > 0) return { answer: 'not known', reasons: reasonsOf(against) };
  if (counted.some(({ outcome }) => outcome === 'pass')) return { answer: 'yes', reasons: [] };
  return { answer: 'not known', reasons: ['nothing could be judged'] };
}

/** The answer in one line, for the end of a run. */
export function answerLine({ title }: Pick<Dialect, 'title'>, { answer, reasons }: Answer): string {
  const more = reasons.length > MOST_NAMED ? `; and ${reasons.length - MOST_NAMED} more` : '';
  const because = reasons.length > 0 ? `: ${reasons.slice(0, MOST_NAMED).join('; ')}${more}` : '';
  return `Would ${title} work with this endpoint? ${answer}${because}`;
}

function isBroken({ outcome, rule, blockedBy, actual }: Finding): boolean {
  if (rules[rule].mark === 'inferred') return false;
  if (outcome === 'fail') return true;
  return outcome === 'inconclusive' && blockedBy === '' && REFUSAL.test(actual) && !OPEN_REFUSAL.test(actual);
}

/** One reason for each sentence, however many stories say it. What another finding caused is told there. */
function reasonsOf(findings: readonly Finding[]): readonly string[] {
  const roots = findings.filter(({ blockedBy }) => blockedBy === '');
  const said = new Map((roots.length > 0 ? roots : findings).map(finding => [sentenceOf(finding), finding]));
  return [...said].map(([sentence, { check, rule }]) => `${sentence} (${rule}, ${check})`);
}

const sentenceOf = ({ title, actual, reason }: Finding): string => `${title}: ${actual || reason}`;
