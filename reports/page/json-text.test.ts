import { expect } from 'chai';
import { assert, jsonValue, property } from 'fast-check';
import { head, tokensOf } from './json-text.ts';

describe('tokensOf', () => {
  it('names the parts of speech', () => {
    const json = JSON.stringify({ 'a"b': ['x: 1', -1.5e3, true, null] });
    expect(tokensOf(json).filter(({ kind }) => kind !== 'plain')).to.deep.equal([
      { kind: 'name', text: '"a\\"b"' },
      { kind: 'string', text: '"x: 1"' },
      { kind: 'number', text: '-1500' },
      { kind: 'word', text: 'true' },
      { kind: 'word', text: 'null' },
    ]);
  });

  it('loses nothing of any JSON', () => {
    assert(
      property(jsonValue(), value => {
        const json = JSON.stringify(value, undefined, 2);
        expect(
          tokensOf(json)
            .map(({ text }) => text)
            .join(''),
        ).to.equal(json);
      }),
    );
  });
});

describe('head', () => {
  const cases: readonly (readonly [string, number, number, string, boolean])[] = [
    ['a\nb\nc', 2, 100, 'a\nb', true],
    ['a\nb\nc', 3, 100, 'a\nb\nc', false],
    ['abcdef', 2, 4, 'abcd', true],
    ['', 2, 4, '', false],
  ];
  for (const [text, lines, chars, shown, cut] of cases) {
    it(`shows ${JSON.stringify(shown)} of ${JSON.stringify(text)} with ${lines} lines and ${chars} characters`, () => {
      expect(head(text, lines, chars)).to.deep.equal({ text: shown, cut });
    });
  }
});
