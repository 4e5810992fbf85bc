import { rules } from '../conformance/clauses/index.ts';
import { controlActNames, isControlAct } from '../scim/control-acts.ts';
import { dialects } from '../simulator/dialects/index.ts';
import { EMPTY_PERSON } from '../simulator/directory/model.ts';
import { mappingMistake } from '../simulator/mapping/attribute-mapping.ts';
import { suggest } from '../text/suggest.ts';
import type { Expectation } from './expectation.ts';
import { createNames, type Mistaken, type Names } from './names.ts';
import { ANSWER, placesIn } from './places.ts';
import { faultNames } from './play/way.ts';
import type { Scenario } from './scenario.ts';
import { CROWD, type Step } from './step.ts';

/** What can be wrong with a story. */
export type ScenarioFault =
  | 'id' // not lower-case words joined by hyphens
  | 'empty' // no step, or nothing that is expected
  | 'unknown-person'
  | 'unknown-group'
  | 'wrong-kind' // a group where a person belongs, or the other way round
  | 'taken' // the alias is in use
  | 'gone' // acts on somebody or something that an earlier step deleted
  | 'rule' // a rule that is none, or that the story does not claim to prove
  | 'value' // a number, an act, a mapping, a field that cannot be
  | 'order' // an expectation on something that no step before it has done
  | 'directory'; // the directory refused the step

/** A mistake in a story. Its message says which story, where in it, what is wrong and what may be meant. */
export class ScenarioError extends Error {
  readonly code: ScenarioFault;
  readonly scenario: string;
  /** Number of the step, from 1; absent for the story as a whole and for what it expects at its end. */
  readonly step: number | undefined;
  constructor(code: ScenarioFault, at: Place, message: string, options?: ErrorOptions) {
    const where = [`scenario ${at.scenario}`, at.step && `step ${at.step}`, at.part].filter(Boolean).join(', ');
    super(`${where}: ${message}`, options);
    this.name = 'ScenarioError';
    this.code = code;
    this.scenario = at.scenario;
    this.step = at.step;
  }
}

/** Where in a story something stands. */
export interface Place {
  readonly scenario: string;
  readonly step?: number;
  /** A verb, or the number of an expectation. */
  readonly part?: string;
}

/** A mistake and where in the story it stands: `steps`, 2 or `expect`, 0. */
export interface ScenarioMistake {
  readonly code: ScenarioFault;
  readonly at: Place;
  readonly path: readonly (string | number)[];
  /** The word that is wrong, as it stands there; empty for the whole. */
  readonly word: string;
  readonly message: string;
}

/**
 * Reads a story through before anything is sent.
 * @throws ScenarioError for the first mistake.
 */
export function validate(scenario: Scenario): void {
  const [first] = mistakesIn(scenario);
  if (first) throw new ScenarioError(first.code, first.at, first.message);
}

/** Every mistake in a story, in its order. */
export function mistakesIn(scenario: Scenario): readonly ScenarioMistake[] {
  const story: Place = { scenario: scenario.id };
  const found: ScenarioMistake[] = [];
  const note = (at: Place, path: ScenarioMistake['path'], mistaken: readonly Mistaken[]): void => {
    for (const { code, word = '', message } of mistaken) found.push({ code, at, path, word, message });
  };
  note(story, ['id'], idMistakes(scenario.id));
  note(story, ['proves'], ruleMistakes(scenario.proves));
  note(story, ['idp'], idpMistakes(scenario.idp ?? []));
  note(
    story,
    ['steps'],
    scenario.steps.length === 0 ? [{ code: 'empty', message: 'a story has at least one step' }] : [],
  );
  const looks = scenario.steps.filter(step => step.verb === 'expect' && step.expectations.length > 0);
  if (looks.length === 0 && scenario.expect.length === 0) {
    note(story, ['steps'], [{ code: 'empty', message: 'a story expects something, otherwise it proves nothing' }]);
  }
  const names = createNames(scenario.people !== undefined);
  const look = (
    expectations: readonly Expectation[],
    at: Place,
    path: readonly (string | number)[],
    done: readonly Step[],
  ) => {
    for (const [index, expectation] of expectations.entries()) {
      const here: Place = { ...at, part: `expectation ${index + 1}` };
      note(here, [...path, 'expect', index], expectationMistakes(expectation, scenario, names, done));
    }
  };
  for (const [index, step] of scenario.steps.entries()) {
    const at: Place = { ...story, step: index + 1, part: step.verb };
    const path = ['steps', index];
    note(at, path, [...stepMistakes(step, names), ...valueMistakes(step)]);
    if (step.verb === 'expect') look(step.expectations, at, path, scenario.steps.slice(0, index));
  }
  look(scenario.expect, story, [], scenario.steps);
  return found;
}

