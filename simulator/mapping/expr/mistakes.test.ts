import { expect } from 'chai';
import { exampleContext } from './example-context.test.ts';
import { compile, contextOf, ExprError } from './index.ts';

/** Expressions, what is said of them and how many characters stand before the place. */
const mistakes: Readonly<Record<string, readonly (readonly [source: string, reason: string, offset: number])[]>> = {
  syntax: [
    ['', 'unexpected end of the expression', 0],
    ['1 +', 'unexpected end of the expression', 2],
    ['1 + * 2', `unexpected '*'`, 4],
    ['1 2', `unexpected '2'`, 2],
    ['(1', `unexpected end of the expression, expected ')'`, 1],
    ['[1', `unexpected end of the expression, expected ',' or ']'`, 1],
    ['{a: 1', `unexpected end of the expression, expected ',' or '}'`, 4],
    ['{a 1}', `unexpected '1', expected ':'`, 3],
    ['{,}', `unexpected ',': the key of a map is a name, a string, a number, or an expression in parentheses`, 1],
    ['[1,,2]', `unexpected ','`, 3],
    ['a[]', `unexpected ']'`, 2],
    ['a[1:2', `unexpected end of the expression, expected ']'`, 4],
    ['a.', 'a name is missing at the end of the expression', 1],
    ['1.x', `'1.x' is no number`, 2],
    ['1abc', `'1a' is no number`, 1],
    ['0b2', `'0b2' is no number`, 2],
    ['"abc', 'the string is not closed', 4],
    [String.raw`"a\qb"`, String.raw`\q is no escape`, 3],
    [String.raw`"a\u12"`, String.raw`the escape \u takes 4 hexadecimal digits`, 6],
    ['`abc', 'the string is not closed', 4],
    ['1 /* c', 'the comment is not closed', 6],
    ['1 @ 2', `'@' means nothing here`, 2],
    ['"é" + @', `'@' means nothing here`, 6],
    ['1 & 2', `unexpected '&'`, 2],
    ['a = 1', `unexpected '='`, 2],
    [')', `unexpected ')'`, 0],
    ['let x = 1', `unexpected end of the expression, expected ';'`, 8],
    ['let x = 1;', 'unexpected end of the expression', 9],
    ['let = 1; 2', `unexpected '=', expected a name`, 4],
    ['true ? 1', `unexpected end of the expression, expected ':'`, 7],
    ['true ? 1 :', 'unexpected end of the expression', 9],
    ['if true { 1 }', `unexpected end of the expression, expected 'else'`, 12],
    ['if true 1 else 2', `unexpected '1', expected '{'`, 8],
    ['if true { 1 } else { 2 } + 1', `unexpected '+'`, 25],
    ['1 + if true { 1 } else { 2 }', `unexpected 'if'`, 4],
    ['n ?? 1 + 2', `'+' cannot stand beside '??': put one of them into parentheses`, 7],
    ['n ?? 1 == 2', `'==' cannot stand beside '??': put one of them into parentheses`, 7],
    ['n ?? 1 in [1]', `'in' cannot stand beside '??': put one of them into parentheses`, 7],
    ['1 not 2', `unexpected '2'`, 6],
    ['"a" | upper', `unexpected end of the expression, expected '('`, 10],
    ['a | 1', `unexpected '1', expected a name`, 4],
    ['"a" | .x', `unexpected '.', expected a name`, 6],
    ['nil.x', `unexpected '.'`, 3],
    ['1[0]', `unexpected '['`, 1],
    ['#', `'#' has a meaning only inside a predicate, as in filter(list, # > 1)`, 0],
    ['.x', `'.' has a meaning only inside a predicate, as in filter(list, # > 1)`, 0],
    ['map([1])', 'map takes at least 2 arguments', 7],
    ['map()', 'map takes at least 2 arguments', 4],
    ['map([1], 1; #)', 'put a predicate of several steps into braces', 10],
    ['len("a"; "b")', `unexpected ';', expected ',' or ')'`, 7],
    ['{if: 1}', `unexpected 'if': the key of a map is a name, a string, a number, or an expression in parentheses`, 1],
  ],
  'known before it is evaluated': [
    ['1 + "a"', `'+' cannot take int and string`, 2],
    ['"a" + nil', `'+' cannot take string and nil`, 4],
    ['true and 1', `'and' cannot take bool and int`, 5],
    ['not 1 == 2', `'not' cannot take int`, 0],
    ['not nil', `'not' cannot take nil`, 0],
    ['-"a"', `'-' cannot take string`, 0],
    ['1 == "1"', `'==' cannot take int and string`, 2],
    ['"a" < 1', `'<' cannot take string and int`, 4],
    ['true == 1 < 2', `'==' cannot take bool and int`, 5],
    ['[1] + [2]', `'+' cannot take array and array`, 4],
    ['7.0 % 2', `'%' cannot take float and int`, 4],
    ['1.5..3', `'..' cannot take float and int`, 3],
    ['"a" in "abc"', `'in' cannot take string and string`, 4],
    ['"a" in [1]', `'in' cannot take string and array`, 4],
    ['1 in {a: 1}', `'in' cannot take int and map`, 2],
    ['["a"] contains "a"', `'contains' cannot take array and string`, 6],
    ['1 matches "x"', `'matches' cannot take int and string`, 2],
    ['"hello" matches "("', 'the regular expression cannot be read: missing closing ): `(`', 8],
    ['"x" matches "(?=x)"', 'the regular expression cannot be read: invalid or unsupported Perl syntax: `(?=`', 4],
    ['1 ? 2 : 3', 'a condition is a bool, not int', 0],
    ['true ? 1 : 1 + "a"', `'+' cannot take int and string`, 13],
    ['false && (1 == "a")', `'==' cannot take int and string`, 12],
    ['"abc".x', 'string has no member x', 6],
    ['[1].x', 'an element is chosen by an int, not by string', 4],
    ['{a: 1} == [1]', `'==' cannot take map and array`, 7],
    ['[1, 2, 3]["a"]', 'an element is chosen by an int, not by string', 10],
    ['"abc"[1]', 'string has no member by index', 5],
    ['{a: 1}[0:1]', 'map cannot be sliced', 6],
    ['len(1)', 'len takes string or array or map or bytes here, not int', 0],
    ['upper(1)', 'upper takes string here, not int', 6],
    ['upper(nil)', 'upper takes string here, not nil', 6],
    ['replace("a", "b")', 'replace takes 3 to 4 arguments, not 2', 0],
    ['max("a", "b")', 'max takes int or float or array here, not string', 0],
    ['keys([1])', 'keys takes map here, not array', 0],
    ['filter([1, 2], 1)', 'the predicate of filter gives a bool, not int', 15],
    ['filter("abc", true)', 'filter goes through an array, not string', 7],
    ['all([1], #index == 0)', 'there is no #index here: #index is in map and reduce, #acc in reduce', 9],
    ['map([1, 2], #acc)', 'there is no #acc here: #index is in map and reduce, #acc in reduce', 12],
    ['map([1, 2, 3], # + "a")', `'+' cannot take int and string`, 17],
    ['let len = 1; len', 'len is a function of the language', 4],
    ['let x = 1; let x = 2; x', 'x is a variable already', 15],
    ['let x = 1; x()', 'x is int, not a function', 11],
    ['let x = "a"; x + 1', `'+' cannot take string and int`, 15],
    ['date("2023-08-14").Foo()', 'time has no method Foo', 19],
    ['date("2023-08-14") + 1', `'+' cannot take time and int`, 19],
    ['duration("1h") / 2', `'/' cannot take duration and int`, 15],
  ],
  'only known when it is evaluated': [
    ['unknown.x', `nil has no member 'x': unknown is not in the context`, 8],
    ['m.q.r', `nil has no member 'r'`, 4],
    ['s + i', `'+' cannot take string and float`, 2],
    ['n + 1', `'+' cannot take nil and int`, 2],
    ['i % 2', `'%' cannot take float and int`, 2],
    ['s.x', `a string has no member 'x'`, 2],
    ['i.x', `float has no member 'x'`, 2],
    ['m[1]', 'a key of this map is a string, not int', 1],
    ['[1, 2, 3][3]', 'there is no element 3: the length is 3', 9],
    ['[1, 2, 3][-4]', 'there is no element -4: the length is 3', 9],
    ['7 % 0', 'an int cannot be divided by zero', 2],
    ['0..1000001', 'the expression needs more than 1000000 elements', 1],
    ['trim(n)', 'trim takes string here, not nil', 0],
    ['repeat("ab", -1)', 'repeat takes a count from 0 up, not -1', 0],
    ['repeat("ab", 1000001)', 'the expression needs more than 1000000 elements', 0],
    ['join([1, 2])', 'join takes an array of strings, not of int', 0],
    ['int("3.5")', '"3.5" is no int', 0],
    ['int("")', '"" is no int', 0],
    ['float("x")', '"x" is no float', 0],
    ['len(n)', 'len takes string or array or map or bytes here, not nil', 0],
    ['filter(n, true)', 'filter goes through an array, not nil', 0],
    ['reduce([], #acc + #)', 'reduce has nothing to start with: the array is empty and no third argument is given', 0],
    ['sort([1, "a"])', `'<' cannot take string and int`, 0],
    ['sort([1], "x")', `the order is 'asc' or 'desc', not "x"`, 0],
    ['sortBy(objs, .type, "up")', `the order is 'asc' or 'desc', not "up"`, 0],
    ['fromPairs([1])', 'fromPairs takes an array of pairs: arrays of two', 0],
    ['groupBy([[1]], #)', 'array cannot be a key', 0],
    ['fromJSON("{")', `the text is no JSON: Expected property name or '}' in JSON at position 1`, 0],
    ['fromBase64("!!!")', '"!!!" is no base64 with its padding', 0],
    ['bitshl(1, -1)', 'bits cannot be shifted by -1 places', 0],
    ['date("nope")', '"nope" is no date that is known without a layout, such as 2006-01-02', 0],
    ['date("2023-02-30")', '"2023-02-30" is no date that is known without a layout, such as 2006-01-02', 0],
    [
      'date("2023-08-14", "02.01.2006")',
      '"2023-08-14" is not written as "02.01.2006": "23-08-14" where "." belongs',
      0,
    ],
    ['date("2023-08-14", "2006-01-02", "Nope/Zone")', 'there is no time zone "Nope/Zone"', 0],
    ['duration("1x")', '"1x" is no duration: there is no unit "x"; there are h, m, s, ms, us and ns', 0],
    ['timezone("Nope")', 'there is no time zone "Nope"', 0],
    ['m.k()', 'map has no method k', 2],
    ['(true ? n : 1) + 1', `'+' cannot take nil and int`, 15],
    ['{(1 + 1): 2}', 'a key of a map is a string, not int', 0],
  ],
};

