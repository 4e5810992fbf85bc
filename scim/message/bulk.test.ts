import { expect } from 'chai';
import { BULK_REQUEST, BULK_RESPONSE, bulkRequest, bulkResultsOf, placeOf } from './bulk.ts';

describe('bulk messages', () => {
  it('are written with failOnErrors only where it is given', () => {
    const operation = { method: 'DELETE', path: '/Users/1' };
    expect(bulkRequest([operation])).to.deep.equal({ schemas: [BULK_REQUEST], Operations: [operation] });
    expect(bulkRequest([operation], 2)).to.include({ failOnErrors: 2 });
  });

  const statuses: readonly [status: unknown, number: number | undefined][] = [
    ['201', 201],
    [201, 201],
    [{ code: '201' }, 201],
    [{ code: 201 }, 201],
    ['done', undefined],
    [null, undefined],
    [undefined, undefined],
  ];
  for (const [status, number] of statuses) {
    it(`read the status ${JSON.stringify(status)} as ${number}`, () => {
      const body = JSON.parse(JSON.stringify({ schemas: [BULK_RESPONSE], Operations: [{ status }] })) as object;
      expect(bulkResultsOf(body as never)?.[0]?.status).to.equal(number);
    });
  }

  it('have no results when they are no list of operations', () => {
    for (const body of [undefined, null, {}, { Operations: 'x' }, []]) {
      expect(bulkResultsOf(body)).to.equal(undefined);
    }
  });

  const places: readonly [location: string, place: ReturnType<typeof placeOf>][] = [
    ['https://h.example/scim/v2/Users/a%20b', { endpoint: '/Users', id: 'a b' }],
    ['/Groups/7?attributes=id', { endpoint: '/Groups', id: '7' }],
    ['https://h.example/Users/7/', { endpoint: '/Users', id: '7' }],
    ['https://h.example', undefined],
    ['7', undefined],
    ['/Users/%zz', undefined],
  ];
  for (const [location, place] of places) {
    it(`find ${JSON.stringify(place)} in the location ${location}`, () => {
      expect(placeOf(location)).to.deep.equal(place);
    });
  }
});
