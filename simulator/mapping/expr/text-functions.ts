import type { Budget } from './budget.ts';
import { Refusal } from './error.ts';
import { COUNT, optional, TEXT, type ExprFunction } from './function.ts';
import { TYPES, listOf } from './static-type.ts';
import type { Value } from './value.ts';

type TextCall = (texts: readonly string[], count: number | undefined, budget: Budget) => Value;

/** Texts first, then at most one count. */
function onTexts(call: TextCall): ExprFunction['call'] {
  return (args, { budget }) => {
    const texts = args.filter(arg => typeof arg === 'string');
    const count = args.find(arg => typeof arg === 'bigint');
    return call(texts, count === undefined ? undefined : Number(count), budget);
  };
}

const grown = (text: string, budget: Budget) => {
  budget.characters(text.length);
  return text;
};

/** Functions that work on text; places in a text are counted in bytes of its UTF-8. */
export const textFunctions: readonly ExprFunction[] = [
  {
    name: 'trim',
    takes: [TEXT, optional(TEXT)],
    gives: TYPES.string,
    call: onTexts(([text = '', set]) => trim(text, set)),
  },
  {
    name: 'trimPrefix',
    takes: [TEXT, optional(TEXT)],
    gives: TYPES.string,
    call: onTexts(([text = '', prefix = ' ']) => (text.startsWith(prefix) ? text.slice(prefix.length) : text)),
  },
  {
    name: 'trimSuffix',
    takes: [TEXT, optional(TEXT)],
    gives: TYPES.string,
    call: onTexts(([text = '', suffix = ' ']) => {
      return suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text;
    }),
  },
  {
    name: 'upper',
    takes: [TEXT],
    gives: TYPES.string,
    call: onTexts(([text = ''], _, budget) =>
      grown(
        mapCase(text, character => character.toUpperCase()),
        budget,
      ),
    ),
  },
  {
    name: 'lower',
    takes: [TEXT],
    gives: TYPES.string,
    call: onTexts(([text = ''], _, budget) => grown(mapCase(text, lowerCharacter), budget)),
  },
  {
    name: 'split',
    takes: [TEXT, TEXT, optional(COUNT)],
    gives: listOf(TYPES.string),
    call: onTexts(([text = '', separator = ''], most = -1, budget) => split(text, separator, most, false, budget)),
  },
  {
    name: 'splitAfter',
    takes: [TEXT, TEXT, optional(COUNT)],
    gives: listOf(TYPES.string),
    call: onTexts(([text = '', separator = ''], most = -1, budget) => split(text, separator, most, true, budget)),
  },
  {
    name: 'replace',
    takes: [TEXT, TEXT, TEXT, optional(COUNT)],
    gives: TYPES.string,
    call: onTexts(([text = '', old = '', by = ''], most = -1, budget) => replace(text, { old, by, most }, budget)),
  },
  {
    name: 'repeat',
    takes: [TEXT, COUNT],
    gives: TYPES.string,
    call: onTexts(([text = ''], count = 0, budget) => {
      if (count < 0) throw new Refusal(`repeat takes a count from 0 up, not ${count}`);
      // A count alone may not exceed the limit either: an empty text costs nothing.
      budget.elements(Math.max(count, text.length * count));
      return text.repeat(count);
    }),
  },
  {
    name: 'indexOf',
    takes: [TEXT, TEXT],
    gives: TYPES.int,
    call: onTexts(([text = '', part = '']) => byteOffset(text, text.indexOf(part))),
  },
  {
    name: 'lastIndexOf',
    takes: [TEXT, TEXT],
    gives: TYPES.int,
    call: onTexts(([text = '', part = '']) => byteOffset(text, text.lastIndexOf(part))),
  },
  {
    name: 'hasPrefix',
    takes: [TEXT, TEXT],
    gives: TYPES.bool,
    call: onTexts(([text = '', prefix = '']) => text.startsWith(prefix)),
  },
  {
    name: 'hasSuffix',
    takes: [TEXT, TEXT],
    gives: TYPES.bool,
    call: onTexts(([text = '', suffix = '']) => text.endsWith(suffix)),
  },
];

const byteOffset = (text: string, at: number): bigint => BigInt(at <= 0 ? at : Buffer.byteLength(text.slice(0, at)));

const SPACE = /\p{White_Space}/u;

/** Without the characters of the set, or white space, at both ends. */
function trim(text: string, set?: string): string {
  const cut = set === undefined ? undefined : new Set(set);
  const isCut = (character: string) => (cut ? cut.has(character) : SPACE.test(character));
  let start = 0;
  let end = text.length;
  for (let first = characterAt(text, start); start < end && isCut(first); first = characterAt(text, start)) {
    start += first.length;
  }
  for (let last = characterBefore(text, end); end > start && isCut(last); last = characterBefore(text, end)) {
    end -= last.length;
  }
  return text.slice(start, end);
}

const characterAt = (text: string, at: number): string => String.fromCodePoint(text.codePointAt(at) ?? 0);

function characterBefore(text: string, end: number): string {
  const pair = end >= 2 ? characterAt(text, end - 2) : '';
  return pair.length === 2 ? pair : text.slice(end - 1, end);
}

/** Every character of it is known to the oldest of computers. */
const ASCII = /^[\0-\x7f]*$/;

/** Character by character: one that would become several stays as it is (`ß`). */
function mapCase(text: string, change: (character: string) => string): string {
  if (ASCII.test(text)) return change(text);
  let changed = '';
  for (const character of text) {
    const other = change(character);
    changed += Array.from(other).length === 1 ? other : character;
  }
  return changed;
}

/** The dotted capital I has a dot of its own to lose. */
const lowerCharacter = (character: string) => (character === '\u0130' ? 'i' : character.toLowerCase());

/** Pieces between separators, at most so many, and nil where none are wanted; an empty separator cuts between characters. */
function split(text: string, separator: string, most: number, keep: boolean, budget: Budget): Value {
  if (most === 0) return null;
  const pieces = separator === '' ? Array.from(text) : text.split(separator);
  budget.elements(pieces.length);
  const kept = keep ? separator : '';
  const limit = most < 0 || most > pieces.length ? pieces.length : most;
  const result = pieces.slice(0, limit - 1).map(piece => piece + kept);
  if (limit > 0) result.push(pieces.slice(limit - 1).join(separator));
  return result;
}

function replace(
  text: string,
  { old, by, most }: { readonly old: string; readonly by: string; readonly most: number },
  budget: Budget,
): string {
  // An empty text to replace stands before each character and at the end.
  const pieces = old === '' ? ['', ...Array.from(text), ''] : text.split(old);
  const places = pieces.length - 1;
  const replaced = most < 0 ? places : Math.min(most, places);
  budget.characters(text.length + replaced * by.length);
  budget.step(pieces.length);
  return pieces.map((piece, i) => piece + (i < replaced ? by : i < places ? old : '')).join('');
}
