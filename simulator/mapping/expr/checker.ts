import { suggest } from '../../../text/suggest.ts';
import { checkOperator } from './check-operator.ts';
import { ExprError, Refusal, type ExprErrorCode } from './error.ts';
import { argumentMistake, countMistake, parameterOf, type ExprFunction } from './function.ts';
import { FUNCTIONS } from './functions.ts';
import { LOOPS } from './loops.ts';
import { METHODS } from './methods.ts';
import type { Binary, Call, Let, Loop, Member, MethodCall, Node } from './node.ts';
import { compileRegularExpression, type RegularExpression } from './regular-expression.ts';
import { common, either, listOf, TYPES, type StaticType } from './static-type.ts';

/** What an expression can name besides the functions of the language. */
export interface Names {
  /** Further functions. */
  readonly functions: ReadonlyMap<string, ExprFunction>;
  /** Members of the context; any name will do where this is left out. */
  readonly roots?: ReadonlyMap<string, StaticType>;
}

/** What is known at one place in a source. */
interface Scope {
  readonly variables: ReadonlyMap<string, StaticType>;
  /** The element that `#` stands for. */
  readonly item?: StaticType;
  /** Other names behind `#`. */
  readonly pointers?: readonly string[];
}

/**
 * Finds what cannot work whatever the context holds: kinds that cannot meet, names that nothing bears, wrong numbers of
 * arguments, regular expressions that cannot be read.
 * @returns the regular expressions that are written out, by the node that has them
 * @throws ExprError for the first mistake
 */
