import { createCsvParser, csvRow, type CsvRecord } from './csv.ts';
import type { Placed } from './generate.ts';
import { EMPTY_PERSON } from './model.ts';
import { columnOf, createRowWriter, type Column, type ColumnCounts } from './people-columns.ts';
import {
  MOST_PROBLEMS,
  MOST_ROWS,
  textOf,
  UnreadableFile,
  type PeopleFile,
  type PeopleProblem,
  type PersonRow,
  type Source,
} from './people-file.ts';
import { createLists, LIST_OF } from './people-lists.ts';
import { readSystemUser, systemUserFields } from './system-user.ts';

/**
 * Reads a CSV file of people: a header of JumpCloud's columns in any order, then a row for each. Empty cells are what
 * nobody filled in; rows may end early, as spreadsheets write them. Groups and managers are names here; `settlePeople`
 * says whom they mean.
 */
export async function parsePeopleCsv(source: Source): Promise<PeopleFile> {
  const rows: PersonRow[] = [];
  const problems: PeopleProblem[] = [];
  const tell = (problem: PeopleProblem) => {
    if (problems.length < MOST_PROBLEMS) problems.push(problem);
  };
  let header: Header | undefined;
  let line = 1;
  const parser = createCsvParser({
    problem: tell,
    record(record) {
      line = record.line;
      if (!header) header = readHeader(record, tell);
      else if (rows.length === MOST_ROWS) throw new UnreadableFile(`a file has at most ${MOST_ROWS} people`);
      else readRow(record, header, rows, tell);
    },
  });
  try {
    for await (const text of textOf(source)) parser.write(text);
    parser.end();
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    tell({ line, column: 1, message: error.message });
  }
  if (!header && problems.length === 0)
    tell({ line: 1, column: 1, message: 'the file is empty; its first row names the columns' });
  return { rows, problems };
}

/** Rows of CSV, the header first: everybody as `parsePeopleCsv` reads them. */
export function* peopleCsv(people: Iterable<Placed>, counts: ColumnCounts): Generator<string, void, undefined> {
  const { header, cells } = createRowWriter(counts);
  yield csvRow(header);
  for (const { person, groups } of people) yield csvRow(cells(person, groups));
}

interface HeaderColumn {
  readonly name: string;
  readonly column: Column | { readonly kind: 'unknown' };
}

interface Header {
  readonly columns: readonly HeaderColumn[];
  /** Number of the first column about a member of the system user. */
  readonly placeOf: (field: string) => number;
}

type Tell = (problem: PeopleProblem) => void;

function readHeader({ line, cells }: CsvRecord, tell: Tell): Header {
  const seen = new Map<string, number>();
  const columns = cells.map((name, index): HeaderColumn => {
    const column = columnOf(name);
    const first = seen.get(name.trim().toLowerCase());
    if (first !== undefined) {
      tell({ line, column: index + 1, field: name, message: `the column is there already, as number ${first}` });
      return { name, column: { kind: 'unknown' } };
    }
    seen.set(name.trim().toLowerCase(), index + 1);
    if (column.kind === 'unknown') tell({ line, column: index + 1, field: name.slice(0, 80), message: column.message });
    return { name, column };
  });
  if (!columns.some(({ column }) => column.kind === 'field' && column.field === 'email')) {
    const message = 'there is no column Email, which everybody needs; does the first row name the columns?';
    tell({ line, column: 1, message });
  }
  const places = new Map<string, number>();
  for (const [index, { column }] of columns.entries()) {
    const field = fieldOf(column);
    if (field !== undefined && !places.has(field)) places.set(field, index + 1);
  }
  return { columns, placeOf: field => places.get(field.replace(/[.[].*/, '')) ?? 1 };
}

function fieldOf(column: HeaderColumn['column']): string | undefined {
  if (column.kind === 'unknown' || column.kind === 'passed-over') return undefined;
  return 'field' in column ? column.field : LIST_OF[column.kind];
}

function readRow({ line, cells }: CsvRecord, { columns, placeOf }: Header, rows: PersonRow[], tell: Tell): void {
  const surplus = cells.findIndex((cell, index) => index >= columns.length && cell !== '');
  if (surplus >= 0) {
    const message = `the row has ${cells.length} cells for ${columns.length} columns; is a comma not in quotes?`;
    tell({ line, column: surplus + 1, message });
    return;
  }
  const problems: PeopleProblem[] = [];
  const user: Record<string, unknown> = {};
  const lists = createLists();
  for (const [index, { name, column }] of columns.entries()) {
    const cell = cells[index] ?? '';
    if (cell === '' || column.kind === 'unknown' || column.kind === 'passed-over') continue;
    const wrong = (message: string) => void problems.push({ line, column: index + 1, field: name, message });
    if (column.kind === 'field') user[column.field] = valueOf(column.field, cell);
    else if (column.kind === 'list') lists.whole(column.field, cell, wrong);
    else lists.part(column, cell, wrong);
  }
  const { groups, members } = lists.done();
  const read = readSystemUser({ ...user, ...members });
  for (const { field, message } of read.problems) {
    const column = placeOf(field);
    problems.push({ line, column, field: columns[column - 1]?.name ?? field, message });
  }
  if (problems.length > 0) problems.forEach(tell);
  else rows.push({ line, column: 1, columnOf: placeOf, lineOf: () => line, id: read.id, values: read.values, groups });
}

const FLAGS = new Set(
  Object.entries(systemUserFields)
    .filter(([, read]) => typeof read({ id: '', ...EMPTY_PERSON }) === 'boolean')
    .map(([field]) => field),
);

/** Cells are text; true and false are written in any case. */
function valueOf(field: string, cell: string): unknown {
  if (!FLAGS.has(field)) return cell;
  return /^true$/i.test(cell) || (/^false$/i.test(cell) ? false : cell);
}
