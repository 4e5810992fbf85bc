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
  ask: optional('with', 'token', 'at'),
  configure: {},
  preview: {},
  wait: {},
  fault: optional('on', 'times'),
  do: {},
  expect: {},
} as const satisfies Readonly<Record<string, Takes>>;

type Path = readonly (string | number)[];

/** The step that a file has at a place; undefined once a mistake is taken down. */
export function stepOf(step: string | FileStep, path: Path, note: Note): Step | undefined {
  if (typeof step === 'string') return bare(step);
  const verb = keyOf(step, VERBS, 'a step', path, note, ['attempt', 'if-offered']);
  if (verb === undefined) return MISPLACED;
  const made = read(verb, step, path, note);
  if (!made) return MISPLACED;
  return {
    ...made,
    ...(step.attempt === true && { attempt: true as const }),
    ...(step['if-offered'] === true && { ifOffered: true as const }),
  };
}

function bare(word: string): Step | undefined {
  const verb = BARE.find(each => each === word);
  return verb && { verb };
}

/** What a step of a file is read from. */
interface Written<Verb extends keyof typeof VERBS = keyof typeof VERBS> {
  readonly verb: Verb;
  /** The value of the verb where that is a text: an alias, a name, a duration. */
  readonly alias: string;
  readonly step: FileStep;
  readonly path: Path;
  readonly note: Note;
}

function read(verb: keyof typeof VERBS, step: FileStep, path: Path, note: Note): Step | undefined {
  const value = step[verb];
  const alias = typeof value === 'string' ? value : '';
  return (READERS[verb] as (written: Written) => Step | undefined)({ verb, alias, step, path, note });
}

// The fields of a person are held against the directory with the rest of the story.
const withDetails = ({ verb, alias, step }: Written<'hire' | 'change'>): Step => {
  const details: Details = step.with ?? {};
  return { verb, person: alias, details };
};
const withGroups = ({ verb, alias, step }: Written<'join' | 'leave'>): Step => ({
  verb,
  person: alias,
  groups: step.groups ?? [],
});
const ofPerson = ({ verb, alias }: Written<'suspend' | 'reactivate' | 'dismiss' | 'vanish'>): Step => ({
  verb,
  person: alias,
});
const ofGroup = ({
  verb,
  alias,
}: Written<'delete-group' | 'touch-group' | 'bind' | 'unbind' | 'vanish-group'>): Step => ({ verb, group: alias });
const jsonOf = ({ with: given = {} }: FileStep): JsonObject => given;

const READERS: { readonly [Verb in keyof typeof VERBS]: (written: Written<Verb>) => Step | undefined } = {
  hire: withDetails,
  change: withDetails,
  join: withGroups,
  leave: withGroups,
  suspend: ofPerson,
  reactivate: ofPerson,
  dismiss: ofPerson,
  vanish: ofPerson,
  'create-group': ({ alias, step }) => createGroup(alias, step.name),
  'rename-group': ({ verb, alias, step }) => ({ verb, group: alias, name: step.name ?? '' }),
  'delete-group': ofGroup,
  'touch-group': ofGroup,
  bind: ofGroup,
  unbind: ofGroup,
  'vanish-group': ofGroup,
  'manage-groups': ({ verb, step }) => ({ verb, on: step['manage-groups'] ?? false }),
  map({ verb, alias, step, path, note }) {
    const mapping = mappingOf(alias, step);
    if (!mapping) note(path, `map says what ${alias} is mapped to: one of field, custom, constant, expression`);
    return mapping && { verb, mapping };
  },
  unmap: ({ verb, alias }) => ({ verb, target: alias }),
  import: ({ verb, step }) => ({ verb, create: step.import === 'create' }),
  'delete-application': ({ verb, step }) => ({ verb, count: step['delete-application'] ?? 1 }),
  present: ({ verb, alias, step }) => ({ verb, person: alias, attributes: jsonOf(step) }),
  'present-group': ({ verb, alias, step }) => ({ verb, group: alias, members: step.members ?? [] }),
  account({ verb, alias, step, path, note }) {
    if (isControlAct(alias)) return { verb, act: alias, of: step.of ?? '', given: jsonOf(step) };
    const near = suggest(alias, controlActNames) || `; there are ${controlActNames.join(', ')}`;
    note([...path, verb], `there is no act ${alias}${near}`, alias);
    return MISPLACED;
  },
  ask: ({ verb, alias, step }) => ({
    verb,
    line: alias,
    ...(step.with && { body: jsonOf(step) }),
    ...(step.token !== undefined && { token: step.token }),
    ...(step.at !== undefined && { at: step.at }),
  }),
  configure: ({ verb, step }) => ({ verb, given: step.configure ?? {} }),
  preview: ({ verb, alias }) => ({ verb, person: alias }),
  wait({ verb, alias, path, note }) {
    const ms = durationOf(alias);
    if (ms !== undefined) return { verb, ms };
    note([...path, verb], `"${alias}" is no duration; write 90 seconds, 5 minutes, 1 hour or 2 days`, alias);
    return MISPLACED;
  },
  fault: ({ verb, alias, step }) =>
    isFaultName(alias) ? { verb, fault: alias, on: step.on ?? '*', times: step.times ?? 1 } : MISPLACED,
  do({ verb, alias, path, note }) {
    const word = bare(alias);
    if (!word) note([...path, verb], `there is no step ${alias}${suggest(alias, BARE)}`, alias);
    return word;
  },
  expect({ verb, step, path, note }) {
    const expectations = (step.expect ?? []).map((each, index) =>
      expectationOf(each, [...path, 'expect', index], note),
    );
    return { verb, expectations: expectations.filter(each => each !== MISPLACED) };
  },
};

function mappingOf(target: string, { field, custom, constant, expression }: FileStep): AttributeMapping | undefined {
  const given: AttributeMapping[] = [
    ...(field === undefined ? [] : [{ target, kind: 'direct' as const, source: field }]),
    ...(custom === undefined ? [] : [{ target, kind: 'custom' as const, source: custom }]),
    ...(constant === undefined ? [] : [{ target, kind: 'constant' as const, value: constant }]),
    ...(expression === undefined ? [] : [{ target, kind: 'expression' as const, expression }]),
  ];
  return given.length === 1 ? given[0] : undefined;
}
