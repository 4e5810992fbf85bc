/**
 * Finds its way in JSON without reading it: where values and members stand, so that a large list is read element by element
 * and a mistake has its place. What it makes of malformed text is told by the parser, which looks at each part afterwards.
 */

/** Offset of the first character that is no blank. */
export function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at += 1;
  return at;
}

/** Offset behind a value; undefined when the text ends inside it. */
export function skipValue(text: string, from: number): number | undefined {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '"') {
      at = endOfString(text, at);
      if (at < 0) return undefined;
      if (depth === 0) return at + 1;
    } else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') {
      // A closing bracket ends the value before it too: `[1]`.
      if (depth === 0) return at;
      if ((depth -= 1) === 0) return at + 1;
    } else if (depth === 0 && ', \t\r\n'.includes(char)) return at;
  }
  return depth === 0 ? text.length : undefined;
}

/** Offset of the closing quote, -1 when there is none. */
function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '\\') at += 1;
    else if (char === '"') return at;
  }
  return -1;
}

/** A value inside a list, by its place in the text. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * The elements of the list at an offset, up to the first thing between them that is wrong.
 * @param wrong hears of it, with its offset
 */
export function* elementsAt(
  text: string,
  offset: number,
  wrong: (offset: number, message: string) => void,
): Generator<Span, void, undefined> {
  let at = skipBlanks(text, offset + 1);
  if (text.charAt(at) === ']') return;
  for (;;) {
    const end = skipValue(text, at);
    const to = end ?? text.length;
    if (to === at) return wrong(at, at === text.length ? 'the list is cut off here' : 'a person is missing here');
    yield { from: at, to };
    // Cut off inside an element: the parser tells.
    if (end === undefined) return;
    at = skipBlanks(text, to);
    if (text.charAt(at) === ']') return;
    if (at === text.length) return wrong(at, 'the list is cut off here; it ends with ]');
    if (text.charAt(at) !== ',') return wrong(at, 'a comma is missing here');
    at = skipBlanks(text, at + 1);
  }
}

/** Where a member of the object at an offset has its value; undefined without such a member. */
export function memberAt(text: string, offset: number, name: string): number | undefined {
  for (let at = skipBlanks(text, offset + 1); text.charAt(at) === '"';) {
    const keyEnd = endOfString(text, at) + 1;
    if (keyEnd === 0) return undefined;
    const key = text.slice(at, keyEnd);
    const value = skipBlanks(text, skipBlanks(text, keyEnd) + 1);
    if (key === JSON.stringify(name)) return value;
    const end = skipValue(text, value);
    if (end === undefined) return undefined;
    at = skipBlanks(text, skipBlanks(text, end) + 1);
  }
  return undefined;
}
