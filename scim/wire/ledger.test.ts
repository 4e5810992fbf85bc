import { expect } from 'chai';
import { leftovers, type LedgerEvent } from '../../reports/record/index.ts';
import { createdInBulk, ledger } from './ledger.ts';
import type { HttpRequest, HttpResponse, Json } from './message.ts';

const post = (path: string, json: Json): HttpRequest => ({ method: 'POST', path, headers: {}, json });
const answer = (status: number | undefined, json?: Json): HttpResponse => ({
  ...(status !== undefined && { status }),
  headers: {},
  text: '',
  ...(json !== undefined && { json }),
});

async function written(request: HttpRequest, response: HttpResponse): Promise<LedgerEvent[]> {
  const events: LedgerEvent[] = [];
  await ledger('s', event => events.push(event))(request, async () => response);
  return events;
}
const kinds = (events: readonly LedgerEvent[]) => events.map(({ kind, id }) => `${kind} ${id}`.trim());

describe('ledger', () => {
  const ada = { userName: 'ada' };
  const table: readonly [string, HttpRequest, HttpResponse, string[]][] = [
    ['a create', post('/Users', ada), answer(201, { id: '7' }), ['creating', 'created 7']],
    ['a create with a query', post('/Users?attributes=id', ada), answer(201, { id: '7' }), ['creating', 'created 7']],
    ['a refused create', post('/Users', ada), answer(409, {}), ['creating', 'refused']],
    ['a create without an answer', post('/Users', ada), answer(undefined), ['creating']],
    ['a create with a server error', post('/Users', ada), answer(500), ['creating']],
    ['a create that shows no id', post('/Users', ada), answer(201, {}), ['creating']],
    ['a delete', { method: 'DELETE', path: '/Users/a%2Fb', headers: {} }, answer(204), ['removed a/b']],
    ['a delete of what is gone', { method: 'DELETE', path: '/Users/7', headers: {} }, answer(404), ['removed 7']],
    ['a refused delete', { method: 'DELETE', path: '/Users/7', headers: {} }, answer(403), []],
    ['a search', post('/Users/.search', {}), answer(200, { id: '7' }), []],
    ['a bulk request without operations', post('/Bulk', {}), answer(200, {}), []],
    ['a read', { method: 'GET', path: '/Users/7', headers: {} }, answer(200, { id: '7' }), []],
  ];
  for (const [what, request, response, expected] of table) {
    it(`writes ${expected.join(', ') || 'nothing'} for ${what}`, async () => {
      expect(kinds(await written(request, response))).to.deep.equal(expected);
    });
  }

  describe('of a bulk request', () => {
    const user = (bulkId: string) => ({ method: 'POST', path: '/Users', bulkId, data: { userName: bulkId } });
    const bulk = (...Operations: Json[]) => post('/Bulk', { Operations });
    const results = (...Operations: Json[]) => answer(200, { Operations });
    const made = (bulkId: string, id: string, status: Json = '201') => ({
      method: 'POST',
      bulkId,
      status,
      location: `https://h.example/v2/Users/${id}`,
    });
    const cases: readonly [string, HttpRequest, HttpResponse, string[]][] = [
      [
        'two creations in another order',
        bulk(user('a'), user('b')),
        results(made('b', '2'), made('a', '1', { code: '201' })),
        ['creating a', 'creating b', 'created b 2', 'created a 1'],
      ],
      [
        'a creation that is refused',
        bulk(user('a')),
        results({ method: 'POST', bulkId: 'a', status: '409' }),
        ['creating a', 'refused a'],
      ],
      ['a creation without a result', bulk(user('a')), results(), ['creating a']],
      ['a creation whose bulkId is not repeated', bulk(user('a')), results(made('', '1')), ['creating a', 'created 1']],
      ['a creation that failed within', bulk(user('a')), results({ bulkId: 'a', status: '500' }), ['creating a']],
      [
        'a deletion',
        bulk({ method: 'DELETE', path: '/Users/7' }),
        results({ method: 'DELETE', location: '/Users/7', status: '204' }),
        ['removed 7'],
      ],
      [
        'a deletion that is refused',
        bulk({ method: 'DELETE', path: '/Users/7' }),
        results({ method: 'DELETE', location: '/Users/7', status: '403' }),
        [],
      ],
      ['an answer that it is not offered', bulk(user('a')), answer(501), ['creating a', 'refused a']],
      ['an answer that it is too large', bulk(user('a')), answer(413), ['creating a']],
    ];
    for (const [what, request, response, expected] of cases) {
      it(`writes ${expected.join(', ') || 'nothing'} for ${what}`, async () => {
        const words = (await written(request, response)).map(({ kind, value, id }) => `${kind} ${value} ${id}`);
        expect(words.map(text => text.replace(/ +/g, ' ').trim())).to.deep.equal(expected);
      });
    }

    it('tells what it made, where the answer names it', () => {
      const answered = results(made('a', '1'), { method: 'POST', status: '201' }, made('b', '2', '409'));
      expect(createdInBulk(bulk(user('a')), answered)).to.deep.equal([{ endpoint: '/Users', id: '1' }]);
      expect(createdInBulk(post('/Users', {}), answered)).to.deep.equal([]);
    });
  });

  it('leaves over what was created and not removed, newest first, with the name where no id came', async () => {
    const all = [
      ...(await written(post('/Users', { userName: 'gone' }), answer(201, { id: '1' }))),
      ...(await written(post('/Users', { userName: 'kept' }), answer(201, { id: '2' }))),
      ...(await written(post('/Users', { userName: 'no' }), answer(400))),
      ...(await written(post('/Groups', { displayName: 'lost' }), answer(undefined))),
      ...(await written({ method: 'DELETE', path: '/Users/1', headers: {} }, answer(204))),
    ];
    expect(leftovers(all).map(({ endpoint, value, id }) => [endpoint, value, id])).to.deep.equal([
      ['/Groups', 'lost', ''],
      ['/Users', 'kept', '2'],
    ]);
  });
});
