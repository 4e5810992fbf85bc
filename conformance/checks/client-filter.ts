import { parseJson, type Json } from '../../scim/wire/message.ts';

/** One comparison of a filter. */
export interface Comparison {
  /** As written, with its URN. */
  readonly path: string;
  /** In lower case. */
  readonly operator: string;
  /** Absent for `pr`. */
  readonly operand: Json | undefined;
  /** The attribute whose element is filtered, inside brackets. */
  readonly within: string | undefined;
}

/** A filter or path as far as it could be read. */
export interface Reading {
  readonly comparisons: readonly Comparison[];
  /** What breaks the grammar; absent when nothing does. */
  readonly fault?: string;
}

const OPERATORS = new Set(['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le']);
/** An attribute with an optional part, and a URI before them (RFC 7644 figure 1; `$ref` is let through). */
const ATTRIBUTE = /^(?:[^\s"]+:)?\$?[A-Za-z][\w$-]*(?:\.\$?[A-Za-z][\w$-]*)?$/;
const TOKEN = /\s+|[()[\]]|"(?:[^"\\]|\\.)*"|[^\s()[\]"]+/gsy;
/** Deeper brackets are no filter that anybody means, and would cost a stack. */
const DEEPEST = 50;

/** True for the name of an attribute in the notation of RFC 7644 section 3.10. */
export const isAttributePath = (text: string): boolean => ATTRIBUTE.test(text);

class GrammarError extends Error {}

/** Reads a filter (RFC 7644 section 3.4.2.2). */
export const readFilter = (text: string): Reading =>
  reading(text, reader => {
    reader.filter(undefined, 0);
  });

/** Reads the path of a PATCH operation (RFC 7644 section 3.5.2): an attribute, or a value path and a part. */
export const readPath = (text: string): Reading => {
  const [, before = text, part = ''] = /^(.*\])(\.\S+)?$/s.exec(text) ?? [];
  if (part !== '' && !/^\.\$?[A-Za-z][\w$-]*$/.test(part))
    return { comparisons: [], fault: `"${part}" after the brackets` };
  return reading(before, reader => {
    reader.path();
  });
};

interface Reader {
  filter(within: string | undefined, depth: number): void;
  path(): void;
}

function reading(text: string, read: (reader: Reader) => void): Reading {
  const comparisons: Comparison[] = [];
  try {
    const tokens = tokensOf(text);
    read(createReader(tokens, comparisons));
    if (tokens.length > 0) throw new GrammarError(`"${tokens[0]}" where the end is expected`);
    return { comparisons };
  } catch (error) {
    if (error instanceof GrammarError) return { comparisons, fault: error.message };
    throw error;
  }
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  let at = 0;
  for (const [token] of text.matchAll(TOKEN)) {
    at += token.length;
    if (token.trim() !== '') tokens.push(token);
  }
  if (at < text.length) throw new GrammarError('a quotation mark that is never closed');
  return tokens;
}

/** Takes tokens from the front of the list as it recognises them. */
function createReader(tokens: string[], comparisons: Comparison[]): Reader {
  const isWord = (word: string) => tokens[0]?.toLowerCase() === word;
  const take = (what: string): string => {
    const token = tokens.shift();
    if (token === undefined) throw new GrammarError(`nothing where ${what} is expected`);
    return token;
  };
  const demand = (token: string) => {
    const came = take(`"${token}"`);
    if (came !== token) throw new GrammarError(`"${came}" where "${token}" is expected`);
  };
  const attribute = (): string => {
    const path = take('an attribute');
    if (!ATTRIBUTE.test(path)) throw new GrammarError(`"${path}" where an attribute is expected`);
    return path;
  };
  const bracket = (path: string, within: string | undefined, depth: number): void => {
    if (within !== undefined) throw new GrammarError('brackets inside brackets');
    demand('[');
    filter(path, depth + 1);
    demand(']');
  };
  const comparison = (within: string | undefined, depth: number): void => {
    const path = attribute();
    if (tokens[0] === '[') return bracket(path, within, depth);
    const operator = take('an operator').toLowerCase();
    if (operator === 'pr') return void comparisons.push({ path, operator, operand: undefined, within });
    if (!OPERATORS.has(operator)) throw new GrammarError(`"${operator}" where an operator is expected`);
    const literal = take('a value');
    const operand = parseJson(literal);
    if (operand === undefined) throw new GrammarError(`${literal} where a JSON value is expected`);
    comparisons.push({ path, operator, operand, within });
  };
  const term = (within: string | undefined, depth: number): void => {
    if (depth > DEEPEST) throw new GrammarError(`more than ${DEEPEST} parentheses in one another`);
    if (isWord('not') && tokens[1] === '(') tokens.shift();
    if (tokens[0] !== '(') return comparison(within, depth);
    demand('(');
    filter(within, depth + 1);
    demand(')');
  };
  const filter = (within: string | undefined, depth: number): void => {
    term(within, depth);
    while (isWord('and') || isWord('or')) {
      tokens.shift();
      term(within, depth);
    }
  };
  const path = (): void => {
    const name = attribute();
    if (tokens[0] === '[') bracket(name, undefined, 0);
  };
  return { filter, path };
}
