import { expect } from 'chai';
import { expectRefusal, setUp } from './client.test.ts';

type Listed = { readonly totalCount: number; readonly results: readonly Record<string, unknown>[] };

describe('applications of API v1', () => {
  it('are there from the start, added, renamed in what admins call them, and deleted, all with 200', async () => {
    const api = setUp();
    const first = ((await api.get('/api/applications')).body as Listed).results[0];
    expect(first).to.include({ name: '1Password', displayLabel: '1Password' });

    const created = await api.post('/api/applications', { name: 'Vault', displayLabel: 'Our vault' });
    expect(created.status).to.equal(200);
    const { _id: id } = created.body as { _id: string };
    expect(created.body).to.include({ id, ssoUrl: 'https://sso.jumpcloud.com/saml2/vault', displayLabel: 'Our vault' });
    const path = `/api/applications/${id}`;
    expect((await api.get(path)).body).to.deep.equal(created.body);
    expect((await api.put(path, { displayLabel: 'The vault' })).body).to.include({ displayLabel: 'The vault' });
    // What is left out is reset.
    expect((await api.put(path, {})).body).to.include({ name: 'Vault', displayLabel: 'Vault' });

    const deleted = await api.delete(path);
    expect({ status: deleted.status, id: (deleted.body as { id: string }).id }).to.deep.equal({ status: 200, id });
    expectRefusal(await api.get(path), 404, /no application/);
    expectRefusal(await api.delete(path), 404, /no application/);
    expect((await api.get('/api/applications')).body).to.have.property('totalCount', 1);
  });

  for (const [what, body, message] of [
    ['no name', { displayLabel: 'x' }, /name is required/],
    ['a name that is no text', { name: 5 }, /name is a text/],
    ['a misspelt field', { name: 'x', displayLable: 'y' }, /"displayLable" \(did you mean displayLabel\?\)/],
  ] as const) {
    it(`are not added with ${what}`, async () => {
      expectRefusal(await setUp().post('/api/applications', body), 400, message);
    });
  }

  it('made by the name of a template have its connector', async () => {
    const api = setUp();
    const connection = { baseUrl: 'https://sp.example/scim/v2', token: 'x' };
    const activating = async (name: string) => {
      const { _id: id } = (await api.post('/api/applications', { name })).body as { _id: string };
      const tab = `/console/applications/${id}/provisioning`;
      await api.put(tab, connection);
      return { activate: await api.post(`${tab}/activate`), groups: await api.put(tab, { manageGroups: true }) };
    };
    expectRefusal((await activating('custom')).activate, 400, /test e-mail address/);
    expectRefusal((await activating('people-only')).groups, 400, /no groups to manage/);
    const { activate, groups } = await activating('Anything else');
    expect([activate.status, groups.status]).to.deep.equal([200, 200]);
  });

  it('keep their name and SSO URL (JC-9b)', async () => {
    const api = setUp();
    const path = `/api/applications/${api.admin.application().id}`;
    expectRefusal(await api.put(path, { name: 'Other' }), 400, /name of 1Password is fixed/);
    expectRefusal(await api.put(path, { ssoUrl: 'https://x.example' }), 400, /ssoUrl of 1Password is fixed/);
  });

  for (const [query, expected] of [
    ['', ['1Password', 'A', 'B']],
    ['filter=name:$eq:A', ['A']],
    ['sort=-name&limit=2', ['B', 'A']],
    ['limit=2&skip=2', ['B']],
    ['skip=3', []],
    ['fields=name', ['1Password', 'A', 'B']],
  ] as const) {
    it(`are listed for "${query}" as ${expected.join(', ') || 'none'}`, async () => {
      const api = setUp();
      for (const name of ['A', 'B']) api.admin.addApplication({ name });
      const { body, headers } = await api.get(`/api/applications?${query}`);
      const { results } = body as Listed;
      expect(results.map(({ name }) => name)).to.deep.equal(expected);
      if (!query.includes('filter')) expect(headers['x-total-count']).to.equal('3');
      if (query.includes('fields')) expect(results[0]).to.have.all.keys('_id', 'id', 'name');
    });
  }

  it('have templates that tell whether groups are supported', async () => {
    const api = setUp();
    const { results } = (await api.get('/api/application-templates')).body as Listed;
    expect(
      results.map(({ _id, provision }) => [_id, (provision as Record<string, unknown>)['groups_supported']]),
    ).to.deep.equal([
      ['1password', true],
      ['custom', true],
      ['people-only', false],
    ]);
    expect((await api.get('/api/application-templates/custom')).body).to.deep.equal(results[1]);
    expectRefusal(await api.get('/api/application-templates/x'), 404, /no application template/);
  });
});
