/** A place in a text, both counted from 1; columns in UTF-16 units, as editors count them. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where an offset lies; one past the end lies behind the last character. */
export function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, Math.max(0, offset));
  const start = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: before.length - start + 1 };
}

/** Longest part of a line that is shown, in characters. */
const WIDTH = 100;

/**
 * The line of an offset with a caret below the place, for an error message:
 *
 * ```
 *   3 | filtr: userName eq "a"
 *     | ^^^^^
 * ```
 *
 * @param length how many characters the caret underlines, at least one; it stops at the end of the line
 */
export function excerpt(text: string, offset: number, length = 1): string {
  const { line, column } = positionOf(text, offset);
  const whole = (text.split('\n')[line - 1] ?? '').replaceAll('\t', ' ').replace(/\r$/, '');
  const from = column > WIDTH - 20 ? column - WIDTH / 2 : 0;
  const shown = whole.slice(from, from + WIDTH);
  const at = column - 1 - from;
  const number = String(line);
  const carets = '^'.repeat(Math.max(1, Math.min(length, shown.length - at)));
  return `  ${number} | ${shown}\n  ${' '.repeat(number.length)} | ${' '.repeat(at)}${carets}`;
}
