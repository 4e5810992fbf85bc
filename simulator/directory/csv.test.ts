import { expect } from 'chai';
import fc from 'fast-check';
import { createCsvParser, csvRow, type CsvProblem, type CsvRecord } from './csv.ts';

function read(...pieces: readonly string[]): { records: CsvRecord[]; problems: CsvProblem[] } {
  const records: CsvRecord[] = [];
  const problems: CsvProblem[] = [];
  const parser = createCsvParser({ record: each => records.push(each), problem: each => problems.push(each) });
  for (const piece of pieces) parser.write(piece);
  parser.end();
  return { records, problems };
}

describe('CSV reader', () => {
  const files: readonly [what: string, text: string, records: readonly [line: number, ...cells: string[]][]][] = [
    [
      'rows that end with CRLF',
      'a,b\r\n1,2\r\n',
      [
        [1, 'a', 'b'],
        [2, '1', '2'],
      ],
    ],
    [
      'rows that end with LF, the last one with nothing',
      'a,b\n1,2',
      [
        [1, 'a', 'b'],
        [2, '1', '2'],
      ],
    ],
    [
      'rows that end with CR',
      'a\rb\r',
      [
        [1, 'a'],
        [2, 'b'],
      ],
    ],
    [
      'empty lines',
      '\n\na\r\n\r\nb\n',
      [
        [3, 'a'],
        [5, 'b'],
      ],
    ],
    [
      'empty cells',
      ',\n"",\n""\n',
      [
        [1, '', ''],
        [2, '', ''],
        [3, ''],
      ],
    ],
    [
      'commas, quotes and line ends in quotes',
      '"a,b","say ""hi""","x\r\ny"\nz',
      [
        [1, 'a,b', 'say "hi"', 'x\r\ny'],
        [3, 'z'],
      ],
    ],
    ['blanks around cells', ' a , b \n', [[1, ' a ', ' b ']]],
  ];
  for (const [what, text, records] of files) {
    it(`reads ${what}`, () => {
      const expected = records.map(([line, ...cells]) => ({ line, cells }));
      expect(read(text)).to.deep.equal({ records: expected, problems: [] });
      expect(read(...text.split(''))).to.deep.equal({ records: expected, problems: [] });
    });
  }

  const wrong: readonly [
    what: string,
    text: string,
    problem: readonly [line: number, column: number, RegExp],
    left: string[],
  ][] = [
    ['a quote in the middle', 'a\nx,b"c\nd', [2, 2, /write the quote twice/], ['a', 'd']],
    ['text behind a closing quote', 'a\n"b"c,"x\ny"\nd', [2, 1, /behind the closing quote/], ['a', 'd']],
    ['a quote that does not close', 'a\nb,"c\nd\n', [2, 2, /never closed/], ['a']],
    ['too many cells', `a\n${','.repeat(600)}\nd`, [2, 501, /more than 500 cells/], ['a', 'd']],
    ['a row without end', `a\n"${'x'.repeat(300_000)}\nd`, [2, 1, /longer than 262144 characters/], ['a', 'd']],
  ];
  for (const [what, text, [line, column, message], left] of wrong) {
    it(`names line and cell of ${what}, and goes on`, () => {
      const { records, problems } = read(text);
      expect(problems).to.have.length(1);
      expect(problems[0]).to.include({ line, column });
      expect(problems[0]?.message).to.match(message);
      expect(records.map(({ cells }) => cells.join())).to.deep.equal(left);
    });
  }

  it('reads what the writer writes, in whatever pieces it comes', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', 'é', '😀', '\uFEFF') });
    // A row with one empty cell is an empty line.
    const row = fc.array(cell, { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 4 }), fc.nat({ max: 30 }), (rows, at) => {
        const text = rows.map(csvRow).join('');
        const { records, problems } = read(text.slice(0, at), text.slice(at));
        expect(problems).to.deep.equal([]);
        expect(records.map(({ cells }) => cells)).to.deep.equal(rows);
      }),
    );
  });
});
