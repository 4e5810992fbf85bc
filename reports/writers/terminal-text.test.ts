import { expect } from 'chai';
import { assert, integer, property, string } from 'fast-check';
import { hostile } from './sample-run.test.ts';
import { columns, labelled, plain, plainValue, wrap } from './terminal-text.ts';
import { visible } from './visible.ts';

/** Ranges of code points that displays obey, as Unicode's charts list them. */
const OBEYED: readonly (readonly [number, number])[] = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2066, 0x2069],
];
const obeyed = (char: string): boolean =>
  OBEYED.some(([first, last]) => char.charCodeAt(0) >= first && char.charCodeAt(0) <= last);

describe('visible', () => {
  it('spells out what a display would obey', () => {
    expect(visible('\u001b[2J')).to.equal('\\u001b[2J');
    expect(visible('a\u202Eb\u2028\u0000')).to.equal('a\\u202eb\\u2028\\u0000');
  });

  it('leaves everything else as it is', () => {
    for (const text of ['two\nlines\tand a tab', 'Łukasz 王小明 محمد 🙂', '<b>&amp;'])
      expect(visible(text)).to.equal(text);
  });
});

describe('plain', () => {
  it('is one line that holds nothing a terminal obeys, for any text', () => {
    assert(
      property(string({ unit: 'binary' }), text => {
        expect(Array.from(plain(text)).filter(obeyed)).to.deep.equal([]);
      }),
    );
    expect(plain(hostile.terminal)).to.equal('\\u001b[2J\\u001b]0;owned\\u0007\\u009b31m');
  });
});

describe('plainValue', () => {
  it('cuts a huge value and says how long it was', () => {
    const cut = plainValue('x'.repeat(100_000));
    expect(cut.length).to.be.below(700);
    expect(cut).to.match(/^x{600}\.\.\. \(100,000 characters/);
  });

  it('leaves a short one whole', () => {
    expect(plainValue('status 400')).to.equal('status 400');
  });
});

describe('wrap', () => {
  it('breaks at spaces, and a longer word where it must', () => {
    expect(wrap('one two three', 7)).to.deep.equal(['one two', 'three']);
    expect(wrap('abcdefghij k', 4)).to.deep.equal(['abcd', 'efgh', 'ij k']);
  });

  it('keeps within the width and loses no character but spaces, for any text', () => {
    assert(
      property(string({ unit: 'grapheme' }).map(plain), integer({ min: 2, max: 40 }), (text, width) => {
        const lines = wrap(text, width);
        for (const line of lines) expect(columns(line)).to.be.at.most(width);
        expect(lines.join('').replaceAll(' ', '')).to.equal(text.replaceAll(' ', ''));
      }),
    );
  });

  it('counts wide characters as two columns', () => {
    expect(wrap('王小明王小明', 6)).to.deep.equal(['王小明', '王小明']);
  });
});

describe('labelled', () => {
  it('puts the label in front once and aligns the rest below', () => {
    expect(labelled('actual  ', 'a value that needs two lines', 30)).to.deep.equal([
      'actual  a value that needs two',
      '        lines',
    ]);
  });
});

describe('text in the log of a workflow', () => {
  it('is never a command to the runner, however it is broken', () => {
    expect([...wrap('aaaa ::error::gone', 12), ...wrap('x ##[add-mask]a', 80)]).to.deep.equal([
      'aaaa',
      ': :error::gon',
      'e',
      'x ## [add-mask]a',
    ]);
  });
});