export function check(source: string, root: Node, names: Names): ReadonlyMap<Node, RegularExpression> {
  const expressions = new Map<Node, RegularExpression>();
  const fail = (reason: string, { at }: { readonly at: number }, code: ExprErrorCode = 'type'): never => {
    throw new ExprError(source, { code, reason, offset: at });
  };
  typeOf(root, { variables: new Map() });
  return expressions;

  function typeOf(node: Node, scope: Scope): StaticType {
    switch (node.kind) {
      case 'literal':
        return literalType(node.value);
      case 'name':
        return nameType(node.name, node, scope);
      case 'pointer':
        return pointerType(node.name, node, scope);
      case 'unary':
        return unaryType(node.operator, typeOf(node.operand, scope), node);
      case 'binary':
        return binaryType(node, scope);
      case 'member':
        return memberType(node, scope);
      case 'method':
        return methodType(node, scope);
      case 'chain':
        return typeOf(node.node, scope);
      case 'slice':
        return sliceType(node, scope);
      case 'call':
        return callType(node, scope);
      case 'loop':
        return loopType(node, scope);
      case 'conditional':
        condition(node.condition, scope);
        return either(typeOf(node.then, scope), typeOf(node.otherwise, scope));
      case 'let':
        return letType(node, scope);
      case 'sequence':
        return typesOf(node.nodes, scope).at(-1) ?? TYPES.unknown;
      case 'list':
        return listOf(common(typesOf(node.items, scope)));
      case 'map':
        typesOf(
          node.pairs.flatMap(({ key, value }) => [key, value]),
          scope,
        );
        return TYPES.map;
    }
  }

  function typesOf(nodes: readonly Node[], scope: Scope): readonly StaticType[] {
    return nodes.map(node => typeOf(node, scope));
  }

  function letType(node: Let, scope: Scope): StaticType {
    const { name, value, body } = node;
    if (FUNCTIONS.has(name) || LOOPS.has(name)) fail(`${name} is a function of the language`, node, 'name');
    if (scope.variables.has(name)) fail(`${name} is a variable already`, node, 'name');
    return typeOf(body, { ...scope, variables: new Map([...scope.variables, [name, typeOf(value, scope)]]) });
  }

  function nameType(name: string, node: Node, { variables }: Scope): StaticType {
    const known = variables.get(name) ?? names.roots?.get(name);
    if (known) return known;
    if (name === '$env') return names.roots ? { kind: 'map', members: names.roots } : TYPES.unknown;
    if (isFunction(name)) return TYPES.function;
    if (!names.roots) return TYPES.unknown;
    return fail(`there is no ${name}${suggest(name, [...variables.keys(), ...names.roots.keys()])}`, node, 'name');
  }

  function isFunction(name: string): boolean {
    return FUNCTIONS.has(name) || LOOPS.has(name) || names.functions.has(name);
  }

  function pointerType(name: string, node: Node, { item, pointers = [] }: Scope): StaticType {
    if (name === '') return item ?? TYPES.unknown;
    if (pointers.includes(name)) return name === 'index' ? TYPES.int : TYPES.unknown;
    return fail(`there is no #${name} here: #index is in map and reduce, #acc in reduce`, node, 'name');
  }

  function unaryType(operator: string, type: StaticType, node: Node): StaticType {
    const logical = operator === 'not' || operator === '!';
    const fits = logical ? type.kind === 'bool' : type.kind === 'int' || type.kind === 'float';
    if (!fits && type.kind !== 'unknown') fail(`'${operator}' cannot take ${type.kind}`, node);
    return logical ? TYPES.bool : type;
  }

  function binaryType(node: Binary, scope: Scope): StaticType {
    const { operator } = node;
    const left = typeOf(node.left, scope);
    const right = typeOf(node.right, scope);
    if (operator === '??') return either(left, right);
    if (operator === 'matches' && node.right.kind === 'literal' && typeof node.right.value === 'string') {
      try {
        expressions.set(node, compileRegularExpression(node.right.value));
      } catch (error) {
        if (error instanceof Refusal) fail(error.message, node, 'syntax');
        throw error;
      }
    }
    return (
      checkOperator(operator, left, right) ?? fail(`'${operator}' cannot take ${left.kind} and ${right.kind}`, node)
    );
  }

  function condition(node: Node, scope: Scope): void {
    const { kind } = typeOf(node, scope);
    if (kind !== 'bool' && kind !== 'unknown') fail(`a condition is a bool, not ${kind}`, node);
  }

  function memberType(node: Member, scope: Scope): StaticType {
    const object = typeOf(node.object, scope);
    const key = typeOf(node.key, scope);
    const name = node.key.kind === 'literal' && typeof node.key.value === 'string' ? node.key.value : undefined;
    switch (object.kind) {
      case 'unknown':
        return TYPES.unknown;
      case 'map': {
        if (key.kind !== 'string' && key.kind !== 'unknown' && object.members)
          fail(`a key is a string, not ${key.kind}`, node.key);
        if (!object.members || name === undefined) return TYPES.unknown;
        const known = object.members.get(name);
        return known ?? fail(`there is no ${name}${suggest(name, [...object.members.keys()])}`, node.key, 'name');
      }
      case 'array':
      case 'bytes':
        if (key.kind !== 'int' && key.kind !== 'unknown')
          fail(`an element is chosen by an int, not by ${key.kind}`, node.key);
        return object.kind === 'bytes' ? TYPES.int : (object.element ?? TYPES.unknown);
      default: {
        const called = name !== undefined && methodOf(object, name) ? ` but a method: call it, ${name}()` : '';
        return fail(`${object.kind} has no member ${name ?? 'by index'}${called}`, node);
      }
    }
  }

  function methodOf({ kind }: StaticType, name: string): ExprFunction | undefined {
    return kind === 'unknown' || kind === 'function' ? undefined : METHODS.get(kind)?.get(name);
  }

  function methodType(node: MethodCall, scope: Scope): StaticType {
    const object = typeOf(node.object, scope);
    const args = typesOf(node.args, scope);
    const { kind } = object;
    if (kind === 'unknown' || kind === 'map' || kind === 'nil') return TYPES.unknown;
    const method = methodOf(object, node.name);
    const known = kind === 'function' ? [] : [...(METHODS.get(kind)?.keys() ?? [])];
    return method
      ? result(method, node.args, args, node)
      : fail(`${kind} has no method ${node.name}${suggest(node.name, known)}`, node, 'name');
  }

  function sliceType({ object, from, to, ...node }: Extract<Node, { kind: 'slice' }>, scope: Scope): StaticType {
    const type = typeOf(object, scope);
    if (!['string', 'array', 'bytes', 'unknown'].includes(type.kind)) fail(`${type.kind} cannot be sliced`, node);
    for (const end of [from, to]) {
      const { kind } = end ? typeOf(end, scope) : TYPES.int;
      if (end && type.kind !== 'unknown' && kind !== 'int' && kind !== 'unknown')
        fail(`a slice goes from an int to an int, not ${kind}`, end);
    }
    return type;
  }

  function callType(node: Call, scope: Scope): StaticType {
    const args = typesOf(node.args, scope);
    const variable = scope.variables.get(node.name);
    if (variable) fail(`${node.name} is ${variable.kind}, not a function`, node);
    const called = names.functions.get(node.name) ?? FUNCTIONS.get(node.name);
    if (called) return result(called, node.args, args, node);
    const known = [...FUNCTIONS.keys(), ...LOOPS.keys(), ...names.functions.keys()];
    return fail(`there is no function ${node.name}${suggest(node.name, known)}`, node, 'name');
  }

  function result(called: ExprFunction, args: readonly Node[], types: readonly StaticType[], node: Node): StaticType {
    const miscounted = countMistake(called, args.length);
    if (miscounted) fail(miscounted, node);
    types.forEach(({ kind }, i) => {
      const parameter = parameterOf(called, i);
      const mistake = parameter && argumentMistake(called.name, parameter, kind);
      // Text and ints are pointed at where they stand, other mistakes belong to the call: so the language's implementation.
      if (mistake)
        fail(mistake, parameter.kinds.every(one => one === 'string' || one === 'int') ? (args[i] ?? node) : node);
    });
    return typeof called.gives === 'function' ? called.gives(types) : called.gives;
  }

  function loopType(node: Loop, scope: Scope): StaticType {
    const { name, list, predicate, extra } = node;
    const loop = LOOPS.get(name);
    const type = typeOf(list, scope);
    if (type.kind !== 'array' && type.kind !== 'unknown') fail(`${name} goes through an array, not ${type.kind}`, list);
    if (extra) typeOf(extra, scope);
    const item = type.element ?? TYPES.unknown;
    const answer = predicate ? typeOf(predicate, { ...scope, item, pointers: loop?.pointers ?? [] }) : item;
    if (predicate && loop?.answers === 'bool' && answer.kind !== 'bool' && answer.kind !== 'unknown') {
      fail(`the predicate of ${name} gives a bool, not ${answer.kind}`, predicate);
    }
    return GIVES[name]?.({ type, item, answer }) ?? TYPES.unknown;
  }
}

