import { expect } from 'chai';
import { expectRefusal, setUp } from './client.test.ts';

type Listed = { readonly totalCount: number; readonly results: readonly Record<string, unknown>[] };
const namesIn = (body: unknown) => (body as Listed).results.map(({ username }) => username);

/** A directory of people u00 to u24; every fifth is in IT, the rest in Sales. */
function crowd() {
  const api = setUp();
  for (let n = 0; n < 25; n++) {
    const username = `u${String(n).padStart(2, '0')}`;
    const email = `${username}@orbital.example`;
    const department = n % 5 === 0 ? 'IT' : 'Sales';
    api.admin.hire({ username, email, firstname: `F${25 - n}`, lastname: '', department, sudo: n === 3 });
  }
  return api;
}

describe('system users of API v1', () => {
  it('are created with 200, read and changed one field at a time, and deleted with 200', async () => {
    const api = setUp();
    const created = await api.post('/api/systemusers', {
      username: 'ada',
      email: 'Ada@Orbital.example',
      firstname: 'Ada',
      lastname: 'Lovelace',
      jobTitle: 'Engineer',
      phoneNumbers: [{ type: 'work', number: '+44 1' }],
      attributes: [{ name: 'badge', value: '7' }],
      password: 'hunter22',
    });
    expect(created.status).to.equal(200);
    const { _id: id } = created.body as { _id: string };
    expect(id).to.match(/^[0-9a-f]{24}$/);
    expect(created.body).to.deep.include({
      id,
      username: 'ada',
      email: 'ada@orbital.example',
      state: 'ACTIVATED',
      suspended: false,
      activated: true,
      password_expired: false,
      phoneNumbers: [{ type: 'work', number: '+44 1' }],
      attributes: [{ name: 'badge', value: '7' }],
      organization: '5d35e14eb90ad46e65ba0739',
      created: '2026-03-01T00:00:00.000Z',
      ssh_keys: [],
    });
    expect(created.text).not.to.include('hunter22');

    const path = `/api/systemusers/${id}`;
    const changed = await api.put(path, { lastname: 'King' });
    expect(changed.status).to.equal(200);
    expect(changed.body).to.include({ firstname: 'Ada', lastname: 'King', jobTitle: 'Engineer' });
    expect((await api.get(path)).body).to.deep.equal(changed.body);

    const deleted = await api.delete(path);
    expect(deleted.status).to.equal(200);
    expect(deleted.body).to.deep.equal(changed.body);
    expectRefusal(await api.get(path), 404, /no system user/);
    expectRefusal(await api.delete(path), 404, /no system user/);
    expectRefusal(await api.put(path, {}), 404, /no system user/);
  });

  for (const [what, body, status, message] of [
    ['no user name', { email: 'x@orbital.example' }, 400, /username is required/],
    ['no address', { username: 'x' }, 400, /email is required/],
    ['an address that is none', { username: 'x', email: 'x' }, 400, /"x" is no e-mail address/],
    ['a user name in use', { username: 'ADA', email: 'x@orbital.example' }, 400, /user name "ADA"/],
    ['an address in use', { username: 'x', email: 'ADA@orbital.example' }, 400, /"ada@orbital\.example"/],
    [
      'a misspelt field',
      { username: 'x', email: 'x@a.b', jobtitel: 'y' },
      400,
      /"jobtitel" \(did you mean jobTitle\?\)/,
    ],
    ['a field of the wrong kind', { username: 'x', email: 'x@a.b', sudo: 'yes' }, 400, /sudo is "yes"/],
    ['a user name that is no text', { username: 5, email: 'x@a.b' }, 400, /username is a text/],
    ['a state that is none', { username: 'x', email: 'x@a.b', state: 'ACTIVE' }, 400, /state.*ACTIVATED/],
    ['states that contradict', { username: 'x', email: 'x@a.b', state: 'STAGED', suspended: true }, 400, /agree/],
    ['an unknown manager', { username: 'x', email: 'x@a.b', manager: '0' }, 400, /manager/],
    ['a text that is too long', { username: 'x', email: 'x@a.b', company: 'x'.repeat(1025) }, 400, /1024/],
  ] as const) {
    it(`are not created with ${what}`, async () => {
      const api = setUp();
      await api.hire('ada');
      expectRefusal(await api.post('/api/systemusers', body), status, message);
      expect((await api.get('/api/systemusers')).body).to.have.property('totalCount', 1);
    });
  }

  it('keep state and suspended in step', async () => {
    const api = setUp();
    const path = `/api/systemusers/${await api.hire('ada', { state: 'STAGED' })}`;
    const states = async () => {
      const { state, suspended, activated } = (await api.get(path)).body as Record<string, unknown>;
      return { state, suspended, activated };
    };
    expect(await states()).to.deep.equal({ state: 'STAGED', suspended: false, activated: false });
    expect((await api.post(`${path}/state/activate`, { email: false })).status).to.equal(200);
    expect(await states()).to.deep.equal({ state: 'ACTIVATED', suspended: false, activated: true });
    expectRefusal(await api.post(`${path}/state/activate`), 400, /not staged/);
    await api.put(path, { suspended: true });
    expect(await states()).to.deep.equal({ state: 'SUSPENDED', suspended: true, activated: true });
    await api.put(path, { state: 'ACTIVATED' });
    expect(await states()).to.deep.equal({ state: 'ACTIVATED', suspended: false, activated: true });
    expectRefusal(await api.put(path, { state: 'STAGED' }), 400, /ACTIVATED or SUSPENDED/);
    expectRefusal(await api.put(path, { state: 'SUSPENDED', suspended: false }), 400, /agree/);
  });

  it('have a password that expires, and has not once a new one is set', async () => {
    const api = setUp();
    const path = `/api/systemusers/${await api.hire('ada')}`;
    const expired = async () => ((await api.get(path)).body as Record<string, unknown>)['password_expired'];
    expect((await api.post(`${path}/expire`)).status).to.equal(200);
    expect(await expired()).to.equal(true);
    await api.put(path, { password: 'a new one' });
    expect(await expired()).to.equal(false);
  });

  for (const [action, field, value] of [
    ['unlock', 'account_locked', false],
    ['resetmfa', 'totp_enabled', false],
    ['mfasync', 'username', 'ada'],
  ] as const) {
    it(`take ${action}`, async () => {
      const api = setUp();
      const path = `/api/systemusers/${await api.hire('ada', { account_locked: true, mfa: { configured: true } })}`;
      const answer = await api.post(`${path}/${action}`);
      expect({ status: answer.status, body: answer.body as unknown }).to.deep.equal({ status: 200, body: {} });
      expect((await api.get(path)).body).to.have.property(field, value);
      expectRefusal(await api.post(`/api/systemusers/x/${action}`), 404, /no system user/);
    });
  }

  it('are listed page by page, to the last page and past it', async () => {
    const api = crowd();
    const seen: unknown[] = [];
    for (let skip = 0; ; skip += 10) {
      const { status, body, headers } = await api.get(`/api/systemusers?limit=10&skip=${skip}&sort=_id`);
      expect(status).to.equal(200);
      expect(body).to.have.property('totalCount', 25);
      expect(headers['x-total-count']).to.equal('25');
      if (namesIn(body).length === 0) break;
      seen.push(...namesIn(body));
    }
    expect(seen).to.deep.equal(Array.from({ length: 25 }, (_, n) => `u${String(n).padStart(2, '0')}`));
    expect(namesIn((await api.get('/api/systemusers')).body)).to.have.length(10);
    expect(namesIn((await api.get('/api/systemusers?limit=1000')).body)).to.have.length(25);
  });

  for (const [query, expected] of [
    ['filter=username:$eq:u07', ['u07']],
    ['filter=username:eq:u07', ['u07']],
    ['filter=department:$eq:IT&sort=-username', ['u20', 'u15', 'u10', 'u05', 'u00']],
    ['filter=department:$eq:IT&filter=username:$gt:u10', ['u15', 'u20']],
    ['filter=sudo:$eq:true', ['u03']],
    ['filter=email:$eq:nobody@orbital.example', []],
    ['sort=-department username&limit=2', ['u01', 'u02']],
    ['search[searchTerm]=U2&search[fields]=username', ['u20', 'u21', 'u22', 'u23', 'u24']],
    ['search[searchTerm]=f25&search[fields][]=firstname&search[fields][]=username', ['u00']],
  ] as const) {
    it(`are found by ${query}`, async () => {
      const api = crowd();
      const { status, body, text } = await api.get(`/api/systemusers?${query.replaceAll(' ', '%20')}`);
      expect(status, text).to.equal(200);
      expect(namesIn(body)).to.deep.equal(expected);
      if (!query.includes('limit')) expect((body as Listed).totalCount).to.equal(expected.length);
    });
  }

  for (const [body, expected] of [
    [{ filter: [{ department: 'IT' }], fields: 'username', limit: 2, skip: 1 }, ['u05', 'u10']],
    [{ filter: { or: [{ username: 'u01' }, { username: 'u02' }] } }, ['u01', 'u02']],
    [{ searchFilter: { searchTerm: 'U24@', fields: ['email'] } }, ['u24']],
    [{ sort: '-username', limit: 1 }, ['u24']],
  ] as const) {
    it(`are found by a search for ${JSON.stringify(body)}`, async () => {
      const api = crowd();
      const answer = await api.post('/api/search/systemusers', body);
      expect(answer.status, answer.text).to.equal(200);
      expect(namesIn(answer.body)).to.deep.equal(expected);
    });
  }

  it('are shown with the fields that were asked for and the id', async () => {
    const api = setUp();
    const id = await api.hire('ada');
    for (const answer of [
      await api.get('/api/systemusers?fields=username email nothing'),
      await api.post('/api/search/systemusers', { fields: 'email username' }),
    ]) {
      const shown = { _id: id, id, username: 'ada', email: 'ada@orbital.example' };
      expect((answer.body as Listed).results).to.deep.equal([shown]);
    }
    expect((await api.get(`/api/systemusers/${id}?fields=username`)).body).to.deep.equal({
      _id: id,
      id,
      username: 'ada',
    });
  });

  for (const [query, message] of [
    ['limit=-1', /limit/],
    ['limit=x', /limit/],
    ['skip=1.5', /skip/],
    ['sort=usrname', /no field "usrname" \(did you mean username\?\)/],
    ['filter=username', /field:\$eq:value/],
    ['filter=usrname:$eq:x', /no field "usrname"/],
    ['filter=username:$like:x', /no operator "\$like"/],
    ['search[searchTerm]=x', /searchTerm and a list of fields/],
  ] as const) {
    it(`are not listed for ${query}`, async () => {
      expectRefusal(await setUp().get(`/api/systemusers?${query}`), 400, message);
    });
  }
});
