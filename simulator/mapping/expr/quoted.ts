import { Refusal } from './error.ts';

/** What stands between quotes, and the offset behind the closing one. */
export interface Quoted {
  readonly text: string;
  readonly end: number;
}

/** A {@link Refusal} in reading words, with the offset that the message points at. */
export class LexicalRefusal extends Refusal {
  readonly offset: number;

  constructor(reason: string, offset: number) {
    super(reason, 'syntax');
    this.offset = offset;
  }
}

const SIMPLE: ReadonlyMap<string, string> = new Map([
  ['a', '\u0007'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\\', '\\'],
]);

/** Digits that an escape takes, by the letter behind the backslash, and their base. */
const NUMBERED: ReadonlyMap<string, readonly [digits: number, base: number]> = new Map([
  ['x', [2, 16]],
  ['u', [4, 16]],
  ['U', [8, 16]],
]);

const DIGITS: Readonly<Record<number, RegExp>> = { 8: /^[0-7]$/, 16: /^[0-9a-fA-F]$/ };
const NOT_TERMINATED = 'the string is not closed';

/**
 * Reads a string in single or double quotes from its opening quote on. An octal escape has three digits, `\x` two, `\u`
 * four and `\U` eight; the other quote is not escaped.
 * @param byteWise whether each character of the result stands for a byte: of an escape, or of the UTF-8 of other text
 * @throws LexicalRefusal
 */
export function readQuoted(source: readonly string[], start: number, byteWise = false): Quoted {
  const quote = source[start];
  let text = '';
  let at = start + 1;
  for (;;) {
    const character = source[at];
    if (character === undefined) throw new LexicalRefusal(NOT_TERMINATED, source.length);
    if (character === '\n') throw new LexicalRefusal(NOT_TERMINATED, at);
    if (character === quote) return { text, end: at + 1 };
    if (character !== '\\') {
      text += byteWise ? toBytes(character) : character;
      at++;
      continue;
    }
    const escape = readEscape(source, at + 1, quote ?? '', byteWise);
    text += escape.text;
    at = escape.end;
  }
}

function readEscape(source: readonly string[], at: number, quote: string, byteWise: boolean): Quoted {
  const letter = source[at] ?? '';
  const simple = letter === quote ? quote : SIMPLE.get(letter);
  if (simple !== undefined) return { text: simple, end: at + 1 };
  const octal = /^[0-7]$/.test(letter);
  const [digits, base] = octal ? [3, 8] : (NUMBERED.get(letter) ?? [0, 0]);
  if (digits === 0) throw new LexicalRefusal(`\\${letter} is no escape`, Math.min(at, source.length));
  const first = octal ? at : at + 1;
  const value = readDigits(source, first, { letter, digits, base });
  const end = first + digits;
  const wide = letter === 'u' || letter === 'U';
  if (value > 0x10_ff_ff || (octal && value > 0xff) || (byteWise && wide)) {
    throw new LexicalRefusal(`the escape \\${letter} stands for no ${byteWise ? 'byte' : 'character'}`, end - 1);
  }
  const surrogate = value >= 0xd800 && value < 0xe000;
  return { text: surrogate ? '\ufffd' : String.fromCodePoint(value), end };
}

function readDigits(
  source: readonly string[],
  first: number,
  { letter, digits, base }: { readonly letter: string; readonly digits: number; readonly base: number },
): number {
  let value = 0;
  for (let at = first; at < first + digits; at++) {
    const digit = source[at] ?? '';
    if (!DIGITS[base]?.test(digit)) {
      const wanted = `${digits} ${base === 8 ? 'octal' : 'hexadecimal'} digits`;
      throw new LexicalRefusal(`the escape \\${letter} takes ${wanted}`, Math.min(at, source.length));
    }
    value = value * base + Number.parseInt(digit, base);
  }
  return value;
}

const toBytes = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

/**
 * Reads a raw string from its opening backtick on: nothing is escaped, and two backticks stand for one.
 * @throws LexicalRefusal
 */
export function readRaw(source: readonly string[], start: number): Quoted {
  let text = '';
  let at = start + 1;
  for (;;) {
    const character = source[at];
    if (character === undefined) throw new LexicalRefusal(NOT_TERMINATED, source.length);
    at++;
    if (character === '`') {
      if (source[at] !== '`') return { text, end: at };
      at++;
    }
    text += character;
  }
}
