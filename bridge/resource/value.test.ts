import { expect } from 'chai';
import * as fc from 'fast-check';
import { instant, sameFolded } from './value.ts';

describe('values', () => {
  it('of dates compare as instants', () => {
    const same = [
      '2020-01-01T00:00:00Z',
      '2020-01-01T01:00:00+01:00',
      '2019-12-31T24:00:00Z',
      '2020-01-01T00:00:00.000',
    ];
    expect(new Set(same.map(instant))).to.have.property('size', 1);
    expect(instant('2020-01-01T00:00:00.25Z')).to.equal(Date.UTC(2020, 0, 1, 0, 0, 0, 250));
  });

  it('of dates read as Date writes them', () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-12-31T23:59:59Z') }), date => {
        expect(instant(date.toISOString())).to.equal(date.getTime());
      }),
    );
  });

  it('of text are the same in any width and composition', () => {
    expect(sameFolded('É', 'e\u0301')).to.equal(true);
    expect(sameFolded('Ａda', 'ada')).to.equal(true);
    expect(sameFolded('é', 'e')).to.equal(false);
  });

  it('of text are the same without case exactly when their lower case is', () => {
    const letter = fc.constantFrom('a', 'A', 'b', 'é', 'É', 'ā', 'Ā', 'İ', 'i', '@', '`', '1', '😀');
    const text = fc.string({ unit: letter, maxLength: 4 });
    fc.assert(
      fc.property(text, text, (left, right) => {
        expect(sameFolded(left, right)).to.equal(left.toLowerCase() === right.toLowerCase());
      }),
      { numRuns: 2000 },
    );
  });
});
