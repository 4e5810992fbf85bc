import { isObject } from '../../scim/message/list.ts';
import { filterValue } from '../../scim/message/patch.ts';
import type { Json } from '../../scim/wire/message.ts';
import { valuesAt, type Trait } from './attributes.ts';

/** Whether a resource matches; undefined where the RFC leaves it open. */
export type Truth = boolean | undefined;

/** The comparison operators of RFC 7644 table 3; `pr` takes no operand. */
export type Operator = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le';

/** A filter of which it is known what it has to find. */
export interface Predicate {
  /** As it is sent. */
  readonly text: string;
  /** Attributes of the resource that it looks at. */
  readonly paths: readonly string[];
  /** Has to stand in parentheses beside an `and`. */
  readonly loose: boolean;
  holds(resource: Json): Truth;
}

/** One comparison. `name` is what stands in the filter, where that is not the path. */
export const compare = (trait: Trait, operator: Operator, operand: Json, name = trait.path): Predicate => ({
  text: `${name} ${operator} ${filterValue(operand)}`,
  paths: [trait.path],
  loose: false,
  holds: resource => anyOf(valuesAt(resource, trait.path), trait, operator, operand),
});

/** The presence of a value. */
export const present = (trait: Trait, name = trait.path): Predicate => ({
  text: `${name} pr`,
  paths: [trait.path],
  loose: false,
  holds(resource) {
    const values = valuesAt(resource, trait.path);
    // Whether an empty text is a value is left open.
    if (values.some(value => value !== '' && !isEmpty(value))) return true;
    return values.includes('') ? undefined : false;
  },
});

export const and = (one: Predicate, other: Predicate): Predicate => ({
  ...joined('and', one, other),
  loose: one.loose || other.loose,
  holds: resource => bothOf(one.holds(resource), other.holds(resource)),
});

export const or = (one: Predicate, other: Predicate): Predicate => ({
  ...joined('or', one, other),
  loose: true,
  holds: resource => eitherOf(one.holds(resource), other.holds(resource)),
});

export const not = (one: Predicate): Predicate => ({
  ...one,
  text: `not (${one.text})`,
  loose: false,
  holds: resource => inverse(one.holds(resource)),
});

export const grouped = (one: Predicate): Predicate => ({ ...one, text: `(${one.text})`, loose: false });

/** A value path: one element of a multi-valued attribute meets all of the inner filter. */
export const element = (path: string, inner: Predicate): Predicate => ({
  text: `${path}[${inner.text}]`,
  paths: [path],
  loose: false,
  holds: resource => valuesAt(resource, path).reduce<Truth>((truth, one) => eitherOf(truth, inner.holds(one)), false),
});

const joined = (word: string, one: Predicate, other: Predicate) => ({
  text: `${one.text} ${word} ${other.text}`,
  paths: [...one.paths, ...other.paths],
});

const inverse = (truth: Truth): Truth => (truth === undefined ? undefined : !truth);

function eitherOf(one: Truth, other: Truth): Truth {
  if (one === true || other === true) return true;
  return one === undefined || other === undefined ? undefined : false;
}

const bothOf = (one: Truth, other: Truth): Truth => inverse(eitherOf(inverse(one), inverse(other)));

const isEmpty = (value: Json): boolean => isObject(value) && Object.keys(value).length === 0;

function anyOf(values: readonly Json[], trait: Trait, operator: Operator, operand: Json): Truth {
  if (operator !== 'ne') {
    return values.reduce<Truth>((truth, value) => eitherOf(truth, holds(value, trait, operator, operand)), false);
  }
  // Open: a resource without a value, and one that has the value beside others.
  const equal = values.map(value => holds(value, trait, 'eq', operand));
  if (equal.length === 0 || equal.includes(undefined)) return undefined;
  if (equal.every(one => one === true)) return false;
  return equal.includes(true) ? undefined : true;
}

type Comparison = Exclude<Operator, 'ne'>;

function holds(value: Json, trait: Trait, operator: Comparison, operand: Json): Truth {
  if (trait.type === 'dateTime') return ordered(instantOf(value), operator, instantOf(operand));
  if (typeof value === 'string' && typeof operand === 'string') return textual(value, trait, operator, operand);
  if (typeof value === 'number' && typeof operand === 'number') return ordered(value, operator, operand);
  return operator === 'eq' ? value === operand : undefined;
}

function textual(value: string, { caseExact }: Trait, operator: Comparison, operand: string): Truth {
  const [one, other] = caseExact ? [value, operand] : [value.toLowerCase(), operand.toLowerCase()];
  switch (operator) {
    case 'eq':
      return one === other;
    case 'co':
      return one.includes(other);
    case 'sw':
      return one.startsWith(other);
    case 'ew':
      return one.endsWith(other);
    default: {
      const truth = ordered(one, operator, other);
      // The place of capitals among exact texts is a matter of collation.
      return ordered(value.toLowerCase(), operator, operand.toLowerCase()) === truth ? truth : undefined;
    }
  }
}

function ordered<T extends string | number>(one: T, operator: Comparison, other: T): Truth {
  switch (operator) {
    case 'eq':
      return one === other;
    case 'gt':
      return one > other;
    case 'ge':
      return one >= other;
    case 'lt':
      return one < other;
    case 'le':
      return one <= other;
    default:
      return undefined;
  }
}

const instantOf = (value: Json): number => (typeof value === 'string' ? Date.parse(value) : NaN);
