import { expect } from 'chai';
import type { Exchange } from '../record/index.ts';
import { hintsOf } from './hints.ts';
import { exchange, verdict } from './sample-run.test.ts';

const html = { headers: { 'content-type': 'text/html; charset=utf-8' } };
const failed = verdict({ check: 'a.b', outcome: 'fail', expected: 'status 201' });

describe('What a decisive exchange tells about where to look', () => {
  const cases: readonly (readonly [string, Exchange, readonly RegExp[]])[] = [
    [
      'a server that broke',
      exchange('a', 1, 'POST /Users?x=1', 500),
      [/^The server broke on POST \/Users: .*10:00:01 UTC.*500/],
    ],
    ['a page of a proxy', exchange('a', 1, 'POST /Users', 502, html), [/^The server broke/, /HTML/]],
    ['a route that is missing', exchange('a', 1, 'POST /Users', 404), [/no route for POST \/Users/]],
    ['a resource that is missing', exchange('a', 1, 'GET /Users/1', 404), []],
    ['a method that is missing', exchange('a', 1, 'PATCH /Users/1', 501), [/does not offer PATCH/]],
    ['a credential', exchange('a', 1, 'POST /Users', 403), [/credential/]],
    ['a media type', exchange('a', 1, 'POST /Users', 415), [/application\/scim\+json/]],
    ['a demand', exchange('a', 1, 'POST /Users', 400), [/demands something/]],
    ['nothing but a query that is refused', exchange('a', 1, 'GET /Users?count=1', 403), []],
    ['nothing but a filter that is refused', exchange('a', 1, 'GET /Users?filter=a', 400), []],
    ['an operation of a PATCH that is refused', exchange('a', 1, 'PATCH /Users/1', 400), []],
    ['a success', exchange('a', 1, 'POST /Users', 200), []],
    [
      'a time-out',
      exchange('a', 1, 'POST /Users', undefined, { failure: { code: 'timeout', message: 'none' } }),
      [/^POST \/Users: no answer came/],
    ],
  ];
  for (const [what, decisive, patterns] of cases) {
    it(`is told for ${what}`, () => {
      const hints = hintsOf(failed, decisive);
      expect(hints).to.have.length(patterns.length);
      for (const [at, pattern] of patterns.entries()) expect(hints[at]).to.match(pattern);
    });
  }

  it('is not told where a refusal was expected, nor for verdicts that accuse nobody', () => {
    expect(hintsOf({ ...failed, expected: 'status 409' }, exchange('a', 1, 'POST /Users', 400))).to.deep.equal([]);
    expect(hintsOf({ ...failed, outcome: 'pass' }, exchange('a', 1, 'POST /Users', 500))).to.deep.equal([]);
    expect(hintsOf(failed, undefined)).to.deep.equal([]);
  });
});
