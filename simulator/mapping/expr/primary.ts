import { nameToken } from './token.ts';
import type { Cursor } from './cursor.ts';
import { LOOPS } from './loops.ts';
import type { Literal, MapLiteral, Node } from './node.ts';

/** What the parts of the parser need of each other. */
export interface Grammar {
  readonly cursor: Cursor;
  /** An expression whose operators bind at least so tightly. */
  readonly expression: (precedence: number) => Node;
  /** Expressions between semicolons. */
  readonly sequence: () => Node;
}

/** A literal, a name, a call, a list, a map or something in parentheses, with what follows it directly. */
export function parsePrimary(grammar: Grammar): Node {
  const { cursor, sequence } = grammar;
  if (cursor.skip('bracket', '(')) {
    const node = sequence();
    cursor.expect('bracket', ')');
    return parsePostfix(node, grammar);
  }
  if (cursor.inPredicate() && (cursor.is('operator', '#') || cursor.is('operator', '.'))) {
    const { at } = cursor.current();
    const name = cursor.skip('operator', '#') && cursor.is('name') ? cursor.take().text : '';
    return parsePostfix({ kind: 'pointer', name, at }, grammar);
  }
  if (cursor.is('operator', '#') || cursor.is('operator', '.')) {
    return cursor.fail(
      `${nameToken(cursor.current())} has a meaning only inside a predicate, as in filter(list, # > 1)`,
    );
  }
  if (cursor.skip('operator', '::')) {
    return parsePostfix(parseCall(cursor.expect('name'), [], grammar), grammar);
  }
  return parseSecondary(grammar);
}

const KEYWORDS: ReadonlyMap<string, null | boolean> = new Map([
  ['true', true],
  ['false', false],
  ['nil', null],
]);

function parseSecondary(grammar: Grammar): Node {
  const { cursor } = grammar;
  const token = cursor.current();
  const { at, text } = token;
  switch (token.kind) {
    case 'name': {
      cursor.take();
      const keyword = KEYWORDS.get(text);
      if (keyword !== undefined) return { kind: 'literal', value: keyword, at };
      const node: Node = cursor.is('bracket', '(') ? parseCall(token, [], grammar) : { kind: 'name', name: text, at };
      return parsePostfix(node, grammar);
    }
    case 'number':
      cursor.take();
      return parseNumber(text, at, cursor);
    case 'string':
      cursor.take();
      return parsePostfix({ kind: 'literal', value: text, at }, grammar);
    case 'bytes':
      cursor.take();
      return parsePostfix({ kind: 'literal', value: Uint8Array.from(Buffer.from(text, 'latin1')), at }, grammar);
    default:
      if (text === '[') return parsePostfix(parseList(grammar), grammar);
      return text === '{' ? parsePostfix(parseMap(grammar), grammar) : cursor.unexpected();
  }
}

const LARGEST_INT = 2n ** 63n - 1n;

function parseNumber(written: string, at: number, cursor: Cursor): Literal {
  const text = written.replaceAll('_', '').toLowerCase();
  const based = /^0[xob]/.test(text);
  if (!based && /[.e]/.test(text)) {
    const value = Number(text);
    if (Number.isNaN(value)) cursor.fail(`'${written}' is no number`, at);
    if (!Number.isFinite(value)) cursor.fail(`'${written}' is too large for a float`, at);
    return { kind: 'literal', value, at };
  }
  if (!/^(?:0x[0-9a-f]+|0o[0-7]+|0b[01]+|[0-9]+)$/.test(text)) cursor.fail(`'${written}' is no number`, at);
  const value = BigInt(text);
  if (value > LARGEST_INT) cursor.fail(`'${written}' is too large for an int of 64 bits`, at);
  return { kind: 'literal', value, at };
}

function parseList(grammar: Grammar): Node {
  const { at } = grammar.cursor.expect('bracket', '[');
  return { kind: 'list', items: parseItems(']', grammar), at };
}

/** Expressions between commas, of which one may trail, and the closing bracket. */
function parseItems(close: string, { cursor, expression }: Grammar): readonly Node[] {
  const items: Node[] = [];
  while (!cursor.is('bracket', close)) {
    if (items.length > 0) {
      comma(close, cursor);
      if (cursor.is('bracket', close)) break;
    }
    items.push(expression(0));
  }
  cursor.expect('bracket', close);
  return items;
}

function comma(close: string, cursor: Cursor): void {
  if (!cursor.skip('operator', ',')) {
    cursor.fail(`unexpected ${nameToken(cursor.current())}, expected ',' or '${close}'`);
  }
}

