import type { Kind } from './value.ts';

/** What is known of a value before anything is evaluated. */
export interface StaticType {
  /** `unknown` for what only the evaluation tells; `function` for the name of one. */
  readonly kind: Kind | 'unknown' | 'function';
  /** Of an array, when all elements share it. */
  readonly element?: StaticType;
  /** Of a map whose members are all known, by name. */
  readonly members?: ReadonlyMap<string, StaticType>;
}

const named = (kind: StaticType['kind']): StaticType => ({ kind });

/** The types without further detail. */
export const TYPES: Readonly<Record<StaticType['kind'], StaticType>> = {
  unknown: named('unknown'),
  function: named('function'),
  nil: named('nil'),
  bool: named('bool'),
  int: named('int'),
  float: named('float'),
  string: named('string'),
  bytes: named('bytes'),
  array: named('array'),
  map: named('map'),
  time: named('time'),
  duration: named('duration'),
  location: named('location'),
  month: named('month'),
  weekday: named('weekday'),
};

/** An array of this. */
export const listOf = (element: StaticType): StaticType =>
  element.kind === 'unknown' ? TYPES.array : { kind: 'array', element };

/** What either of two branches gives. */
export function either(a: StaticType, b: StaticType): StaticType {
  if (a === b) return a;
  if (a.kind === 'nil') return b;
  if (b.kind === 'nil') return a;
  return a.kind === b.kind && !a.members && !b.members && !a.element && !b.element ? a : TYPES.unknown;
}

/** What all of these have in common; unknown when there are none. */
export function common(types: readonly StaticType[]): StaticType {
  const [first] = types;
  return first && !first.members && types.every(({ kind }) => kind === first.kind) ? first : TYPES.unknown;
}
