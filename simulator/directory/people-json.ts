import { positionOf } from '../../text/excerpt.ts';
import type { Placed } from './generate.ts';
import { elementsAt, memberAt, skipBlanks, skipValue, type Span } from './json-scan.ts';
import {
  MOST_PROBLEMS,
  MOST_ROWS,
  textOf,
  UnreadableFile,
  type PeopleFile,
  type PeopleProblem,
  type PersonRow,
  type Source,
} from './people-file.ts';
import { areNames } from './people-lists.ts';
import { readSystemUser, toSystemUser } from './system-user.ts';

/** Largest file, in characters: it is held whole. */
const LONGEST_FILE = 268_435_456;

/**
 * Reads a JSON file of people: a list of system users as API v1 shows them, such a list under `results` as it answers
 * them, or JSON lines. `groups` beside their members holds names of user groups.
 * @param mayBeEmpty whether a file with nothing in it stands for nobody, as in JSON lines
 */
export async function parsePeopleJson(source: Source, mayBeEmpty = false): Promise<PeopleFile> {
  const rows: PersonRow[] = [];
  const problems: PeopleProblem[] = [];
  const tell = (problem: PeopleProblem) => {
    if (problems.length < MOST_PROBLEMS) problems.push(problem);
  };
  try {
    const text = await wholeOf(source);
    const unknown = new Set<string>();
    if (mayBeEmpty && skipBlanks(text, 0) === text.length) return { rows, problems };
    let line = 1;
    let counted = 0;
    for (const span of peopleIn(text, tell)) {
      // Counted on from the last one: looking from the start each time would take the square of the length.
      for (; counted < span.from; counted++) if (text.charAt(counted) === '\n') line += 1;
      if (rows.length === MOST_ROWS) throw new UnreadableFile(`a file has at most ${MOST_ROWS} people`);
      readPerson(text, span, line, { rows, unknown, tell });
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    tell({ line: 1, column: 1, message: error.message });
  }
  return { rows, problems };
}

/** A list of system users as JSON, one on each line, with the names of their groups. */
export function* peopleJson(people: Iterable<Placed>): Generator<string, void, undefined> {
  let before = '[\n';
  for (const placed of people) {
    yield before + recordOf(placed);
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

/** The same as JSON lines. */
export function* peopleJsonLines(people: Iterable<Placed>): Generator<string, void, undefined> {
  for (const placed of people) yield `${recordOf(placed)}\n`;
}

const recordOf = ({ person, groups }: Placed): string => JSON.stringify({ ...toSystemUser(person), groups });

async function wholeOf(source: Source): Promise<string> {
  const pieces: string[] = [];
  let length = 0;
  for await (const piece of textOf(source)) {
    length += piece.length;
    if (length > LONGEST_FILE) throw new UnreadableFile(`the file is longer than ${LONGEST_FILE} characters`);
    pieces.push(piece);
  }
  return pieces.join('');
}

/** Where the people are. */
function* peopleIn(text: string, tell: (problem: PeopleProblem) => void): Generator<Span, void, undefined> {
  const start = skipBlanks(text, 0);
  const first = text.charAt(start);
  const wrong = (offset: number, message: string) => tell({ ...positionOf(text, offset), message });
  if (first === '[') yield* elementsAt(text, start, wrong);
  else if (first === '{') {
    const end = skipValue(text, start) ?? text.length;
    const results = skipBlanks(text, end) === text.length ? memberAt(text, start, 'results') : undefined;
    if (results !== undefined && text.charAt(results) === '[') yield* elementsAt(text, results, wrong);
    else yield* linesFrom(text, start);
  } else {
    wrong(start, 'the file is neither a list of people nor JSON lines; begin it with [ or {');
  }
}

function* linesFrom(text: string, start: number): Generator<Span, void, undefined> {
  for (let at = start; at < text.length;) {
    const to = Math.max(skipValue(text, at) ?? text.length, at + 1);
    yield { from: at, to };
    at = skipBlanks(text, to);
  }
}

interface Reading {
  readonly rows: PersonRow[];
  /** Names of members that were told about already. */
  readonly unknown: Set<string>;
  readonly tell: (problem: PeopleProblem) => void;
}

function readPerson(text: string, { from, to }: Span, line: number, { rows, unknown, tell }: Reading): void {
  const part = text.slice(from, to);
  const lineStart = text.lastIndexOf('\n', from - 1) + 1;
  const place = (offset: number) => {
    const at = positionOf(part, offset);
    return { line: line + at.line - 1, column: at.column + (at.line === 1 ? from - lineStart : 0) };
  };
  const placeOf = (field: string) => place(memberAt(part, 0, field.replace(/[.[].*/, '')) ?? 0);
  const record = parse(part, (offset, message) => tell({ ...place(offset), message }));
  if (!record) return;
  const { groups = [], ...user } = record;
  const { id, values, problems, unknown: strange } = readSystemUser(user);
  for (const problem of strange) {
    const { field } = problem;
    if (unknown.has(field)) continue;
    tell({ ...placeOf(field), field, message: problem.message });
    unknown.add(field);
  }
  for (const { field, message } of problems) tell({ ...placeOf(field), field, message });
  if (!areNames(groups)) {
    tell({ ...placeOf('groups'), field: 'groups', message: 'groups are names, as text; write ["Engineering"]' });
  } else if (problems.length === 0) {
    const columnOf = (field: string) => placeOf(field).column;
    rows.push({ ...place(0), columnOf, lineOf: field => placeOf(field).line, id, values, groups });
  }
}

function parse(
  part: string,
  wrong: (offset: number, message: string) => void,
): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(part);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
    wrong(0, 'a person is an object with the members of a system user');
  } catch (error) {
    const { message } = error as Error;
    const [, at = '0'] = /at position (\d+)/.exec(message) ?? [];
    wrong(Number(at), `this is no JSON: ${message.replace(/ \(line.*| at position.*/s, '')}`);
  }
  return undefined;
}
