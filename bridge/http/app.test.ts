import { expect } from 'chai';
import { ERROR, GROUP, USER } from '../../scim/message/urn.ts';
import { createClient } from './client.test.ts';
import type { LogEntry } from './log.ts';

const user = { schemas: [USER], userName: 'ada' };

describe('Authentication', () => {
  const bearer = /^Bearer realm="scim"/;
  const cases: [string, string | undefined, RegExp][] = [
    ['no credential', undefined, /^Bearer realm="scim"$/],
    ['an unknown token', 'Bearer nonsense', /error="invalid_token"/],
    ['a token that begins like a good one', 'Bearer token-on', /error="invalid_token"/],
    ['another scheme', 'Basic dG9rZW4tb25lOg==', bearer],
    ['a broken header', 'Bearer', bearer],
    ['an empty header', '', bearer],
  ];
  for (const [what, authorization, challenge] of cases) {
    it(`refuses ${what} with 401 and a challenge, on every endpoint but one`, async () => {
      const { agent } = createClient();
      for (const [method, path] of [
        ['get', '/Users'],
        ['post', '/Users'],
        ['delete', '/Users/x'],
        ['post', '/Bulk'],
        ['get', '/Schemas'],
        ['get', '/nothing-here'],
      ] as const) {
        const request = agent[method](`/scim/v2${path}`);
        const answer = await (authorization === undefined ? request : request.set('Authorization', authorization));
        expect(answer.status, path).to.equal(401);
        expect(answer.headers['www-authenticate']).to.match(challenge);
        expect(JSON.parse(answer.text)).to.include({ status: '401' });
      }
    });
  }

  it('takes the scheme in any case', async () => {
    const client = createClient();
    expect(await client.get('/Users', { Authorization: 'bearer token-one' })).to.include({ status: 200 });
  });

  it('shows ServiceProviderConfig without a credential, but not with a wrong one', async () => {
    const { agent } = createClient();
    const open = await agent.get('/scim/v2/ServiceProviderConfig');
    expect(open.status).to.equal(200);
    expect(JSON.parse(open.text)).to.have.nested.property('authenticationSchemes[0].type', 'oauthbearertoken');
    const wrong = await agent.get('/scim/v2/ServiceProviderConfig').set('Authorization', 'Bearer x');
    expect(wrong.status).to.equal(401);
  });

  it('refuses everybody when it knows no token, and nobody when it is anonymous', async () => {
    const [closed, open] = [createClient({ tokens: [] }), createClient({ tokens: [], anonymous: true })];
    expect((await closed.agent.get('/scim/v2/Users')).status).to.equal(401);
    expect((await open.agent.get('/scim/v2/Users')).status).to.equal(200);
  });

  it('lets a reader read and search, and nothing else', async () => {
    const client = createClient({ readOnlyTokens: ['reader'] });
    const { id } = await client.user('ada');
    const headers = { Authorization: 'Bearer reader' };
    expect(await client.get('/Users', headers)).to.include({ status: 200 });
    expect(await client.post('/Users/.search', search, headers)).to.include({ status: 200 });
    for (const answer of [
      await client.post('/Users', user, headers),
      await client.delete(`/Users/${id}`, headers),
      await client.patch(`/Users/${id}`, [{ op: 'remove', path: 'title' }], headers),
      await client.post('/Bulk', {}, headers),
    ]) {
      expect(answer.status).to.equal(403);
      expect(answer.headers['www-authenticate']).to.include('error="insufficient_scope"');
    }
  });
});

type Client = ReturnType<typeof createClient>;

