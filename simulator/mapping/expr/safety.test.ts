import { expect } from 'chai';
import fc from 'fast-check';
import { exampleContext } from './example-context.test.ts';
import { compile, contextOf, ExprError } from './index.ts';

const context = contextOf('', exampleContext);
const print = (source: string) => compile(source).print(context, () => 0);

/** Fails for anything but a value and a located mistake. */
function expectAnswer(source: string): void {
  try {
    JSON.parse(print(source));
  } catch (error) {
    if (!(error instanceof ExprError))
      throw new Error(`${JSON.stringify(source)} ends in ${String(error)}`, { cause: error });
    expect(error.offset).to.be.within(0, Array.from(source).length);
  }
}

const WORDS = [
  '1 2.5 0x1f "a" \'b\' `c` b"d" nil true false _x s n i a m objs',
  '+ - * / % ** ^ == != < > <= >= && || ! ?? .. ?. ? :',
  'and or not in matches contains startsWith endsWith let if else = ; ,',
  '( ) [ ] { } | . # #index #acc :: $env .type // /* */ \\ @',
  'map filter reduce groupBy sortBy sum len split repeat toJSON fromJSON date duration now flatten concat sort string int',
  'constructor __proto__ toString \u{1f600}',
].flatMap(line => line.split(' '));

