import { expect } from 'chai';
import { holders, marksField, marksMember, marksOf } from './highlight.ts';

const marks = (expected: string, actual: string) => marksOf({ expected, actual });

describe('What a judgement speaks about', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['status 201', '400 invalidValue: externalId is required', ['scimType', 'detail', 'invalidValue', 'externalId']],
    ['active: false', 'active: true', ['active']],
    ['name.givenName "Ada"', 'nothing', ['givenName']],
    ['a $ref that ends in Users/1', 'x', ['$ref']],
    ['members as before', 'none', ['members']],
    ['the one group of the name', 'two groups', []],
  ];
  for (const [expected, actual, names] of cases) {
    it(`is ${names.join(', ') || 'not told'} in ${JSON.stringify(`${expected} / ${actual}`)}`, () => {
      expect([...marks(expected, actual).names]).to.have.members(names);
    });
  }

  it('is a value that the answer gives in quotes', () => {
    const told = marks('the one group named "Engineering"', '2 groups: "Sales", "Law"');
    expect(marksMember(told, 'displayName', 'Sales')).to.equal(true);
    expect(marksMember(told, 'displayName', 'Engineering')).to.equal(false);
  });

  it('is a header field where it is written as one', () => {
    expect(marksField(marks('a Location header', ''), 'location')).to.equal(true);
    expect(marksField(marks('the location of the user', ''), 'location')).to.equal(false);
    expect(marksField(marks('Content-Type application/json', ''), 'content-type')).to.equal(true);
    expect(marksField(marks('no ETag', ''), 'etag')).to.equal(true);
    expect(marksField(marks('Location-Code', ''), 'location')).to.equal(false);
  });

  it('unfolds what holds it, and nothing else', () => {
    const deep = { value: 1, active: true };
    const other = { x: [1] };
    const body = { list: [deep, other], other };
    const found = holders(body, marks('active: false', ''));
    expect([...found]).to.deep.equal([deep, body.list, body]);
  });

  it('is told in time also of texts made to take long', () => {
    const started = performance.now();
    marks('a'.repeat(1_000_000), 'a.'.repeat(500_000));
    expect(performance.now() - started).to.be.below(500);
  });
});
