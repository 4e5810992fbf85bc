/**
 * What went wrong: `syntax` in reading the source, `type` where two values cannot meet, `name` where nothing bears a name,
 * `value` while evaluating, `budget` when a limit is reached.
 */
export type ExprErrorCode = 'syntax' | 'type' | 'name' | 'value' | 'budget';

/**
 * A mistake in an expression, or one that its evaluation met. The one class that reading, checking and evaluating throw.
 */
export class ExprError extends Error {
  override readonly name = 'ExprError';
  readonly code: ExprErrorCode;
  /** The sentence without the place. */
  readonly reason: string;
  /** Characters (code points) before the place, counted from 0. */
  readonly offset: number;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
  /** The line of the source with a caret below the place. */
  readonly excerpt: string;

  constructor(source: string, { code, reason, offset }: Fault) {
    const place = locate(source, offset);
    super(`${reason} (line ${place.line}, column ${place.column})`);
    this.code = code;
    this.reason = reason;
    this.offset = offset;
    this.line = place.line;
    this.column = place.column;
    this.excerpt = place.excerpt;
  }
}

/** A mistake before the source is put to it. */
export interface Fault {
  readonly code: ExprErrorCode;
  readonly reason: string;
  readonly offset: number;
}

/** Thrown where the place is not known yet; whoever knows it turns it into an {@link ExprError}. */
export class Refusal extends Error {
  readonly code: ExprErrorCode;

  constructor(reason: string, code: ExprErrorCode = 'value') {
    super(reason);
    this.code = code;
  }
}

/** Characters of a line shown on either side of the caret. */
const EXCERPT_REACH = 60;

function locate(source: string, offset: number): { line: number; column: number; excerpt: string } {
  const before = Array.from(source).slice(0, offset).join('').split('\n');
  const line = before.length;
  const column = Array.from(before.at(-1) ?? '').length;
  const text = Array.from(source.split('\n')[line - 1] ?? '');
  const start = Math.max(0, column - EXCERPT_REACH);
  const shown = text.slice(start, column + EXCERPT_REACH).map(character => (character === '\t' ? ' ' : character));
  return { line, column: column + 1, excerpt: `${shown.join('')}\n${' '.repeat(column - start)}^` };
}
