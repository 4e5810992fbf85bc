import { convertFunctions } from './convert-functions.ts';
import { dateFunctions } from './date-functions.ts';
import type { ExprFunction } from './function.ts';
import { listFunctions } from './list-functions.ts';
import { numberFunctions } from './number-functions.ts';
import { textFunctions } from './text-functions.ts';

/** Functions of the language that take no predicate, by name. */
export const FUNCTIONS: ReadonlyMap<string, ExprFunction> = new Map(
  [...textFunctions, ...numberFunctions, ...listFunctions, ...convertFunctions, ...dateFunctions].map(known => [
    known.name,
    known,
  ]),
);
