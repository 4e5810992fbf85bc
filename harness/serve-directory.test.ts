import { expect } from 'chai';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createBridge, serveBridge } from '../bridge/index.ts';
import { generateOrganisation } from '../simulator/index.ts';
import { serveDirectory, type DirectorySettings } from './serve-directory.ts';

type Json = Record<string, unknown>;

/** Calls an API as a script would. */
const caller =
  (base: string, headers: Record<string, string>) =>
  async (method: string, path: string, body?: object): Promise<Json> => {
    const response = await fetch(base + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    const text = await response.text();
    expect(response.status, `${method} ${path}: ${text}`).to.be.below(300);
    return text === '' ? {} : (JSON.parse(text) as Json);
  };

describe('served directory', () => {
  const opened: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of opened.splice(0).reverse()) await close();
  });

  async function bridge(token: string) {
    const { url, close } = await serveBridge(createBridge({ tokens: [token] }));
    opened.push(close);
    const scim = caller(url, { authorization: `Bearer ${token}` });
    return {
      url,
      scim,
      /** User names and group names with what of them a test looks at. */
      async state() {
        const { Resources: users } = (await scim('GET', '/Users')) as { Resources: Json[] };
        const { Resources: groups } = (await scim('GET', '/Groups')) as { Resources: Json[] };
        return {
          users: Object.fromEntries(users.map(({ userName, active }) => [userName, active])),
          groups: Object.fromEntries(
            groups.map(({ displayName, members = [] }) => [displayName, (members as Json[]).length]),
          ),
        };
      },
    };
  }

  async function directory(baseUrl: string, token: string, more: Partial<DirectorySettings> = {}) {
    const faults: unknown[] = [];
    const served = await serveDirectory(
      { baseUrl, credential: { kind: 'bearer', token } },
      {
        apiKeys: ['jca_key'],
        seed: 1,
        organisation: { people: [], groups: [] },
        onFault: fault => faults.push(fault),
        ...more,
      },
    );
    opened.push(async () => {
      await served.close();
      expect(faults).to.deep.equal([]);
    });
    const api = caller(served.url, { 'x-api-key': 'jca_key', 'content-type': 'application/json' });
    const { results } = (await api('GET', '/api/applications')) as { results: { id: string }[] };
    return { ...served, api, application: results[0]?.id ?? '' };
  }

  it('lives the life of a company in the bridge, as its admin acts through the API', async () => {
    const { url, state } = await bridge('t');
    const { api, application, trouble } = await directory(url, 't', { manageGroups: true });
    expect(trouble).to.equal('');
    const hire = async (name: string) =>
      String((await api('POST', '/api/systemusers', { username: name, email: `${name}@orbital.example` }))['_id']);
    const change = (group: unknown, op: string, id: string) =>
      api('POST', `/api/v2/usergroups/${String(group)}/members`, { op, type: 'user', id });
    const [ada, bob] = [await hire('ada'), await hire('bob')];
    const { id: group } = await api('POST', '/api/v2/usergroups', { name: 'Engineering' });
    await api('POST', `/api/v2/applications/${application}/associations`, { op: 'add', type: 'user_group', id: group });
    await change(group, 'add', ada);
    await change(group, 'add', bob);
    await api('GET', '/console/idle');
    const both = { 'ada@orbital.example': true, 'bob@orbital.example': true };
    expect(await state()).to.deep.equal({ users: both, groups: { Engineering: 2 } });

    await api('PUT', `/api/systemusers/${ada}`, { state: 'SUSPENDED' });
    await change(group, 'remove', bob);
    await api('PUT', `/api/v2/usergroups/${String(group)}`, { name: 'Platform' });
    await api('GET', '/console/idle');
    const neither = { 'ada@orbital.example': false, 'bob@orbital.example': false };
    expect(await state()).to.deep.equal({ users: neither, groups: { Platform: 1 } });

    await api('PUT', `/api/systemusers/${ada}`, { state: 'ACTIVATED' });
    await change(group, 'add', bob);
    await api('DELETE', `/api/systemusers/${bob}`);
    await api('GET', '/console/idle');
    expect((await state()).users).to.deep.equal({ ...both, 'bob@orbital.example': false });
  });

  it('starts with an organisation, and provisions as much of it as is bound', async () => {
    const { url, state } = await bridge('t');
    const organisation = generateOrganisation({ people: 30, seed: 3 });
    const { api, application } = await directory(url, 't', { organisation });
    const [group] = (await api('GET', '/api/v2/usergroups?filter=name:eq:All%20Staff')) as unknown as { id: string }[];
    await api('POST', `/api/v2/usergroups/${group?.id}/associations`, {
      op: 'add',
      type: 'application',
      id: application,
    });
    await api('GET', '/console/idle');
    const { users, groups } = await state();
    expect(Object.keys(users)).to.have.members(organisation.people.map(({ email }) => email));
    expect(groups).to.deep.equal({});
  });

  it('leads an application to the Base URL that an admin types, with the token that goes with it', async () => {
    const [first, second] = [await bridge('first'), await bridge('second')];
    const { api } = await directory(first.url, 'first', { settings: { plainHttp: 'allow' } });
    const { id } = await api('POST', '/api/applications', { name: 'Other' });
    const tab = `/console/applications/${String(id)}/provisioning`;
    const wrong = (await api('POST', `${tab}/activate`, { baseUrl: second.url, token: 'first' })) as {
      results: { reason: string }[];
    };
    expect(wrong.results[0]?.reason).to.match(/401/);
    expect(await api('POST', `${tab}/activate`, { token: 'second' })).to.include({ active: true });
    const { _id: ada } = await api('POST', '/api/systemusers', { username: 'ada', email: 'ada@orbital.example' });
    const { id: group } = await api('POST', '/api/v2/usergroups', { name: 'Engineering' });
    await api('POST', `/api/v2/usergroups/${String(group)}/members`, { op: 'add', type: 'user', id: ada });
    await api('POST', `/api/v2/applications/${String(id)}/associations`, { op: 'add', type: 'user_group', id: group });
    await api('GET', '/console/idle');
    expect((await second.state()).users).to.deep.equal({ 'ada@orbital.example': true });
    expect((await first.state()).users).to.deep.equal({});
  });

  it('says why provisioning stays off, and can be left off', async () => {
    const { url } = await bridge('t');
    const { api, application, trouble } = await directory(url, 'wrong');
    expect(trouble).to.match(/connection test.*401/);
    expect(await api('GET', `/console/applications/${application}/provisioning`)).to.include({ active: false });
    const quiet = await directory(url, 'wrong', { active: false });
    expect(quiet.trouble).to.equal('');
  });

  it('ends although a service provider asks it to wait', async () => {
    let asked = 0;
    const server = createServer();
    const busy: RequestListener = (request, response) => {
      asked += 1;
      if (asked === 2) server.emit('put off');
      const isTest = request.url?.includes('startIndex') === true;
      response.writeHead(isTest ? 200 : 503, { 'content-type': 'application/json', 'retry-after': '50' });
      response.end(isTest ? '{"totalResults":0,"Resources":[]}' : '');
    };
    server.on('request', busy).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const isPutOff = once(server, 'put off');
    opened.push(async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    });
    const { api, application, close } = await directory(
      `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim/v2`,
      't',
      { organisation: generateOrganisation({ people: 5, seed: 1 }) },
    );
    const [group] = (await api('GET', '/api/v2/usergroups')) as unknown as { id: string }[];
    await api('POST', `/api/v2/usergroups/${group?.id}/associations`, {
      op: 'add',
      type: 'application',
      id: application,
    });
    await isPutOff;
    await close();
    expect(asked).to.equal(2);
  });
});
