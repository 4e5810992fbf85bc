import { ScimError } from '../../scim/message/error.ts';
import { isObject } from '../../scim/message/list.ts';
import type { JsonObject } from '../../scim/wire/message.ts';

/**
 * Pays for work before it is done, in steps of looking at one element of a list once.
 * @throws {ScimError} when nothing is left to pay with
 */
export type Spend = (steps: number) => void;

/**
 * Steps that one request may take: a fraction of a second. A small message could cause work without end otherwise. Those
 * of a query cost more, since each value is brought into the form that compares.
 */
const mostSteps = { change: 4_000_000, query: 1_000_000 };

/** The steps of a request that changes resources; past them it is refused with 413. */
export const spendOnChange = (): Spend =>
  createSpend(
    mostSteps.change,
    () => new ScimError(413, undefined, 'the request goes through long lists too often; send it in parts'),
  );

/** The steps of a query; past them it is refused with 400 `tooMany` (RFC 7644 section 3.12). */
export const spendOnQuery = (): Spend =>
  createSpend(
    mostSteps.query,
    () => new ScimError(400, 'tooMany', 'the filter asks too much of too many values; ask in parts'),
  );

function createSpend(most: number, refusal: () => ScimError): Spend {
  let left = most;
  return steps => {
    left -= steps;
    if (left < 0) throw refusal();
  };
}

/** The elements of all lists of a resource. */
export function countElements(resource: JsonObject): number {
  let count = 0;
  for (const value of Object.values(resource)) {
    if (Array.isArray(value)) count += value.length;
    else if (isObject(value)) count += countElements(value);
  }
  return count;
}
