import { expect } from 'chai';
import { hashOf, placeOf, start, type Place } from './place.ts';

describe('The address of a place', () => {
  const places: readonly (readonly [string, Partial<Place>])[] = [
    ['the start', {}],
    ['a view', { view: 'clauses' }],
    ['a search with every sign', { view: 'verdicts', query: 'a&b=c #d%20+é' }],
    ['filters', { view: 'topics', kinds: new Set(['failure', 'known']), only: 'cause:create.status' }],
    ['a verdict with a case', { verdict: 'filter.eq [name.givenName]' }],
    ['an exchange', { view: 'exchanges', statuses: new Set(['5xx', 'none']), exchange: 'create/name#1' }],
    ['a scenario', { view: 'scenarios', part: 'joiner' }],
  ];
  for (const [what, given] of places) {
    it(`brings back ${what}`, () => {
      const place = { ...start, ...given };
      expect(placeOf(hashOf(place))).to.deep.equal(place);
    });
  }

  it('leaves out what is as at the start', () => {
    expect(hashOf(start)).to.equal('#');
    expect(hashOf({ ...start, verdict: 'create.status' })).to.equal('#verdict=create.status');
  });

  for (const odd of ['#%E0%A4%A', '#view=nowhere&kind=bad,,', '#__proto__=x', '']) {
    it(`takes ${JSON.stringify(odd)} for the start`, () => {
      expect(placeOf(odd)).to.deep.equal(start);
    });
  }
});
