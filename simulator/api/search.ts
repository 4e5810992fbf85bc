import { ApiError } from './api-error.ts';
import { parseTextSearch, type Predicate } from './filter.ts';
import { isRecord, type JsonRecord } from './route.ts';
import { reader, type Shape } from './shape.ts';
import { quote } from './quote.ts';

/** Expressions in one filter, and levels of lists in lists; what scripts write has a handful. */
const MOST_EXPRESSIONS = 1000;
const DEEPEST = 10;

/**
 * What the body of `POST /search/systemusers` wants: `filter`, an object with one list `and` or `or` (or such a list alone,
 * of which all count), together with `searchFilter`, a text in one of some fields (jumpcloud.md 3.2).
 * @throws ApiError 400 for what is not of that form, and for unknown fields
 */
export function parseSearch<T>(body: JsonRecord, shape: Shape<T>): Predicate<T> {
  const budget = { left: MOST_EXPRESSIONS };
  const { filter, searchFilter } = body;
  const meetsFilter = filter === undefined ? everything : parseExpression(filter, shape, budget, DEEPEST);
  const meetsSearch = searchFilter === undefined ? everything : parseSearchFilter(searchFilter, shape);
  return record => meetsFilter(record) && meetsSearch(record);
}

const everything = (): boolean => true;

function parseExpression<T>(value: unknown, shape: Shape<T>, budget: { left: number }, levels: number): Predicate<T> {
  if (levels === 0 || budget.left < 0) {
    throw new ApiError(400, `a filter has at most ${MOST_EXPRESSIONS} expressions in ${DEEPEST} levels`);
  }
  const inner = (list: unknown): readonly Predicate<T>[] => {
    if (!Array.isArray(list))
      throw new ApiError(400, 'and and or hold a list of expressions such as {"email": "a@b.c"}');
    budget.left -= list.length;
    return list.map(element => parseExpression(element, shape, budget, levels - 1));
  };
  if (Array.isArray(value)) return all(inner(value));
  if (!isRecord(value)) {
    throw new ApiError(400, `${quote(value)} is no filter; write {"and": [{"field": "value"}]}, or or for and`);
  }
  return all(
    Object.entries(value).map(([name, wanted]) => {
      if (name === 'and') return all(inner(wanted));
      if (name === 'or') return any(inner(wanted));
      const read = reader(shape, name);
      return record => meets(read(record), wanted);
    }),
  );
}

const all =
  <T>(predicates: readonly Predicate<T>[]): Predicate<T> =>
  record =>
    predicates.every(holds => holds(record));

const any =
  <T>(predicates: readonly Predicate<T>[]): Predicate<T> =>
  record =>
    predicates.some(holds => holds(record));

/** A value alone has to be equal; a list holds the values that will do; null and the empty text are what is not there. */
function meets(held: readonly unknown[], wanted: unknown): boolean {
  if (Array.isArray(wanted)) return wanted.some(one => meets(held, one));
  if (wanted === null || wanted === '') return held.every(value => value === '');
  return held.some(value => value === wanted);
}

/** @throws ApiError 400 without a term and fields */
export function parseSearchFilter<T>(value: unknown, shape: Shape<T>): Predicate<T> {
  const { searchTerm, fields } = isRecord(value) ? value : {};
  const terms = textsOf(searchTerm);
  const names = textsOf(fields);
  if (terms.length === 0 || names.length === 0) {
    throw new ApiError(400, 'a text search has a searchTerm and a list of fields');
  }
  return parseTextSearch(terms, names, shape);
}

const textsOf = (value: unknown): readonly string[] => {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter(one => typeof one === 'string').slice(0, MOST_EXPRESSIONS);
};
