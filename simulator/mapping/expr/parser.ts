import { createCursor, type Cursor } from './cursor.ts';
import { ExprError } from './error.ts';
import type { Node } from './node.ts';
import { BINARY, UNARY, type BinaryOperator } from './operators.ts';
import { parseCall, parsePostfix, parsePrimary, type Grammar } from './primary.ts';

/** Characters that a source may have. */
const MOST_CHARACTERS = 100_000;
/** Nodes that a source may come to; the number is that of the language's own implementation. */
const MOST_NODES = 10_000;
const MOST_DEPTH = 1_000;

/**
 * Reads an expression.
 * @throws ExprError of code `syntax` at the first word that cannot stand where it does, `budget` for a source too large
 */
export function parse(source: string): Node {
  const tooLarge = (reason: string): never => {
    throw new ExprError(source.slice(0, MOST_CHARACTERS), { code: 'budget', reason, offset: 0 });
  };
  if (source.length > MOST_CHARACTERS) tooLarge(`the expression has more than ${MOST_CHARACTERS} characters`);
  const cursor = createCursor(source);
  const grammar: Grammar = {
    cursor,
    expression: precedence => cursor.nested(() => parseExpression(grammar, precedence)),
    sequence: () => parseSequence(grammar),
  };
  const node = grammar.sequence();
  if (!cursor.is('end')) cursor.unexpected();
  const { nodes, depth } = measure(node);
  if (nodes > MOST_NODES) tooLarge(`the expression has more than ${MOST_NODES} parts`);
  if (depth > MOST_DEPTH) tooLarge(`the expression nests deeper than ${MOST_DEPTH} levels`);
  return node;
}

function parseSequence({ cursor, expression }: Grammar): Node {
  const nodes = [expression(0)];
  while (cursor.skip('operator', ';')) {
    // One semicolon may trail.
    if (cursor.is('end')) break;
    nodes.push(expression(0));
  }
  const [first] = nodes;
  return nodes.length === 1 && first ? first : { kind: 'sequence', nodes, at: first?.at ?? 0 };
}

function parseExpression(grammar: Grammar, precedence: number): Node {
  const { cursor } = grammar;
  if (precedence === 0 && cursor.is('operator', 'let')) return parseLet(grammar);
  if (precedence === 0 && cursor.is('operator', 'if')) return parseIf(grammar);
  let left = parseUnary(grammar);
  let previous = '';
  for (;;) {
    const negated = cursor.is('operator', 'not');
    const token = negated ? cursor.peek() : cursor.current();
    const operator = token.kind === 'operator' ? BINARY.get(token.text) : undefined;
    if (negated && !operator?.negatable) {
      cursor.take();
      return cursor.unexpected();
    }
    if (!operator || operator.precedence < precedence) break;
    if (negated) cursor.take();
    cursor.take();
    if (token.text === '|') {
      left = parseCall(cursor.expect('name'), [left], grammar);
    } else {
      if (previous === '??' && token.text !== '??') {
        cursor.fail(`'${token.text}' cannot stand beside '??': put one of them into parentheses`, token.at);
      }
      left = parseRight(grammar, left, { ...token, operator });
      if (negated) left = { kind: 'unary', operator: 'not', operand: left, at: token.at };
    }
    previous = token.text;
  }
  return precedence === 0 ? parseConditional(grammar, left) : left;
}

interface OperatorToken {
  readonly text: string;
  readonly at: number;
  readonly operator: BinaryOperator;
}

/** The right side of an operator, and of those that chain with it. */
function parseRight({ cursor, expression }: Grammar, left: Node, { text, at, operator }: OperatorToken): Node {
  const tighter = operator.rightToLeft ? operator.precedence : operator.precedence + 1;
  let right = expression(tighter);
  let node: Node = { kind: 'binary', operator: text, left, right, at };
  while (operator.chains && isChaining(cursor)) {
    const token = cursor.take();
    const between = right;
    right = expression(tighter);
    const comparison: Node = { kind: 'binary', operator: token.text, left: between, right, at: token.at };
    node = { kind: 'binary', operator: 'and', left: node, right: comparison, at: token.at };
  }
  return node;
}

const isChaining = (cursor: Cursor) => cursor.is('operator') && BINARY.get(cursor.current().text)?.chains === true;

function parseUnary(grammar: Grammar): Node {
  const { cursor, expression } = grammar;
  const { text: operator, at } = cursor.current();
  const precedence = cursor.is('operator') ? UNARY.get(operator) : undefined;
  if (precedence === undefined) return parsePrimary(grammar);
  cursor.take();
  return parsePostfix({ kind: 'unary', operator, operand: expression(precedence), at }, grammar);
}

function parseLet({ cursor, expression, sequence }: Grammar): Node {
  cursor.take();
  const { text: name, at } = cursor.expect('name');
  cursor.expect('operator', '=');
  const value = expression(0);
  cursor.expect('operator', ';');
  return { kind: 'let', name, value, body: sequence(), at };
}

function parseIf(grammar: Grammar): Node {
  const { cursor, expression, sequence } = grammar;
  const { at } = cursor.take();
  const condition = expression(0);
  const block = () => {
    cursor.expect('bracket', '{');
    const node = sequence();
    cursor.expect('bracket', '}');
    return node;
  };
  const then = block();
  cursor.expect('operator', 'else');
  const otherwise = cursor.is('operator', 'if') ? cursor.nested(() => parseIf(grammar)) : block();
  return { kind: 'conditional', condition, then, otherwise, at };
}

/** `c ? a : b`, and `a ?: b` for `a ? a : b`. */
function parseConditional({ cursor, expression }: Grammar, first: Node): Node {
  let node = first;
  while (cursor.is('operator', '?')) {
    const { at } = cursor.take();
    const then = cursor.is('operator', ':') ? node : expression(0);
    cursor.expect('operator', ':');
    node = { kind: 'conditional', condition: node, then, otherwise: expression(0), at };
  }
  return node;
}

/** Counts without recursion, as a source may be a long chain of operators. */
function measure(root: Node): { nodes: number; depth: number } {
  const waiting: { node: object; depth: number }[] = [{ node: root, depth: 1 }];
  let nodes = 0;
  let deepest = 0;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, depth } = next;
    if ('kind' in node) nodes++;
    deepest = Math.max(deepest, depth);
    if (nodes > MOST_NODES || deepest > MOST_DEPTH) break;
    for (const child of Object.values(node)) {
      if (typeof child === 'object' && child !== null && !(child instanceof Uint8Array)) {
        waiting.push({ node: child, depth: 'kind' in child ? depth + 1 : depth });
      }
    }
  }
  return { nodes, depth: deepest };
}
