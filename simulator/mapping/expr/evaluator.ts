import { suggest } from '../../../text/suggest.ts';
import { ExprError, Refusal } from './error.ts';
import { evaluateLoop, type Turn } from './evaluate-loop.ts';
import { fetch, quoteKey, slice } from './fetch.ts';
import type { Budget } from './budget.ts';
import { invoke, type ExprFunction, type Tools } from './function.ts';
import { FUNCTIONS } from './functions.ts';
import { METHODS } from './methods.ts';
import type { Binary, Call, Conditional, Loop, MapLiteral, Member, MethodCall, Name, Node } from './node.ts';
import { asBool, matches, operate, operateOn } from './operate.ts';
import type { RegularExpression } from './regular-expression.ts';
import { kindOf, textOf, type Value, type ValueMap } from './value.ts';

/** What one evaluation has at hand. */
export interface Evaluation {
  readonly source: string;
  readonly context: ValueMap;
  readonly functions: ReadonlyMap<string, ExprFunction>;
  readonly expressions: ReadonlyMap<Node, RegularExpression>;
  readonly tools: Tools;
}

/** What is bound at one place; looked up from the inside out. */
interface Scope {
  readonly evaluation: Evaluation;
  readonly variable?: { readonly name: string; readonly value: Value };
  readonly turn?: Turn;
  readonly outer?: Scope;
}

/** Ends an optional chain at nil. */
const CUT = Symbol('cut');

/**
 * Evaluates a checked expression.
 * @throws ExprError at the node that cannot be evaluated
 */
export const evaluate = (root: Node, evaluation: Evaluation): Value => valueOf(root, { evaluation });

function valueOf(node: Node, scope: Scope): Value {
  const value = run(node, scope);
  return value === CUT ? null : value;
}

const budgetOf = ({ evaluation }: Scope): Budget => evaluation.tools.budget;

function run(node: Node, scope: Scope): Value | typeof CUT {
  try {
    budgetOf(scope).step();
    return visit(node, scope);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new ExprError(scope.evaluation.source, { code: error.code, reason: error.message, offset: node.at });
  }
}

function visit(node: Node, scope: Scope): Value | typeof CUT {
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'name':
      return named(node, scope);
    case 'pointer':
      return pointed(node.name, scope);
    case 'unary':
      return operateOn(node.operator, valueOf(node.operand, scope));
    case 'binary':
      return combined(node, scope);
    case 'member':
      return member(node, scope);
    case 'method':
      return method(node, scope);
    case 'chain':
      return valueOf(node.node, scope);
    case 'slice':
      return slice(valueOf(node.object, scope), given(node.from, scope), given(node.to, scope), budgetOf(scope));
    case 'call':
      return called(node, scope);
    case 'loop':
      return looped(node, scope);
    case 'conditional':
      return valueOf(chosen(node, scope), scope);
    case 'let': {
      const variable = { name: node.name, value: valueOf(node.value, scope) };
      return valueOf(node.body, { evaluation: scope.evaluation, variable, outer: scope });
    }
    case 'sequence':
      return lastOf(node.nodes, scope);
    case 'list':
      budgetOf(scope).elements(node.items.length);
      return node.items.map(item => valueOf(item, scope));
    case 'map':
      return mapped(node, scope);
  }
}

/** What may be left out. */
function given(node: Node | undefined, scope: Scope): Value | undefined {
  return node && valueOf(node, scope);
}

function lastOf(nodes: readonly Node[], scope: Scope): Value {
  return nodes.map(part => valueOf(part, scope)).at(-1) ?? null;
}

function looped({ name, list, predicate, extra }: Loop, scope: Scope): Value {
  const { evaluation } = scope;
  return evaluateLoop({
    name,
    list: valueOf(list, scope),
    predicate: predicate && (turn => valueOf(predicate, { evaluation, turn, outer: scope })),
    extra: given(extra, scope),
    budget: budgetOf(scope),
  });
}

