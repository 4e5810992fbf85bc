import { expect } from 'chai';
import { ENTERPRISE_USER, GROUP, USER } from '../../scim/message/urn.ts';
import { BASE, createClient, START } from './client.test.ts';

const stamp = (ms: number): string => new Date(START + ms).toISOString();

describe('A resource over HTTP', () => {
  it('is created with id, meta, Location and ETag that agree', async () => {
    const client = createClient();
    const { status, headers, body } = await client.post('/Users', {
      schemas: [USER],
      userName: 'ada',
      id: 'mine',
      meta: { created: '1999-01-01T00:00:00Z' },
    });
    expect(status).to.equal(201);
    expect(headers['content-type']).to.equal('application/scim+json');
    expect(body).to.have.nested.property('meta.resourceType', 'User');
    expect(body).to.have.nested.property('meta.created', stamp(0));
    expect(body).to.have.nested.property('meta.lastModified', stamp(0));
    expect(body).to.have.nested.property('meta.version', headers['etag']);
    expect(body).to.have.nested.property('meta.location', headers['location']);
    expect(headers['location']).to.equal(`${BASE}/Users/${String(body['id'])}`);
    expect(body['id']).to.match(/^[\da-f-]{36}$/);
    expect(await client.get(`/Users/${String(body['id'])}`)).to.deep.include({ status: 200, body });
  });

  it('shows its address as the request addresses the server, unless a base URL is configured', async () => {
    const client = createClient({ settings: { baseUrl: undefined } });
    const { meta, id } = await client.user('ada');
    expect(meta['location']).to.match(/^http:\/\/127\.0\.0\.1:\d+\/scim\/v2\/Users\/[\w-]+$/);
    const at = async (host: string) => (await client.get(`/Users/${id}`, { Host: host })).headers['location'];
    expect(await at('scim.example.org')).to.equal(`http://scim.example.org/scim/v2/Users/${id}`);
    expect(await at('evil/path?x=@y')).to.match(/^http:\/\/[\d.:a-f]+\/scim\/v2\/Users\//);
    const configured = createClient({ settings: { baseUrl: 'https://scim.example.org/tenant/' } });
    expect((await configured.user('ada')).meta['location']).to.match(
      /^https:\/\/scim\.example\.org\/tenant\/Users\/[\w-]+$/,
    );
  });

  it('is replaced whole and keeps id and created', async () => {
    const client = createClient();
    const { id } = await client.user('ada', { nickName: 'A', title: 'Countess' });
    client.advance(5000);
    const { status, body } = await client.put(`/Users/${id}`, { schemas: [USER], userName: 'ada', title: 'Lady' });
    expect(status).to.equal(200);
    expect(body).to.include({ id, title: 'Lady' }).and.not.have.property('nickName');
    expect(body).to.have.nested.property('meta.created', stamp(0));
    expect(body).to.have.nested.property('meta.lastModified', stamp(5000));
  });

  it('is patched and answered with a body', async () => {
    const client = createClient();
    const { id, meta } = await client.user('ada', { active: true });
    client.advance(1000);
    const { status, body, headers } = await client.patch(`/Users/${id}`, [
      { op: 'replace', path: 'active', value: false },
    ]);
    expect(status).to.equal(200);
    expect(body).to.include({ active: false });
    expect(body).to.have.nested.property('meta.lastModified', stamp(1000));
    expect(headers['etag']).to.not.equal(meta['version']);
    expect(await client.get(`/Users/${id}`)).to.deep.include({ body });
  });

  for (const [what, change] of [
    ['PUT of what was read', (client, user) => client.put(`/Users/${user.id}`, user)],
    [
      'PATCH to the present value',
      (client, user) => client.patch(`/Users/${user.id}`, [{ op: 'add', path: 'title', value: 'T' }]),
    ],
  ] as const satisfies readonly [string, (client: Client, user: User) => unknown][]) {
    it(`keeps version and lastModified after a ${what}`, async () => {
      const client = createClient();
      const user = await client.user('ada', { title: 'T', [ENTERPRISE_USER]: { department: 'D' } });
      client.advance(1000);
      const { status, body } = await change(client, user);
      expect(status).to.equal(200);
      expect(body).to.deep.equal(user);
    });
  }

  it('never goes back in time when the clock does', async () => {
    const client = createClient();
    const { id } = await client.user('ada');
    client.advance(-60_000);
    const { body } = await client.patch(`/Users/${id}`, [{ op: 'add', path: 'title', value: 'T' }]);
    expect(body).to.have.nested.property('meta.lastModified', stamp(0));
  });

  it('is deleted for good, and its unique value is free again', async () => {
    const client = createClient();
    const { id } = await client.user('ada');
    expect(await client.delete(`/Users/${id}`)).to.include({ status: 204, text: '' });
    for (const answer of [
      await client.get(`/Users/${id}`),
      await client.put(`/Users/${id}`, { schemas: [USER], userName: 'ada' }),
      await client.patch(`/Users/${id}`, [{ op: 'remove', path: 'title' }]),
      await client.delete(`/Users/${id}`),
    ]) {
      expect(answer.status).to.equal(404);
    }
    expect((await client.find('/Users', 'userName eq "ada"')).body).to.include({ totalResults: 0 });
    expect((await client.user('ada')).id).to.not.equal(id);
  });

  it('is found under its own type only', async () => {
    const client = createClient();
    const { id } = await client.user('ada');
    expect(await client.get(`/Groups/${id}`)).to.include({ status: 404 });
  });

  describe('with a unique value', () => {
    it('is created once when two requests come at once', async () => {
      const client = createClient();
      const make = (userName: string) => client.post('/Users', { schemas: [USER], userName });
      const answers = await Promise.all(['Ada@example.org', 'ada@EXAMPLE.org'].map(make));
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 409]);
      expect(answers.find(({ status }) => status === 409)?.body).to.include({ status: '409', scimType: 'uniqueness' });
      expect((await client.get('/Users')).body).to.include({ totalResults: 1 });
    });

    it('does not take that of another by PUT or PATCH', async () => {
      const client = createClient();
      await client.user('ada');
      const { id } = await client.user('bob');
      for (const answer of [
        await client.put(`/Users/${id}`, { schemas: [USER], userName: 'ADA' }),
        await client.patch(`/Users/${id}`, [{ op: 'replace', path: 'userName', value: 'ADA' }]),
      ]) {
        expect(answer.status).to.equal(409);
        expect(answer.body).to.include({ scimType: 'uniqueness' });
      }
      expect((await client.get(`/Users/${id}`)).body).to.include({ userName: 'bob' });
    });

    it('may change the case of its own', async () => {
      const client = createClient();
      const { id } = await client.user('ada');
      const { status, body } = await client.patch(`/Users/${id}`, [{ op: 'replace', path: 'userName', value: 'Ada' }]);
      expect({ status, userName: body['userName'] }).to.deep.equal({ status: 200, userName: 'Ada' });
    });
  });

  it('shows no password, takes a new one as a change, and keeps none', async () => {
    const client = createClient();
    const { id, meta } = await client.user('ada', { password: 'first-secret' });
    const { body, text, headers } = await client.patch(`/Users/${id}`, [
      { op: 'replace', path: 'password', value: 'other-secret' },
    ]);
    expect(body).to.not.have.property('password');
    expect(text).to.not.include('secret');
    expect(headers['etag']).to.not.equal(meta['version']);
    expect((await client.get(`/Users/${id}?attributes=password`)).text).to.not.match(/password|secret|conceal/);
  });

  it('refuses a new password when that is switched off', async () => {
    const client = createClient({ settings: { changePassword: false } });
    const { id } = await client.user('ada', { password: 'first-secret' });
    const answer = await client.patch(`/Users/${id}`, [{ op: 'replace', path: 'password', value: 'other-secret' }]);
    expect(answer).to.include({ status: 403 });
    expect(await client.patch(`/Users/${id}`, [{ op: 'add', path: 'title', value: 'T' }])).to.include({ status: 200 });
  });

  it('shows only what is asked for, whatever the method', async () => {
    const client = createClient();
    const user = { schemas: [USER], userName: 'ada', displayName: 'Ada', title: 'T' };
    const { status, body } = await client.post('/Users?attributes=userName', user);
    const id = String(body['id']);
    expect({ status, body }).to.deep.equal({ status: 201, body: { schemas: [USER], id, userName: 'ada' } });
    expect((await client.put(`/Users/${id}?attributes=userName`, user)).body).to.deep.equal(body);
    expect((await client.get(`/Users/${id}?excludedAttributes=title,meta`)).body).to.deep.equal({
      ...body,
      displayName: 'Ada',
    });
    const patched = await client.patch(`/Users/${id}?attributes=userName`, [{ op: 'remove', path: 'title' }]);
    expect(patched).to.deep.include({ status: 200, body });
  });

  it('shows the default set for an empty list of attributes', async () => {
    const client = createClient();
    const ada = await client.user('ada');
    await client.group('Engineers', [ada]);
    const { body } = await client.get(`/Users/${ada.id}`);
    expect(body).to.have.property('groups');
    expect((await client.get(`/Users/${ada.id}?attributes=&excludedAttributes=`)).body).to.deep.equal(body);
  });

  it('answers a GET with a filter by a list of at most itself', async () => {
    const client = createClient();
    const { id } = await client.user('ada');
    const [hit, miss] = await Promise.all(
      ['ada', 'bob'].map(name => client.find(`/Users/${id}`, `userName eq "${name}"`)),
    );
    expect(hit?.body).to.include({ totalResults: 1 });
    expect(miss?.body).to.deep.include({ totalResults: 0, Resources: [] });
  });

  describe('that holds others in a list', () => {
    it('is patched and answered without a body, unless attributes are asked for', async () => {
      const client = createClient();
      const ada = await client.user('ada');
      const { id } = await client.group('Engineers');
      const add = [{ op: 'add', path: 'members', value: [{ value: ada.id }] }];
      const brief = await client.patch(`/Groups/${id}`, add);
      expect(brief).to.include({ status: 204, text: '' });
      expect(brief.headers['etag']).to.equal((await client.get(`/Groups/${id}`)).headers['etag']);
      const asked = await client.patch(`/Groups/${id}?attributes=displayName`, add);
      expect(asked).to.deep.include({ status: 200, body: { schemas: [GROUP], id, displayName: 'Engineers' } });
    });
  });
});

type Client = ReturnType<typeof createClient>;
type User = Awaited<ReturnType<Client['user']>>;
