import { ApiError } from './api-error.ts';
import { near, quote } from './quote.ts';

/** How records of one kind are shown: their members under the names of the API. */
export interface Shape<T> {
  /** One record, for messages: "a system user". */
  readonly what: string;
  readonly fields: Readonly<Record<string, (record: T) => unknown>>;
  /** Members that are shown whichever are asked for. */
  readonly always: readonly string[];
}

/** A record with all its members. */
export function show<T>(record: T, { fields }: Shape<T>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).map(([name, read]) => [name, read(record)]));
}

/** The same with only some members. Names that are none are passed over, as a projection of the store does. */
export function showOnly<T>(record: T, shape: Shape<T>, names: readonly string[]): Readonly<Record<string, unknown>> {
  if (names.length === 0) return show(record, shape);
  const tops = new Set([...shape.always, ...names.map(name => name.split('.', 1)[0] ?? name)]);
  return Object.fromEntries(
    Object.entries(shape.fields)
      .filter(([name]) => tops.has(name))
      .map(([name, read]) => [name, read(record)]),
  );
}

/**
 * Reader of a member by its name, with dots for members of members; a list stands for its elements. An empty list is what
 * is not there.
 * @throws ApiError 400 for a name that is no member
 */
export function reader<T>(shape: Shape<T>, name: string): (record: T) => readonly unknown[] {
  const [top = '', ...path] = name.split('.');
  const read = Object.hasOwn(shape.fields, top) ? shape.fields[top] : undefined;
  if (!read) {
    throw new ApiError(400, `${shape.what} has no field ${quote(name)}${near(name, Object.keys(shape.fields))}`);
  }
  return record =>
    path.reduce<readonly unknown[]>((held, member) => held.flatMap(valuesOf(member)), flat(read(record)));
}

const flat = (value: unknown): readonly unknown[] => {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value.flatMap(flat) : [value];
};

const valuesOf =
  (member: string) =>
  (value: unknown): readonly unknown[] =>
    typeof value === 'object' && value !== null && Object.hasOwn(value, member)
      ? flat((value as Readonly<Record<string, unknown>>)[member])
      : [];
