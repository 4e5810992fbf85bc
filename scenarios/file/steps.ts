import type { JsonObject } from '../../reports/record/exchange.ts';
import { controlActNames, isControlAct } from '../../scim/control-acts.ts';
import type { AttributeMapping } from '../../simulator/mapping/attribute-mapping.ts';
import { suggest } from '../../text/suggest.ts';
import { durationOf } from '../duration.ts';
import { isFaultName } from '../play/way.ts';
import { createGroup, type Details, type Step } from '../step.ts';
import { expectationOf } from './expectations.ts';
import { keyOf, MISPLACED, type Note, type Takes } from './note.ts';
import { BARE, type FileStep } from './shape.ts';

const optional = (...names: readonly string[]): Takes => Object.fromEntries(names.map(name => [name, 'optional']));
const needed = (...names: readonly string[]): Takes => Object.fromEntries(names.map(name => [name, 'needed']));

/** What goes with each verb, beside `attempt`. */
const VERBS = {
  hire: optional('with'),
  change: needed('with'),
  join: needed('groups'),
  leave: needed('groups'),
  suspend: {},
  reactivate: {},
  dismiss: {},
  'create-group': optional('name'),
  'rename-group': needed('name'),
  'delete-group': {},
  'touch-group': {},
  bind: {},
  unbind: {},
  'manage-groups': {},
  map: optional('field', 'custom', 'constant', 'expression'),
  unmap: {},
  import: {},
  'delete-application': {},
  present: optional('with'),
  'present-group': optional('members'),
  vanish: {},
  'vanish-group': {},
  account: optional('of', 'with'),
  wait: {},
  fault: optional('on', 'times'),
  do: {},
  expect: {},
} as const satisfies Readonly<Record<string, Takes>>;

type Path = readonly (string | number)[];

/** The step that a file has at a place; undefined once a mistake is taken down. */
export function stepOf(step: string | FileStep, path: Path, note: Note): Step | undefined {
  if (typeof step === 'string') return bare(step);
  const verb = keyOf(step, VERBS, 'a step', path, note, 'attempt');
  if (verb === undefined) return MISPLACED;
  const made = read(verb, step, path, note);
  return made && (step.attempt === true ? { ...made, attempt: true } : made);
}

function bare(word: string): Step | undefined {
  const verb = BARE.find(each => each === word);
  return verb && { verb };
}

function read(verb: keyof typeof VERBS, step: FileStep, path: Path, note: Note): Step | undefined {
  const value = step[verb];
  const alias = typeof value === 'string' ? value : '';
  // The fields of a person are held against the directory with the rest of the story.
  const details: Details = step.with ?? {};
  const json: JsonObject = step.with ?? {};
  switch (verb) {
    case 'hire':
    case 'change':
      return { verb, person: alias, details };
    case 'join':
    case 'leave':
      return { verb, person: alias, groups: step.groups ?? [] };
    case 'suspend':
    case 'reactivate':
    case 'dismiss':
    case 'vanish':
      return { verb, person: alias };
    case 'create-group':
      return createGroup(alias, step.name);
    case 'rename-group':
      return { verb, group: alias, name: step.name ?? '' };
    case 'delete-group':
    case 'touch-group':
    case 'bind':
    case 'unbind':
    case 'vanish-group':
      return { verb, group: alias };
    case 'manage-groups':
      return { verb, on: step['manage-groups'] ?? false };
    case 'map': {
      const mapping = mappingOf(alias, step);
      if (!mapping) note(path, `map says what ${alias} is mapped to: one of field, custom, constant, expression`);
      return mapping && { verb, mapping };
    }
    case 'unmap':
      return { verb, target: alias };
    case 'import':
      return { verb, create: step.import === 'create' };
    case 'delete-application':
      return { verb, count: step['delete-application'] ?? 1 };
    case 'present':
      return { verb, person: alias, attributes: json };
    case 'present-group':
      return { verb, group: alias, members: step.members ?? [] };
    case 'account': {
      if (isControlAct(alias)) return { verb, act: alias, of: step.of ?? '', given: json };
      const near = suggest(alias, controlActNames) || `; there are ${controlActNames.join(', ')}`;
      note([...path, verb], `there is no act ${alias}${near}`, alias);
      return MISPLACED;
    }
    case 'wait': {
      const ms = durationOf(alias);
      if (ms === undefined) {
        note([...path, verb], `"${alias}" is no duration; write 90 seconds, 5 minutes, 1 hour or 2 days`, alias);
      }
      return ms === undefined ? MISPLACED : { verb, ms };
    }
    case 'fault':
      return isFaultName(alias) ? { verb, fault: alias, on: step.on ?? '*', times: step.times ?? 1 } : MISPLACED;
    case 'do': {
      const word = bare(alias);
      if (!word) note([...path, verb], `there is no step ${alias}${suggest(alias, BARE)}`, alias);
      return word;
    }
    case 'expect': {
      const expectations = (step.expect ?? []).map((each, index) =>
        expectationOf(each, [...path, 'expect', index], note),
      );
      return { verb, expectations: expectations.filter(each => each !== MISPLACED) };
    }
  }
}

function mappingOf(target: string, { field, custom, constant, expression }: FileStep): AttributeMapping | undefined {
  const given: AttributeMapping[] = [
    ...(field === undefined ? [] : [{ target, kind: 'direct' as const, source: field }]),
    ...(custom === undefined ? [] : [{ target, kind: 'custom' as const, source: custom }]),
    ...(constant === undefined ? [] : [{ target, kind: 'constant' as const, value: constant }]),
    ...(expression === undefined ? [] : [{ target, kind: 'expression' as const, expression }]),
  ];
  return given.length === 1 ? given[0] : undefined;
}
