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

/** Why a verdict matters, in sentences: what the level says, who counts on it, and what it weighs in this run. */
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
    ...Object.entries(clause?.needed ?? {}).map(([profile, { severity, source }]) => {
      const name = providers.find(({ id }) => id === profile)?.name ?? profile;
      return `${name}: ${severities[severity] ?? severity} (${source}).`;
    }),
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