describe('expressions of anybody', () => {
  it('end in a value or a mistake whatever their words are', () => {
    const soup = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 14 }).map(words => words.join(' '));
    fc.assert(fc.property(soup, expectAnswer), { seed: 7, numRuns: 1_500 });
  });

  it('end in a value or a mistake whatever their characters are', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 40 }), expectAnswer), { seed: 7, numRuns: 1_000 });
  });

  it('end in a value or a mistake when well formed', () => {
    const { expression } = fc.letrec<{ expression: string }>(tie => ({
      expression: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        fc.constantFrom('1', '2.5', '"a"', 'nil', 'true', 's', 'n', 'i', 'a', 'm', 'objs', 'm.k', '[1, 2]', '{a: 1}'),
        fc
          .tuple(
            tie('expression'),
            fc.constantFrom('+', '-', '*', '/', '==', '<', 'in', 'and', '..'),
            tie('expression'),
          )
          .map(([left, operator, right]) => `(${left}) ${operator} (${right})`),
        fc
          .tuple(fc.constantFrom('len', 'string', 'toJSON', 'first', 'sort', 'uniq', 'max', 'keys'), tie('expression'))
          .map(([name, argument]) => `${name}(${argument})`),
        fc
          .tuple(fc.constantFrom('map', 'filter', 'groupBy', 'sortBy', 'reduce'), tie('expression'), tie('expression'))
          .map(([name, list, predicate]) => `${name}(${list}, {${predicate}; #})`),
        fc.tuple(tie('expression'), tie('expression')).map(([object, key]) => `(${object})?.[${key}]`),
      ),
    }));
    fc.assert(fc.property(expression, expectAnswer), { seed: 7, numRuns: 1_500 });
  });

  const excessive: Readonly<Record<string, string>> = {
    'a range': '0..2000000',
    'ranges inside each other': 'map(1..1000, map(1..1000, map(1..1000, #)))',
    'a loop without lists': 'all(1..1000, all(1..1000, all(1..1000, true)))',
    'text that doubles': 'reduce(1..60, #acc + #acc, "ab")',
    'text put between characters': 'replace(repeat("a", 900000), "", repeat("b", 900000))',
    'text joined': 'join(map(1..1000, repeat("a", 900)), repeat("b", 90000))',
    'a list that doubles': 'reduce(1..60, concat(#acc, #acc), [1])',
    'a list that is many times in another': 'toJSON(reduce(1..60, [#acc, #acc], 1))',
    'the same, compared': 'let x = reduce(1..60, [#acc, #acc], 1); let y = reduce(1..60, [#acc, #acc], 1); x == y',
    'the same, as the value': 'reduce(1..60, [#acc, #acc], 1)',
    'lists in lists': 'string(reduce(1..5000, [#acc], 1))',
    'lists in lists, as the value': 'reduce(1..5000, [#acc], 1)',
    'lists in lists, flattened': 'flatten(reduce(1..5000, [#acc], [1]))',
    'maps in maps, compared': 'reduce(1..5000, {{a: #acc}}, 1) == reduce(1..5000, {{a: #acc}}, 1)',
    'expressions compiled again and again': 'map(1..100000, "a" matches ("(a{0,500}){1,2}" + string(#)))',
    'repeats in a long text': 'repeat("a", 500000) matches "(a?){500}a{500}$"',
    'a long text measured again and again': 'let t = repeat("x", 900000); map(1..10000, len(t))',
    'a long text cut again and again': 'let t = repeat("x", 900000); map(1..10000, t[0:1])',
    'long texts compared again and again':
      'let t = repeat("x", 900000); let u = repeat("x", 900000); all(1..100000, t == u)',
    'a long list cut again and again': 'let l = 1..900000; map(1..1000, l[1:])',
    'a long list averaged again and again': 'let l = 1..900000; map(1..1000, mean(l))',
    'JSON in JSON': 'fromJSON(repeat("[", 600) + repeat("]", 600))',
  };
  for (const [what, source] of Object.entries(excessive)) {
    it(`are stopped at ${what}`, () => {
      expect(() => print(source))
        .to.throw(ExprError)
        .with.property('code', 'budget');
    });
  }

  const large: Readonly<Record<string, string>> = {
    'too long': `"${'a'.repeat(100_001)}"`,
    'of too many parts': `[${'1,'.repeat(10_001)}]`,
    'with too many parentheses': '('.repeat(5_000) + '1' + ')'.repeat(5_000),
    'with too many signs': `${'-'.repeat(5_000)}1`,
    'a chain too long': `1${' + 1'.repeat(3_000)}`,
    'with too many branches': `${'true ? 1 : '.repeat(2_000)}1`,
  };
  for (const [what, source] of Object.entries(large)) {
    it(`are not read when ${what}`, () => {
      expect(() => compile(source))
        .to.throw(ExprError)
        .with.property('code', 'budget');
    });
  }

  it('match the patterns that others hang on', () => {
    expect(print('(repeat("a", 50000) + "b") matches "^(a+)+$"')).to.equal('false');
    expect(print('repeat("x", 50000) matches "(x+x+)+y"')).to.equal('false');
  });

  it('see the own members of the context alone', () => {
    const names = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'];
    for (const name of names) {
      expect(print(name), name).to.equal('null');
      expect(print(`m.${name}`), name).to.equal('null');
      expect(print(`m["${name}"]`), name).to.equal('null');
      expect(print(`"${name}" in m`), name).to.equal('false');
      expect(() => print(`m.${name}()`), name).to.throw(ExprError);
      expect(() => print(`s.${name}`), name).to.throw(ExprError);
      expect(() => print(`${name}("1")`), name).to.throw(ExprError);
    }
    const own = contextOf('', JSON.parse('{"__proto__": {"x": 1}}'));
    expect(compile('__proto__.x').print(own, () => 0)).to.equal('1');
  });

  it('refuse a context that nests too deep', () => {
    const deep: unknown = JSON.parse('['.repeat(5_000) + ']'.repeat(5_000));
    expect(() => contextOf('x', { x: deep as [] }))
      .to.throw(ExprError)
      .with.property('code', 'budget');
  });

  it('ask the clock they are given', () => {
    const at = Date.UTC(2024, 1, 29, 12);
    expect(compile('now()').print(context, () => at)).to.equal('"2024-02-29T12:00:00Z"');
    expect(compile('now(timezone("Asia/Tokyo")).Day()').print(context, () => at + 10_800_000)).to.equal('1');
  });
});
