import { expect } from 'chai';
import { refusal } from '../examples.test.ts';
import type { Filter } from './filter.ts';
import { parseFilter, parsePath } from './parse.ts';

const is = (path: string, value: string | number | boolean | null = 'x', operator = 'eq') => ({
  kind: 'compare',
  path,
  operator,
  value,
});
const pr = (path: string) => ({ kind: 'present', path });
const and = (...filters: unknown[]) => ({ kind: 'and', filters });
const or = (...filters: unknown[]) => ({ kind: 'or', filters });
const not = (filter: unknown) => ({ kind: 'not', filter });
const element = (path: string, filter: unknown) => ({ kind: 'element', path, filter });

describe('filter parser', () => {
  const read: readonly [string, unknown][] = [
    ['a eq "x"', is('a')],
    ['  a   eq\t"x"\n ', is('a')],
    ['a EQ "x"', is('a')],
    ['a eq"x"', is('a')],
    ['a pr', pr('a')],
    ['a Pr', pr('a')],
    ['a eq true', is('a', true)],
    ['a eq false', is('a', false)],
    ['a eq null', is('a', null)],
    ['a eq 0', is('a', 0)],
    ['a eq -1.5e+2', is('a', -150)],
    ['a eq ""', is('a', '')],
    ['a eq "\\"\\\\\\/\\n\\u00e9\\ud83d\\ude00"', is('a', '"\\/\né😀')],
    ['a eq "\\ud800"', is('a', '\ud800')],
    ['a eq "and (or [not])"', is('a', 'and (or [not])')],
    ['a.b ne "x"', is('a.b', 'x', 'ne')],
    ['a.$ref sw "x"', is('a.$ref', 'x', 'sw')],
    ['urn:a:2.0:B:c.d co "x"', is('urn:a:2.0:B:c.d', 'x', 'co')],
    ['urn:a:2.0 pr', pr('urn:a:2.0')],
    ['a-b_c$9 pr', pr('a-b_c$9')],
    ['android pr and organisation pr or nothing pr', or(and(pr('android'), pr('organisation')), pr('nothing'))],
    ['a pr and b pr and c pr', and(pr('a'), pr('b'), pr('c'))],
    ['a pr or b pr and c pr', or(pr('a'), and(pr('b'), pr('c')))],
    ['a pr and b pr or c pr', or(and(pr('a'), pr('b')), pr('c'))],
    ['(a pr or b pr) and c pr', and(or(pr('a'), pr('b')), pr('c'))],
    ['not (a pr) and b pr', and(not(pr('a')), pr('b'))],
    ['NOT(a pr)', not(pr('a'))],
    ['not (not (a pr))', not(not(pr('a')))],
    ['((a pr))', pr('a')],
    ['(a pr)and(b pr)', and(pr('a'), pr('b'))],
    ['a[b eq "x"]', element('a', is('b'))],
    [
      'a[b eq "]" and (c pr or not (d pr))] OR e pr',
      or(element('a', and(is('b', ']'), or(pr('c'), not(pr('d'))))), pr('e')),
    ],
    ['a[ b pr ]', element('a', pr('b'))],
    ['urn:x:y:a[b pr] and c[d pr]', and(element('urn:x:y:a', pr('b')), element('c', pr('d')))],
  ];
  for (const [text, filter] of read) {
    it(`reads ${text}`, () => {
      expect(parseFilter(text)).to.deep.equal(filter);
    });
  }

  const refused: readonly [string, number, string][] = [
    ['', 1, 'the filter ends; expected an attribute'],
    ['   ', 4, 'the filter ends; expected an attribute'],
    ['()', 2, 'there is ); expected an attribute'],
    ['a', 2, 'the filter ends; expected an operator'],
    ['a eq', 5, 'the filter ends; expected a value'],
    ['a zz "x"', 3, 'there is "zz"; expected an operator (eq, ne, co, sw, ew, gt, ge, lt, le, pr)'],
    ['eq "x"', 4, 'there is a text in quotes; expected an operator'],
    ['a "x"', 3, 'there is a text in quotes; expected an operator'],
    ['a pr "x"', 6, 'expected and, or, or the end'],
    ['a eq x', 6, 'there is "x"; expected a value'],
    ["a eq 'x'", 6, 'expected a value'],
    ['a eq TRUE', 6, 'expected a value'],
    ['a eq 01', 6, 'expected a value'],
    ['a eq 1.', 6, 'expected a value'],
    ['a eq (b)', 6, 'there is (; expected a value'],
    ['a eq "x', 8, 'the filter ends; expected " to end the text that begins at character 6'],
    ['a eq "x\\"', 10, 'the filter ends; expected "'],
    ['a eq "\\x"', 6, 'expected a JSON string'],
    ['a eq "\u0001"', 6, 'expected a JSON string'],
    ['a eq "x" and', 13, 'the filter ends; expected an attribute'],
    ['a eq "x" or or b pr', 16, 'there is "b"; expected an operator'],
    ['a eq "x"and b pr', 9, 'there is "and"; expected and, or, or the end'],
    ['a eq "x" xor b pr', 10, 'there is "xor"'],
    ['a eq "x" b pr', 10, 'there is "b"'],
    ['and a pr', 5, 'there is "a"; expected an operator'],
    ['(a pr', 6, 'the filter ends; expected and, or, or )'],
    ['a pr)', 5, 'there is ); expected and, or, or the end'],
    ['(a pr]', 6, 'there is ]; expected and, or, or )'],
    ['a[b pr', 7, 'the filter ends; expected and, or, or ]'],
    ['a[]', 3, 'there is ]; expected an attribute'],
    ['a [b pr]', 3, 'there is [; expected an operator'],
    ['a[b pr].c eq "x"', 8, 'no sub-attribute here'],
    ['a[b[c pr]]', 4, 'no [ inside of brackets'],
    ['not a pr', 5, 'there is "a"; expected ( after not'],
    ['not', 4, 'the filter ends; expected ( after not'],
    ['a..b pr', 1, 'there is "a..b"; expected an attribute'],
    ['a.b.c pr', 1, 'there is "a.b.c"'],
    ['1a pr', 1, 'there is "1a"'],
    ['$ref pr or .b pr', 12, 'there is ".b"'],
    ['"a" eq "x"', 1, 'there is a text in quotes'],
    ['__proto__ pr', 1, 'there is "__proto__"'],
  ];
  for (const [text, position, words] of refused) {
    it(`refuses ${JSON.stringify(text)} at character ${position}`, () => {
      const said = refusal(() => parseFilter(text));
      expect(said).to.match(new RegExp(`^400 invalidFilter: At character ${position} `));
      expect(said).to.contain(words);
    });
  }

  it('repeats no text in quotes in a refusal', () => {
    for (const text of ['a eqq "s3cret"', 'a "s3cret"', 'a eq "s3cret', 'a eq "s3cret\\x"', 'a pr "s3cret"']) {
      expect(refusal(() => parseFilter(text))).not.to.contain('s3cret');
    }
  });

  const nested = (depth: number) => `${'('.repeat(depth)}a pr${')'.repeat(depth)}`;
  it('takes 64 levels of parentheses and refuses more', () => {
    expect(parseFilter(nested(64))).to.deep.equal(pr('a'));
    expect(refusal(() => parseFilter(nested(65)))).to.match(/^400 invalidFilter: At character 65 .*at most 64/);
    expect(refusal(() => parseFilter(nested(4)))).to.equal('no refusal');
    expect(refusal(() => parseFilter(nested(4), { maxDepth: 3 }))).to.match(/at most 3/);
  });

  it('takes 8,192 characters and refuses more', () => {
    const long = (length: number) => `a eq "${'x'.repeat(length - 7)}"`;
    expect(refusal(() => parseFilter(long(8192)))).to.equal('no refusal');
    expect(refusal(() => parseFilter(long(8193)))).to.match(/^400 invalidFilter: The filter is 8193 characters long/);
    expect(refusal(() => parseFilter(long(11), { maxLength: 10 }))).to.match(/at most 10/);
  });

  it('answers any garbage with a refusal and nothing worse', () => {
    const pieces = ['a', ' eq ', '"', '(', ')', '[', ']', ' and ', ' not ', '.', '\\', 'null', ' '];
    for (let seed = 1; seed < 3000; seed += 1) {
      const text = Array.from({ length: seed % 9 }, (_, at) => pieces[(seed * 31 + at * at * 17) % 13]).join('');
      expect(refusal(() => parseFilter(text))).to.match(/^no refusal$|^400 invalidFilter: /);
    }
  });
});