function named({ name }: Name, scope: Scope): Value {
  for (let at: Scope | undefined = scope; at; at = at.outer) if (at.variable?.name === name) return at.variable.value;
  const { context } = scope.evaluation;
  return name === '$env' ? context : (context.get(name) ?? null);
}

function pointed(name: string, scope: Scope): Value {
  let at: Scope | undefined = scope;
  while (at && !at.turn) at = at.outer;
  const { item = null, index = 0, accumulator = null } = at?.turn ?? {};
  return name === '' ? item : name === 'index' ? BigInt(index) : accumulator;
}

function combined(node: Binary, scope: Scope): Value {
  const { operator, left, right } = node;
  switch (operator) {
    case 'and':
    case '&&':
    case 'or':
    case '||':
      return logical(operator, left, right, scope);
    case '??':
      return valueOf(left, scope) ?? valueOf(right, scope);
    case 'matches':
      return matches(
        valueOf(left, scope),
        valueOf(right, scope),
        scope.evaluation.expressions.get(node),
        budgetOf(scope),
      );
    default:
      return operate(operator, valueOf(left, scope), valueOf(right, scope), budgetOf(scope));
  }
}

function chosen({ condition, then, otherwise }: Conditional, scope: Scope): Node {
  const value = valueOf(condition, scope);
  if (typeof value === 'boolean') return value ? then : otherwise;
  const reason = `a condition is a bool, not ${kindOf(value)}`;
  throw new ExprError(scope.evaluation.source, { code: 'type', reason, offset: condition.at });
}

/** Beside a literal the other side alone counts, or nothing does: the language's implementation folds such pairs. */
function logical(operator: string, left: Node, right: Node, scope: Scope): Value {
  const decisive = operator === 'or' || operator === '||';
  for (const [side, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (side.kind !== 'literal') continue;
    return side.value === decisive ? decisive : valueOf(other, scope);
  }
  return asBool(valueOf(left, scope), `'${operator}' takes`) === decisive ? decisive : valueOf(right, scope);
}

function member({ object, key, optional }: Member, scope: Scope): Value | typeof CUT {
  const from = run(object, scope);
  if (from === CUT || (from === null && optional)) return CUT;
  if (from === null && object.kind === 'name') throw new Refusal(missing(object, key, scope), 'type');
  return fetch(from, valueOf(key, scope), budgetOf(scope));
}

function missing({ name }: Name, key: Node, scope: Scope): string {
  const { context } = scope.evaluation;
  const why = context.has(name) ? 'nil' : `not in the context${suggest(name, [...context.keys()].map(textOf))}`;
  return `nil has no member ${quoteKey(valueOf(key, scope))}: ${name} is ${why}`;
}

function method({ object, name, args, optional }: MethodCall, scope: Scope): Value | typeof CUT {
  const self = run(object, scope);
  if (self === CUT || (self === null && optional)) return CUT;
  const known = METHODS.get(kindOf(self))?.get(name);
  if (!known) throw new Refusal(`${kindOf(self)} has no method ${name}`, 'type');
  const values = args.map(arg => valueOf(arg, scope));
  return invoke({ ...known, call: (given, own) => known.call([self, ...given], own) }, values, scope.evaluation.tools);
}

function called({ name, args }: Call, scope: Scope): Value {
  const { functions, tools } = scope.evaluation;
  const known = functions.get(name) ?? FUNCTIONS.get(name);
  if (!known) throw new Refusal(`there is no function ${name}`, 'name');
  return invoke(
    known,
    args.map(arg => valueOf(arg, scope)),
    tools,
  );
}

/** Of two members of one name the first counts. */
function mapped({ pairs }: MapLiteral, scope: Scope): Value {
  budgetOf(scope).elements(pairs.length);
  const map = new Map<Value, Value>();
  for (const pair of pairs) {
    const key = valueOf(pair.key, scope);
    if (typeof key !== 'string') throw new Refusal(`a key of a map is a string, not ${kindOf(key)}`, 'type');
    const value = valueOf(pair.value, scope);
    if (!map.has(key)) map.set(key, value);
  }
  return map;
}
