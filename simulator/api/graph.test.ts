import { expect } from 'chai';
import type { Test } from 'supertest';
import { expectRefusal, setUp } from './client.test.ts';

/** Ada and Bob in Engineering, Ada in Leads; both groups and nobody else are there. */
async function team() {
  const api = setUp();
  const [ada, bob] = [await api.hire('ada'), await api.hire('bob')];
  const [eng, leads] = [await api.group('Engineering'), await api.group('Leads')];
  for (const [group, person] of [
    [eng, ada],
    [eng, bob],
    [leads, ada],
  ] as const) {
    api.admin.join(person, group);
  }
  return { ...api, ada, bob, eng, leads, app: api.admin.application().id };
}

type Team = Awaited<ReturnType<typeof team>>;
const end = (type: string, id: string) => ({ type, id, attributes: null });
const edge = (from: object, to: object) => ({ attributes: null, from, to });

describe('members of a user group', () => {
  it('are listed as connections and as what can be reached', async () => {
    const { get, eng, ada, bob } = await team();
    const members = await get(`/api/v2/usergroups/${eng}/members`);
    expect(members.status).to.equal(200);
    expect(members.headers['x-total-count']).to.equal('2');
    const edges = [ada, bob].map(id => edge(end('user_group', eng), end('user', id)));
    expect(members.body).to.deep.equal(edges);
    const membership = await get(`/api/v2/usergroups/${eng}/membership`);
    expect(membership.body).to.deep.equal(
      [ada, bob].map((id, n) => ({ type: 'user', id, compiledAttributes: {}, paths: [[edges[n]]] })),
    );
    const second = await get(`/api/v2/usergroups/${eng}/members?limit=1&skip=1`);
    expect(second.body).to.deep.equal([edges[1]]);
    expect((await get(`/api/v2/usergroups/${eng}/members?skip=2`)).body).to.deep.equal([]);
  });

  it('are added and removed with 204, and not twice', async () => {
    const { get, post, leads, bob } = await team();
    const path = `/api/v2/usergroups/${leads}/members`;
    const change = (op: string) => post(path, { op, type: 'user', id: bob });
    expectRefusal(await change('remove'), 404, /not in "Leads"/);
    expectRefusal(await change('update'), 404, /no member/);
    expect((await change('add')).status).to.equal(204);
    expect((await change('update')).status).to.equal(204);
    expectRefusal(await change('add'), 409, /in "Leads" already/);
    expect((await get(path)).body).to.have.length(2);
    expect((await change('remove')).status).to.equal(204);
    expect((await get(path)).body).to.have.length(1);
  });

  const person = '5d35e14eb90ad46e65ba0000';
  for (const [what, body, status, message] of [
    ['no operation', { type: 'user', id: person }, 400, /op is required/],
    ['an operation that is none', { op: 'replace', type: 'user', id: person }, 400, /add, remove, update/],
    ['an operation of objects', { op: 'constructor', type: 'user', id: person }, 400, /add, remove, update/],
    ['no type', { op: 'add', id: person }, 400, /type is required/],
    ['another type', { op: 'add', type: 'system', id: person }, 400, /type has to be user/],
    ['no id', { op: 'add', type: 'user' }, 400, /id is required/],
    ['an unknown id', { op: 'add', type: 'user', id: person }, 404, /nobody/],
  ] as const) {
    it(`are not changed with ${what}`, async () => {
      const { post, eng } = await team();
      expectRefusal(await post(`/api/v2/usergroups/${eng}/members`, body), status, message);
    });
  }
});

