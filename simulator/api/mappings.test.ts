import { expect } from 'chai';
import { expectRefusal, setUp } from './client.test.ts';

/** Ada, provisioned by way of a bound group, and the paths of the mapping screen. */
async function provisioned() {
  const api = setUp();
  const ada = await api.hire('ada', { firstname: 'Ada', lastname: 'Lovelace', jobTitle: 'Engineer' });
  const { id } = api.admin.application();
  const group = api.admin.createGroup('Engineering').id;
  api.admin.join(ada, group);
  api.admin.bind(group);
  await api.post(`/console/applications/${id}/provisioning/activate`);
  const sent = () => api.provider.requests.splice(0).filter(({ method }) => method !== 'GET');
  sent();
  return { ...api, ada, group, tab: `/console/applications/${id}/mapping`, sent };
}

type Row = { readonly target: string };
const userName = { target: 'userName', kind: 'direct', source: 'email' };

describe('mapping screen', () => {
  it('shows the defaults, takes other rows, and restores the defaults, and pushes nothing (JC-36a, JC-38)', async () => {
    const { get, put, post, tab, idle, sent } = await provisioned();
    const defaults = (await get(tab)).body as Row[];
    expect(defaults.map(({ target }) => target)).to.include.members(['userName', 'displayName', 'title']);
    const rows = [userName, { target: 'title', kind: 'constant', value: 'Staff' }];
    const saved = await put(tab, rows);
    expect(saved.status, saved.text).to.equal(200);
    expect(saved.body).to.deep.equal(rows);
    expect((await get(tab)).body).to.deep.equal(rows);
    expect((await post(`${tab}/restore`)).body).to.deep.equal(defaults);
    await idle();
    expect(sent()).to.deep.equal([]);
  });

  it('pushes new mappings once a bound group is edited in any way (JC-36b)', async () => {
    const { put, tab, group, idle, sent } = await provisioned();
    await put(tab, [userName, { target: 'title', kind: 'expression', expression: "jcUser.jobTitle + '!'" }]);
    await put(`/api/v2/usergroups/${group}`, { description: 'one blank more ' });
    await idle();
    const [update, ...others] = sent();
    expect(others).to.deep.equal([]);
    expect(update).to.include({ method: 'PUT' });
    expect(update?.json).to.include({ title: 'Engineer!' });
  });

  it('previews the first person, or whoever is chosen (JC-35)', async () => {
    const { get, hire, tab, ada, sent } = await provisioned();
    const bob = await hire('bob', { firstname: 'Bob' });
    const shown = await get(`${tab}/preview`);
    expect(shown.body).to.have.property('person', ada);
    expect(shown.body).to.have.nested.property('user.userName', 'ada@orbital.example');
    expect((await get(`${tab}/preview?user=${bob}`)).body).to.have.nested.property('user.displayName', 'Bob');
    expectRefusal(await get(`${tab}/preview?user=x`), 404, /no system user/);
    expect(sent()).to.deep.equal([]);
    const empty = setUp();
    const path = `/console/applications/${empty.admin.application().id}/mapping/preview`;
    expectRefusal(await empty.get(path), 404, /nobody in the directory/);
  });

  for (const [what, rows, message] of [
    ['no list', {}, /list of rows/],
    ['a row that is none', [userName, 5], /row 2/],
    ['no user name (JC-28a)', [{ target: 'title', kind: 'constant', value: 'x' }], /userName is required/],
    ['a misspelt field', [userName, { target: 'title', kind: 'direct', source: 'jobTitel' }], /jobTitel/],
    [
      'an expression that breaks off',
      [userName, { target: 'title', kind: 'expression', expression: 'jcUser.' }],
      /title/,
    ],
  ] as const) {
    it(`refuses ${what} with 400 and keeps what it had`, async () => {
      const { get, put, tab } = await provisioned();
      const before = (await get(tab)).body as unknown;
      expectRefusal(await put(tab, rows), 400, message);
      expect((await get(tab)).body).to.deep.equal(before);
    });
  }
});