const search = { schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'] };

describe('An error', () => {
  const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`;
  type Ask = (client: Client) => Promise<{ status: number; text: string; headers: object }>;
  const cases: [string, Ask, number, string | undefined][] = [
    ['a body that is not JSON', c => c.post('/Users', '{oops'), 400, 'invalidSyntax'],
    ['an empty body', c => c.post('/Users', ''), 400, 'invalidSyntax'],
    ['an array', c => c.post('/Users', []), 400, 'invalidSyntax'],
    ['a text', c => c.post('/Users', '"x"'), 400, 'invalidSyntax'],
    ['null', c => c.post('/Users', 'null'), 400, 'invalidSyntax'],
    ['a body that nests without end', c => c.post('/Users', deep), 400, 'invalidSyntax'],
    ['a body without schemas', c => c.post('/Users', { userName: 'x' }), 400, 'invalidSyntax'],
    ['a group sent to /Users', c => c.post('/Users', { schemas: [GROUP], displayName: 'x' }), 400, 'invalidSyntax'],
    ['a missing required attribute', c => c.post('/Users', { schemas: [USER] }), 400, 'invalidValue'],
    ['a value of the wrong type', c => c.post('/Users', { ...user, emails: 'x' }), 400, 'invalidValue'],
    ['another media type', c => c.post('/Users', 'x', { 'Content-Type': 'text/plain' }), 415, undefined],
    [
      'another charset',
      c => c.post('/Users', '{}', { 'Content-Type': 'application/json; charset=latin1' }),
      415,
      undefined,
    ],
    ['a compressed body', c => c.post('/Users', '{}', { 'Content-Encoding': 'gzip' }), 415, undefined],
    ['a body past the limit', c => c.post('/Users', { ...user, title: 'x'.repeat(20_000) }), 413, undefined],
    ['a bulk body past its limit', c => c.post('/Bulk', { x: 'x'.repeat(9000) }), 413, undefined],
    ['an unknown resource', c => c.get('/Users/not-an-id'), 404, undefined],
    ['an id with a broken escape', c => c.get('/Users/%E0%A4%A'), 404, undefined],
    ['an unknown endpoint', c => c.get('/Nope'), 404, undefined],
    ['a path that is too long', c => c.get('/Users/x/y/z'), 404, undefined],
    ['the name of a placeholder', c => c.get('/Users/:id'), 404, undefined],
    ['a bad filter', c => c.get('/Users?filter=userName'), 400, 'invalidFilter'],
    ['an empty filter', c => c.get('/Users?filter='), 400, 'invalidFilter'],
    ['two filters', c => c.get('/Users?filter=id%20pr&filter=id%20pr'), 400, 'invalidFilter'],
    ['a secret in a filter', c => c.find('/Users', 'password eq "x"'), 403, 'sensitive'],
    ['a count that is no number', c => c.get('/Users?count=abc'), 400, 'invalidValue'],
    ['both lists of attributes', c => c.get('/Users?attributes=id&excludedAttributes=id'), 400, 'invalidValue'],
    ['a filter on discovery', c => c.get('/Schemas?filter=id%20pr'), 403, undefined],
    ['an answer in a type that is not JSON', c => c.get('/Users', { Accept: 'text/csv' }), 406, undefined],
    ['a body of too many values', c => c.post('/Users', { ...user, emails: Array(500).fill(1) }), 413, undefined],
    ['/Me without a resource', c => c.get('/Me'), 501, undefined],
    ['POST to /Me', c => c.post('/Me', user), 501, undefined],
  ];
  for (const [what, ask, status, scimType] of cases) {
    it(`for ${what} is a SCIM error ${status} ${scimType ?? ''}`, async () => {
      const client = createClient({
        settings: { maxBodySize: 16_384, bulkMaxPayloadSize: 8192, maxDepth: 10, maxValues: 500 },
      });
      const answer = await ask(client);
      const body = JSON.parse(answer.text) as Record<string, unknown>;
      expect({ status: answer.status, scimType: body['scimType'] }).to.deep.equal({ status, scimType });
      expect(body).to.deep.include({ schemas: [ERROR], status: String(status) });
      expect(body['detail'])
        .to.be.a('string')
        .that.matches(/\S/)
        .and.not.match(/\bat .*\.ts:\d|node_modules/);
      expect(answer.headers).to.have.property('content-type', 'application/scim+json');
    });
  }

  it('says which limit a bulk request is past', async () => {
    const client = createClient({ settings: { bulkMaxPayloadSize: 100 } });
    const { body } = await client.post('/Bulk', { x: 'x'.repeat(200) });
    expect(body['detail']).to.include('maxPayloadSize').and.include('100');
  });

  it('of the server itself tells nothing of its inside, and the log all of it', async () => {
    const entries: LogEntry[] = [];
    const client = createClient({ log: entry => entries.push(entry), newId: () => 'always-the-same' });
    await client.user('ada');
    const answer = await client.post('/Users', { ...user, userName: 'bob' });
    expect(answer).to.include({ status: 500 });
    expect(answer.body).to.include({ status: '500' });
    expect(answer.text).to.not.include('always-the-same');
    expect(entries.at(-1)).to.have.property('fault').that.includes('always-the-same');
  });

  it('has no body in the answer to HEAD', async () => {
    expect(await createClient().head('/Users/x')).to.deep.include({ status: 404, body: {} });
  });
});

describe('A method that is not defined', () => {
  const cases: [string, string, readonly string[]][] = [
    ['/Users', 'GET, HEAD, POST', ['put', 'patch', 'delete']],
    ['/Users/x', 'GET, HEAD, PUT, PATCH, DELETE', ['post']],
    ['/Users/.search', 'POST', ['get', 'put', 'patch', 'delete']],
    ['/Bulk', 'POST', ['get', 'put', 'patch', 'delete']],
    ['/ServiceProviderConfig', 'GET, HEAD', ['post', 'put', 'patch', 'delete']],
    ['/Schemas', 'GET, HEAD', ['post', 'put', 'patch', 'delete']],
    [`/Schemas/${USER}`, 'GET, HEAD', ['post', 'put', 'patch', 'delete']],
    ['/ResourceTypes/User', 'GET, HEAD', ['post', 'put', 'patch', 'delete']],
  ];
  for (const [path, allow, methods] of cases) {
    it(`is refused with 405 and Allow ${allow} at ${path}`, async () => {
      const client = createClient();
      for (const method of methods) {
        const answer = await client.agent[method as 'put'](`/scim/v2${path}`).set('Authorization', 'Bearer token-one');
        expect(answer.status, method).to.equal(405);
        expect(answer.headers['allow']).to.equal(allow);
        expect(JSON.parse(answer.text)).to.include({ status: '405' });
      }
    });
  }
});

describe('Content negotiation', () => {
  const cases: [string | undefined, string][] = [
    [undefined, 'application/scim+json'],
    ['*/*', 'application/scim+json'],
    ['application/scim+json', 'application/scim+json'],
    ['application/json', 'application/json'],
    ['application/json, application/scim+json', 'application/scim+json'],
    ['application/json;q=0.9, application/scim+json;q=0.5', 'application/json'],
    ['text/html, application/xhtml+xml, */*;q=0.8', 'application/scim+json'],
    ['application/json, text/plain, */*', 'application/scim+json'],
  ];
  for (const [accept, type] of cases) {
    it(`answers ${accept ?? 'no Accept'} with ${type}, errors too`, async () => {
      const client = createClient();
      const headers: Record<string, string> = accept === undefined ? {} : { Accept: accept };
      for (const path of ['/Users', '/ServiceProviderConfig', '/Users/unknown']) {
        expect((await client.get(path, headers)).headers['content-type'], path).to.equal(type);
      }
    });
  }

  it('reads JSON under both names, with a charset too, and keeps text beyond ASCII', async () => {
    const client = createClient();
    for (const [index, type] of [
      'application/scim+json',
      'application/json',
      'application/scim+json; charset=utf-8',
      'Application/SCIM+JSON;charset="UTF-8"',
    ].entries()) {
      const body = { schemas: [USER], userName: `u${index}`, displayName: 'Ада Λ 😀' };
      const answer = await client.post('/Users', body, { 'Content-Type': type });
      expect(answer.status, type).to.equal(201);
      expect(answer.body).to.include({ displayName: 'Ада Λ 😀' });
    }
  });
});

describe('Beside SCIM', () => {
  it('health is told to anybody', async () => {
    const answer = await createClient().agent.get('/health');
    expect(answer).to.include({ status: 200 });
    expect(answer.body).to.deep.equal({ status: 'ok' });
  });

  it('another protocol version is refused, and nothing else is there', async () => {
    const { agent } = createClient();
    for (const [path, status, scimType] of [
      ['/scim/v99/Users', 400, 'invalidVers'],
      ['/scim/v2x', 404, undefined],
      ['/', 404, undefined],
    ] as const) {
      const answer = await agent.get(path);
      const body = JSON.parse(answer.text) as Record<string, unknown>;
      expect({ status: answer.status, scimType: body['scimType'] }, path).to.deep.equal({ status, scimType });
    }
  });

  it('no header says what the server is made of', async () => {
    expect((await createClient().get('/Users')).headers).to.not.have.any.keys('x-powered-by', 'server');
  });

  it('the log tells method, path, status and time, and no query', async () => {
    const entries: LogEntry[] = [];
    const client = createClient({ log: entry => entries.push(entry) });
    await client.find('/Users', 'userName eq "somebody"');
    expect(entries).to.deep.equal([{ method: 'GET', path: '/scim/v2/Users', status: 200, ms: 0 }]);
  });
});
