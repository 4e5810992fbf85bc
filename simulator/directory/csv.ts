/** One record of a CSV file: a row, its cells, and the line it starts on (from 1). */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** What makes a record unreadable. */
export interface CsvProblem {
  /** Where it stands, from 1; a record may go over several lines. */
  readonly line: number;
  /** The cell it is in, from 1. */
  readonly column: number;
  readonly message: string;
}

/** What is done with the records of a file, in their order. */
export interface CsvHandler {
  readonly record: (record: CsvRecord) => void;
  readonly problem: (problem: CsvProblem) => void;
}

/** Takes a file in pieces. */
export interface CsvParser {
  write(text: string): void;
  /** The last line may lack its end. */
  end(): void;
}

/** Most of a record: what is larger is no person, and an open quote does not swallow the memory. */
const LONGEST_RECORD = 262_144;
const MOST_CELLS = 500;

/** What ends a run of characters that are taken as they are. */
const IN_QUOTES = /["\r\n]/g;
const OUTSIDE = /[",\r\n]/g;

/**
 * A reader of comma-separated values as RFC 4180 writes them: cells in quotes may hold commas, line ends and quotes
 * (doubled). Lines end with CRLF, LF or CR; empty lines are passed over. A record that cannot be read
 * is told as a problem, once, and reading goes on with the next one. Keeps one record at a time.
 */
export function createCsvParser({ record, problem }: CsvHandler): CsvParser {
  let state: 'start' | 'plain' | 'quoted' | 'closed' = 'start';
  let line = 1;
  let startLine = 1;
  let cells: string[] = [];
  let cell = '';
  let size = 0;
  let quotedLine = 1;
  let broken = false;
  let afterReturn = false;

  const breakRecord = (message: string, at = line) => {
    if (!broken) problem({ line: at, column: cells.length + 1, message });
    broken = true;
    // Whatever else belongs to this record is only looked at for where it ends.
    cell = '';
  };
  const endCell = () => {
    if (cells.length >= MOST_CELLS) breakRecord(`a row has more than ${MOST_CELLS} cells`);
    if (!broken) cells.push(cell);
    cell = '';
    state = 'start';
  };
  const endRecord = () => {
    const isEmptyLine = cells.length === 0 && cell === '' && state === 'start';
    if (!isEmptyLine) {
      endCell();
      if (!broken) record({ line: startLine, cells });
    }
    cells = [];
    size = 0;
    broken = false;
    state = 'start';
    startLine = line;
  };
  const take = (run: string) => {
    size += run.length;
    if (!broken) cell += run;
    if (size <= LONGEST_RECORD) return;
    const message = `a row is longer than ${LONGEST_RECORD} characters; is a quote left open?`;
    breakRecord(message, state === 'quoted' ? quotedLine : startLine);
    // The quote that does not close is taken as a mistake: the next line end is one.
    if (state === 'quoted') state = 'plain';
  };
  const quote = () => {
    if (state === 'start') {
      state = 'quoted';
      quotedLine = line;
    } else if (state === 'closed') {
      // A doubled quote stands for one.
      state = 'quoted';
      take('"');
    } else breakRecord('a quote inside a cell without quotes; put the cell in quotes and write the quote twice');
  };
  const outsideQuotes = (run: string) => {
    if (state === 'closed') breakRecord('text behind the closing quote of a cell; write quotes inside a cell twice');
    state = 'plain';
    take(run);
  };
  const lineEnd = (char: string) => {
    // The second half of CRLF, which the first has ended the line for.
    if (char === '\n' && afterReturn) {
      if (state === 'quoted') take(char);
      return;
    }
    line += 1;
    if (state === 'quoted') take(char);
    else endRecord();
  };

  return {
    write(text) {
      for (let at = 0; at < text.length;) {
        const char = text.charAt(at);
        const special = state === 'quoted' ? IN_QUOTES : OUTSIDE;
        special.lastIndex = at;
        const next = special.exec(text)?.index ?? text.length;
        if (next > at) {
          const run = text.slice(at, next);
          if (state === 'quoted') take(run);
          else outsideQuotes(run);
          afterReturn = false;
          at = next;
          continue;
        }
        if (char === '"') {
          if (state === 'quoted') state = 'closed';
          else quote();
        } else if (char === ',') endCell();
        else lineEnd(char);
        afterReturn = char === '\r';
        at += 1;
      }
    },
    end() {
      if (state === 'quoted') {
        breakRecord('a quote is opened here and never closed', quotedLine);
        state = 'plain';
      }
      if (cells.length > 0 || cell !== '' || state !== 'start') endRecord();
    },
  };
}

/** A row as CSV, with the line end of RFC 4180. Cells are quoted where they need it. */
export const csvRow = (cells: readonly string[]): string =>
  `${cells.map(cell => (/[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`;
