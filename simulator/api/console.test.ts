import { expect } from 'chai';
import { expectRefusal, setUp } from './client.test.ts';

/** Ada in a group that is bound to the application, and the paths of its Provisioning tab. */
async function bound() {
  const api = setUp();
  const [ada, group] = [await api.hire('ada', { firstname: 'Ada', lastname: 'L' }), await api.group('Engineering')];
  const { id } = api.admin.application();
  await api.post(`/api/v2/applications/${id}/associations`, { op: 'add', type: 'user_group', id: group });
  await api.post(`/api/v2/usergroups/${group}/members`, { op: 'add', type: 'user', id: ada });
  const sent = () => api.provider.requests.splice(0).map(({ method, path }) => `${method} ${path.split('?')[0]}`);
  return { ...api, ada, group, id, tab: `/console/applications/${id}/provisioning`, sent };
}

describe('console', () => {
  it('shows, saves and switches provisioning, and never shows a token', async () => {
    const { get, put, post, tab, sent } = await bound();
    expect((await get(tab)).body).to.deep.equal({ active: false, manageGroups: false });
    const form = { baseUrl: 'https://sp.example/scim/v2', token: 'a secret', manageGroups: true };
    const saved = await put(tab, form);
    expect(saved.body).to.deep.equal({ active: false, manageGroups: true, baseUrl: form.baseUrl });
    expect(sent()).to.deep.equal([]);
    const activated = await post(`${tab}/activate`);
    expect(activated.status).to.equal(200);
    expect(activated.body).to.include({ active: true });
    expect(activated.text).not.to.include('a secret');
    expect(sent()).to.include.members(['GET /Users', 'POST /Users', 'POST /Groups', 'PATCH /Groups/sp-2']);
    expect((await post(`${tab}/deactivate`)).body).to.include({ active: false });
    expect(sent()).to.deep.equal([]);
  });

  it('answers an activation that fails with why, and provisioning stays off', async () => {
    const { post, get, tab, provider } = await bound();
    provider.answerAll({ status: 401, headers: {}, text: '' });
    const { status, body } = await post(`${tab}/activate`);
    expect(status).to.equal(200);
    expect(body).to.include({ active: false });
    const [result] = (body as { results: { outcome: string; reason: string }[] }).results;
    expect(result?.outcome).to.equal('failed');
    expect(result?.reason).to.match(/401/);
    expect((await get(tab)).body).to.include({ active: false });
  });

  for (const [what, body, message] of [
    ['a Base URL without https (JC-3)', { baseUrl: 'http://sp.example/scim/v2' }, /https/],
    ['a Base URL that is none', { baseUrl: 'sp.example' }, /not a URL/],
    ['SCIM 1.1 (JC-Q43)', { scimVersion: '1.1' }, /SCIM 1\.1/],
    ['a misspelt field', { baseURL: 'https://sp.example' }, /"baseURL" \(did you mean baseUrl\?\)/],
    ['a token that is no text', { token: 5 }, /token is a text/],
    ['management of groups that is no yes or no', { manageGroups: 'yes' }, /manageGroups is true or false/],
  ] as const) {
    it(`does not activate with ${what}`, async () => {
      const { get, post, tab, sent } = await bound();
      expectRefusal(await post(`${tab}/activate`, body), 400, message);
      expect((await get(tab)).body).to.include({ active: false });
      expect(sent()).to.deep.equal([]);
    });
  }

  it('sends a new token from then on (JC-6a)', async () => {
    const { post, tab, provider, hire, idle, put, ada } = await bound();
    expectRefusal(await post(`${tab}/reauthenticate`, { token: 'new' }), 409, /provisioning is off/);
    await post(`${tab}/activate`, { baseUrl: 'https://sp.example', token: 'old' });
    expectRefusal(await post(`${tab}/reauthenticate`, {}), 400, /token is required/);
    expect((await post(`${tab}/reauthenticate`, { token: 'new' })).body).to.include({ active: true });
    provider.requests.splice(0);
    await hire('bob');
    await put(`/api/systemusers/${ada}`, { lastname: 'King' });
    await idle();
    expect(provider.requests).not.to.deep.equal([]);
    for (const { headers } of provider.requests) expect(headers['authorization']).to.equal('Bearer new');
  });

  it('holds changes back, shows the plan with its rules, and sends it when told to', async () => {
    const { get, put, post, tab, ada, id, sent } = await bound();
    await post(`${tab}/activate`);
    sent();
    expect((await put('/console/pushing', { held: true })).body).to.deep.equal({ held: true });
    await put(`/api/systemusers/${ada}`, { suspended: true });
    await get('/console/idle');
    expect(sent()).to.deep.equal([]);
    const planned = await get(`/console/planned?application=${id}`);
    expect(planned.body).to.have.length(1);
    expect((planned.body as object[])[0]).to.include({ kind: 'deactivate-user', person: ada });
    expect((planned.body as { rules: string[] }[])[0]?.rules).to.include('JC-21');
    const { body } = await post('/console/sync');
    expect((body as { outcome: string }[]).map(({ outcome }) => outcome)).to.deep.equal(['done']);
    expect(sent()).to.deep.equal(['GET /Users/sp-1', 'PUT /Users/sp-1']);
    expect((await get('/console/planned')).body).to.deep.equal([]);
    expect((await put('/console/pushing', { held: false })).body).to.deep.equal({ held: false });
    expect((await get('/console/pushing')).body).to.deep.equal({ held: false });
    expectRefusal(await put('/console/pushing', {}), 400, /held is required/);
  });

  it('shows what an activation would send, held back too', async () => {
    const { get, put, post, tab, sent } = await bound();
    await put('/console/pushing', { held: true });
    expect((await post(`${tab}/activate`)).body).to.deep.include({ active: true, results: [] });
    expect(sent()).to.deep.equal([]);
    const kinds = ((await get('/console/planned')).body as { kind: string }[]).map(({ kind }) => kind);
    expect(kinds).to.deep.equal(['test-connection', 'provision-user']);
  });

  it('sends what waited as soon as changes are let go', async () => {
    const { get, put, post, tab, ada, sent } = await bound();
    await post(`${tab}/activate`);
    await put('/console/pushing', { held: true });
    await put(`/api/systemusers/${ada}`, { suspended: true });
    sent();
    await put('/console/pushing', { held: false });
    expect((await get('/console/idle')).body).to.deep.equal({ idle: true });
    expect(sent()).to.deep.equal(['GET /Users/sp-1', 'PUT /Users/sp-1']);
  });

  it('deletes applications when their number is typed right (JC-8c)', async () => {
    const { get, post, id, admin } = await bound();
    const other = admin.addApplication({ name: 'Other' }).id;
    const remove = (count: unknown, applications: unknown = [id, other]) =>
      post('/console/applications/delete', { applications, count });
    expectRefusal(await remove(1), 400, /2 applications would be deleted, not 1/);
    expectRefusal(await remove('2'), 400, /all stay/);
    expectRefusal(await remove(0, []), 400, /list of the ids/);
    expectRefusal(await remove(2, [id, 'x']), 404, /no application/);
    expect((await get('/api/applications')).body).to.have.property('totalCount', 2);
    expect((await remove(2)).status).to.equal(204);
    expect((await get('/api/applications')).body).to.have.property('totalCount', 0);
  });
});

describe('changes through the API', () => {
  it('are provisioned at once and in order, those of many calls at a time too', async () => {
    const { post, put, get, tab, group, idle, provider, admin } = await bound();
    await post(`${tab}/activate`, { manageGroups: true });
    provider.requests.splice(0);
    const people = Array.from({ length: 12 }, (_, n) => `p${n}`);
    await Promise.all(
      people.map(async username => {
        const hired = await post('/api/systemusers', { username, email: `${username}@orbital.example` });
        const { _id: id } = hired.body as { _id: string };
        await post(`/api/v2/usergroups/${group}/members`, { op: 'add', type: 'user', id });
        await put(`/api/systemusers/${id}`, { lastname: 'Changed' });
        await put(`/api/systemusers/${id}`, { suspended: true });
      }),
    );
    await idle();
    const users = [...provider.stored.values()].filter(user => String(user['userName']).startsWith('p'));
    expect(users).to.have.length(people.length);
    for (const user of users) expect(user).to.include({ active: false });
    const creates = provider.requests.filter(({ method, path }) => method === 'POST' && path === '/Users');
    expect(creates).to.have.length(people.length);
    expect(admin.planned()).to.deep.equal([]);
    expect((await get('/console/idle')).status).to.equal(200);
  });
});
