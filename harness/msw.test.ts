import { expect } from 'chai';
import { setupServer } from 'msw/node';
import { fetchFrom } from './fetch-listener.ts';
import { simulateBridge, simulateJumpCloud } from './msw.ts';

const api = 'https://console.jumpcloud.com/api';

describe('handlers for msw', () => {
  const bridge = simulateBridge({ token: 'bridge-token' });
  const cloud = simulateJumpCloud({ apiKey: 'jca_key', provisionTo: bridge, manageGroups: true });
  const server = setupServer(...cloud.handlers, ...bridge.handlers);
  before(() => server.listen({ onUnhandledRequest: 'error' }));
  after(() => server.close());

  /** As code under test calls JumpCloud. */
  const ask = async (method: string, path: string, body?: object) => {
    const headers = { 'x-api-key': 'jca_key', 'content-type': 'application/json' };
    const response = await fetch(api + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    const text = await response.text();
    expect(response.status, text).to.be.below(300);
    return text === '' ? undefined : (JSON.parse(text) as Record<string, unknown>);
  };

  it('answer for JumpCloud and for the bridge, and what is bound in one arrives in the other', async () => {
    const person = await ask('POST', '/systemusers', { username: 'ada', email: 'ada@orbital.example', lastname: 'L' });
    const group = await ask('POST', '/v2/usergroups', { name: 'Engineering' });
    const { results } = (await ask('GET', '/applications')) as { results: { id: string }[] };
    await ask('POST', `/v2/applications/${results[0]?.id}/associations`, {
      op: 'add',
      type: 'user_group',
      id: group?.['id'],
    });
    await ask('POST', `/v2/usergroups/${String(group?.['id'])}/members`, {
      op: 'add',
      type: 'user',
      id: person?.['id'],
    });
    await cloud.idle();

    const headers = { authorization: 'Bearer bridge-token' };
    const users = await fetch(`${bridge.baseUrl}/Users`, { headers });
    const listed = (await users.json()) as { Resources: { userName: string; meta: { location: string } }[] };
    expect(listed.Resources.map(({ userName }) => userName)).to.deep.equal(['ada@orbital.example']);
    expect(listed.Resources[0]?.meta.location).to.match(/^https:\/\/scim\.orbital\.example\/scim\/v2\/Users\//);
    const groups = (await (await bridge.fetch(new Request(`${bridge.baseUrl}/Groups`, { headers }))).json()) as object;
    expect(groups).to.have.nested.property('Resources[0].displayName', 'Engineering');
    expect(groups).to.have.nested.property('Resources[0].members.length', 1);
  });

  it('refuse a wrong key as the APIs do', async () => {
    const response = await fetch(`${api}/systemusers`, { headers: { 'x-api-key': 'other' } });
    expect(response.status).to.equal(401);
    expect(await response.json()).to.include({ error: 'Unauthorized' });
  });

  it('answer Directory Insights at its own host, with its headers', async () => {
    const response = await fetch('https://api.jumpcloud.com/insights/directory/v1/events', {
      method: 'POST',
      headers: { 'x-api-key': 'jca_key' },
      body: JSON.stringify({ service: ['directory'], start_time: '2020-01-01T00:00:00Z', limit: 2 }),
    });
    expect(response.status, await response.clone().text()).to.equal(200);
    expect(response.headers.get('x-result-count')).to.equal('2');
    expect(JSON.parse(response.headers.get('x-search_after') ?? '')).to.have.length(2);
  });

  it('link to further pages where the code under test finds them', async () => {
    for (let n = 0; n < 11; n++) await ask('POST', '/v2/usergroups', { name: `g${n}` });
    const response = await fetch(`${api}/v2/usergroups`, { headers: { 'x-api-key': 'jca_key' } });
    expect(response.headers.get('link')).to.match(
      /^<https:\/\/console\.jumpcloud\.com\/api\/v2\/usergroups\?limit=10&skip=10>/,
    );
  });

  it('provision to any SCIM endpoint that the global fetch reaches', async () => {
    const other = simulateJumpCloud({
      apiKey: 'k',
      people: 3,
      provisionTo: { baseUrl: bridge.baseUrl, token: 'bridge-token' },
    });
    const group = other.admin.createGroup('Everybody');
    for (const { id } of other.admin.people()) other.admin.join(id, group.id);
    other.admin.bind(group.id);
    const results = await other.admin.sync();
    expect(results.map(({ outcome }) => outcome)).to.deep.equal(['done', 'done', 'done', 'done']);
  });

  it('have nothing to provision to unless told where', async () => {
    const { admin } = simulateJumpCloud({ apiKey: 'k' });
    admin.activate();
    const [result] = await admin.sync();
    expect(result?.outcome).to.equal('failed');
    expect(result?.reason).to.match(/provisionTo/);
  });
});

describe('request listener without a network', () => {
  it('gets method, path, query, headers and body, and what it answers comes back', async () => {
    const ask = fetchFrom((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        response.writeHead(201, { 'set-cookie': ['a=1', 'b=2'], 'x-url': request.url, 'x-host': request.headers.host });
        response.end(`${request.method} ${String(request.headers['x-given'])} ${Buffer.concat(chunks).toString()}`);
      });
    });
    const url = 'https://h.example:8443/a%20b?c=d%26e';
    const response = await ask(new Request(url, { method: 'POST', headers: { 'x-given': 'ü' }, body: 'Ж' }));
    expect(response.status).to.equal(201);
    expect(response.headers.getSetCookie()).to.deep.equal(['a=1', 'b=2']);
    expect(response.headers.get('x-url')).to.equal('/a%20b?c=d%26e');
    expect(response.headers.get('x-host')).to.equal('h.example:8443');
    expect(await response.text()).to.equal('POST ü Ж');
  });

  it('answers a body of many pieces whole, and HEAD and 204 without one', async () => {
    const ask = fetchFrom((request, response) => {
      if (request.method === 'DELETE') response.writeHead(204).end();
      else for (let n = 0; n <= 20; n++) n < 20 ? response.write('x'.repeat(70_000)) : response.end();
    });
    expect((await (await ask(new Request('http://h/'))).text()).length).to.equal(1_400_000);
    expect(await (await ask(new Request('http://h/', { method: 'HEAD' }))).text()).to.equal('');
    expect((await ask(new Request('http://h/', { method: 'DELETE' }))).status).to.equal(204);
  });

  it('that breaks off is an error, as it is of fetch', async () => {
    const ask = fetchFrom((_request, response) => void response.destroy());
    let error: unknown;
    await ask(new Request('http://h/')).catch((caught: unknown) => (error = caught));
    expect(error).to.be.instanceOf(Error);
  });

  it('opens no port', async () => {
    let port: number | undefined = -1;
    const ask = fetchFrom((request, response) => {
      port = request.socket.localPort;
      response.end();
    });
    await ask(new Request('http://h/'));
    expect(port).to.equal(undefined);
  });
});
