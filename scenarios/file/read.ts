import type { RuleId } from '../../conformance/clauses/index.ts';
import { locate, readYaml, type Mistake } from '../../text/yaml.ts';
import type { Scenario } from '../scenario.ts';
import type { Step } from '../step.ts';
import { mistakesIn } from '../validate.ts';
import { expectationOf } from './expectations.ts';
import { MISPLACED, type Note } from './note.ts';
import { refusalIn } from './rehearse.ts';
import { scenarioSchema, type FileScenario } from './shape.ts';
import { stepOf } from './steps.ts';

/** A file that holds no story. The message has each mistake with file, line, column and excerpt. */
export class ScenarioFileError extends Error {
  readonly code = 'scenario';
  constructor(mistakes: readonly string[]) {
    super(mistakes.join('\n'));
    this.name = 'ScenarioFileError';
  }
}

/**
 * Reads a story from YAML, or from JSON.
 * @param name what the file is called in messages
 * @throws ScenarioFileError with every mistake that can be told apart
 */
export function readScenario(name: string, text: string): Scenario {
  const file = readYaml<FileScenario>(name, text, scenarioSchema, 'key');
  if (file.mistakes) throw new ScenarioFileError(clean(file.mistakes));
  const { content, at } = file;
  const mistakes: string[] = [];
  const note: Note = (path, message, word = '') => {
    const from = at(deepest(path, at));
    const found = word === '' ? -1 : text.indexOf(word, from);
    mistakes.push(locate(name, text, found < 0 ? from : found, message, Math.max(1, word.length)));
  };
  const steps = content.steps.map((step, index) => stepOf(step, ['steps', index], note));
  const expect = (content.expect ?? []).map((each, index) => expectationOf(each, ['expect', index], note));
  if (mistakes.length > 0) throw new ScenarioFileError(mistakes);
  const [first, ...others] = content.proves;
  const scenario: Scenario = {
    id: content.id,
    title: content.title,
    // What is no rule is told below.
    proves: [first as RuleId, ...(others as RuleId[])],
    ...(content.people !== undefined && { people: content.people }),
    ...(content.idp && { idp: content.idp }),
    ...(content.because && { because: content.because }),
    ...(content.account && { account: content.account }),
    ...(content.connector && { connector: content.connector }),
    ...(content['at-once'] === true && { atOnce: true as const }),
    steps: steps.filter((step): step is Step => step !== MISPLACED),
    expect: expect.filter(each => each !== MISPLACED),
  };
  for (const { path, message, word } of mistakesIn(scenario)) note(path, message, word);
  const refusal = mistakes.length === 0 ? refusalIn(scenario) : undefined;
  if (refusal) note(['steps', refusal.step], refusal.message);
  if (mistakes.length > 0) throw new ScenarioFileError(mistakes);
  return scenario;
}

/** The longest part of a path that stands in the file. */
function deepest(path: readonly (string | number)[], at: (path: readonly (string | number)[]) => number) {
  for (let length = path.length; length > 0; length -= 1) {
    const part = path.slice(0, length);
    if (at(part) > 0) return part;
  }
  return [];
}

/** One line for each place: alternatives of a schema say the same thing twice. */
const clean = (mistakes: readonly Mistake[]): readonly string[] => [...new Set(mistakes.map(({ message }) => message))];
