/** A word of the source. */
export interface Token {
  /** `broken` is what no word can be read from: its text says why. */
  readonly kind: 'name' | 'number' | 'string' | 'bytes' | 'operator' | 'bracket' | 'broken' | 'end';
  /** As written; of a string what it says, of bytes one character (0 to 255) for each. */
  readonly text: string;
  /** Code points before it. */
  readonly at: number;
}

/** How a message names a token. */
export function nameToken({ kind, text }: Token): string {
  if (kind === 'end') return 'end of the expression';
  return kind === 'string' || kind === 'bytes' ? `string ${JSON.stringify(text)}` : `'${text}'`;
}