function idMistakes(id: string): readonly Mistaken[] {
  return /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)
    ? []
    : [
        {
          code: 'id',
          word: id,
          message: 'an id is made of lower-case words and hyphens, such as mover-between-groups',
        },
      ];
}

function ruleMistakes(named: readonly string[]): readonly Mistaken[] {
  const known = Object.keys(rules);
  return [...new Set(named)]
    .filter(rule => !known.includes(rule))
    .map(rule => ({ code: 'rule', word: rule, message: `there is no rule ${rule}${suggest(rule, known)}` }));
}

function idpMistakes(named: readonly string[]): readonly Mistaken[] {
  const known = dialects.map(({ id }) => id);
  return named
    .filter(idp => !known.includes(idp))
    .map(idp => ({ code: 'value', word: idp, message: `there is no identity provider ${idp}${suggest(idp, known)}` }));
}

function stepMistakes(step: Step, names: Names): readonly Mistaken[] {
  if (step.verb === 'hire') return names.add(step.person, 'person');
  if (step.verb === 'create-group') return names.add(step.group, 'group');
  const mistakes: Mistaken[] = [];
  // Whoever left the directory can still be found at the service provider.
  const acting = step.verb !== 'vanish' && step.verb !== 'vanish-group';
  if ('person' in step) mistakes.push(...names.need(step.person, 'person', acting));
  if ('group' in step) mistakes.push(...names.need(step.group, 'group', acting));
  if (step.verb === 'account' && step.of !== '') mistakes.push(...names.need(step.of, 'person', false));
  if (step.verb === 'present-group') {
    for (const person of step.members) mistakes.push(...names.need(person, 'person', false));
  }
  if ('groups' in step) {
    if (step.groups.length === 0) mistakes.push({ code: 'empty', message: 'name at least one group' });
    for (const group of step.groups) mistakes.push(...names.need(group, 'group', true));
  }
  for (const { alias } of placesIn(textsOf(step))) if (alias !== ANSWER) mistakes.push(...names.any(alias));
  if (step.verb === 'dismiss' && mistakes.length === 0) names.remove(step.person);
  if (step.verb === 'delete-group' && mistakes.length === 0) names.remove(step.group);
  return mistakes;
}

/** What a step says with places in it. */
function textsOf(step: Step): string {
  if (step.verb === 'account') return JSON.stringify(step.given);
  if (step.verb === 'ask') return JSON.stringify([step.line, step.body ?? {}, step.token ?? '', step.at ?? '']);
  return step.verb === 'fault' ? step.on : '';
}

const FIELDS = Object.keys(EMPTY_PERSON).filter(name => name !== 'manager');