describe('path parser', () => {
  const parts = (path: string, filter?: unknown, sub?: string) => ({ path, filter: filter as Filter | undefined, sub });
  const read: readonly [string, ReturnType<typeof parts>][] = [
    ['members', parts('members')],
    ['name.familyName', parts('name.familyName')],
    ['urn:a:2.0:B', parts('urn:a:2.0:B')],
    ['urn:a:2.0', parts('urn:a:2.0')],
    ['members[value eq"x"]', parts('members', is('value'))],
    ['addresses[type eq "a]b"].street', parts('addresses', is('type', 'a]b'), 'street')],
    ['members[value pr].$ref', parts('members', pr('value'), '$ref')],
    ['urn:a:2.0:B:emails[type pr].value', parts('urn:a:2.0:B:emails', pr('type'), 'value')],
  ];
  for (const [text, expected] of read) {
    it(`reads ${text}`, () => {
      expect(parsePath(text)).to.deep.equal(expected);
    });
  }

  const refused: readonly [string, RegExp][] = [
    ['', /^400 invalidPath: /],
    [' ', /^400 invalidPath: /],
    ['a..b', /^400 invalidPath: The path "a..b" is malformed/],
    ['a.b.c', /^400 invalidPath: /],
    ['1abc', /^400 invalidPath: /],
    ['/emails/0', /^400 invalidPath: /],
    ['emails/0', /^400 invalidPath: /],
    ['emails[0]', /^400 invalidFilter: At character 8/],
    ['emails[type eq', /^400 invalidFilter: At character 15 the filter ends/],
    ['emails[type eq "work"]value', /^400 invalidPath: /],
    ['emails[type eq "work"].', /^400 invalidPath: /],
    ['emails[type eq "work"].a.b', /^400 invalidPath: /],
    ['emails[type pr][value pr]', /^400 invalidPath: /],
    ['[type pr]', /^400 invalidPath: /],
    ['emails[type zz "x"]', /^400 invalidFilter: .*expected an operator/],
    ['__proto__', /^400 invalidPath: /],
  ];
  for (const [text, expected] of refused) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(refusal(() => parsePath(text))).to.match(expected);
    });
  }
});
