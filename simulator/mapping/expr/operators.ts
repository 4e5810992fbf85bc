/** An operator between two operands. */
export interface BinaryOperator {
  /** The higher, the tighter. */
  readonly precedence: number;
  readonly rightToLeft?: true;
  /** May be written `not in`, `not matches` and so on. */
  readonly negatable?: true;
  /** Chains: `1 < x < 5` is `1 < x and x < 5`. */
  readonly chains?: true;
}

/** The table of the language, lowest first. `??` binds tightest, and may not stand beside another on the same level. */
export const BINARY: ReadonlyMap<string, BinaryOperator> = new Map<string, BinaryOperator>([
  ['|', { precedence: 0 }],
  ['or', { precedence: 10 }],
  ['||', { precedence: 10 }],
  ['and', { precedence: 15 }],
  ['&&', { precedence: 15 }],
  ['==', { precedence: 20 }],
  ['!=', { precedence: 20 }],
  ['<', { precedence: 20, chains: true }],
  ['>', { precedence: 20, chains: true }],
  ['>=', { precedence: 20, chains: true }],
  ['<=', { precedence: 20, chains: true }],
  ['in', { precedence: 20, negatable: true }],
  ['matches', { precedence: 20, negatable: true }],
  ['contains', { precedence: 20, negatable: true }],
  ['startsWith', { precedence: 20, negatable: true }],
  ['endsWith', { precedence: 20, negatable: true }],
  ['..', { precedence: 25 }],
  ['+', { precedence: 30 }],
  ['-', { precedence: 30 }],
  ['*', { precedence: 60 }],
  ['/', { precedence: 60 }],
  ['%', { precedence: 60 }],
  ['**', { precedence: 100, rightToLeft: true }],
  ['^', { precedence: 100, rightToLeft: true }],
  ['??', { precedence: 500 }],
]);

/** How tightly an operator before its operand binds. */
export const UNARY: ReadonlyMap<string, number> = new Map([
  ['not', 50],
  ['!', 50],
  ['-', 90],
  ['+', 90],
]);

/** Words that are operators wherever they stand, except behind a dot. */
export const OPERATOR_WORDS: ReadonlySet<string> = new Set([
  'not',
  'in',
  'or',
  'and',
  'matches',
  'contains',
  'startsWith',
  'endsWith',
  'let',
  'if',
  'else',
]);
