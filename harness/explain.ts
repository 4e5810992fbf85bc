import {
  isRequirement,
  levelOf,
  requirements,
  rules,
  sentenceOf,
  type ClauseId,
} from '../conformance/clauses/index.ts';
import { checks, clausesOf, isProbe, profiles, severityOf, type Check } from '../conformance/index.ts';
import { clientDefects, defects, variants } from '../conformance/proof/index.ts';
import { scenarios } from '../scenarios/index.ts';
import { describeStep } from '../scenarios/describe.ts';
import { SelectionError } from './selection.ts';

/** One thing explained: what it is, and labelled lines about it. */
export interface Explanation {
  readonly heading: string;
  readonly lines: readonly (readonly [label: string, text: string])[];
}

const allDefects = [...defects, ...clientDefects];

/**
 * What an id stands for: a clause, a rule, a check, a topic of checks, a defect, a permitted variant, a story or a profile.
 * @throws SelectionError for an id that nothing has, with the nearest one
 */
export function explain(id: string): readonly Explanation[] {
  const wanted = id.toLowerCase();
  const is = (known: { readonly id: string }): boolean => known.id.toLowerCase() === wanted;
  const clause = [...Object.keys(requirements), ...Object.keys(rules)].find(known => known.toLowerCase() === wanted);
  const check = checks.find(is);
  const defect = allDefects.find(is);
  const variant = variants.find(is);
  const scenario = scenarios.find(is);
  const profile = profiles.find(is);
  const ofTopic = checks.filter(({ id }) => id.startsWith(`${wanted}.`));
  const found: readonly (Explanation | undefined)[] = [
    clause === undefined ? undefined : ofClause(clause as ClauseId),
    check && ofCheck(check),
    defect && {
      heading: `${defect.id}: a defect`,
      lines: [
        ['does', defect.title],
        ['breaks', `${defect.breaks}: ${sentenceOf(defect.breaks)}`],
        ...defect.noticedBy.map(noticed => ['noticed by', titled(noticed)] as const),
      ],
    },
    variant && {
      heading: `${variant.id}: a permitted variant`,
      lines: [
        ['does', variant.title],
        ['permitted by', variant.permittedBy],
      ],
    },
    scenario && {
      heading: `${scenario.id}: a story`,
      lines: [
        ['tells', scenario.title],
        ...scenario.proves.map(rule => ['proves', `${rule}: ${rules[rule].title}`] as const),
        ...scenario.steps.map((step, at) => [`step ${at + 1}`, describeStep(step)] as const),
        ['play', `scimulator play ${scenario.id}`],
      ],
    },
    ofTopic.length > 0
      ? {
          heading: `${wanted}: a topic of ${ofTopic.length} checks`,
          lines: [
            ...ofTopic.map(({ id, title }) => ['check', `${id}: ${title}`] as const),
            ['run', `scimulator conform <url> --only ${wanted}`],
          ],
        }
      : undefined,
    profile && {
      heading: `${profile.id}: a profile`,
      lines: [
        ['holds', profile.title],
        ...profile.table.map(({ clause, severity, source }) => [severity, `${clause}: ${source}`] as const),
      ],
    },
  ];
  const told = found.filter(one => one !== undefined);
  if (told.length === 0)
    throw new SelectionError('clause, rule, check, defect, variant, story or profile', id, everyId());
  return told;
}

const everyId = (): string[] => [
  ...Object.keys(requirements),
  ...Object.keys(rules),
  ...[...checks, ...allDefects, ...variants, ...scenarios, ...profiles].map(({ id }) => id),
  ...new Set(checks.map(({ id }) => id.split('.')[0] ?? id)),
];

function ofClause(id: ClauseId): Explanation {
  const judging = checks.filter(check => clausesOf(check).includes(id));
  const about: Explanation['lines'] = isRequirement(id) ? ofRequirement(id) : ofRule(id);
  return {
    heading: `${id}: ${isRequirement(id) ? 'a clause' : 'a provisioning rule'}`,
    lines: [
      ...about,
      ...weights(id),
      ...(judging.length === 0
        ? [['checks', 'none'] as const]
        : judging.map(check => ['check', titled(check.id)] as const)),
      ...scenarios
        .filter(({ proves }) => (proves as readonly string[]).includes(id))
        .map(one => ['story', `${one.id}: ${one.title}`] as const),
    ],
  };
}

function ofRequirement(id: ClauseId): Explanation['lines'] {
  if (!isRequirement(id)) return [];
  const { document, section, level, subject, requirement, stance, stanceReason, notes } = requirements[id];
  const number = document.replace(/\D/g, '');
  return [
    ['says', requirement],
    ['level', `${level}, binds the ${subject}`],
    ...(stance === 'as-level' ? [] : [['stance', `${stance}: ${stanceReason}`] as const]),
    ...(notes === '' ? [] : [['note', notes] as const]),
    ['read', `${document} section ${section}, https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`],
  ];
}

function ofRule(id: ClauseId): Explanation['lines'] {
  if (isRequirement(id)) return [];
  const { title, mark, given, when, then, wire, side, source, section, notes } = rules[id];
  return [
    ['says', title],
    ['given', given],
    ['when', when],
    ['then', then],
    ...(wire === '-' ? [] : [['on the wire', wire] as const]),
    ['mark', `${mark}; binds the ${side}`],
    ...(notes === '' ? [] : [['note', notes] as const]),
    ['read', `${source}, ${section}`],
  ];
}

/** What a mismatch weighs in each profile. */
const weights = (clause: ClauseId): Explanation['lines'] => [
  ['weighs', profiles.map(profile => `${severityOf(clause, profile)} in ${profile.id}`).join(', ')],
];

function ofCheck(check: Check): Explanation {
  const { id, title, clause, also = [] } = check;
  const kind = isProbe(check)
    ? 'a probe, sends what it needs'
    : `an invariant, looks at every exchange (judges the ${check.judges})`;
  return {
    heading: `${id}: a check, ${kind}`,
    lines: [
      ['right is', title],
      ['clause', `${clause} ${levelOf(clause)}: ${sentenceOf(clause)}`],
      ...also.map(other => ['and', `${other} ${levelOf(other)}: ${sentenceOf(other)}`] as const),
      ...weights(clause),
      ...(isProbe(check) ? check.applies.map(({ name }) => ['needs', name] as const) : []),
      ...allDefects
        .filter(({ noticedBy }) => noticedBy.includes(id))
        .map(defect => ['notices', `${defect.id}: ${defect.title}`] as const),
      ['run', isProbe(check) ? `scimulator rerun ${id} <url>` : `scimulator conform <url> --only ${id}`],
    ],
  };
}

const titled = (id: string): string => `${id}: ${checks.find(check => check.id === id)?.title ?? ''}`;