interface Seen {
  readonly type: StaticType;
  readonly item: StaticType;
  readonly answer: StaticType;
}

const bool = () => TYPES.bool;
const int = () => TYPES.int;

/** What is known of the result of a loop; nothing of one that is not here. */
const GIVES: Readonly<Record<string, (seen: Seen) => StaticType>> = {
  all: bool,
  any: bool,
  one: bool,
  none: bool,
  filter: ({ type }) => (type.kind === 'array' ? type : TYPES.array),
  map: ({ answer }) => listOf(answer),
  find: ({ item }) => item,
  findLast: ({ item }) => item,
  findIndex: int,
  findLastIndex: int,
  count: int,
  groupBy: () => TYPES.map,
  sortBy: () => TYPES.array,
  sum: ({ answer }) =>
    answer.kind === 'int' || answer.kind === 'float' || answer.kind === 'duration' ? answer : TYPES.unknown,
};

function literalType(value: null | boolean | bigint | number | string | Uint8Array): StaticType {
  if (value === null) return TYPES.nil;
  switch (typeof value) {
    case 'boolean':
      return TYPES.bool;
    case 'bigint':
      return TYPES.int;
    case 'number':
      return TYPES.float;
    case 'string':
      return TYPES.string;
    default:
      return TYPES.bytes;
  }
}
