import type { Budget } from './budget.ts';
import { Refusal } from './error.ts';
import { TYPES, type StaticType } from './static-type.ts';
import { isList, kindOf, type Kind, type Value } from './value.ts';

/** What a function may use besides its arguments. */
export interface Tools {
  readonly budget: Budget;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** What a function takes in one place. */
export interface Parameter {
  /** Nothing named: whatever comes. */
  readonly kinds: readonly Kind[];
  readonly optional?: true;
  /** Takes all arguments that follow, and at least one. */
  readonly rest?: true;
  /** A float counts as an int when it comes from the context, not when it is written. */
  readonly lenient?: true;
  /** Holds for what is known beforehand alone; the function judges the rest. */
  readonly loose?: true;
}

/** A function that an expression can call. */
export interface ExprFunction {
  readonly name: string;
  readonly takes: readonly Parameter[];
  /** What is known of its result. */
  readonly gives: StaticType | ((args: readonly StaticType[]) => StaticType);
  /** @throws Refusal */
  readonly call: (args: readonly Value[], tools: Tools) => Value;
}

/** Parameters by what they take. */
export const ANY: Parameter = { kinds: [] };
export const TEXT: Parameter = { kinds: ['string'] };
export const INT: Parameter = { kinds: ['int'] };
/** An int, or a float of the context cut to one. */
export const COUNT: Parameter = { kinds: ['int'], lenient: true };
export const NUMBER: Parameter = { kinds: ['int', 'float'] };
export const LIST: Parameter = { kinds: ['array'] };
export const MAP: Parameter = { kinds: ['map'] };

export const optional = (parameter: Parameter): Parameter => ({ ...parameter, optional: true });
export const rest = (parameter: Parameter): Parameter => ({ ...parameter, rest: true });

/** The parameter that an argument falls to. */
export const parameterOf = ({ takes }: ExprFunction, index: number): Parameter | undefined => {
  const last = takes.at(-1);
  return takes[index] ?? (last?.rest ? last : undefined);
};

/** What is wrong with the number of arguments, if anything is. */
export function countMistake({ name, takes }: ExprFunction, count: number): string | undefined {
  if (count === takes.length) return undefined;
  const least = takes.filter(parameter => !parameter.optional).length;
  const most = takes.at(-1)?.rest ? Number.POSITIVE_INFINITY : takes.length;
  if (count >= least && count <= most) return undefined;
  const wanted = most === least ? `${least}` : Number.isFinite(most) ? `${least} to ${most}` : `at least ${least}`;
  return `${name} takes ${wanted} ${wanted === '1' || wanted === 'at least 1' ? 'argument' : 'arguments'}, not ${count}`;
}

/** What is wrong with an argument of this kind, if anything is. */
export function argumentMistake(name: string, { kinds }: Parameter, kind: StaticType['kind']): string | undefined {
  if (kinds.length === 0 || kind === 'unknown' || kinds.some(known => known === kind)) return undefined;
  return `${name} takes ${kinds.join(' or ')} here, not ${kind}`;
}

/**
 * Calls a function with values of the right kinds.
 * @throws Refusal
 */
export function invoke(called: ExprFunction, args: readonly Value[], tools: Tools): Value {
  const miscounted = countMistake(called, args.length);
  if (miscounted) throw new Refusal(miscounted, 'type');
  const cast = args.map((value, i) => {
    if (typeof value === 'string' || isList(value)) tools.budget.look(value.length);
    const parameter = parameterOf(called, i) ?? ANY;
    if (parameter.lenient && typeof value === 'number') return toInt(value);
    const mistake = parameter.loose ? undefined : argumentMistake(called.name, parameter, kindOf(value));
    if (mistake) throw new Refusal(mistake, 'type');
    return value;
  });
  return called.call(cast, tools);
}

const LEAST_INT = -(2n ** 63n);

/** A float cut to an int; what no int of 64 bits can hold becomes the least. */
export function toInt(value: number): bigint {
  const cut = Math.trunc(value);
  if (!Number.isFinite(cut)) return LEAST_INT;
  const int = BigInt(cut);
  return int === BigInt.asIntN(64, int) ? int : LEAST_INT;
}

/** For a function whose result has the type of its first argument. */
export const asFirst = ([first]: readonly StaticType[]): StaticType => first ?? TYPES.unknown;
