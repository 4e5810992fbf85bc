import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Document, isSeq, parseDocument } from 'yaml';
import { requirements, rules } from '../conformance/clauses/index.ts';
import { checks } from '../conformance/index.ts';
import type { Verdict } from '../reports/record/index.ts';
import { scenarios } from '../scenarios/index.ts';
import { suggest } from '../text/suggest.ts';
import { fileTrouble } from '../text/file-trouble.ts';
import { locate, readYaml } from '../text/yaml.ts';
import { covers, isRed, type KnownDeviation } from './baseline.ts';
import { ConfigError } from './target-profile.ts';

const day = { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' } as const;
const name = { type: 'string', minLength: 1 } as const;

/** JSON Schema of a baseline file; `schemas/baseline.schema.json` is the same, for editors. */
export const baselineSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://scimulator.example/schemas/baseline.schema.json',
  title: 'Known deviations of a target: each is reported and does not count until it expires',
  type: 'object',
  additionalProperties: false,
  properties: {
    known: {
      description: 'One entry a deviation',
      type: ['array', 'null'],
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['reason', 'owner', 'expires'],
        properties: {
          check: { ...name, description: 'Id of a check' },
          case: { ...name, description: 'With a check: this case of it alone' },
          clause: { ...name, description: 'Id of a clause or of a provisioning rule: all that rests on it' },
          scenario: { ...name, description: 'Id of a story: all its expectations' },
          reason: { ...name, description: 'Why it may stand' },
          owner: { ...name, description: 'Who answers for it' },
          expires: { ...day, description: 'Last day it counts, as YYYY-MM-DD' },
        },
      },
    },
  },
} as const;

interface BaselineFile {
  readonly known?: readonly (KnownDeviation & { readonly owner: string; readonly expires: string })[] | null;
}

/**
 * The entries of a baseline file.
 * @throws ConfigError for a file that cannot be read, and for entries that name nothing there is
 */
export function readBaseline(file: string): readonly KnownDeviation[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new ConfigError(`${file}: ${fileTrouble(cause)}; --update-baseline writes one`, { cause });
  }
  const read = readYaml<BaselineFile>(file, text, baselineSchema);
  if (read.mistakes) throw new ConfigError(read.mistakes.map(({ message }) => message).join('\n'));
  const known = read.content.known ?? [];
  const mistakes = known.flatMap((entry, index) =>
    unknownNames(entry).map(({ member, words }) => locate(file, text, read.at(['known', index, member]), words)),
  );
  if (mistakes.length > 0) throw new ConfigError(mistakes.join('\n'));
  return known;
}

const checkIds = checks.map(({ id }) => id);
const scenarioIds: readonly string[] = scenarios.map(({ id }) => id);

/** Names of an entry that nothing has; such an entry would never be found stale. */
function unknownNames(entry: KnownDeviation): { readonly member: keyof KnownDeviation; readonly words: string }[] {
  const { check, clause, scenario } = entry;
  if (check === undefined && clause === undefined && scenario === undefined) {
    return [{ member: 'reason', words: 'the entry is about nothing; name a check, a clause or a scenario' }];
  }
  const isScenarios = check !== undefined && scenarioIds.some(id => check.startsWith(`${id}:`));
  return [
    ...(check === undefined || isScenarios || checkIds.includes(check)
      ? []
      : [{ member: 'check' as const, words: `no check ${check}${suggest(check, checkIds)}` }]),
    ...(entry.case !== undefined && check === undefined
      ? [{ member: 'case' as const, words: 'a case belongs to a check; name the check too' }]
      : []),
    ...(clause === undefined || Object.hasOwn(requirements, clause) || Object.hasOwn(rules, clause)
      ? []
      : [{ member: 'clause' as const, words: `no clause or rule ${clause}; \`list clauses\` names them` }]),
    ...(scenario === undefined || scenarioIds.includes(scenario)
      ? []
      : [{ member: 'scenario' as const, words: `no scenario ${scenario}${suggest(scenario, scenarioIds)}` }]),
  ];
}

/** How long an entry counts that nobody has given a day yet, in days. */
const GRACE_DAYS = 90;

/**
 * Writes the baseline that a run would pass with: entries that still stand for something stay as they are, the others go,
 * and each deviation without an entry gets one that somebody has to complete.
 * @returns how many entries the file has now, and how many of them are new
 */
export function updateBaseline(
  file: string,
  verdicts: readonly Verdict[],
  now: number,
): { readonly entries: number; readonly added: number } {
  const counting = verdicts.filter(({ outcome, severity, scored }) => {
    if (scored === false) return false;
    return outcome === 'inconclusive' || (outcome === 'fail' && (severity === 'failure' || severity === 'warning'));
  });
  const exists = existsSync(file);
  const held = exists ? readBaseline(file) : [];
  const stands = (entry: KnownDeviation) => verdicts.some(verdict => isRed(verdict) && covers(entry, verdict));
  const kept = held.filter(stands);
  const open = counting.filter(verdict => !kept.some(entry => covers(entry, verdict)));
  const expires = new Date(now + GRACE_DAYS * 86_400_000).toISOString().slice(0, 10);
  const added = open.map(({ check, case: instance, actual, reason }) => ({
    check,
    ...(instance !== '' && { case: instance }),
    reason: `not examined yet: ${(actual || reason).slice(0, 120)}`,
    owner: 'nobody yet',
    expires,
  }));
  // Edited rather than written anew, so that comments and order stay.
  const document = exists ? parseDocument(readFileSync(file, 'utf8')) : new Document({ known: [] });
  if (!exists)
    document.commentBefore = ' yaml-language-server: $schema=https://scimulator.example/schemas/baseline.schema.json';
  const list = document.get('known');
  if (isSeq(list)) {
    list.items = list.items.filter((_, index) => held[index] !== undefined && stands(held[index]));
    for (const entry of added) list.add(document.createNode(entry));
    list.flow = false;
  } else {
    document.set('known', document.createNode(added));
  }
  writeFileSync(file, document.toString({ lineWidth: 0 }));
  return { entries: kept.length + added.length, added: added.length };
}
