import { expect } from 'chai';
import { expectRefusal, setUp } from './client.test.ts';
import { routes } from './routes.ts';

describe('admin API', () => {
  for (const [what, key, message] of [
    ['no key', undefined, /no API key.*x-api-key/],
    ['an empty key', '', /no API key/],
    ['an unknown key', 'jca_tess', /api key user not found/],
    ['the beginning of a key', 'jca_', /api key user not found/],
  ] as const) {
    it(`refuses ${what} with 401, wherever it leads`, async () => {
      const { agent } = setUp();
      for (const path of ['/api/systemusers', '/api/v2/usergroups', '/console/planned', '/nowhere']) {
        const request = agent.get(path);
        expectRefusal(await (key === undefined ? request : request.set('x-api-key', key)), 401, message);
      }
    });
  }

  it('takes any of its keys, and tells its health without one', async () => {
    const { agent } = setUp();
    expect((await agent.get('/api/systemusers').set('x-api-key', 'other')).status).to.equal(200);
    expect((await agent.get('/health')).body).to.deep.equal({ status: 'ok' });
  });

  it('answers each route of its table, and no other method there', async () => {
    const { ask } = setUp();
    const allowed = new Map<string, string[]>();
    for (const { path, method } of routes) allowed.set(path, [...(allowed.get(path) ?? []), method.toLowerCase()]);
    for (const [path, methods] of allowed) {
      const url = path.replaceAll(/:\w+/g, '5d35e14eb90ad46e65ba0000');
      for (const method of methods) {
        const { status } = await ask(method as 'get', url);
        expect(status, `${method} ${url}`).to.be.below(500);
        expect(status, `${method} ${url}`).not.to.equal(405);
      }
      const other = (['patch', 'delete'] as const).find(method => !methods.includes(method)) ?? 'post';
      const refused = await ask(other, url);
      expectRefusal(refused, 405, /not allowed here; allowed are/);
      expect(String(refused.headers['allow']).toLowerCase().split(', ')).to.include.members(methods);
    }
  });

  it('has no two rows for one method and path, and says where each comes from', () => {
    const keys = routes.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(keys).size).to.equal(keys.length);
    for (const { source, path } of routes) {
      expect(source, path).to.match(path.startsWith('/console') ? /\w/ : /^jumpcloud\.md [23]\.\d/);
    }
  });

  for (const [what, method, path, body, status, message] of [
    ['an unknown path', 'get', '/api/systems', undefined, 404, /nothing at \/api\/systems/],
    ['another version', 'get', '/api/v3/usergroups', undefined, 404, /nothing at/],
    ['a path in another case', 'get', '/api/SystemUsers', undefined, 404, /nothing at/],
    ['a broken escape', 'get', '/api/systemusers/%E0%A4%A', undefined, 400, /could not be read/],
    ['an unknown id', 'get', '/api/systemusers/5d35e14eb90ad46e65ba0000', undefined, 404, /no system user/],
    ['an id that is none', 'get', '/api/v2/usergroups/x', undefined, 404, /no user group/],
    ['an application that is none', 'get', '/api/applications/x', undefined, 404, /no application/],
    ['a body that is not JSON', 'post', '/api/systemusers', '{"email"', 400, /could not be read/],
    ['a body that is a list', 'post', '/api/systemusers', '[]', 400, /JSON object/],
    ['a body that is a text', 'put', '/api/applications/x', '"x"', 404, /no application/],
    ['a body of null', 'post', '/api/v2/usergroups', 'null', 400, /JSON object/],
    ['a huge body', 'post', '/api/systemusers', { email: 'x'.repeat(2 ** 20) }, 413, /1 MiB/],
    [
      'a body that nests without end',
      'post',
      '/api/v2/usergroups',
      `${'['.repeat(9999)}${']'.repeat(9999)}`,
      400,
      /32 levels/,
    ],
    ['a value that nests', 'post', '/api/v2/usergroups', `{"name":${'['.repeat(9999)}${']'.repeat(9999)}}`, 400, /32/],
    ['a list of lists', 'post', '/api/search/systemusers', '['.repeat(50_000), 400, /could not be read/],
  ] as const) {
    it(`refuses ${what} with ${status}`, async () => {
      const { ask, faults } = setUp();
      expectRefusal(await ask(method, path, body), status, message);
      expect(faults).to.deep.equal([]);
    });
  }

  it('reads JSON whatever the client calls it, and in gzip', async () => {
    const { ask } = setUp();
    for (const [index, type] of ['application/x-www-form-urlencoded', 'text/plain', 'application/json'].entries()) {
      const body = JSON.stringify({ name: `Müller ${index}` });
      const answer = await ask('post', '/api/v2/usergroups').set('content-type', type).send(body);
      expect(answer.status, type).to.equal(201);
      expect(answer.body).to.have.property('name', `Müller ${index}`);
    }
  });

  it('refuses an organization id that is none, and takes any other', async () => {
    const { ask } = setUp();
    expectRefusal(await ask('get', '/api/systemusers').set('x-org-id', 'mine'), 400, /x-org-id/);
    for (const ids of ['5d35e14eb90ad46e65ba0739', '5d35e14eb90ad46e65ba0739, 5D35E14EB90AD46E65BA0001']) {
      expect((await ask('get', '/api/systemusers').set('x-org-id', ids)).status, ids).to.equal(200);
    }
  });

  it('keeps its own faults to itself, and tells whoever runs it', async () => {
    const { ask, admin, faults } = setUp();
    const broken = new Error('a secret of the inside');
    Object.assign(admin, {
      createGroup: () => {
        throw broken;
      },
    });
    const answer = await ask('post', '/api/v2/usergroups', { name: 'x' });
    expectRefusal(answer, 500, /^the server failed/);
    expect(answer.text).not.to.include('secret');
    expect(faults).to.deep.equal([broken]);
  });

  it('has no header that says what it is made of', async () => {
    expect((await setUp().get('/health')).headers).not.to.have.any.keys('x-powered-by', 'etag');
  });
});
