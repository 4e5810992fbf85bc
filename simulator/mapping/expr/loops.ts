/** How a function that takes a predicate is written. */
export interface Loop {
  /** The predicate may be left out. */
  readonly optionalPredicate?: true;
  /** A third argument, evaluated outside the predicate. */
  readonly extra?: true;
  /** What the predicate answers; whatever it likes if not said. */
  readonly answers?: 'bool';
  /** What the predicate sees besides the element: `#index` and `#acc`. */
  readonly pointers?: readonly string[];
}

/** Functions that evaluate an argument once for each element of a list. */
export const LOOPS: ReadonlyMap<string, Loop> = new Map<string, Loop>([
  ['all', { answers: 'bool' }],
  ['none', { answers: 'bool' }],
  ['any', { answers: 'bool' }],
  ['one', { answers: 'bool' }],
  ['filter', { answers: 'bool' }],
  ['map', { pointers: ['index'] }],
  ['count', { optionalPredicate: true, answers: 'bool' }],
  ['sum', { optionalPredicate: true }],
  ['find', { answers: 'bool' }],
  ['findIndex', { answers: 'bool' }],
  ['findLast', { answers: 'bool' }],
  ['findLastIndex', { answers: 'bool' }],
  ['groupBy', {}],
  ['sortBy', { extra: true }],
  ['reduce', { extra: true, pointers: ['index', 'acc'] }],
]);
