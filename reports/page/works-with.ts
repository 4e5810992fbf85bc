import type { ClauseSnapshot } from '../record/index.ts';
import { countOf, kindOf } from '../writers/kind.ts';
import type { Report, ReportVerdict } from '../writers/report.ts';

/** The identity providers that a report speaks about: the name of their profile, and their own. */
export const providers = [
  { id: 'okta', name: 'Okta' },
  { id: 'entra', name: 'Entra ID' },
  { id: 'jumpcloud', name: 'JumpCloud' },
] as const;
export type Provider = (typeof providers)[number];

/** Whether a target works with an identity provider, as far as a run tells. */
export interface WorksWith {
  readonly provider: Provider;
  readonly answer: 'yes' | 'no' | 'doubtful' | 'not known';
  readonly sentence: string;
  /** What the provider counts on and the run judged or tried to. */
  readonly points: readonly ReportVerdict[];
}

/** Whether the record has what clauses weigh for whom; older ones do not. */
const isTold = ({ clauses }: Report): boolean => Object.values(clauses).some(({ needed }) => needed !== undefined);

/** How a verdict weighs with a provider. Where the record does not tell, what failed in the profile of the provider counts. */
export function weightWith({ id }: Provider, report: Report, verdict: ReportVerdict): string {
  const clause: ClauseSnapshot | undefined = report.clauses[verdict.clause];
  const noted = clause?.needed?.[id]?.severity;
  if (noted !== undefined) return noted;
  if (report.profile !== id) return 'none';
  return verdict.answers !== undefined || (!isTold(report) && kindOf(verdict) === 'failure') ? 'failure' : 'none';
}

/** Whether the target did something else than was expected, whatever that weighs in the profile of the run. */
export const strays = ({ outcome, expected }: ReportVerdict): boolean =>
  outcome === 'fail' || (outcome === 'observed' && expected !== '');

export function worksWith(provider: Provider, report: Report): WorksWith {
  const weighed = report.verdicts
    .filter(({ outcome }) => outcome !== 'not-applicable')
    .map(verdict => ({ verdict, weight: weightWith(provider, report, verdict) }))
    .filter(({ weight }) => weight === 'failure' || weight === 'warning');
  const points = weighed.map(({ verdict }) => verdict);
  const of = `of ${countOf(nouns, points.length)} that it counts on`;
  const broken = weighed.filter(({ verdict, weight }) => verdict.outcome === 'fail' && weight === 'failure').length;
  const strayed = points.filter(strays).length;
  const unjudged = points.filter(({ outcome }) => outcome === 'inconclusive' || outcome === 'error');
  // What somebody knows of and answers for leaves nothing open.
  const known = unjudged.filter(verdict => verdict.known !== undefined).length;
  const open = unjudged.length - known;
  const tell = (answer: WorksWith['answer'], sentence: string): WorksWith => ({ provider, answer, sentence, points });
  if (broken > 0) return tell('no', `${count(broken)} ${of} ${broken === 1 ? 'breaks' : 'break'}`);
  if (strayed > 0) return tell('doubtful', `${count(strayed)} ${of} ${strayed === 1 ? 'is' : 'are'} done differently`);
  if (open > 0) return tell('not known', `${count(open)} ${of} could not be judged`);
  // Without what it counts on in the record, holding where it was looked at says little.
  if (isTold(report) && points.some(({ outcome }) => outcome === 'pass')) {
    const holding = points.length - known;
    const rest = known === 0 ? '' : `; ${count(known)} more could not be judged for a known deviation`;
    return tell('yes', `${countOf(nouns, holding)} that it counts on ${holding === 1 ? 'holds' : 'hold'}${rest}`);
  }
  return tell('not known', 'this run judged nothing that it counts on');
}

const nouns = { one: 'point', many: 'points' } as const;

const count = (number: number): string => number.toLocaleString('en-US');