function valueMistakes(step: Step): readonly Mistaken[] {
  const wrong = (message: string, word = ''): readonly Mistaken[] => [{ code: 'value', word, message }];
  switch (step.verb) {
    case 'hire':
    case 'change': {
      const odd = Object.keys(step.details).find(name => !FIELDS.includes(name));
      if (odd !== undefined) return wrong(`a person has no field ${odd}${suggest(odd, FIELDS)}`, odd);
      if (step.verb === 'change' && Object.keys(step.details).length === 0) return wrong('say what is changed');
      return [];
    }
    case 'map': {
      const mistake = mappingMistake(step.mapping);
      return mistake === undefined ? [] : wrong(mistake);
    }
    case 'account':
      if (isControlAct(step.act)) return [];
      return wrong(`there is no act ${String(step.act)}${suggest(step.act, controlActNames)}`, step.act);
    case 'fault':
      if (!faultNames.includes(step.fault)) {
        return wrong(`there is no trouble ${step.fault}${suggest(step.fault, faultNames)}`, step.fault);
      }
      if (step.on !== '*' && !LINE.test(step.on)) return wrong(lineHint(step.on), step.on);
      return step.times >= 1 ? [] : wrong('trouble happens once at least');
    case 'ask':
      return ASKED.test(step.line) ? [] : wrong(lineHint(step.line), step.line);
    case 'wait':
      return step.ms > 0 ? [] : wrong('time passes forwards');
    default:
      return [];
  }
}

const ASKED = /^[A-Z]+ \//;
const LINE = /^(?:[A-Z]+|\*) \//;
const lineHint = (line: string): string =>
  `"${line}" is no beginning of a request; write a method and a path, such as POST /Users`;

function expectationMistakes(
  expectation: Expectation,
  { proves }: Scenario,
  names: Names,
  done: readonly Step[],
): readonly Mistaken[] {
  const mistakes: Mistaken[] = [];
  for (const { name, kind } of subjectsOf(expectation)) {
    mistakes.push(...(kind === undefined ? names.any(name) : names.need(name, kind, false)));
    if (name === CROWD) {
      const message = 'the crowd only fills groups; expect something of a named person';
      mistakes.push({ code: 'wrong-kind', word: name, message });
    }
  }
  for (const event of eventsOf(expectation)) {
    if (event.what === 'requests' && !LINE.test(event.line)) {
      mistakes.push({ code: 'value', word: event.line, message: lineHint(event.line) });
    }
  }
  if (expectation.kind === 'cites') mistakes.push(...ruleMistakes([expectation.cited]));
  if (expectation.kind === 'refused' && !done.some(({ attempt }) => attempt)) {
    mistakes.push({ code: 'order', message: 'no step before this is an attempt; mark the one that may be refused' });
  }
  if (expectation.kind === 'answer' && !done.some(({ verb }) => ANSWERED.has(verb))) {
    mistakes.push({
      code: 'order',
      message: 'no step before this answers anything; a request, a preview, an import and acts on the account do',
    });
  }
  const { rule } = expectation;
  if (rule && !proves.includes(rule)) {
    const mistaken = ruleMistakes([rule]);
    const message = `it judges ${rule}, which "proves" does not list; add it there`;
    mistakes.push(...(mistaken.length > 0 ? mistaken : [{ code: 'rule' as const, word: rule, message }]));
  }
  return mistakes;
}

const ANSWERED: ReadonlySet<Step['verb']> = new Set(['import', 'account', 'ask', 'preview']);

/** Somebody or something that an expectation is about; without kind either will do. */
export interface Subject {
  readonly name: string;
  readonly kind: 'person' | 'group' | undefined;
}

const eventsOf = (expectation: Expectation) => {
  if (expectation.kind === 'wire-order') return expectation.events;
  return expectation.kind === 'wire-never' || expectation.kind === 'wire-sends' || expectation.kind === 'wire-count'
    ? [expectation.event]
    : [];
};

/** The aliases an expectation is about. */
export function subjectsOf(expectation: Expectation): readonly Subject[] {
  const subjects: Subject[] = [];
  for (const part of [expectation, ...eventsOf(expectation)]) {
    if ('person' in part) subjects.push({ name: part.person, kind: 'person' });
    if ('group' in part) subjects.push({ name: part.group, kind: 'group' });
    if ('about' in part) subjects.push({ name: part.about, kind: undefined });
    if ('line' in part) for (const { alias } of placesIn(part.line)) subjects.push({ name: alias, kind: undefined });
  }
  return subjects;
}
