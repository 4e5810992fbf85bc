import { expect } from 'chai';
import { hash, seeded } from './random.ts';

describe('seeded randomness', () => {
  const take = (seed: number, name: string) => {
    const random = seeded(seed, name);
    return Array.from({ length: 5 }, random);
  };

  it('is the same for the same seed and name, and another for another', () => {
    expect(take(1, 'a')).to.deep.equal(take(1, 'a'));
    expect(take(1, 'a')).not.to.deep.equal(take(2, 'a'));
    expect(take(1, 'a')).not.to.deep.equal(take(1, 'b'));
  });

  it('stays within [0, 1) and moves about', () => {
    const random = seeded(7, 'spread');
    const values = Array.from({ length: 1000 }, random);
    for (const value of values) expect(value).to.be.within(0, 1).and.not.equal(1);
    expect(values.filter(value => value < 0.5).length).to.be.within(400, 600);
  });

  it('rests on the published FNV-1a values', () => {
    expect(hash('')).to.equal(0x811c9dc5);
    expect(hash('a')).to.equal(0xe40c292c);
    expect(hash('foobar')).to.equal(0xbf9cf968);
  });
});
