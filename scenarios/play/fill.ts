import type { Json, JsonObject } from '../../reports/record/exchange.ts';
import { isObject } from '../../scim/message/list.ts';
import { ANSWER, placesIn } from '../places.ts';
import { valuesAt } from './attributes.ts';
import type { Cast } from './cast.ts';

/** What places are filled from: the people and groups of a story, and what a step answered last. */
export interface Source {
  readonly cast: Pick<Cast, 'links' | 'seenId' | 'field'>;
  readonly answer: Json | undefined;
}

/** A text with the places for what they stand for. */
export function withPlaces(text: string, { cast, answer }: Source): string {
  return placesIn(text).reduceRight((filledIn, { alias, field, at, length }) => {
    const value =
      alias === ANSWER
        ? textOf(valuesAt(answer, field)[0])
        : field === ''
          ? (cast.links(alias).at(-1) ?? cast.seenId(alias))
          : cast.field(alias, field);
    return filledIn.slice(0, at) + value + filledIn.slice(at + length);
  }, text);
}

const textOf = (value: Json = ''): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** The same with every text in it filled. */
export const filled = (value: JsonObject, source: Source): JsonObject =>
  Object.fromEntries(Object.entries(value).map(([name, each]) => [name, fill(each, source)]));

function fill(value: Json, source: Source): Json {
  if (typeof value === 'string') return withPlaces(value, source);
  if (Array.isArray(value)) return (value as readonly Json[]).map(each => fill(each, source));
  return isObject(value) ? filled(value, source) : value;
}
