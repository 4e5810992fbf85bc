import type { Json, JsonObject } from '../../../scim/wire/message.ts';
import { createBudget } from './budget.ts';
import { check, type Names } from './checker.ts';
import { ExprError, Refusal } from './error.ts';
import { evaluate } from './evaluator.ts';
import type { Tools } from './function.ts';
import { writeJson } from './json-text.ts';
import { parse } from './parser.ts';
import { plain } from './to-json.ts';
import { fromJson, type Value, type ValueMap } from './value.ts';

export { ExprError } from './error.ts';
export type { ExprFunction } from './function.ts';
export { listOf, TYPES, type StaticType } from './static-type.ts';
export { fromJson, isList, isMap, type Kind, type Value, type ValueMap } from './value.ts';

/** An expression that has been read and checked. */
export interface Expression {
  /**
   * Its value as plain JSON, members in their order.
   * @param context what names stand for
   * @param now milliseconds since the epoch
   * @throws ExprError, also for a value that JSON cannot hold
   */
  readonly evaluate: (context: ValueMap, now: () => number) => Json;
  /** The same as JSON text on one line, with all digits of an int and members sorted. @throws ExprError */
  readonly print: (context: ValueMap, now: () => number) => string;
}

/**
 * What names stand for, from JSON.
 * @throws ExprError for members that nest too deep, at the start of the source
 */
export function contextOf(source: string, members: JsonObject): ValueMap {
  try {
    return new Map(Object.entries(members).map(([name, member]) => [name, fromJson(member)]));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new ExprError(source, { code: error.code, reason: error.message, offset: 0 });
  }
}

/**
 * Reads and checks an expression of the language Expr (jumpcloud.md 4.3).
 * @throws ExprError for what cannot be read, or cannot work whatever the context holds
 */
export function compile(source: string, names: Names = { functions: new Map() }): Expression {
  const root = parse(source);
  const expressions = check(source, root, names);
  const run = <T>(context: ValueMap, now: () => number, convert: (value: Value, tools: Tools) => T): T => {
    const tools = { budget: createBudget(), now };
    const value = evaluate(root, { source, context, functions: names.functions, expressions, tools });
    try {
      return convert(value, tools);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw new ExprError(source, { code: error.code, reason: error.message, offset: root.at });
    }
  };
  return {
    evaluate: (context, now) => run(context, now, (value, { budget }) => plain(value, budget)),
    print: (context, now) =>
      run(context, now, (value, { budget }) => writeJson(value, { indented: false, htmlSafe: false }, budget)),
  };
}
