import { ok, type Answer } from './answer.ts';
import { ApiError } from './api-error.ts';
import type { Predicate } from './filter.ts';
import { reader, showOnly, type Shape } from './shape.ts';
import { quote } from './quote.ts';

/** Records of one page unless asked for otherwise, and at most (jumpcloud.md 3.2, 3.3). */
const DEFAULT_LIMIT = 10;
const MOST = 100;

/** Which part of a list, in which order, with which members. */
export interface Page {
  readonly limit: number;
  readonly skip: number;
  /** Names of fields; `-` before one turns its order round. */
  readonly sort: readonly string[];
  readonly fields: readonly string[];
}

/** Parameters of a page as they came, from a query or a body. */
export interface PageParameters {
  readonly limit?: unknown;
  readonly skip?: unknown;
  readonly sort?: unknown;
  readonly fields?: unknown;
}

/** @throws ApiError 400 for a number that is none and for lists of names that are none */
export function readPage({ limit, skip, sort, fields }: PageParameters): Page {
  return {
    // As in JumpCloud's own samples, a limit of 0 asks for what is usual.
    limit: Math.min(readNumber('limit', limit) || DEFAULT_LIMIT, MOST),
    skip: readNumber('skip', skip),
    sort: readNames('sort', sort),
    fields: readNames('fields', fields),
  };
}

function readNumber(name: string, value: unknown): number {
  if (value === undefined || value === '') return 0;
  const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
  if (!Number.isInteger(number) || number < 0) {
    throw new ApiError(400, `${name} is a whole number from 0, not ${quote(value)}`);
  }
  return number;
}

/** Names with spaces or commas between: descriptions of the API have both. */
function readNames(name: string, value: unknown): readonly string[] {
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value ?? ''];
  return texts.flatMap(text => {
    if (typeof text !== 'string') throw new ApiError(400, `${name} holds names of fields, with spaces between`);
    return text.split(/[\s,]+/).filter(Boolean);
  });
}

/** A page of records and how many there are in all. */
export interface Listed<T> {
  readonly total: number;
  readonly records: readonly T[];
}

/**
 * Filters, sorts, then cuts out the page. Records that sort alike keep their order.
 * @throws ApiError 400 for a field to sort by that is none
 */
export function cut<T>(
  all: readonly T[],
  { limit, skip, sort }: Page,
  shape: Shape<T>,
  meets: Predicate<T>,
): Listed<T> {
  const wanted = all.filter(meets);
  const orders = sort.map(name => {
    const read = reader(shape, name.replace(/^-/, ''));
    const sign = name.startsWith('-') ? -1 : 1;
    return (a: T, b: T) => sign * order(read(a)[0], read(b)[0]);
  });
  if (orders.length > 0) wanted.sort((a, b) => orders.reduce((found, compare) => found || compare(a, b), 0));
  return { total: wanted.length, records: wanted.slice(skip, skip + limit) };
}

/** What is not there comes first; texts go by their characters, as in the store. */
function order(a: unknown, b: unknown): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [textOf(a), textOf(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** A list of API v1: `{results, totalCount}`. */
export function answerV1<T>({ total, records }: Listed<T>, { fields }: Page, shape: Shape<T>): Answer {
  const results = records.map(record => showOnly(record, shape, fields));
  return ok({ totalCount: total, results }, { 'X-Total-Count': String(total) });
}

/** A list of API v2: a bare array, with the address of the next page where there is one. */
export function answerV2<T>(listed: Listed<T>, page: Page, shape: Shape<T>, url: URL): Answer {
  const { total, records } = listed;
  const next = page.skip + records.length;
  const headers = {
    'X-Total-Count': String(total),
    ...(next < total && records.length > 0 && linkTo(url, page, next)),
  };
  return ok(
    records.map(record => showOnly(record, shape, page.fields)),
    headers,
  );
}

function linkTo(url: URL, { limit }: Page, skip: number): { readonly Link: string } {
  const next = new URL(url);
  next.searchParams.set('limit', String(limit));
  next.searchParams.set('skip', String(skip));
  return { Link: `<${next.href}>; rel="next"` };
}
