import type { Report, ReportVerdict } from '../writers/report.ts';
import { providers } from './works-with.ts';

/** How strongly a level binds, by its first word. */
const strengths: Readonly<Record<string, string>> = {
  MUST: 'the document requires it',
  SHALL: 'the document requires it',
  REQUIRED: 'the document requires it',
  STATED: 'the document states it as a fact',
  SHOULD: 'the document recommends it',
  RECOMMENDED: 'the document recommends it',
  DERIVED: 'it follows from the document',
  MAY: 'the document leaves it open',
  OPTIONAL: 'the document leaves it open',
  SCHEMA: 'the published schema has it so',
  UNDEFINED: 'the document does not say',
  documented: 'the vendor documents it',
  observed: 'it was seen in traffic',
  inferred: 'it follows from what is documented',
};

const severities: Readonly<Record<string, string>> = {
  failure: 'a failure',
  warning: 'a warning',
  observation: 'a remark',
};

/** What hangs on a verdict for one identity provider. */
export interface Stake {
  readonly id: string;
  readonly name: string;
  /** What a mismatch is with it; `none` where it does not count on the clause. */
  readonly weight: string;
  /** The document or rule that says that it counts on it; empty where nothing does. */
  readonly source: string;
  /** What it does that this is about, to go after its name; empty where the record does not tell. */
  readonly sentence: string;
}

/** What hangs on a verdict for each identity provider that it says something about. */
export function stakesOf(verdict: ReportVerdict, { clauses }: Pick<Report, 'clauses'>): readonly Stake[] {
  const needed = clauses[verdict.clause]?.needed ?? {};
  const others = Object.keys(needed).filter(id => providers.every(provider => provider.id !== id));
  return [...providers, ...others.map(id => ({ id, name: id }))].flatMap(({ id, name }) => {
    const { severity = 'none', source = '' } = needed[id] ?? {};
    const sentence = verdict.matters?.[id] ?? '';
    return source === '' && sentence === '' ? [] : { id, name, weight: severity, source, sentence };
  });
}

/** How a verdict binds, in sentences: what the level says, and what it weighs in this run. */
export function reasonsOf(
  { clause: id, level, severity, scored, known }: ReportVerdict,
  { clauses, profile }: Pick<Report, 'clauses' | 'profile'>,
): readonly string[] {
  const clause = clauses[id];
  const strength = strengths[level] ?? strengths[level.replace(/ .*/, '')];
  const weight = severities[severity];
  const counts = known === undefined && scored !== false;
  return [
    `${level}${strength === undefined ? '' : `: ${strength}`}.`,
    ...(weight === undefined
      ? []
      : [`In the profile ${profile} it weighs as ${weight}${counts ? '' : ', not counted here'}.`]),
    ...(clause?.softened === undefined ? [] : [`It weighs less than its level: ${clause.softened}`]),
  ];
}

/** A word that a POSIX shell takes as it is. */
const quoted = (word: string): string => (/^[\w./:@%+,=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

/** The command that judges this again: the check, or the scenario that it is an expectation of. */
export function rerunOf({ check }: ReportVerdict, { target, profile, steps }: Report): string {
  const scenario = steps.find(step => check.startsWith(`${step.scenario}:`))?.scenario;
  const words =
    scenario === undefined
      ? ['rerun', check, target, ...(profile === 'rfc' ? [] : ['--profile', profile])]
      : ['play', scenario, '--target', target];
  return ['scimulator', ...words].map(quoted).join(' ');
}
