import { expect } from 'chai';
import { createClient } from '../../scim/client.ts';
import type { HttpResponse, Json, Send } from '../../scim/wire/message.ts';
import { createFakeEndpoint } from './fake-endpoint.test.ts';
import { find, type Wanted } from './state.ts';

const ada: Wanted = { endpoint: '/Users', attribute: 'userName', value: 'ada@x.example', links: [] };
const json = (status: number, body: Json): HttpResponse => ({
  status,
  headers: {},
  json: body,
  text: JSON.stringify(body),
});

async function endpointWith(...names: string[]) {
  const endpoint = createFakeEndpoint();
  const client = createClient(endpoint.send);
  for (const userName of names) await client.create('/Users', { userName });
  return endpoint;
}

describe('a look for a user', () => {
  it('finds it by filter and reads it by id', async () => {
    const { send } = await endpointWith('ben@x.example', 'ada@x.example');
    const paths: string[] = [];
    const spied: Send = request => (paths.push(request.path), send(request));
    expect(await find(createClient(spied), ada)).to.deep.include({ found: 'one', id: 'Users-2' });
    expect(paths).to.deep.equal(['/Users?filter=userName%20eq%20%22ada%40x.example%22', '/Users/Users-2']);
  });

  it('finds nothing where nobody has the name', async () => {
    const { send } = await endpointWith('ben@x.example');
    expect(await find(createClient(send), ada)).to.include({ found: 'none' });
  });

  it('compares names without case', async () => {
    const { send } = await endpointWith('Ada@X.example');
    const folding: Send = request => send({ ...request, path: request.path.replace('ada%40x', 'Ada%40X') });
    expect(await find(createClient(folding), ada)).to.include({ found: 'one', id: 'Users-1' });
  });

  const waysAround: readonly [string, (send: Send) => Send][] = [
    [
      'declined',
      send => async request =>
        request.path.includes('filter=') ? json(400, { scimType: 'invalidFilter' }) : send(request),
    ],
    ['ignored', send => request => send({ ...request, path: request.path.replace(/filter=[^&]*/, '') })],
  ];
  for (const [how, hop] of waysAround) {
    it(`goes through the pages where the filter is ${how}`, async () => {
      const others = Array.from({ length: 250 }, (_, index) => `p${index}@x.example`);
      const { send } = await endpointWith(...others, 'ada@x.example');
      expect(await find(createClient(hop(send)), ada)).to.include({ found: 'one', id: 'Users-251' });
    });
  }

  it('tells of two with the same name', async () => {
    const { send } = await endpointWith('ada@x.example', 'ada@x.example');
    expect(await find(createClient(send), ada)).to.deep.include({ found: 'several', ids: ['Users-1', 'Users-2'] });
  });

  it('falls back to the link where the name is another, the latest first', async () => {
    const { send } = await endpointWith('x@x.example', 'y@x.example');
    const links = ['Users-1', 'Users-2'];
    expect(await find(createClient(send), { ...ada, links })).to.include({ found: 'one', id: 'Users-2' });
    expect(await find(createClient(send), { ...ada, links: ['Users-1', 'gone'] })).to.include({ id: 'Users-1' });
    expect(await find(createClient(send), { ...ada, links: ['gone'] })).to.include({ found: 'none' });
  });

  it('takes the name before the link', async () => {
    const { send } = await endpointWith('x@x.example', 'ada@x.example');
    expect(await find(createClient(send), { ...ada, links: ['Users-1'] })).to.include({ id: 'Users-2' });
  });

  const useless: readonly [string, HttpResponse][] = [
    ['an empty object', json(200, {})],
    ['404', json(404, {})],
    ['500', json(500, {})],
    ['HTML', { status: 200, headers: {}, text: '<html>' }],
    ['nothing', { headers: {}, text: '', failure: { code: 'timeout', message: 'no response head' } }],
    ['a row without id', json(200, { totalResults: 1, Resources: [{ userName: 'ada@x.example' }] })],
    ['a row whose read fails', json(200, { totalResults: 1, Resources: [{ userName: 'ada@x.example', id: '1' }] })],
  ];
  for (const [what, response] of useless) {
    it(`knows nothing where the answer is ${what}`, async () => {
      const send: Send = async ({ path }) => (path === '/Users/1' ? json(404, {}) : response);
      const sighting = await find(createClient(send), ada);
      expect(sighting).to.include({ found: 'unknown' });
      expect(sighting).to.have.property('reason').that.is.not.empty;
    });
  }

  it('gives up on a list without end', async () => {
    let requests = 0;
    const send: Send = async () => {
      requests += 1;
      return json(200, { totalResults: 1e9, Resources: [{ id: 'x', userName: 'x' }] });
    };
    expect(await find(createClient(send), ada)).to.include({ found: 'unknown' });
    expect(requests).to.be.below(300);
  });
});
