import type { Expectation } from './expectation.ts';
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
  | 'rule' // an expectation judges a rule that the story does not claim to prove
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

type Kind = 'person' | 'group';

/** Somebody or something that an expectation is about. */
export interface Subject {
  readonly name: string;
  readonly kind: Kind;
}

/**
 * Reads a story through before anything is sent.
 * @throws ScenarioError for the first mistake.
 */
export function validate(scenario: Scenario): void {
  const story: Place = { scenario: scenario.id };
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(scenario.id)) {
    throw new ScenarioError('id', story, 'an id is made of lower-case words and hyphens, such as mover-between-groups');
  }
  if (scenario.steps.length === 0) throw new ScenarioError('empty', story, 'a story has at least one step');
  const looks = scenario.steps.filter(step => step.verb === 'expect' && step.expectations.length > 0);
  if (looks.length === 0 && scenario.expect.length === 0) {
    throw new ScenarioError('empty', story, 'a story expects something, otherwise it proves nothing');
  }
  const names = new Names(scenario);
  for (const [index, step] of scenario.steps.entries()) {
    const at: Place = { ...story, step: index + 1, part: step.verb };
    checkStep(step, at, names);
    if (step.verb === 'expect') checkExpectations(step.expectations, at, scenario, names);
  }
  checkExpectations(scenario.expect, story, scenario, names);
}

/** The aliases that are known at one point of a story. */
class Names {
  readonly #kinds = new Map<string, Kind>();
  readonly #gone = new Set<string>();

  constructor({ people }: Scenario) {
    if (people !== undefined) this.#kinds.set(CROWD, 'person');
  }

  add(name: string, kind: Kind, at: Place): void {
    if (name === CROWD) throw new ScenarioError('taken', at, `"${CROWD}" stands for the crowd; use another name`);
    if (this.#kinds.has(name)) throw new ScenarioError('taken', at, `"${name}" is in use already; use another name`);
    this.#kinds.set(name, kind);
  }

  /** `acting`: it has to be there still; expectations may look back. */
  need(name: string, kind: Kind, at: Place, acting: boolean): void {
    const found = this.#kinds.get(name);
    if (found === undefined) {
      const known = [...this.#kinds].filter(([, of]) => of === kind).map(([of]) => of);
      throw new ScenarioError(
        `unknown-${kind}`,
        at,
        `there is no ${kind} "${name}" up to here; ${hint(name, kind, known)}`,
      );
    }
    if (found !== kind)
      throw new ScenarioError('wrong-kind', at, `"${name}" is a ${found}, and a ${kind} belongs here`);
    if (acting && this.#gone.has(name)) {
      throw new ScenarioError('gone', at, `the ${kind} "${name}" was deleted by an earlier step`);
    }
  }

  remove(name: string): void {
    this.#gone.add(name);
  }
}

function checkStep(step: Step, at: Place, names: Names): void {
  if (step.verb === 'hire') return names.add(step.person, 'person', at);
  if (step.verb === 'create-group') return names.add(step.group, 'group', at);
  if ('person' in step) names.need(step.person, 'person', at, true);
  if ('group' in step) names.need(step.group, 'group', at, true);
  if ('groups' in step) {
    if (step.groups.length === 0) throw new ScenarioError('empty', at, 'name at least one group');
    for (const group of step.groups) names.need(group, 'group', at, true);
  }
  if (step.verb === 'dismiss') names.remove(step.person);
  if (step.verb === 'delete-group') names.remove(step.group);
}

function checkExpectations(expectations: readonly Expectation[], at: Place, scenario: Scenario, names: Names): void {
  for (const [index, expectation] of expectations.entries()) {
    const here: Place = { ...at, part: `expectation ${index + 1}` };
    for (const { name, kind } of subjectsOf(expectation)) {
      names.need(name, kind, here, false);
      if (name === CROWD) {
        throw new ScenarioError('wrong-kind', here, 'the crowd only fills groups; expect something of a named person');
      }
    }
    if (expectation.rule && !scenario.proves.includes(expectation.rule)) {
      throw new ScenarioError(
        'rule',
        here,
        `it judges ${expectation.rule}, which "proves" does not list; add it there`,
      );
    }
  }
}

/** The aliases an expectation is about. */
export function subjectsOf(expectation: Expectation): readonly Subject[] {
  const events = 'event' in expectation ? [expectation.event] : 'events' in expectation ? expectation.events : [];
  const subjects: Subject[] = [];
  for (const part of [expectation, ...events]) {
    if ('person' in part) subjects.push({ name: part.person, kind: 'person' });
    if ('group' in part) subjects.push({ name: part.group, kind: 'group' });
  }
  return subjects;
}

function hint(name: string, kind: Kind, known: readonly string[]): string {
  const nearest = known
    .map(candidate => ({ candidate, far: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.far - b.far)[0];
  if (nearest && nearest.far <= Math.max(1, Math.floor(name.length / 3))) return `did you mean "${nearest.candidate}"?`;
  if (known.length > 0) return `known: ${known.join(', ')}`;
  return kind === 'person' ? 'hire somebody first' : 'create a group first';
}

/** Edits between two words; two neighbours that changed places count as one. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const cell = (i: number, j: number) => rows[i]?.[j] ?? Infinity;
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j += 1) {
      const edited = cell(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? cell(i - 2, j - 2) + 1 : Infinity;
      row.push(Math.min(edited, swapped, cell(i - 1, j) + 1, cell(i, j - 1) + 1));
    }
  }
  return cell(a.length, b.length);
}
