import { ApiError } from './api-error.ts';
import type { Answer } from './answer.ts';
import type { Context } from './context.ts';
import { quote } from './quote.ts';

/** A request as handlers see it. */
export interface Call {
  /** What stands in the path where the route has `:name`. */
  readonly params: Readonly<Record<string, string>>;
  /** Address of the request, with its query. */
  readonly url: URL;
  /** The JSON that was sent; undefined without a body. */
  readonly body: unknown;
  readonly header: (name: string) => string | undefined;
}

/** One row of the table of what is served. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `:name` stands for one segment. */
  readonly path: string;
  /** Where the route is described: a section of jumpcloud.md, or what of the console it stands for. */
  readonly source: string;
  readonly handle: (call: Call, context: Context) => Answer | Promise<Answer>;
}

/** What stands in the path of a call; a route has every name its handler asks for. */
export function param({ params }: Call, name: string): string {
  return params[name] ?? '';
}

/** A JSON object. */
export type JsonRecord = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @throws ApiError 400 when the body is no JSON object */
export function bodyOf({ body }: Call): JsonRecord {
  if (isRecord(body)) return body;
  throw new ApiError(400, 'the request needs a JSON object as its body');
}

/** The same, where a body may be left out. */
export const optionalBodyOf = (call: Call): JsonRecord => (call.body === undefined ? {} : bodyOf(call));

/**
 * A member of a body that has to be a text, or not there.
 * @throws ApiError 400
 */
export function optionalText(body: JsonRecord, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  throw new ApiError(400, `${name} is a text, not ${quote(value)}`);
}

/** @throws ApiError 400 when the member is missing, empty, or no text */
export function text(body: JsonRecord, name: string): string {
  const value = optionalText(body, name);
  if (value) return value;
  throw new ApiError(400, `${name} is required`);
}

/** @throws ApiError 400 when the member is there and neither true nor false */
export function optionalFlag(body: JsonRecord, name: string): boolean | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'boolean') return value;
  throw new ApiError(400, `${name} is true or false, not ${quote(value)}`);
}
