import type { Json } from '../../../scim/wire/message.ts';
import { invalidFilter } from '../refusal.ts';
import type { CompiledAttribute } from '../type.ts';
import { instant, kindOf, sameFolded, wanted } from '../value.ts';
import type { Literal, Operator } from './filter.ts';

/** Whether a value, or the want of one, satisfies a condition. */
export type ValueTest = (value: Json | undefined) => boolean;

/** A value that is neither unassigned nor empty text. */
export const isPresent: ValueTest = value => value !== undefined && value !== null && value !== '';

const isAbsent: ValueTest = value => !isPresent(value);

/** Null stands for unassigned (RFC 7643 section 2.5). Without an attribute there is nothing else to tell. */
export const absentTest = (operator: Operator, literal: Literal): boolean =>
  operator === (literal === null ? 'eq' : 'ne');

/**
 * Makes the test of one value of a simple attribute. `ne` is met by a value that is missing: unassigned is not the value
 * asked for.
 * @throws {ScimError} 400 `invalidFilter` for an operator or literal that the type of the attribute rules out
 */
export function compileValueTest(attribute: CompiledAttribute, operator: Operator, literal: Literal): ValueTest {
  if (literal === null) {
    if (operator === 'eq') return isAbsent;
    if (operator === 'ne') return isPresent;
    throw invalidFilter(`"${operator} null" compares nothing; null goes with eq and ne.`);
  }
  const equal = operator === 'eq' || operator === 'ne';
  if (!equal) refuseOperator(attribute, operator);
  switch (attribute.type) {
    case 'boolean':
      return compare(operator, readBoolean(attribute, literal), value => value);
    case 'integer':
    case 'decimal':
      if (typeof literal !== 'number') throw unfit(attribute, literal);
      return compare(operator, literal, value => value);
    case 'dateTime': {
      const moment = typeof literal === 'string' ? instant(literal) : undefined;
      if (moment === undefined) throw unfit(attribute, literal);
      return compare(operator, moment, value => (typeof value === 'string' ? instant(value) : undefined));
    }
    default:
      if (typeof literal !== 'string') throw unfit(attribute, literal);
      return compileTextTest(attribute, operator, literal);
  }
}

const textOperators: ReadonlySet<Operator> = new Set<Operator>(['co', 'sw', 'ew']);

function refuseOperator({ path, type }: CompiledAttribute, operator: Operator): void {
  const unordered = type === 'boolean' || type === 'binary';
  const text = type === 'string' || type === 'reference';
  if (textOperators.has(operator) ? text : !unordered) return;
  throw invalidFilter(`"${operator}" does not go with "${path}", which is of type ${type}.`);
}

/** Text in quotes passes for booleans: identity providers write `active eq "True"`. */
function readBoolean(attribute: CompiledAttribute, literal: Literal): boolean {
  const word = typeof literal === 'string' ? literal.toLowerCase() : literal;
  if (word === true || word === 'true') return true;
  if (word === false || word === 'false') return false;
  throw unfit(attribute, literal);
}

const unfit = (attribute: CompiledAttribute, literal: Literal) =>
  invalidFilter(`"${attribute.path}" compares with ${wanted(attribute)}, not ${kindOf(literal)}.`);

function compileTextTest({ exact }: CompiledAttribute, operator: Operator, literal: string): ValueTest {
  if (operator === 'eq' || operator === 'ne') {
    const wantSame = operator === 'eq';
    if (exact) return value => (value === literal) === wantSame;
    return value => (typeof value === 'string' && sameFolded(value, literal)) === wantSame;
  }
  const wanted = exact ? literal : literal.toLowerCase();
  const fold = (value: Json | undefined): string | undefined =>
    typeof value === 'string' ? (exact ? value : value.toLowerCase()) : undefined;
  switch (operator) {
    case 'co':
      return value => fold(value)?.includes(wanted) ?? false;
    case 'sw':
      return value => fold(value)?.startsWith(wanted) ?? false;
    case 'ew':
      return value => fold(value)?.endsWith(wanted) ?? false;
    default:
      return compare(operator, wanted, fold);
  }
}

/** Comparison of what both sides come down to; a value that comes down to nothing satisfies `ne` alone. */
function compare(
  operator: Operator,
  wanted: string | number | boolean,
  read: (value: Json | undefined) => Json | undefined,
): ValueTest {
  const ordered =
    (test: (value: string | number | boolean) => boolean): ValueTest =>
    raw => {
      const value = read(raw);
      return (
        typeof value === typeof wanted &&
        value !== null &&
        typeof value !== 'object' &&
        value !== undefined &&
        test(value)
      );
    };
  switch (operator) {
    case 'ne':
      return value => read(value) !== wanted;
    case 'gt':
      return ordered(value => value > wanted);
    case 'ge':
      return ordered(value => value >= wanted);
    case 'lt':
      return ordered(value => value < wanted);
    case 'le':
      return ordered(value => value <= wanted);
    default:
      return value => read(value) === wanted;
  }
}
