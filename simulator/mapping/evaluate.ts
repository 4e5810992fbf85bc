import type { JsonObject } from '../../scim/wire/message.ts';
import { compile, contextOf } from './expr/index.ts';
import { jumpcloudFunctions } from './jumpcloud-functions.ts';

export { ExprError } from './expr/index.ts';

/**
 * Evaluates an expression outside any mapping: names stand for the members of a JSON object, a name that it does not have
 * for nil (jumpcloud.md 4.3). JumpCloud's own functions are there too.
 * @param now milliseconds since the epoch
 * @returns JSON text on one line
 * @throws ExprError
 */
export const evaluateExpression = (source: string, context: JsonObject, now: () => number): string =>
  compile(source, { functions: jumpcloudFunctions }).print(contextOf(source, context), now);
