export { compileElementFilter, compileFilter } from './compile.ts';
export { equalities, type Equality } from './equalities.ts';
export { countTests } from './filter.ts';
export type { Comparison, Filter, Literal, Operator, Presence, ValuePath } from './filter.ts';
export { parseFilter, parsePath, type FilterLimits, type PathParts } from './parse.ts';
