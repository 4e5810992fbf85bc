import { expect } from 'chai';
import type { Response } from 'supertest';
import { expectRefusal, setUp } from './client.test.ts';

const groups = '/api/v2/usergroups';
const namesIn = (body: unknown) => (body as { name: string }[]).map(({ name }) => name);

describe('user groups of API v2', () => {
  it('are created with 201, read, changed and deleted', async () => {
    const api = setUp();
    const created = await api.post(groups, {
      name: 'Engineering',
      description: 'Builds',
      email: 'eng@orbital.example',
      membershipMethod: 'STATIC',
      attributes: { floor: '3', ldap: [{ name: 'eng' }] },
    });
    expect(created.status).to.equal(201);
    const { id } = created.body as { id: string };
    expect(created.body).to.deep.equal({
      id,
      type: 'user_group',
      name: 'Engineering',
      description: 'Builds',
      email: 'eng@orbital.example',
      attributes: { floor: '3', ldap: '[{"name":"eng"}]' },
      membershipMethod: 'STATIC',
      memberQuery: null,
      memberQueryExemptions: [],
      memberSuggestionsNotify: false,
    });
    const path = `${groups}/${id}`;
    expect((await api.get(path)).body).to.deep.equal(created.body);
    const changed = await api.put(path, { name: 'Platform', attributes: null });
    expect(changed.status).to.equal(200);
    expect(changed.body).to.deep.include({ id, name: 'Platform', description: 'Builds', attributes: {} });
    expect((await api.put(path, { description: 'Runs' })).body).to.include({ name: 'Platform', description: 'Runs' });
    expect((await api.delete(path)).status).to.equal(204);
    expectRefusal(await api.get(path), 404, /no user group/);
    expectRefusal(await api.put(path, { name: 'x' }), 404, /no user group/);
    expectRefusal(await api.delete(path), 404, /no user group/);
  });

  for (const [what, body, status, message] of [
    ['no name', {}, 400, /name is required/],
    ['an empty name', { name: '' }, 400, /name is required/],
    ['a name that is no text', { name: 5 }, 400, /name is a text/],
    ['a name in use', { name: 'Engineering' }, 409, /"Engineering" already/],
    ['a misspelt field', { name: 'x', descripton: 'y' }, 400, /"descripton" \(did you mean description\?\)/],
    ['a method that is none', { name: 'x', membershipMethod: 'DYNAMIC' }, 400, /membershipMethod.*DYNAMIC_AUTOMATED/],
    ['attributes that are no object', { name: 'x', attributes: [] }, 400, /attributes is an object/],
  ] as const) {
    it(`are refused with ${what}`, async () => {
      const api = setUp();
      await api.group('Engineering');
      expectRefusal(await api.post(groups, body), status, message);
      const other = await api.group('Other');
      if (what !== 'no name') expectRefusal(await api.put(`${groups}/${other}`, body), status, message);
      expect(namesIn((await api.get(groups)).body)).to.deep.equal(['Engineering', 'Other']);
    });
  }

  for (const [query, expected] of [
    ['', ['Gamma', 'alpha', 'beta']],
    ['filter=name:eq:alpha', ['alpha']],
    ['filter=name:search:A', ['Gamma', 'alpha', 'beta']],
    ['filter=name:in:alpha|Gamma', ['Gamma', 'alpha']],
    ['filter=name:ne:alpha,name:ne:beta', ['Gamma']],
    ['filter=name:ne:alpha&filter=name:ne:beta', ['Gamma']],
    ['sort=-name', ['beta', 'alpha', 'Gamma']],
    ['limit=2&skip=2', ['beta']],
    ['skip=3', []],
  ] as const) {
    it(`are listed for "${query}" as ${expected.join(', ') || 'none'}`, async () => {
      const api = setUp();
      for (const name of ['Gamma', 'alpha', 'beta']) api.admin.createGroup(name);
      const answer = await api.get(`${groups}?${query}`);
      expect(answer.status, answer.text).to.equal(200);
      expect(namesIn(answer.body)).to.deep.equal(expected);
      if (!query.includes('filter')) expect(answer.headers['x-total-count']).to.equal('3');
    });
  }

  it('link from page to page up to the last one', async () => {
    const api = setUp();
    for (let n = 0; n < 23; n++) api.admin.createGroup(`g${n}`);
    const seen: string[] = [];
    let path: string | undefined = `${groups}?limit=10&fields=name`;
    while (path !== undefined) {
      const answer: Response = await api.get(path).set('host', 'console.jumpcloud.com');
      seen.push(...namesIn(answer.body));
      for (const group of answer.body as object[]) expect(group).to.have.all.keys('id', 'name');
      const link: string | undefined = answer.headers['link'];
      expect(link ?? '').to.match(/^$|^<http:\/\/console\.jumpcloud\.com\/api\/v2\/usergroups\?.*>; rel="next"$/);
      path = link === undefined ? undefined : /com(.*)>/.exec(link)?.[1];
    }
    expect(seen).to.deep.equal(Array.from({ length: 23 }, (_, n) => `g${n}`));
  });

  for (const [query, message] of [
    ['filter=name', /field:eq:value/],
    ['filter=name:$eq:x', /no operator "\$eq"/],
    ['filter=nam:eq:x', /no field "nam"/],
    ['sort=nam', /no field "nam"/],
    ['limit=no', /limit/],
  ] as const) {
    it(`are not listed for ${query}`, async () => {
      expectRefusal(await setUp().get(`${groups}?${query}`), 400, message);
    });
  }
});
