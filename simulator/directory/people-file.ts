import type { Person } from './model.ts';

/** What is wrong with a file of people, and where. */
export interface PeopleProblem {
  /** From 1. */
  readonly line: number;
  /** In a CSV file the number of the cell, in JSON that of the character, from 1. */
  readonly column: number;
  /** Name of the column or member, where it is about one. */
  readonly field?: string;
  /** What is wrong and what would be right. */
  readonly message: string;
}

/** Somebody as a file has them. The manager may still be named by user name or address. */
export interface PersonRow {
  readonly line: number;
  readonly column: number;
  /** Column of a member of the system user, for problems found later. */
  readonly columnOf: (field: string) => number;
  /** The same for the line. */
  readonly lineOf: (field: string) => number;
  readonly id: string | undefined;
  readonly values: Partial<Omit<Person, 'id'>>;
  /** Names of user groups. */
  readonly groups: readonly string[];
}

/** A file as far as it could be read: rows, and what is wrong with others. */
export interface PeopleFile {
  readonly rows: readonly PersonRow[];
  readonly problems: readonly PeopleProblem[];
}

/** A file, whole or in pieces; bytes are UTF-8. */
export type Source = string | Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/** Most people of a file, and problems that are told. */
export const MOST_ROWS = 100_000;
export const MOST_PROBLEMS = 1000;

/** One line for a problem: `people.csv:3:4: Email: …`. */
export const problemLine = (file: string, { line, column, field, message }: PeopleProblem): string =>
  `${file}:${line}:${column}: ${field === undefined ? '' : `${field}: `}${message}`;

/** The text of a file that is not UTF-8. */
export const NOT_UTF8 = 'the file is not UTF-8 from here on; save it as UTF-8 (in a spreadsheet: "CSV UTF-8")';
const UTF16 = 'the file is UTF-16; save it as UTF-8 (in a spreadsheet: "CSV UTF-8")';

/** A file cannot be read any further. The message says why. */
export class UnreadableFile extends Error {
  readonly code = 'people-file';
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UnreadableFile';
  }
}

/**
 * The text of a source piece by piece, without a byte order mark.
 * @throws UnreadableFile for bytes that are no UTF-8
 */
export async function* textOf(source: Source): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (bytes?: Uint8Array): string => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch (cause) {
      throw new UnreadableFile(NOT_UTF8, { cause });
    }
  };
  let atStart = true;
  for await (const piece of typeof source === 'string' ? [source] : source) {
    if (piece.length === 0) continue;
    if (atStart && typeof piece !== 'string' && isUtf16(piece)) throw new UnreadableFile(UTF16);
    const text = typeof piece === 'string' ? piece : decode(piece);
    yield atStart ? text.replace(/^\uFEFF/, '') : text;
    atStart = false;
  }
  const rest = decode();
  if (rest !== '') yield rest;
}

/** A byte order mark of UTF-16, or the zeros that ASCII has there. */
function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || first === 0 || second === 0;
}
