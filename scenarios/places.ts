/** Stands for what a step answered last: `{answer.token}`. */
export const ANSWER = 'answer';

/** A place in a text that stands for something of the story: `{ada}`, `{ada.email}`. */
export interface Place {
  readonly alias: string;
  /** Empty for the id at the service provider. */
  readonly field: string;
  readonly at: number;
  readonly length: number;
}

/** The places in a text, in their order. */
export const placesIn = (text: string): readonly Place[] =>
  [...text.matchAll(/\{([a-z][\w-]*)(?:\.([\w.]+))?\}/gi)].map(({ 0: whole, 1: alias = '', 2: field = '', index }) => ({
    alias,
    field,
    at: index,
    length: whole.length,
  }));
