import type { Json, JsonObject } from '../record/index.ts';

export type { Json, JsonObject } from '../record/index.ts';

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A member that is text, not empty. */
export function textAt(value: Json | undefined, ...path: readonly (string | number)[]): string | undefined {
  let at: Json | undefined = value;
  for (const step of path) {
    if (typeof step === 'number') at = Array.isArray(at) ? (at[step] as Json | undefined) : undefined;
    else at = isObject(at) ? at[step] : undefined;
  }
  return typeof at === 'string' && at !== '' ? at : undefined;
}
