import type { ScimError } from '../../../scim/message/error.ts';
import { invalidFilter, invalidPath } from '../refusal.ts';
import type { Filter, Literal, Operator, ValuePath } from './filter.ts';

export interface FilterLimits {
  /** Characters. */
  readonly maxLength: number;
  /** Parentheses and brackets inside each other. */
  readonly maxDepth: number;
}

const defaultLimits: FilterLimits = { maxLength: 8192, maxDepth: 64 };

const operators: ReadonlyMap<string, Operator> = new Map(
  (['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const).map(operator => [operator, operator]),
);

/**
 * Reads a filter (RFC 7644 section 3.4.2.2). Names and operators may have any case; `not` may be followed by a space; an
 * operator may stand right before a quotation mark, as in one of the RFC's own examples.
 * @throws {ScimError} 400 `invalidFilter` that says at which character what was expected
 */
export function parseFilter(text: string, limits: Partial<FilterLimits> = {}): Filter {
  const state = start(text, limits);
  const filter = disjunction(state);
  if (state.at < text.length) throw expected(state, 'and, or, or the end of the filter');
  return filter;
}

/** A path of a PATCH operation (RFC 7644 section 3.5.2): `emails`, `name.givenName`, `emails[type eq "work"].value`. */
export interface PathParts {
  readonly path: string;
  readonly filter: Filter | undefined;
  /** Name of the sub-attribute behind the brackets. */
  readonly sub: string | undefined;
}

/**
 * Takes the path of a PATCH operation apart.
 * @throws {ScimError} 400 `invalidPath`; 400 `invalidFilter` for what is between the brackets
 */
export function parsePath(text: string, limits: Partial<FilterLimits> = {}): PathParts {
  const bracket = text.indexOf('[');
  if (bracket < 0) {
    if (!isPath(text)) throw malformed(text);
    return { path: text, filter: undefined, sub: undefined };
  }
  const state = start(text, limits);
  const path = text.slice(0, bracket);
  if (!isPath(path)) throw malformed(text);
  state.at = bracket;
  const { filter } = valuePath(state, path);
  const rest = text.slice(state.at);
  if (rest !== '' && !/^\.(?:[A-Za-z][\w$-]*|\$ref)$/i.test(rest)) throw malformed(text);
  return { path, filter, sub: rest === '' ? undefined : rest.slice(1) };
}

const malformed = (text: string): ScimError =>
  invalidPath(`The path "${brief(text)}" is malformed; write an attribute, attribute.sub, or attribute[filter].sub.`);

const brief = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);

/** Attribute names, with a sub-attribute or not, behind a URN or not. */
const isPath = (text: string): boolean =>
  /^(?:[A-Za-z][^\s"()[\]]*:)?(?:[A-Za-z][\w$-]*|\$ref)(?:\.(?:[A-Za-z][\w$-]*|\$ref))?$/i.test(text) ||
  // A schema URN may end in anything, and stands alone for a whole extension.
  /^urn:[^\s"()[\]]+$/i.test(text);

interface State {
  readonly text: string;
  /** The next character to read. */
  at: number;
  depth: number;
  readonly maxDepth: number;
  inBrackets: boolean;
}

function start(text: string, limits: Partial<FilterLimits>): State {
  const { maxLength, maxDepth } = { ...defaultLimits, ...limits };
  if (text.length > maxLength) {
    throw invalidFilter(`The filter is ${text.length} characters long; at most ${maxLength} are taken.`);
  }
  return { text, at: 0, depth: 0, maxDepth, inBrackets: false };
}

/** `a or b or c`; binds weakest. */
function disjunction(state: State): Filter {
  return joined(state, 'or', conjunction);
}

function conjunction(state: State): Filter {
  return joined(state, 'and', term);
}

function joined(state: State, kind: 'and' | 'or', part: (state: State) => Filter): Filter {
  const first = part(state);
  let filters: Filter[] | undefined;
  while (takeJoint(state, kind)) {
    filters ??= [first];
    filters.push(part(state));
  }
  return filters ? { kind, filters } : first;
}

/** Takes `and` or `or`, which stand between spaces unless a parenthesis or bracket is next to them. */
function takeJoint(state: State, kind: 'and' | 'or'): boolean {
  skipSpaces(state);
  const { text, at } = state;
  const end = at + kind.length;
  if (text.slice(at, end).toLowerCase() !== kind) return false;
  if (!/[\s)\]]/.test(text.charAt(at - 1)) || !/^[\s(]?$/.test(text.charAt(end))) return false;
  state.at = end;
  return true;
}

/** One comparison, value path, negation or parenthesis. */
function term(state: State): Filter {
  skipSpaces(state);
  if (state.text[state.at] === '(') return group(state);
  const from = state.at;
  const path = takeWord(state);
  if (path.toLowerCase() === 'not') {
    skipSpaces(state);
    if (state.text[state.at] !== '(') throw expected(state, '( after not');
    return { kind: 'not', filter: group(state) };
  }
  if (!isPath(path)) {
    state.at = from;
    throw expected(state, 'an attribute, not, or (');
  }
  if (state.text[state.at] === '[') {
    const filter = valuePath(state, path);
    if (state.text[state.at] === '.') {
      throw expected(state, 'no sub-attribute here (put the comparison between the brackets), but and, or, or the end');
    }
    return filter;
  }
  skipSpaces(state);
  return comparison(state, path);
}

function group(state: State): Filter {
  return enclosed(state, ')', disjunction);
}

function valuePath(state: State, path: string): ValuePath {
  if (state.inBrackets) throw expected(state, 'no [ inside of brackets');
  state.inBrackets = true;
  const filter = enclosed(state, ']', disjunction);
  state.inBrackets = false;
  return { kind: 'element', path, filter };
}

function enclosed(state: State, close: ')' | ']', inside: (state: State) => Filter): Filter {
  state.depth += 1;
  if (state.depth > state.maxDepth) throw expected(state, `at most ${state.maxDepth} parentheses inside each other`);
  state.at += 1;
  const filter = inside(state);
  skipSpaces(state);
  if (state.text[state.at] !== close) throw expected(state, `and, or, or ${close}`);
  state.at += 1;
  state.depth -= 1;
  return filter;
}

function comparison(state: State, path: string): Filter {
  const from = state.at;
  const word = takeWord(state).toLowerCase();
  if (word === 'pr') return { kind: 'present', path };
  const operator = operators.get(word);
  if (!operator) {
    state.at = from;
    throw expected(state, `an operator (${[...operators.keys(), 'pr'].join(', ')})`);
  }
  skipSpaces(state);
  return { kind: 'compare', path, operator, value: literal(state) };
}

const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

function literal(state: State): Literal {
  const from = state.at;
  if (state.text[from] === '"') return quoted(state);
  const word = takeWord(state);
  switch (word) {
    case 'true':
      return true;
    case 'false':
      return false;
    case 'null':
      return null;
    default:
      if (number.test(word)) return Number(word);
      state.at = from;
      throw expected(state, 'a value: text in double quotes, a number, true, false or null');
  }
}

function quoted(state: State): string {
  const { text, at } = state;
  let end = at + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  if (end >= text.length)
    throw expected({ ...state, at: text.length }, `" to end the text that begins at character ${at + 1}`);
  state.at = end + 1;
  try {
    const value: unknown = JSON.parse(text.slice(at, end + 1));
    if (typeof value === 'string') return value;
  } catch {
    // Said below: the words of the JSON parser count from the quotation mark and may quote the value.
  }
  throw expected({ ...state, at }, 'a JSON string with proper escapes');
}

/** Takes what runs up to a space, parenthesis, bracket or quotation mark. */
function takeWord(state: State): string {
  const from = state.at;
  wordPattern.lastIndex = from;
  wordPattern.test(state.text);
  state.at = wordPattern.lastIndex;
  return state.text.slice(from, state.at);
}

const wordPattern = /[^\s()[\]"]*/y;

function skipSpaces(state: State): void {
  const { text } = state;
  while (/\s/.test(text.charAt(state.at))) state.at += 1;
}

function expected({ text, at }: State, what: string): ScimError {
  const found = at >= text.length ? 'the filter ends' : `there is ${describe(text, at)}`;
  return invalidFilter(`At character ${at + 1} ${found}; expected ${what}.`);
}

/** What stands at a place: a word, or a mark. Text in quotes is not repeated, it may be secret. */
function describe(text: string, at: number): string {
  if (text[at] === '"') return 'a text in quotes';
  wordPattern.lastIndex = at;
  const word = wordPattern.exec(text)?.[0] ?? '';
  return word === '' ? text.charAt(at) : `"${brief(word)}"`;
}
