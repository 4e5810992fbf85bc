import { expect } from 'chai';
import { ENTERPRISE_USER, ERROR, GROUP, PATCH_OP, USER } from '../../scim/message/urn.ts';
import type { JsonObject } from '../../scim/wire/message.ts';
import { BASE, createClient, type Made } from './client.test.ts';

type Client = ReturnType<typeof createClient>;
type Result = Record<string, string> & { readonly response?: Record<string, unknown> };

const BULK_REQUEST = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
const send = (client: Client, Operations: readonly unknown[], more = {}) =>
  client.post('/Bulk', { schemas: [BULK_REQUEST], Operations, ...more });
const results = (body: JsonObject): Result[] => body['Operations'] as unknown as Result[];
const statuses = (body: JsonObject): (string | undefined)[] => results(body).map(({ status }) => status);
const idAt = (body: JsonObject, index: number): string => results(body)[index]?.['location']?.split('/').at(-1) ?? '';

const user = (bulkId: string, more = {}) => ({
  method: 'POST',
  path: '/Users',
  bulkId,
  data: { schemas: [USER], userName: bulkId, ...more },
});
const group = (bulkId: string, ...members: string[]) => ({
  method: 'POST',
  path: '/Groups',
  bulkId,
  data: { schemas: [GROUP], displayName: bulkId, members: members.map(value => ({ value })) },
});
const bad = (bulkId: string) => ({ method: 'POST', path: '/Users', bulkId, data: { schemas: [USER] } });

