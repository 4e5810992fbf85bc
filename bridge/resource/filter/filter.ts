/** Operators that compare with a value (RFC 7644 table 3). */
export type Operator = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le';

/** A value in a filter: a JSON literal. */
export type Literal = string | number | boolean | null;

/** A filter as it was written. Paths are kept as text: what they mean depends on the resource type. */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly filters: readonly Filter[] }
  | { readonly kind: 'not'; readonly filter: Filter }
  | Presence
  | Comparison
  | ValuePath;

/** `title pr` */
export interface Presence {
  readonly kind: 'present';
  readonly path: string;
}

/** `userName eq "bjensen"` */
export interface Comparison {
  readonly kind: 'compare';
  readonly path: string;
  readonly operator: Operator;
  readonly value: Literal;
}

/** `emails[type eq "work"]`: the inner filter is about one element at a time. */
export interface ValuePath {
  readonly kind: 'element';
  readonly path: string;
  readonly filter: Filter;
}

/** How many tests a filter makes of what it is asked about. */
export function countTests(filter: Filter): number {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.filters.reduce((sum, each) => sum + countTests(each), 0);
    case 'not':
    case 'element':
      return countTests(filter.filter);
    default:
      return 1;
  }
}
