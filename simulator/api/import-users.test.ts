import { expect } from 'chai';
import { expectRefusal, setUp } from './client.test.ts';

const user = (id: string, userName: string, givenName: string, familyName: string) => ({
  id,
  userName,
  name: { givenName, familyName },
  emails: [{ value: userName, primary: true }],
});

/** An active application at a service provider with Ada, who is in the directory, Bob and Cy. */
async function set() {
  const api = setUp();
  await api.hire('ada', { firstname: 'Ada', lastname: 'Lovelace' });
  const { id } = api.admin.application();
  await api.post(`/console/applications/${id}/provisioning/activate`);
  const users = [
    user('1', 'ada@orbital.example', 'Ada', 'L'),
    user('2', 'bob@orbital.example', 'Bob', 'Zander'),
    user('3', 'cy@orbital.example', 'Cy', 'Moss'),
  ];
  for (const each of users) api.provider.stored.set(`Users/${each.id}`, each);
  return { ...api, id, list: `/api/v2/applications/${id}/import/users` };
}

describe('import of users', () => {
  for (const [query, expected] of [
    ['', ['ada', 'bob', 'cy']],
    ['sort=lastname', ['ada', 'cy', 'bob']],
    ['sort=email&sortOrder=desc', ['cy', 'bob', 'ada']],
    ['limit=1&skip=1', ['bob']],
    ['skip=3', []],
    ['filter=ZAND', ['bob']],
    ['isCount=true', []],
  ] as const) {
    it(`shows for "${query}" ${expected.join(', ') || 'nobody'}`, async () => {
      const { get, list, admin } = await set();
      const { status, body, text } = await get(`${list}?${query}`);
      expect(status, text).to.equal(200);
      const { users, total_count } = body as { users: { email: string }[]; total_count: number };
      expect(users.map(({ email }) => email.split('@')[0])).to.deep.equal(expected);
      expect(total_count).to.equal(query.includes('filter') ? 1 : 3);
      expect(admin.people()).to.have.length(1);
    });
  }

  it('says who is in the directory already', async () => {
    const { get, list, admin } = await set();
    const { users } = (await get(list)).body as { users: object[] };
    expect(users.slice(0, 2)).to.deep.equal([
      {
        externalId: '1',
        username: 'ada@orbital.example',
        email: 'ada@orbital.example',
        firstname: 'Ada',
        lastname: 'Lovelace',
        systemUser: admin.people()[0]?.id,
      },
      {
        externalId: '2',
        username: 'bob@orbital.example',
        email: 'bob@orbital.example',
        firstname: 'Bob',
        lastname: 'Zander',
        systemUser: null,
      },
    ]);
  });

  it('makes people of those that nobody matches, when it is started (W-8)', async () => {
    const { post, id, admin } = await set();
    const looked = await post(`/console/applications/${id}/import`, { create: false });
    expect(looked.body).to.have.property('created').that.is.empty;
    expect(admin.people()).to.have.length(1);
    const { body } = await post(`/console/applications/${id}/import`);
    expect((body as { matched: object[] }).matched).to.have.length(1);
    expect((body as { created: string[] }).created).to.deep.equal(
      admin
        .people()
        .slice(1)
        .map(person => person.id),
    );
    expect(admin.people()[1]).to.include({ username: 'bob', creationSource: 'jumpcloud:scim' });
  });

  for (const [query, message] of [
    ['sort=email2', /did you mean email\?/],
    ['sortOrder=down', /asc or desc/],
    ['limit=x', /limit/],
  ] as const) {
    it(`refuses ${query}`, async () => {
      const { get, list } = await set();
      expectRefusal(await get(`${list}?${query}`), 400, message);
    });
  }

  it('says that provisioning is off, and 502 when the service provider breaks off', async () => {
    const { get, post, list, id, provider } = await set();
    provider.answerAll({ status: 500, headers: {}, text: '' });
    expectRefusal(await get(list), 502, /500/);
    await post(`/console/applications/${id}/provisioning/deactivate`);
    expectRefusal(await get(list), 400, /activate it first/);
    expectRefusal(await get('/api/v2/applications/x/import/users'), 404, /no application/);
  });
});
