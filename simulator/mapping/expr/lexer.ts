import { OPERATOR_WORDS } from './operators.ts';
import { LexicalRefusal, readQuoted, readRaw } from './quoted.ts';
import type { Token } from './token.ts';

const SPACE = /^\p{White_Space}$/u;
const WORD = /^[\p{L}\p{Nd}_$]$/u;
const DIGIT = /^[0-9]$/;
const QUOTES = '"\'';
const BRACKETS = '([{)]}';
const SINGLE = '#,+-^%;';
/** Signs that one more of `&=*` may follow: `&&`, `==`, `**`, `<=`. */
const DOUBLED = '&!=*<>';

/** A word and where it ends; no kind for what stands between words. */
interface Lexeme {
  readonly kind?: Token['kind'];
  readonly end: number;
  /** What it says, where that is not what is written. */
  readonly text?: string;
}

/**
 * Cuts a source into words. The last is of kind `end`, and points at the last character where something was expected
 * after it; or it is `broken`, and what follows it is not read.
 */
export function lex(source: string): readonly Token[] {
  const characters = Array.from(source);
  const tokens: Token[] = [];
  try {
    for (let at = 0; at < characters.length;) {
      const { kind, end, text = characters.slice(at, end).join('') } = lexemeAt(characters, at);
      if (kind) tokens.push({ kind, text, at });
      at = end;
    }
  } catch (error) {
    if (!(error instanceof LexicalRefusal)) throw error;
    return [...tokens, { kind: 'broken', text: error.message, at: error.offset }];
  }
  return [...tokens, { kind: 'end', text: '', at: Math.max(0, characters.length - 1) }];
}

/** @throws LexicalRefusal */
function lexemeAt(characters: readonly string[], at: number): Lexeme {
  const character = characters[at] ?? '';
  const next = characters[at + 1] ?? '';
  if (SPACE.test(character)) return { end: at + 1 };
  if (character === '/' && (next === '/' || next === '*')) return { end: endOfComment(characters, at) };
  if (QUOTES.includes(character)) return { kind: 'string', ...readQuoted(characters, at) };
  if (character === '`') return { kind: 'string', ...readRaw(characters, at) };
  if (/^b$/i.test(character) && next !== '' && QUOTES.includes(next)) {
    return { kind: 'bytes', ...readQuoted(characters, at + 1, true) };
  }
  if (DIGIT.test(character) || (character === '.' && DIGIT.test(next))) return numberAt(characters, at);
  if (WORD.test(character)) return wordAt(characters, at);
  if (BRACKETS.includes(character)) return { kind: 'bracket', end: at + 1 };
  const length = operatorLength(character, next);
  if (length === 0) throw new LexicalRefusal(`'${character}' means nothing here`, at);
  return { kind: 'operator', end: at + length };
}

function numberAt(characters: readonly string[], at: number): Lexeme {
  const end = endOfNumber(characters, at);
  if (WORD.test(characters[end] ?? '')) {
    throw new LexicalRefusal(`'${characters.slice(at, end + 1).join('')}' is no number`, end);
  }
  return { kind: 'number', end };
}

function wordAt(characters: readonly string[], at: number): Lexeme {
  let end = at;
  while (WORD.test(characters[end] ?? '')) end++;
  return { kind: OPERATOR_WORDS.has(characters.slice(at, end).join('')) ? 'operator' : 'name', end };
}

function operatorLength(character: string, next: string): number {
  if (character === '?') return next === '.' || next === '?' ? 2 : 1;
  if (character === '|' || character === ':' || character === '.') return next === character ? 2 : 1;
  if (DOUBLED.includes(character)) return next !== '' && '&=*'.includes(next) ? 2 : 1;
  return SINGLE.includes(character) || character === '/' ? 1 : 0;
}

/** @throws LexicalRefusal */
function endOfComment(characters: readonly string[], start: number): number {
  if (characters[start + 1] === '/') {
    const end = characters.indexOf('\n', start);
    return end === -1 ? characters.length : end + 1;
  }
  for (let at = start + 2; at < characters.length; at++) {
    if (characters[at] === '*' && characters[at + 1] === '/') return at + 2;
  }
  throw new LexicalRefusal('the comment is not closed', characters.length);
}

/** Digits by the letter of their base; `_` may stand between. */
const DIGITS_OF: ReadonlyMap<string, RegExp> = new Map([
  ['x', /^[0-9a-fA-F_]$/],
  ['o', /^[0-7_]$/],
  ['b', /^[01_]$/],
]);
const DECIMAL = /^[0-9_]$/;

/** `1..3` is a range, so that a dot before another dot does not belong to the number. */
function endOfNumber(characters: readonly string[], start: number): number {
  let at = start;
  let digits = DECIMAL;
  if (characters[at] === '0') {
    const base = DIGITS_OF.get((characters[at + 1] ?? '').toLowerCase());
    at += base ? 2 : 1;
    digits = base ?? DECIMAL;
  }
  const run = () => {
    while (digits.test(characters[at] ?? '')) at++;
  };
  run();
  if (characters[at] === '.') {
    if (characters[at + 1] === '.') return at;
    at++;
    run();
  }
  if (/^[eE]$/.test(characters[at] ?? '')) {
    at++;
    if (/^[+-]$/.test(characters[at] ?? '')) at++;
    run();
  }
  return at;
}