describe('A bulk request', () => {
  it('carries out every method and reports each with status, location and version', async () => {
    const client = createClient();
    const [ada, bob, eve] = [await client.user('ada'), await client.user('bob'), await client.user('eve')];
    const { status, body } = await send(client, [
      user('new'),
      { method: 'PUT', path: `/Users/${ada.id}`, data: { schemas: [USER], userName: 'ada', title: 'T' } },
      {
        method: 'patch',
        path: `/Users/${bob.id}`,
        data: { schemas: [PATCH_OP], Operations: [{ op: 'add', path: 'title', value: 'T' }] },
      },
      { method: 'DELETE', path: `/Users/${eve.id}` },
    ]);
    expect(status).to.equal(200);
    expect(body['schemas']).to.deep.equal(['urn:ietf:params:scim:api:messages:2.0:BulkResponse']);
    expect(statuses(body)).to.deep.equal(['201', '200', '200', '204']);
    expect(results(body).map(({ method, bulkId }) => [method, bulkId])).to.deep.equal([
      ['POST', 'new'],
      ['PUT', undefined],
      ['PATCH', undefined],
      ['DELETE', undefined],
    ]);
    for (const result of results(body).slice(0, 3)) {
      const { headers } = await client.get(result['location']?.slice(BASE.length) ?? '');
      expect(headers).to.deep.include({ etag: result['version'], location: result['location'] });
    }
    expect(results(body)[3]).to.deep.equal({ method: 'DELETE', location: `${BASE}/Users/${eve.id}`, status: '204' });
  });

  it('resumes what waits for several resources once the last of them is there', async () => {
    const client = createClient();
    const { body } = await send(client, [
      group('all', 'bulkId:a', 'bulkId:b', 'bulkId:all', 'bulkId:a'),
      {
        method: 'PATCH',
        path: '/Groups/bulkId:late',
        data: { schemas: [PATCH_OP], Operations: [{ op: 'add', path: 'members', value: [{ value: 'bulkId:b' }] }] },
      },
      user('a'),
      group('late', 'bulkId:a'),
      user('b'),
    ]);
    expect(statuses(body)).to.deep.equal(['201', '204', '201', '201', '201']);
    const members = async (at: number) => {
      const { body: shown } = await client.get(`/Groups/${idAt(body, at)}`);
      return (shown['members'] as { value: string }[]).map(({ value }) => value);
    };
    expect(await members(0)).to.have.members([idAt(body, 2), idAt(body, 4), idAt(body, 0)]);
    expect(await members(3)).to.deep.equal([idAt(body, 2), idAt(body, 4)]);
  });

  it('gives new versions to those below whose groups change, as requests of their own do', async () => {
    const client = createClient();
    const ada = await client.user('ada');
    const { headers: before } = await client.get(`/Users/${ada.id}`);
    await send(client, [group('outer', 'bulkId:inner'), group('inner', ada.id)]);
    const { headers, body } = await client.get(`/Users/${ada.id}`);
    expect(headers['etag']).not.to.equal(before['etag']);
    expect((body['groups'] as { display: string }[]).map(({ display }) => display)).to.deep.equal(['inner', 'outer']);
  });

  it('refuses operations that go through long lists too often, and carries out the others', async () => {
    const client = createClient({ settings: { bulkMaxOperations: 1000 } });
    const { body: made } = await send(
      client,
      Array.from({ length: 500 }, (_, at) => user(`u${at}`)),
    );
    const { body: crowd } = await send(client, [group('crowd', ...results(made).map((_, at) => idAt(made, at)))]);
    const rename = (at: number) => ({
      method: 'PATCH',
      path: `/Groups/${idAt(crowd, 0)}`,
      data: {
        schemas: [PATCH_OP],
        Operations: Array.from({ length: 20 }, () => ({ op: 'remove', path: `members[value eq "${at}"]` })),
      },
    });
    const { body } = await send(client, [...Array.from({ length: 500 }, (_, at) => rename(at)), user('last')]);
    const answers = statuses(body);
    expect(answers[0]).to.equal('204');
    expect(answers[499]).to.equal('413');
    expect(answers[500]).to.equal('201');
  });

  it('goes on after a failure and reports it with an error body', async () => {
    const client = createClient();
    const { body } = await send(client, [bad('b'), user('a'), { method: 'DELETE', path: '/Users/none' }]);
    expect(statuses(body)).to.deep.equal(['400', '201', '404']);
    const [failed, , gone] = results(body);
    expect(failed).to.not.have.any.keys('location', 'version');
    expect(failed?.response).to.deep.include({ schemas: [ERROR], status: '400', scimType: 'invalidValue' });
    expect(gone).to.deep.include({ location: `${BASE}/Users/none` });
  });

  for (const [failOnErrors, ran] of [
    [1, ['400']],
    [2, ['400', '201', '400']],
    [3, ['400', '201', '400', '201']],
  ] as const) {
    it(`stops at error number ${failOnErrors} when failOnErrors is that`, async () => {
      const client = createClient();
      const { body } = await send(client, [bad('1'), user('2'), bad('3'), user('4')], { failOnErrors });
      expect(statuses(body)).to.deep.equal(ran);
      expect(body).to.not.have.property('failOnErrors');
      const created = ran.filter(status => status === '201').length;
      expect((await client.get('/Users')).body).to.include({ totalResults: created });
    });
  }

  it('puts ids in place of references, in extensions and paths too', async () => {
    const client = createClient();
    const { body } = await send(client, [
      user('boss'),
      user('ada', { [ENTERPRISE_USER]: { manager: { value: 'bulkId:boss' } } }),
      group('team', 'bulkId:ada'),
      {
        method: 'PATCH',
        path: '/Groups/bulkId:team',
        data: {
          schemas: [PATCH_OP],
          Operations: [{ op: 'add', path: 'members', value: [{ value: 'bulkId:boss' }] }],
        },
      },
    ]);
    expect(statuses(body)).to.deep.equal(['201', '201', '201', '204']);
    const [boss, ada] = [idAt(body, 0), idAt(body, 1)];
    const made = await client.get(`/Users/${ada}`);
    expect(made.body[ENTERPRISE_USER]).to.have.nested.property('manager.value', boss);
    const { members } = (await client.get(`/Groups/${idAt(body, 2)}`)).body;
    expect((members as unknown as { value: string }[]).map(({ value }) => value)).to.deep.equal([ada, boss]);
  });

  it('resolves forward references and circles, and what it made counts as not modified', async () => {
    let time = 0;
    const client = createClient({ now: () => (time += 1000) });
    const { body } = await send(client, [
      group('one', 'bulkId:two', 'bulkId:ada'),
      group('two', 'bulkId:one'),
      user('ada', { [ENTERPRISE_USER]: { department: 'D', manager: { value: 'bulkId:bob' } } }),
      user('bob', { [ENTERPRISE_USER]: { manager: { value: 'bulkId:ada' } } }),
    ]);
    expect(statuses(body)).to.deep.equal(['201', '201', '201', '201']);
    const [one, two, ada, bob] = [0, 1, 2, 3].map(index => idAt(body, index));
    const shown = async (path: string) => (await client.get(path)).body as Made;
    const first = await shown(`/Groups/${one}`);
    expect(first['members']).to.have.lengthOf(2);
    expect(first).to.have.nested.property('members[0].value', two);
    expect(first).to.have.nested.property('members[1].value', ada);
    expect(await shown(`/Groups/${two}`)).to.have.nested.property('members[0].value', one);
    expect((await shown(`/Users/${ada}`))[ENTERPRISE_USER]).to.deep.include({ department: 'D' });
    expect((await shown(`/Users/${ada}`))[ENTERPRISE_USER]).to.have.nested.property('manager.value', bob);
    expect((await shown(`/Users/${bob}`))[ENTERPRISE_USER]).to.have.nested.property('manager.value', ada);
    expect(first.meta['lastModified']).to.equal(first.meta['created']);
    expect(results(body)[0]).to.include({ version: first.meta['version'] });
  });

  it('lets an operation wait for what is created further down', async () => {
    const client = createClient();
    const team = await client.group('Team');
    const Operations = [{ op: 'add', path: 'members', value: [{ value: 'bulkId:ada' }] }];
    const { body } = await send(client, [
      { method: 'PATCH', path: `/Groups/${team.id}`, data: { schemas: [PATCH_OP], Operations } },
      user('ada'),
    ]);
    expect(statuses(body)).to.deep.equal(['204', '201']);
    expect((await client.get(`/Groups/${team.id}`)).body).to.have.nested.property('members[0].value', idAt(body, 1));
  });

  const hopeless: [string, unknown[], string[], object][] = [
    ['to nothing', [group('g', 'bulkId:none')], ['409'], {}],
    ['back to a failure', [bad('u'), group('g', 'bulkId:u')], ['400', '409'], {}],
    ['forward to a failure', [group('g', 'bulkId:u'), bad('u')], ['409', '400'], {}],
    [
      'to one that is taken back',
      [group('g', 'bulkId:u'), bad('u'), group('h', 'bulkId:g')],
      ['409', '400', '409'],
      {},
    ],
    ['to what is not reached', [group('g', 'bulkId:u'), bad('x'), user('u')], ['409', '400'], { failOnErrors: 1 }],
  ];
  for (const [what, operations, wanted, more] of hopeless) {
    it(`leaves nothing behind of a creation that refers ${what}`, async () => {
      const client = createClient();
      const answer = await send(client, operations, more);
      expect(statuses(answer.body)).to.deep.equal(wanted);
      expect((await client.get('/')).body).to.include({ totalResults: 0 });
    });
  }

  it('guards an operation by version', async () => {
    const client = createClient();
    const ada = await client.user('ada');
    const put = (version: unknown, title: string) => ({
      method: 'PUT',
      path: `/Users/${ada.id}`,
      version,
      data: { schemas: [USER], userName: 'ada', title },
    });
    const { body } = await send(client, [
      put('W/"stale"', 'A'),
      put(ada.meta['version'], 'B'),
      put(ada.meta['version'], 'C'),
    ]);
    expect(statuses(body)).to.deep.equal(['412', '200', '412']);
    expect((await client.get(`/Users/${ada.id}`)).body).to.include({ title: 'B' });
  });

  const broken: [string, unknown, string][] = [
    ['an unknown method', { method: 'FOO', path: '/Users', bulkId: 'x', data: {} }, '400'],
    ['GET', { method: 'GET', path: '/Users' }, '400'],
    ['a creation without bulkId', { method: 'POST', path: '/Users', data: { schemas: [USER], userName: 'x' } }, '400'],
    ['a creation without data', { method: 'POST', path: '/Users', bulkId: 'x' }, '400'],
    ['a creation at a resource', { ...user('x'), path: '/Users/x' }, '400'],
    ['a replacement of a resource type', { method: 'PUT', path: '/Users', data: {} }, '400'],
    ['no path', { method: 'DELETE' }, '404'],
    ['a path that leads nowhere', { ...user('x'), path: '/Nope' }, '404'],
    ['a path to discovery', { method: 'DELETE', path: '/Schemas/x' }, '404'],
  ];
  for (const [what, operation, status] of broken) {
    it(`refuses ${what} with ${status} for that operation alone`, async () => {
      const client = createClient();
      expect(statuses((await send(client, [operation, user('fine')])).body)).to.deep.equal([status, '201']);
    });
  }

  it('refuses the second use of a bulkId', async () => {
    const client = createClient();
    expect(statuses((await send(client, [user('x'), { ...user('y'), bulkId: 'x' }])).body)).to.deep.equal([
      '201',
      '400',
    ]);
  });

  const messages: [string, object, number][] = [
    ['another message', { schemas: [USER], Operations: [] }, 400],
    ['no operations', { schemas: [BULK_REQUEST] }, 400],
    ['an operation that is no object', { schemas: [BULK_REQUEST], Operations: [1] }, 400],
    ['an operation without method', { schemas: [BULK_REQUEST], Operations: [{}] }, 400],
    ['a failOnErrors that is no number', { schemas: [BULK_REQUEST], Operations: [], failOnErrors: 'x' }, 400],
    ['too many operations', { schemas: [BULK_REQUEST], Operations: [user('1'), user('2'), user('3')] }, 413],
  ];
  for (const [what, message, status] of messages) {
    it(`is refused whole with ${status} for ${what}`, async () => {
      const client = createClient({ settings: { bulkMaxOperations: 2 } });
      const answer = await client.post('/Bulk', message);
      expect(answer).to.include({ status });
      if (status === 413) expect(answer.body['detail']).to.include('maxOperations is 2');
      expect((await client.get('/Users')).body).to.include({ totalResults: 0 });
    });
  }

  it('is answered 501 where it is switched off', async () => {
    expect(await send(createClient({ settings: { bulk: false } }), [])).to.include({ status: 501 });
  });

  it('leaves __proto__ in data without effect', async () => {
    const client = createClient();
    const data = JSON.parse(`{"schemas":["${USER}"],"userName":"ada","__proto__":{"title":"bulkId:x"}}`) as object;
    const operations = `{"schemas":["${BULK_REQUEST}"],"Operations":[{"method":"POST","path":"/Users","bulkId":"x","data":${JSON.stringify(data)}}]}`;
    const { body } = await client.post('/Bulk', operations);
    expect((await client.get(`/Users/${idAt(body, 0)}`)).body).to.not.have.property('title');
    expect(Object.prototype).to.not.have.property('title');
  });
});