function parseMap({ cursor, expression }: Grammar): MapLiteral {
  const { at } = cursor.expect('bracket', '{');
  const pairs: { key: Node; value: Node }[] = [];
  while (!cursor.is('bracket', '}')) {
    if (pairs.length > 0) {
      comma('}', cursor);
      if (cursor.is('bracket', '}')) break;
    }
    const key = parseKey(at);
    cursor.expect('operator', ':');
    pairs.push({ key, value: expression(0) });
  }
  cursor.expect('bracket', '}');
  return { kind: 'map', pairs, at };

  function parseKey(at: number): Node {
    if (cursor.is('number') || cursor.is('string') || cursor.is('name')) {
      return { kind: 'literal', value: cursor.take().text, at };
    }
    if (cursor.is('bracket', '(')) return expression(0);
    return cursor.fail(
      `unexpected ${nameToken(cursor.current())}: the key of a map is a name, a string, a number, or an expression in parentheses`,
    );
  }
}

/** Call of a name, which has been taken; of a pipe the left side is the first argument. */
export function parseCall(
  { text: name, at }: { text: string; at: number },
  piped: readonly Node[],
  grammar: Grammar,
): Node {
  const { cursor } = grammar;
  const loop = LOOPS.get(name);
  cursor.expect('bracket', '(');
  if (!loop) return { kind: 'call', name, args: [...piped, ...parseItems(')', grammar)], at };

  const least = loop.optionalPredicate ? 1 : 2;
  const given = [...piped];
  while (given.length < (loop.extra ? 3 : 2) && (given.length < least || !cursor.is('bracket', ')'))) {
    if (cursor.is('bracket', ')')) cursor.fail(`${name} takes at least ${least} arguments`);
    if (given.length > piped.length) {
      cursor.expect('operator', ',');
      if (given.length >= least && cursor.is('bracket', ')')) break;
    }
    given.push(given.length === 1 ? parsePredicate(grammar) : grammar.expression(0));
  }
  cursor.skip('operator', ',');
  cursor.expect('bracket', ')');
  const [list = given[0], predicate, extra] = given;
  return list ? { kind: 'loop', name, list, predicate, extra, at } : cursor.unexpected();
}

function parsePredicate({ cursor, expression, sequence }: Grammar): Node {
  return cursor.predicate(() => {
    if (cursor.skip('bracket', '{')) {
      const node = sequence();
      cursor.expect('bracket', '}');
      return node;
    }
    const node = expression(0);
    if (cursor.is('operator', ';')) cursor.fail('put a predicate of several steps into braces');
    return node;
  });
}

/** Members, indices, slices and method calls. */
export function parsePostfix(first: Node, grammar: Grammar): Node {
  const { cursor, expression } = grammar;
  let node = first;
  for (;;) {
    if (cursor.is('operator', '.') || cursor.is('operator', '?.')) {
      const optional = cursor.take().text === '?.';
      node = optional && cursor.is('bracket', '[') ? parseIndex(node, true) : parseName(node, optional);
    } else if (cursor.is('bracket', '[')) {
      node = parseIndex(node, false);
    } else {
      return node;
    }
  }

  /** An optional member before this one covers it too. */
  function parseName(object: Node, optional: boolean): Node {
    const token = cursor.take();
    if (token.kind === 'end') cursor.fail('a name is missing at the end of the expression', token.at);
    if (token.kind !== 'name' && !(token.kind === 'operator' && /^\w+$/.test(token.text))) {
      cursor.fail(`unexpected ${nameToken(token)}, expected a name`, token.at);
    }
    const { at, text: name } = token;
    const chained = object.kind === 'chain';
    const inner = chained ? object.node : object;
    const member: Node = cursor.skip('bracket', '(')
      ? { kind: 'method', object: inner, name, args: parseItems(')', grammar), optional, at }
      : { kind: 'member', object: inner, key: { kind: 'literal', value: name, at }, optional, at };
    return chained || optional ? { kind: 'chain', node: member, at } : member;
  }

  function parseIndex(object: Node, optional: boolean): Node {
    const { at } = cursor.expect('bracket', '[');
    const from = cursor.is('operator', ':') ? undefined : expression(0);
    if (cursor.skip('operator', ':')) {
      const to = cursor.is('bracket', ']') ? undefined : expression(0);
      cursor.expect('bracket', ']');
      return { kind: 'slice', object, from, to, at };
    }
    cursor.expect('bracket', ']');
    const member: Node = { kind: 'member', object, key: from ?? cursor.unexpected(), optional, at };
    return optional ? { kind: 'chain', node: member, at } : member;
  }
}