describe('associations', () => {
  const ends: readonly [what: string, path: (team: Team) => string, body: (team: Team) => object][] = [
    ['a group', t => `/api/v2/usergroups/${t.eng}/associations`, t => ({ type: 'application', id: t.app })],
    ['an application', t => `/api/v2/applications/${t.app}/associations`, t => ({ type: 'user_group', id: t.eng })],
  ];
  for (const [what, path, body] of ends) {
    it(`bind from ${what} and unbind, each once, and are seen from both ends`, async () => {
      const t = await team();
      const change = (op: string) => t.post(path(t), { op, ...body(t) });
      const seen = async () => [
        (await t.get(`/api/v2/usergroups/${t.eng}/associations?targets=application`)).body as unknown,
        (await t.get(`/api/v2/applications/${t.app}/associations?targets=user_group`)).body as unknown,
      ];
      const [group, app] = [end('user_group', t.eng), end('application', t.app)];
      expect(await seen()).to.deep.equal([[], []]);
      expectRefusal(await change('remove'), 404, /not bound/);
      expect((await change('add')).status).to.equal(204);
      expectRefusal(await change('add'), 409, /bound to .* already/);
      expect(await seen()).to.deep.equal([[edge(group, app)], [edge(app, group)]]);
      expectRefusal(await change('update'), 400, /add, remove/);
      expect((await change('remove')).status).to.equal(204);
      expect(await seen()).to.deep.equal([[], []]);
    });
  }

  it('lead people to applications through their groups, by every way there', async () => {
    const { get, admin, ada, bob, eng, leads, app } = await team();
    for (const group of [eng, leads]) admin.bind(group);
    const ids = async (path: string) =>
      ((await get(path)).body as { id: string; paths: unknown[] }[]).map(({ id, paths }) => [id, paths.length]);
    expect(await ids(`/api/v2/applications/${app}/users`)).to.deep.equal([
      [ada, 2],
      [bob, 1],
    ]);
    expect(await ids(`/api/v2/applications/${app}/usergroups`)).to.deep.equal([
      [eng, 1],
      [leads, 1],
    ]);
    expect(await ids(`/api/v2/usergroups/${eng}/applications`)).to.deep.equal([[app, 1]]);
    expect(await ids(`/api/v2/users/${ada}/memberof`)).to.deep.equal([
      [eng, 1],
      [leads, 1],
    ]);
    expect(await ids(`/api/v2/users/${ada}/applications`)).to.deep.equal([[app, 2]]);
    const [reached] = (await get(`/api/v2/users/${bob}/applications`)).body as { paths: unknown[] }[];
    expect(reached?.paths[0]).to.deep.equal([
      edge(end('user', bob), end('user_group', eng)),
      edge(end('user_group', eng), end('application', app)),
    ]);
  });

  it('of one application are not those of another', async () => {
    const { get, post, eng, app } = await team();
    const created = await post('/api/applications', { name: 'Other' });
    const other = (created.body as { id: string }).id;
    await post(`/api/v2/applications/${other}/associations`, { op: 'add', type: 'user_group', id: eng });
    expect((await get(`/api/v2/applications/${app}/usergroups`)).body).to.deep.equal([]);
    expect((await get(`/api/v2/applications/${other}/usergroups`)).body).to.have.length(1);
  });

  const refusals: readonly [what: string, ask: (team: Team) => Test, status: number, message: RegExp][] = [
    ['no targets', t => t.get(`/api/v2/usergroups/${t.eng}/associations`), 400, /targets is required: application/],
    [
      'targets that are none',
      t => t.get(`/api/v2/usergroups/${t.eng}/associations?targets=applications`),
      400,
      /did you mean application\?/,
    ],
    ['an unknown group', t => t.get('/api/v2/usergroups/x/associations?targets=application'), 404, /no user group/],
    ['an unknown application', t => t.get('/api/v2/applications/x/users'), 404, /no application/],
    ['an unknown user', t => t.get('/api/v2/users/x/memberof'), 404, /no user with/],
    [
      'a person bound to an application',
      t => t.post(`/api/v2/applications/${t.app}/associations`, { op: 'add', type: 'user', id: t.ada }),
      400,
      /through user groups alone/,
    ],
    [
      'an unknown group to bind',
      t => t.post(`/api/v2/applications/${t.app}/associations`, { op: 'add', type: 'user_group', id: 'x' }),
      404,
      /no user group/,
    ],
  ];
  for (const [what, ask, status, message] of refusals) {
    it(`are refused for ${what}`, async () => {
      expectRefusal(await ask(await team()), status, message);
    });
  }

  it('to people exist in the graph, and here there are none', async () => {
    const { get, app } = await team();
    expect((await get(`/api/v2/applications/${app}/associations?targets=user`)).body).to.deep.equal([]);
  });
});
