import pc from 'picocolors';
import { visible } from './visible.ts';

/** Colours by what they mean; without colour each gives its text back. */
export type Paint = ReturnType<typeof paintFor>;

export function paintFor(color: boolean) {
  const { bold, dim, red, yellow, magenta, cyan, green } = pc.createColors(color);
  return { strong: bold, quiet: dim, failure: red, warning: yellow, error: magenta, open: cyan, pass: green };
}

/** Longer values are cut: the record and the other reports have them whole. */
const LONGEST_VALUE = 600;

/** One line that is safe on a terminal: hidden characters are spelled out, line ends and tabs become one space. */
export const plain = (text: string): string => visible(text.replace(/[\r\n\t]+/g, ' '));

/** {@link plain}, and cut with a note when it is very long. */
export function plainValue(text: string): string {
  if (text.length <= LONGEST_VALUE) return plain(text);
  const note = `... (${text.length.toLocaleString('en-US')} characters; the report has them all)`;
  return `${plain(text.slice(0, LONGEST_VALUE))}${note}`;
}

const WIDE =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\uFF01-\uFF60\u3000-\u303E]/u;

/** Columns of plain text on a terminal. */
export const columns = (text: string): number =>
  Array.from(text).reduce((sum, char) => sum + (/\p{M}/u.test(char) ? 0 : WIDE.test(char) ? 2 : 1), 0);

/** Where a log of GitHub would take a line for a command: `::` begins it (blanks aside), or `##[` is in it. */
const inert = (line: string): string => line.replace(/^::/, ': :').replaceAll('##[', '## [');

/**
 * Breaks plain text at spaces into lines of at most `width` columns; a longer word is broken where it must. No line is a
 * command to the runner of a workflow, whatever an endpoint says.
 */
export const wrap = (text: string, width: number): string[] => broken(text, width).map(inert);

function broken(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/ +/).filter(Boolean)) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (columns(joined) <= width) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    line = '';
    for (const char of word) {
      if (columns(line + char) > width) {
        lines.push(line);
        line = '';
      }
      line += char;
    }
  }
  return line === '' ? lines : [...lines, line];
}

/** Wrapped text below a label: the label stands once, in front of the first line. */
export function labelled(label: string, text: string, width: number): string[] {
  const [first = '', ...rest] = wrap(text, Math.max(20, width - columns(label)));
  return [`${label}${first}`.trimEnd(), ...rest.map(line => ' '.repeat(columns(label)) + line)];
}
