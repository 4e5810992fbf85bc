import { MOST_DEPTH } from './budget.ts';
import { Refusal } from './error.ts';

/** A place on the map of time zones, by its name in the tz database; a fixed offset has its seconds instead. */
export interface Zone {
  readonly kind: 'location';
  readonly name: string;
  /** Seconds east of Greenwich, for a zone that is nothing but an offset. */
  readonly offset?: number;
}

/** A point in time. */
export interface Instant {
  readonly kind: 'time';
  /** Nanoseconds since the epoch. */
  readonly ns: bigint;
  readonly zone: Zone;
}

/** A length of time. */
export interface Span {
  readonly kind: 'duration';
  readonly ns: bigint;
}

/** A month or a day of the week: a number that prints as its name. */
export interface Named {
  readonly kind: 'month' | 'weekday';
  readonly number: bigint;
  readonly text: string;
}

/** Keys are text but for what groupBy and fromPairs make. */
export interface ValueMap extends ReadonlyMap<Value, Value> {}

/** Whatever an expression works on. A `bigint` is an int of 64 bits, a `number` a float, `null` is nil. */
export type Value =
  null | boolean | bigint | number | string | Uint8Array | readonly Value[] | ValueMap | Instant | Span | Zone | Named;

/** Kinds of values, as messages name them. */
export type Kind =
  | 'nil'
  | 'bool'
  | 'int'
  | 'float'
  | 'string'
  | 'bytes'
  | 'array'
  | 'map'
  | 'time'
  | 'duration'
  | 'location'
  | 'month'
  | 'weekday';

/** The kind of a value. */
export function kindOf(value: Value): Kind {
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'bigint':
      return 'int';
    case 'number':
      return 'float';
    case 'string':
      return 'string';
    default:
  }
  if (value === null) return 'nil';
  if (isList(value)) return 'array';
  if (value instanceof Uint8Array) return 'bytes';
  return isMap(value) ? 'map' : value.kind;
}

export const isList = (value: unknown): value is readonly Value[] => Array.isArray(value);

export const isMap = (value: unknown): value is ValueMap => value instanceof Map;

/** A key of a map as text; none is a list or a map. */
export const keyText = (key: Value): string => (typeof key === 'object' ? 'null' : String(key));

/** A text, or none for what is no text. */
export const textOf = (value: Value | undefined): string => (typeof value === 'string' ? value : '');

export const isTime = (value: unknown): value is Instant => isKind(value, 'time');

export const isDuration = (value: unknown): value is Span => isKind(value, 'duration');

export const isNamed = (value: unknown): value is Named => isKind(value, 'month') || isKind(value, 'weekday');

export const isZone = (value: unknown): value is Zone => isKind(value, 'location');

const isKind = (value: unknown, kind: Kind) =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind;

/**
 * A value from JSON. Every number is a float, as in the language's own implementation; members of an object are its own
 * alone, so that no name leads to what JavaScript gives every object.
 * @throws Refusal for JSON that nests too deep
 */
export function fromJson(json: unknown, depth = 0): Value {
  if (typeof json === 'number' || typeof json === 'string' || typeof json === 'boolean') return json;
  if (typeof json !== 'object' || json === null) return null;
  if (depth > MOST_DEPTH) throw new Refusal(`a value nests deeper than ${MOST_DEPTH} levels`, 'budget');
  if (Array.isArray(json)) return json.map(element => fromJson(element, depth + 1));
  const map = new Map<Value, Value>();
  for (const [name, member] of Object.entries(json)) map.set(name, fromJson(member, depth + 1));
  return map;
}