const errorOf = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return error;
  }
};

describe('mistakes in expressions', () => {
  const context = contextOf('', exampleContext);
  for (const [kind, rows] of Object.entries(mistakes)) {
    describe(kind, () => {
      for (const [source, reason, offset] of rows) {
        it(`${source}: ${reason}`, () => {
          const error = errorOf(() => compile(source).print(context, () => 0));
          expect(error).to.be.instanceOf(ExprError);
          expect(error).to.include({ reason, offset });
        });
      }
    });
  }

  for (const [source] of mistakes['known before it is evaluated'] ?? []) {
    it(`${source} is found without a context`, () => {
      expect(() => compile(source)).to.throw(ExprError);
    });
  }

  it('are shown in their line, with a caret below the place', () => {
    const error = errorOf(() => compile('let a = 1;\n\ta + "é" + @'));
    expect(error).to.include({ code: 'syntax', line: 2, column: 12, offset: 22 });
    expect(error).to.have.property('excerpt', ' a + "é" + @\n           ^');
    expect(error).to.have.property('message', "'@' means nothing here (line 2, column 12)");
  });

  it('are shown with what stands around them in a long line', () => {
    const error = errorOf(() => compile(`${'1 + '.repeat(100)}@`));
    expect(error).to.have.property('excerpt', `${'1 + '.repeat(15)}@\n${' '.repeat(60)}^`);
  });

  const misspelt: readonly [source: string, suggestion: string][] = [
    ['uper("a")', 'upper'],
    ['[1] | uniqe()', 'uniq'],
    ['date("2023-08-14").Formt("2006")', 'Format'],
    ['jcuser.firstname', 'jcUser'],
  ];
  for (const [source, suggestion] of misspelt) {
    it(`of spelling bring a suggestion: ${suggestion} for ${source}`, () => {
      expect(() => compile(source).print(context, () => 0)).to.throw(ExprError, `did you mean ${suggestion}?`);
    });
  }
});
