import { ApiError } from './api-error.ts';
import { reader, type Shape } from './shape.ts';
import { near, quote } from './quote.ts';

/** Whether a record is wanted. */
export type Predicate<T> = (record: T) => boolean;

/** Whether one of the values a record holds meets the value of a filter. */
type Operator = (held: readonly unknown[], wanted: string) => boolean;

/** How the filters of one version of the API are written: `field:operator:value`. */
export interface FilterDialect {
  readonly operators: Readonly<Record<string, Operator>>;
  /** The operator meant by a name that is none, if any. */
  readonly lenient: (operator: string) => string;
  /** Whether one parameter may hold several filters, with commas between. */
  readonly several: boolean;
}

/** A number below, at or above zero as a held value stands to a wanted one; NaN where they do not compare. */
export function compare(held: unknown, wanted: string): number {
  if (typeof held === 'number') return held - Number(wanted);
  const text = typeof held === 'string' || typeof held === 'boolean' ? String(held) : undefined;
  if (text === undefined) return Number.NaN;
  return text < wanted ? -1 : text > wanted ? 1 : 0;
}

const some =
  (meets: (order: number) => boolean): Operator =>
  (held, wanted) =>
    held.some(value => meets(compare(value, wanted)));

// What is not there equals the empty text, so that `eq:` finds records without a value.
const equal: Operator = (held, wanted) =>
  held.length === 0 ? wanted === '' : some(order => order === 0)(held, wanted);
const differs: Operator = (held, wanted) => !equal(held, wanted);
const above = some(order => order > 0);
const atLeast = some(order => order >= 0);
const below = some(order => order < 0);
const atMost = some(order => order <= 0);
const oneOf: Operator = (held, wanted) => wanted.split('|').some(value => equal(held, value));
const between: Operator = (held, wanted) => {
  const [from = '', to = ''] = wanted.split('|');
  return held.some(value => compare(value, from) >= 0 && compare(value, to) <= 0);
};
const containsText: Operator = (held, wanted) =>
  held.some(value => typeof value === 'string' && value.toLowerCase().includes(wanted.toLowerCase()));

/** API v1 (jumpcloud.md 3.2). A `$` left out is put in: scripts in use leave it out and get what they mean. */
export const v1Filters: FilterDialect = {
  operators: { $eq: equal, $ne: differs, $gt: above, $gte: atLeast, $lt: below, $lte: atMost },
  lenient: operator => `$${operator}`,
  several: false,
};

/** API v2 (jumpcloud.md 3.3). Values of `in` and `between` have a bar between them. */
export const v2Filters: FilterDialect = {
  operators: {
    eq: equal,
    ne: differs,
    gt: above,
    ge: atLeast,
    lt: below,
    le: atMost,
    between,
    search: containsText,
    in: oneOf,
  },
  lenient: operator => operator,
  several: true,
};

/**
 * What all filters of a request want together.
 * @throws ApiError 400 for a filter that is not of the form, an unknown operator and an unknown field
 */
export function parseFilters<T>(texts: readonly string[], dialect: FilterDialect, shape: Shape<T>): Predicate<T> {
  const single = dialect.several ? texts.flatMap(text => text.split(/,(?=[\w.]+:\w+:)/)) : texts;
  const wanted = single.map(text => parseFilter(text, dialect, shape));
  return record => wanted.every(meets => meets(record));
}

function parseFilter<T>(text: string, dialect: FilterDialect, shape: Shape<T>): Predicate<T> {
  const [, field, name, value] = /^([^:]+):([^:]+):([^]*)$/.exec(text) ?? [];
  const names = Object.keys(dialect.operators);
  if (field === undefined || name === undefined || value === undefined) {
    throw new ApiError(400, `the filter ${quote(text)} is not of the form field:${names[0] ?? ''}:value`);
  }
  const operator = operatorOf(dialect, name);
  if (!operator) {
    const list = names.join(', ');
    throw new ApiError(
      400,
      `the filter ${quote(text)} has no operator ${quote(name)}${near(name, names)}; there are ${list}`,
    );
  }
  const read = reader(shape, field);
  return record => operator(read(record), value);
}

function operatorOf({ operators, lenient }: FilterDialect, name: string): Operator | undefined {
  const known = Object.hasOwn(operators, name) ? name : lenient(name);
  return Object.hasOwn(operators, known) ? operators[known] : undefined;
}

/** Whether a text stands in one of some fields, in any case. */
export function parseTextSearch<T>(terms: readonly string[], fields: readonly string[], shape: Shape<T>): Predicate<T> {
  const readers = fields.map(field => reader(shape, field));
  return record => terms.some(term => readers.some(read => containsText(read(record), term)));
}
